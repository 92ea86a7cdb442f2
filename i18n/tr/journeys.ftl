# Kartların ve hataların sözleri. Önce cümle, sonra ne yapılacağı.
# Words for cards and errors: the sentence first, then what to do.

## Karar · verdicts

verdict-pin-blocked = Kartın PIN'i kilitlenmiş
    .text = PIN birkaç kez tutmayınca kart kendini korumaya alır; sertifikanıza bir şey olmamıştır. Kilidi Kamu SM'nin Online İşlemler sayfasındaki «Kilit Çözme» ile açın. PUK denemeyin: PUK üç kez tutmazsa kart bir daha açılamaz.
    .badge = PIN kilitli
verdict-replace = { $hash ->
        [none] Sertifikanızın yenilenmesi gerekiyor
       *[other] { $hash }: sertifikanızın yenilenmesi gerekiyor
    }
    .text = { $hash ->
        [none] Bu sertifika, artık güvenli sayılmayan bir yöntemle imzalanmış; onunla atılan imzalar kabul edilmez.
       *[other] Bu sertifika { $hash } ile imzalanmış. { $hash } artık güvenli sayılmıyor; bu sertifikayla atılan imzalar kabul edilmez.
    } Yenisini Kamu SM'nin Online İşlemler sayfasındaki «Sertifika Yükle» ile karta alın. Anahtarınız ve bitiş tarihiniz değişmez.
    .badge = { $hash ->
        [none] yenilenecek
       *[other] { $hash } · yenilenecek
    }
verdict-expired = Sertifikanızın süresi { $date } günü dolmuş
    .text = Bu sertifikayla artık imza atılamaz. Yeni kartınız geldiyse onu takın; gelmediyse yenileme başvurusu yapın.
    .badge = süresi dolmuş
verdict-not-yet-valid = Sertifikanız { $date } günü geçerli olacak
    .text = Kartta bir sorun yok, yalnızca günü gelmedi. O güne kadar bu kartla imza atılamaz, PIN'i de alınamaz; eski kartınızı kullanmayı sürdürün.
    .badge = günü gelmedi
verdict-key-missing = Sertifika kartta, imza anahtarı ise görünmüyor
    .text = Bu durumda imza atılamaz. Kartı çıkarıp yeniden takın; değişmezse başka bir bilgisayarda deneyin. Orada da aynıysa kartı veren kuruma bildirin.
    .badge = anahtar yok
verdict-expires-soon = { $days ->
        [0] Sertifikanızın süresi bugün doluyor
       *[other] Sertifikanızın süresi { $days } gün sonra doluyor
    }
    .text = Şimdilik her şey yolunda. Yeni kartın hazırlanıp gelmesi zaman alır; yenileme başvurusunu bugünden yapın.
    .badge = { $days ->
        [0] bugün doluyor
       *[other] { $days } gün kaldı
    }
verdict-fine = { $hash ->
        [none] Yapılacak bir şey yok
       *[other] { $hash }: yapılacak bir şey yok
    }
    .text = İmza sertifikanızın süresi sürüyor ve güncel bir yöntemle imzalanmış.
    .badge = { $hash ->
        [none] sorun yok
       *[other] { $hash } · sorun yok
    }
verdict-no-qualified = Bu kartta nitelikli imza sertifikası yok
    .text = Kartta başka bir sertifika var; hangisi olduğu aşağıda yazıyor. E-imza için nitelikli elektronik sertifika gerekir. Başka bir kartınız varsa onu takın.
    .badge = nitelikli sertifika yok
verdict-empty = Bu kartta sertifika yok
    .text = Kart çalışıyor ama içi boş. E-imza kartınız buysa kartı veren kuruma sorun; değilse e-imza kartınızı takın.
    .badge = boş kart
verdict-unreadable = Kartta sertifika var ama okunamadı
    .text = Kart cevap veriyor, içindekiler ise çözülemiyor. Kartı çıkarıp yeniden takın; değişmezse teknik satırı bilgi işleme iletin.
    .badge = okunamadı

certificate-replace = { $hash ->
        [none] yenisi yüklenmeli
       *[other] { $hash }: yenisi yüklenmeli
    }
certificate-fine = { $hash ->
        [none] yapılacak bir şey yok
       *[other] { $hash }: yapılacak bir şey yok
    }
certificate-weak = { $hash ->
        [none] zayıf, ama bununla imza atılmıyor: yapılacak bir şey yok
       *[other] { $hash }: zayıf, ama bununla imza atılmıyor; yapılacak bir şey yok
    }
certificate-unknown = imza yöntemi tanınmadı

## Okuyucu ve kart · readers and cards

card-no-service = Akıllı kart hizmeti çalışmıyor.
    .remedy = { $platform ->
        [windows] Başlat menüsünü açıp «Hizmetler» yazın; listede «Akıllı Kart» hizmetini bulup başlatın. Uzak masaüstündeyseniz kart, önünde oturduğunuz bilgisayara takılmalıdır.
       *[linux] Uçbirimde «sudo systemctl enable --now pcscd.socket» komutunu çalıştırın. Komut böyle bir birim bulamazsa önce pcscd paketini kurun (Debian, Ubuntu, Pardus: «sudo apt install pcscd»; Fedora: «sudo dnf install pcsc-lite»).
    }
card-no-readers = Takılı bir kart okuyucu görünmüyor.
    .remedy = { $platform ->
        [windows] Okuyucuyu takın; takılıysa çıkarıp başka bir USB girişine takın. Yine görünmüyorsa Aygıt Yöneticisi'nde «Akıllı kart okuyucuları»na bakın: okuyucunun sürücüsü eksik olabilir. Uzak masaüstündeyseniz okuyucu, önünde oturduğunuz bilgisayara takılmalıdır.
       *[linux] Okuyucuyu takın; takılıysa çıkarıp başka bir USB girişine takın. Yine görünmüyorsa sürücüsü eksik olabilir: Debian, Ubuntu ve Pardus'ta «sudo apt install libccid», Fedora'da «sudo dnf install pcsc-lite-ccid».
    }
card-no-reader = Bu adda bir okuyucu yok.
    .remedy = Okuyucu çıkmış olabilir: kablosunu çıkarıp yeniden takın, olmazsa başka bir USB girişi deneyin.
card-reader-unavailable = Okuyucu şu anda çalışmıyor.
    .remedy = Okuyucuyu çıkarıp birkaç saniye sonra yeniden takın; olmazsa başka bir USB girişi deneyin.
card-no-card = Okuyucuda kart yok.
    .remedy = Kartı, çipi okuyucunun içine girecek biçimde sonuna kadar takın. SIM boyundaki çip yuvasından kaymışsa yerine oturtun.
card-removed = Kart okunurken yerinden çıktı.
    .remedy = Kartı yeniden takın. Hiçbir şey kaybolmadı.
card-reset = Başka bir program araya girip kartı sıfırladı.
    .remedy = Yeniden deneyin. Sürerse kartı kullanan öbür programı kapatın.
card-mute = Kart cevap vermiyor.
    .remedy = Kart ters takılmış olabilir: çıkarıp çipin yönüne bakın, çipi yumuşak, kuru bir bezle silip yeniden takın. Olmazsa başka bir USB girişi ya da okuyucu deneyin.
card-held = Kartı şu anda başka bir program kullanıyor.
    .remedy = O programı kapatıp yeniden deneyin; bu bir imza uygulaması, tarayıcı ya da kart izleme aracı olabilir.
card-service-version = Akıllı kart hizmetiyle anlaşılamıyor; hizmetin sürümü bu programınkine uymuyor olabilir.
    .remedy = { $platform ->
        [windows] Bilgisayarı yeniden başlatın. Değişmezse Windows güncellemelerini yükleyin.
       *[linux] pcscd ile libpcsclite paketlerini aynı sürüme güncelleyin ve «sudo systemctl restart pcscd.socket» çalıştırın. Programı Flatpak ya da Snap ile kurduysanız onu da güncelleyin.
    }
card-refused = Kart istenen bir bilgiyi vermedi.
    .remedy = Kartı çıkarıp yeniden takın. Değişmezse teknik satırı bilgi işleme iletin.
card-malformed = Kartın verdiği cevap anlaşılmadı.
    .remedy = Kartı çıkarıp çipini silin ve yeniden takın. Değişmezse teknik satırı bilgi işleme iletin.
card-wrong-pin = PIN uymadı.
    .remedy = Emin değilseniz durun: birkaç kez daha uymazsa kart PIN'i kilitler. Güvenlik sözcüğü, SMS kodu ve PUK PIN yerine geçmez.
card-pin-blocked = Kartın PIN'i kilitlenmiş.
    .remedy = Kilidi Kamu SM'nin Online İşlemler sayfasındaki «Kilit Çözme» ile açın. PUK denemeyin: PUK üç kez tutmazsa kart bir daha açılamaz.
card-unexpected = Bu kart kaydı, programın yaptığından başka bir sıra bekliyor.
    .remedy = Kaydı bu sürümle yeniden alın.
card-pcsc = Kartla bağlantı kurulamadı.
    .remedy = Kartı, olmazsa okuyucuyu çıkarıp yeniden takın. Değişmezse teknik satırı bilgi işleme iletin.

## Sürücüler · modules

token-module-missing = Seçilen kart sürücüsü yerinde yok.
    .remedy = { $path } bulunamadı. Dosyanın yolunu düzeltin ya da sürücü seçimini kendiliğinden seçime bırakın.
token-module-architecture = Kartın sürücüsü bu bilgisayara uymuyor.
    .remedy = { $path } dosyası { $found } için; burada { $wanted } olanı gerekiyor. Kart sürücüsünün { $wanted } sürümünü kurun.
token-module-load = Kartın sürücüsü açılmadı.
    .remedy = { $path } bozuk olabilir ya da gerek duyduğu bir kitaplık eksiktir. Kart sürücüsünü yeniden kurun.
token-module-crashed = Kartın sürücüsü çalışırken çöktü.
    .remedy = Sürücü ayrı denendiği için bu programa bir şey olmadı. Kart sürücüsünü güncelleyin ya da yeniden kurun: { $path }
token-module-hangs = Kartın sürücüsü cevap vermiyor.
    .remedy = Kartı çıkarıp yeniden takın. Değişmezse kart sürücüsünü güncelleyin: { $path }
token-not-recognised = Bu sürücü bu kartı tanımıyor.
    .remedy = Sürücü seçimini kendiliğinden seçime bırakın ya da bu kartın kendi sürücüsünü seçin. Denenen: { $path }
token-unknown-card = Bu kart tanınmadı.
    .remedy = Kartın sürücüsü kurulu değil; sürücüsüz de okunamadı. Kartı veren kurumun sürücüsünü kurun (Kamu SM kartları için AKİS). Banka ya da ulaşım kartı takılmış olmasın.
token-pkcs11 = Kartın sürücüsü bir işi tamamlayamadı.
    .remedy = Kartı çıkarıp yeniden takın. Değişmezse teknik satırı bilgi işleme iletin.
token-closed = Kartla süren iş yarıda kesildi.
    .remedy = Kartı yeniden takın ya da yeniden deneyin.

error-other = Beklenmeyen bir durum oldu.
    .remedy = Yeniden deneyin. Değişmezse teknik satırı bilgi işleme iletin.

backend-module = { $name } sürücüsü
backend-driverless = sürücüsüz
progress-opening = Kart açılıyor
progress-directory = Kartta ne olduğuna bakılıyor
progress-certificate = Sertifika okunuyor: { $number } / { $count }

problem-directory = Kartın bir dizini bozuk ({ $file }); okunabilenler gösteriliyor.
problem-certificate = «{ $label }» adlı sertifika okunamadı.
problem-certificate-unnamed = Bir sertifika okunamadı.
problem-field = Sürücünün verdiği bir bilgi anlaşılmadı ({ $name }); boş gösteriliyor.
problem-other = Bir şey okunamadı; okunabilenler gösteriliyor.

## PIN

tries-left = { $left ->
        [0] kilitli
        [1] son deneme hakkı
       *[other] { $left } deneme hakkı var
    }
tries-few = az deneme hakkı kaldı
tries-unknown = deneme hakkını kart bildirmiyor
pin-user = PIN
pin-admin = Yönetici PIN'i
pin-unblock = PUK

## PIN ve PUK girişi · entering a PIN or PUK

secret-wrong-pin = PIN uymadı.
    .remedy = Kalan hak: { $tries }. Emin değilseniz durun; güvenlik sözcüğü, SMS kodu ve PUK PIN yerine geçmez.
secret-wrong-puk = PUK uymadı.
    .remedy = Kalan hak: { $tries }. Burada durun: PUK hakkı biterse kart bir daha açılamaz. Kilidi Kamu SM'nin Online İşlemler sayfasındaki «Kilit Çözme» ile açın.
secret-puk-blocked = PUK hakkı bitmiş.
    .remedy = Bu kart PUK ile açılamaz. Kartı veren kuruma başvurun; yeni bir kart gerekebilir.
secret-last-try = Sıradaki giriş son hak olabilir.
    .remedy = Karta bir şey gönderilmedi. Bu giriş uymazsa hak biter; emin değilseniz vazgeçin.
secret-last-puk-closed = Son PUK hakkı kapalı tutuluyor.
    .remedy = Karta bir şey gönderilmedi. Son hak da giderse kart bir daha açılamaz; kilidi Kamu SM'nin Online İşlemler sayfasındaki «Kilit Çözme» ile açın.
secret-tries-changed = Kalan hak, size gösterilenden az.
    .remedy = Karta bir şey gönderilmedi. Şimdi kalan hak: { $tries }. Başka bir program da deniyor olabilir; onu kapatıp yeniden karar verin.
secret-form = Kart, yazılanın biçimini kabul etmedi.
    .remedy = Hak eksilmedi. Uzunluğuna ve yalnız rakamlardan oluştuğuna bakıp yeniden yazın.
secret-new-pin-refused = Kart yeni PIN'i kabul etmedi.
    .remedy = Başka bir yeni PIN seçin; eskisi geçerliliğini koruyor.
secret-unsure = Yazdığınız karta gönderildi, sonucu öğrenilemedi.
    .remedy = Hemen yeniden yazmayın. Kartı çıkarıp takın ve kalan hakka bakın; en son görülen: { $tries }.
secret-pad-timeout = Okuyucuda zamanında bir şey yazılmadı.
    .remedy = Hazır olduğunuzda yeniden başlatın ve PIN'i okuyucunun tuşlarından girin.
secret-pad-cancelled = Giriş okuyucuda iptal edildi.
    .remedy = Hazır olduğunuzda yeniden başlatabilirsiniz.
token-not-supported = Bu kartta bu iş bu yoldan yapılamıyor.
    .remedy = Karta bir şey gönderilmedi. Kartın kendi sürücüsünü kurup yeniden deneyin.
token-relay-refused = Hizmet, karta gönderilmesine izin verilmeyen bir komut istedi.
    .remedy = Karta bir şey gönderilmedi. Değişmezse teknik satırı bilgi işleme iletin.

## Tarih ve süre · dates

days-left = { $days ->
        [0] bugün doluyor
       *[other] { $days } gün kaldı
    }
validity-not-yet = { $days ->
        [0] bir günden kısa süre sonra başlıyor
       *[other] { $days } gün sonra başlıyor
    }
validity-expired = { $days ->
        [0] süresi yeni doldu
       *[other] süresi { $days } gün önce doldu
    }
validity-unknown = süresi okunamadı
milliseconds = { $number } ms
seconds = { $number } saniye

## Sertifika · certificates

hash-intrinsic = imza yönteminin kendi özeti
hash-unknown = tanınmadı
purpose-signing = İmza sertifikası
purpose-seal = Mühür sertifikası
purpose-authentication = Giriş sertifikası
purpose-encryption = Şifreleme sertifikası
purpose-authority = Makam sertifikası
purpose-other = Başka amaçlı sertifika
key-use-digital-signature = Sayısal imza
key-use-non-repudiation = İnkâr edilemezlik
key-use-key-encipherment = Anahtar şifreleme
key-use-data-encipherment = Veri şifreleme
key-use-key-agreement = Anahtar anlaşması
key-use-key-cert-sign = Sertifika imzalama
key-use-crl-sign = İptal listesi imzalama
key-use-encipher-only = Yalnız şifreleme
key-use-decipher-only = Yalnız şifre çözme
qualified-signature = Nitelikli elektronik sertifika
qualified-seal = Nitelikli elektronik mühür sertifikası
qualified-no = Nitelikli değil
missing-non-repudiation = anahtar kullanımında inkâr edilemezlik yok
missing-qc-compliance = nitelikli sertifika beyanı (QcCompliance) yok
missing-turkish-statement = Türkiye'deki mevzuata uygunluk ibaresi yok
missing-user-notice = kullanıcı notu yok

## Zincir · chains

chain-trusted = Zincir tamam: güvenilen bir köke ulaşıyor.
chain-incomplete = Zincir eksik: «{ $issuer }» sertifikası elde yok.
chain-incomplete-unnamed = Zincir eksik: yayımlayanın sertifikası elde yok.
chain-untrusted-root = Zincirin kökü, güvenilenler arasında değil.
chain-broken = Zincir { $number }. sertifikada kopuyor: { $finding }.
chain-other = Zincirin durumu bilinmiyor.
finding-expired = süresi dolmuş
finding-not-yet-valid = geçerliliği daha başlamamış
finding-validity-unknown = süresi okunamadı
finding-bad-signature = imzası tutmuyor
finding-unverifiable-signature = imzası burada doğrulanamıyor
finding-not-an-authority = bir sertifika makamının değil
finding-may-not-issue = sertifika yayımlama yetkisi yok
finding-too-many-below = altında izin verilenden çok makam var
finding-name-mismatch = adı, beklenen yayımlayanın adı değil
finding-unknown-critical-extension = tanınmayan, zorunlu bir eklentisi var
finding-faulty = güveni belirleyen bölümleri okunamadı ya da birbiriyle çelişiyor
finding-loop = zincir kendine dönüyor
finding-too-long = zincir çok uzun
finding-other = bilinmeyen bir nedenle
origin-leaf = sorulan sertifika
origin-card = karttan
origin-file = dosyadan
origin-fetched = sertifikadaki adresten
origin-bundled = programla gelen güven listesinden
origin-imported = sizin eklediğiniz güven listesinden
origin-other = başka yerden
signature-verified = imzası doğru
signature-bad = imzası tutmuyor
signature-unverifiable = imzası burada doğrulanamıyor
signature-not-checked = imzasına bakılmadı

## Sertifikadaki kusurlar · oddities of a certificate

fault-truncated-by = Sertifikanın sonu eksik ({ $missing } bayt).
fault-trailing-bytes = Sertifikanın ardında fazladan { $count } bayt var.
fault-not-der = Yazımı kurallara (DER) uymuyor: { $fault }.
fault-field = { $field } tam okunamadı: { $fault }.
fault-extension = «{ $name }» eklentisi tam okunamadı: { $fault }.
fault-duplicate-extension = «{ $name }» eklentisi iki kez geçiyor; ilki sayıldı.
fault-algorithm-mismatch = İmza yöntemi iki yerde farklı yazılmış: dışta { $outer }, içte { $inner }.
fault-version = Sürüm numarası ({ $version }) kurallara uymuyor.
fault-negative-serial = Seri numarası eksi bir sayı.
fault-long-serial = Seri numarası çok uzun ({ $bytes } bayt).
fault-empty-subject = Sahibinin adı boş.
fault-empty-issuer = Yayımlayanın adı boş.
fault-odd-time = { $field } alışılmadık biçimde yazılmış.
fault-validity-reversed = Bitiş tarihi başlangıçtan önce.
fault-hostile-text = { $field } içindeki görünmez karakterler çıkarıldı.
fault-long-text = { $field } çok uzun; kısaltılarak gösteriliyor.
fault-other = Kurallara uymayan bir yanı var ({ $code }).
fault-missing = yok
fault-truncated = yarım
fault-type = beklenen türde değil
fault-length = uzunluğu anlamsız
fault-depth = çok iç içe
fault-count = çok fazla öge var
fault-value = değeri geçersiz
fault-text = metni bozuk
fault-time = tarih değil
fault-surplus = fazladan veri var
field-body = Sertifikanın gövdesi
field-version = Sürüm
field-serial-number = Seri numarası
field-inner-algorithm = İçteki imza yöntemi
field-issuer = Yayımlayan
field-validity = Geçerlilik
field-not-before = Başlangıç tarihi
field-not-after = Bitiş tarihi
field-subject = Sahibi
field-public-key = Açık anahtar
field-extensions = Eklentiler
field-outer-algorithm = İmza yöntemi
field-signature = İmza

## Dosyalar · files

read-empty = Dosya boş.
    .remedy = Sertifikayı yeniden indirin ya da dışa aktarın.
read-too-large = Bu dosya bir sertifika için çok büyük.
    .remedy = Doğru dosyayı seçtiğinize bakın: sertifikaların uzantısı çoğunlukla .cer, .crt, .der ya da .pem olur.
read-not-a-certificate = Bu dosyada sertifika yok.
    .remedy = Doğru dosyayı seçtiğinize bakın: sertifikaların uzantısı çoğunlukla .cer, .crt, .der ya da .pem olur.
read-base64 = Dosyadaki sertifika metni bozulmuş.
    .remedy = Kopyalanırken bir parçası eksik kalmış olabilir. Sertifikayı yeniden indirin ya da dışa aktarın.
read-too-many = Dosyada çok fazla sertifika var.
    .remedy = Sertifikaları daha küçük dosyalara bölün.
