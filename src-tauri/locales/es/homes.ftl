# Dónde viven las llaves de acceso, qué sabe hacer cada lugar y qué pregunta un autenticador.

guide-home-lives = Viven en
guide-home-usable = Permiten entrar
guide-home-verifies = Te reconoce por
guide-home-can = Puede

guide-home-state-ready = Disponible
guide-home-state-untried = Solo desde la línea de órdenes, y probado solo con llaves simuladas
guide-home-state-absent = No está aquí
guide-home-state-later = Todavía no en esta versión
guide-home-state-looking = Buscando…

guide-home-store = Almacén de Rekey
    .is = Un archivo propio de Rekey que solo abre tu frase de contraseña.
    .lives = El archivo Passkeys.kdbx. Se puede copiar y respaldar.
    .usable = En Rekey, y en tu navegador de siempre si KeePassXC 2.7.7 o posterior abre el archivo. En un teléfono, solo después de trasladarlas.
    .verifies = La frase de contraseña del almacén.
    .can = Entrar sin escribir el usuario. Dar al sitio una clave propia con la que cifrar (PRF), guardarle una nota corta («large blob») y no contestar sin ti si el sitio lo pide.
guide-home-tpm = Chip de seguridad de este ordenador
    .is = Claves creadas dentro del chip de seguridad de este ordenador. Nadie puede copiarlas.
    .lives = El chip de seguridad de este ordenador (TPM 2.0). Se acaban con el ordenador, o cuando se borra el chip.
    .usable = En Rekey en este ordenador y en ningún otro sitio: ni en tu navegador de siempre ni en un teléfono.
    .verifies = Un PIN, cada vez. El chip cuenta los fallos y se bloquea solo. En la mayoría de los ordenadores con Linux, quien puede usar el chip también puede anular ese bloqueo; ahí Rekey pide un PIN más largo.
    .can = Entrar sin escribir el usuario. Sin huella dactilar y sin claves con las que cifre el sitio.
    .untried = Probado solo con un TPM por software, aún nunca con un chip de verdad.
guide-home-security-key = Llave de seguridad
    .is = Un pequeño aparato USB o NFC que se toca.
    .lives = La propia llave. Se pierden con ella, así que conviene tener otra.
    .usable = Donde esté la llave: en tu navegador de siempre, en otros ordenadores y en los teléfonos que sepan leerla.
    .verifies = El PIN o la huella de la propia llave, y un toque.
    .can = Entrar sin escribir el usuario, en tantas cuentas como quepan en la llave. Lo demás depende de la llave.
    .untried = Probado con una llave por software en un lector virtual, aún nunca con una llave que se pueda comprar.
guide-home-windows-hello = Windows Hello
    .is = El propio Windows: tu cara, tu huella o tu PIN.
    .lives = Windows, en este ordenador.
    .usable = En todos los navegadores de este ordenador y en ningún otro sitio.
    .verifies = Lo que hayas configurado en Windows: cara, huella o PIN.
    .can = Entrar sin escribir el usuario. Lo demás depende de la versión de Windows.
    .untried = Sus llamadas se han probado solo con un sustituto, aún nunca en Windows.
guide-home-icloud-keychain = Llavero de iCloud
    .is = El llavero de Apple.
    .lives = Tu llavero de iCloud.
    .usable = En todos tus dispositivos de Apple.
    .verifies = Touch ID o la contraseña del ordenador.
    .untried = Rekey se lo pide al navegador, y aún nunca se ha probado en un Mac.
guide-home-browser-profile = Perfil del navegador
    .is = Las llaves de acceso de un navegador instalado.
    .lives = El perfil del navegador que usa Rekey. Se pierden con él, salvo que las guarde la cuenta del navegador.
    .usable = En ese perfil y adonde las lleve la cuenta del navegador.
    .verifies = Lo que pida el navegador.
    .untried = Probado solo con autenticadores simulados.
guide-home-phone = Teléfono
    .is = Un teléfono cercano, con un código QR.
    .lives = El teléfono, y adonde las sincronice su fabricante.
    .usable = En el teléfono y, con su cámara, en otros ordenadores.
guide-home-own-manager = Gestor de contraseñas
    .is = El gestor que usas en tu propio navegador.
    .lives = Ese gestor.
    .usable = Donde lo uses.

guide-store-copy = El { $time } se hizo y se probó una copia: { $path }
guide-store-old-copy = La última copia se probó el { $time } y el almacén ha cambiado después: haz otra. { $path }
guide-store-no-copy = No se conoce ninguna copia en otro lugar. Si se pierde el disco, se pierden todas las llaves de acceso que hay en él.
guide-store-backup = Hacer una copia
guide-store-backup-detail = Copia el almacén a una carpeta, por ejemplo en una memoria USB, y comprueba que la copia se abre.
guide-store-sheet = Hoja de recuperación
guide-store-sheet-detail = Una página para imprimir: dónde está el archivo, qué lo abre y qué hacer si se pierde. No contiene ningún secreto.
guide-store-move = Trasladar llaves de acceso
guide-store-move-detail = Las escribe todas en un archivo para Bitwarden, cifrado con age. Otros formatos y cuentas sueltas: rekey passkeys export --help
guide-store-passphrase = Cambiar la frase de contraseña
guide-store-passphrase-detail = Las copias y las versiones anteriores conservan la frase de su momento.
guide-store-lost-passphrase = He perdido la frase de contraseña
guide-store-lost-detail = Dice a qué cuentas afecta y cómo se entra en cada una.
guide-store-lost-file = He perdido el archivo
guide-store-lost-file-detail = Dice qué copias quedan, a qué cuentas afecta y cómo se entra en cada una.

# Lo que espera un autenticador.
guide-device-insert = Conecta tu llave de seguridad o acércala al lector
    .detail = Rekey sigue en cuanto esté ahí.
guide-device-touch-to-choose = Toca la llave de seguridad que quieras usar
    .detail = Hay varias; todas parpadean.
guide-device-touch = Toca tu llave de seguridad
    .detail = Parpadea hasta que la toques.
guide-device-verify = Muéstrale a la llave de seguridad quién eres
    .detail = Con el dedo en su sensor, o como ella te lo pida.
guide-device-verify-windows-hello = Windows pregunta quién eres
    .detail = Responde en la ventana que ha abierto Windows.
guide-device-verify-tpm = El ordenador pregunta quién eres
    .detail = Pon el dedo en su sensor.
guide-device-working = La llave de seguridad está trabajando
guide-device-working-tpm = El chip de seguridad de este ordenador está trabajando
guide-device-working-windows-hello = Windows está trabajando

guide-pin = Escribe el PIN de tu llave de seguridad
    .detail = Lo comprueba la propia llave. Rekey se lo entrega y lo olvida.
guide-pin-tpm = Escribe el PIN del chip de seguridad de este ordenador
    .detail = Lo comprueba el propio chip. Rekey se lo entrega y lo olvida.
guide-pin-tries = { $left ->
    [one] Queda un intento. Si también falla, la llave se bloquea para siempre: solo la abre un restablecimiento, que borra todas sus llaves de acceso.
   *[other] Quedan { $left } intentos. Después la llave se bloquea para siempre.
}
guide-pin-tries-tpm = { $left ->
    [one] Queda un intento. Si también falla, el chip se bloquea durante un tiempo.
   *[other] Quedan { $left } intentos antes de que el chip se bloquee durante un tiempo.
}
guide-new-pin = Elige un PIN para tu llave de seguridad
    .detail = El sitio quiere saber que eres tú, y tu llave aún no tiene PIN. A partir de ahora pedirá este.
    .warning = Quien lo olvida tiene que restablecer la llave, y eso borra todas sus llaves de acceso.
guide-new-pin-tpm = Elige un PIN para el chip de seguridad de este ordenador
    .detail = Protege todas las llaves de acceso que Rekey crea ahí. El chip se bloquea tras varios fallos. Si quien puede usar el chip también puede anular ese bloqueo, como en la mayoría de los ordenadores con Linux, el PIN necesita al menos ocho caracteres que no sean todos cifras: es lo que te protege si roban este ordenador y su disco no está cifrado.
    .warning = No se puede recuperar. Sin él se pierden las llaves de acceso del chip.

error-pin-wrong = Ese PIN no es correcto.
error-pin-refused = El autenticador no acepta ese PIN.
    .next = Elige otro, más largo y menos fácil de adivinar.
error-pin-too-short = El PIN es demasiado corto.
    .next = Necesita al menos { $limit } caracteres.
error-pin-too-long = El PIN es demasiado largo.
    .next = Puede ocupar { $limit } bytes; una letra sin tilde o una cifra ocupa uno.
