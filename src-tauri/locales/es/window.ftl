# Las palabras de la propia ventana: títulos, botones, etiquetas. Lo que depende del estado de una cuenta está en los otros archivos.

window-skip-to-content = Ir al contenido
window-safe = Qué está a salvo
window-next = Qué hacer ahora
window-dismiss = Cerrar el aviso
window-notice = Aviso

window-menu = Ajustes
window-menu-appearance = Aspecto
window-menu-appearance-system = Como el sistema
window-menu-appearance-light = Claro
window-menu-appearance-dark = Oscuro
window-menu-language = Idioma
window-menu-language-english = English
window-menu-language-spanish = Español
window-menu-version = Rekey { $version }

window-practice-badge = Práctica
window-leave-practice = Salir de la práctica
window-close-vault = Cerrar

# La primera pantalla.
window-welcome-title = La misma cerradura, una llave nueva.
window-welcome-lead = Rekey pasa tus cuentas de contraseñas a llaves de acceso, una a una, y comprueba cada llave iniciando sesión con ella.
window-welcome-drop = Suelta aquí tu bóveda o exportación
window-welcome-dropping = Suelta para abrir
window-welcome-or = o
window-welcome-choose = Elegir archivos…
window-welcome-busy = Leyendo…
window-welcome-formats = Un archivo o varios: bases de datos de KeePass y lo que exportan los gestores de contraseñas, los navegadores y las aplicaciones de códigos.
window-welcome-promises = Lo que promete Rekey
window-welcome-promise-read = Tu bóveda solo se lee
window-welcome-promise-read-detail = Rekey nunca escribe en tu archivo.
window-welcome-promise-local = No se nos envía nada
window-welcome-promise-local-detail = Rekey solo habla con los sitios que tú eliges.
window-welcome-promise-proof = Comprobado, no supuesto
window-welcome-promise-proof-detail = Una llave cuenta cuando te ha permitido entrar desde un navegador limpio.
window-welcome-practice-title = ¿Prefieres mirar antes?
window-welcome-practice-detail = La bóveda de práctica tiene cuentas inventadas en un sitio de práctica de este ordenador. No se toca nada tuyo.
window-welcome-practice = Probar con una bóveda de práctica

# Abrir la bóveda.
window-unlock-title = Abre tu bóveda
window-unlock-practice-title = Abre la bóveda de práctica
window-unlock-password = Contraseña de la bóveda
window-unlock-password-hint = Se usa una vez para abrir el archivo y después se olvida.
window-unlock-password-file = Contraseña de este archivo
window-unlock-password-file-hint = La que se le puso al guardarlo o exportarlo. Se usa una vez para abrir el archivo y después se olvida.
window-unlock-key-file = Archivo de clave
window-unlock-key-file-none = Ninguno elegido
window-unlock-key-file-hint = Solo si tu bóveda se creó con uno.
window-unlock-key-file-choose = Elegir un archivo de clave…
window-unlock-key-file-remove = Quitar el archivo de clave
window-unlock = Abrir
window-unlock-busy = Abriendo…
window-unlock-practice-detail = Rekey ha creado esta bóveda y conoce su contraseña, así que no hay nada que escribir. Con tu propia bóveda darías aquí la contraseña.
window-unlock-other = Elegir otro archivo
window-unlock-folder = en { $folder }

# Archivos que van llegando.
window-reading-cancel = Cancelar
window-reading-progress = Progreso de la lectura de { $file }
window-queue = Archivo { $number } de { $total }
window-queue-skip = Saltar este archivo
window-adding-back = Volver a las cuentas
window-recognised = Reconocido como { $format }
window-costly-title = Este archivo pide un esfuerzo poco común
window-costly-try = Intentarlo de todos modos
window-costly-detail = Abrirlo puede tardar minutos y necesitar mucha memoria. Puedes cancelar en cualquier momento.

# Una tabla cuyas columnas nadie conoce todavía.
window-columns-title = ¿Qué hay en cada columna?
window-columns-lead =
    { $rows ->
        [one] Esta tabla no es de ningún programa que Rekey conozca. Tiene { $rows } fila. Di qué contiene cada columna; tu respuesta se recuerda.
       *[other] Esta tabla no es de ningún programa que Rekey conozca. Tiene { $rows } filas. Di qué contiene cada columna; tu respuesta se recuerda.
    }
window-columns-heading = La primera fila nombra las columnas
window-columns-heading-detail = Si no, es una entrada como las demás.
window-columns-column = Columna
window-columns-looks = Aspecto
window-columns-holds = Contiene
window-columns-holds-of = Qué contiene { $column }
window-columns-shapes-note = Solo se muestra la forma de las celdas, nunca lo que hay en ellas.
window-columns-empty = nada
window-columns-read =
    { $rows ->
        [one] Leer { $rows } fila
       *[other] Leer { $rows } filas
    }

# Los archivos abiertos.
window-sources =
    { $count ->
        [one] Tu archivo
       *[other] Tus { $count } archivos
    }
window-sources-add = Añadir otro archivo…
window-sources-drop = Suelta para añadir
window-sources-hint = O suéltalo en cualquier lugar de esta ventana.
window-sources-remove = Quitar
window-sources-remove-of = Quitar { $file }
window-sources-entries =
    { $count ->
        [one] { $count } entrada
       *[other] { $count } entradas
    }
window-sources-accounts =
    { $count ->
        [one] { $count } cuenta
       *[other] { $count } cuentas
    }
window-sources-codes =
    { $count ->
        [one] { $count } código de un solo uso
       *[other] { $count } códigos de un solo uso
    }
window-sources-left-out = Se ha dejado fuera: { $what }
window-sources-recycled = { $count } en la papelera
window-sources-templates =
    { $count ->
        [one] { $count } plantilla
       *[other] { $count } plantillas
    }
window-sources-others =
    { $count ->
        [one] { $count } elemento de otro tipo (tarjeta, nota o similar)
       *[other] { $count } elementos de otro tipo (tarjetas, notas y similares)
    }

# Un archivo que cualquiera puede leer.
window-exposed-title = Cualquiera puede leer { $file }
window-exposed-detail = Contiene tus contraseñas tal cual. Bórralo cuando termines aquí; Rekey tiene lo que necesita hasta que cierres esta ventana.
window-exposed-delete = Borrar el archivo…
window-exposed-delete-of = Borrar el archivo… { $file }
window-exposed-keep = Conservarlo
window-exposed-keep-of = Conservarlo: { $file }
window-exposed-deleted = { $file } se ha borrado
window-exposed-deleted-detail = Lo que haya en copias de seguridad, nubes o correos sigue ahí: búscalo tú.
window-exposed-done = De acuerdo
window-exposed-ask-title = ¿Borrar { $file }?
window-exposed-ask-safe = Se borra al momento y no va a la papelera. Tu gestor de contraseñas no se toca.
window-exposed-ask-next = Hazlo solo si tus contraseñas siguen en tu gestor de contraseñas.
window-exposed-ask-where = Carpeta
window-exposed-ask-yes = Borrar el archivo
window-exposed-ask-no = Conservarlo

# Lo que los archivos dejan por aclarar.
window-questions =
    { $count ->
        [0] Preguntas
        [one] { $count } pregunta para ti
       *[other] { $count } preguntas para ti
    }
window-questions-detail = Nada depende de ellas: responde lo que quieras, ahora o más tarde.
window-questions-later = Más tarde
window-questions-later-of = Más tarde: { $what }
window-questions-again =
    { $count ->
        [one] Volver a hacer la { $count } pregunta aplazada
       *[other] Volver a hacer las { $count } preguntas aplazadas
    }
window-questions-sites =
    { $count ->
        [one] ¿Qué sitio? { $count } entrada no tiene dirección web
       *[other] ¿Qué sitio? { $count } entradas no tienen dirección web
    }
window-questions-site-of = Sitio de { $entry }
window-questions-site-example = example.com
window-questions-site-use = Usar este sitio
window-questions-site-use-of = Usar este sitio para { $entry }
window-questions-passwords =
    { $count ->
        [0] ¿Qué contraseña? Todo aclarado
        [one] ¿Qué contraseña? { $count } cuenta tiene varias
       *[other] ¿Qué contraseña? { $count } cuentas tienen varias
    }
window-questions-password-legend = Contraseña de { $site }, { $user }
window-questions-password-where = en { $file }
window-questions-password-when = en { $file }, cambiada el { $date }
window-questions-password-in-use = la que se usa ahora
window-questions-password-use = Usar esta
window-questions-password-use-of = Usar esta: { $site }, { $user }
window-questions-password-chosen = Elegida por ti
window-questions-passwords-of = Donde difieran, tomar la de
window-questions-codes =
    { $count ->
        [one] ¿De quién es este código? { $count } podría ser de varias cuentas
       *[other] ¿De quién es este código? { $count } podrían ser de varias cuentas
    }
window-questions-code-none = De ninguna de estas
window-questions-code-use = Es de esta
window-questions-code-use-of = Es de esta: { $name }
window-questions-code-legend = Cuenta del código { $name }

# Dónde están las contraseñas.
window-export-title = ¿Dónde encuentro mis contraseñas?
window-export-lead = Elige dónde las tienes ahora y mira dónde se esconde su exportación.
window-export-search = Buscar un gestor de contraseñas o navegador
window-export-none = Aquí nada se llama «{ $search }». Muchos programas saben exportar a CSV: trae ese archivo y di qué hay en sus columnas.
window-export-list = Gestores de contraseñas y navegadores
window-export-steps = Cómo exportar desde { $product }
window-export-reads = Rekey lee: { $kinds }
window-export-unknown = Busca «Exportar» en sus ajustes y elige uno de estos tipos.
window-export-plain = Una exportación así la puede leer cualquiera que la consiga. Tenla solo en este ordenador y bórrala cuando termines; Rekey te lo ofrecerá.
window-export-back = Elegir otro

# Lo que una bóveda anota sobre una cuenta.
window-fields =
    { $count ->
        [one] Notas y campos ({ $count })
       *[other] Notas y campos ({ $count })
    }
window-fields-detail = Lo que tu bóveda anota junto a la contraseña, como respuestas de seguridad. De uno en uno, durante diez segundos.
window-fields-notes = Notas
window-fields-show = Mostrar
window-fields-show-of = Mostrar { $label }
window-fields-hide = Ocultar
window-fields-left =
    { $seconds ->
        [one] Se oculta en { $seconds } segundo
       *[other] Se oculta en { $seconds } segundos
    }

window-secret-show = Mostrar lo que escribo
window-secret-hide = Ocultar lo que escribo
window-secret-caps = Bloq Mayús está activado

# Las cuentas de la bóveda.
window-accounts-title =
    { $count ->
        [0] Aún no hay cuentas
        [one] { $count } cuenta
       *[other] { $count } cuentas
    }
window-accounts-new =
    { $count ->
        [one] { $count } nueva
       *[other] { $count } nuevas
    }
window-accounts-changed =
    { $count ->
        [one] { $count } cambiada
       *[other] { $count } cambiadas
    }
window-accounts-gone =
    { $count ->
        [one] { $count } ya no está en tus archivos
       *[other] { $count } ya no están en tus archivos
    }
window-accounts-since = Desde la última vez: { $changes }
window-accounts-has-passkey = Llave de acceso en la bóveda, sin comprobar
window-accounts-archived = Archivada
window-accounts-expired = Caducada
window-accounts-sources = En { $files }
window-accounts-list = Cuentas
window-accounts-filter = Filtrar por sitio o usuario
window-accounts-filter-none = Ninguna cuenta coincide con «{ $filter }».
window-accounts-filter-clear = Quitar el filtro
window-accounts-select = Incluir { $site }, { $user }
window-accounts-select-all = Seleccionar todas las pendientes
window-accounts-selected =
    { $count ->
        [0] Ninguna seleccionada
        [one] { $count } seleccionada
       *[other] { $count } seleccionadas
    }
window-accounts-start =
    { $count ->
        [0] Selecciona cuentas para empezar
        [one] Empezar con { $count } cuenta
       *[other] Empezar con { $count } cuentas
    }
window-accounts-all-done = Todas las cuentas de aquí están terminadas.
window-accounts-empty-title = Aquí aún no hay nada que Rekey pueda usar
window-accounts-empty-detail = Una cuenta necesita un sitio. Responde a las preguntas de arriba si las hay, mira las observaciones de abajo o añade otro archivo.
window-action-start = Empezar
window-action-go-on = Continuar
window-action-prove = Comprobar otra vez
window-action-for = { $action }: { $site }, { $user }
window-accounts-no-user = Sin nombre de usuario
window-accounts-has-totp = Código de un solo uso en la bóveda
window-accounts-no-password = Sin contraseña en la bóveda
window-problems =
    { $count ->
        [one] { $count } observación sobre tus archivos
       *[other] { $count } observaciones sobre tus archivos
    }
window-problems-more =
    { $count ->
        [one] y { $count } más
       *[other] y { $count } más
    }
window-problems-place = { $where } · { $file }

# Cómo se hace.
window-setup = Cómo se hace
window-setup-assist = Quién rellena y pulsa
window-setup-assist-watch = Tú haces las dos cosas
window-setup-assist-watch-detail = Rekey señala el lugar; tú escribes y pulsas.
window-setup-assist-assist = Rekey rellena, tú pulsas
window-setup-assist-assist-detail = Ves cada formulario antes de que se envíe.
window-setup-assist-auto = Rekey hace las dos cosas
window-setup-assist-auto-detail = Lo más rápido. Algunos sitios rechazan los navegadores automatizados; entonces Rekey te deja seguir a ti.
window-setup-browser = Dónde se abren los sitios
window-setup-verification = Cada cuánto confirmas que eres tú
window-setup-verification-each = Con cada llave de acceso
window-setup-verification-each-detail = Das la frase de contraseña del almacén cada vez.
window-setup-verification-quarter = Cada 15 minutos
window-setup-verification-quarter-detail = Una frase de contraseña vale para las llaves del siguiente cuarto de hora.
window-setup-store = Dónde se guardan las llaves
window-setup-store-missing = Se creará cuando empieces. Tú eliges su frase de contraseña.
window-setup-store-locked = Cerrado. Das su frase de contraseña cuando empieces.
window-setup-store-open = Abierto durante esta sesión.

# Una ejecución.
window-run-title = Pasando a llaves de acceso
window-run-title-over = Se ha terminado
window-run-accounts = Cuentas de esta vez
window-run-position = { $done } de { $total } acabadas
window-run-follow = Mostrar la cuenta en curso
window-run-status-waiting = En espera
window-run-status-running = En curso
window-run-nothing-yet = Empieza cuando acaben las cuentas anteriores.
window-run-steps = Los cuatro pasos
window-step-sign-in = Iniciar sesión
window-step-enrol = Añadir la llave
window-step-accept = El sitio la acepta
window-step-prove = Comprobarla
window-step-ahead = por venir
window-step-now = ahora
window-step-done = hecho
window-step-stopped = detenido aquí
window-step-skipped = omitido
window-who-rekey = Rekey está trabajando
window-who-person = Te toca a ti
window-who-site = Esperando al sitio
window-now-seconds =
    { $seconds ->
        [one] queda { $seconds } segundo
       *[other] quedan { $seconds } segundos
    }
window-now-paused = En pausa
window-now-paused-text = No pasa nada hasta que reanudes
window-now-paused-detail = Lo que ya está hecho se conserva.
window-now-pausing = Pausando…
window-now-pausing-detail = Antes se termina el paso que está en marcha.
window-facts = Lo que ha pasado hasta ahora
window-facts-none = Nada todavía.
window-proof = La prueba
window-run-pause = Pausar
window-run-resume = Reanudar
window-run-skip = Saltar esta cuenta
window-run-stop = Detener
window-run-finish = Volver a las cuentas
window-run-controls = Mandos de la ejecución
window-stop-title = ¿Detener la ejecución?
window-stop-safe = Todo lo hecho se conserva y el registro conoce cada paso. Tus contraseñas funcionan como antes.
window-stop-next = Puedes continuar más tarde desde la lista de cuentas.
window-stop-confirm = Detener
window-stop-cancel = Seguir
window-outcome-proven = Comprobada
window-outcome-second-factor = Segundo factor
window-outcome-needs-person = Te necesita
window-outcome-stuck = Atascada
window-outcome-skipped = Omitida
window-result-happened = Qué ha pasado
window-summary-title =
    { $total ->
        [one] { $proven } de { $total } cuenta comprobada
       *[other] { $proven } de { $total } cuentas comprobadas
    }
window-summary-all = Ahora se entra con una llave de acceso, y se ha visto que cada una funciona desde un navegador limpio.
window-summary-some = Lo comprobado se puede usar con seguridad. Las demás están como dice la lista; no se ha perdido nada.
window-summary-none = No se ha perdido nada: tus contraseñas funcionan como antes. La lista dice cómo continuar.

# Preguntas que esperan una respuesta.
window-prompt-make-store = Elige una frase de contraseña para tus llaves de acceso
window-prompt-make-store-detail = Rekey guarda las llaves que crea en un almacén propio, un archivo que solo se abre con esta frase.
window-prompt-make-store-warning = No se puede recuperar. Sin ella se pierden las llaves del almacén, así que anótala y guárdala bien.
window-prompt-open-store = Abre tu almacén de llaves de acceso
window-prompt-open-store-detail = Ahí se guardan las llaves de acceso que se creen ahora.
window-prompt-make-passkey = ¿Crear una llave de acceso para { $site }?
window-prompt-make-passkey-detail = El sitio está listo. Rekey crea una llave nueva y entrega al sitio su parte pública. Tu contraseña queda como está.
window-prompt-use-passkey = ¿Entrar en { $site } con la llave de acceso?
window-prompt-use-passkey-detail = Un navegador limpio, sin nada de sesiones anteriores, pide la llave. Si te permite entrar, queda comprobada.
window-prompt-file = Almacén
window-prompt-site = Sitio
window-prompt-user = Cuenta
window-prompt-relying-party = La llave pertenece a
window-prompt-home = Se guarda en
window-prompt-passphrase = Frase de contraseña del almacén
window-prompt-passphrase-new = Nueva frase de contraseña
window-prompt-passphrase-again = La misma frase otra vez
window-prompt-passphrases-differ = Las dos no son iguales. Escríbela de nuevo.
window-prompt-passphrase-empty = Escribe antes una frase de contraseña.
window-prompt-practice = En la práctica, Rekey ha elegido la frase por ti.
window-prompt-use-practice = Usar la frase de práctica
window-prompt-create = Crear el almacén
window-prompt-open = Abrir el almacén
window-prompt-make = Crear la llave de acceso
window-prompt-sign-in = Iniciar sesión
window-prompt-decline = Ahora no
window-prompt-sent = Un momento…
window-strength-none = Usa al menos cuatro palabras al azar, o 16 caracteres o más.
window-strength-short = Corta: un ordenador la adivina con facilidad.
window-strength-fair = Aceptable: mejor si es más larga.
window-strength-good = Buena longitud.
window-strength-strong = Longitud muy buena.

# Un fallo que llegó sin palabras.
window-unexpected = Algo ha fallado dentro de Rekey.
window-unexpected-safe = Tu bóveda no ha cambiado y el registro conoce cada paso que se ha dado.
window-unexpected-next = Inténtalo de nuevo. Si se repite, cierra Rekey y ábrelo otra vez.
