# Resmi göremeyenlere sorulan soru.
# The question for those who cannot see the picture.

captcha-question = { $larger } artı { $smaller } kaç eder?
