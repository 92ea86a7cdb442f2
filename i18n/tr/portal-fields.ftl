# Başvuru formunun alanları ve alanlardaki eksikler.
# The fields of the application form, and what can be wrong with them.

field-reason = Başvuru nedeni
field-reader-type = Kart okuyucu
field-validity = Geçerlilik süresi
field-security-word = Güvenlik sözcüğü
    .text = Bu sayfalara girerken kullanacağınız sözcük. Kartınızın PIN'i değildir; ikisini aynı seçmeyin.
field-security-word-again = Güvenlik sözcüğü (yeniden)
field-unit = Biriminiz
field-title = Unvanınız
field-address = Kurumun adresi
    .text = Kartınız bu adrese gönderilir.
field-province = İl
field-district = İlçe
field-postal-code = Posta kodu
field-email = E-posta adresi
field-work-phone = İş telefonu
field-work-extension = Dahili numara
field-mobile-phone = Cep telefonu
    .text = SMS kodları bu numaraya gelir.
field-mobile-operator = Cep telefonunun operatörü
field-home-phone = Ev telefonu
field-channel = Bilgilendirme tercihi
field-published = Sertifikam internette yayımlansın mı?

## Seçenekler · choices

choice-reason-renewal = Yenileme: yeni sertifika, şimdikinin süresi dolunca başlar
choice-reason-lost-or-stolen = Kayıp ya da çalıntı: öteki kartlarınızdaki sertifikalar iptal edilir
choice-reason-other = Diğer: yeni sertifika şimdikinin yanında kullanılır
choice-reader-not-wanted = İstemiyorum
choice-reader-desktop = Masaüstü okuyucu
choice-reader-stick = USB bellek biçiminde okuyucu
choice-validity-one = 1 yıl
choice-validity-two = 2 yıl
choice-validity-three = 3 yıl
choice-operator-turkcell = Turkcell
choice-operator-vodafone = Vodafone
choice-operator-turk-telekom = Türk Telekom
choice-operator-other = Başka bir operatör
choice-channel-email = E-posta
choice-channel-sms = SMS
choice-channel-both = E-posta ve SMS

## Eksikler · faults

fault-missing = Bu alanı doldurun.
fault-too-long = Burada en çok { $most } karakter olabilir. Kısaltın.
fault-characters = Metnin içinde görünmeyen karakterler var. Kopyalamak yerine elle yazın.
fault-identity-form = Bu, 11 haneli bir T.C. kimlik numarasına ya da pasaport numarasına benzemiyor. Kontrol edip yeniden yazın.
fault-identity-check-digits = Kimlik numarasının haneleri birbirini tutmuyor; büyük olasılıkla bir rakam yanlış yazılmış. Kimliğinize bakarak yeniden yazın.
fault-name-characters = Burada yalnızca harf olabilir. Nüfus kaydındaki gibi yazın.
fault-date = Böyle bir tarih yok. Gün, ay, yıl sırasıyla yazın: 30.06.1985.
fault-too-young = Nitelikli elektronik sertifika 18 yaşını doldurmuş kişilere verilir. Doğum tarihini yanlış yazdıysanız düzeltin.
fault-phone = Bu bir telefon numarasına benzemiyor. Alan koduyla yazın: 0312 123 45 67.
fault-phone-not-mobile = Bu numaraya SMS gönderilemez. Türkiye'den bir cep telefonu numarası yazın: 0532 123 45 67.
fault-extension = Dahili numara en çok altı rakamdan oluşur.
fault-email = Bu bir e-posta adresine benzemiyor. Örneğin: ad.soyad@kurum.gov.tr.
fault-postal-code = Posta kodu beş rakamdır ve ilin plaka koduyla başlar.
fault-postal-code-elsewhere = Bu posta kodu başka bir ilin. İli ya da kodu düzeltin.
fault-province = Listeden bir il seçin.
fault-district = Seçtiğiniz ilin böyle bir ilçesi yok. Listeden bir ilçe seçin.
fault-choice = Listedeki seçeneklerden birini seçin.
fault-security-word-short = Güvenlik sözcüğü en az altı karakter olmalı.
fault-security-word-like-pin = Yalnız rakamdan oluşan bir sözcük PIN ile karışır. İçine harf de koyun.
fault-security-words-differ = İki alana aynı sözcük yazılmamış. İkincisini yeniden yazın.
