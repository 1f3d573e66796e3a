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
window-close-vault = Cerrar la bóveda

# La primera pantalla.
window-welcome-title = La misma cerradura, una llave nueva.
window-welcome-lead = Rekey pasa tus cuentas de contraseñas a llaves de acceso, una a una, y comprueba cada llave iniciando sesión con ella.
window-welcome-drop = Suelta aquí tu bóveda
window-welcome-dropping = Suéltala para abrirla
window-welcome-or = o
window-welcome-choose = Elegir un archivo…
window-welcome-busy = Leyendo la bóveda…
window-welcome-formats = Lee KeePass (.kdbx) y la exportación JSON sin cifrar de Bitwarden.
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
window-accounts-vault =
    { $entries ->
        [one] { $file }, { $format }, { $entries } entrada
       *[other] { $file }, { $format }, { $entries } entradas
    }
window-accounts-new =
    { $count ->
        [one] { $count } es nueva desde la última vez
       *[other] { $count } son nuevas desde la última vez
    }
window-accounts-progress = Progreso
window-accounts-progress-text = { $done } de { $total } terminadas
window-accounts-done = Terminadas
window-accounts-needs-you = Te necesitan
window-accounts-left = Pendientes
window-accounts-list = Cuentas de la bóveda
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
window-accounts-empty-title = Esta bóveda no tiene ninguna cuenta que Rekey pueda usar
window-accounts-empty-detail = Una cuenta necesita una dirección web. Mira la lista de entradas que se han dejado fuera o abre otra bóveda.
window-action-start = Empezar
window-action-go-on = Continuar
window-action-prove = Comprobar otra vez
window-action-for = { $action }: { $site }, { $user }
window-accounts-no-user = Sin nombre de usuario
window-accounts-has-totp = Código de un solo uso en la bóveda
window-accounts-no-password = Sin contraseña en la bóveda
window-problems =
    { $count ->
        [one] { $count } observación sobre la bóveda
       *[other] { $count } observaciones sobre la bóveda
    }

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
