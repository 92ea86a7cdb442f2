# The help pages: questions people ask, and the answers. Paragraphs are separated by an empty line.

which-hash = Is my certificate SHA-1 or SHA-256, and what am I to do?
    .answer =
        Insert your card and read the sentence at the top. If it says “SHA-256: nothing to do”, then there really is nothing to do.

        If it says “SHA-1”, your certificate was signed by an old method and has to be replaced: load the new one onto the card on the Online İşlemler pages, under “Sertifika Yükle”. If you own several cards, look at each of them: that one has been replaced changes nothing for the other.

        Looking at a card needs no PIN, and this program asks for none while looking.

computer-does-not-see-card = The computer does not see my card. What can I do?
    .answer =
        Go through this in order; the program says where it is stuck.

        1. The reader is not in the list: unplug it and use another USB port. If its light is on and it is still not listed, its driver is missing.

        2. It says that the smart card service is not running: on Windows, start “Smart Card” in the list of Services; on Linux, run “sudo systemctl enable --now pcscd.socket”.

        3. The card does not answer: it may be the wrong way round. Take it out, wipe the chip with a dry cloth and push it in to the end, chip first. SIM-sized cards can slip in their holder.

        4. The card shows but is not recognised: its driver is missing or does not fit the computer (32 bit and 64 bit, for instance).

        5. It says that another program is using the card: close the other signing program or the browser.

        On a remote desktop, the card belongs in the computer you sit at.

four-secrets = PIN, PUK, security word, SMS code: which is which?
    .answer =
        The PIN belongs to the card: you enter it when you sign. After three entries that do not match, the card blocks it.

        The security word belongs to the web pages: you chose it when you applied, and type it with your identity number to enter the Online İşlemler pages. It is never typed into a card.

        The SMS code is for one use: it comes to your phone and lasts a few minutes.

        The PUK is the key that resets a blocked PIN; you are not expected to use it. Typing one in place of another costs tries: if you are not sure, stop and read once more what is asked for.

pin-blocked = My PIN is blocked. Is my card broken?
    .answer =
        No. After a few entries that do not match, the card protects itself; your certificate and your key are still there.

        This program can unblock it: on your card's page choose “Unblock”, then “Unblock online”. Where this computer knows no service, the same is done on Kamu SM's Online İşlemler pages, under “Kilit Çözme”. Either way you log in with your identity number, your security word and the code sent to your phone, with the card inserted, and choose a new PIN.

        Do not guess where a card tool asks for a “PUK”. After three that do not match, the card can never be opened again, and you have to get a new one.

puk = What is a PUK, and why should I not use it?
    .answer =
        The PUK is the key that resets a blocked PIN. Kamu SM's cards with a qualified certificate are not unblocked by PUK but on the Online İşlemler pages, under “Kilit Çözme”; the PUK was not given to you for that.

        The danger: after three PUKs that do not match, the card closes for good and nothing opens it. Trying the PIN, the security word or a date of birth as a PUK loses the card.

        Some pages on the web show how to unblock by PUK; they are about the cards of other issuers.

new-card-pin = Where is the PIN of my new card?
    .answer =
        A renewed card comes with a new PIN; the old one does not work with it. You find it on the Online İşlemler pages, under “PIN/PUK Bilgisi”, after logging in with identity number, security word and SMS code.

        Once you know it, it is advised to have it deleted from the server for good with “Sil” on the same page. If you change the PIN on the card later, what the page shows is out of date.

        It cannot be had before the validity of your old certificate has ended.

new-card-not-working = My new card has come but does not work. Why?
    .answer =
        A card made as a renewal becomes valid when your old certificate ends. Until that day neither can its PIN be had nor can it sign; that is no fault.

        Insert it: the program says from which day the certificate is valid. Use your old card until then.

        If that day has passed and the card still does not work, check the computer's date.

which-certificate = There are several certificates on my card. Which is the one for signing?
    .answer =
        The one that says “Signing certificate” and “Qualified certificate”; it stands first in the list.

        There may be one for logging in, for encryption or for a seal beside it. A seal belongs to an institution and does not stand for a person's signature. Certificates of authorities only complete the chain; nobody signs with them.

no-qualified-certificate = It says that there is no qualified certificate on the card. What does that mean?
    .answer =
        There is a certificate, but not of the kind that stands for a signature by hand. It may be for a seal, for logging in or for tests; the program says which, and what it lacks to count as qualified.

        If you have several cards, insert the other one. If this is the only one, ask whoever issued it.

login-by-signature = Why can I not log in by signature?
    .answer =
        Most often it is the certificate: one signed with SHA-1 counts as revoked and cannot be used to log in. Insert your card and look; if it says SHA-1, log in with identity number, security word and SMS code instead.

        The certificate may have expired or not have begun; the program says the date.

        The verification code may have been copied in part: it has 15 digits and is to be used before five minutes have passed. Do not close the page that shows it.

new-certificate-made = Was a new certificate made for me?
    .answer =
        Only Kamu SM knows; the card does not tell. Log in to the Online İşlemler pages with your security word: if the menu has “Sertifika Yükle”, a certificate is waiting for you.

        If not, none was made or none is needed. If your card says SHA-256, none is needed.

not-loaded = What happens if I do not load the new certificate?
    .answer =
        The card does not break, but signatures made with a certificate signed with SHA-1 are not accepted, and it cannot log you in. In practice the card is of no use.

        Loading it changes neither your key nor your name nor your end date; only the method by which the certificate is signed is renewed.

revoke-old = Must I revoke the old certificate?
    .answer =
        No, leave it. Once the new one is loaded, Kamu SM revokes the old one by itself.

        Revoking is up to you only if your card is lost or stolen.

new-until-when = Until when is the newly loaded certificate valid?
    .answer =
        Until the same day as the old one. Loading does not prolong it: key, name and end date stay, the start date and the serial number change.

        The end date stands beside the certificate when you insert your card. Before it comes, one applies for a renewal and gets a new card.

no-load-button = I do not see “Sertifika Yükle” in the menu.
    .answer =
        It shows only if a certificate was made for you and is not loaded yet. If it does not show, there is nothing to do on this way.

        If your card says SHA-256, all is well. If it says SHA-1 and the entry is missing, call the call centre, or apply for a renewal through your institution.

no-valid-certificate-in-system = It says “Sistemde geçerli sertifikanız bulunamadı”.
    .answer =
        The page says that it finds no valid certificate registered in your name, not that something is wrong with your card or your computer. Sometimes it passes: try again a little later.

        If it stays, send the call centre a picture of the page and of your card in this program. Your PIN must not be in it.

button-still-there = I loaded the new certificate and the button is still there.
    .answer =
        Most likely you have another card that needs a replacement, too. Insert it and look; each card is judged on its own.

        If the card you inserted says SHA-256, that card is done.

forgotten-security-word = I forgot my security word.
    .answer =
        On the login page of Online İşlemler, use the link for those who forgot it: a link to choose a new one comes to your registered e-mail address.

        If your address has changed or the link does not come, call the call centre. The security word is not the PIN; it is not on the card and cannot be had from it.

wrong-phone-number = My phone number in the system is wrong.
    .answer =
        The SMS code goes to that number, so you cannot finish logging in. The call centre corrects it; they will ask you some questions to make sure it is you.

        Nobody asks for your PIN; do not tell it to anyone who does.

what-did-i-sign = What did I just sign, and where is it kept?
    .answer =
        The signature goes, together with the text, to the page that asked for it, and is kept there; the card keeps no list of your signatures. For a copy, ask the institution that wanted the signature.

        Looking at a card in this program signs nothing and sends nothing anywhere.

practise = Can I practise without touching my real card?
    .answer =
        Yes. The practice cards belong to invented people; with their readers they open inside this computer. Your real card is not touched.

        While no reader is connected, the screen has the button “Open the practice cards”: unplug your reader and press it. To return, choose “Back to the real readers” on the page of the practice cards.

send-report = How do I report to my IT staff?
    .answer =
        Copy the small technical line below the error and send it; it says what happened, with its code.

        For more, run “kartal-cli cards --json” in a terminal and send what it prints: readers, card, certificates and errors. Your identity number is shortened there, and a PIN is not in it at all.

        Do not write your PIN, PUK or security word to anyone; none of them is needed to help you.
