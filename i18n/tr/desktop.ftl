# Pencerenin kendi sözleri: başlıklar, düğmeler, ipuçları.
# The window's own texts: headings, buttons, hints.

no-display =
    Kartal'ın pencere açması için bir ekran gerekiyor, ama ekrana ulaşılamadı (DISPLAY, WAYLAND_DISPLAY).
    Masaüstünde bir uçbirimden başlatın; uzaktan bağlıysanız «ssh -X» ile bağlanın; ekransız denemek için «xvfb-run kartal --demo» yazın.

## Sol taraf · the rail

cards = Kartlar
card = Kart
reader = Okuyucu
file = Dosya
file-of = { $count } sertifika
no-card = kart yok
empty-reader = Boş okuyucu
card-pulled = Kart çıkarıldı
put-back = geri takın
mute = cevap vermiyor
unavailable = çalışmıyor
unknown-card = Tanınmayan kart
not-read = okunamadı
not-found = bulunamadı
reading-percent = okunuyor · %{ $percent }
open-file = Dosya aç…
practice = Alıştırma kartları
help = Yardım
settings = Ayarlar

## Kart · the card

identity-number = T.C. { $number }
card-number = kart no { $serial }
reveal = Göster
mask = Gizle
read-again = Yeniden oku
retry = Yeniden dene
reading = Kart okunuyor
reading-leave-card = { $progress }. Lütfen kartı çıkarmayın.
practise = Alıştırma kartlarını aç
help-card-not-seen = Kart görünmüyorsa
unreadable-parts = Okunamayanlar
pin-pad = PIN okuyucunun tuşlarıyla girilir
copy = Kopyala
copied = Kopyalandı.
copy-technical = Teknik satırı kopyala
copy-summary = Özeti kopyala
technical = Teknik bilgi
technical-error = Hata
technical-atr = Kartın cevabı (ATR)
apdus = { $count } komut
from-cache = sertifikalar önceki okumadan
way-now = Karta erişim: { $way }
way-choose = Karta erişim yolunu değiştir
way-scope = Seçiminiz bu türden bütün kartlar için hatırlanır.
way-automatic = Kendiliğinden: kartı tanıyan sürücü, yoksa sürücüsüz
way-driverless = Sürücüsüz
modules-searching = Bu bilgisayardaki sürücüler aranıyor…
module-in-use = { $path } (şu an bu)
module-file = Sürücü dosyası seç…
module-title = Kart sürücüsünün dosyası
summary-reader = Okuyucu
summary-family = Kart ailesi
summary-serial = Kart no
summary-time = Bakıldığı zaman
summary-certificate = seri no { $serial }, bitiş { $until }

## Sertifika · certificates

details = Ayrıntılar
export = Dışa aktar…
export-pem = PEM olarak kaydet…
export-der = DER olarak kaydet…
export-title = Sertifikayı kaydet
cancel = Vazgeç
chain-of = Zincir: { $count } sertifika
unknown = okunamadı
validity-unreadable = Geçerlilik süresi okunamadı.
kind-test = { $kind } (yalnız deneme amaçlı)
key-not-on-card = özel anahtarı bu kartta değil
oddities = { $count } kusur; ayrıntılarda yazıyor
field-subject = Sahibi
field-issuer = Veren
field-kind = Tür
field-usage = Kullanım
field-algorithm = İmza algoritması
field-key = Anahtar
field-oddities = Kusurlar
field-alt-name = Öteki adı
field-verdict = Sonuç
field-serial = Seri no
field-from = Başlangıç
field-until = Bitiş
field-state = Durum
field-public-key = Açık anahtar
field-version = Sürüm
field-label = Karttaki adı
field-id = Karttaki kimliği
field-purpose = Amaç
field-authority = Makam mı
field-policy = İlke
field-notice = Kullanıcı notu
field-practice-statement = Uygulama esasları
field-statement = Nitelik ibaresi
field-ocsp = Durum sorgusu (OCSP)
field-crl = İptal listesi
field-issuer-file = Verenin sertifikası
key-of = { $kind }, { $bits } bit
yes = evet
no = hayır
nothing = Yok
critical = zorunlu
bytes = { $count } bayt
back = Geri
section-fields = Alanlar
section-chain = Zincir
section-raw = Ham veri
form-pem = PEM
form-hex = Onaltılık
form-structure = Yapı
group-subject = Sahibi
group-issuer = Veren
group-certificate = Sertifika
group-use = Kullanım ve nitelik
group-places = Adresler
group-fingerprints = Parmak izleri
group-extensions = Eklentiler
attribute-common-name = Ad
attribute-organization = Kurum
attribute-unit = Birim
attribute-country = Ülke
attribute-locality = Yer
attribute-state = İl
attribute-title = Unvan
attribute-serial-number = Kimlik no
attribute-surname = Soyadı
attribute-given-name = Adı
attribute-email = E-posta
chain-not-revocation = İptal edilip edilmediğine burada bakılmıyor.
link-until = bitiş { $date }
link-signature = Veren: { $issuer } · { $check }

## Dosyalar · files

open-title = Sertifika dosyası aç
open-filter = Sertifikalar
close-file = Dosyayı kapat
file-sign = Bu dosyayı imzala
file-content = İmzalanan dosya bulunamadı
    .text = Bu imza başka bir dosyaya ait. O dosyayı seçin ya da bu pencereye bırakın; imzanın ona ait olup olmadığına bakalım.
file-content-choose = Dosyayı seç…
file-content-title = İmzalanan dosya
drop-here = Bırakın, sertifika açılsın
file-faults = { $count } bölüm sertifika olarak okunamadı
file-expired = Bu sertifikanın süresi dolmuş
file-not-yet = Bu sertifikanın süresi daha başlamamış
file-more = … ve { $count } sertifika daha
files-full = Aynı anda en çok { $count } dosya açılabilir; önce birini kapatın.
file-not-found = Dosya yerinde yok
    .remedy = Taşınmış ya da silinmiş olabilir. Dosyayı bulup pencereye sürükleyin.
file-denied = Bu dosyayı okumaya izniniz yok
    .remedy = Dosyayı kendi klasörünüze kopyalayıp yeniden deneyin.
file-not-a-file = Bu bir dosya değil
    .remedy = Klasörü değil, içindeki sertifika dosyasını açın.
file-too-large = Bu dosya bir sertifika için çok büyük
    .remedy = 4 MB'den büyük dosyalar açılmaz. Doğru dosyayı seçtiğinizden emin olun.
file-other = Dosya okunamadı
    .remedy = Dosya bir ağ sürücüsünde ya da çıkarılmış bir diskteyse kendi klasörünüze kopyalayın.
saved = Kaydedildi: { $path }
not-saved = Kaydedilemedi: { $reason }. Başka bir klasör deneyin.
not-removed = Kaldırılamadı: { $reason }. Biraz sonra yeniden deneyin.

## Dosya yolunu yazmak · path, where the system has no dialog

path-open = Hangi dosya açılsın?
    .answer = Aç
path-save = Nereye kaydedilsin?
    .answer = Kaydet
path-meaning = Bu bilgisayarda dosya penceresi açılamadı. Dosyanın yolunu buraya yazın ya da yapıştırın; ~ ev klasörünüzdür.
path-placeholder = ~/Belgeler/dosya
path-replace = Üzerine yaz
path-empty = Önce dosyanın yolunu yazın.
path-no-folder = Böyle bir klasör yok. Yolu bir daha kontrol edin.
path-exists = Bu adda bir dosya zaten var. Üzerine yazılırsa eskisi kaybolur.

## Yardım · help

help-sentence = Sorunuzu yazın ya da aşağıdan seçin.
help-search = Ara
help-nothing = Bununla ilgili bir şey bulunamadı. Daha az sözcük yazmayı deneyin.
shortcuts = Kısayollar
shortcut-card = kartlar ve dosyalar arasında geçiş
shortcut-arrows = soldaki listede gezinme; öteki yerlerde kaydırma
shortcut-search = yardımda ara
shortcut-scale = her şeyi büyüt, küçült, olağan boy
shortcut-tab = bir sonraki öge; ögeyi kullan

## Ayarlar · settings

appearance = Görünüm
language = Dil
theme = Renkler
theme-system = Sistem gibi
theme-light = Açık
theme-dark = Koyu
theme-high-contrast = Yüksek karşıtlık
scale = Yazı boyu
    .usual = Olağan boya dön
percent = %{ $number }
keep = Görülen kartların sertifikalarını hatırla
keep-text = Aynı kart bir daha takıldığında bir anda okunur. Yalnız herkese açık sertifikalar, yalnız sizin klasörünüzde tutulur.
kept = Şu an tutulan: { $size }
forget = Tutulanları sil
forgotten = Tutulan sertifikalar silindi.
modules = Kart sürücüleri
modules-text = Bilinen sürücüler kendiliğinden bulunur. Bulunmayan bir PKCS#11 kitaplığı varsa ekleyin.
module-add = Sürücü ekle…
by-administrator = yönetici ekledi
remove = Kaldır
authorities = Güvenilen makamlar
authorities-text = { $count } makam programla birlikte gelir. Doğruluğundan emin olduğunuz başka bir makamın kök sertifikasını siz ekleyebilirsiniz.
authority-add = Makam sertifikası ekle…
authority-title = Makam sertifikasının dosyası
authority-imported = { $count } makam eklendi.
authority-none = Bu dosyada bir makam sertifikası yok; kişilerin sertifikaları buraya eklenmez.
authority-unreadable = Makam sertifikası okunamadı: { $path }
links = Web sayfalarındaki bağlantılar
    .text = Hizmetin sayfasındaki “Kartal uygulamasını aç” düğmesine basınca, kod yazılmış olarak bu program açılır. Onayınız olmadan hiçbir şey imzalanmaz.
links-ours = Bağlantıları bu program açıyor.
links-others = Bağlantıları şu an başka bir program ya da Kartal'ın başka bir kopyası açıyor.
links-nobody = Bağlantıları şu an hiçbir program açmıyor.
links-asking = Sisteme soruluyor…
links-take = Bu program açsın
links-taken = Bundan sonra bağlantıları bu program açar.
links-not-taken = Bağlantılar bu programa bağlanamadı: { $reason }
about = Hakkında
version = Kartal { $number }
licence = MIT ya da Apache-2.0 lisansıyla. Yazı tipleri: Inter, JetBrains Mono (OFL).
understood = Anladım
settings-broken = Ayar dosyanız bozuktu; program olağan ayarlarla açıldı
    .kept = Eski dosya silinmedi, burada duruyor: { $path }
    .not-kept = Eski dosya yerinde bırakıldı; ayarları değiştirirseniz üzerine yazılır.
settings-unreadable = Ayar dosyanız okunamadı; program olağan ayarlarla açıldı
    .remedy = Dosyanın izinlerine bakın: { $path }
settings-machine = Yöneticinin ayar dosyası okunamadı
    .remedy = Bilgi işleme bildirin: { $path }
    .authority = Bu dosyayı yönetici eklemiş; bilgi işleme bildirin.
settings-no-home = Ayarlar bu oturumda saklanmayacak
    .remedy = Kullanıcı klasörünüz bulunamadı; bilgi işleme bildirin.
settings-not-saved = Ayarlar kaydedilemedi; dosyanın izinlerine bakın: { $path }

## Deneme · practice

practice-strip = Alıştırma: kartlar, kişiler ve makam uydurmadır; hiçbiri geçerli değildir.
    .short = Alıştırma: hiçbiri gerçek değil.
practice-sentence = Bir kart takın, soldaki listede belirsin; çıkarın, kaybolsun.
practice-insert = Tak
practice-pull = Çıkar
practice-renew = İlk hâline getir
    .done = { $name }: kart ilk hâline döndü.
practice-leave = Gerçek okuyuculara dön
practice-full = Her okuyucuda bir kart var; başkasını takmak için önce birini çıkarın.
practice-failed = Alıştırma kartı hazırlanamadı: { $detail }
practice-sha1 = SHA-1'li sertifika
    .text = Nitelikli sertifika SHA-1 ile imzalanmış; yenisi yüklenmeli.
practice-sha256 = SHA-256'lı sertifika
    .text = Her şey yolunda.
practice-expiring = Süresi dolmak üzere
    .text = Sertifikanın bitmesine yirmi gün var.
practice-pin-blocked = PIN'i kilitli
    .text = PIN üç kez uymamış.
practice-two-keys = İki anahtar, iki sertifika
    .text = Biri imza, öteki giriş için. Kart tuşlu bir okuyucuyla gelir: PIN oradan girilir.
practice-empty = Boş kart
    .text = Kart çalışıyor, içinde sertifika yok.
practice-garbage = Bozuk kart
    .text = Kartın dizinleri anlamsız baytlarla dolu.
practice-pad = Bunlar alıştırma okuyucusunun tuşları; gerçeğinde tuşlar okuyucunun üzerindedir.
practice-pad-pin = PIN'i girin
practice-pad-puk = PUK'u girin
practice-pad-new = Yeni PIN'i girin
practice-pad-again = Yeni PIN'i bir daha girin
practice-pad-differed = Girdikleriniz aynı değil; yeni PIN'i baştan girin
practice-pad-enter = Onayla

## PIN işlemleri · the pages around a card's PIN

pin-affairs = PIN işlemleri
pin-change = PIN değiştir
pin-change-do = PIN'i değiştir
pin-unlock = Kilidi aç
pin-unlock-do = Kilidi aç
back-to-card = Karta dön
pin-open = PIN kullanıma açık
    .text = İsterseniz PIN'inizi şimdi değiştirebilirsiniz.
pin-just-blocked = PIN kilitlendi; kartınız bozulmadı
    .text = Sertifikanız ve anahtarınız yerinde duruyor. «Kilidi aç» sizi yeni bir PIN'e götürür. PUK'u tahmin ederek denemeyin: üç kez uymazsa kart bir daha açılamaz.
pin-last = Son deneme hakkınız
    .text = Bir giriş daha uymazsa PIN kilitlenir. PIN'inizden emin değilseniz denemeyin.
    .entry = Bu giriş de uymazsa PIN kilitlenir. Emin değilseniz durun. Kilitlense de kartınız bozulmaz: kilidi buradaki «Kilidi aç» ile açılır.
pin-untold = Kart, kaç deneme hakkı kaldığını bildirmiyor
    .text = PIN'inizden emin değilseniz denemeyin.
pin-blocked = PIN kilitli
    .text = Sertifikanıza bir şey olmadı. Kilidi açınca yeni bir PIN belirlersiniz.
pin-dead = Bu kartın kilidi artık açılamıyor
    .text = PIN de PUK da kilitlenmiş. Kartı veren kuruma başvurun; yeni bir kart gerekir.
pin-working = Kart çalışıyor; lütfen çıkarmayın
pin-pulled = Kart çıkarıldı
    .text = Yazdıklarınız silindi, kendiliğinden hiçbir şey yeniden denenmez. Kartı geri takın.
pin-other-card = Okuyucuda başka bir kart var
    .text = Bu sayfa önceki kart içindi. Önceki kartı geri takın ya da soldan bu kartı seçin.
puk-for = Kilitlenen PIN'i açar; PIN yerine geçmez
puk-stake = PUK üç kez uymazsa kart bir daha açılamaz
    .text = Yalnız size verilen PUK'u yazın. Bildiğiniz başka parolaları burada denemeyin.
pin-check = Hangi PIN geçerli?
pin-check-stake = Yeni PIN bir kez denenir
    .text = Uyarsa değişiklik olmuştur. Uymazsa kartta eskisi duruyordur; o zaman bir hak gider.
pin-check-do = Yeni PIN'i dene
pin-check-new = Kartınızda yeni PIN geçerli
    .text = Değişiklik tamamlanmış. Portalda görünen PIN artık geçerli değil.
pin-check-old = Kartınızda eski PIN duruyor
    .text = Değişiklik olmamış; bunu öğrenmek bir hak harcadı. Kalan: { $tries }. Eski PIN'i doğru girdiğinizde haklar yenilenir.
pad-check = Yeni PIN'i okuyucunun tuşlarından girin: geçerli olup olmadığını böyle anlarız.
puk-closed = Tek PUK hakkı kaldı. O da giderse kart bir daha açılamaz; bu yüzden burada kullandırılmıyor. Çevrim içi kilit çözmeyi kullanın ya da çağrı merkezini arayın.
    .untold = Kart, kaç PUK hakkı kaldığını söylemiyor: sıradaki, son hak olabilir. O da giderse kart bir daha açılamaz; bu yüzden burada kullandırılmıyor. Çevrim içi kilit çözmeyi kullanın ya da çağrı merkezini arayın.
secret-digits = { $count } rakam
    .range = { $least }–{ $most } rakam
secret-characters = { $count } karakter
    .range = { $least }–{ $most } karakter
secret-not-here = Güvenlik sözcüğü, SMS kodu ve PUK buraya yazılmaz.
    .puk = Güvenlik sözcüğü, SMS kodu ve eski PIN buraya yazılmaz.
secret-never = PIN'inizi ve PUK'unuzu kimseyle paylaşmayın; çağrı merkezi de sormaz.
tries-short = { $left ->
        [0] kilitli
       *[other] { $left } hak
    }
wrong-pin = { $left ->
        [0] PIN uymadı ve kilitlendi
        [1] PIN uymadı, son hakkınız kaldı
       *[other] PIN uymadı, { $left } hakkınız kaldı
    }
wrong-puk = { $left ->
        [0] PUK uymadı ve hakkı bitti
        [1] PUK uymadı, son hak kaldı
       *[other] PUK uymadı, { $left } hak kaldı
    }
hint-paste = Buraya yapıştırılamaz: PIN'i elle yazın. Kopyalanan bir PIN başka programlarca da görülebilir.
hint-caps-lock = Caps Lock açık olabilir.
hint-letters = Harf yazdınız; burada yalnız rakam olur. Klavyenin dili farklı da olabilir: yandaki tuşları kullanabilirsiniz.
hint-symbols = Rakam değil, başka bir işaret yazıldı. Shift'e basmayın ya da yandaki tuşları kullanın.
hint-num-lock = Num Lock kapalı: rakam yerine ok tuşları çalışıyor.
hint-too-long = En çok { $most } karakter olabilir.
keypad-clear = Sil
last-try-no = Vazgeç
last-try-yes = Son hakkı kullan
pad-change = Bu okuyucunun kendi tuşları var: PIN'i oradan girersiniz, bu bilgisayar görmez. Önce şimdiki PIN'i, sonra iki kez yenisini girin.
pad-puk = Bu okuyucunun kendi tuşları var. Önce PUK'u, sonra iki kez yeni PIN'i oradan girin.
pad-start = Okuyucuda başlat
pad-now = Şimdi okuyucunun tuşlarıyla girin; okuyucu 30 saniye bekler
unlock-advised = önerilen yol
unlock-service = Çevrim içi kilit çözme
    .text = Kartı veren merkez kendini karta tanıtır, siz yeni bir PIN belirlersiniz. Hiçbir hak harcanmaz; yeni PIN yalnız karta gider.
unlock-service-start = Çevrim içi aç
unlock-service-asking = Hizmete soruluyor…
unlock-other-person = Kartın sahibi olarak giriş yap
unlock-not-theirs = Hizmet bu kartı { $person } adına tanımıyor
    .text = Kart başkasınınsa sahibi giriş yapsın; buradan devam edersiniz. Kart sizinse çağrı merkezini arayın: kayıtlarda eksik olabilir. Karta bir şey gönderilmedi, bir hak da harcanmadı.
unlock-not-here = Hizmet bu kartın kilidini açamıyor
    .text = Kart kayıtlarda var ama uzaktan açılamıyor. Kartı veren kuruma başvurun.
unlock-puk = PUK ile kilit açma
puk-mistaken = Bu gerçekten PUK mu?
    .text = Karta henüz bir şey gönderilmedi. PUK üç kez uymazsa kart bir daha açılamaz.
puk-mistaken-yes = Evet, PUK; gönder
unlock-puk-start = PUK ile aç…
unlock-none = Bu kart için bir kilit açma yolu bilinmiyor
    .text = Kartı veren kurumun çağrı merkezini arayın.
service-missing = Bu bilgisayarda bir hizmet adresi tanımlı değil
    .text = Kilidi Kamu SM'nin Online İşlemler sayfasındaki «Kilit Çözme» ile açabilir ya da çağrı merkezini arayabilirsiniz. Kurumunuzun bir hizmet adresi varsa ayarlara yazın.
service-name = Ad
    .fault = Ad yalnız İngilizce harf, rakam, çizgi ve nokta içerir; örneğin kamu.
service-where = Adres
service-key = Açık anahtarın SHA-256 özeti (isteğe bağlı)
    .fault = Özet 64 onaltılık rakamdır.
service-add = Hizmet ekle
service-pinned = anahtarı sabit
service-address = Sertifika hizmeti
    .text = Çevrim içi kilit çözme bu adrese bağlanır. Adresi kurumunuzdan öğrenin; bilmiyorsanız boş bırakın.
practice-secrets = Başta hepsinin PIN'i { $pin }, PUK'u { $puk }.
practice-dead = Kilidi açılamayan kart
    .text = PIN de PUK da üç kez uymamış.

## Giriş · logging in

login = Hizmete giriş
    .unlock = Kilidi merkez açar; önce kim olduğunuzu bilmesi gerekir.
    .replace = Sertifikanız merkezde; önce kim olduğunuzu bilmesi gerekir.
login-do = Giriş yap
login-who = T.C. kimlik no ya da pasaport no
login-number = Numara
    .digits = Kimlik numarası yalnız rakamdan oluşur.
    .missing = Numaranızı yazın.
    .length = Kimlik numarası 11 rakamdır; { $count } rakam yazdınız.
    .check = Bir rakam yanlış yazılmış olmalı; numaraya bir daha bakın.
login-picture = Resimdeki yazı ya da sorunun cevabı
    .another = Başka resim
    .instead = Resmi okuyamıyorsanız bunu yanıtlayın: { $question }
    .broken = Resim gösterilemiyor; aşağıdaki soruyu yanıtlayın.
    .missing = Resim gelmedi; «Başka resim» ile yeniden isteyin.
    .unanswered = Resimdekini ya da sorunun cevabını yazın.
login-word = Güvenlik sözcüğü
    .missing = Güvenlik sözcüğünüzü yazın.
    .paste = Buraya yapıştırılmaz; elle yazın.
    .note = Güvenlik sözcüğü, başvuruda seçtiğiniz sözcüktür. PIN buraya yazılmaz.
login-forgotten = Güvenlik sözcüğümü unuttum
    .sentence = Yenisini belirlemeniz için kayıtlı e-posta adresinize bir bağlantı gönderilir.
    .send = Bağlantı iste
    .note = Kayıtlı e-posta adresiniz değiştiyse çağrı merkezini arayın.
login-asked = Numara kayıtlıysa e-posta yolda
    .text = Gelen kutunuza, gelmezse istenmeyen postalara bakın. Bağlantıyla yeni sözcüğü belirledikten sonra buradan giriş yapın.
    .back = Girişe dön
login-phone = Onay kodu, kayıtlı telefonunuza SMS ile gönderilecek:
    .send = SMS kodu iste
    .wrong = Numara benim değil
login-code = SMS kodu
    .sent = { $phone } numarasına altı rakamlı bir kod gönderildi.
    .form = Kod altı rakamdır.
    .left = Geçerlilik: { $time }
    .over = Bu kodun süresi doldu; yenisini isteyin.
    .again = Kodu yeniden gönder
    .again-in = Yeniden gönder ({ $seconds } sn)
    .do = Onayla
log-out = Çıkış yap
    .who = Çıkış: { $name }
logged-out = Çıkış yapıldı; oturumdan hiçbir şey kalmadı.

## Sertifika yükle · the replacement certificate

replace = Sertifika yükle
    .for = { $name } için
replacing = Sertifika yükleniyor
    .sentence = Kart çıkarsa ya da elektrik giderse hiçbir şey kaybolmaz; kaldığı yerden devam eder.
replace-start = Sertifikayı yükle
replace-unfinished = Bu kartta yarım kalan bir sertifika yüklemesi var
    .text = Hiçbir şey kaybolmadı; kaldığı yerden devam edilebilir.
replace-look-again = Yeniden bak
replace-next-person = Başka biri giriş yapsın
replace-next-card = Sıradaki kart
replace-choose = Bu karta yükle
replace-not-here = Bu sertifikanın kartı takılı değil
replace-what = Ne olacak?
replace-same-key = Anahtarınız, adınız ve bitiş tarihiniz aynı kalır; yalnız sertifikanın imzası SHA-256 olur.
replace-checked = Yeni sertifika denetlendi: bu kartın anahtarına ve size ait, güvenilen bir makamdan.
replace-safe = Eskisinin kopyası alınır. Kart çıkarsa ya da elektrik giderse kaldığı yerden devam edilir.
replace-old = Eski sertifikayı iptal etmeniz gerekmez; onu merkez yapar.
replace-removing-first = Kartta yer az: önce eskisi kaldırılır, yenisi yazılamazsa geri konur.
replace-agree = Kabul ediyorum, devam
replace-before = Önce
replace-after = Sonra
replace-pad = PIN'i okuyucunun tuşlarından girin.
replace-do = Yükle
replace-put-back = Kartı geri takın, kaldığımız yerden devam edelim
    .text = Hiçbir şey kaybolmadı. Aynı kartı takınca ne kaldıysa o yapılır.
replace-go-on = Devam et
replace-anew = Baştan başla
replace-stop = Durdur
replace-stopping = Duruyor…
replace-no-stop = Bu adımda durdurulamaz
replace-leave-card = Lütfen kartı okuyucudan çıkarmayın.
replace-bytes = { $bytes } / { $of } bayt
replace-remove-first = Önce eskisini kaldırarak dene
step-checking = Yeni sertifika denetleniyor
    .done = Yeni sertifika alındı ve denetlendi
    .next = Yeni sertifika denetlenecek
step-copying = Eski sertifika yedekleniyor
    .done = Eski sertifika yedeklendi
    .next = Eski sertifika yedeklenecek
step-logging-in = PIN doğrulanıyor
    .done = PIN doğrulandı
    .next = PIN doğrulanacak
step-writing = Yeni sertifika karta yazılıyor
    .done = Yeni sertifika karta yazıldı
    .next = Yeni sertifika karta yazılacak
step-testing = Karttan geri okunup deneme imzası atılıyor
    .done = Geri okundu, deneme imzası doğrulandı
    .next = Karttan geri okunup deneme imzası atılacak
step-removing = Eski sertifika kaldırılıyor
    .done = Eski sertifika kaldırıldı
    .next = Eski sertifika kaldırılacak
step-confirming = Merkeze bildiriliyor
    .done = Merkeze bildirildi
    .next = Merkeze bildirilecek

## İmzalama · signing

sign = İmzala
    .text = Web sayfasındaki doğrulama koduyla ya da bir dosyayı imzalayın.
sign-no-service = Doğrulama kodu için bir hizmet tanımlı değil
    .text = Kodu veren hizmetin adresini ayarlara yazın. Dosya imzalamak için hizmet gerekmez.
sign-code = Doğrulama koduyla
    .text = Sayfadaki 15 rakamı yapıştırın; boşluk ve çizgiler zarar vermez. Sayfayı kapatmayın.
    .placeholder = 000 000 000 000 000
sign-go-on = Devam
sign-claiming = Hizmete soruluyor
sign-file = Dosya imzala
    .text = İmza, dosyanın yanına ayrı bir dosya (.p7s) olarak yazılır; dosyanız değişmez.
sign-choose-file = Dosya seç…
sign-file-title = İmzalanacak dosya
sign-left = { $minutes }:{ $seconds } kaldı
sign-requester = İsteyen
sign-purpose = Ne için
sign-created = İstendiği an
sign-control = Kontrol kodu
    .text = Sayfada da aynı dört rakam yazmalı. Yazmıyorsa imzalamayın.
sign-texts = { $count ->
        [1] İmzalanacak metin
       *[other] İmzalanacak { $count } metin
    }
sign-search = Metinde ara
sign-found = { $count ->
        [0] Metinde geçmiyor
       *[other] { $count } satırda geçiyor
    }
sign-hidden = Metinde görünmeyen { $count } karakter var; yerlerinde numaraları yazıyor.
sign-have-read = Metinleri sonuna kadar okudum
sign-certificate = Hangi sertifikayla?
sign-no-card = Takılı bir kart yok. İmza kartınızı takın.
sign-until = { $date } tarihine kadar
sign-on-pad = PIN'i okuyucunun tuşlarından gireceksiniz.
sign-do = İmzala
sign-refuse = Vazgeç
sign-redeliver = Yeniden gönder
sign-done = İmzalandı; sayfa kendiliğinden sürüyor
sign-file-done = Dosya imzalandı
sign-signer = İmzalayan
sign-signed-at = İmza zamanı
sign-signature-file = İmza dosyası
sign-save = İmza dosyasını kaydet…
sign-save-title = İmza dosyasını kaydet
sign-keep = İmzaladıklarıma ekle
sign-kept = İmzaladıklarım
sign-again = Başka bir şey imzala
signature-claimed = İmza zamanı (imzalayanın saatiyle)
signature-stamped = Zaman damgası
signature-strength = Yöntem
signature-unknown-signer = Bilinmeyen imzalayan
signature-kind = Türü
