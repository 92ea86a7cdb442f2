# The pages of the certificate service.

site-name = Kartal Certificate Services
skip = Skip to the content
footer = Never type your PIN into these pages. The PIN goes into the application on your computer and nowhere else.
log-out = Log out
breadcrumb = Where you are
back = Back
cancel = Cancel
later = Later
choose = Choose…
copy = Copy the code
copied = Copied
card = Card no.
practice-label = Practice
practice-ribbon = Practice: the people here are invented, and nothing is real.
practice-inbox-link = Inbox

## Login

login-title = Log in
login-lead = Log in with your identity number and your security word; a code is then sent to your mobile phone.
login-over = Your session has ended
    .text = A session closes when nothing is done for a while, or when you log out elsewhere. Log in again; you come back to where you were.
login-over-form = Your session has ended
    .text = What you sent was not done. Log in again; you come back to the page, and can send it once more.
login-out = You are logged out
login-codes = The SMS code was wrong too often
    .text = Log in again; a new code will be sent.
login-wrong = What you entered does not fit together
    .text = Type the number and the security word again. The word is not your card's PIN; you chose it when you applied. If you do not remember it, you can set a new one.
login-locked = This way of logging in is closed for a while
    .text = There were too many wrong tries in a row. It opens by itself in { $minutes } min; if you have your card, you can log in by signature now.
login-go = Continue
login-signature-title = Log in by e-signature
login-signature-when = If you have your card with you, you can log in without word and SMS code.
login-signature-go = Log in by e-signature
login-signature-lead = Type your number and you get a verification code. Paste it into the application and sign; this page then goes on by itself.
login-signature-weak = A card with a SHA-1 certificate cannot log in by signature: its certificate is not accepted. Log in with your security word then.
register-title = Log in to apply
register-when = Without a security word you can log in with your entry in the population register, to apply for a certificate.
register-go = Log in to apply
register-lead = Write everything as the population register has it; then a code is sent to the mobile phone that we know. This way in is for applications only.
register-first-name = First names
    .text = All of them, if you have several.
register-last-name = Last name
register-birth-place = Place of birth
register-birth-date = Date of birth
    .text = Day, month, year: 30.06.1985
register-wrong = What you entered does not fit together
    .text = Write the number, names, place and date of birth again, from your identity card. If you think that the register is wrong, ask your institution.
only-applies = You are logged in to apply, and for nothing else
    .text = For everything else, log out and log in with your security word or by e-signature.
get-code = Get a verification code
number-label = Identity number
    .text = 11 digits. Your passport number if you are a foreigner.
word-label = Security word
    .text = The word you chose when you applied. It is not your card's PIN.
word-forgotten = I forgot my word
captcha-label = Characters in the picture, or the answer to the question
captcha-picture = A picture of six letters and digits. If you cannot see it, answer the question below.
captcha-or = If you cannot read the picture, answer this question instead:
captcha-wrong = That answer did not fit. There is a new picture and a new question; try once more.
error-in-title = Something needs a correction: { $title }

## Security word

word-title = I forgot my security word
word-lead = We send a link to the e-mail address that we know, with which you set a new word.
word-go = Send the link
word-no-email = If your e-mail address has changed, call the call centre.
word-sent-title = Look into your e-mail
word-sent = If we know the number, the link is on its way
    .text = If it does not come within a few minutes, look among unwanted mail. The link is good for an hour.
word-choose-title = A new security word
word-choose-lead = Choose a word that you remember easily and that others do not guess.
word-new = New security word
    .text = At least 6 characters, and not digits alone: those are mistaken for a PIN.
word-again = New security word (again)
word-set = Set the word
word-changed = Your security word has changed
    .text = You can log in with the new one.
word-link-over = This link is not good any more
    .text = Links are good for an hour, and once. Ask for a new one.

## Code by SMS

code-title = SMS code
code-phone = The phone we send the code to:
code-phone-wrong = If this number is not yours, call the call centre; it cannot be changed here.
code-phone-in-form = If the number is wrong, go back and correct it in the form.
code-send = Send the code
code-sent = We sent a code of 6 digits to the phone { $phone }.
code-label = Code from the SMS
code-until = The code is good until { $time } (Turkish time).
code-left = Time left:
code-go = Confirm
code-wrong = The code did not fit. { $left ->
        [one] One try is
       *[other] { $left } tries are
    } left; type the code from the SMS again.
code-used-up = This code has no tries left
    .text = Ask for a new one; the old one is worth nothing any more.
code-over = The code's time has run out
    .text = Ask for a new one.
code-again = Send a new code
code-again-in = You can ask for a new code in
code-no-more = No more codes are sent for this login. Begin again; if no SMS comes at all, call the call centre.
code-no-more-here = No more codes are sent for this application. Withdraw it and begin another; if no SMS comes at all, call the call centre.
left-60 = One minute left.
left-10 = Ten seconds left.

## Menu

menu-title = Menu
menu-due =
    { $count ->
        [one] One of your cards needs a new certificate
       *[other] { $count } of your cards need a new certificate
    }
    .text = The certificate on your card is signed with SHA-1 and is not accepted any more. Your SHA-256 certificate is ready; loading it takes two minutes.
menu-not-due = There is no certificate to load
    .text = People with a SHA-1 certificate for whom a new one was made see a button here. If the one on your card is SHA-256, there is nothing to do; if it is SHA-1, call the call centre.
menu-pins =
    { $count ->
        [one] The PIN of one card is still here
       *[other] The PINs of { $count } cards are still here
    }
menu-waiting =
    { $count ->
        [one] One application waits for you
       *[other] { $count } applications wait for you
    }
menu-by-word = You logged in with security word and SMS code.
menu-by-signature = You logged in by e-signature.

## Replacement

replacement-title = Load certificate
replacement-none = There is no certificate to load
    .text = No certificate was made for you. If the one on your card is SHA-256, there is nothing to do; if it is SHA-1, call the call centre.
replacement-lead = The SHA-1 certificate on your card will be replaced by one that is signed with SHA-256. The Kartal application on your computer does it.
replacement-waiting = waits to be loaded
replacement-fetched = downloaded, not yet reported to be on the card
replacement-old = Present certificate
replacement-new = New certificate
replacement-same = does not change
replacement-more = There are more cards of yours; they are shown when these are done.
replacement-how = How it is done
replacement-how-card = Put your card into the reader.
replacement-how-open = Open the Kartal application and press Load the certificate.
replacement-how-login = The application, too, asks for your identity number, security word and SMS code.
replacement-how-pin = Enter your PIN into the application, and leave the card in until it says that it is done.
replacement-what = What changes, and what does not
replacement-what-same = Your key, your name and the certificate's end stay the same; only its hash (SHA-256), serial number and beginning change.
replacement-what-pin = Your PIN does not change.
replacement-what-old = You need not revoke the old certificate; we do so once the new one is loaded.
replacement-what-pulled = If the card is pulled halfway or the power goes, nothing is lost; the application goes on where it was.
replacement-what-more = If the button is still there afterwards, another card of yours is next.
open-application = Open the Kartal application
    .text = If nothing happened, open the application yourself. If it is not installed, ask your institution's IT.

## Verification code

signing-title = Verification code
signing-end-title = Signature
signing-lead = Paste this code into the Kartal application and sign. The result shows on this page by itself.
signing-code = Your verification code
signing-claimed = The code has reached the application
    .text = Read the text in the application and sign it.
signing-control = Control code
    .text = The application must show the same four digits. If it does not, do not sign.
signing-left = Time left
signing-until = good until { $time } (Turkish time)
signing-created = Made at
signing-waiting = Waiting for your signature
    .text = Do not close this page.
signing-how = How it is done
signing-how-open = Put your card in, open the Kartal application and choose Sign.
signing-how-code = Paste the code, and compare the control codes.
signing-how-read = Read the text, enter your PIN into the application and sign.
signing-completed = Your signature has arrived.
signing-refused = Signing was declined
    .text = “Do not sign” was pressed in the application. If you like, begin again with a new code.
signing-failed = The signature was not accepted
    .text = Try again with a new code; if it happens again, call the call centre.
signing-expired = The code's time has run out
    .text = Nothing was signed. Go back and get a new code.
signing-why-other-person = It was signed with somebody else's certificate. Sign with your own card.
signing-why-weak-hash = This card's certificate is signed with SHA-1 and is not accepted. Load your new certificate first.
signing-why-revoked = This card's certificate is revoked or suspended. If it is suspended, log in with your security word and activate it under My certificates; if it is revoked, sign with another card or apply for a new one under My applications.
signing-why-expired = This card's certificate is not valid now: it has ended, or has not begun. Put in a card whose certificate is valid; if you have none, apply under My applications.
signing-why-not-qualified = The certificate that was chosen is not a qualified one for signing. Choose the signing certificate of your card.
signing-why-unknown-person = The holder of this card is not known here. If it is your own card, ask your institution or the call centre.
signing-why-no-certificate = No certificate on the card can sign this. Put in your card with a valid certificate and begin with a new code.
signing-why-content = The application could not verify the texts and refused to have them signed. Try again with a new code; if it happens again, call the call centre.

## Certificates

certificates-title = My certificates
    .text = List, activate, revoke
certificates-none = There is no certificate in your name.
validity = Valid
not-after = Valid until
serial = Serial no.
hash = Signature hash
hash-weak = SHA-1 (a new one is needed)
hash-fine = SHA-256
hash-unknown = not known
certificate-active = valid
certificate-due = SHA-1 · to be replaced
certificate-ended = ended
certificate-early = not begun
certificate-suspended = suspended
    .text = Once you have both card and PIN, activate it; then it works.
certificate-revoked = revoked
certificate-superseded = replaced
certificate-held = waits to be loaded
certificate-since = Since { $date }
certificate-weak = This certificate is signed with SHA-1; it is not accepted any more.
certificate-weak-none = A new one is not ready yet; call the call centre.
certificate-activate = Activate
certificate-activated = Your certificate is active
    .text = You can sign with it now.
certificate-activated-early = Your certificate is activated
    .text = You can sign once its validity begins; the date stands below.
certificate-download = Download the certificate
revoke-title = Revoke a certificate
revoke-go = Revoke…
revoke-warning = Revoking cannot be undone
    .text = Nothing can be signed with this certificate any more. If you have your card and only forgot the PIN, there is no need to: look at Unlock a card.
revoke-reason = Reason
revoke-unspecified = I would rather not say
revoke-key-compromise = My card is lost or stolen, or somebody knows my PIN
revoke-affiliation-changed = My institution or my post has changed
revoke-superseded = I have a new certificate in its place
revoke-cessation-of-operation = I will not use it any more
revoke-sure = I know that this certificate can never be used again.
revoke-not-sure = To revoke it, tick the box.
revoke-do = Revoke the certificate
certificate-revoked-now = The certificate is revoked
    .text = We sent you an e-mail about it, too.

## PIN and PUK

cards-title = PIN and PUK
    .text = Your new card's PIN is here
cards-lead = The PIN of your new card does not come by post; you find it here.
cards-none = There is no card in your name.
card-works-from = This card does not work before { $date }: it begins when your present certificate ends.
pin-there = The service still has this card's PIN.
pin-gone = The service does not have this card's PIN: it was deleted, or never kept. If you do not remember it, look at Unlock a card.
pin-show = Show the PIN
pin-stale = If you changed the PIN on the card, what stands here is out of date; yours is the right one.
pin-title = Your PIN
pin-advice = Write it down, away from the card, then delete it
    .text = After that nobody can see it here, and we do not know it either.
pin-keep = Keep it for now
pin-delete = Delete…
pin-delete-title = Delete the PIN
pin-delete-warning = A PIN that is deleted cannot be shown again
    .text = If you have not written it down, go back and do so first. Deleting does nothing to your card.
pin-delete-do = Delete for good
pin-deleted = The PIN is deleted
    .text = The service does not have it any more.
puk-warning = Do not try the PUK
    .text = Three wrong PUKs close the card for good. Open a blocked card by Unlock a card.

## Unlocking

unlock-title = Unlock a card
    .text = A card whose PIN is blocked
unlock-lead = Three wrong PINs block a card. The Kartal application opens it together with this service; you choose the new PIN yourself, and it never comes to us.
unlock-puk = Do not try PUKs on these cards
    .text = After three wrong PUKs a card can never be opened again and has to be bought anew. A password or the security word is not a PUK.
unlock-can = can be opened online
unlock-cannot = cannot be opened online
    .text = The service does not have this card's key. Call the call centre.
unlock-how = How it is done
unlock-how-card = Put the blocked card into the reader.
unlock-how-open = Choose the card in the Kartal application and press Unblock online.
unlock-how-pin = Enter the new PIN twice in the application; leave the card in until it says that it is done.

## Consent

consent-title = e-Consent
    .text = So that later applications need no signature
consent-lead = Give the e-consent once by e-signature, and your later applications are taken without another one. You can take it back whenever you like.
consent-state = State
consent-given = given
consent-not-given = not given
consent-since = Last change: { $date }
consent-text = You do not have to; without it you sign each application.
consent-give = Accept and sign
consent-refuse = I do not accept
consent-withdraw-text = If you take it back, you sign your later applications again; those before stay good.
consent-withdraw-signed = Take it back by e-signature
consent-withdraw = I do not have my card: take it back without
consent-withdrawn = Your e-consent is taken back
    .text = Your later applications will need a signature.

## Profile

profile-title = My details
    .text = Address, e-mail, phone
profile-fixed = As registered
    .text = These come from the population register and your institution. If they are wrong, ask your institution.
profile-work = Work
profile-reach = How to reach you
profile-save = Save
profile-changed = Your details are saved
profile-stale = Your details were changed elsewhere after this page was opened
    .text = Nothing was saved. Below is what you wrote; look through it and save it again.
show-districts = Show the districts

## Applications

application = Application
applications-title = My applications
    .text = Renewal, lost or stolen, another card
applications-lead = The applications you began, and those that your institution opened for you.
applications-none = You have no applications yet.
application-new = New application
    .text = If your certificate is about to end, your card is lost, or you want another one.
application-begin = Begin an application
application-continue = Continue
application-look = Show
application-date = Date
application-kind = Kind
application-kind-renewal = Renewal
application-kind-lost = Lost or stolen
application-kind-other = Other
application-kind-unknown = To be chosen in the form
application-kind-gone = The form was deleted
application-payer = Payment
payer-institution = The institution pays
payer-person = The applicant pays
payer-none = Not said
application-backup = Backup certificate
application-backup-none = None
application-origin = Opened by
application-by-institution = Your institution
application-state-form = Waits for the form
application-state-form-payment = Waits for form and payment
application-state-otp = Waits for the SMS code
application-state-approval = Waits for a signature
application-state-ink = Waits for the form signed by hand
application-state-submitted = Received
application-state-withdrawn = Withdrawn
steps-label = Steps
step-form = Details
step-approval = Approval
step-result = Result
application-form-title = Application form
application-given = These come from the population register and your institution; if they are wrong, ask your institution.
given-name = Name
given-identity = Identity or passport no.
given-birth-place = Place of birth
given-birth-date = Date of birth
given-institution = Institution
given-staff-number = Staff no.
required-note = Fields with a star (*) have to be filled in.
form-certificate = Certificate
form-word = New security word
form-work = Work, and where the card goes
form-reach = How to reach you
form-errors =
    { $count ->
        [one] One field needs a correction
       *[other] { $count } fields need a correction
    }
choice-yes = Yes
choice-no = No
application-hand-in = Continue
    .text = Next, a code is sent to your mobile phone. If the page finds a fault, you have to type the security words again.
application-code-title = SMS code for the application
application-approve-title = Approve the application
approve-lead = Your phone is confirmed. Now choose how the application is signed.
approve-lost = Once the application is in, your certificates are revoked
    .text = Those on all your cards are revoked, but for the card that signs this application; that cannot be undone. By e-consent or by hand, all of them are.
approve-change = Change the details
approve-method = Way of signing
approve-signature = By e-signature
    .text = The fastest if you have your card: paste the code into the application and sign.
approve-consent = By my e-consent
    .text = The e-consent that you gave is enough; nothing is signed.
approve-ink = By hand
    .text = You print the form, sign it by hand and give it to your institution.
approve-go = Continue
approve-no-consent = You have no e-consent at the moment. Choose another way.
application-result-title = Result of the application
application-done-signature = Your application was received, signed by e-signature.
    .text = Its number is { $number }.
application-done-consent = Your application was received by your e-consent.
    .text = Its number is { $number }. No signature was needed.
application-done-received = Your application was received.
    .text = Its number is { $number }.
application-done-ink = Print the form and sign it
    .text = Application { $number } is worked on as soon as the signed form reaches us.
application-done-withdrawn = Application { $number } is withdrawn
    .text = You can begin a new one if you like.
application-next = Your new card goes to the institution's address in the form. You find its PIN on the page PIN and PUK. At a renewal, the new card begins to work when your present certificate ends.
application-copy = A copy of the form (PDF)
application-withdraw = Withdraw the application
ink-print = Open the form and print it.
ink-sign = Sign by hand, in blue, where it is marked.
ink-hand-in = Give the signed form to your institution's authority.
ink-open = Open the form (PDF)
ink-otherwise = If you would rather finish by e-signature
ink-signature = Sign by e-signature

## The institution's list

lists-title = The institution's list
    .text = Pre-applications for your institution's people
lists-lead = Hand in the list of the people of { $institution } whose certificates are to be renewed. Each row is checked by itself; what is right is taken, the rest is shown with its reason.
lists-file = List (CSV)
    .text = Headings in the first line: identityNumber, firstName, lastName, email, payer (institution or person; empty: institution). At most 2,000 rows. The same list again changes nothing.
lists-go = Check the list and hand it in
lists-example = Download an empty list
lists-malformed = This file could not be read. Save it as "CSV UTF-8" in your spreadsheet, and keep the line of headings.
lists-empty = There is no row in the list.
lists-too-long = The list has more than 2,000 rows. Divide it, and hand in the parts.
lists-all-taken = The whole list was taken (rows: { $good })
    .text = Those who are new were told by e-mail; they complete their applications themselves.
lists-some-taken = { $good } rows were taken, { $bad } were not
    .text = Correct those, and hand in them alone or the whole list again.
lists-faulty = Rows that were not taken
lists-good = Rows that were taken
lists-line = Row
lists-who = Person
lists-faults = Why
lists-known = handed in before
lists-not-done = The service failed at this row; hand it in again.
lists-download = Download the faults (CSV)
column-identity-number = Identity no.
column-first-name = First name
column-last-name = Last name
column-email = E-mail
column-payer = Payment
fault-not-as-registered = Nobody with this number and name is registered at your institution. Compare the spelling with the population register.
fault-form = This value does not have the form that it must have; correct it and send it again.

## Practice

inbox-title = Practice inbox
inbox-lead = What a real service would send to phones and e-mail addresses is shown here.
inbox-empty = There are no messages yet.
inbox-phone = Phone:
inbox-email = E-mail:
inbox-again = Look again
inbox-players = Practice people
inbox-players-lead = You can log in as any of them; all are invented. The practice cards' PIN is 123456.
inbox-name = Name
inbox-number = Identity or passport number
inbox-word = Security word
inbox-born = Place and date of birth

## Errors

try-again = Try again
to-start = To the start
error-not-found = There is no such page
    .text = The address is mistyped, or the page is not yours. Begin at the start and go by the menu.
error-forbidden = This page is not open to you
    .text = Only an institution's authority can use this page.
error-state = This step cannot be done any more
    .text = Things have changed meanwhile; perhaps you did something in another tab. Look at how it stands from the menu.
error-rate = That was tried too often
    .text =
        { $hours ->
            [0] Try again in { $minutes } minutes. Nothing is lost meanwhile.
           *[other] Try again in { $hours } hours. Nothing is lost meanwhile.
        }
error-too-large = What was sent is too large
    .text = Try again with a smaller file or shorter texts.
error-request = What was sent could not be understood
    .text = Open the page again and fill in the form once more.
error-form = This form is out of date
    .text = Somebody may have logged in or out meanwhile. Open the page again and send it once more; nothing was done.
error-code = This code's page cannot be opened here
    .text = A verification code shows only in the browser in which it was made, and until its time is over. Get a new one.
error-busy = The service is busy
    .text = Nothing was done. Try again in a minute.
error-internal = Something went wrong on our side
    .text = It is nothing that you did. Try again in a while; if it stays so, call the call centre.

## Messages · SMS and e-mails

sms-login-code = Login code: { $code }. Do not share it.
sms-application-code = Application code: { $code }. Do not share it.
mail-dear = Dear { $name },
mail-word-reset =
    You can choose a new security word within an hour here:
    { $link }

    If you did not ask for this, do nothing; your word stays as it is.
    .subject = A new security word
mail-word-changed = Your security word has changed: a new one was chosen in an application form or by the link of an e-mail. If it was not you, call the call centre at once.
    .subject = Your security word was changed
mail-locked = Somebody tried to log in with your identity number and wrong data several times. Logging in by word and by register data is closed for a while and opens by itself; logging in by signature stays open. If it was not you and it happens again, call the call centre.
    .subject = Logging in is closed for a while
mail-codes-locked = Many wrong SMS codes were entered with your identity number. Logging in by SMS code is closed for a day at most; logging in by signature stays open. If it was not you, somebody may be trying to log in as you: choose a new security word with "I forgot my word" on the login page.
    .subject = Logging in by SMS code is closed for a while
mail-reach-changed = Your e-mail address or mobile phone was changed. If it was not you, call the call centre at once.
    .subject = Your contact details were changed
mail-revoked = Your certificate { $serial } was revoked. If you did not ask for it, call the call centre.
    .subject = Your certificate was revoked
mail-pre-application =
    Your institution has opened an application for you. Fill in the form here:
    { $link }
    .subject = Your application { $number } is waiting for you
