# Kartların ve hataların sözleri. Önce cümle, sonra ne yapılacağı.
# Words for cards and errors: the sentence first, then what to do.

## Karar · verdicts

verdict-pin-blocked = Kartın PIN'i kilitlenmiş
    .text = PIN birkaç kez uymayınca kart kendini korumaya alır; sertifikanıza bir şey olmadı. Kilidi Kamu SM'nin Online İşlemler sayfasındaki «Kilit Çözme» ile açın. PUK denemeyin: PUK üç kez uymazsa kart bir daha açılamaz.
    .here = PIN birkaç kez uymayınca kart kendini korumaya alır; sertifikanıza bir şey olmadı. Kilidi buradan açıp yeni bir PIN belirleyebilirsiniz. PUK denemeyin: PUK üç kez uymazsa kart bir daha açılamaz.
    .badge = PIN kilitli
verdict-replace = { $hash ->
        [none] Sertifikanızın yenisi yüklenmeli
       *[other] { $hash }: sertifikanızın yenisi yüklenmeli
    }
    .text = { $hash ->
        [none] Bu sertifika, artık güvenli sayılmayan bir yöntemle imzalanmış; onunla atılan imzalar kabul edilmez.
       *[other] Bu sertifika { $hash } ile imzalanmış. { $hash } artık güvenli sayılmıyor; bu sertifikayla atılan imzalar kabul edilmez.
    } Yenisini Kamu SM'nin Online İşlemler sayfasındaki «Sertifika Yükle» ile karta alın. Anahtarınız ve bitiş tarihiniz değişmez.
    .here = { $hash ->
        [none] Bu sertifika, artık güvenli sayılmayan bir yöntemle imzalanmış; onunla atılan imzalar kabul edilmez.
       *[other] Bu sertifika { $hash } ile imzalanmış. { $hash } artık güvenli sayılmıyor; bu sertifikayla atılan imzalar kabul edilmez.
    } Yenisini karta buradan yükleyebilirsiniz; iki dakika sürer. Anahtarınız ve bitiş tarihiniz değişmez.
    .badge = { $hash ->
        [none] yenilenecek
       *[other] { $hash } · yenilenecek
    }
verdict-expired = Sertifikanızın süresi { $date } günü dolmuş
    .text = Bu sertifikayla artık imza atılamaz. Yeni kartınız geldiyse onu takın; gelmediyse yenileme başvurusu yapın.
    .badge = süresi dolmuş
verdict-not-yet-valid = Sertifikanızın süresi { $date } günü başlıyor
    .text = Kartta bir sorun yok, yalnızca günü gelmedi. O güne kadar bu kartla imza atılamaz, PIN'i de alınamaz; eski kartınızı kullanmayı sürdürün. O gün geçtiyse bilgisayarın tarihine bakın.
    .badge = günü gelmedi
verdict-key-missing = Sertifika kartta ama imza anahtarı görünmüyor
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
    .text = İmza sertifikanızın süresi devam ediyor; sertifika güncel bir yöntemle imzalanmış.
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
    .text = Kart cevap veriyor ama içindekiler anlaşılamıyor. Kartı çıkarıp yeniden takın; değişmezse teknik satırı bilgi işleme iletin.
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
card-reset = Başka bir program araya girip kartı yeniden başlattı.
    .remedy = Karttaki bilgiler yerinde. Yeniden deneyin; sürerse kartı kullanan öbür programı kapatın.
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
card-malformed = Kartın verdiği cevap anlaşılamadı.
    .remedy = Kartı çıkarıp çipini silin ve yeniden takın. Değişmezse teknik satırı bilgi işleme iletin.
card-wrong-pin = PIN uymadı.
    .remedy = Emin değilseniz durun: birkaç kez daha uymazsa kart PIN'i kilitler. Güvenlik sözcüğü, SMS kodu ya da PUK, PIN yerine geçmez.
card-pin-blocked = Kartın PIN'i kilitlenmiş.
    .remedy = Kilidi Kamu SM'nin Online İşlemler sayfasındaki «Kilit Çözme» ile açın. PUK denemeyin: PUK üç kez uymazsa kart bir daha açılamaz.
card-unexpected = Bu kart kaydı, programın yaptığından başka bir sıra bekliyor.
    .remedy = Kaydı bu sürümle yeniden alın.
card-pcsc = Kartla bağlantı kurulamadı.
    .remedy = Kartı, olmazsa okuyucuyu çıkarıp yeniden takın. Değişmezse teknik satırı bilgi işleme iletin.

## Sürücüler · modules

token-module-missing = Seçilen kart sürücüsü yerinde yok.
    .remedy = { $path } bulunamadı. Dosyanın yolunu düzeltin ya da sürücüyü programın seçmesine bırakın.
token-module-architecture = Kartın sürücüsü bu bilgisayara uymuyor.
    .remedy = { $path } dosyası { $found } için; burada { $wanted } olanı gerekiyor. Kart sürücüsünün { $wanted } sürümünü kurun.
token-module-load = Kartın sürücüsü açılmadı.
    .remedy = { $path } bozulmuş ya da gerek duyduğu bir kitaplık eksik olabilir. Kart sürücüsünü yeniden kurun.
token-module-crashed = Kartın sürücüsü çalışırken çöktü.
    .remedy = Sürücü ayrı denendiği için bu programa bir şey olmadı. Kart sürücüsünü güncelleyin ya da yeniden kurun: { $path }
token-module-hangs = Kartın sürücüsü cevap vermiyor.
    .remedy = Kartı çıkarıp yeniden takın. Değişmezse kart sürücüsünü güncelleyin: { $path }
token-not-recognised = Bu sürücü bu kartı tanımıyor.
    .remedy = Sürücüyü programın seçmesine bırakın ya da bu kartın kendi sürücüsünü seçin. Denenen: { $path }
token-unknown-card = Bu kart tanınmadı.
    .remedy = Kartın sürücüsü kurulu değil; sürücüsüz de okunamadı. Kartı veren kurumun sürücüsünü kurun (Kamu SM kartları için AKİS). Taktığınız bir banka ya da ulaşım kartıysa e-imza kartınızı takın.
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
    .remedy = Şu anki durum: { $tries }. Emin değilseniz durun: hak biterse kart PIN'i kilitler. Güvenlik sözcüğü, SMS kodu ya da PUK, PIN yerine geçmez.
secret-wrong-puk = PUK uymadı.
    .remedy = Şu anki durum: { $tries }. Burada durun: PUK hakkı biterse kart bir daha açılamaz. Kilidi PUK yerine çevrim içi açın: «Çevrim içi aç» ile ya da Kamu SM'nin Online İşlemler sayfasındaki «Kilit Çözme» ile.
secret-puk-blocked = PUK deneme hakkı bitmiş.
    .remedy = Bu kart PUK ile açılamaz. Kartı veren kuruma başvurun; yeni bir kart gerekebilir.
secret-last-try = Bir sonraki deneme son hakkınız olabilir.
    .remedy = Karta bir şey gönderilmedi. Bu deneme uymazsa PIN kilitlenir; yazdığınız PUK ise kart bir daha açılamaz. Emin değilseniz vazgeçin.
secret-last-puk-closed = Kartınız korunsun diye, son olabilecek PUK hakkı kullandırılmıyor.
    .remedy = Karta bir şey gönderilmedi. Son hak da giderse kart bir daha açılamaz; kilidi Kamu SM'nin Online İşlemler sayfasındaki «Kilit Çözme» ile açın.
secret-tries-changed = Kalan hak, size gösterilenden az.
    .remedy = Karta bir şey gönderilmedi. Şu anki durum: { $tries }. Başka bir program da deniyor olabilir; onu kapatıp yeniden karar verin.
secret-form = Kart, yazdığınızı bu biçimiyle kabul etmedi.
    .remedy = Hakkınız eksilmedi. Uzunluğuna bakın ve yalnız rakam kullanarak yeniden yazın.
secret-new-pin-refused = Kart yeni PIN'i kabul etmedi.
    .remedy = Başka bir yeni PIN seçin; eskisi geçerliliğini koruyor.
pin-still-blocked = İş yarıda kesildi; PIN hâlâ kilitli.
    .remedy = Yeni PIN karta yazılmadı. PUK için durum: { $tries }. Kartı yerinden oynatmadan baştan başlayabilirsiniz.
secret-unsure = Yazdığınız karta gönderildi ama sonucu öğrenilemedi.
    .remedy = Hemen yeniden yazmayın. Kartı çıkarıp takın ve deneme hakkına bakın; en son görülen durum: { $tries }.
secret-pad-timeout = Okuyucuda zamanında bir şey yazılmadı.
    .remedy = Hazır olduğunuzda yeniden başlatın ve PIN'i okuyucunun tuşlarından girin.
secret-pad-cancelled = Okuyucuda vazgeçme tuşuna basıldı.
    .remedy = Hazır olduğunuzda yeniden başlatabilirsiniz.
token-not-supported = Bu iş bu kartta bu yoldan yapılamıyor.
    .remedy = Karta bir şey gönderilmedi. Kartın kendi sürücüsünü kurup yeniden deneyin.
token-relay-refused = Hizmet, karta gönderilmesine izin verilmeyen bir komut istedi.
    .remedy = Karta bir şey gönderilmedi. Yeniden deneyin; değişmezse teknik satırı bilgi işleme iletin.
token-key-not-found = Bu sertifikanın imza anahtarı kartta bulunamadı.
    .remedy = Hiçbir şey imzalanmadı. Kartı çıkarıp yeniden takın; değişmezse raporu kaydedip bilgi işleme iletin.
token-pin-for-each = Bu kart her imza için PIN'i yeniden istiyor.
    .remedy = Bu kartla metinleri teker teker imzalayın. PIN'iniz bir kez gönderildi, bir daha gönderilmedi.
token-mechanism = Bu kart istenen biçimde imza atmıyor.
    .remedy = Hiçbir şey imzalanmadı. Ayarlardan kartın kendi sürücüsünü seçip yeniden deneyin.
token-no-signature = Karttan gelen yanıt bir imza değil.
    .remedy = Hiçbir yere gönderilmedi. Yeniden deneyin; değişmezse teknik satırı bilgi işleme iletin.
token-no-random = Bilgisayar rastgele sayı üretemedi.
    .remedy = Hiçbir şey imzalanmadı. Bilgisayarı yeniden başlatıp bir daha deneyin.
token-card-full = Kartta yer kalmamış.
    .remedy = Kartta hiçbir şey değişmedi. Önce eski sertifika kaldırılabilir; bir kopyası saklanır.
token-one-certificate-each = Kartın sürücüsü yeni sertifikayı ancak eskisi kaldırıldıktan sonra kabul ediyor.
    .remedy = Kartta hiçbir şey değişmedi. Eski sertifikanın bir kopyası saklanıyor, geri konabilir.
token-no-place = Kartın dizininde bu sertifika için yer yok.
    .remedy = Kartta hiçbir şey değişmedi. Raporu kaydedip bilgi işleme iletin.
token-reads-otherwise = Kart, yazılandan başka bir şey geri verdi.
    .remedy = Eski sertifikanız yerinde duruyor. Kartı çıkarıp yeniden takın ve bir daha deneyin.
token-not-proven = Kart, girdiğiniz PIN'i unuttu.
    .remedy = Büyük olasılıkla başka bir program kartı sıfırladı. Bir şey kaybolmadı; baştan başlayın.

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
chain-incomplete-unnamed = Zincir eksik: veren makamın sertifikası elde yok.
chain-untrusted-root = Zincirin kökü, güvenilenler arasında değil.
chain-broken = Zincir { $number }. sertifikada kopuyor: { $finding }.
chain-other = Zincirin durumu bilinmiyor.
finding-expired = süresi dolmuş
finding-not-yet-valid = geçerliliği daha başlamamış
finding-validity-unknown = süresi okunamadı
finding-bad-signature = imzası tutmuyor
finding-unverifiable-signature = imzası burada doğrulanamıyor
finding-not-an-authority = bir sertifika makamının değil
finding-may-not-issue = sertifika verme yetkisi yok
finding-too-many-below = altında izin verilenden çok makam var
finding-name-mismatch = adı, beklenen veren makamın adı değil
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
fault-empty-issuer = Verenin adı boş.
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
field-issuer = Veren
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
    .remedy = Doğru dosyayı seçtiğinizden emin olun: sertifikaların uzantısı çoğunlukla .cer, .crt, .der ya da .pem olur.
read-not-a-certificate = Bu dosyada sertifika yok.
    .remedy = Doğru dosyayı seçtiğinizden emin olun: sertifikaların uzantısı çoğunlukla .cer, .crt, .der ya da .pem olur.
read-base64 = Dosyadaki sertifika metni bozulmuş.
    .remedy = Kopyalanırken bir parçası eksik kalmış olabilir. Sertifikayı yeniden indirin ya da dışa aktarın.
read-too-many = Dosyada çok fazla sertifika var.
    .remedy = Sertifikaları daha küçük dosyalara bölün.

## Girişin biçimi · the form of an entry

secret-field-pin = Şimdiki PIN
secret-field-puk = PUK
secret-field-new = Yeni PIN
secret-field-again = Yeni PIN, bir daha
form-empty = Bir şey yazılmadı.
    .remedy = Karta bir şey gönderilmedi, hakkınız duruyor. Yeniden yazın.
form-too-short = En az { $least } karakter gerekiyor.
    .remedy = Karta bir şey gönderilmedi, hakkınız duruyor. Eksik yazılmış olabilir; yeniden yazın.
form-too-long = En çok { $most } karakter olabilir.
    .remedy = Karta bir şey gönderilmedi, hakkınız duruyor. Yeniden yazın.
form-not-digits = Burada yalnız rakam olabilir.
    .remedy = Karta bir şey gönderilmedi, hakkınız duruyor. Num Lock açık mı, ona da bakın.
form-differs = İki yeni PIN birbirini tutmuyor.
    .remedy = Karta bir şey gönderilmedi. Yeni PIN'i iki kez aynı biçimde yazın.
weak-same-as-old = Yeni PIN eskisiyle aynı.
    .remedy = Karta bir şey gönderilmedi. Başka bir PIN seçin.
weak-repeated = Hep aynı rakamdan oluşan bir PIN kolay bulunur.
    .remedy = Karta bir şey gönderilmedi. Sizin hatırlayacağınız, başkasının bulamayacağı bir PIN seçin.
weak-run = Sırayla artan ya da azalan rakamlar kolay bulunur.
    .remedy = Karta bir şey gönderilmedi. Sizin hatırlayacağınız, başkasının bulamayacağı bir PIN seçin.
weak-personal = Kimlik numaranızdan ya da doğum yılınızdan bir parça kolay bulunur.
    .remedy = Karta bir şey gönderilmedi. Sizin hatırlayacağınız, başkasının bulamayacağı bir PIN seçin.
mistaken-security-word = Yazdığınızda harf var: güvenlik sözcüğüne benziyor; o, hizmete girişte yazılır.
mistaken-sms-code = SMS ile gelen onay kodu olabilir mi? O kod yalnız hizmete girişte yazılır.
mistaken-verification-code = Yazdığınız 15 haneli: web sayfasındaki doğrulama koduna benziyor; o, buraya yazılmaz.
mistaken-identity-number = Yazdığınız 11 haneli: kimlik numarasına benziyor; o, buraya yazılmaz.
mistaken-puk = Yazdığınız 8 haneli: PUK olabilir; PUK, PIN yerine geçmez.
mistaken-pin = Yazdığınız 6 haneli: PIN olabilir; PIN, PUK yerine geçmez.

## PIN değişikliği ve kilit açma · changing and unlocking

pin-done = PIN değişti; kart artık yeni PIN'i istiyor.
    .remedy = Online İşlemler'deki «PIN/PUK Bilgisi» sayfasında görünen PIN artık geçerli değil; oradan silmeniz iyi olur.
last-try-pin = Son deneme hakkınız
    .text = Bu giriş de uymazsa PIN kilitlenir ve kart, kilit açılana kadar imza atamaz. Emin değilseniz durun.
last-try-pin-unknown = Son deneme hakkınız olabilir
    .text = Kaç hak kaldığı tam olarak bilinmiyor. Bu giriş de uymazsa PIN kilitlenebilir; o zaman kart, kilidi açılana kadar imza atamaz. Emin değilseniz durun.
last-try-puk = Son PUK hakkı
    .text = Bu giriş de uymazsa kart bir daha açılamaz ve yenisinin alınması gerekir. Emin değilseniz durun.
last-try-puk-unknown = Kalan PUK hakkını kart bildirmiyor; bu, sonuncusu olabilir
    .text = PUK hakkı biterse kart bir daha açılamaz ve yenisinin alınması gerekir. PUK'tan emin değilseniz durun.
puk-warning = PUK, bu kartı kaybettirebilir
    .text = { $issuer } kartlarının kilidi PUK ile değil, çevrim içi «Kilit Çözme» ile açılır. PUK üç kez uymazsa kart bir daha açılamaz ve yenisinin alınması gerekir. Bildiğiniz başka parolaları burada denemeyin.
    .closed = Kartınız korunsun diye son PUK hakkı kullandırılmaz.
unlock-way-service = çevrim içi kilit çözme
unlock-way-puk = PUK
unlock-calling = Hizmete bağlanılıyor
unlock-proving = Hizmet kendini karta tanıtıyor; kartı çıkarmayın
unlock-setting = Yeni PIN karta yazılıyor; kartı çıkarmayın
unlock-telling = Bitti, hizmete bildiriliyor; kartı çıkarabilirsiniz
unlock-done = Kilit açıldı; kart artık yeni PIN'i istiyor.
    .remedy = Online İşlemler'deki «PIN/PUK Bilgisi» sayfasında görünen PIN artık geçerli değil; oradan silmeniz iyi olur.
unlock-done-untold = Kilit açıldı; kart artık yeni PIN'i istiyor. Yalnız, hizmete bildirilemedi.
    .remedy = Yapmanız gereken bir şey yok: kartınız kullanıma hazır. Online İşlemler'deki «PIN/PUK Bilgisi» sayfasında görünen PIN artık geçerli değil.
unlock-forbidden = Hizmet, kilit çözmeyle ilgisi olmayan bir şey istedi; karta iletilmedi.
    .remedy = Kartınıza bir şey olmadı, PIN'i hâlâ kilitli. Hizmetin adresini denetleyin ve bunu bilgi işleme ya da çağrı merkezine bildirin.
unlock-broke = Hizmet beklenmedik biçimde davrandı; kilit çözme durduruldu.
    .remedy = Kartınıza bir şey olmadı, PIN'i hâlâ kilitli. Hizmetin adresini denetleyin; değişmezse teknik satırı çağrı merkezine iletin.
unlock-not-proven = Kart, hizmetin kendini tanıtmasını kabul etmedi.
    .remedy = Kartınıza bir şey olmadı, PIN'i hâlâ kilitli. Yeniden denemeden önce teknik satırı çağrı merkezine iletin.
unlock-ended = Hizmet kilit çözmeyi yarıda bıraktı.
    .remedy = Kartınıza bir şey olmadı, PIN'i hâlâ kilitli. Biraz sonra yeniden deneyin; değişmezse çağrı merkezini arayın.
unlock-not-set = Kart yeni PIN'i kabul etmedi.
    .remedy = PIN hâlâ kilitli. Başka bir yeni PIN ile yeniden deneyin.
unlock-unsure = Yeni PIN yazılırken iş yarıda kesildi.
    .remedy = Kartı yeniden takın ve PIN durumuna bakın: kilitliyken açıldıysa yeni PIN geçerlidir; değilse baştan başlayın. Hiçbir hak harcanmadı.
unlock-no-serial = Kartın seri numarası okunamadı; hizmet hangi kart olduğunu bilemez.
    .remedy = Kartı çıkarıp yeniden takın. Değişmezse çağrı merkezini arayın.
unlock-journal = Kilit çözmenin kaydı diske yazılamadı; bu yüzden başlanmadı.
    .remedy = Diskte yer var mı, kendi klasörünüze yazabiliyor musunuz, bakın. Kartınıza bir şey olmadı.
standing-unchanged = Yarıda kalan bir kilit çözme var; kart değişmedi
    .text = PIN hâlâ kilitli. Kilit çözmeye baştan başlayın.
standing-perhaps = Yarıda kalan bir kilit çözme var; yeni PIN geçerli olabilir
    .text = PIN durumuna bakın: kilitliyken açıldıysa o sırada seçtiğiniz yeni PIN geçerlidir; değilse baştan başlayın.
standing-changed = Yarıda kalan kilit çözme aslında tamamlanmış
    .text = Kart, o sırada seçtiğiniz yeni PIN'i istiyor. Hizmet bunu öğrenmemiş olabilir; yapmanız gereken bir şey yok.

## Sertifika hizmeti · the certificate service

service-unreachable = Hizmete ulaşılamadı.
    .remedy = İnternet bağlantınıza ve hizmetin adresine bakın. Kurum ağındaysanız vekil sunucu ya da güvenlik duvarı engelliyor olabilir; bilgi işleme sorun.
service-timed-out = Hizmet zamanında cevap vermedi.
    .remedy = Biraz sonra yeniden deneyin.
service-busy = Hizmet şu anda yoğun.
    .remedy = { $minutes ->
        [0] Biraz sonra yeniden deneyin.
       *[other] Yaklaşık { $minutes } dakika sonra yeniden deneyin.
    }
service-session = Hizmette açık oturumunuz yok ya da süresi dolmuş.
    .remedy = Hizmete yeniden giriş yapın ve baştan başlayın.
service-locked = Hizmetteki hesabınız kilitli.
    .remedy = Çağrı merkezini arayın.
service-unlock-refused = Hizmet bu kartın kilidini açmayı kabul etmedi.
    .remedy = Kart sizin adınıza mı, sertifikası geçerli mi, bakın; yine açılmazsa çağrı merkezini arayın.
service-refused = Hizmet isteği kabul etmedi.
    .remedy = Biraz sonra yeniden deneyin; değişmezse teknik satırı çağrı merkezine iletin.
login-credentials = Kimlik numarası ile güvenlik sözcüğü birbirini tutmadı.
    .remedy = Güvenlik sözcüğü, başvuruda seçtiğiniz sözcüktür; PIN ya da PUK değildir. Hatırlamıyorsanız «Güvenlik sözcüğümü unuttum» ile yenisini belirleyin. Birkaç kez tutmazsa hesap bir süre kilitlenir.
service-captcha = Resimdeki yazı tutmadı.
    .remedy = Yeni bir resim geldi, onu yazın. Resmi okuyamıyorsanız altındaki soruyu cevaplayın.
service-otp-invalid = SMS kodu tutmadı.
    .remedy = { $left ->
        [-1] Telefonunuza gelen son kodu, altı rakamıyla yazın.
        [0] Bu kodla başka deneme kalmadı. Yeni bir kod isteyin.
       *[other] Telefonunuza gelen son kodu yazın; bu kodla { $left } deneme daha var.
    }
service-otp-expired = SMS kodunun süresi doldu.
    .remedy = Yeni bir kod isteyin.
service-no-certificate = Sistemde geçerli sertifikanız bulunamadı.
    .remedy = Biraz sonra yeniden deneyin. Değişmezse teknik satırı çağrı merkezine iletin.
service-replacement-gone = Bu sertifika artık yüklenmeyi beklemiyor.
    .remedy = Daha önce yüklenmiş ya da hizmet geri çekmiş olabilir. Listeyi yenileyin.
service-code-unknown = Hizmet bu doğrulama kodunu tanımıyor.
    .remedy = Kodu sayfadan yeniden kopyalayın; 15 rakamın hepsi gelsin. PIN sorulmadı, hiçbir hakkınız eksilmedi.
service-code-expired = Doğrulama kodunun süresi doldu.
    .remedy = Sayfadan yeni bir kod alın. PIN sorulmadı, hiçbir hakkınız eksilmedi.
service-code-claimed = Bu doğrulama kodunu başka bir program almış.
    .remedy = Kodu siz başka bir pencerede açmadıysanız imzalamayın; sayfadan yeni bir kod alın.
service-signature-refused = Hizmet imzayı kabul etmedi.
    .remedy = Sayfadan yeni bir kod alıp yeniden deneyin. Değişmezse teknik satırı çağrı merkezine iletin.
service-certificate-expired = Sertifikanın geçerlilik süresi içinde değilsiniz.
    .remedy = Kart sayfasında sertifikanın ne zaman başlayıp bittiğine bakın; geçerli bir sertifikayla imzalayın.
service-certificate-revoked = Bu sertifika iptal edilmiş ya da askıda.
    .remedy = Askıdaysa Online İşlemler'den askıdan indirin. SHA-1 sertifika olduğu için iptal edildiyse güvenlik sözcüğüyle girip yenisini yükleyin.
service-certificate-not-qualified = Bu imza nitelikli bir sertifika istiyor; seçilen sertifika nitelikli değil.
    .remedy = Kartınızdaki nitelikli sertifikayı seçin.
service-certificate-weak = Bu sertifika SHA-1 ile imzalı; SHA-1 imzalar kabul edilmiyor.
    .remedy = Güvenlik sözcüğüyle girin ve yenileme sertifikanızı yükleyin.
service-signer-mismatch = İmzalayan, beklenen kişi değil.
    .remedy = Doğru kartın takılı olduğuna bakın.
service-malformed = Hizmetin cevabı anlaşılamadı.
    .remedy = Adresin doğru olup olmadığına bakın; orada başka bir sunucu olabilir. Değişmezse teknik satırı bilgi işleme iletin.
service-no-client = Bu bilgisayarda güvenli bağlantı kurulamıyor.
    .remedy = Bilgisayarın güvenilen sertifikalarını güncelleyin. Değişmezse teknik satırı bilgi işleme iletin.
service-not-secure = Bu adres güvenli değil.
    .remedy = Adres https ile başlamalı; http yalnız bu bilgisayardaki bir hizmet için olur.
service-address = Bu, bir hizmet adresi değil.
    .remedy = Adresi https://ornek.gov.tr biçiminde yazın; içinde soru işareti, kullanıcı adı ya da parola olmasın.

# Replacing a certificate

replace-step-checking = Yeni sertifika denetleniyor
replace-step-copying = Eski sertifikanın ve kart dizininin kopyası alınıyor
replace-step-logging-in = PIN deneniyor
replace-step-writing = Yeni sertifika karta yazılıyor; kartı çıkarmayın
replace-step-testing = Yazılan geri okunup deneniyor; kartı çıkarmayın
replace-step-removing = Eski sertifika kaldırılıyor; kartı çıkarmayın
replace-step-confirming = Kart hazır, hizmete bildiriliyor; kartı çıkarabilirsiniz
replace-not-yet = Şu anda durdurulamaz: yazma yarıda kalmasın. Birkaç saniye sürer.

replace-nothing = Bu kişi için yüklenecek sertifika yok
    .text = Yapmanız gereken bir şey yok: sertifikanız ya zaten SHA-256 ya da yenisi daha hazırlanmamış.
replace-elsewhere = Yüklenecek sertifika var, ama bu karta ait değil
    .text = Diğer kartınızı takın; hangi kart olduğunu biz buluruz.

refusal-unreadable = Hizmetten gelen sertifika okunamıyor.
    .remedy = Kartınıza hiçbir şey yazılmadı. Biraz sonra yeniden deneyin; değişmezse çağrı merkezine bildirin.
refusal-too-long = Hizmetten gelen sertifika, karta sığmayacak kadar büyük.
    .remedy = Kartınıza hiçbir şey yazılmadı. Bunu çağrı merkezine bildirin.
refusal-same = Hizmetin gönderdiği sertifika kartınızda zaten var.
    .remedy = Kartınıza hiçbir şey yazılmadı; buna gerek yok. Sertifikanın kartınızda olduğu hizmete bildirilir. Hizmet yine de değişim isterse çağrı merkezini arayın.
refusal-key = Hizmetten gelen sertifika, kartınızdaki anahtara ait değil.
    .remedy = Kartınıza hiçbir şey yazılmadı. Doğru kartı taktığınızı denetleyin; doğruysa çağrı merkezine bildirin.
refusal-subject = Hizmetten gelen sertifika başka birinin adına düzenlenmiş.
    .remedy = Kartınıza hiçbir şey yazılmadı. Bunu çağrı merkezine bildirin.
refusal-weak = Hizmetten gelen sertifika da { $hash } ile imzalanmış.
    .remedy = Kartınıza hiçbir şey yazılmadı: eskisinden daha iyi olmazdı. Bunu çağrı merkezine bildirin.
refusal-expired = Hizmetten gelen sertifikanın süresi dolmuş.
    .remedy = Kartınıza hiçbir şey yazılmadı. Bilgisayarın tarihini denetleyin; doğruysa çağrı merkezine bildirin.
refusal-not-yet = Hizmetten gelen sertifika henüz geçerli değil.
    .remedy = Kartınıza hiçbir şey yazılmadı. Bilgisayarın tarih ve saatini denetleyin; doğruysa sertifikanın başlayacağı günü bekleyin.
refusal-not-after = Hizmetten gelen sertifika, eskisinden başka bir gün bitiyor.
    .remedy = Kartınıza hiçbir şey yazılmadı. Bunu çağrı merkezine bildirin.
refusal-authority = Hizmetten gelen sertifika bir kişinin değil, bir sertifika makamının.
    .remedy = Kartınıza hiçbir şey yazılmadı. Hizmetin adresini denetleyin ve bunu bilgi işleme bildirin.
refusal-usage = Hizmetten gelen sertifikayla, eskisiyle yapabildiğiniz her şeyi yapamazsınız.
    .remedy = Kartınıza hiçbir şey yazılmadı. Bunu çağrı merkezine bildirin.
refusal-not-qualified = Hizmetten gelen sertifika nitelikli değil; eskisi nitelikliydi.
    .remedy = Kartınıza hiçbir şey yazılmadı. Bunu çağrı merkezine bildirin.
refusal-untrusted = Hizmetten gelen sertifikayı bu bilgisayarın güvendiği bir makam vermemiş.
    .remedy = Kartınıza hiçbir şey yazılmadı. Hizmetin adresini denetleyin ve bunu bilgi işleme bildirin.

replace-done = Yeni sertifika kartınızda ve çalışıyor.
    .remedy = Eski sertifikayı iptal ettirmeniz gerekmez; bunu sertifika makamı yapar.
replace-done-untold = Yeni sertifika kartınızda ve çalışıyor. Yalnız, hizmete bildirilemedi.
    .remedy = Kartınız kullanıma hazır. Bildirim daha sonra, bir dahaki girişinizde gönderilir.
replace-cancelled = Durduruldu; kartınız olduğu gibi duruyor.
    .remedy = İstediğiniz zaman yeniden başlayabilirsiniz.
replace-key-differs = Karttaki anahtar yeni sertifikaya uymuyor.
    .remedy = Kartınıza hiçbir şey yazılmadı. Bunu çağrı merkezine bildirin.
replace-card-full = Kart iki sertifikayı birden almıyor.
    .remedy = Kartınız olduğu gibi duruyor. Eski sertifika önce kaldırılabilir: bir kopyası saklanır ve yenisi yazılamazsa geri konur.
replace-not-written = Yeni sertifika karta yazılamadı; eskisi yerinde duruyor.
    .remedy = Hiçbir şey kaybolmadı. Kartı çıkarıp yeniden takın ve bir daha deneyin; değişmezse teknik satırı bilgi işleme iletin.
replace-interrupted = İşlem yarıda kaldı; hiçbir şey kaybolmadı.
    .remedy = Kartı yeniden takın, kaldığımız yerden devam edelim.
replace-other-card = Okuyucudaki, işleme başladığınız kart değil.
    .remedy = Bu karta dokunulmadı. İşleme başladığınız kartı takın.
replace-unfinished-other = Bu kartta yarıda kalmış başka bir sertifika yükleme var; önce o bitsin.
    .remedy = Yenisi için karta bir şey gönderilmedi. Yarıda kalanı bitirin, sonra buna yeniden başlayın.
replace-needs-pin = Devam etmek için PIN gerekiyor.
    .remedy = Karta daha bir şey gönderilmedi. PIN'inizi girip devam edin.
replace-journal = Bu bilgisayara not alınamadığı için işleme başlanmadı.
    .remedy = Kartınız olduğu gibi duruyor. Diskte yer açıp yeniden deneyin.

situation-untouched = Yarıda kalan bir sertifika yükleme var; kart değişmedi
    .text = Baştan başlayabilir ya da vazgeçebilirsiniz.
situation-needs-pin = Yarıda kalan bir sertifika yükleme var
    .text = 7 adımdan { $done } tanesi bitti; devam etmek güvenli. Bunun için PIN'iniz gerekiyor.
situation-only-confirmation = Yeni sertifika kartınızda; yalnız hizmete bildirilmedi
    .text = Kartınız kullanıma hazır. Hizmete girdiğinizde bildirim kendiliğinden gönderilir.
situation-other-card = Yarıda kalan bir sertifika yükleme var, ama bu kartta değil
    .text = İşleme başladığınız kartı takın; kaldığımız yerden devam edelim.
situation-outgrown = Yarıda kalan yükleme sürdürülemiyor: kart bu arada başka bir programla değişmiş
    .text = Karta dokunulmadı. Baştan başlayın: hizmetin bu kart için bekleyen bir sertifikası varsa bulunur.

## İmzalama ve imzalar · signing and signatures

verdict-valid = İmza geçerli
    .text = İçerik imzadan sonra değişmemiş, sertifikaya güveniliyor. İptal durumuna bakılmadı.
verdict-weak = İmza doğru, ama dayanağı zayıf
    .text = İçerik değişmemiş; yine de aşağıdakiler yüzünden bu imzaya tek başına güvenmeyin.
verdict-undecided = İmzanın geçerli olup olmadığı söylenemiyor
    .text = Eksik olan aşağıda yazıyor; tamamlayıp yeniden bakın.
verdict-invalid = İmza geçersiz
    .text = Bu imzaya güvenmeyin; nedeni aşağıda.
attribute-content-type = içerik türü
attribute-digest = içeriğin özeti
attribute-time = imza zamanı
attribute-certificate = imzalayanın sertifikası (ESS)
attribute-all = imzalı öznitelikler
signature-finding-not-der = İmza, beklenen katı biçimde (DER) değil, gevşek biçimde (BER) yazılmış; yine de okundu
signature-finding-trailing = İmzanın arkasında { $count } bayt fazlalık var
signature-finding-unreadable-certificates = İmzayla gelen { $count } sertifika okunamadı
signature-finding-no-attributes = İmza, hangi sertifikayla atıldığını kendi içinde bağlamıyor (imzalı öznitelik yok)
signature-finding-missing-attribute = İmzada eksik: { $attribute }
signature-finding-repeated-attribute = İmzada birden çok kez geçiyor: { $attribute }
signature-finding-unreadable-attribute = İmzada okunamıyor: { $attribute }
signature-finding-unsorted = İmzalı öznitelikler sıralı gönderilmemiş; imza yine de doğru
signature-finding-policy = İmza bir imza politikası adlandırıyor; bu profilde yeri yok
signature-finding-content-missing = İmzalanan içerik imzanın içinde değil; içeriği de göstermeniz gerekiyor
signature-finding-content-differs = İçerik, imzalanan içerik değil: imzadan sonra değişmiş ya da başka bir dosya
signature-finding-content-other = Gösterilen dosya, imzanın içindeki içerikten farklı
signature-finding-content-type = İmza başka türde bir içerikten söz ediyor
signature-finding-certificate-missing = İmzalayanın sertifikası imzayla gelmemiş; imza denetlenemedi
signature-finding-signer-id = İmzalayan, sertifikasından başka bir adla anılıyor; sertifika, imzalı özetinden bulundu
signature-finding-certificate-hash = İmzanın bağladığı sertifika, imzayla gelen sertifika değil
signature-finding-certificate-issuer = İmzanın bağladığı sertifikanın vereni ya da seri numarası tutmuyor
signature-finding-old-ess = Sertifika yalnız SHA-1 özetiyle bağlanmış
signature-finding-wrong = İmza yanlış: başka bir anahtarla ya da başka bir şeye atılmış
signature-finding-signed-as-sent = İmza yanlış kurulmuş: öznitelikler gönderildiği biçimde imzalanmış
signature-finding-content-only = İmza yanlış kurulmuş: öznitelikler yerine içerik imzalanmış
signature-finding-no-null = İmza yanlış kurulmuş: DigestInfo içinde NULL eksik
signature-finding-bare-hash = İmza yanlış kurulmuş: özet, DigestInfo olmadan imzalanmış
signature-finding-salt-differs = İmza yanlış kurulmuş: PSS tuzu söylenenden başka, { $bytes } bayt
signature-finding-odd-salt = PSS tuzu alışılmadık uzunlukta: { $bytes } bayt
signature-finding-raw-ecdsa = İmza yanlış kurulmuş: ECDSA imzası ham biçimde
signature-finding-unsupported = İmza, burada denetlenmeyen bir yöntemle atılmış
signature-finding-hashes-differ = İçerikle imza ayrı özetler kullanıyor
signature-finding-weak-hash = İmza zayıf bir özete dayanıyor: { $hash }
signature-finding-short-key = İmza anahtarı bugün için kısa: { $bits } bit
signature-finding-expired = Sertifikanın süresi dolmuş; imzanın daha önce atıldığını gösteren bir zaman damgası yok
signature-finding-not-yet = Sertifika henüz geçerli değil
signature-finding-outside = İmzalayanın saatine göre sertifika imza sırasında geçerli değilmiş
signature-finding-ahead = İmza zamanı ileride: imzalayanın ya da bu bilgisayarın saati yanlış
signature-finding-not-binding = Sertifikanın anahtarı bağlayıcı imzalar için değil (inkâr edilemezlik yok)
signature-finding-not-qualified = Sertifika nitelikli değil: elle atılan imzaya denk sayılmaz
signature-finding-test = Sertifika deneme amaçlı
signature-finding-unknown-issuer = Sertifikayı verenin sertifikası elde yok
signature-finding-untrusted = Sertifika zinciri burada güvenilmeyen bir kökte bitiyor
signature-finding-weak-certificate = Zincirin { $number }. sertifikası zayıf bir özetle imzalı: { $hash }
signature-finding-chain = Zincirin { $number }. sertifikası: { $finding }
signature-finding-stamp-unreadable = Bir zaman damgası okunamıyor
signature-finding-stamp-differs = Zaman damgası başka bir imzanın
signature-finding-stamp-not-trusted = Zaman damgasına güvenilmiyor; imzanın zamanını göstermez
signature-finding-weak-stamp = Sertifikanın süresi dolmuş; imzanın daha eski olduğunu yalnızca zayıf bir zaman damgası gösteriyor
signature-finding-not-a-stamper = Damgalayanın sertifikası zaman damgası için değil
obstacle-weak = Bu sertifika SHA-1 ile imzalı: önce yenilenmesi gerekiyor.
    .remedy = Güvenlik sözcüğüyle girin ve yenileme sertifikanızı yükleyin. PIN sorulmadı, hiçbir hakkınız eksilmedi.
obstacle-expired = Bu sertifikanın süresi { $on } tarihinde doldu.
    .remedy = Geçerli bir sertifikayla imzalayın. PIN sorulmadı, hiçbir hakkınız eksilmedi.
obstacle-not-yet = Bu sertifika { $from } tarihinde geçerli olacak.
    .remedy = O güne kadar eski kartınızla imzalayın; bilgisayarın tarihi doğru mu, ona da bakın. PIN sorulmadı, hiçbir hakkınız eksilmedi.
obstacle-key = Bu sertifikanın özel anahtarı kartta değil.
    .remedy = Anahtarı taşıyan kartı takın. PIN sorulmadı, hiçbir hakkınız eksilmedi.
obstacle-not-qualified = Nitelikli bir sertifika isteniyor; bu sertifika nitelikli değil.
    .remedy = Nitelikli sertifikanızın bulunduğu kartı takın. PIN sorulmadı, hiçbir hakkınız eksilmedi.
obstacle-purpose = Bu sertifika imza için değil.
    .remedy = Kartınızdaki imza sertifikasını seçin. PIN sorulmadı, hiçbir hakkınız eksilmedi.
obstacle-key-kind = Bu sertifikanın anahtar türüyle burada imza atılamıyor.
    .remedy = Başka bir sertifikayla imzalayın. PIN sorulmadı, hiçbir hakkınız eksilmedi.
obstacle-unreadable = Bu sertifika okunamıyor; imzaya uygun olup olmadığı söylenemiyor.
    .remedy = Kart sayfasında teknik ayrıntılarına bakın ve çağrı merkezine iletin. PIN sorulmadı, hiçbir hakkınız eksilmedi.
obstacle-none = Kartta imzalayabilecek bir sertifika yok.
    .remedy = İmza sertifikanızın bulunduğu kartı takın. PIN sorulmadı, hiçbir hakkınız eksilmedi.
caution-not-qualified = Bu sertifika nitelikli değil: imza, elle atılan imzaya denk sayılmaz.
caution-not-binding = Bu sertifika bağlayıcı imzalar için verilmemiş.
caution-test = Bu sertifika deneme amaçlı.
code-not-digits = Doğrulama kodunda yalnız rakam olur.
    .remedy = Kodu sayfadaki kopyalama bağlantısıyla yeniden alın. PIN sorulmadı, hiçbir hakkınız eksilmedi.
code-length = Doğrulama kodu 15 rakamdır; burada { $digits } var.
    .remedy = Kopyalarken bir parçası eksik kalmış ya da fazlası gelmiş olabilir. PIN sorulmadı, hiçbir hakkınız eksilmedi.
code-check-digit = Kodun bir rakamı yanlış.
    .remedy = Kodu sayfadan yeniden kopyalayın ya da rakamları tek tek karşılaştırın. PIN sorulmadı, hiçbir hakkınız eksilmedi.
claim-content = { $item }. metin imzalanmaya uygun değil: { $fault }.
    .remedy = Hizmete bildirildi; imzalamayın. Sayfadan yeni bir kod alın, değişmezse teknik satırı çağrı merkezine iletin.
content-hash = özeti, hizmetin söylediğiyle tutmuyor
content-media = düz metin değil
content-not-text = okunabilir bir metin değil
content-empty = boş
content-too-large = metinlerin hepsi birlikte çok büyük
claim-count = İmzalanacak metin yok ya da bir seferde imzalanamayacak kadar çok.
    .remedy = Hizmete bildirildi. Sayfadan yeni bir kod alın.
claim-control = Kontrol kodu metinlerle tutmuyor.
    .remedy = Metinler sayfadakiler olmayabilir; imzalamayın. Hizmete bildirildi. Sayfadan yeni bir kod alın.
claim-unsupported = Hizmet, burada atılmayan türde bir imza istiyor.
    .remedy = Programın daha yeni bir sürümü olup olmadığına bakın. PIN sorulmadı, hiçbir hakkınız eksilmedi.
sign-clocks-differ = Bilgisayarınızın tarihi { $computer }, hizmetin tarihi { $service }: ikisinden biri yanlış, bu yüzden imza atılmadı.
    .remedy = Bilgisayarınızın tarihini ve saatini düzeltin, sayfadan yeni bir kod alıp yeniden deneyin. Doğruysa hizmete haber verin. PIN karta gönderilmedi, hiçbir hakkınız eksilmedi.
sign-expired = Süre doldu; imza hizmete ulaşmadı.
    .remedy = Sayfadan yeni bir kod alın. PIN'iniz yanlış değildi, hiçbir hakkınız eksilmedi.
sign-not-delivered = İmza atıldı, ama hizmete ulaştırılamadı.
    .remedy = Yeniden gönderin: kart ve PIN gerekmez, aynı imza iki kez sayılmaz.
sign-preparing = İmza hazırlanamadı.
    .remedy = Başka bir sertifikayla deneyin; değişmezse teknik satırı çağrı merkezine iletin. PIN sorulmadı, hiçbir hakkınız eksilmedi.
sign-card-failed = PIN doğruydu, ama kart imzayı tamamlayamadı.
    .remedy = Kartı çıkarıp yeniden takın ve yeniden deneyin. Hiçbir hakkınız eksilmedi.
sign-wrong-answer = PIN doğruydu, ama kartın verdiği imza doğru çıkmadı; kimseye gönderilmedi.
    .remedy = Başka bir sürücüyle ya da sürücüsüz deneyin. Değişmezse teknik satırı bilgi işleme iletin.
sign-proving = PIN karta soruluyor; kartı çıkarmayın
sign-signing = Kart imzalıyor: { $done } / { $of }; kartı çıkarmayın
sign-delivering = İmza hizmete gönderiliyor; kartı çıkarabilirsiniz
link-not-ours = Bu bağlantı bir imza bağlantısı değil.
    .remedy = Doğrulama kodunu sayfadan kopyalayıp buraya yapıştırın.
link-malformed = İmza bağlantısı bozuk; açılmadı.
    .remedy = Doğrulama kodunu sayfadan kopyalayıp buraya yapıştırın.
link-service = Bağlantının adını verdiği hizmet burada tanımlı değil.
    .remedy = Bağlantının geldiği sayfaya güveniyorsanız hizmeti ayarlara ekletin; yoksa kapatın.
file-read = Dosya okunamadı.
    .remedy = Dosyanın adına ve okuma izninize bakın.
file-too-large = Dosya bunun için çok büyük.
    .remedy = İmzayı dosyanın yanına, ayrı bir dosya olarak attırın: böylesi her boyda olur.
file-exists = Bu adda bir dosya zaten var; üstüne yazılmadı.
    .remedy = Başka bir ad verin ya da eski dosyayı taşıyın.
file-write = Dosya yazılamadı.
    .remedy = Klasöre yazma izniniz ve diskte yer var mı, bakın.
file-no-signature = Bu dosyada okunabilir bir imza yok.
    .remedy = İmza dosyalarının uzantısı çoğunlukla .p7s ya da .p7m olur; doğru dosyayı seçtiğinizden emin olun.
archive-write = İmzanın kaydı saklanamadı.
    .remedy = İmza hizmete ulaştı. Kayıt klasörüne yazma izniniz ve diskte yer var mı, bakın.
