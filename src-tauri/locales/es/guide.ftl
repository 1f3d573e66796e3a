# Lo que dice la ventana según cómo están las cosas. Sus rótulos están en window.ftl.

# Los cuatro pasos del camino de una cuenta.
guide-step-sign-in = Entrar con la contraseña
guide-step-enrol = Pedir al sitio una llave de acceso
guide-step-accept = El sitio acepta la llave de acceso
guide-step-prove = Comprobarla: entrar con la llave de acceso

# Lo que pasa en este momento.
guide-now-opening = Abriendo el sitio
guide-now-sign-in = Entrando con la contraseña de la bóveda
guide-now-enrol = Buscando la página que añade una llave de acceso
guide-now-accept = El sitio comprueba la nueva llave de acceso
guide-now-prove = Entrando con la llave de acceso desde una ventana privada nueva
guide-now-code = Esperando al próximo código de un solo uso
guide-now-code-why = Un código nunca se da dos veces.
guide-now-consent = Esperando tu respuesta

# Cómo ha terminado una cuenta cuando ningún motivo lo dice.
guide-result-proven = Comprobada
    .happened = La llave de acceso ha bastado para entrar desde una ventana privada nueva.
    .safe = La contraseña sigue funcionando como antes.
    .next = Conserva la contraseña hasta que puedas usar la llave en todos los lugares donde entras.
guide-result-second-factor = Comprobada como segundo factor
    .happened = La llave de acceso funciona y el sitio sigue pidiendo además la contraseña.
    .safe = La contraseña sigue funcionando como antes.
    .next = Conserva la contraseña: este sitio necesita las dos.
guide-result-skipped = Sin terminar
    .happened = Has saltado esta cuenta o has detenido la ejecución antes de que terminara.
    .safe = El registro conoce cada paso dado.
    .next = Continúa con ella cuando quieras: sigue donde se quedó.
guide-result-stuck = Atascada
    .happened = La ejecución se ha interrumpido en esta cuenta.
    .safe = El registro conoce cada paso dado.
    .next = Continúa con ella: sigue donde se quedó.

# Los hechos de una comprobación.
guide-proof-passkey = Llave de acceso
guide-proof-home = Está en
guide-proof-time = Comprobada el
guide-proof-signals = Se nota por
guide-proof-source = Quién lo dice
guide-proof-source-rekey = Rekey la ha creado y usado
guide-proof-source-page = La página, del autenticador del propio navegador
guide-proof-source-simulated = El autenticador de una prueba: no cuenta

# Lo que puede mostrar los sitios.
guide-browser-embedded = La ventana de Rekey
guide-browser-embedded-is = El sitio se abre junto a esta ventana. No hace falta instalar nada más.
guide-browser-embedded-missing = No está en este sistema en esta versión.
guide-browser-own = Navegador instalado
guide-browser-own-is = { $name }, con un perfil nuevo propio de Rekey.
guide-browser-own-missing = No se ha encontrado Chrome, Chromium, Edge ni Brave.
guide-browser-own-looking = Buscando navegadores instalados …

# Un archivo con contraseña y sin archivo de clave.
guide-wrong-password = La contraseña no es correcta.
guide-wrong-password-next = Inténtalo de nuevo con la que se usó al guardar o exportar este archivo.

# Lo que conviene saber de una cuenta, en pocas palabras.
guide-mark-breached = Contraseña en una filtración conocida
guide-mark-reused =
    { $count ->
        [0] Contraseña usada en otros sitios
        [one] Contraseña usada en { $count } sitio más
       *[other] Contraseña usada en { $count } sitios más
    }
guide-mark-weak = Contraseña débil
guide-mark-old = Contraseña sin cambiar desde hace años
guide-mark-open-line = Dirección sin cifrar (http)
guide-mark-duplicate = Dos veces en tus archivos
guide-mark-second-factor-only = Llave solo como segundo factor
guide-mark-one-passkey-only = Una sola llave
guide-mark-platform-only = Quiere la llave de este dispositivo
guide-mark-cross-platform-only = Quiere una llave de seguridad o un teléfono
guide-mark-asks-email = Antes pide un código por correo
guide-mark-asks-sms = Antes pide un código por SMS
guide-mark-asks-identity = Antes pide un documento
guide-mark-asks-captcha = Antes pone un acertijo
guide-mark-needs-user-name = El usuario se sigue escribiendo
guide-mark-password-stays = La contraseña se queda
guide-mark-facts-old = Lo que se sabe es antiguo
guide-mark-facts-unsure = Lo que se sabe no es seguro

# El resultado de mirar las contraseñas.
guide-health-breached =
    { $count ->
        [one] { $count } cuenta tiene una contraseña que está en una filtración conocida.
       *[other] { $count } cuentas tienen contraseñas que están en una filtración conocida.
    }
guide-health-reused =
    { $count ->
        [one] { $count } cuenta tiene una contraseña que otros sitios también tienen.
       *[other] { $count } cuentas tienen contraseñas que otros sitios también tienen.
    }
guide-health-weak =
    { $count ->
        [one] { $count } cuenta tiene una contraseña débil.
       *[other] { $count } cuentas tienen contraseñas débiles.
    }
guide-health-open-line =
    { $count ->
        [one] { $count } cuenta está en una dirección sin cifrar (http).
       *[other] { $count } cuentas están en una dirección sin cifrar (http).
    }
guide-health-old =
    { $count ->
        [one] { $count } cuenta tiene una contraseña sin cambiar desde hace años.
       *[other] { $count } cuentas tienen contraseñas sin cambiar desde hace años.
    }
guide-health-duplicate =
    { $count ->
        [one] { $count } cuenta está dos veces en tus archivos.
       *[other] { $count } cuentas están dos veces en tus archivos.
    }

# La última palabra de la persona sobre el plan.
guide-undo-pin = { $site } está ahora al principio.
guide-undo-postpone = { $site } queda aplazado hasta el { $date }.
guide-undo-leave-out = { $site } queda fuera.
guide-undo-bring-back = { $site } ha vuelto a su lugar.

# El resultado de las consultas.
guide-checked-refresh =
    { $found ->
        [one] La lista tiene { $found } sitio.
       *[other] La lista tiene { $found } sitios.
    }
guide-checked-ask-sites =
    { $asked ->
        [0] No hacía falta preguntar a ninguno.
        [one] { $found } de { $asked } sitio dice que admite llaves de acceso.
       *[other] { $found } de { $asked } sitios dicen que admiten llaves de acceso.
    }
guide-checked-breaches =
    { $asked ->
        [one] { $found } de { $asked } contraseña está en una filtración conocida.
       *[other] { $found } de { $asked } contraseñas están en una filtración conocida.
    }
guide-checked-failed =
    { $failed ->
        [one] No se ha podido consultar { $failed }: { $problem }.
       *[other] No se han podido consultar { $failed }: { $problem }.
    }
