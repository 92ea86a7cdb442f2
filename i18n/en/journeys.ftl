# Words for cards and errors: the sentence first, then what to do.

## Verdicts

verdict-pin-blocked = The card's PIN is blocked
    .text = After a few entries that do not match, the card protects itself; nothing has happened to your certificate. Unblock it on Kamu SM's Online İşlemler pages, under “Kilit Çözme”. Do not try a PUK: after three that do not match, the card can never be opened again.
    .here = After a few entries that do not match, the card protects itself; nothing has happened to your certificate. You can unblock it here and choose a new PIN. Do not try a PUK: after three that do not match, the card can never be opened again.
    .badge = PIN blocked
verdict-replace = { $hash ->
        [none] A replacement for your certificate is due
       *[other] { $hash }: a replacement for your certificate is due
    }
    .text = { $hash ->
        [none] This certificate is signed by a method that no longer counts as safe; signatures made with it are not accepted.
       *[other] This certificate is signed with { $hash }, which no longer counts as safe; signatures made with it are not accepted.
    } Load the new one onto the card on Kamu SM's Online İşlemler pages, under “Sertifika Yükle”. Your key and your end date stay the same.
    .here = { $hash ->
        [none] This certificate is signed by a method that no longer counts as safe; signatures made with it are not accepted.
       *[other] This certificate is signed with { $hash }, which no longer counts as safe; signatures made with it are not accepted.
    } You can load the new one onto the card here; it takes two minutes. Your key and your end date stay the same.
    .badge = { $hash ->
        [none] replacement due
       *[other] { $hash } · replacement due
    }
verdict-expired = Your certificate expired on { $date }
    .text = It can no longer be used for signing. If your new card has come, insert that one; if not, apply for a renewal.
    .badge = expired
verdict-not-yet-valid = Your certificate becomes valid on { $date }
    .text = Nothing is wrong with the card, its day has not come. Until then it cannot sign, and its PIN cannot be had; go on using your old card. If that day has passed, check the computer's date.
    .badge = not valid yet
verdict-key-missing = The certificate is on the card, but its signing key is not to be seen
    .text = As it is, the card cannot sign. Pull it out and insert it again; if that changes nothing, try another computer. If it is the same there, tell whoever issued the card.
    .badge = key missing
verdict-expires-soon = { $days ->
        [0] Your certificate expires today
        [1] Your certificate expires in 1 day
       *[other] Your certificate expires in { $days } days
    }
    .text = For now all is well. Making and sending a new card takes time; apply for the renewal today.
    .badge = { $days ->
        [0] expires today
        [1] 1 day left
       *[other] { $days } days left
    }
verdict-fine = { $hash ->
        [none] Nothing to do
       *[other] { $hash }: nothing to do
    }
    .text = Your signing certificate is within its dates and signed by an up-to-date method.
    .badge = { $hash ->
        [none] fine
       *[other] { $hash } · fine
    }
verdict-no-qualified = There is no qualified signing certificate on this card
    .text = There is another certificate on it; which one, is said below. An e-signature needs a qualified certificate. If you have another card, insert that one.
    .badge = no qualified certificate
verdict-empty = There is no certificate on this card
    .text = The card works, but nothing is on it. If this is your e-signature card, ask whoever issued it; if not, insert your e-signature card.
    .badge = empty card
verdict-unreadable = There are certificates on this card, but they cannot be read
    .text = The card answers, but what is on it makes no sense. Pull it out and insert it again; if that changes nothing, send the technical line to your IT staff.
    .badge = unreadable

certificate-replace = { $hash ->
        [none] a replacement is due
       *[other] { $hash }: a replacement is due
    }
certificate-fine = { $hash ->
        [none] nothing to do
       *[other] { $hash }: nothing to do
    }
certificate-weak = { $hash ->
        [none] weak, but not used for signing: nothing to do
       *[other] { $hash }: weak, but not used for signing; nothing to do
    }
certificate-unknown = signature method not recognised

## Readers and cards

card-no-service = The smart card service is not running.
    .remedy = { $platform ->
        [windows] Open the Start menu and type “Services”; find “Smart Card” in the list and start it. On a remote desktop, the card belongs in the computer you sit at.
       *[linux] In a terminal, run “sudo systemctl enable --now pcscd.socket”. If there is no such unit, install the pcscd package first (Debian, Ubuntu, Pardus: “sudo apt install pcscd”; Fedora: “sudo dnf install pcsc-lite”).
    }
card-no-readers = No card reader is to be seen.
    .remedy = { $platform ->
        [windows] Plug the reader in; if it is, move it to another USB port. If it still does not show, look under “Smart card readers” in the Device Manager: its driver may be missing. On a remote desktop, the reader belongs on the computer you sit at.
       *[linux] Plug the reader in; if it is, move it to another USB port. If it still does not show, its driver may be missing: “sudo apt install libccid” on Debian, Ubuntu and Pardus, “sudo dnf install pcsc-lite-ccid” on Fedora.
    }
card-no-reader = There is no reader of this name.
    .remedy = It may have come unplugged: plug it in again, if need be into another USB port.
card-reader-unavailable = The reader is not working at the moment.
    .remedy = Unplug the reader and plug it in again after a few seconds, if need be into another USB port.
card-no-card = There is no card in the reader.
    .remedy = Push the card in to the end, chip first. If the SIM-sized chip has slipped in its holder, put it back in place.
card-removed = The card came out while it was being read.
    .remedy = Insert the card again. Nothing is lost.
card-reset = Another program came between and restarted the card.
    .remedy = What is on the card is untouched. Try again; if it goes on, close the other program that uses the card.
card-mute = The card does not answer.
    .remedy = It may be the wrong way round: take it out, look which way the chip faces, wipe the chip with a soft, dry cloth and insert it again. If that does not help, try another USB port or reader.
card-held = Another program is using the card right now.
    .remedy = Close that program and try again; it may be a signing application, a browser or a card viewer.
card-service-version = The smart card service does not understand this program; its version may not fit.
    .remedy = { $platform ->
        [windows] Restart the computer. If that changes nothing, install the Windows updates.
       *[linux] Bring the packages pcscd and libpcsclite to the same version and run “sudo systemctl restart pcscd.socket”. If this program came by Flatpak or Snap, update it, too.
    }
card-refused = The card did not give some information it was asked for.
    .remedy = Pull the card out and insert it again. If that changes nothing, send the technical line to your IT staff.
card-malformed = The card's answer makes no sense.
    .remedy = Take the card out, wipe its chip and insert it again. If that changes nothing, send the technical line to your IT staff.
card-wrong-pin = The PIN does not match.
    .remedy = If you are not sure, stop: after a few more that do not match, the card blocks its PIN. Security word, SMS code and PUK do not stand in for the PIN.
card-pin-blocked = The card's PIN is blocked.
    .remedy = Unblock it on Kamu SM's Online İşlemler pages, under “Kilit Çözme”. Do not try a PUK: after three that do not match, the card can never be opened again.
card-unexpected = This recording of a card expects another order than the program's.
    .remedy = Record it again with this version.
card-pcsc = The card could not be reached.
    .remedy = Take the card out and insert it again; if need be, the reader, too. If that changes nothing, send the technical line to your IT staff.

## Modules

token-module-missing = The chosen card driver is not there.
    .remedy = { $path } was not found. Correct the path, or leave the choice of driver to the program.
token-module-architecture = The card's driver does not fit this computer.
    .remedy = { $path } is made for { $found }; here it has to be { $wanted }. Install the { $wanted } version of the card's driver.
token-module-load = The card's driver could not be loaded.
    .remedy = { $path } may be damaged, or a library that it needs is missing. Install the card's driver again.
token-module-crashed = The card's driver crashed.
    .remedy = It was tried apart, so nothing happened to this program. Update or reinstall the card's driver: { $path }
token-module-hangs = The card's driver does not answer.
    .remedy = Pull the card out and insert it again. If that changes nothing, update the card's driver: { $path }
token-not-recognised = This driver does not recognise this card.
    .remedy = Leave the choice of driver to the program, or choose this card's own. Tried: { $path }
token-unknown-card = This card is not recognised.
    .remedy = Its driver is not installed, and it could not be read without one. Install the driver of whoever issued the card (AKİS for Kamu SM's cards). If it is a bank or travel card, insert your e-signature card instead.
token-pkcs11 = The card's driver could not finish something.
    .remedy = Pull the card out and insert it again. If that changes nothing, send the technical line to your IT staff.
token-closed = Work with the card was cut short.
    .remedy = Insert the card again, or try again.

error-other = Something unexpected happened.
    .remedy = Try again. If that changes nothing, send the technical line to your IT staff.

backend-module = driver { $name }
backend-driverless = without a driver
progress-opening = Opening the card
progress-directory = Looking what is on the card
progress-certificate = Reading certificate { $number } of { $count }

problem-directory = A directory of the card is damaged ({ $file }); what could be read is shown.
problem-certificate = The certificate “{ $label }” could not be read.
problem-certificate-unnamed = A certificate could not be read.
problem-field = Something that the driver says makes no sense ({ $name }); it is shown as empty.
problem-other = Something could not be read; what could be is shown.

## PINs

tries-left = { $left ->
        [0] blocked
        [1] last try
       *[other] { $left } tries left
    }
tries-few = few tries left
tries-unknown = the card does not tell how many tries are left
pin-user = PIN
pin-admin = Administrator's PIN
pin-unblock = PUK

## Entering a PIN or PUK

secret-wrong-pin = The PIN does not match.
    .remedy = As things stand: { $tries }. If you are not sure, stop: once no try is left, the card blocks its PIN. Security word, SMS code and PUK do not stand in for the PIN.
secret-wrong-puk = The PUK does not match.
    .remedy = As things stand: { $tries }. Stop here: once the PUK's tries are gone, the card can never be opened again. Unblock it online instead: with “Unblock online”, or on Kamu SM's Online İşlemler pages, under “Kilit Çözme”.
secret-puk-blocked = No PUK try is left.
    .remedy = This card cannot be opened by PUK. Turn to whoever issued it; a new card may be needed.
secret-last-try = The next entry may be the last try.
    .remedy = Nothing was sent to the card. If the entry does not match, the PIN is blocked; if it is a PUK, the card can never be opened again. If you are not sure, leave it.
secret-last-puk-closed = A PUK try that may be the last is held back to protect your card.
    .remedy = Nothing was sent to the card. Without that try, the card can never be opened again; unblock it on Kamu SM's Online İşlemler pages, under “Kilit Çözme”.
secret-tries-changed = Fewer tries are left than you were shown.
    .remedy = Nothing was sent to the card. As things stand: { $tries }. Another program may be trying, too; close it and decide again.
secret-form = The card did not take the form of what was typed.
    .remedy = No try is spent. Check its length, and that it is digits alone, and type it again.
secret-new-pin-refused = The card did not take the new PIN.
    .remedy = Choose another new PIN; the old one still holds.
pin-still-blocked = It was cut short; the PIN is still blocked.
    .remedy = The new PIN was not written to the card. For the PUK: { $tries }. Leave the card in its place and start again.
secret-unsure = What you typed was sent to the card; what came of it is not known.
    .remedy = Do not type it again at once. Take the card out, insert it and look how many tries are left; last seen: { $tries }.
secret-pad-timeout = Nothing was typed on the reader in time.
    .remedy = Start again when you are ready, and type the PIN on the reader's keys.
secret-pad-cancelled = The entry was cancelled on the reader.
    .remedy = Start again when you are ready.
token-not-supported = This card cannot do that in this way.
    .remedy = Nothing was sent to the card. Install the card's own driver and try again.
token-relay-refused = The service asked for a command that may not be sent to a card.
    .remedy = Nothing was sent to the card. Try again; if that changes nothing, send the technical line to your IT staff.
token-key-not-found = The signing key of this certificate was not found on the card.
    .remedy = Nothing was signed. Remove the card and put it in again; if it stays like this, save the report and send it to your IT staff.
token-pin-for-each = This card wants the PIN anew for each signature.
    .remedy = Sign one text at a time with this card. Your PIN was sent once and never again.
token-mechanism = This card does not sign in the way that was asked for.
    .remedy = Nothing was signed. Try again with the card's own driver, chosen in the settings.
token-no-signature = What came back from the card is not a signature.
    .remedy = Nothing was sent on. Try again; if it stays like this, send the technical line to your IT staff.
token-no-random = The computer gave no random numbers.
    .remedy = Nothing was signed. Restart the computer and try again.
token-card-full = There is no room left on the card.
    .remedy = Nothing on the card was changed. The old certificate can be removed first; a copy of it is kept.
token-one-certificate-each = The card's driver takes the new certificate only once the old one is removed.
    .remedy = Nothing on the card was changed. A copy of the old certificate is kept, so it can be put back.
token-no-place = The card's directory has no place for this certificate.
    .remedy = Nothing on the card was changed. Save the report and send it to your IT staff.
token-reads-otherwise = The card gave back something other than what was written.
    .remedy = Your old certificate is still in place. Remove the card, put it in again and retry.
token-not-proven = The card has forgotten your PIN entry.
    .remedy = It was probably reset by another program. Nothing was lost; start again.

## Dates

days-left = { $days ->
        [0] expires today
        [1] 1 day left
       *[other] { $days } days left
    }
validity-not-yet = { $days ->
        [0] begins in less than a day
        [1] begins in 1 day
       *[other] begins in { $days } days
    }
validity-expired = { $days ->
        [0] just expired
        [1] expired 1 day ago
       *[other] expired { $days } days ago
    }
validity-unknown = validity unreadable
milliseconds = { $number } ms
seconds = { $number } seconds

## Certificates

hash-intrinsic = the signature method's own
hash-unknown = not recognised
purpose-signing = Signing certificate
purpose-seal = Seal certificate
purpose-authentication = Login certificate
purpose-encryption = Encryption certificate
purpose-authority = Authority's certificate
purpose-other = Certificate for another purpose
key-use-digital-signature = Digital signature
key-use-non-repudiation = Non-repudiation
key-use-key-encipherment = Key encipherment
key-use-data-encipherment = Data encipherment
key-use-key-agreement = Key agreement
key-use-key-cert-sign = Certificate signing
key-use-crl-sign = Revocation list signing
key-use-encipher-only = Encryption only
key-use-decipher-only = Decryption only
qualified-signature = Qualified certificate
qualified-seal = Qualified seal certificate
qualified-no = Not qualified
missing-non-repudiation = the key usage lacks non-repudiation
missing-qc-compliance = the statement of a qualified certificate (QcCompliance) is missing
missing-turkish-statement = the statement of compliance with Turkish law is missing
missing-user-notice = the user notice is missing

## Chains

chain-trusted = The chain is complete: it leads to a trusted root.
chain-incomplete = The chain is incomplete: the certificate of “{ $issuer }” is not at hand.
chain-incomplete-unnamed = The chain is incomplete: the issuer's certificate is not at hand.
chain-untrusted-root = The chain's root is not among the trusted ones.
chain-broken = The chain breaks at certificate { $number }: { $finding }.
chain-other = The state of the chain is not known.
finding-expired = it has expired
finding-not-yet-valid = it is not valid yet
finding-validity-unknown = its dates could not be read
finding-bad-signature = its signature does not match
finding-unverifiable-signature = its signature cannot be checked here
finding-not-an-authority = it is not an authority's
finding-may-not-issue = it may not issue certificates
finding-too-many-below = there are more authorities below it than it allows
finding-name-mismatch = its name is not that of the expected issuer
finding-unknown-critical-extension = it has a critical extension that is not known
finding-faulty = the parts that decide about trust are unreadable or contradict each other
finding-loop = the chain turns back on itself
finding-too-long = the chain is too long
finding-other = for an unknown reason
origin-leaf = the certificate in question
origin-card = from the card
origin-file = from the file
origin-fetched = from the address in the certificate
origin-bundled = from the trust list that comes with the program
origin-imported = from the trust list you added
origin-other = from elsewhere
signature-verified = its signature is right
signature-bad = its signature does not match
signature-unverifiable = its signature cannot be checked here
signature-not-checked = its signature was not checked

## Oddities of a certificate

fault-truncated-by = The end of the certificate is missing ({ $missing } bytes).
fault-trailing-bytes = Surplus bytes after the certificate: { $count }.
fault-not-der = Its encoding breaks the rules (DER): { $fault }.
fault-field = { $field } could not be read in full: { $fault }.
fault-extension = The extension “{ $name }” could not be read in full: { $fault }.
fault-duplicate-extension = The extension “{ $name }” occurs twice; the first one counts.
fault-algorithm-mismatch = The signature method differs in its two places: { $outer } outside, { $inner } inside.
fault-version = The version number ({ $version }) breaks the rules.
fault-negative-serial = The serial number is negative.
fault-long-serial = The serial number is too long ({ $bytes } bytes).
fault-empty-subject = The subject's name is empty.
fault-empty-issuer = The issuer's name is empty.
fault-odd-time = { $field } is written in an unusual way.
fault-validity-reversed = The end date lies before the start date.
fault-hostile-text = { $field }: invisible characters were removed.
fault-long-text = { $field } is too long and shown in part.
fault-other = Something about it breaks the rules ({ $code }).
fault-missing = it is missing
fault-truncated = it is cut off
fault-type = it is not of the expected type
fault-length = its length makes no sense
fault-depth = it is nested too deeply
fault-count = there are too many elements
fault-value = its value is not allowed
fault-text = its text is damaged
fault-time = it is not a date
fault-surplus = there is surplus data
field-body = The certificate's body
field-version = Version
field-serial-number = Serial number
field-inner-algorithm = Inner signature method
field-issuer = Issuer
field-validity = Validity
field-not-before = Start date
field-not-after = End date
field-subject = Subject
field-public-key = Public key
field-extensions = Extensions
field-outer-algorithm = Signature method
field-signature = Signature

## Files

read-empty = The file is empty.
    .remedy = Download or export the certificate again.
read-too-large = This file is too large for a certificate.
    .remedy = Check that it is the right file: certificates mostly end in .cer, .crt, .der or .pem.
read-not-a-certificate = There is no certificate in this file.
    .remedy = Check that it is the right file: certificates mostly end in .cer, .crt, .der or .pem.
read-base64 = The certificate's text in this file is damaged.
    .remedy = A part may have been lost while copying. Download or export the certificate again.
read-too-many = There are too many certificates in this file.
    .remedy = Split the certificates into smaller files.

## The form of an entry

secret-field-pin = Present PIN
secret-field-puk = PUK
secret-field-new = New PIN
secret-field-again = New PIN, once more
form-empty = Nothing was typed.
    .remedy = Nothing was sent to the card, and no try is spent. Type it again.
form-too-short = At least { $least } characters are needed.
    .remedy = Nothing was sent to the card, and no try is spent. Something may be missing; type it again.
form-too-long = There can be { $most } characters at most.
    .remedy = Nothing was sent to the card, and no try is spent. Type it again.
form-not-digits = Only digits can stand here.
    .remedy = Nothing was sent to the card, and no try is spent. Look whether Num Lock is on, too.
form-differs = The two new PINs differ.
    .remedy = Nothing was sent to the card. Type the new PIN twice in the same way.
weak-same-as-old = The new PIN is the old one.
    .remedy = Nothing was sent to the card. Choose another PIN.
weak-repeated = One digit again and again is easily guessed.
    .remedy = Nothing was sent to the card. Choose a PIN that you remember and others cannot guess.
weak-run = Digits that count up or down are easily guessed.
    .remedy = Nothing was sent to the card. Choose a PIN that you remember and others cannot guess.
weak-personal = A part of your identity number or year of birth is easily guessed.
    .remedy = Nothing was sent to the card. Choose a PIN that you remember and others cannot guess.
mistaken-security-word = There are letters in what you typed: it looks like the security word, which is for logging in at the service.
mistaken-sms-code = Could it be the code that came by SMS? That one is only for logging in at the service.
mistaken-verification-code = What you typed has 15 digits: it looks like the verification code of a web page, which does not go here.
mistaken-identity-number = What you typed has 11 digits: it looks like an identity number, which does not go here.
mistaken-puk = What you typed has 8 digits: it may be the PUK, which does not stand in for the PIN.
mistaken-pin = What you typed has 6 digits: it may be the PIN, which does not stand in for the PUK.

## Changing and unlocking

pin-done = The PIN is changed; from now on the card wants the new one.
    .remedy = The PIN shown on the Online İşlemler pages, under “PIN/PUK Bilgisi”, is out of date now; it is best deleted there.
last-try-pin = Your last try
    .text = If this entry does not match, the PIN is blocked, and the card cannot sign until it is unlocked. If you are not sure, stop.
last-try-pin-unknown = This may be your last try
    .text = How many tries are left is not known exactly. If this one is wrong too, the PIN may be blocked; the card cannot sign then until it is unlocked. If you are not sure, stop.
last-try-puk = The last PUK try
    .text = If this entry does not match, the card can never be unlocked again, and a new one has to be bought. If you are not sure, stop.
last-try-puk-unknown = The card does not tell how many PUK tries are left; this may be the last
    .text = Once the PUK tries are used up, the card can never be unlocked again, and a new one has to be bought. If you are not sure of the PUK, stop.
puk-warning = The PUK can cost you this card
    .text = Cards of { $issuer } are unlocked online, under “Kilit Çözme”, and not by the PUK. After three PUKs that do not match, the card can never be unlocked again, and a new one has to be bought. Do not try other passwords of yours here.
    .closed = To protect your card, the last PUK try is not given out.
unlock-way-service = unlock online
unlock-way-puk = PUK
unlock-calling = Calling the service
unlock-proving = The service proves itself to the card; leave the card where it is
unlock-setting = Writing the new PIN to the card; leave the card where it is
unlock-telling = Done, telling the service; the card may be pulled
unlock-done = The card is unlocked; from now on it wants the new PIN.
    .remedy = The PIN shown on the Online İşlemler pages, under “PIN/PUK Bilgisi”, is out of date now; it is best deleted there.
unlock-done-untold = The card is unlocked; from now on it wants the new PIN. The service could not be told.
    .remedy = There is nothing for you to do: your card is ready. The PIN shown on the Online İşlemler pages, under “PIN/PUK Bilgisi”, is out of date now.
unlock-forbidden = The service asked for something that has nothing to do with unlocking; it did not reach the card.
    .remedy = Nothing has happened to your card, its PIN is still blocked. Check the service's address, and tell your IT staff or the call centre.
unlock-broke = The service behaved in an unexpected way; unlocking was stopped.
    .remedy = Nothing has happened to your card, its PIN is still blocked. Check the service's address; if that changes nothing, send the technical line to the call centre.
unlock-not-proven = The card did not accept the service's proof of itself.
    .remedy = Nothing has happened to your card, its PIN is still blocked. Before you try again, send the technical line to the call centre.
unlock-ended = The service broke off the unlock.
    .remedy = Nothing has happened to your card, its PIN is still blocked. Try again a little later; if that changes nothing, call the call centre.
unlock-not-set = The card did not take the new PIN.
    .remedy = The PIN is still blocked. Try again with another new PIN.
unlock-unsure = It was cut short while the new PIN was being written.
    .remedy = Insert the card again and look at the PIN's state: if it was blocked and is not any more, the new PIN holds; otherwise begin anew. No try was spent.
unlock-no-serial = The card's serial number cannot be read; the service would not know which card it is.
    .remedy = Pull the card out and insert it again. If that changes nothing, call the call centre.
unlock-journal = The record of the unlock could not be written to the disk; so it was not begun.
    .remedy = Check that there is room on the disk and that you may write to your own folder. Nothing has happened to your card.
standing-unchanged = An unlock was cut short; the card has not changed
    .text = The PIN is still blocked. Begin the unlock anew.
standing-perhaps = An unlock was cut short; the new PIN may hold
    .text = Look at the PIN's state: if it was blocked and is not any more, the new PIN that you chose then holds; otherwise begin anew.
standing-changed = The unlock that was cut short had been completed
    .text = The card wants the new PIN that you chose then. The service may not know; there is nothing for you to do.

## The certificate service

service-unreachable = The service cannot be reached.
    .remedy = Check your internet connection and the service's address. In an institution's network a proxy or firewall may be in the way; ask your IT staff.
service-timed-out = The service did not answer in time.
    .remedy = Try again a little later.
service-busy = The service is busy at the moment.
    .remedy = { $minutes ->
        [0] Try again a little later.
        [1] Try again in about a minute.
       *[other] Try again in about { $minutes } minutes.
    }
service-session = You are not logged in at the service, or no longer.
    .remedy = Log in again at the service and begin anew.
service-locked = Your account at the service is locked.
    .remedy = Call the call centre.
service-unlock-refused = The service does not agree to unlock this card.
    .remedy = Check that the card is in your name and its certificate valid; if it still does not work, call the call centre.
service-refused = The service did not accept the request.
    .remedy = Try again a little later; if that changes nothing, send the technical line to the call centre.
login-credentials = The identity number and the security word do not belong together.
    .remedy = The security word is the one you chose when you applied; it is neither PIN nor PUK. If you do not remember it, set a new one by “I forgot my security word”. After several tries the account is locked for a while.
service-captcha = The letters do not match the picture.
    .remedy = There is a new picture; type that one. If you cannot read it, answer the question below it.
service-otp-invalid = The SMS code does not match.
    .remedy = { $left ->
        [-1] Type the last code that came to your phone, all six digits.
        [0] No try is left for this code. Ask for a new one.
        [one] Type the last code that came to your phone; one try is left for it.
       *[other] Type the last code that came to your phone; { $left } tries are left for it.
    }
service-otp-expired = The SMS code's time is over.
    .remedy = Ask for a new one.
service-no-certificate = The service found no valid certificate of yours.
    .remedy = Try again a little later. If that changes nothing, send the technical line to the call centre.
service-replacement-gone = This certificate is no longer waiting to be loaded.
    .remedy = It may have been loaded before, or the service took it back. Refresh the list.
service-code-unknown = The service does not know this verification code.
    .remedy = Copy the code from the page again, all 15 digits. No PIN was asked for; no try was spent.
service-code-expired = The verification code's time is over.
    .remedy = Get a new code from the page. No PIN was asked for; no try was spent.
service-code-claimed = Another program has taken this verification code.
    .remedy = If you did not open it in another window yourself, do not sign; get a new code from the page.
service-signature-refused = The service did not accept the signature.
    .remedy = Get a new code from the page and try again. If that changes nothing, send the technical line to the call centre.
service-certificate-expired = The certificate is not valid at this time.
    .remedy = See on the card's page from when until when it is valid; sign with a valid one.
service-certificate-revoked = This certificate is revoked or suspended.
    .remedy = If it is suspended, activate it on the portal. If it was revoked because it is a SHA-1 certificate, log in with the security word and load the new one.
service-certificate-not-qualified = This signature needs a qualified certificate; the chosen one is not.
    .remedy = Choose the qualified certificate on your card.
service-certificate-weak = This certificate is signed with SHA-1; SHA-1 signatures are not accepted.
    .remedy = Log in with the security word and load your replacement certificate.
service-signer-mismatch = The signer is not the person who is expected.
    .remedy = Check that the right card is inserted.
service-malformed = The service's answer makes no sense.
    .remedy = Check the address; there may be another server there. If that changes nothing, send the technical line to your IT staff.
service-no-client = This computer cannot make secure connections.
    .remedy = Update the computer's trusted certificates. If that changes nothing, send the technical line to your IT staff.
service-not-secure = This address is not secure.
    .remedy = It has to begin with https; http is for a service on this very computer.
service-address = This is not the address of a service.
    .remedy = Write it as https://example.gov.tr, without a question mark, a user name or a password.

# Replacing a certificate

replace-step-checking = The new certificate is being checked
replace-step-copying = The old certificate and the card's directory are being copied
replace-step-logging-in = The PIN is being tried
replace-step-writing = The new certificate is being written; leave the card where it is
replace-step-testing = What was written is read back and tried; leave the card where it is
replace-step-removing = The old certificate is being removed; leave the card where it is
replace-step-confirming = The card is ready, the service is being told; you may remove the card
replace-not-yet = It cannot be stopped right now, so that nothing is left half written. It takes a few seconds.

replace-nothing = There is no certificate to load for this person
    .text = There is nothing to do: your certificate is SHA-256 already, or its successor has not been made yet.
replace-elsewhere = There is a certificate to load, but not for this card
    .text = Insert your other card; we find out which one it is.

refusal-unreadable = The certificate from the service cannot be read.
    .remedy = Nothing was written to your card. Try again a little later; if it stays like this, tell the call centre.
refusal-too-long = The certificate from the service is too large for a card.
    .remedy = Nothing was written to your card. Tell the call centre.
refusal-same = The certificate that the service sent is on your card already.
    .remedy = Nothing was written to your card; there is no need. The service is told that your card has it. If it still asks for a replacement, call the call centre.
refusal-key = The certificate from the service does not belong to the key on your card.
    .remedy = Nothing was written to your card. Check that this is the right card; if it is, tell the call centre.
refusal-subject = The certificate from the service is in somebody else's name.
    .remedy = Nothing was written to your card. Tell the call centre.
refusal-weak = The certificate from the service is signed with { $hash } again.
    .remedy = Nothing was written to your card: it would be no better than the old one. Tell the call centre.
refusal-expired = The certificate from the service has expired.
    .remedy = Nothing was written to your card. Check the computer's date; if it is right, tell the call centre.
refusal-not-yet = The certificate from the service is not valid yet.
    .remedy = Nothing was written to your card. Check the computer's date and time; if they are right, wait for the day on which it begins.
refusal-not-after = The certificate from the service ends on another day than the old one.
    .remedy = Nothing was written to your card. Tell the call centre.
refusal-authority = The certificate from the service is an authority's and not a person's.
    .remedy = Nothing was written to your card. Check the address of the service and tell your IT staff.
refusal-usage = The certificate from the service allows less than the old one does.
    .remedy = Nothing was written to your card. Tell the call centre.
refusal-not-qualified = The certificate from the service is not a qualified one; the old one is.
    .remedy = Nothing was written to your card. Tell the call centre.
refusal-untrusted = The certificate from the service was not issued by an authority that this computer trusts.
    .remedy = Nothing was written to your card. Check the address of the service and tell your IT staff.

replace-done = The new certificate is on your card and works.
    .remedy = You need not have the old one revoked; the authority does that.
replace-done-untold = The new certificate is on your card and works. Only the service has not heard of it.
    .remedy = Your card is ready for use. The service will be told later, the next time you log in.
replace-cancelled = Stopped; your card is as it was.
    .remedy = You can start again whenever you like.
replace-key-differs = The key on the card does not fit the new certificate.
    .remedy = Nothing was written to your card. Tell the call centre.
replace-card-full = The card does not take two certificates at once.
    .remedy = Your card is as it was. The old certificate can be removed first: a copy of it is kept, and put back if the new one cannot be written.
replace-not-written = The new certificate could not be written; the old one is in its place.
    .remedy = Nothing was lost. Remove the card, put it in again and retry; if it stays like this, send the technical line to your IT staff.
replace-interrupted = It was cut short; nothing was lost.
    .remedy = Put the card back, we continue where we stopped.
replace-other-card = The card in the reader is not the one you started with.
    .remedy = This card was not touched. Insert the card you started with.
replace-unfinished-other = Loading another certificate was cut short on this card; that one comes first.
    .remedy = Nothing was sent to the card for the new one. Finish the one that was cut short, then begin this one again.
replace-needs-pin = To continue, the PIN is needed.
    .remedy = Nothing was sent to the card yet. Enter your PIN and continue.
replace-journal = It was not begun, because this computer could not make a note of it.
    .remedy = Your card is as it was. Make room on the disk and try again.

situation-untouched = Loading a certificate was cut short; the card has not changed
    .text = You can start again, or leave it.
situation-needs-pin = Loading a certificate was cut short
    .text = { $done } of 7 steps are done; it is safe to continue. Your PIN is needed for it.
situation-only-confirmation = The new certificate is on your card; only the service has not been told
    .text = Your card is ready for use. The service is told by itself when you log in.
situation-other-card = Loading a certificate was cut short, but not on this card
    .text = Insert the card you started with; we continue where we stopped.
situation-outgrown = What was cut short cannot be continued: another program has changed the card meanwhile
    .text = The card was not touched. Start again: if the service has a certificate for this card, it is found.

## Signing and signatures

verdict-valid = The signature is valid
    .text = The content has not changed since, and the certificate is trusted. Revocation was not looked at.
verdict-weak = The signature is right, on weak ground
    .text = The content has not changed; because of what follows, do not rely on this signature alone.
verdict-undecided = Whether the signature is valid cannot be told
    .text = What is missing stands below; provide it and look again.
verdict-invalid = The signature is not valid
    .text = Do not rely on it; the reason stands below.
attribute-content-type = content type
attribute-digest = hash of the content
attribute-time = signing time
attribute-certificate = the signer's certificate (ESS)
attribute-all = signed attributes
signature-finding-not-der = The signature is written in the loose form (BER) instead of the strict one (DER); it was read all the same
signature-finding-trailing = { $count } bytes follow the signature
signature-finding-unreadable-certificates = { $count } certificates that came along cannot be read
signature-finding-no-attributes = The signature does not bind the certificate it was made with (no signed attributes)
signature-finding-missing-attribute = Missing from the signature: { $attribute }
signature-finding-repeated-attribute = More than once in the signature: { $attribute }
signature-finding-unreadable-attribute = Unreadable in the signature: { $attribute }
signature-finding-unsorted = The signed attributes were not sent in order; the signature is right all the same
signature-finding-policy = The signature names a signature policy, which this profile has no place for
signature-finding-content-missing = The content is not within the signature; it has to be shown, too
signature-finding-content-differs = The content is not what was signed: it was changed since, or is another file
signature-finding-content-other = The file that was shown differs from the content within the signature
signature-finding-content-type = The signature speaks of another type of content
signature-finding-certificate-missing = The signer's certificate did not come with the signature, which could not be checked
signature-finding-signer-id = The signer is named otherwise than by the certificate, which was found by its signed hash
signature-finding-certificate-hash = The certificate that the signature binds is not the one that came along
signature-finding-certificate-issuer = Issuer or serial number of the certificate that the signature binds do not agree
signature-finding-old-ess = The certificate is bound by its SHA-1 hash only
signature-finding-wrong = The signature is wrong: made with another key, or over something else
signature-finding-signed-as-sent = The signature is put together wrongly: the attributes were signed in the form in which they are sent
signature-finding-content-only = The signature is put together wrongly: the content was signed instead of the attributes
signature-finding-no-null = The signature is put together wrongly: its DigestInfo lacks the NULL
signature-finding-bare-hash = The signature is put together wrongly: the hash was signed without a DigestInfo
signature-finding-salt-differs = The signature is put together wrongly: its PSS salt has { $bytes } bytes and not as many as it says
signature-finding-odd-salt = The PSS salt has an unusual length: { $bytes } bytes
signature-finding-raw-ecdsa = The signature is put together wrongly: ECDSA in its raw form
signature-finding-unsupported = The signature was made in a way that is not checked here
signature-finding-hashes-differ = Content and signature use different hashes
signature-finding-weak-hash = The signature rests on a weak hash: { $hash }
signature-finding-short-key = The key is too short for today: { $bits } bits
signature-finding-expired = The certificate has expired, and no time stamp shows that the signature is older
signature-finding-not-yet = The certificate is not valid yet
signature-finding-outside = By the signer's own clock, the certificate was not valid when it was signed
signature-finding-ahead = The signing time lies ahead: the signer's clock or that of this computer is wrong
signature-finding-not-binding = The key is not meant for signatures that bind (no non-repudiation)
signature-finding-not-qualified = The certificate is not a qualified one: the signature is not equal to one by hand
signature-finding-test = The certificate is for tests
signature-finding-unknown-issuer = The issuer's certificate is not at hand
signature-finding-untrusted = The chain ends in a root that is not trusted here
signature-finding-weak-certificate = Certificate { $number } of the chain is signed with a weak hash: { $hash }
signature-finding-chain = Certificate { $number } of the chain: { $finding }
signature-finding-stamp-unreadable = A time stamp cannot be read
signature-finding-stamp-differs = The time stamp is of another signature
signature-finding-stamp-not-trusted = The time stamp is not trusted and shows nothing about the time
signature-finding-weak-stamp = The certificate has expired, and only a weak time stamp shows that the signature is older
signature-finding-not-a-stamper = The certificate is not for time stamps
obstacle-weak = This certificate is signed with SHA-1: it has to be replaced first.
    .remedy = Log in with the security word and load your replacement certificate. No PIN was asked for, and no try was spent.
obstacle-expired = This certificate expired on { $on }.
    .remedy = Sign with a valid certificate. No PIN was asked for, and no try was spent.
obstacle-not-yet = This certificate is valid from { $from }.
    .remedy = Sign with your old card until then; check this computer's date, too. No PIN was asked for, and no try was spent.
obstacle-key = The private key to this certificate is not on the card.
    .remedy = Insert the card that holds the key. No PIN was asked for, and no try was spent.
obstacle-not-qualified = A qualified certificate is asked for; this one is not.
    .remedy = Insert the card with your qualified certificate. No PIN was asked for, and no try was spent.
obstacle-purpose = This certificate is not for signing.
    .remedy = Choose the signing certificate on your card. No PIN was asked for, and no try was spent.
obstacle-key-kind = Keys of this kind do not sign here.
    .remedy = Sign with another certificate. No PIN was asked for, and no try was spent.
obstacle-unreadable = This certificate cannot be read well enough to tell whether it may sign.
    .remedy = See its technical details on the card's page and send them to the call centre. No PIN was asked for, and no try was spent.
obstacle-none = There is no certificate on the card that may sign.
    .remedy = Insert the card with your signing certificate. No PIN was asked for, and no try was spent.
caution-not-qualified = This certificate is not a qualified one: the signature is not equal to one by hand.
caution-not-binding = This certificate was not issued for signatures that bind.
caution-test = This certificate is for tests.
code-not-digits = A verification code has digits only.
    .remedy = Copy it again with the link on the page. No PIN was asked for, and no try was spent.
code-length = A verification code has 15 digits; there are { $digits }.
    .remedy = A part may have been left out, or something came along. No PIN was asked for, and no try was spent.
code-check-digit = A digit of the code is wrong.
    .remedy = Copy it from the page again, or compare it digit by digit. No PIN was asked for, and no try was spent.
claim-content = Text { $item } is not fit to be signed: { $fault }.
    .remedy = The service was told; do not sign. Get a new code from the page, and if that changes nothing, send the technical line to the call centre.
content-hash = its hash is not the one that the service says
content-media = it is no plain text
content-not-text = it is no readable text
content-empty = it is empty
content-too-large = all texts together are too large
claim-count = There is no text to sign, or more than can be signed at once.
    .remedy = The service was told. Get a new code from the page.
claim-control = The control code does not follow from the texts.
    .remedy = They may not be those of the page; do not sign. The service was told. Get a new code from the page.
claim-unsupported = The service wants a kind of signature that is not made here.
    .remedy = See whether there is a newer version of this program. No PIN was asked for, and no try was spent.
sign-clocks-differ = By your computer it is { $computer }, by the service { $service }: one of them is wrong, so nothing was signed.
    .remedy = Set the date and time of your computer right, get a new code from the page and try again. If they are right, tell the service. No PIN was sent to the card, and no try was spent.
sign-expired = The time ran out; the signature did not reach the service.
    .remedy = Get a new code from the page. Your PIN was not wrong, and no try was spent.
sign-not-delivered = It is signed, but could not be delivered to the service.
    .remedy = Send it again: neither card nor PIN is needed, and the same signature does not count twice.
sign-preparing = The signature could not be prepared.
    .remedy = Try another certificate; if that changes nothing, send the technical line to the call centre. No PIN was asked for, and no try was spent.
sign-card-failed = The PIN was right, but the card did not finish the signature.
    .remedy = Take the card out, insert it again and try once more. No try was spent.
sign-wrong-answer = The PIN was right, but what the card gave is no right signature; nobody was sent it.
    .remedy = Try another driver or none. If that changes nothing, send the technical line to your IT staff.
sign-proving = The card checks the PIN; leave it where it is
sign-signing = The card signs: { $done } of { $of }; leave it where it is
sign-delivering = The signature is on its way to the service; you may take the card out
link-not-ours = This link is none for signing.
    .remedy = Copy the verification code from the page and paste it here.
link-malformed = The link for signing is broken and was not followed.
    .remedy = Copy the verification code from the page and paste it here.
link-service = The link names a service that is not set up here.
    .remedy = If you trust the page it came from, have the service added to the settings; else close it.
file-read = The file cannot be read.
    .remedy = Check its name and whether you may read it.
file-too-large = The file is too large for this.
    .remedy = Have the signature made as a file of its own next to it: that works for any size.
file-exists = There is a file of that name already; it was not overwritten.
    .remedy = Give another name, or move the old file.
file-write = The file cannot be written.
    .remedy = Check whether you may write to the folder and whether the disk is full.
file-no-signature = There is no readable signature in this file.
    .remedy = Files of signatures mostly end in .p7s or .p7m; make sure that it is the right one.
archive-write = The record of the signature could not be kept.
    .remedy = The service has the signature. Check whether you may write to the folder and whether the disk is full.
