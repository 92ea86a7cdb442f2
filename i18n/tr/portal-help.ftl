# Hizmetin yardım sayfası.
# The help page of the service.

help-title = Yardım
help-lead = En çok sorulanlar. Aradığınızı burada bulamazsanız çağrı merkezine ya da kurumunuzun bilgi işlemine sorun.
help-blocked = Kartım kilitlendi
    .text = PIN üç kez yanlış girilince kart kilitlenir. Kart bozulmaz, içindekiler de silinmez; kilidi Kartal uygulaması bu hizmetle birlikte açar. PUK denemeyin: üç yanlış PUK'tan sonra kart bir daha açılamaz.
help-pin = Yeni kartımın PIN'i nerede?
    .text = Postayla gelmez. Giriş yapınca PIN/PUK Bilgisi sayfasında görürsünüz. Kartınızdan ayrı, güvenli bir yere not alın, sonra oradan silin.
help-word = Güvenlik sözcüğümü hatırlamıyorum
    .text = Kayıtlı e-posta adresinize bir bağlantı göndeririz; yenisini onunla belirlersiniz. Kartınız yanınızdaysa sözcük olmadan, e-imza ile de girebilirsiniz.
help-sms = SMS kodu gelmiyor
    .text = Sayfadaki numaranın son haneleri sizin telefonunuzun mu, bakın. Bir dakika sonra yeni bir kod isteyebilirsiniz; yalnız son gelen kod geçerlidir. Numara artık sizin değilse çağrı merkezini arayın.
help-load = Sertifika Yükle düğmesi neden yok?
    .text = Düğmeyi yalnız, SHA-1 sertifikası olup yenisi hazırlanan kişiler görür. Sertifikalarım sayfasında imza özeti SHA-256 yazıyorsa yapmanız gereken bir şey yok.
help-application = Kartal uygulaması açılmıyor
    .text = Uygulama bilgisayarınızda kurulu olmalı; değilse kurumunuzun bilgi işlemine sorun. Kuruluysa uygulamayı kendiniz açın, doğrulama kodunu kopyalayıp İmzala sayfasına yapıştırın: bağlantının yaptığı da budur.
help-code = Uygulama doğrulama kodunu kabul etmiyor
    .text = Kod 15 hanelidir ve yalnız sayfada yazan süre boyunca geçerlidir; yazmak yerine kopyalayıp yapıştırın. Süresi dolduysa sayfadan yeni bir kod alın. Uygulamadaki kontrol kodu sayfadakinden farklıysa imzalamayın.
help-apply = Başvurum ne durumda?
    .text = Başvurularım sayfasında her başvurunun durumu ve sizden bir şey beklenip beklenmediği yazar. Yarım kalan form kaldığı yerden sürer.
help-lost = Kartım kayboldu ya da çalındı
    .text = Sertifikanızı hemen iptal edin; o andan sonra kimse onunla imza atamaz. Sonra Başvurularım sayfasından yeni bir kart isteyin.
help-moved = Adresim ya da telefonum değişti
    .text = Bilgilerim sayfasında düzeltin. Eski telefonunuza SMS alamıyorsanız e-imza ile girin. Yeni kartınız orada yazan kurum adresine gönderilir.
