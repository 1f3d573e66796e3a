# Palabras que comparten la línea de órdenes, el informe y la ventana.

count-accounts =
    { $count ->
        [one] { $count } cuenta
       *[other] { $count } cuentas
    }

state-new = Nueva
state-started = Empezada
state-registered = Llave añadida, sin comprobar
state-proven = Comprobada
state-second-factor = Comprobada como segundo factor
state-needs-person = Te necesita
state-stuck = Atascada

outcome-proven = Comprobada
outcome-second-factor = Comprobada como segundo factor
outcome-needs-person = Te necesita
outcome-stuck = Atascada
outcome-skipped = Sin terminar en esta ejecución. La misma orden continúa.

# Lo que se ha hecho con una cuenta, en una línea.
done-new = Nada todavía
done-started = Empezada, sin terminar
done-registered = Llave de acceso añadida; aún no se ha comprobado que permita entrar
done-proven = Llave de acceso añadida; permite entrar sin contraseña
done-second-factor = Llave de acceso añadida; el sitio sigue pidiendo además la contraseña
done-needs-person = Espera por ti: { $reason }
done-stuck = Detenida: { $reason }
done-kept = { $done }. Última vez: { $reason }

# Dónde vive una llave de acceso.
home-store = Almacén de Rekey
home-browser-profile = Perfil del navegador
home-security-key = Llave de seguridad
home-phone = Teléfono
home-windows-hello = Windows Hello
home-icloud-keychain = Llavero de iCloud
home-tpm = Chip de seguridad (solo en este ordenador)
home-own-manager = Gestor de contraseñas
home-simulated = Simulada (prueba)
home-none = –

# Los hechos del registro, tal como los cuenta una ejecución.
fact-account-imported = Importada de la bóveda
fact-account-gone = Ya no está en la bóveda
fact-entry-placed = Dijiste a qué sitio pertenece
fact-user-verified = Se ha verificado que eres tú
fact-journey-started = Abriendo el sitio ({ $browser })
fact-user-name-given = Nombre de usuario escrito
fact-password-given =
    { $occasion ->
        [reauthentication] El sitio pregunta otra vez: contraseña escrita de nuevo
        [proof] El sitio sigue queriendo la contraseña: escrita
       *[other] Contraseña escrita
    }
fact-code-given = Código de un solo uso escrito
fact-signed-in = Sesión iniciada (se nota por: { $signals })
fact-reauthenticated = El sitio ha aceptado la nueva autenticación
fact-passwordless-box-ticked = Marcada la casilla para entrar sin contraseña
fact-key-named = Se ha dado nombre a la llave de acceso
fact-recovery-codes-shown = El sitio mostró códigos de recuperación: recógelos y guárdalos tú en el sitio
fact-passkey-created = Llave de acceso creada ({ $home })
fact-passkey-accepted = El sitio ha aceptado la llave de acceso
fact-passkey-refused = El sitio ha rechazado la llave de acceso
fact-passkey-lost = La llave de acceso se ha perdido
fact-proof-started = Comprobación: entrando desde una ventana privada nueva
fact-asserted =
    { $verified ->
        [yes] La llave de acceso ha respondido, contigo verificado
       *[other] La llave de acceso ha respondido
    }
fact-proven =
    { $proof ->
        [passwordless] Comprobada: la llave de acceso basta para entrar (se nota por: { $signals })
       *[other] Comprobada como segundo factor: el sitio sigue pidiendo la contraseña (se nota por: { $signals })
    }
fact-stopped = Detenida: { $reason }

# Lo que indica que la sesión está iniciada.
signal-sign-out-control = control para cerrar sesión
signal-account-settings = ajustes de la cuenta
signal-user-name-shown = se muestra el nombre de usuario
signal-sign-in-fields-gone = ya no hay formulario de entrada
signal-cookie-changed = nueva cookie de sesión
signal-protected-page-opened = se ha abierto una página protegida
signal-none = nada

# Lo que una ejecución pide a la persona.
live-waiting-for-person = Te toca en la ventana del navegador: { $reason }
live-please-press = Pulsa, por favor: { $label }
live-please-fill-user-name = Escribe, por favor, el nombre de usuario
live-please-fill-password = Escribe, por favor, la contraseña
live-please-fill-code = Escribe, por favor, el código de un solo uso
live-please-fill-key-name = Pon, por favor, un nombre a la llave de acceso
live-please-tick = Marca, por favor, la casilla para entrar sin contraseña

