# The help page of the service.

help-title = Help
help-lead = What people ask most. If you do not find it here, ask the call centre or your institution's IT.
help-blocked = My card is blocked
    .text = Three wrong PINs block a card. It is not broken, and nothing on it is lost; the Kartal application opens it together with this service. Do not try PUKs: after three wrong ones the card can never be opened again.
help-pin = Where is the PIN of my new card?
    .text = It does not come by post. Once you are logged in, the page PIN and PUK shows it. Write it down in a safe place away from the card, then delete it there.
help-word = I do not remember my security word
    .text = We send a link to the e-mail address that we know, and you set a new word with it. If you have your card at hand you can also log in by e-signature, without the word.
help-sms = The code by SMS does not come
    .text = Look whether the last digits of the number on the page are your phone's. After a minute you can ask for a new code; only the last one is good. If the number is not yours any more, call the call centre.
help-load = Why is there no button to load a certificate?
    .text = Only people with a SHA-1 certificate for whom a new one was made see the button. If the page My certificates says SHA-256, there is nothing to do.
help-application = The Kartal application does not open
    .text = It has to be installed on your computer; if it is not, ask your institution's IT. If it is, open it yourself, copy the verification code and paste it on the page Sign: the link does the same.
help-code = The application does not accept the verification code
    .text = The code has 15 digits and is good only for the time that stands on the page; copy and paste it instead of typing. If its time is over, get a new one from the page. If the control code in the application differs from the one on the page, do not sign.
help-apply = How is my application doing?
    .text = The page My applications tells the state of each one, and whether something is asked of you. A form that you left goes on where you left it.
help-lost = My card is lost or stolen
    .text = Revoke your certificate at once; from that moment nobody can sign with it. Then ask for a new card on the page My applications.
help-moved = My address or phone has changed
    .text = Correct it on the page My details. If you cannot get SMS on the old phone, log in by e-signature. Your new card is sent to the institution's address that stands there.
