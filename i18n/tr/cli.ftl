# Yalnızca komut satırının söyledikleri.
# What only the command line says.

about = Kartal: e-imza kartınıza bakar. Kimin kartı, hangi sertifika, ne zamana kadar; PIN sormaz.
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
arg-reader = Yalnız bu okuyucu: tam adı ya da tek başına ayırt eden bir parçası
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
row-issuer = Yayımlayan
row-serial = Seri no
row-signature = İmza
row-key = Anahtar
row-sha256 = SHA-256 izi
row-chain = Zincir

standard-input = standart girdi
file-unreadable = Dosya açılamadı.
    .remedy = Dosyanın adını ve okuma izniniz olduğunu denetleyin.
man-unwritable = Kılavuz sayfaları yazılamadı.
no-modules = Kart sürücüsü (PKCS#11 modülü) bulunamadı
    .text = Birçok kart sürücüsüz de okunur. Okunmayan bir kart için onu veren kurumun sürücüsünü kurun; başka bir yerdeki modülü --module ile gösterebilirsiniz.
module-usable = kullanılabilir
module-works = çalışıyor, gördüğü kart sayısı: { $count }
