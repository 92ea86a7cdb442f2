# The fields of the application form, and what can be wrong with them.

field-reason = Reason for applying
field-reader-type = Card reader
field-validity = Valid for
field-security-word = Security word
    .text = The word with which you log in to the online services. It is not your card's PIN; do not choose the same for both.
field-security-word-again = Security word (again)
field-unit = Your unit
field-title = Your title
field-address = The institution's address
    .text = Your card is sent to this address.
field-province = Province
field-district = District
field-postal-code = Postal code
field-email = E-mail address
field-work-phone = Work phone
field-work-extension = Extension
field-mobile-phone = Mobile phone
    .text = SMS codes come to this number.
field-mobile-operator = The mobile phone's operator
field-home-phone = Home phone
field-channel = How we reach you
field-published = Publish my certificate on the internet

## Choices

choice-reason-renewal = Renewal: the new certificate begins when the present one ends
choice-reason-lost-or-stolen = Lost or stolen: the certificates on your other cards are revoked
choice-reason-other = Other: the new certificate is used beside the present one
choice-reader-not-wanted = Not wanted
choice-reader-desktop = Desktop reader
choice-reader-stick = Reader like a USB stick
choice-validity-one = 1 year
choice-validity-two = 2 years
choice-validity-three = 3 years
choice-operator-turkcell = Turkcell
choice-operator-vodafone = Vodafone
choice-operator-turk-telekom = Türk Telekom
choice-operator-other = Another operator
choice-channel-email = E-mail
choice-channel-sms = SMS
choice-channel-both = E-mail and SMS

## Faults

fault-missing = Please fill in this field.
fault-too-long = There can be at most { $most } characters here. Please shorten it.
fault-characters = There are invisible characters in the text. Please type it instead of copying it.
fault-identity-form = This looks like neither an identity number of 11 digits nor a passport number. Please check it and type it again.
fault-identity-check-digits = The digits of the identity number do not fit together; most likely one is mistyped. Please type it again from your identity card.
fault-name-characters = There can only be letters here. Please write it as in the population register.
fault-date = There is no such date. Please write day, month, year: 30.06.1985.
fault-too-young = Qualified certificates are for people of 18 years or more. If the date of birth is mistyped, correct it.
fault-phone = This does not look like a phone number. Please write it with its area code: 0312 123 45 67.
fault-phone-not-mobile = An SMS cannot be sent to this number. Please give the number of a mobile phone in Türkiye: 0532 123 45 67.
fault-extension = An extension has at most six digits.
fault-email = This does not look like an e-mail address. For example: name.surname@institution.gov.tr.
fault-postal-code = A postal code has five digits and begins with the province's plate code.
fault-postal-code-elsewhere = This postal code belongs to another province. Please correct the province or the code.
fault-province = Please choose a province from the list.
fault-district = The province you chose has no such district. Please choose one from the list.
fault-choice = Please choose one from the list.
fault-security-word-short = The security word needs at least six characters.
fault-security-word-like-pin = A word of digits alone would be taken for the PIN. Please put letters in it, too.
fault-security-words-differ = The two fields do not hold the same word. Please type the second one again.
