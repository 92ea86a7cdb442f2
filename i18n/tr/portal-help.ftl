# Hizmetin yardım sayfası.
# The help page of the service.

help-title = Yardım
help-lead = En çok sorulanlar. Aradığınızı burada bulamazsanız çağrı merkezine ya da kurumunuzun bilgi işlemine sorun.
help-blocked = Kartım kilitlendi
    .text = PIN üç kez yanlış girilince kart kilitlenir; bozulmaz, içindekiler silinmez. Kilit Çözme sayfasındaki adımlarla açıp yeni PIN'inizi kendiniz belirlersiniz; sayfada "çevrim içi açılamaz" yazıyorsa çağrı merkezini arayın. PUK denemeyin: üç yanlış PUK'tan sonra kart bir daha açılamaz.
help-pin = Yeni kartımın PIN'i nerede?
    .text = Postayla gelmez. Güvenlik sözcüğünüzle ya da e-imza ile girip PIN/PUK Bilgisi sayfasında PIN'i göster düğmesine basın. Kartınızdan ayrı, güvenli bir yere not alın; sonra PIN'i sayfadan silin. Sildiniz ve unuttuysanız Kilit Çözme'ye bakın.
help-word = Güvenlik sözcüğümü hatırlamıyorum
    .text = Kayıtlı e-posta adresinize bir saat geçerli bir bağlantı göndeririz; yeni sözcüğünüzü onunla belirlersiniz. Adresiniz değiştiyse çağrı merkezini arayın. Kartınız yanınızdaysa e-imza ile de girebilirsiniz (SHA-1 sertifikayla olmaz).
help-sms = SMS kodu gelmiyor
    .text = Sayfada numaranın son iki hanesi görünür; telefonunuza uyuyor mu, bakın. Süre dolunca Yeni kod gönder düğmesine basın; yalnız en son gönderilen kod geçerlidir. Numara eskiyse e-imza ile girip Bilgilerim'de düzeltin ya da çağrı merkezini arayın; başvurudaysanız formda düzeltin.
help-load = Sertifika Yükle düğmesi neden yok?
    .text = Bu düğmeyi yalnızca SHA-1 sertifikasının yerine yenisi hazırlanmış olanlar görür. Sertifikalarım'da imza özeti SHA-256 ise yapacağınız bir şey yok. SHA-1 yazıyor ama menüde düğme yoksa çağrı merkezini arayın.
help-application = Kartal uygulaması açılmıyor
    .text = Uygulama bilgisayarınızda kurulu olmalı; değilse kurumunuzun bilgi işlemine sorun. Kuruluysa kendiniz açın. İmza için Kodu kopyala düğmesine basıp kodu uygulamada İmzala sayfasına yapıştırın; öteki işlemler için bu hizmetin sayfasındaki adımları izleyin.
help-code = Uygulama doğrulama kodunu kabul etmiyor
    .text = Doğrulama kodu 15 hanelidir; 6 haneli SMS kodu değildir. Kodu kopyala düğmesini kullanın. Kod, sayfada yazan saate kadar ve bir kez geçer; süresi dolduysa ya da kullanıldıysa geri dönüp yenisini alın. Kontrol kodu sayfadakinden farklıysa imzalamayın.
help-apply = Başvurum ne durumda?
    .text = Başvurularım sayfasında her başvurunun durumu yazar. Sizden bir şey bekleniyorsa Devam et düğmesiyle sürdürün. Göndermeden kapattığınız form saklanmaz; yeniden doldurmanız gerekir.
help-lost = Kartım kayboldu ya da çalındı
    .text = Güvenlik sözcüğünüz ve SMS koduyla girin, Sertifikalarım'da o karttaki her sertifikayı iptal edin; sonrasında atılan imzalar geçersizdir. Sonra Başvurularım'dan yeni kart isteyin. "Kayıp ya da çalıntı" seçilirse, başvuru alınınca öteki kartlarınızdaki sertifikalar da iptal edilir; yalnız başvuruyu imzaladığınız kart kalır. Giremiyorsanız hemen çağrı merkezini arayın.
help-moved = İş adresim ya da telefonum değişti
    .text = Bilgilerim sayfasında düzeltin. Eski telefonunuza SMS alamıyorsanız e-imza ile girin; giremiyorsanız çağrı merkezini arayın. Yeni kart, başvuru formundaki kurum adresine gider; Bilgilerim'deki değişiklik verilmiş başvuruyu değiştirmez.
