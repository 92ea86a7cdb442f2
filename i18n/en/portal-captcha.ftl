# The question for those who cannot see the picture.

captcha-question = What is { $larger } plus { $smaller }?
