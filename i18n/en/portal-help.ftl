# The help page of the service.

help-title = Help
help-lead = What people ask most. If you do not find it here, ask the call centre or your institution's IT.
help-blocked = My card is blocked
    .text = Three wrong PINs block a card; it is not broken, and nothing on it is lost. Follow the steps on the page Unlock a card and choose a new PIN yourself; if the page says “cannot be opened online”, call the call centre. Do not try the PUK: after three wrong ones the card can never be opened again.
help-pin = Where is the PIN of my new card?
    .text = It does not come by post. Log in with your security word or by e-signature and press Show the PIN on the page PIN and PUK. Write it down in a safe place away from the card; then delete the PIN from the page. If you deleted it and forgot it, look at Unlock a card.
help-word = I do not remember my security word
    .text = We send a link, good for an hour, to the e-mail address that we know; you set a new word with it. If that address has changed, call the call centre. If you have your card, you can also log in by e-signature (not with a SHA-1 certificate).
help-sms = The code by SMS does not come
    .text = The page shows the last two digits of the number; check that they are yours. When the wait is over, press Send a new code; only the code sent last is good. If the number is an old one, log in by e-signature and correct it under My details, or call the call centre; in an application, correct it in the form.
help-load = Why is there no button Load certificate?
    .text = Only people for whom a new certificate was made in place of a SHA-1 one see it. If My certificates says SHA-256, there is nothing to do. If it says SHA-1 and the menu has no button, call the call centre.
help-application = The Kartal application does not open
    .text = It has to be installed on your computer; if not, ask your institution's IT. If it is, open it yourself. To sign, press Copy the code and paste it on the application's page Sign; for anything else, follow the steps on the page of this service.
help-code = The application does not accept the verification code
    .text = The verification code has 15 digits; it is not the 6-digit SMS code. Use Copy the code. It works once, until the time on the page; if it is over or used, go back and get a new one. If the control code differs from the one on the page, do not sign.
help-apply = How is my application doing?
    .text = The page My applications shows the state of each one. If something is asked of you, press Continue. A form that you closed before sending is not kept; you fill it in again.
help-lost = My card is lost or stolen
    .text = Log in with your security word and SMS code, and revoke each certificate of that card under My certificates; signatures made after that are not valid. Then apply for a new card under My applications. If you choose “Lost or stolen”, the certificates on your other cards are revoked, too, once the application is received; only the card that signs it is spared. If you cannot log in, call the call centre at once.
help-moved = My work address or phone has changed
    .text = Correct it under My details. If you get no SMS on the old phone, log in by e-signature; if you cannot, call the call centre. A new card goes to the institution's address in the application form; what you change under My details does not change an application already handed in.
