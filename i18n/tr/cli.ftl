# Yalnızca komut satırının söyledikleri.
# What only the command line says.

about = Kartal: e-imza kartınıza bakar. Kimin kartı, hangi sertifika, ne zamana kadar; bakmak için PIN sormaz.
about-cards = Takılı kartlara bakar: kimin, üstünde ne var, yapılacak bir şey var mı
about-readers = Takılı okuyucuları ve içlerinde kart olup olmadığını gösterir
about-certificate = Dosyalardaki sertifikalara bakar (DER, PEM, PKCS#7; «-» standart girdi)
about-modules = Bu bilgisayardaki kart sürücülerini (PKCS#11) ve kullanılıp kullanılamadıklarını gösterir
about-completions = Kabuk için tamamlama betiği yazar
about-man = Kılavuz sayfasını yazar
after-help = 

    Çıkış kodları
      0  her şey yolunda
      1  yapılacak bir şey var
      2  bakılamadı (okuyucu, kart ya da dosya) veya komut anlaşılmadı

heading-usage = Kullanım:
heading-commands = Komutlar
heading-arguments = Girdiler
heading-options = Seçenekler
arg-help = Bu yardımı gösterir
arg-version = Sürümü gösterir
arg-lang = Dil: tr ya da en (yoksa sistemin dili)
arg-verbose = Neler yapıldığını standart hataya yazar; gizli bilgi yazılmaz
arg-json = Programlar için JSON yazar (biçim: SCHEMA.md)
arg-reader = Yalnız bu okuyucu: tam adı ya da onu ötekilerden ayıran bir parçası
arg-module = Karta yalnız bu PKCS#11 modülüyle bakar; modülün okuyucusuz belirteçleri de listelenir
arg-module-too = Bu modüle de bakar
arg-driverless = Karta hiç sürücü kullanmadan bakar
arg-trust = Bu dosyadaki sertifikalara da güvenir; birden çok kez yazılabilir
arg-no-cache = Daha önce görülen kartların sertifika belleğini kullanmaz
arg-show-identity = Kimlik numaralarını kısaltmadan gösterir
arg-file = Sertifika dosyası; «-» standart girdi
arg-test = Her modülü yükleyip dener
arg-shell = Kabuk: bash, zsh, fish, powershell ya da elvish
arg-dir = Bu klasöre, her komut için bir sayfa

usage-unknown-argument = «{ $argument }» diye bir seçenek yok.
usage-unknown-command = «{ $command }» diye bir komut yok.
usage-missing = Bir şey eksik: { $argument }
usage-value = { $argument } için «{ $value }» olmaz.
usage-conflict = { $argument } ile { $other } birlikte kullanılamaz.
usage-other = Komut anlaşılmadı.
usage-remedy = Nasıl yazılacağını görmek için: { $command }

reader-empty = boş
reader-card = kart takılı: { $name } ({ $atr })
reader-token = modülün kendi belirteci
reader-ambiguous = Bu ad birden çok okuyucuya uyuyor.
reader-choose = Şunlardan birini yazın: { $names }
card-unknown = tanınmayan kart
card-serial = kart no { $serial }
commands = { $count } komut
from-cache = bellekten
pin-pad = PIN okuyucudan girilir
for-tests = deneme amaçlı
key-bits = { $kind } { $bits } bit
private-key-there = özel anahtarı kartta
private-key-missing = özel anahtarı kartta yok
row-holder = Sahibi
row-card = Kart
row-read = Okuma
row-validity = Geçerlilik
row-kind = Türü
row-subject = Adına
row-issuer = Veren
row-serial = Seri no
row-signature = İmza
row-key = Anahtar
row-sha256 = SHA-256 parmak izi
row-chain = Zincir

standard-input = standart girdi
file-unreadable = Dosya açılamadı.
    .remedy = Dosyanın adına ve okuma izninize bakın.
man-unwritable = Kılavuz sayfaları yazılamadı; yazma izniniz olan bir klasör verin.
no-modules = Kart sürücüsü (PKCS#11 modülü) bulunamadı
    .text = Birçok kart sürücüsüz de okunur. Okunmayan bir kart için onu veren kurumun sürücüsünü kurun; başka bir yerdeki modülü --module ile gösterebilirsiniz.
module-usable = kullanılabilir
module-works = çalışıyor, gördüğü kart sayısı: { $count }

about-pin = PIN'lerin durumu, PIN değiştirme, kilit çözme
about-pin-status = PIN'lerin durumunu ve kalan deneme haklarını gösterir; hak harcamaz
about-pin-change = PIN'i değiştirir
about-pin-unlock = Kilitlenen PIN'i açar: hizmet yoluyla ya da PUK ile
arg-stdin = Gizli girişleri standart girdiden, sırayla, satır satır okur (PIN ya da PUK, yeni PIN, yeni PIN bir daha)
arg-last-try = Son deneme hakkının da harcanabileceğini onaylar (yalnız --stdin ile gerekir)
arg-puk = PUK ile açar
arg-i-know = PUK'un kartı kaybettirebileceğini bilerek sürdürür (bilgi işlem için)
arg-service = Bu adresteki hizmet yoluyla açar (https)
arg-token-stdin = Hizmetteki oturumun belirtecini standart girdinin ilk satırından okur

pin-ask-token = Oturum belirteci
pin-no-terminal = Standart girdi bir uçbirim değil; gizli girişler sorulamıyor.
    .remedy = Komutu bir uçbirimde çalıştırın ya da girişleri --stdin ile satır satır verin.
pin-cancelled = Vazgeçildi; karta bir şey gönderilmedi.
    .remedy = Hazır olduğunuzda yeniden başlatın.
pin-input-ended = Bir satır eksik: { $field }.
    .remedy = --stdin ile her giriş kendi satırında, istenen sırayla verilir. Karta bir şey gönderilmedi.
pin-not-confirmed = Onay verilmedi; karta bir şey gönderilmedi.
    .remedy = Emin değilseniz böyle kalsın. Eminseniz uçbirimde yeniden başlatıp onay sözcüğünü yazın; --stdin ile onay, --last-try seçeneğidir.
pin-puk-not-open = Bu kartın kilidi PUK ile açılmaz; karta bir şey gönderilmedi.
    .remedy = Kilidi çevrim içi açın: --service. Kartın kaybedilebileceğini bilen bilgi işlem görevlisi --i-know ile sürdürebilir.
pin-several-cards = Takılı birden çok kart var.
    .remedy = Hangisi olduğunu --reader ile söyleyin: { $names }
pin-bad-token = Oturum belirteci anlaşılamadı.
    .remedy = Belirteci standart girdinin ilk satırında, boşluksuz verin.
pin-no-pin = Kartta bir PIN görünmüyor.
    .remedy = Başka bir sürücüyle (--module) ya da sürücüsüz (--driverless) deneyin.
pin-confirm-word = devam
pin-confirm = Sürdürmek için «{ $word }» yazıp Enter'a basın:
pin-on-pad = Şimdi girişi okuyucunun tuşlarından yapın.
pin-length = { $least }–{ $most } karakter
pin-length-digits = { $least }–{ $most } rakam
pin-dead = Bu kart artık açılamaz: PIN de PUK da kilitli. Yeni kart için kartı veren kuruma başvurun.
row-ways = Kilit çözme

about-replace = SHA-1 sertifikayı yenisiyle değiştirir (sertifika yükleme)
arg-profile = Ayarlardaki hizmetin adı ya da adresi (https)
arg-card = Yalnız bu seri numaralı kart
arg-dry-run = Her şeyi denetler, karta hiçbir şey yazmaz
arg-remove-first = Kart doluysa önce eski sertifikayı kaldırır; bir kopyası saklanır
arg-replace-stdin = Girişleri standart girdiden, sırayla, satır satır okur: kimlik numarası, sorunun yanıtı, güvenlik sözcüğü, SMS kodu, PIN
replace-ask-number = T.C. kimlik ya da pasaport numarası
replace-ask-answer = Yanıtınız
replace-ask-word = Güvenlik sözcüğü
replace-ask-code = SMS kodu ({ $phone })
replace-bad-number = Bu bir kimlik ya da pasaport numarası değil.
    .remedy = Numarayı denetleyip yeniden başlatın; hizmete bir şey gönderilmedi.
replace-bad-word = Güvenlik sözcüğü boş ya da çok uzun.
    .remedy = Yeniden başlatıp başvuruda seçtiğiniz sözcüğü girin.
replace-bad-code = SMS kodu boş ya da çok uzun.
    .remedy = Yeniden başlatıp gelen altı rakamı girin.
replace-planned = Her şey uygun; yeni sertifika yüklenebilir.
    .remedy = Karta hiçbir şey yazılmadı. Yüklemek için --dry-run olmadan yeniden başlatın.
row-old = Eski
row-new = Yeni

about-sign = Doğrulama kodunun karşılığını ya da bir dosyayı imzalar
about-verify = Bir imza dosyasını kim, ne zaman, ne kadar sağlam imzalamış, gösterir
arg-sign-file = İmzalanacak dosya
arg-code = Sayfadaki 15 rakamlı doğrulama kodu
arg-output = İmzanın yazılacağı dosya (yoksa dosyanın yanına, .p7s ile); üstüne yazılmaz
arg-detached = İmza, içerikten ayrı durur (seçilmezse de böyledir)
arg-attached = İçerik imzanın içine konur
arg-certificate = Bu sertifikayla: seri numarasının ya da SHA-256 parmak izinin başı
arg-keep = Ne imzalandığının kaydını bu klasörde saklar
arg-sign-stdin = PIN'i standart girdiden, bir satır olarak okur
arg-signature = İmza dosyası (.p7s, .p7m)
arg-content = İçeriği ayrı duran imzanın içeriği (yoksa aynı adlı, .p7s'siz dosya)
sign-as = İmzalayan: { $name }
sign-hidden = Metinde görünmeyen { $count } karakter var; yerlerinde numaraları yazıyor.
sign-done-file = Dosya imzalandı
sign-done-code = İmzalandı; { $requester } imzayı aldı
sign-unknown-certificate = Kartta böyle anılan bir sertifika yok ya da birden çok.
    .remedy = Seri numarasının başını uzunca yazın; kartın sertifikalarını «cards» gösterir.
sign-several-certificates = Kartta imzalayabilecek birden çok sertifika var.
    .remedy = Hangisi olduğunu --certificate ile söyleyin: { $names }
verify-unknown-signer = bilinmeyen imzalayan
row-requester = İsteyen
row-purpose = Ne için
row-control-code = Kontrol kodu
row-signer = İmzalayan
row-signed-at = Zamanı
row-file = Dosya
row-signing-time = İmza zamanı
row-time-stamp = Zaman damgası
