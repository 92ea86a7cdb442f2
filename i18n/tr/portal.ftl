# Sertifika hizmetinin sayfaları.
# The pages of the certificate service.

site-name = Kartal Sertifika Hizmetleri
skip = İçeriğe geç
footer = PIN'inizi bu sayfalara hiçbir zaman yazmayın. PIN yalnızca bilgisayarınızdaki uygulamaya girilir.
log-out = Çıkış
breadcrumb = Neredesiniz
back = Geri
cancel = Vazgeç
later = Daha sonra
choose = Seçin…
copy = Kodu kopyala
copied = Kopyalandı
card = Kart no
practice-label = Alıştırma
practice-ribbon = Alıştırma: buradaki kişiler uydurmadır, hiçbir şey gerçek değildir.
practice-inbox-link = Gelen kutusu

## Giriş · login

login-title = Giriş
login-lead = Kimlik numaranız ve güvenlik sözcüğünüzle girin; sonra cep telefonunuza bir kod gönderilir.
login-over = Oturumunuz sona erdi
    .text = Uzun süre işlem yapılmayınca ya da başka bir yerden çıkış yapılınca oturum kapanır. Yeniden girin; kaldığınız yere dönersiniz.
login-over-form = Oturumunuz sona erdi
    .text = Gönderdiğiniz işlem yapılmadı. Yeniden girin; aynı sayfaya döner, bir kez daha gönderirsiniz.
login-out = Çıkış yapıldı
login-codes = SMS kodu çok kez yanlış yazıldı
    .text = Baştan girin; yeni bir kod gönderilir.
login-wrong = Girdiğiniz bilgiler birbirini tutmadı
    .text = Numarayı ve güvenlik sözcüğünü yeniden yazın. Sözcük, kartınızın PIN'i değildir; başvuru yaparken siz seçtiniz. Hatırlamıyorsanız yenisini belirleyebilirsiniz.
login-locked = Bu yolla giriş bir süreliğine kapalı
    .text = Art arda çok sayıda yanlış deneme yapıldı. { $minutes } dakika sonra kendiliğinden açılır; kartınız varsa e-imza ile şimdi de girebilirsiniz.
login-go = Devam et
login-signature-title = E-imza ile giriş
login-signature-when = Kartınız yanınızdaysa sözcük ve SMS kodu olmadan da girebilirsiniz.
login-signature-go = E-imza ile gir
login-signature-lead = Numaranızı yazın; size bir doğrulama kodu verilir. Kodu uygulamaya yapıştırıp imzalayınca bu sayfa kendiliğinden açılır.
login-signature-weak = SHA-1 sertifikalı bir kartla e-imzalı giriş yapılamaz: sertifikası geçerli sayılmaz. O durumda güvenlik sözcüğünüzle girin.
register-title = Başvuru için giriş
register-when = Güvenlik sözcüğünüz yoksa sertifika başvurusu için nüfus bilgilerinizle de girebilirsiniz.
register-go = Başvuru için gir
register-lead = Bilgilerinizi nüfus kaydındaki gibi yazın; sonra kayıtlı cep telefonunuza bir kod gönderilir. Bu girişle yalnız başvuru yapılır.
register-first-name = Adınız
    .text = Birden çok adınız varsa hepsi.
register-last-name = Soyadınız
register-birth-place = Doğum yeriniz
register-birth-date = Doğum tarihiniz
    .text = Gün, ay, yıl: 30.06.1985
register-wrong = Girdiğiniz bilgiler birbirini tutmadı
    .text = Numaranızı, adınızı, soyadınızı, doğum yerinizi ve doğum tarihinizi kimliğinize bakarak yeniden yazın. Kaydınızda yanlışlık olduğunu düşünüyorsanız kurumunuza başvurun.
only-applies = Yalnız başvuru için girdiniz
    .text = Öteki işlemler için çıkış yapıp güvenlik sözcüğünüzle ya da e-imzayla girin.
get-code = Doğrulama kodu al
number-label = T.C. kimlik numarası
    .text = 11 hane. Yabancı uyrukluysanız pasaport numaranız.
word-label = Güvenlik sözcüğü
    .text = Başvuruda seçtiğiniz sözcük. Kartınızın PIN'i değildir.
word-forgotten = Sözcüğümü unuttum
captcha-label = Resimdeki harf ve rakamlar ya da sorunun cevabı
captcha-picture = Altı harf ve rakam gösteren bir resim. Göremiyorsanız alttaki soruyu cevaplayın.
captcha-or = Resmi okuyamıyorsanız bunun yerine şu soruyu cevaplayın:
captcha-wrong = Yanıt uymadı. Yeni bir resim ve yeni bir soru var; bir kez daha deneyin.
error-in-title = Düzeltilmesi gereken bir yer var: { $title }

## Güvenlik sözcüğü · security word

word-title = Güvenlik sözcüğümü unuttum
word-lead = Kayıtlı e-posta adresinize, yeni sözcüğünüzü belirleyeceğiniz bir bağlantı göndeririz.
word-go = Bağlantı gönder
word-no-email = E-posta adresiniz değiştiyse çağrı merkezini arayın.
word-sent-title = E-postanıza bakın
word-sent = Numara bizde kayıtlıysa bağlantı yola çıktı
    .text = Birkaç dakika içinde gelmezse istenmeyen postalara bakın. Bağlantı bir saat geçerlidir.
word-choose-title = Yeni güvenlik sözcüğü
word-choose-lead = Kolay hatırlayacağınız, başkasının tahmin edemeyeceği bir sözcük seçin.
word-new = Yeni güvenlik sözcüğü
    .text = En az 6 karakter; yalnız rakam olamaz, çünkü PIN ile karışır.
word-again = Yeni güvenlik sözcüğü (yeniden)
word-set = Sözcüğü belirle
word-changed = Güvenlik sözcüğünüz değişti
    .text = Yeni sözcüğünüzle girebilirsiniz.
word-link-over = Bu bağlantı artık geçerli değil
    .text = Bağlantılar bir saat geçerlidir ve bir kez kullanılır. Yeni bir bağlantı isteyin.

## SMS kodu · code by SMS

code-title = SMS onayı
code-phone = Kodu göndereceğimiz telefon:
code-phone-wrong = Bu numara sizin değilse çağrı merkezini arayın; numara buradan değiştirilemez.
code-phone-in-form = Numara yanlışsa geri dönüp formda düzeltin.
code-send = Kodu gönder
code-sent = { $phone } numaralı telefona 6 haneli bir kod gönderdik.
code-label = SMS kodu
code-until = Kodun geçerli olduğu son saat: { $time }
code-left = Kalan süre:
code-go = Onayla
code-wrong = Kod uymadı. { $left } deneme hakkı kaldı; SMS'teki kodu yeniden yazın.
code-used-up = Bu kodun deneme hakkı bitti
    .text = Yeni bir kod isteyin; önceki artık geçmez.
code-over = Kodun süresi doldu
    .text = Yeni bir kod isteyin.
code-again = Yeni kod gönder
code-again-in = Yeni kod istemek için kalan süre:
code-no-more = Bu giriş için daha fazla kod gönderilmez. Baştan başlayın; SMS hiç gelmiyorsa çağrı merkezini arayın.
code-no-more-here = Bu başvuru için daha fazla kod gönderilmez. Başvuruyu geri çekip yenisini başlatın; SMS hiç gelmiyorsa çağrı merkezini arayın.
left-60 = Bir dakika kaldı.
left-10 = On saniye kaldı.

## Menü · menu

menu-title = Menü
menu-due =
    { $count ->
        [one] Bir kartınıza yeni sertifika yüklenmeli
       *[other] { $count } kartınıza yeni sertifika yüklenmeli
    }
    .text = Kartınızdaki sertifika SHA-1 ile imzalanmış ve artık kabul edilmiyor. SHA-256 sertifikanız hazır; yüklemek iki dakika sürer.
menu-not-due = Yüklenecek sertifikanız yok
    .text = SHA-1 sertifikası olup yenisi hazırlanan kişiler burada Sertifika Yükle düğmesini görür. Kartınızdaki sertifika SHA-256 ise yapılacak bir şey yok; SHA-1 ise çağrı merkezini arayın.
menu-pins =
    { $count ->
        [one] Bir kartın PIN'i duruyor
       *[other] { $count } kartın PIN'i duruyor
    }
menu-waiting =
    { $count ->
        [one] Bir başvuru sizi bekliyor
       *[other] { $count } başvuru sizi bekliyor
    }
menu-by-word = Güvenlik sözcüğü ve SMS koduyla girdiniz.
menu-by-signature = E-imza ile girdiniz.

## Sertifika yükle · replacement

replacement-title = Sertifika Yükle
replacement-none = Yüklenecek sertifika yok
    .text = Sizin için hazırlanmış bir sertifika yok. Kartınızdaki sertifika SHA-256 ise yapılacak bir şey de yok; SHA-1 ise çağrı merkezini arayın.
replacement-lead = Kartınızdaki SHA-1 sertifikanın yerine SHA-256 ile imzalanmış olanı konacak. Bunu bilgisayarınızdaki Kartal uygulaması yapar.
replacement-waiting = yüklenmeyi bekliyor
replacement-fetched = indirildi, karta yüklendiği henüz bildirilmedi
replacement-old = Şimdiki sertifika
replacement-new = Yeni sertifika
replacement-same = değişmez
replacement-more = Başka kartlarınız da var; bunlar bitince gösterilir.
replacement-how = Nasıl yapılır
replacement-how-card = Kartınızı okuyucuya takın.
replacement-how-open = Kartal uygulamasını açın ve Sertifika yükle düğmesine basın.
replacement-how-login = Uygulama da kimlik numaranızı, güvenlik sözcüğünüzü ve SMS kodunu sorar.
replacement-how-pin = PIN'inizi uygulamaya girin; uygulama işin bittiğini bildirene kadar kartı çıkarmayın.
replacement-what = Ne değişir, ne değişmez
replacement-what-same = Anahtarınız, adınız ve sertifikanızın bitiş tarihi aynı kalır; yalnızca sertifikanın özeti (SHA-256), seri numarası ve başlangıç tarihi değişir.
replacement-what-pin = PIN'iniz değişmez.
replacement-what-old = Eski sertifikayı sizin iptal etmeniz gerekmez; yükleme bitince biz ederiz.
replacement-what-pulled = Kart yarıda çıkarsa ya da elektrik giderse hiçbir şey kaybolmaz; uygulama kaldığı yerden sürdürür.
replacement-what-more = Yüklemeden sonra düğme hâlâ duruyorsa başka bir kartınız sırada demektir.
open-application = Kartal uygulamasını aç
    .text = Bir şey olmadıysa uygulamayı kendiniz açın. Uygulama kurulu değilse kurumunuzun bilgi işlemine sorun.

## Doğrulama kodu · verification code

signing-title = Doğrulama kodu
signing-end-title = İmza
signing-lead = Bu kodu Kartal uygulamasına yapıştırın ve imzalayın. Sonuç bu sayfada kendiliğinden görünür.
signing-code = Doğrulama kodunuz
signing-claimed = Kod uygulamaya ulaştı
    .text = Metni uygulamada okuyup imzalayın.
signing-control = Kontrol kodu
    .text = Uygulamada da aynı dört rakam görünmeli. Farklıysa imzalamayın.
signing-left = Kalan süre
signing-until = saat { $time } olana kadar geçerli
signing-created = Oluşturulduğu saat
signing-waiting = İmzanız bekleniyor
    .text = Bu sayfayı kapatmayın.
signing-how = Nasıl yapılır
signing-how-open = Kartınızı takın, Kartal uygulamasını açın ve İmzala'yı seçin.
signing-how-code = Kodu yapıştırın; kontrol kodlarını karşılaştırın.
signing-how-read = Metni okuyun, PIN'inizi uygulamaya girip imzalayın.
signing-completed = İmzanız alındı.
signing-refused = İmzalamaktan vazgeçildi
    .text = Uygulamada Vazgeç düğmesine basılmış. İsterseniz yeni bir kodla yeniden başlayın.
signing-failed = İmza kabul edilmedi
    .text = Yeni bir kodla yeniden deneyin; yine olmazsa çağrı merkezini arayın.
signing-expired = Kodun süresi doldu
    .text = Hiçbir şey imzalanmadı. Geri dönüp yeni bir kod alın.
signing-why-other-person = İmza başka bir kişinin sertifikasıyla atılmış. Kendi kartınızla imzalayın.
signing-why-weak-hash = Bu kartın sertifikası SHA-1 ile imzalanmış ve kabul edilmiyor. Önce yeni sertifikanızı yükleyin.
signing-why-revoked = Bu kartın sertifikası iptal edilmiş ya da askıda. Askıdaysa güvenlik sözcüğünüzle girip Sertifikalarım'dan askıdan indirin; iptal edildiyse başka bir kartınızla imzalayın ya da Başvurularım'dan yenisini isteyin.
signing-why-expired = Bu kartın sertifikası şu anda geçerli değil: süresi dolmuş ya da henüz başlamamış. Geçerli sertifikası olan kartınızı takın; yoksa Başvurularım'dan başvurun.
signing-why-not-qualified = Seçilen sertifika nitelikli bir imza sertifikası değil. Kartınızdaki imza sertifikasını seçin.
signing-why-unknown-person = Bu kartın sahibi burada kayıtlı değil. Kendi kartınızsa kurumunuza ya da çağrı merkezine sorun.
signing-why-no-certificate = Takılı kartta bunu imzalayabilecek bir sertifika yok. Geçerli sertifikası olan kartınızı takıp yeni bir kodla başlayın.
signing-why-content = Uygulama metinleri doğrulayamadı ve imzalatmadı. Yeni bir kodla yeniden deneyin; yine olursa çağrı merkezini arayın.

## Sertifikalar · certificates

certificates-title = Sertifikalarım
    .text = Listeleme, askıdan indirme, iptal
certificates-none = Adınıza kayıtlı bir sertifika yok.
validity = Geçerlilik
not-after = Bitiş tarihi
serial = Seri no
hash = İmza özeti
hash-weak = SHA-1 (yenisi gerekir)
hash-fine = SHA-256
hash-unknown = bilinmiyor
certificate-active = geçerli
certificate-due = SHA-1 · yenilenecek
certificate-ended = süresi doldu
certificate-early = henüz başlamadı
certificate-suspended = askıda
    .text = Kartı ve PIN'i teslim aldıysanız askıdan indirin; sertifika o zaman çalışır.
certificate-revoked = iptal edildi
certificate-superseded = yenisi yüklendi
certificate-held = karta yüklenmeyi bekliyor
certificate-since = Şu tarihten beri: { $date }
certificate-weak = Bu sertifika SHA-1 ile imzalanmış; artık kabul edilmiyor.
certificate-weak-none = Yenisi henüz hazır değil; çağrı merkezini arayın.
certificate-activate = Askıdan indir
certificate-activated = Sertifikanız askıdan indirildi
    .text = Artık imza atabilirsiniz.
certificate-activated-early = Sertifikanız askıdan indirildi
    .text = Geçerlilik süresi başlayınca imza atabilirsiniz; başlangıç tarihi aşağıda yazar.
certificate-download = Sertifikayı indir
revoke-title = Sertifika iptali
revoke-go = İptal et…
revoke-warning = İptal geri alınamaz
    .text = Bu sertifikayla bir daha imza atılamaz. Kartınız yanınızdaysa ve yalnızca PIN'i unuttuysanız iptal gerekmez: Kilit Çözme'ye bakın.
revoke-reason = İptal nedeni
revoke-unspecified = Belirtmek istemiyorum
revoke-key-compromise = Kartım kayboldu, çalındı ya da PIN'imi başkası öğrendi
revoke-affiliation-changed = Kurumum ya da görevim değişti
revoke-superseded = Yerine yeni bir sertifika aldım
revoke-cessation-of-operation = Artık kullanmayacağım
revoke-sure = Bu sertifikanın bir daha kullanılamayacağını biliyorum.
revoke-not-sure = İptal etmek için yukarıdaki kutuyu işaretleyin.
revoke-do = Sertifikayı iptal et
certificate-revoked-now = Sertifika iptal edildi
    .text = Size bilgi için e-posta da gönderdik.

## PIN/PUK bilgisi · PIN and PUK

cards-title = PIN/PUK Bilgisi
    .text = Yeni kartınızın PIN'i burada durur
cards-lead = Yeni kartınızın PIN'i postayla gelmez; buradan öğrenirsiniz.
cards-none = Adınıza kayıtlı bir kart yok.
card-works-from = Bu kart { $date } tarihinden önce çalışmaz: şimdiki sertifikanızın süresi dolunca başlar.
pin-there = Bu kartın PIN'i hizmette duruyor.
pin-gone = Bu kartın PIN'i hizmette yok: silinmiş ya da hiç saklanmamış. PIN'i hatırlamıyorsanız Kilit Çözme'ye bakın.
pin-show = PIN'i göster
pin-stale = PIN'i kartta değiştirdiyseniz buradaki eskidir; kendi belirlediğiniz geçerlidir.
pin-title = PIN'iniz
pin-advice = Kartınızdan ayrı, güvenli bir yere not alın, sonra silin
    .text = Sildikten sonra burada kimse göremez; biz de bilemeyiz.
pin-keep = Şimdilik kalsın
pin-delete = Sil…
pin-delete-title = PIN bilgisini sil
pin-delete-warning = Silinen PIN bir daha gösterilemez
    .text = PIN'i not almadıysanız önce geri dönüp alın. Kartınız silmeden etkilenmez.
pin-delete-do = Kalıcı olarak sil
pin-deleted = PIN bilgisi silindi
    .text = Hizmette artık yok.
puk-warning = PUK'u denemeyin
    .text = PUK üç kez yanlış girilirse kart bir daha açılamaz. Kilitlenen kartı Kilit Çözme ile açın.

## Kilit çözme · unlocking

unlock-title = Kilit Çözme
    .text = PIN'i kilitlenen kart
unlock-lead = PIN'i üç kez yanlış girilen kart kilitlenir. Kilidi Kartal uygulaması bu hizmetle birlikte açar; yeni PIN'i siz belirlersiniz ve bize hiç gelmez.
unlock-puk = Bu kartlarda PUK denemeyin
    .text = Üç yanlış PUK'tan sonra kart bir daha açılamaz ve yenisini almanız gerekir. Şifre ya da güvenlik sözcüğü PUK değildir.
unlock-can = çevrim içi açılabilir
unlock-cannot = çevrim içi açılamaz
    .text = Bu kartın anahtarı hizmette yok. Çağrı merkezini arayın.
unlock-how = Nasıl yapılır
unlock-how-card = Kilitlenen kartı okuyucuya takın.
unlock-how-open = Kartal uygulamasında kartı seçin, Çevrim içi kilit çözme başlığının altındaki Çevrim içi aç düğmesine basın.
unlock-how-pin = Yeni PIN'i uygulamada iki kez girin; uygulama işin bittiğini bildirene kadar kartı çıkarmayın.

## e-Onay · consent

consent-title = e-Onay
    .text = Sonraki başvurularda imza istenmesin diye
consent-lead = e-Onayı bir kez e-imzayla verirseniz sonraki başvurularınız ayrıca imza istenmeden alınır. Dilediğiniz zaman geri alabilirsiniz.
consent-state = Durum
consent-given = verildi
consent-not-given = verilmedi
consent-since = Son değişiklik: { $date }
consent-text = Vermek zorunda değilsiniz; vermezseniz her başvuruyu ayrıca imzalarsınız.
consent-give = Kabul et ve imzala
consent-refuse = Kabul etmiyorum
consent-withdraw-text = Geri alırsanız sonraki başvurularınızı yine imzalarsınız; önce yapılanlar geçerli kalır.
consent-withdraw-signed = E-imza ile geri al
consent-withdraw = Kartım yanımda değil, imzasız geri al
consent-withdrawn = e-Onayınız geri alındı
    .text = Sonraki başvurularınızda imza istenecek.

## Bilgiler · profile

profile-title = Bilgilerim
    .text = Adres, e-posta, telefon
profile-fixed = Kayıtlı bilgiler
    .text = Bunlar nüfus kaydından ve kurumunuzdan gelir. Yanlışsa kurumunuza başvurun.
profile-work = İş yeri
profile-reach = İletişim
profile-save = Kaydet
profile-changed = Bilgileriniz kaydedildi
profile-stale = Bilgileriniz bu sayfa açıldıktan sonra başka bir yerden değişmiş
    .text = Hiçbir şey kaydedilmedi. Aşağıda sizin yazdıklarınız duruyor; gözden geçirip yeniden kaydedin.
show-districts = İlçeleri göster

## Başvurular · applications

application = Başvuru
applications-title = Başvurularım
    .text = Yenileme, kayıp ya da çalıntı, yeni kart
applications-lead = Başladığınız ve kurumunuzun sizin için açtığı başvurular.
applications-none = Henüz bir başvurunuz yok.
application-new = Yeni başvuru
    .text = Sertifikanızın süresi dolmak üzereyse, kartınız kaybolduysa ya da ek bir kart istiyorsanız.
application-begin = Başvuruya başla
application-continue = Devam et
application-look = Göster
application-date = Tarih
application-kind = Tür
application-kind-renewal = Yenileme
application-kind-lost = Kayıp ya da çalıntı
application-kind-other = Diğer
application-kind-unknown = Formda seçilecek
application-kind-gone = Form silindi
application-payer = Ödeme
payer-institution = Kurum öder
payer-person = Başvuran öder
payer-none = Belirtilmedi
application-backup = Yedek sertifika
application-backup-none = Yok
application-origin = Açan
application-by-institution = Kurumunuz
application-state-form = Başvuru Formu Bekleniyor
application-state-form-payment = Başvuru Formu ve Ödeme Bekleniyor
application-state-otp = SMS Onayı Bekleniyor
application-state-approval = İmza Bekleniyor
application-state-ink = Islak İmzalı Form Bekleniyor
application-state-submitted = Başvuru Alındı
application-state-withdrawn = Geri Çekildi
steps-label = Adımlar
step-form = Başvuru Bilgileri
step-approval = Onay
step-result = Sonuç
application-form-title = Başvuru formu
application-given = Bu bilgiler nüfus kaydından ve kurumunuzdan gelir; yanlışsa kurumunuza başvurun.
given-name = Ad soyad
given-identity = T.C. kimlik / pasaport no
given-birth-place = Doğum yeri
given-birth-date = Doğum tarihi
given-institution = Kurum
given-staff-number = Sicil no
required-note = Yıldızlı (*) alanlar doldurulmalıdır.
form-certificate = Sertifika
form-word = Yeni güvenlik sözcüğü
form-work = İş yeri ve teslim adresi
form-reach = İletişim
form-errors =
    { $count ->
        [one] Düzeltilmesi gereken bir alan var
       *[other] Düzeltilmesi gereken { $count } alan var
    }
choice-yes = Evet
choice-no = Hayır
application-hand-in = Devam et
    .text = Sonraki adımda cep telefonunuza bir SMS kodu gönderilir. Formda düzeltilecek bir yer çıkarsa güvenlik sözcüğünü yeniden yazmanız gerekir.
application-code-title = Başvuru için SMS onayı
application-approve-title = Başvuruyu onayla
approve-lead = Telefonunuz onaylandı. Şimdi başvurunun nasıl imzalanacağını seçin.
approve-lost = Başvuru alınınca sertifikalarınız iptal edilir
    .text = Bu başvuruyu imzaladığınız karttakiler dışında, bütün kartlarınızdaki sertifikalar iptal edilir ve bu geri alınamaz. E-onayla ya da ıslak imzayla verilirse hepsi iptal edilir.
approve-change = Bilgileri değiştir
approve-method = İmza yöntemi
approve-signature = E-imza ile
    .text = Kartınız yanınızdaysa en hızlısı: kodu uygulamaya yapıştırıp imzalarsınız.
approve-consent = e-Onayımla
    .text = Verdiğiniz e-onay yeterli; imza istenmez.
approve-ink = Islak imza ile
    .text = Formu yazdırır, elle imzalar ve kurumunuza verirsiniz.
approve-go = Devam et
approve-no-consent = Geçerli bir e-onayınız yok. Başka bir yol seçin.
application-result-title = Başvuru sonucu
application-done-signature = Başvurunuz E-İmzalı olarak alınmıştır.
    .text = Başvuru numaranız { $number }.
application-done-consent = Başvurunuz e-onayınızla alınmıştır.
    .text = Başvuru numaranız { $number }. İmza gerekmedi.
application-done-received = Başvurunuz alınmıştır.
    .text = Başvuru numaranız { $number }.
application-done-ink = Formu yazdırıp imzalayın
    .text = { $number } sayılı başvurunuz, imzalı form elimize geçince işleme alınır.
application-done-withdrawn = { $number } sayılı başvuru geri çekildi
    .text = İsterseniz yeni bir başvuru yapabilirsiniz.
application-next = Yeni kartınız, formdaki kurum adresine gönderilir. PIN'ini buradaki PIN/PUK Bilgisi sayfasından öğrenirsiniz. Yenilemede yeni kart, şimdiki sertifikanızın süresi dolunca çalışmaya başlar.
application-copy = Formun bir kopyası (PDF)
application-withdraw = Başvuruyu geri çek
ink-print = Formu açıp yazdırın.
ink-sign = İşaretli yerleri mavi kalemle, elle imzalayın.
ink-hand-in = İmzalı formu kurumunuzun yetkilisine verin.
ink-open = Formu aç (PDF)
ink-otherwise = Yine de e-imza ile bitirmek isterseniz
ink-signature = E-imza ile imzala

## Kurum listesi · the institution's list

lists-title = Kurum listesi
    .text = Kurumunuzun kişileri için ön başvuru
lists-lead = { $institution } adına, sertifikası yenilenecek kişilerin listesini yükleyin. Her satır ayrı denetlenir; doğru olanlar alınır, alınamayanlar nedenleriyle birlikte gösterilir.
lists-file = Liste (CSV)
    .text = İlk satırda başlıklar: identityNumber, firstName, lastName, email, payer (institution ya da person; boşsa institution). En çok 2.000 satır. Aynı liste yeniden verilirse hiçbir şey değişmez.
lists-go = Listeyi denetle ve gönder
lists-example = Boş liste indir
lists-malformed = Bu dosya okunamadı. Tablo programınızda "CSV UTF-8" olarak kaydedin; başlık satırını silmeyin.
lists-empty = Listede hiç satır yok.
lists-too-long = Liste 2.000 satırdan uzun. Bölüp ayrı ayrı gönderin.
lists-all-taken = Listenin tamamı alındı: { $good } satır
    .text = Yeni eklenen kişilere e-posta gönderildi; başvurularını kendileri tamamlar.
lists-some-taken = { $good } satır alındı, { $bad } satır alınamadı
    .text = Alınamayanları düzeltip yalnız onları ya da bütün listeyi yeniden gönderin.
lists-faulty = Alınamayan satırlar
lists-good = Alınan satırlar
lists-line = Satır
lists-who = Kişi
lists-faults = Neden
lists-known = önceden verilmişti
lists-not-done = Hizmette bir aksaklık oldu; bu satırı yeniden gönderin.
lists-download = Hataları indir (CSV)
column-identity-number = Kimlik no
column-first-name = Ad
column-last-name = Soyad
column-email = E-posta
column-payer = Ödeme
fault-not-as-registered = Kurumunuzda bu numara, ad ve soyadla kayıtlı biri yok. Yazımı nüfus kaydıyla karşılaştırın.
fault-form = Bu değer istenen biçimde değil; düzeltip yeniden gönderin.

## Alıştırma · practice

inbox-title = Alıştırma gelen kutusu
inbox-lead = Gerçek bir hizmette telefona ve e-posta adresine giden iletiler burada görünür.
inbox-empty = Henüz bir ileti yok.
inbox-phone = Telefon:
inbox-email = E-posta:
inbox-again = Yeniden bak
inbox-players = Alıştırma kişileri
inbox-players-lead = Bu kişilerden biri olarak giriş yapabilirsiniz; hepsi uydurmadır. Alıştırma kartlarının PIN'i 123456.
inbox-name = Ad
inbox-number = Kimlik ya da pasaport no
inbox-word = Güvenlik sözcüğü
inbox-born = Doğum yeri ve tarihi

## Hatalar · errors

try-again = Yeniden dene
to-start = Başa dön
error-not-found = Böyle bir sayfa yok
    .text = Adres yanlış yazılmış ya da sayfa size ait değil. Baştan başlayıp menüden gidin.
error-forbidden = Bu sayfa size açık değil
    .text = Bu sayfayı yalnızca kurum yetkilileri kullanabilir.
error-state = Bu adım artık yapılamaz
    .text = Durum bu arada değişmiş; belki başka bir sekmede işlem yaptınız. Menüden son duruma bakın.
error-rate = Kısa sürede çok fazla denendi
    .text =
        { $hours ->
            [0] { $minutes } dakika sonra yeniden deneyin. Bu arada bir şey kaybolmaz.
           *[other] { $hours } saat sonra yeniden deneyin. Bu arada bir şey kaybolmaz.
        }
error-too-large = Gönderilen çok büyük
    .text = Daha küçük bir dosya ya da daha kısa metinlerle yeniden deneyin.
error-request = Gönderilen anlaşılamadı
    .text = Sayfayı yeniden açıp formu bir kez daha doldurun.
error-form = Bu form eskimiş
    .text = Arada giriş ya da çıkış yapılmış olabilir. Sayfayı yeniden açıp bir kez daha gönderin; hiçbir şey yapılmadı.
error-code = Bu kodun sayfası burada açılamıyor
    .text = Doğrulama kodu yalnızca alındığı tarayıcıda ve süresi dolana kadar görünür. Yeni bir kod alın.
error-busy = Hizmet şu anda yoğun
    .text = Hiçbir şey yapılmadı. Bir dakika sonra yeniden deneyin.
error-internal = Bizde bir şey ters gitti
    .text = Sizin bir yanlışınız yok. Biraz sonra yeniden deneyin; sürerse çağrı merkezini arayın.

## İletiler · SMS and e-mails

sms-login-code = Giriş kodunuz: { $code }. Kimseyle paylaşmayın.
sms-application-code = Başvuru kodunuz: { $code }. Kimseyle paylaşmayın.
mail-dear = Sayın { $name },
mail-word-reset =
    Yeni güvenlik sözcüğünüzü bir saat içinde şu adreste belirleyebilirsiniz:
    { $link }

    Bunu siz istemediyseniz hiçbir şey yapmayın; sözcüğünüz değişmez.
    .subject = Yeni güvenlik sözcüğü
mail-word-changed = Güvenlik sözcüğünüz değişti: başvuru formunda ya da e-postadaki bağlantıyla yenisi belirlendi. Bunu siz yapmadıysanız hemen çağrı merkezini arayın.
    .subject = Güvenlik sözcüğünüz değişti
mail-locked = Kimlik numaranızla art arda yanlış bilgi girilerek giriş denendi. Sözcükle ve nüfus bilgileriyle giriş bir süreliğine kapalıdır ve kendiliğinden açılır; e-imza ile giriş açıktır. Deneyen siz değilseniz ve bu yinelenirse çağrı merkezini arayın.
    .subject = Girişiniz geçici olarak kapatıldı
mail-codes-locked = Kimlik numaranızla yapılan işlemlerde çok sayıda yanlış SMS kodu girildi. SMS koduyla giriş en çok bir gün kapalıdır; e-imza ile giriş açıktır. Kodları siz girmediyseniz başkası adınıza girmeyi deniyor olabilir: giriş sayfasındaki "Sözcüğümü unuttum" ile yeni bir güvenlik sözcüğü belirleyin.
    .subject = SMS koduyla girişiniz geçici olarak kapatıldı
mail-reach-changed = E-posta adresiniz ya da cep telefonunuz değiştirildi. Bunu siz yapmadıysanız hemen çağrı merkezini arayın.
    .subject = İletişim bilgileriniz değişti
mail-revoked = { $serial } seri numaralı sertifikanız iptal edildi. Bunu siz istemediyseniz çağrı merkezini arayın.
    .subject = Sertifikanız iptal edildi
mail-pre-application =
    Kurumunuz adınıza sertifika başvurusu açtı. Formu şu adreste doldurabilirsiniz:
    { $link }
    .subject = { $number } sayılı başvurunuz sizi bekliyor
