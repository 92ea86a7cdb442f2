# The window's own texts: headings, buttons, hints.

no-display =
    Kartal needs a screen to open a window and reached none (DISPLAY, WAYLAND_DISPLAY).
    Start it from a terminal on the desktop; over a remote connection use “ssh -X”; to try it without a screen, run “xvfb-run kartal --demo”.

## The rail

cards = Cards
card = Card
reader = Reader
file = File
file-of = { $count } certificates
no-card = no card
empty-reader = Empty reader
card-pulled = Card removed
put-back = put it back
mute = does not answer
unavailable = not working
unknown-card = Unknown card
not-read = not read
not-found = not found
reading-percent = reading · { $percent }%
open-file = Open a file…
practice = Practice cards
help = Help
settings = Settings

## The card

identity-number = ID no. { $number }
card-number = card no. { $serial }
reveal = Show
mask = Hide
read-again = Read again
retry = Try again
reading = Reading the card
reading-leave-card = { $progress }. Please leave the card in.
practise = Open the practice cards
help-card-not-seen = If the card is not seen
unreadable-parts = What could not be read
pin-pad = the PIN is typed on the reader
copy = Copy
copied = Copied.
copy-technical = Copy the technical line
copy-summary = Copy summary
technical = Technical
technical-error = Error
technical-atr = Answer to reset (ATR)
apdus = { $count ->
        [one] { $count } command
       *[other] { $count } commands
    }
from-cache = certificates from an earlier look
way-now = Way to the card: { $way }
way-choose = Change the way to the card
way-scope = Your choice is remembered for all cards of this kind.
way-automatic = Automatic: a driver that knows the card, else without one
way-driverless = Without a driver
modules-searching = Looking for the drivers of this computer…
module-in-use = { $path } (in use)
module-file = Choose a driver file…
module-title = The card driver's file
summary-reader = Reader
summary-family = Card family
summary-serial = Card no.
summary-time = Looked at
summary-certificate = serial number { $serial }, ends { $until }

## Certificates

details = Details
export = Export…
export-pem = Save as PEM…
export-der = Save as DER…
export-title = Save the certificate
cancel = Cancel
chain-of = { $count ->
        [one] Chain: { $count } certificate
       *[other] Chain: { $count } certificates
    }
unknown = not readable
validity-unreadable = The validity could not be read.
kind-test = { $kind } (for tests only)
key-not-on-card = its private key is not on this card
oddities = { $count ->
        [one] { $count } fault; see the details
       *[other] { $count } faults; see the details
    }
field-subject = Holder
field-issuer = Issuer
field-kind = Kind
field-usage = Use
field-algorithm = Signature algorithm
field-key = Key
field-oddities = Faults
field-alt-name = Other name
field-verdict = Verdict
field-serial = Serial number
field-from = From
field-until = Until
field-state = State
field-public-key = Public key
field-version = Version
field-label = Name on the card
field-id = Identifier on the card
field-purpose = Purpose
field-authority = Is an authority
field-policy = Policy
field-notice = User notice
field-practice-statement = Practice statement
field-statement = Qualified statement
field-ocsp = Status responder (OCSP)
field-crl = Revocation list
field-issuer-file = Issuer's certificate
key-of = { $kind }, { $bits } bits
yes = yes
no = no
nothing = Nothing
critical = critical
bytes = { $count } bytes
back = Back
section-fields = Fields
section-chain = Chain
section-raw = Raw data
form-pem = PEM
form-hex = Hex
form-structure = Structure
group-subject = Holder
group-issuer = Issuer
group-certificate = Certificate
group-use = Use and qualification
group-places = Addresses
group-fingerprints = Fingerprints
group-extensions = Extensions
attribute-common-name = Name
attribute-organization = Organization
attribute-unit = Unit
attribute-country = Country
attribute-locality = Place
attribute-state = Province
attribute-title = Title
attribute-serial-number = ID number
attribute-surname = Surname
attribute-given-name = Given name
attribute-email = E-mail
chain-not-revocation = Whether it was revoked is not checked here.
link-until = ends { $date }
link-signature = Issuer: { $issuer } · { $check }

## Files

open-title = Open a certificate file
open-filter = Certificates
close-file = Close the file
file-sign = Sign this file
file-content = The signed file was not found
    .text = This signature belongs to another file. Choose that file or drop it on this window, and we will see whether the signature is for it.
file-content-choose = Choose the file…
file-content-title = The signed file
drop-here = Let go to open the certificate
file-faults = { $count ->
        [one] { $count } part could not be read as a certificate
       *[other] { $count } parts could not be read as certificates
    }
file-expired = This certificate has expired
file-not-yet = This certificate is not valid yet
file-more = … and { $count } more
files-full = No more than { $count } files are open at once; close one.
file-not-found = The file is not there
    .remedy = It may have been moved or deleted. Find it and drop it on this window.
file-denied = You may not read this file
    .remedy = Copy it to a folder of your own and try again.
file-not-a-file = This is not a file
    .remedy = Open the certificate file in the folder, not the folder.
file-too-large = This file is too large for a certificate
    .remedy = Files beyond 4 MB are not opened. Make sure that it is the right one.
file-other = The file could not be read
    .remedy = If it is on a network drive or a disk that was removed, copy it to a folder of your own.
saved = Saved: { $path }
not-saved = Not saved: { $reason }. Try another folder.
not-removed = Not removed: { $reason }. Try again in a little while.

## Typing a path, where the system has no dialog

path-open = Which file is to be opened?
    .answer = Open
path-save = Where is it to be saved?
    .answer = Save
path-meaning = The file dialog did not open on this computer. Type or paste the path of the file here; ~ is your home folder.
path-placeholder = ~/Documents/file
path-replace = Replace it
path-empty = Type the path of the file first.
path-no-folder = There is no such folder. Check the path once more.
path-exists = A file of this name is already there. If it is replaced, the old one is lost.

## Help

help-sentence = Type your question, or choose one below.
help-search = Search
help-nothing = Nothing was found. Try fewer words.
shortcuts = Shortcuts
shortcut-card = go to a card or file
shortcut-arrows = move in the list at the left; elsewhere scroll
shortcut-search = search the help
shortcut-scale = everything larger, smaller, normal
shortcut-tab = next item; use the item

## Settings

appearance = Appearance
language = Language
theme = Colours
theme-system = As the system
theme-light = Light
theme-dark = Dark
theme-high-contrast = High contrast
scale = Text size
    .usual = Back to normal
percent = { $number }%
keep = Remember the certificates of cards seen before
keep-text = The same card is then read at once. Only public certificates are kept, and only in your own folder.
kept = Kept now: { $size }
forget = Remove them
forgotten = The kept certificates were removed.
modules = Card drivers
modules-text = Known drivers are found by themselves. Add a PKCS#11 library that was not.
module-add = Add a driver…
by-administrator = added by the administrator
remove = Remove
authorities = Trusted authorities
authorities-text = { $count ->
        [one] { $count } authority comes with the program. You may add the root certificate of another that you have checked.
       *[other] { $count } authorities come with the program. You may add the root certificate of another that you have checked.
    }
authority-add = Add an authority's certificate…
authority-title = The file of the authority's certificate
authority-imported = { $count ->
        [one] { $count } authority was added.
       *[other] { $count } authorities were added.
    }
authority-none = There is no authority's certificate in this file; certificates of people are not added here.
authority-unreadable = An authority's certificate could not be read: { $path }
links = Links of web pages
    .text = Press “Open the Kartal application” on the service's page, and this program opens with the code filled in. Nothing is signed without your consent.
links-ours = This program opens the links.
links-others = Another program, or another copy of Kartal, opens the links now.
links-nobody = No program opens the links now.
links-asking = Asking the system…
links-take = Let this program open them
links-taken = From now on this program opens the links.
links-not-taken = The links could not be given to this program: { $reason }
about = About
version = Kartal { $number }
licence = Under the MIT or the Apache-2.0 licence. Fonts: Inter, JetBrains Mono (OFL).
understood = Understood
settings-broken = Your settings file was broken; the usual settings are in force
    .kept = The old file was not deleted, it is here: { $path }
    .not-kept = The old file was left where it is; it is overwritten when you change a setting.
settings-unreadable = Your settings file could not be read; the usual settings are in force
    .remedy = Look at the permissions of the file: { $path }
settings-machine = The administrator's settings file could not be read
    .remedy = Tell your IT staff: { $path }
    .authority = The administrator added this file; tell your IT staff.
settings-no-home = Settings are not kept in this session
    .remedy = Your home folder was not found; tell your IT staff.
settings-not-saved = The settings were not saved; look at the permissions of the file: { $path }

## Practice

practice-strip = Practice: cards, people and the authority are invented; none of it is valid.
    .short = Practice: none of it is real.
practice-sentence = Insert a card and it appears at the left; pull it and it goes.
practice-insert = Insert
practice-pull = Pull
practice-renew = Make it as new
    .done = { $name }: the card is as it was at first.
practice-leave = Back to the real readers
practice-full = Every reader has a card; to insert another, pull one first.
practice-failed = The practice card could not be made: { $detail }
practice-sha1 = SHA-1 certificate
    .text = The qualified certificate is signed with SHA-1; a replacement is due.
practice-sha256 = SHA-256 certificate
    .text = All is well.
practice-expiring = About to expire
    .text = The certificate ends in twenty days.
practice-pin-blocked = PIN blocked
    .text = Three PINs did not match.
practice-two-keys = Two keys, two certificates
    .text = One to sign with, one to log in with. The card comes in a reader with a keypad: the PIN is entered there.
practice-empty = Empty card
    .text = The card works and has no certificate.
practice-garbage = Broken card
    .text = The card's directories are full of meaningless bytes.
practice-pad = The practice reader's keys; on a real reader they are on the reader itself.
practice-pad-pin = Enter the PIN
practice-pad-puk = Enter the PUK
practice-pad-new = Enter the new PIN
practice-pad-again = Enter the new PIN once more
practice-pad-differed = The two are not the same; start over with the new PIN
practice-pad-enter = Confirm

## PIN işlemleri · the pages around a card's PIN

pin-affairs = PIN
pin-change = Change PIN
pin-change-do = Change the PIN
pin-unlock = Unblock
pin-unlock-do = Unblock
back-to-card = Back to the card
pin-open = The PIN is ready for use
    .text = You can change your PIN now if you like.
pin-just-blocked = The PIN is blocked; your card is not broken
    .text = Your certificate and your key are still there. “Unblock” leads to a new PIN. Do not guess the PUK: after three wrong ones the card can never be opened again.
pin-last = Your last try
    .text = One more entry that does not match blocks the PIN. If you are not sure of it, do not try.
    .entry = If this entry does not match either, the PIN is blocked. If you are not sure, stop. Even then your card is not broken: “Unblock” here opens it again.
pin-untold = The card does not tell how many tries are left
    .text = If you are not sure of your PIN, do not try.
pin-blocked = The PIN is blocked
    .text = Your certificate is untouched. Unblocking it, you choose a new PIN.
pin-dead = This card can no longer be unblocked
    .text = Both PIN and PUK are used up. Turn to whoever issued the card; a new one is needed.
pin-working = The card is working; please leave it in
pin-pulled = The card was pulled out
    .text = What you typed was wiped, and nothing is tried again by itself. Put the card back.
pin-other-card = Another card is in the reader
    .text = This page was for the card before. Put that one back, or choose this card at the left.
puk-for = Opens a blocked PIN; does not stand in for it
puk-stake = After three PUKs that do not match, the card can never be opened again
    .text = Type only the PUK that you were given. Do not try other passwords here.
pin-check = Which PIN is valid?
pin-check-stake = The new PIN is tried once
    .text = If it fits, the change came through. If not, the card still has the old one, and a try is gone.
pin-check-do = Try the new PIN
pin-check-new = Your card has the new PIN
    .text = The change came through. The PIN shown on the portal is out of date.
pin-check-old = Your card still has the old PIN
    .text = The change did not come through; finding out took a try. Left: { $tries }. They are restored when you enter the old PIN.
pad-check = Enter the new PIN on the reader's keys: that shows whether it is valid.
puk-closed = One PUK try is left. If it goes too, the card can never be opened again; so it is not on offer here. Unblock the card online, or call the call centre.
    .untold = The card does not tell how many PUK tries are left: the next may be the last. If it goes, the card can never be opened again; so it is not on offer here. Unblock the card online, or call the call centre.
secret-digits = { $count } digits
    .range = { $least }–{ $most } digits
secret-characters = { $count } characters
    .range = { $least }–{ $most } characters
secret-not-here = Security word, SMS code and PUK are not typed here.
    .puk = Security word, SMS code and the old PIN are not typed here.
secret-never = Share your PIN and PUK with nobody; the call centre does not ask for them either.
tries-short = { $left ->
        [0] blocked
        [1] 1 try
       *[other] { $left } tries
    }
wrong-pin = { $left ->
        [0] The PIN did not match and is blocked
        [1] The PIN did not match, your last try is left
       *[other] The PIN did not match, { $left } tries are left
    }
wrong-puk = { $left ->
        [0] The PUK did not match, and no try is left
        [1] The PUK did not match, the last try is left
       *[other] The PUK did not match, { $left } tries are left
    }
hint-paste = Nothing can be pasted here: type the PIN. A copied PIN can be seen by other programs.
hint-caps-lock = Caps Lock may be on.
hint-letters = You typed letters; only digits go here. The keyboard may be set to another language: the keys beside this work always.
hint-symbols = That was a sign, not a digit. Let go of Shift, or use the keys beside this.
hint-num-lock = Num Lock is off: arrows instead of digits.
hint-too-long = At most { $most } characters.
keypad-clear = Clear
last-try-no = Cancel
last-try-yes = Spend the last try
pad-change = This reader has keys of its own: you enter the PIN there, and this computer does not see it. First the present PIN, then the new one twice.
pad-puk = This reader has keys of its own. Enter the PUK there first, then the new PIN twice.
pad-start = Begin on the reader
pad-now = Now use the reader's keys; it waits for 30 seconds
unlock-advised = advised
unlock-service = Unblock online
    .text = The centre that issued the card proves itself to the card, and you choose a new PIN. No try is spent; the new PIN goes to the card only.
unlock-service-start = Unblock online
unlock-service-asking = Asking the service…
unlock-other-person = Log in as the card’s holder
unlock-not-theirs = The service does not know this card as { $person }’s
    .text = If it is somebody else’s, let them log in; you go on from here. If it is yours, call the call centre: it may be missing from the records. Nothing was sent to the card, and no try was spent.
unlock-not-here = The service cannot unlock this card
    .text = It knows the card, and cannot unlock it from a distance. Ask whoever issued it.
unlock-puk = Unblock by PUK
puk-mistaken = Is this really the PUK?
    .text = Nothing was sent to the card yet. After three wrong PUKs the card can never be opened again.
puk-mistaken-yes = Yes, it is; send it
unlock-puk-start = Use the PUK…
unlock-none = No way to unblock this card is known
    .text = Call the call centre of whoever issued the card.
service-missing = This computer knows no service address
    .text = You can unblock the card on Kamu SM's Online İşlemler pages, under “Kilit Çözme”, or call the call centre. If your institution has a service address, put it into the settings.
service-name = Name
    .fault = A name has ASCII letters, digits, hyphens and dots only; for instance kamu.
service-where = Address
service-key = SHA-256 of its public key (optional)
    .fault = The digest has 64 hexadecimal digits.
service-add = Add a service
service-pinned = key pinned
service-address = Certificate service
    .text = Unblocking online connects to this address. Ask your institution for it; leave it empty if you do not know it.
practice-secrets = At first all have the PIN { $pin } and the PUK { $puk }.
practice-dead = A card that cannot be unblocked
    .text = Neither three PINs nor three PUKs matched.

## Giriş · logging in

login = Log in to the service
    .unlock = The authority unblocks the card; it has to know who you are first.
    .replace = Your certificate is at the authority; it has to know who you are first.
login-do = Log in
login-who = Turkish identity number or passport number
login-number = Number
    .digits = An identity number has digits only.
    .missing = Type your number.
    .length = An identity number has 11 digits; you typed { $count }.
    .check = A digit must be mistyped; look at the number once more.
login-picture = Letters of the picture, or the answer
    .another = Another picture
    .instead = If you cannot read the picture, answer this: { $question }
    .broken = The picture cannot be shown; answer the question below.
    .missing = No picture came; ask for one by “Another picture”.
    .unanswered = Type what the picture says, or the answer.
login-word = Security word
    .missing = Type your security word.
    .paste = Nothing is pasted here; type it.
    .note = The security word is the one you chose when you applied. A PIN does not belong here.
login-forgotten = I forgot my security word
    .sentence = A link to set a new one is sent to your registered e-mail address.
    .send = Ask for the link
    .note = If your registered e-mail address has changed, call the call centre.
login-asked = If the number is registered, the e-mail is on its way
    .text = Look into your inbox, and into the spam folder. Set the new word by the link, then log in here.
    .back = Back to the login
login-phone = A code will be sent by SMS to your registered phone:
    .send = Ask for an SMS code
    .wrong = That is not my number
login-code = SMS code
    .sent = A code of six digits was sent to { $phone }.
    .form = The code has six digits.
    .left = Valid for { $time }
    .over = This code's time is over; ask for a new one.
    .again = Send the code again
    .again-in = Send again ({ $seconds } s)
    .do = Confirm
log-out = Log out
    .who = Log out: { $name }
logged-out = You are logged out; nothing of the session is left.

## Sertifika yükle · the replacement certificate

replace = Load the certificate
    .for = For { $name }
replacing = The certificate is being loaded
    .sentence = If the card is pulled or the power goes, nothing is lost; it goes on where it stopped.
replace-start = Load the certificate
replace-unfinished = A certificate was half loaded onto this card
    .text = Nothing is lost; it can go on where it stopped.
replace-look-again = Look again
replace-next-person = Someone else logs in
replace-next-card = Next card
replace-choose = Load onto this card
replace-not-here = The card of this certificate is not here
replace-what = What will happen?
replace-same-key = Your key, your name and the last day stay the same; only the certificate's signature becomes SHA-256.
replace-checked = The new certificate was checked: it fits this card's key, it is yours, and a trusted authority vouches for it.
replace-safe = The old one is copied. If the card is pulled or the power goes, it goes on where it stopped.
replace-old = You need not revoke the old certificate; the authority does that.
replace-removing-first = The card is short of room: the old one is removed first, and put back if the new one cannot be written.
replace-agree = I agree, go on
replace-before = Before
replace-after = After
replace-pad = Enter the PIN on the reader's keys.
replace-do = Load
replace-put-back = Put the card back, and we go on
    .text = Nothing is lost. When the same card is back, what is left is done.
replace-go-on = Go on
replace-anew = Start again
replace-stop = Stop
replace-stopping = Stopping…
replace-no-stop = Cannot be stopped now
replace-leave-card = Please leave the card in the reader.
replace-bytes = { $bytes } / { $of } bytes
replace-remove-first = Try by removing the old one first
step-checking = The new certificate is being checked
    .done = The new certificate was fetched and checked
    .next = The new certificate will be checked
step-copying = The old certificate is being copied
    .done = The old certificate was copied
    .next = The old certificate will be copied
step-logging-in = The PIN is being verified
    .done = The PIN was verified
    .next = The PIN will be verified
step-writing = The new certificate is being written to the card
    .done = The new certificate was written to the card
    .next = The new certificate will be written to the card
step-testing = It is being read back, and signs a test
    .done = It was read back, and its test signature is right
    .next = It will be read back, and sign a test
step-removing = The old certificate is being removed
    .done = The old certificate was removed
    .next = The old certificate will be removed
step-confirming = The authority is being told
    .done = The authority was told
    .next = The authority will be told

## Signing

sign = Sign
    .text = Sign by the verification code of a web page, or sign a file.
sign-no-service = No service is set up for verification codes
    .text = Put the address of the service that gives the code into the settings. Files are signed without one.
sign-code = By verification code
    .text = Paste the 15 digits from the page; blanks and dashes do no harm. Leave the page open.
    .placeholder = 000 000 000 000 000
sign-go-on = Go on
sign-claiming = Asking the service
sign-file = Sign a file
    .text = The signature is written next to the file as a file of its own (.p7s); your file stays as it is.
sign-choose-file = Choose a file…
sign-file-title = The file to be signed
sign-left = { $minutes }:{ $seconds } left
sign-requester = Asked by
sign-purpose = What for
sign-created = Asked at
sign-control = Control code
    .text = The page has to show the same four digits. If it does not, do not sign.
sign-texts = { $count ->
        [1] The text to be signed
       *[other] The { $count } texts to be signed
    }
sign-search = Search the text
sign-found = { $count ->
        [0] Not in the text
        [1] In one line
       *[other] In { $count } lines
    }
sign-hidden = { $count } characters of the text cannot be seen; their numbers stand in their places.
sign-have-read = I have read the texts to their end
sign-certificate = With which certificate?
sign-no-card = No card is inserted. Insert your signing card.
sign-until = until { $date }
sign-on-pad = You will enter the PIN on the reader's keys.
sign-do = Sign
sign-refuse = Do not sign
sign-redeliver = Send again
sign-done = Signed; the page goes on by itself
sign-file-done = The file is signed
sign-signer = Signed by
sign-signed-at = Signed at
sign-signature-file = Signature file
sign-save = Save the signature file…
sign-save-title = Save the signature file
sign-keep = Add to my signed texts
sign-kept = My signed texts
sign-again = Sign something else
signature-claimed = Signing time (by the signer's clock)
signature-stamped = Time stamp
signature-strength = Method
signature-unknown-signer = Unknown signer
signature-kind = Kind
