# Lo que ha fallado. Cada mensaje tiene tres partes: qué ha pasado, qué está a salvo (.safe) y qué hacer ahora (.next).
# En la ventana, donde no hay línea de órdenes, .window sustituye a .next.

reason =
    { $reason ->
        [missing] no existe
        [forbidden] no tienes permiso para abrirlo
        [exists] ya hay otra cosa en su lugar
        [folder] es una carpeta
        [file] una parte de la ruta es un archivo
        [full] el disco está lleno
        [read-only] el disco es de solo lectura
        [large] es demasiado grande
       *[other] el sistema lo ha rechazado
    }

error-profile-unknown = Este ordenador no indica ninguna carpeta para tus datos.
    .safe = No se ha escrito nada.
    .next = Indica una carpeta con --profile DIR.
    .window = Indica una carpeta personal para tu usuario y vuelve a abrir Rekey.
error-profile-unusable = No se puede usar la carpeta del perfil { $path }: { reason }.
    .safe = No se ha cambiado nada.
    .next = Elige otra carpeta con --profile DIR o corrige sus permisos.
    .window = Corrige los permisos de la carpeta y vuelve a abrir Rekey.
error-file-unreadable = No se puede leer { $path }: { reason }.
    .safe = No se ha cambiado nada.
    .next = Comprueba la ruta y que tengas permiso para leer el archivo.
error-file-unwritable = No se puede escribir { $path }: { reason }.
    .safe = Tu bóveda y el registro siguen como estaban.
    .next = Elige otro lugar para el archivo.

error-vault-unknown-format = Este archivo no es una bóveda que Rekey sepa leer.
    .safe = El archivo solo se ha leído. No se ha cambiado nada.
    .next = Usa un archivo de KeePass (.kdbx) o la exportación JSON sin cifrar de Bitwarden.
error-vault-other-format = Este archivo no tiene el formato { $asked }.
    .safe = El archivo solo se ha leído. No se ha cambiado nada.
    .next = Quita --format y Rekey lo averiguará.
error-vault-needs-key = La bóveda está cerrada.
    .safe = El archivo solo se ha leído. No se ha cambiado nada.
    .next = Indica su contraseña, o su archivo de clave con --key-file.
    .window = Escribe su contraseña o elige su archivo de clave.
error-vault-wrong-key = La contraseña o el archivo de clave no son correctos.
    .safe = El archivo solo se ha leído. No se ha cambiado nada.
    .next = Inténtalo de nuevo. Si la bóveda tiene un archivo de clave, indícalo con --key-file.
    .window = Inténtalo de nuevo. Si la bóveda tiene un archivo de clave, elígelo.
error-vault-key-file-invalid = El archivo de clave está dañado.
    .safe = No se ha tocado la bóveda.
    .next = Usa tu copia del archivo de clave.
error-vault-damaged = La bóveda está dañada ({ $part }).
    .safe = El archivo solo se ha leído. No se ha cambiado nada.
    .next = Usa una copia de seguridad, o ábrela en tu gestor de contraseñas y guárdala de nuevo.
error-vault-too-costly = Abrir esta bóveda exigiría mucha más memoria o tiempo de lo que pide cualquier gestor de contraseñas.
    .safe = El archivo no se ha abierto. No se ha cambiado nada.
    .next = Si el archivo es tuyo, reduce sus ajustes de clave en tu gestor de contraseñas y guárdalo de nuevo.
error-vault-unsupported = Esta bóveda usa algo que Rekey no sabe leer: { $what }.
    .safe = El archivo solo se ha leído. No se ha cambiado nada.
    .next = Guárdala como KDBX 4 en tu gestor de contraseñas.
error-vault-encrypted-export = Esta exportación está cifrada para la cuenta de la que procede.
    .safe = El archivo solo se ha leído. No se ha cambiado nada.
    .next = Expórtala de nuevo con una contraseña propia o sin cifrar, y borra ese archivo cuando Rekey haya terminado.
error-vault-needs-mapping = Este archivo es una tabla y Rekey no conoce sus columnas.
    .safe = El archivo solo se ha leído. No se ha cambiado nada.
    .next = Di qué son las columnas con --columns, por ejemplo --columns title,url,user_name,password.
    .window = Di qué es cada columna.

error-ledger-unusable = No se puede usar el archivo del registro: { reason }.
    .safe = No se ha cambiado nada.
    .next = Corrige los permisos de la carpeta del perfil o elige otra con --profile DIR.
    .window = Corrige los permisos de la carpeta del perfil.
error-ledger-damaged = El registro está dañado.
    .safe = No se han tocado tu bóveda, tus llaves de acceso ni el propio archivo.
    .next = Recupera una copia de ledger.sqlite3, o apártalo e importa de nuevo tu bóveda.
error-ledger-foreign = El archivo ledger.sqlite3 pertenece a otro programa.
    .safe = No se ha tocado el archivo.
    .next = Elige otra carpeta con --profile DIR.
    .window = Aparta ese archivo e inténtalo de nuevo.
error-ledger-newer = Una versión más nueva de Rekey ha usado este registro (forma { $found }; esta versión conoce la { $known }).
    .safe = No se ha tocado el registro.
    .next = Usa la versión más nueva de Rekey.
error-ledger-busy = Otra ejecución de Rekey está usando el registro.
    .safe = No se ha cambiado nada.
    .next = Espera a que termine e inténtalo de nuevo.
error-ledger-unwritable = No se puede escribir el registro: el disco está lleno o es de solo lectura.
    .safe = Se conserva todo lo escrito antes.
    .next = Haz sitio y repite la misma orden.
    .window = Haz sitio e inténtalo de nuevo.
error-ledger-failed = El registro ha fallado de forma inesperada.
    .safe = Se conserva todo lo escrito antes.
    .next = Repite la misma orden. Si sigue fallando, comunícalo junto con la salida de -v.
    .window = Inténtalo de nuevo. Si sigue fallando, comunícalo.

error-store-exists = Ya hay un archivo en el lugar del almacén.
    .safe = No se ha tocado ese archivo.
    .next = Indica otro archivo con --store.
    .window = Inténtalo de nuevo: Rekey pedirá su frase de contraseña.
error-store-missing = El almacén no está ahí.
    .safe = No se ha cambiado nada.
    .next = Indica el archivo correcto con --store.
    .window = Recupera el archivo. Sin él se pierden sus llaves de acceso; tus contraseñas siguen funcionando.
error-store-wrong-passphrase = La frase de contraseña del almacén no es correcta.
    .safe = No se ha cambiado el almacén ni se ha hecho nada en ningún sitio.
    .next = Inténtalo de nuevo con la frase que elegiste al crear el almacén.
error-store-damaged = El almacén está dañado ({ $part }).
    .safe = No se ha cambiado el archivo.
    .next = Recupera una copia. Tus contraseñas siguen funcionando como antes.
error-store-foreign = Este archivo de KeePass no es un almacén de Rekey.
    .safe = No se ha cambiado el archivo: Rekey nunca escribe en una bóveda tuya.
    .next = Indica otro archivo con --store; si no existe, se crea un almacén nuevo.
    .window = Aparta ese archivo; donde no hay almacén se crea uno nuevo.
error-store-unreadable = El almacén contiene una llave de acceso que Rekey no sabe leer.
    .safe = No se ha escrito nada, para no perder nada de lo que contiene.
    .next = Mira el archivo en KeePassXC o indica otro almacén con --store.
    .window = Mira el archivo en KeePassXC.
error-store-locked = Otra ejecución de Rekey tiene abierto el almacén.
    .safe = No se ha cambiado nada.
    .next = Espera a que termine e inténtalo de nuevo.
error-store-changed = Otro programa ha cambiado el almacén mientras tanto.
    .safe = No se ha escrito nada encima de ese cambio.
    .next = Cierra el otro programa y repite la misma orden.
    .window = Cierra el otro programa e inténtalo de nuevo.
error-store-failed = No se ha podido escribir fielmente el almacén.
    .safe = El almacén se conserva como estaba antes.
    .next = Repite la misma orden. Si sigue fallando, comunícalo junto con la salida de -v.
    .window = Inténtalo de nuevo. Si sigue fallando, comunícalo.
error-store-unusable = No se puede usar el archivo del almacén: { reason }.
    .safe = El almacén se conserva como estaba antes.
    .next = Comprueba los permisos de la carpeta y el espacio del disco, o indica otro archivo con --store.
    .window = Comprueba los permisos de la carpeta y el espacio del disco.

error-browser-missing = No se ha encontrado ningún navegador que Rekey pueda usar.
    .safe = No se ha hecho nada en ningún sitio.
    .next = Instala Chrome, Chromium, Edge o Brave. «rekey doctor» muestra dónde busca Rekey.
    .window = Instala Chrome, Chromium, Edge o Brave e inténtalo de nuevo.
error-browser-sandbox = El aislamiento del navegador no puede iniciarse aquí (como root, nunca puede).
    .safe = No se ha hecho nada en ningún sitio.
    .next = Ejecuta Rekey como usuario corriente. En un contenedor tuyo puedes usar --no-browser-sandbox.
    .window = Usa Rekey como usuario normal.
error-browser-start = No se ha podido iniciar el navegador: { reason }.
    .safe = No se ha hecho nada en ningún sitio.
    .next = Si no hay pantalla, usa --browser own-headless. «rekey doctor» muestra los navegadores encontrados.
    .window = Comprueba que el navegador se abre por sí solo e inténtalo de nuevo.
error-browser-gone = El navegador se ha cerrado de forma inesperada.
    .safe = El registro conoce cada paso dado.
    .next = Repite la misma orden: continúa donde se quedó.
    .window = Continúa: sigue donde se quedó.
error-browser-profile-in-use = Otra ejecución de Rekey está usando el perfil del navegador.
    .safe = No se ha hecho nada en ningún sitio.
    .next = Espera a que termine o indica otra carpeta de perfil con --profile DIR.
    .window = Espera a que termine e inténtalo de nuevo.
error-browser-unsupported = Rekey todavía no puede manejar un navegador en este sistema.
    .safe = No se ha hecho nada en ningún sitio.
    .next = Ejecuta Rekey en Linux o macOS. Leer bóvedas y el registro también funciona aquí.
error-browser-timed-out = El navegador no ha respondido a tiempo.
    .safe = El registro conoce cada paso dado.
    .next = Cierra los programas que ocupan el ordenador y repite la misma orden.
    .window = Cierra los programas que ocupan el ordenador e inténtalo de nuevo.
error-browser-failed = El navegador no ha hecho lo que se le pidió.
    .safe = El registro conoce cada paso dado.
    .next = Repite la misma orden. Si sigue fallando, comunícalo junto con la salida de -v.
    .window = Inténtalo de nuevo. Si sigue fallando, comunícalo.
error-browser-no-display = No hay ninguna pantalla en la que abrir una ventana.
    .safe = No se hizo nada en ningún sitio.
    .next = Usa Rekey donde se puedan abrir ventanas, o --browser own-headless.
    .window = Abre Rekey donde se puedan mostrar ventanas.
error-browser-embedded = Aquí no se pueden mostrar sitios en una ventana propia de Rekey.
    .safe = No se ha hecho nada en ningún sitio.
    .next = En Linux, pon rekey-desktop junto a rekey. En otros sistemas usa --browser own o --browser own-headless.
    .window = Elige el navegador instalado.
error-browser-by-hand = Esta versión todavía no puede guiarte por tu propio navegador.
    .safe = No se ha hecho nada en ningún sitio.
    .next = Usa --browser own: una ventana del navegador que abre Rekey y que tú puedes usar.
    .window = Elige el navegador instalado.

error-account-unknown = El registro no tiene ninguna cuenta «{ $name }».
    .safe = No se ha cambiado nada.
    .next = Consulta los nombres con «rekey accounts». Si no está, importa primero la bóveda.
    .window = Trae la bóveda que la contiene.
error-account-ambiguous = «{ $name }» puede ser varias cuentas: { $accounts }.
    .safe = No se ha cambiado nada.
    .next = Indica uno de esos nombres o el identificador de la cuenta.
error-site-unreadable = «{ $text }» no es el nombre de un sitio.
    .safe = No se ha cambiado nada.
    .next = Escríbelo como example.com.

error-secret-needed = Hace falta una contraseña o la frase del almacén y no hay un terminal donde pedirla.
    .safe = No se ha cambiado nada.
    .next = Indícala con { $option }.
error-passphrases-differ = Las dos frases de contraseña no coinciden.
    .safe = No se ha cambiado nada; no se ha creado ningún almacén.
    .next = Inténtalo de nuevo.
error-passphrase-empty = La frase de contraseña está vacía.
    .safe = No se ha cambiado nada; no se ha creado ningún almacén.
    .next = Elige una frase que solo tú conozcas: protege tus llaves de acceso.
error-usage = No se puede ejecutar la línea de órdenes: { $said }
    .safe = No se ha cambiado nada.
    .next = Consulta «rekey --help», o --help después de una orden.
error-assist-needs-window = Con --assist { $level } actúas tú en la página, y --browser own-headless no tiene ventana.
    .safe = No se ha hecho nada en ningún sitio.
    .next = Usa --browser own, o --assist auto.
error-address-for-several = --sign-in y --passkeys son direcciones de una sola cuenta, y aquí hay { $accounts }.
    .safe = No se ha hecho nada en ningún sitio.
    .next = Indica una sola cuenta o quita las direcciones.
error-store-is-vault = El almacén y la bóveda son el mismo archivo.
    .safe = No se ha tocado el archivo: Rekey nunca escribe en una bóveda tuya.
    .next = Indica otro archivo con --store.
    .window = Trae otra bóveda: este archivo es el almacén de tus llaves de acceso.
error-home-unavailable = No se pueden guardar llaves de acceso ahí: { $name }.
    .safe = No se ha hecho nada en ningún sitio.
    .next = Consulta con «rekey doctor» los lugares que sirven aquí. «store» sirve en todas partes.

error-not-now = Eso no es posible en este momento.
    .safe = No se ha cambiado nada.
    .next = Termina antes lo que muestra la ventana.
error-prompt-gone = Esa pregunta ya tiene respuesta, o ya nadie la espera.
    .safe = Tu respuesta no se ha usado.
    .next = Mira lo que la ventana pregunta ahora.
error-passphrase-needed = Para permitirlo hace falta la frase de contraseña del almacén de Rekey.
    .safe = No se ha hecho nada.
    .next = Escribe la frase de contraseña o di que no.

error-terminal-failed = No se ha podido leer o escribir en el terminal.
    .safe = El registro sigue como estaba.
    .next = Inténtalo de nuevo en otro terminal.
error-practice-failed = No se ha podido iniciar el sitio de prácticas.
    .safe = No se ha cambiado nada.
    .next = Elige otro puerto con --port o no indiques ninguno.
    .window = Inténtalo de nuevo.
error-practice-origin = Los navegadores no crean llaves de acceso en { $url }.
    .safe = No se ha iniciado nada.
    .next = Indica una dirección que empiece por https:// y tenga un nombre, como https://formacion.example.
error-practice-storage = No se pueden usar los datos que guarda el sitio de prácticas: { $path }
    .safe = No se ha cambiado nada en ellos.
    .next = Mueve el archivo a otro lugar junto con el archivo .key que está a su lado, o elige otro puerto con --port: cada puerto es un sitio propio.
    .window = Mueve el archivo a otro lugar junto con el archivo .key que está a su lado y vuelve a intentarlo.
error-unexpected = Ha fallado algo que no debería fallar.
    .safe = El registro conoce cada paso dado; tu bóveda solo se ha leído.
    .next = Repite la misma orden. Si sigue fallando, comunícalo junto con la salida de -v.
    .window = Inténtalo de nuevo. Si sigue fallando, comunícalo.
