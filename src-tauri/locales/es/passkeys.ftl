# Llaves de acceso escritas para otros programas y traídas de ellos.

passkeys-format-cxf = cualquier programa que lea el formato de intercambio de FIDO
passkeys-format-bitwarden = Bitwarden
passkeys-format-keepassxc = KeePassXC

fact-passkey-copied = Llave de acceso escrita para otro programa ({ $to })

passkeys-none = No hay ninguna llave de acceso en el almacén.
passkeys-column-usable-in = Se puede usar en
passkeys-unreadable =
    { $count ->
        [one] Una entrada tiene una llave de acceso que Rekey no puede usar:
       *[other] { $count } entradas tienen una llave de acceso que Rekey no puede usar:
    }
passkeys-exported =
    { $count ->
        [one] Una llave de acceso está escrita para: { $to }.
       *[other] { $count } llaves de acceso están escritas para: { $to }.
    }
passkeys-left-key-kind = no se ha escrito: el programa no conoce claves de este tipo (Ed25519).
passkeys-left-bound = no se ha escrito: al sitio se le dijo que esta llave de acceso no se puede copiar. Añade otra allí.
passkeys-lost-prf = escrita sin sus secretos para cifrar: lo que el sitio cifró con esta llave de acceso solo se abre con el almacén de Rekey.
passkeys-lost-blob = escrita sin lo que el sitio guarda junto a ella.
passkeys-next-cxf = Importa el archivo en tu gestor de contraseñas, donde ofrezca importar del formato de intercambio de FIDO (CXF).
passkeys-next-bitwarden = Importa el archivo en Bitwarden: Herramientas, Importar datos, formato «Bitwarden (json)».
passkeys-next-keepassxc = Importa cada archivo en KeePassXC 2.7.7 o posterior: Base de datos, Importar llave de acceso.
passkeys-decrypt = Descífralo antes, por ejemplo con: age --decrypt -o CLARO ARCHIVO. Borra el archivo descifrado cuando esté importado.
passkeys-stay = Las llaves de acceso también siguen en el almacén. Inicia sesión una vez con el otro programa antes de confiar en él.
passkeys-plain-text = Quien consiga este archivo puede iniciar sesión en estas cuentas. Impórtalo donde corresponde y después bórralo, también de la papelera; «rekey passkeys delete ARCHIVO» lo hace después de preguntarte.
passkeys-plain-text-taken = Quien consiga { $file } puede iniciar sesión en estas cuentas. Bórralo cuando termines, también de la papelera; «rekey passkeys delete» lo hace después de preguntarte.
passkeys-nothing-new = No se ha añadido ninguna llave de acceso.
passkeys-added =
    { $count ->
        [one] Una llave de acceso está ahora en el almacén:
       *[other] { $count } llaves de acceso están ahora en el almacén:
    }
passkeys-known =
    { $count ->
        [one] Una ya estaba en el almacén:
       *[other] { $count } ya estaban en el almacén:
    }
passkeys-completed =
    { $count ->
        [one] Una ya estaba en el almacén y ahora tiene sus secretos para cifrar:
       *[other] { $count } ya estaban en el almacén y ahora tienen sus secretos para cifrar:
    }
passkeys-differing =
    { $count ->
        [one] Una está en el almacén en otra versión, que se queda como está. Conserva el archivo:
       *[other] { $count } están en el almacén en otras versiones, que se quedan como están. Conserva el archivo:
    }
passkeys-problems =
    { $count ->
        [one] Una cosa no se ha podido traer:
       *[other] { $count } cosas no se han podido traer:
    }
passkeys-problem-unreadable = No está escrita como debería.
passkeys-problem-credential-id = Su identificador falta o no lo es.
passkeys-problem-rp-id = No dice a qué sitio pertenece.
passkeys-problem-user-handle = No dice para qué cuenta es. Una así solo responde a un nombre de usuario, cosa que el almacén de Rekey no hace; añade una nueva en el sitio.
passkeys-problem-key-damaged = Su clave privada está dañada.
passkeys-problem-key-rsa = Su clave privada es de RSA, con la que el almacén de Rekey no puede firmar. Añade una llave de acceso nueva en el sitio.
passkeys-problem-key-curve = Su clave privada está en una curva con la que el almacén de Rekey no puede firmar. Añade una llave de acceso nueva en el sitio.
passkeys-problem-key-other = Su clave privada es de un tipo con el que el almacén de Rekey no puede firmar. Añade una llave de acceso nueva en el sitio.
passkeys-problem-counter = Cuenta sus firmas. El sitio podría tomar una copia por una falsificación; añade allí una llave de acceso nueva.
passkeys-problem-twice = Está dos veces en el archivo.
passkeys-problem-without-prf = Se ha traído sin sus secretos para cifrar, que no se pueden leer: lo que el sitio cifró con esta llave de acceso solo se abre donde estaba.
passkeys-problem-without-blob = Se ha traído sin lo que el sitio guarda junto a ella.

ask-age-passphrase = Frase de contraseña del archivo cifrado:{" "}

error-passkeys-unknown = { $path } no es un archivo de llaves de acceso que Rekey conozca.
    .safe = No se ha cambiado nada.
    .next = Rekey lee el formato de intercambio de FIDO (CXF), la exportación JSON de Bitwarden y los archivos .passkey de KeePassXC, también cifrados con age.
    .window = Rekey lee el formato de intercambio de FIDO (CXF), la exportación JSON de Bitwarden y los archivos .passkey de KeePassXC, también cifrados con age.
error-passkeys-too-large = { $path } es más grande, o contiene más llaves de acceso, de lo que Rekey lee.
    .safe = No se ha cambiado nada.
    .next = Exporta menos llaves de acceso a la vez.
    .window = Exporta menos llaves de acceso a la vez.
error-passkeys-damaged = { $path } está cortado o fue alterado.
    .safe = No se ha cambiado nada.
    .next = Expórtalo otra vez en el programa de donde vino.
    .window = Expórtalo otra vez en el programa de donde vino.
error-passkeys-locked = { $path } está cifrado con age y falta lo que lo abre.
    .safe = No se ha cambiado nada.
    .next = Indica el archivo con tu clave: --age-identity ARCHIVO; o el de la frase de contraseña: --age-password-file ARCHIVO.
    .window = Elige el archivo con tu clave o escribe la frase de contraseña.
error-passkeys-wrong-key = La frase de contraseña o la clave no abre { $path }.
    .safe = No se ha cambiado nada.
    .next = Prueba otra vez con la que se usó para cifrarlo.
    .window = Prueba otra vez con la que se usó para cifrarlo.
error-passkeys-too-costly = { $path } pide más trabajo del que Rekey hace para comprobar una frase de contraseña.
    .safe = No se ha cambiado nada.
    .next = Si confías en él, descífralo con el propio age e importa el resultado.
    .window = Si confías en él, descífralo con el propio age e importa el resultado.
error-passkeys-for-another = { $path } está cifrado con los medios del programa de donde vino.
    .safe = No se ha cambiado nada.
    .next = Expórtalo allí otra vez, sin cifrar; borra el archivo después.
    .window = Expórtalo allí otra vez, sin cifrar; borra el archivo después.
error-age-identity = No hay ninguna clave privada de age en el archivo indicado para { $path }.
    .safe = No se ha cambiado nada.
    .next = Indica el archivo que escribió age-keygen; su clave empieza por AGE-SECRET-KEY-1.
    .window = Elige el archivo que escribió age-keygen; su clave empieza por AGE-SECRET-KEY-1.
error-passkeys-failed = No se ha podido escribir { $path }.
    .safe = No se ha escrito nada.
    .next = Da la misma orden otra vez. Si sigue fallando, comunícalo con la salida de -v.
    .window = Inténtalo otra vez. Si sigue fallando, comunícalo.
error-age-recipient = Uno de los destinatarios no es una clave pública de age.
    .safe = No se ha escrito nada.
    .next = Da la clave que mostró age-keygen; empieza por age1.
error-passkeys-unrecorded = Las llaves de acceso se han escrito en { $path }, pero no se ha podido anotar en el registro.
    .safe = El almacén y el registro están como estaban. Lo escrito está completo y se queda donde está.
    .next = Úsalo si lo necesitas. Si no, bórralo, también de la papelera, y repite la orden: si no está cifrado, quien lo consiga puede iniciar sesión.
    .window = Úsalo si lo necesitas. Si no, bórralo, también de la papelera, e inténtalo de nuevo: si no está cifrado, quien lo consiga puede iniciar sesión.
error-passkeys-not-held = { $path } no se ha borrado: no todo lo que contiene está en el almacén.
    .safe = No se ha cambiado nada.
    .next = Impórtalo antes. Lo que Rekey no puede traer, o las contraseñas junto a las llaves de acceso, debe guardarse en otro sitio; borra entonces el archivo tú.
    .window = Impórtalo antes. Lo que Rekey no puede traer, o las contraseñas junto a las llaves de acceso, debe guardarse en otro sitio; borra entonces el archivo tú.

help-passkeys = Mostrar las llaves de acceso del almacén, escribirlas para otros programas y traer las de otros.
help-passkeys-list = Mostrar las llaves de acceso del almacén.
help-passkeys-export = Escribir llaves de acceso para otro programa. Siguen en el almacén.
help-passkeys-import = Traer al almacén las llaves de acceso del archivo de otro programa. El archivo solo se lee.
help-passkeys-delete = Borrar un archivo de llaves de acceso, cuando todo lo que contiene está en el almacén.
help-passkeys-export-to = Para qué programa: cxf para cualquiera que lea el formato de intercambio de FIDO
help-passkeys-export-account = La cuenta: usuario@sitio, un sitio o un identificador de «rekey passkeys list»; puede repetirse
help-passkeys-export-all = Todas las llaves de acceso del almacén
help-passkeys-export-out = El archivo que se escribe, que no debe existir; para varios archivos de KeePassXC, una carpeta nueva
help-passkeys-export-age = Cifrar con age, con una frase de contraseña
help-passkeys-export-age-recipient = Cifrar con age para quien tenga esta clave pública (age1…); puede repetirse
help-passkeys-export-plain = No cifrar: quien consiga el archivo puede iniciar sesión
help-passkeys-import-file = El archivo: CXF, JSON de Bitwarden o .passkey de KeePassXC, también cifrado con age
help-passkeys-delete-file = El archivo
help-arg-age-password-file = Leer la frase de contraseña del archivo cifrado de este archivo
help-arg-age-identity = El archivo con tu clave privada de age
