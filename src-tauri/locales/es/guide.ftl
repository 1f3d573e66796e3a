# Lo que dice la ventana según cómo están las cosas. Sus rótulos están en window.ftl.

# Lo que viene después para una cuenta, en la lista.
guide-next-new = Entrar con la contraseña, añadir una llave de acceso y comprobarla.
guide-next-started = Está empezada; Rekey mira hasta dónde llegó y continúa.
guide-next-registered = La llave de acceso está puesta; falta comprobar que permite entrar.
guide-next-proven = Hecho. Puedes comprobarla de nuevo cuando quieras.
guide-next-second-factor = Hecho hasta donde permite el sitio: sigue pidiendo además la contraseña.
guide-next-needs-person = Espera por ti.
guide-next-stuck = Algo debe cambiar antes de que pueda continuar.

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
