# «rekey --help»: help-ORDEN, help-ORDEN-ARGUMENTO, y help-arg-ARGUMENTO para los argumentos que comparten varias órdenes.

help-usage-heading = Uso
help-commands-heading = Órdenes
help-arguments-heading = Argumentos
help-options-heading = Opciones
help-command-value = ORDEN

help-rekey = Lleva tus cuentas de las contraseñas a las llaves de acceso y comprueba cada una iniciando sesión.
help-import = Trae las cuentas de una bóveda. El archivo solo se lee.
help-accounts = Muestra las cuentas del registro.
help-migrate = Añade una llave de acceso a las cuentas y la comprueba iniciando sesión.
help-prove = Comprueba de nuevo que la llave de acceso de una cuenta permite entrar.
help-status = Dice cuántas cuentas hay en cada estado.
help-report = Escribe un informe de todas las cuentas.
help-practice = Pone en marcha el sitio de prácticas y escribe una bóveda con sus cuentas.
help-doctor = Mira qué hay aquí y qué falta.
help-demo = Lo prueba todo en el sitio de prácticas, sin ventana.

help-arg-profile = Carpeta para todo lo que guarda Rekey
help-arg-json = Escribe JSON para programas
help-arg-lang = Idioma: en o es
help-arg-verbose = Cuenta más por stderr (-vv para más aún)
help-arg-help = Muestra esta ayuda
help-arg-version = Muestra la versión

help-arg-file = La bóveda: un archivo de KeePass (.kdbx) o la exportación JSON sin cifrar de Bitwarden
help-arg-vault = La bóveda con las contraseñas de las cuentas
help-arg-format = El formato de la bóveda; si no se indica, Rekey lo averigua
help-arg-password-stdin = Lee la contraseña de la bóveda por stdin
help-arg-password-file = Lee la contraseña de la bóveda de este archivo
help-arg-key-file = El archivo de clave de la bóveda
help-import-dry-run = Solo mira; no escribe nada en el registro
help-accounts-state = Solo las cuentas en este estado
help-accounts-site = Solo las cuentas de este sitio
help-arg-accounts = Una cuenta: su identificador, su sitio o usuario@sitio
help-arg-all = Todas las cuentas de la bóveda
help-arg-browser = Con qué se muestran los sitios
help-arg-assist = Quién actúa: watch (tú), assist (Rekey rellena, tú pulsas), auto (Rekey)
help-arg-timeout = Segundos que puede tardar una cuenta
help-arg-no-browser-sandbox = Inicia el navegador sin su aislamiento (para contenedores; menos seguro)
help-arg-authenticator = Dónde vivirán las llaves de acceso
help-arg-store = El almacén de llaves de acceso; se crea si no existe
help-arg-store-password-file = Lee la frase de contraseña del almacén de este archivo
help-arg-sign-in = La dirección donde iniciar sesión
help-arg-passkeys = La dirección de la página que añade llaves de acceso
help-migrate-again = Crea una llave de acceso nueva haya lo que haya; la antigua se queda en el almacén (elimínala antes en el sitio)
help-report-format = La forma del informe
help-report-out = El archivo que se escribe; si no se indica, stdout
help-practice-port = El puerto; si no se indica, uno libre, o 7353 con --keep
help-practice-accounts = Cuántas cuentas
help-practice-vault-out = La bóveda que se escribe; si no se indica, en el perfil
help-practice-rehearse = Cuentas para practicar con tipos de sitio, en lugar de las habituales; all para todos los tipos
help-practice-keep = Conservar las cuentas y las llaves de acceso para la próxima vez
help-practice-listen = Escuchar en esta dirección del equipo y no solo en este equipo; necesita --origin
help-practice-origin = Cómo llegan los navegadores al sitio detrás de algo que hable HTTPS, como https://formacion.example
help-demo-accounts = Cuántas cuentas
