# Yardım: insanların sorduğu sorular ve cevapları. Paragraflar boş satırla ayrılır.
# The help pages: questions people ask, and the answers. Paragraphs are separated by an empty line.

which-hash = Sertifikam SHA-1 mi, SHA-256 mı? Ne yapmalıyım?
    .answer =
        Kartınızı takın, en üstteki cümleye bakın. «SHA-256: yapılacak bir şey yok» diyorsa gerçekten yapılacak bir şey yoktur.

        «SHA-1» diyorsa sertifikanız eski bir yöntemle imzalanmıştır ve yenisiyle değişmesi gerekir: yenisini Online İşlemler'deki «Sertifika Yükle» ile karta alın. Birden çok kartınız varsa her birine ayrı bakın: birinin yenilenmiş olması öbürünü değiştirmez.

        Kartınıza bakmak için PIN gerekmez; bu program da bakarken PIN sormaz.

computer-does-not-see-card = Bilgisayar kartımı görmüyor. Ne yapayım?
    .answer =
        Sırayla bakın; program hangisinde takıldığını söyler.

        1. Okuyucu listede yoksa: çıkarıp başka bir USB girişine takın. Işığı yanıyor ama listede görünmüyorsa sürücüsü eksiktir.

        2. «Akıllı kart hizmeti çalışmıyor» yazıyorsa: Windows'ta Hizmetler listesinden «Akıllı Kart» hizmetini başlatın; Linux'ta «sudo systemctl enable --now pcscd.socket» çalıştırın.

        3. Kart cevap vermiyorsa: ters takılmış olabilir. Çıkarın, çipini kuru bir bezle silin, çip içeri girecek biçimde sonuna kadar itin. SIM boyundaki kartlar yuvasından kayabilir.

        4. Kart görünüyor ama tanınmıyorsa: kartın sürücüsü yoktur ya da bilgisayara uymuyordur (32 bit ile 64 bit gibi).

        5. «Başka bir program kullanıyor» yazıyorsa: öbür imza programını ya da tarayıcıyı kapatın.

        Uzak masaüstünde çalışıyorsanız kart, önünde oturduğunuz bilgisayara takılır.

four-secrets = PIN, PUK, güvenlik sözcüğü, SMS kodu: hangisi hangisi?
    .answer =
        PIN kartındır: imza atarken girilir. Üç kez uymazsa kart PIN'i kilitler.

        Güvenlik sözcüğü internet sayfasınındır: başvuruda siz seçtiniz, Online İşlemler'e girerken kimlik numaranızla birlikte yazılır. Karta hiç yazılmaz.

        SMS onay kodu tek kullanımlıktır: telefonunuza gelir ve birkaç dakika geçerlidir.

        PUK, kilitlenen PIN'i sıfırlayan anahtardır; sizin kullanmanız beklenmez. Birini öbürünün yerine yazmak hak kaybettirir: emin değilseniz durun ve ne istendiğine bir daha bakın.

pin-blocked = PIN'im kilitlendi. Kartım bozuldu mu?
    .answer =
        Hayır. Kart, PIN birkaç kez uymayınca kendini korumaya alır; sertifikanız ve anahtarınız yerinde durur.

        Kilidi bu programda açabilirsiniz: kartınızın sayfasında «Kilidi aç»ı, sonra «Çevrim içi aç»ı seçin. Bu bilgisayarda bir hizmet tanımlı değilse aynı iş Kamu SM'nin Online İşlemler sayfasındaki «Kilit Çözme» ile yapılır. İkisinde de kimlik numaranız, güvenlik sözcüğünüz ve telefonunuza gelen kodla girersiniz, kartınız takılı olur, yeni bir PIN belirlersiniz.

        Kart araçlarında «PUK» yazan yere tahminle bir şey yazmayın. PUK üç kez uymazsa kart bir daha açılamaz ve yenisini almanız gerekir.

puk = PUK nedir, neden kullanmamalıyım?
    .answer =
        PUK, kilitlenen PIN'i sıfırlamaya yarayan anahtardır. Kamu SM'nin nitelikli sertifikalı kartlarında kilit PUK ile değil, Online İşlemler'deki «Kilit Çözme» ile açılır; PUK size bunun için verilmiş değildir.

        Tehlikesi şudur: PUK da üç kez uymazsa kart tümüyle kapanır ve hiçbir yolla açılamaz. PIN'i, güvenlik sözcüğünü ya da doğum tarihini PUK diye denemek kartı kaybettirir.

        İnternetteki bazı anlatımlar PUK ile kilit açmayı gösterir; onlar başka kurumların kartları içindir.

new-card-pin = Yeni kartımın PIN'i nerede?
    .answer =
        Yenilenen kart yeni bir PIN ile gelir; eski PIN'iniz onda geçmez. Yeni PIN, Online İşlemler'de «PIN/PUK Bilgisi» başlığındadır: kimlik numarası, güvenlik sözcüğü ve SMS koduyla girilir.

        PIN'i öğrendikten sonra aynı sayfadaki «Sil» ile sunucudan kalıcı olarak sildirmeniz önerilir. PIN'i sonradan kartta değiştirirseniz sayfada yazan artık geçerli olmaz.

        Eski sertifikanızın süresi bitmeden yeni kartın PIN'i alınamaz.

new-card-not-working = Yeni kartım geldi ama çalışmıyor. Neden?
    .answer =
        Yenilemeyle gelen kart, eski sertifikanızın süresi bitince geçerli olur. O güne kadar yeni kartın ne PIN'i alınabilir ne de onunla imza atılabilir; bu bir arıza değildir.

        Kartı takın: sertifikanın süresinin hangi gün başlayacağı yazar. O güne kadar eski kartınızı kullanın.

        O gün geçtiyse ve kart yine çalışmıyorsa bilgisayarın tarihine bakın.

which-certificate = Kartımda birkaç sertifika var. İmza için olan hangisi?
    .answer =
        «İmza sertifikası» ve «Nitelikli elektronik sertifika» yazandır; listede en üsttedir.

        Yanında giriş, şifreleme ya da mühür sertifikası da durabilir. Mühür kuruma aittir, kişinin imzası yerine geçmez. Makam sertifikaları ise yalnızca zinciri tamamlar; onlarla imza atılmaz.

no-qualified-certificate = «Kartta nitelikli sertifika yok» diyor. Ne demek?
    .answer =
        Kartta sertifika var, ama el yazısıyla imza yerine geçen türden değil. Mühür, giriş ya da deneme sertifikası olabilir; program hangisi olduğunu ve nitelikli sayılması için neyin eksik kaldığını yazar.

        Birden çok kartınız varsa öbürünü takın. Tek kartınız buysa kartı veren kuruma sorun.

login-by-signature = Neden e-imza ile giriş yapamıyorum?
    .answer =
        En sık neden sertifikanın kendisidir: SHA-1 ile imzalanmış bir sertifika iptal edilmiş sayılır ve onunla girilemez. Kartınızı takıp bakın; SHA-1 yazıyorsa kimlik numarası, güvenlik sözcüğü ve SMS koduyla girin.

        Sertifikanın süresi dolmuş ya da daha başlamamış olabilir; program tarihi söyler.

        Doğrulama kodu eksik kopyalanmış olabilir: kod 15 rakamdan oluşur ve beş dakika dolmadan kullanılmalıdır. Kod gösteren sayfayı kapatmayın.

new-certificate-made = Benim için yeni bir sertifika hazırlandı mı?
    .answer =
        Bunu yalnızca Kamu SM bilir; karta bakarak anlaşılmaz. Online İşlemler'e güvenlik sözcüğünüzle girin: menüde «Sertifika Yükle» varsa sizin için hazır bir sertifika bekliyordur.

        Yoksa ya hazırlanmamıştır ya da gerekmiyordur. Kartınızda SHA-256 yazıyorsa gerekmiyordur.

not-loaded = Yeni sertifikayı yüklemezsem ne olur?
    .answer =
        Kart bozulmaz, ama SHA-1 ile imzalanmış sertifikayla attığınız imzalar kabul edilmez; e-imza ile giriş de yapılamaz. Yani kartınız pratikte işe yaramaz.

        Yüklemek anahtarınızı, adınızı ve bitiş tarihinizi değiştirmez; yalnızca sertifikanın imzalanma yöntemi yenilenir.

revoke-old = Eski sertifikamı iptal etmeli miyim?
    .answer =
        Hayır, siz bir şey yapmayın. Yenisi yüklenince eskisini Kamu SM kendisi iptal eder.

        İptali yalnızca kartınız kaybolursa ya da çalınırsa siz yaparsınız.

new-until-when = Yeni yüklenen sertifika ne zamana kadar geçerli?
    .answer =
        Eskisiyle aynı güne kadar. Yüklemek süreyi uzatmaz: anahtar, ad ve bitiş tarihi aynı kalır, başlangıç tarihi ve seri numarası değişir.

        Bitiş tarihi, kartınızı taktığınızda sertifikanın yanında yazar. Süre dolmadan yenileme başvurusu yapılır ve yeni bir kart gelir.

no-load-button = Menüde «Sertifika Yükle» göremiyorum.
    .answer =
        Bu seçenek yalnızca sizin için hazırlanmış, henüz yüklenmemiş bir sertifika varsa görünür. Görünmüyorsa bu yoldan yapılacak bir şey yoktur.

        Kartınızda SHA-256 yazıyorsa her şey yolundadır. SHA-1 yazıyorsa ve seçenek yoksa çağrı merkezini arayın ya da kurumunuz üzerinden yenileme başvurusu yapın.

no-valid-certificate-in-system = «Sistemde geçerli sertifikanız bulunamadı» diyor.
    .answer =
        Sayfa, adınıza kayıtlı geçerli bir sertifika bulamadığını söylüyor; kartınızda ya da bilgisayarınızda bir bozukluk olduğunu değil. Bazen geçicidir: biraz sonra yeniden deneyin.

        Sürerse sayfanın ve bu programda kartınızı gösteren pencerenin ekran görüntüsünü alıp çağrı merkezine iletin. Görüntüde PIN'iniz olmasın.

button-still-there = Yeni sertifikayı yükledim, düğme hâlâ duruyor.
    .answer =
        Büyük olasılıkla başka bir kartınız daha var ve onun da yenilenmesi gerekiyor. Öbür kartı takıp bakın; her kart ayrı değerlendirilir.

        Taktığınız kartta SHA-256 yazıyorsa o kartın işi bitmiştir.

forgotten-security-word = Güvenlik sözcüğümü unuttum.
    .answer =
        Online İşlemler giriş sayfasında sözcüğünü unutanlar için bir bağlantı vardır; onu kullanın. Kayıtlı e-posta adresinize, yeni sözcük belirleyeceğiniz bir bağlantı gelir.

        E-posta adresiniz değiştiyse ya da bağlantı gelmiyorsa çağrı merkezini arayın. Güvenlik sözcüğü PIN değildir; kartta yazmaz, karttan öğrenilemez.

wrong-phone-number = Sistemdeki telefon numaram yanlış.
    .answer =
        SMS kodu o numaraya gideceği için girişi tamamlayamazsınız. Numarayı çağrı merkezi düzeltir; kimliğinizi doğrulayacak sorular sorarlar.

        PIN'inizi hiç kimse sormaz; sorana söylemeyin.

what-did-i-sign = Az önce neyi imzaladım, nerede duruyor?
    .answer =
        İmza, imzalanan metinle birlikte onu isteyen sayfaya gider ve orada saklanır; kartta imzalarınızın bir listesi tutulmaz. Bir kopya için imzayı isteyen kuruma başvurun.

        Bu programla karta bakınca imza atılmaz, hiçbir yere bir şey gönderilmez.

practise = Gerçek kartıma dokunmadan alıştırma yapabilir miyim?
    .answer =
        Evet. Alıştırma kartları uydurma kişilerindir; okuyucularıyla birlikte bu bilgisayarın içinde açılırlar. Gerçek kartınıza dokunulmaz.

        Bilgisayarda okuyucu takılı değilken ekranda «Alıştırma kartlarını aç» düğmesi çıkar: okuyucunuzu çıkarın, düğmeye basın. Dönmek için «Alıştırma kartları» sayfasındaki «Gerçek okuyuculara dön»ü seçin.

send-report = Bilgi işleme nasıl bilgi veririm?
    .answer =
        Hatanın altındaki küçük teknik satırı kopyalayıp gönderin; ne olduğunu ve kodunu içerir.

        Daha ayrıntılısı için bir uçbirimde «kartal-cli cards --json» çalıştırıp çıktısını gönderebilirsiniz: okuyucular, kart, sertifikalar ve hatalar yazar. Kimlik numaranız orada kısaltılmıştır, PIN ise hiç yoktur.

        PIN'inizi, PUK'unuzu ve güvenlik sözcüğünüzü kimseye yazmayın; yardım etmek için hiçbiri gerekmez.
