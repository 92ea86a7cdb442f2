# What only the command line says.

about = Kartal looks at your e-signature card: whose it is, which certificates, until when. Looking asks for no PIN.
about-cards = Looks at the cards that are inserted: whose, what is on them, is anything to be done
about-readers = Shows the readers and whether a card is in them
about-certificate = Looks at certificates in files (DER, PEM, PKCS#7; “-” is the standard input)
about-modules = Shows the card drivers (PKCS#11) of this computer and whether they can be used
about-completions = Writes completions for a shell
about-man = Writes the man page
after-help = 

    Exit codes
      0  all is fine
      1  there is something to do
      2  something could not be looked at (reader, card or file), or the command was not understood

heading-usage = Usage:
heading-commands = Commands
heading-arguments = Arguments
heading-options = Options
arg-help = Shows this help
arg-version = Shows the version
arg-lang = The language: tr or en (else the system's)
arg-verbose = Tells on the standard error what is being done; no secrets
arg-json = Writes JSON for programs (its form: SCHEMA.md)
arg-reader = Only this reader: its name, or a part that no other has
arg-module = Looks at cards by this PKCS#11 module alone; lists its tokens that are in no reader, too
arg-module-too = Looks at this module, too
arg-driverless = Looks at cards without any driver
arg-trust = Trusts the certificates in this file, too; may be given several times
arg-no-cache = Does without the cache of certificates of cards seen before
arg-show-identity = Shows identity numbers in full
arg-file = A file of certificates; “-” is the standard input
arg-test = Loads each module to try it
arg-shell = The shell: bash, zsh, fish, powershell or elvish
arg-dir = Into this folder, one page for each command

usage-unknown-argument = There is no option “{ $argument }”.
usage-unknown-command = There is no command “{ $command }”.
usage-missing = Something is missing: { $argument }
usage-value = “{ $value }” does not do for { $argument }.
usage-conflict = { $argument } does not go with { $other }.
usage-other = The command was not understood.
usage-remedy = To see how to write it: { $command }

reader-empty = empty
reader-card = card inserted: { $name } ({ $atr })
reader-token = a token of the module's own
reader-ambiguous = This name fits more than one reader.
reader-choose = Write one of these: { $names }
card-unknown = unknown card
card-serial = card no. { $serial }
commands = { $count ->
        [1] 1 command
       *[other] { $count } commands
    }
from-cache = from the cache
pin-pad = the PIN is typed on the reader
for-tests = for tests
key-bits = { $kind } { $bits } bit
private-key-there = its private key is on the card
private-key-missing = its private key is not on the card
row-holder = Holder
row-card = Card
row-read = Read
row-validity = Validity
row-kind = Kind
row-subject = Subject
row-issuer = Issuer
row-serial = Serial no.
row-signature = Signature
row-key = Key
row-sha256 = SHA-256 fingerprint
row-chain = Chain

standard-input = standard input
file-unreadable = The file could not be opened.
    .remedy = Check the file's name, and that you may read it.
man-unwritable = The man pages could not be written; give a folder that you may write to.
no-modules = No card driver (PKCS#11 module) was found
    .text = Many cards can be read without one. For a card that cannot, install the driver of whoever issued it; a module in another place can be given by --module.
module-usable = can be used
module-works = works, cards seen: { $count }

about-pin = The state of PINs, changing the PIN, unlocking
about-pin-status = Shows the state of the PINs and the tries left; spends none
about-pin-change = Changes the PIN
about-pin-unlock = Unlocks a blocked PIN: through the service or by the PUK
arg-stdin = Reads secrets from the standard input, one a line, in order (PIN or PUK, new PIN, new PIN again)
arg-last-try = Agrees that the last try may be spent (needed with --stdin only)
arg-puk = Unlocks by the PUK
arg-i-know = Goes on knowing that the PUK can cost the card (for IT staff)
arg-service = Unlocks through the service at this address (https)
arg-token-stdin = Reads the token of the session at the service from the first line of the standard input

pin-ask-token = Session token
pin-no-terminal = The standard input is no terminal; secrets cannot be asked for.
    .remedy = Run the command in a terminal, or give the secrets line by line with --stdin.
pin-cancelled = Cancelled; nothing was sent to the card.
    .remedy = Start again when you are ready.
pin-input-ended = A line is missing: { $field }.
    .remedy = With --stdin each secret stands on a line of its own, in the order asked. Nothing was sent to the card.
pin-not-confirmed = Not confirmed; nothing was sent to the card.
    .remedy = If you are not sure, leave it at that. If you are, start again in a terminal and type the word; with --stdin, the option --last-try confirms.
pin-puk-not-open = This card is not unlocked by its PUK; nothing was sent to the card.
    .remedy = Unlock it online: --service. IT staff who know that the card may be lost can go on with --i-know.
pin-several-cards = There are several cards.
    .remedy = Say which one with --reader: { $names }
pin-bad-token = The session token makes no sense.
    .remedy = Give it on the first line of the standard input, without spaces.
pin-no-pin = No PIN is to be seen on the card.
    .remedy = Try another driver (--module), or none (--driverless).
pin-confirm-word = continue
pin-confirm = To go on, type “{ $word }” and press Enter:
pin-on-pad = Now type on the reader's own keys.
pin-length = { $least }–{ $most } characters
pin-length-digits = { $least }–{ $most } digits
pin-dead = This card cannot be unlocked any more: its PIN and its PUK are blocked. Ask whoever issued it for a new one.
row-ways = Unlocking

about-replace = Replaces a SHA-1 certificate by its successor
arg-profile = The name of a service in the settings, or its address (https)
arg-card = Only the card with this serial number
arg-dry-run = Checks everything and writes nothing to the card
arg-remove-first = Removes the old certificate first if the card is full; a copy of it is kept
arg-replace-stdin = Reads what is asked for from the standard input, one a line: identity number, answer to the question, security word, SMS code, PIN
replace-ask-number = Identity or passport number
replace-ask-answer = Your answer
replace-ask-word = Security word
replace-ask-code = SMS code ({ $phone })
replace-bad-number = This is neither an identity number nor a passport number.
    .remedy = Check the number and start again; nothing was sent to the service.
replace-bad-word = The security word is empty or too long.
    .remedy = Start again and enter the word that you chose when you applied.
replace-bad-code = The SMS code is empty or too long.
    .remedy = Start again and enter the six digits that came.
replace-planned = Everything is in order; the new certificate can be loaded.
    .remedy = Nothing was written to the card. To load it, start again without --dry-run.
verify-trust = If what is missing is a root certificate to trust, name it with --trust FILE; if it is the content, with --content FILE.
replace-once-more = One more certificate of this card is to be replaced; it was not begun.
    .remedy = Run the command once more.
row-old = Old
row-new = New

about-sign = Signs what a verification code stands for, or a file
about-verify = Shows who signed a file, when, and how strong
arg-sign-file = The file to be signed
arg-code = The verification code of 15 digits that the page shows
arg-output = The file for the signature (else next to the file, with .p7s); never overwrites
arg-detached = The signature stands apart from the content (so it is without this, too)
arg-attached = The content goes into the signature
arg-certificate = With this certificate: the beginning of its serial number or SHA-256 fingerprint
arg-keep = Keeps a record of what was signed in this folder
arg-sign-stdin = Reads the PIN from the standard input, as one line
arg-signature = The file with the signature (.p7s, .p7m)
arg-content = The content of a signature that stands apart (else the file of the same name without .p7s)
sign-as = Signing as: { $name }
sign-hidden = { $count } characters of the text cannot be seen; their numbers stand in their places.
sign-done-file = The file is signed
sign-done-code = Signed; { $requester } has the signature
sign-unknown-certificate = No certificate on the card is called like that, or several are.
    .remedy = Write more of the serial number; `cards` shows the card's certificates.
sign-several-certificates = There are several certificates on the card that may sign.
    .remedy = Say which one with --certificate: { $names }
verify-unknown-signer = unknown signer
row-requester = Asked by
row-purpose = What for
row-control-code = Control code
row-signer = Signed by
row-signed-at = At
row-file = File
row-signing-time = Signing time
row-time-stamp = Time stamp
