"""Judges CMS signatures with pyHanko.

Arguments, three for each: the signature, the only trusted certificate, the content or "-" if it is within.
Prints one line for each: "accepted", or why not.
"""

import asyncio
import sys

from asn1crypto import cms, pem, x509
from pyhanko.sign.validation import async_validate_detached_cms
from pyhanko.sign.validation.generic_cms import async_validate_cms_signature
from pyhanko.sign.validation.settings import KeyUsageConstraints
from pyhanko.sign.validation.status import StandardCMSSignatureStatus
from pyhanko_certvalidator import ValidationContext


def der(path):
    with open(path, "rb") as file:
        data = file.read()
    return pem.unarmor(data)[2] if pem.detect(data) else data


async def status(signature, root, content):
    signed = cms.ContentInfo.load(der(signature), strict=True)["content"]
    roots = [x509.Certificate.load(der(root))]
    # Revocation is not the matter here, and there is no network.
    context = ValidationContext(trust_roots=roots, allow_fetching=False, revocation_mode="soft-fail")
    # One of them: a card's P-256 key is one to log in with.
    usage = KeyUsageConstraints(key_usage={"non_repudiation", "digital_signature"})
    if content == "-":
        return await async_validate_cms_signature(
            signed,
            status_cls=StandardCMSSignatureStatus,
            validation_context=context,
            key_usage_settings=usage,
        )
    with open(content, "rb") as data:
        return await async_validate_detached_cms(
            data,
            signed,
            signer_validation_context=context,
            key_usage_settings=usage,
        )


async def verdict(signature, root, content):
    try:
        found = await status(signature, root, content)
    except Exception as error:  # whatever it is, the signature was not accepted
        return " ".join(f"{type(error).__name__}: {error}".split())
    accepted = found.intact and found.valid and found.trusted
    return "accepted" if accepted else found.summary()


async def main(arguments):
    for triple in zip(*[iter(arguments)] * 3):
        print(await verdict(*triple))


asyncio.run(main(sys.argv[1:]))
