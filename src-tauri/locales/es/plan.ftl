# El plan: en qué orden ir y qué hacer a continuación.

# Lo que se ha sabido de cuentas y sitios.
fact-account-judged = Se ha examinado la contraseña
fact-plan-chosen = Has cambiado su puesto en el plan
fact-site-takes-passkeys = El sitio ya admite llaves de acceso

# El puesto y lo que lo decide; $reason es uno de plan-reason-…, o dos unidos por plan-and.
plan-why =
    { $place ->
        [1] La primera, porque { $reason }.
        [2] La segunda, porque { $reason }.
        [3] La tercera, porque { $reason }.
       *[other] Número { $place }, porque { $reason }.
    }
plan-why-nothing = Nada que hacer ahora: { $reason }.
plan-why-no-reason = Número { $place } del plan.
plan-and = { $first }, y { $second }

# Motivos: una oración que puede seguir a «porque», sin punto final y que no empiece por el sonido «i» (va detrás de «y»).
plan-reason-pinned = la has fijado
plan-reason-recovers =
    { $count ->
        [one] { $count } cuenta más se recupera a través de ella
       *[other] otras { $count } cuentas se recuperan a través de ella
    }
plan-reason-signs-in =
    { $count ->
        [one] con ella entras en { $count } cuenta más
       *[other] con ella entras en otras { $count } cuentas
    }
plan-reason-mailbox = quien lea este buzón puede restablecer otras contraseñas
plan-reason-identity = quien la tenga puede entrar en otras cuentas
plan-reason-begun = la has empezado
plan-reason-unproven = su llave de acceso está creada y solo falta comprobarla
plan-reason-money = mueve dinero
plan-reason-breached = su contraseña está en una filtración conocida
plan-reason-reused =
    { $bucket ->
        [few] su contraseña se usa también en algunos otros sitios
        [many] su contraseña se usa también en muchos otros sitios
       *[counted]
            { $count ->
                [one] su contraseña se usa también en { $count } sitio más
               *[other] su contraseña se usa también en otros { $count } sitios
            }
    }
plan-reason-weak = su contraseña se adivina con facilidad
plan-reason-announced =
    { $by ->
        [site] el propio sitio dice que ya admite llaves de acceso
        [person] dijiste que el sitio admite llaves de acceso
       *[directory] el sitio ya admite llaves de acceso
    }
plan-reason-easy = añadir allí una llave de acceso es rápido
plan-reason-in-vault = tu bóveda guarda una llave de acceso que Rekey no ha visto funcionar
plan-reason-waits = el sitio te espera («{ $reason }»)
plan-reason-takes-passkeys = el sitio admite llaves de acceso
plan-reason-takes-beside-password = el sitio admite llaves de acceso junto a la contraseña
plan-reason-shopping = puede guardar tarjetas y direcciones
plan-reason-social = habla en tu nombre
plan-reason-work = guarda trabajo o cosas que administras
plan-reason-official = trata de servicios públicos, salud o seguros
plan-reason-fair = su contraseña podría ser más fuerte
plan-reason-no-second-factor = no se le conoce un segundo factor
plan-reason-old = su contraseña no se ha cambiado en años
plan-reason-open-line = su dirección en la bóveda no va cifrada (http)
plan-reason-duplicate = la bóveda la guarda dos veces
plan-reason-local = pertenece a tu propia red
plan-reason-site-unknown = aún no se sabe si el sitio admite llaves de acceso
plan-reason-takes-none = todavía no se han visto llaves de acceso en el sitio
plan-reason-found-none = Rekey ha buscado y no ha encontrado dónde poner una llave de acceso
plan-reason-takes-none-by-nature = para una dirección así no puede haber llave de acceso
plan-reason-not-judged = su contraseña todavía no se ha examinado
plan-reason-no-password = la bóveda no guarda ninguna contraseña para ella
plan-reason-stopped = algo lo impide («{ $reason }»)
plan-reason-follows = allí entras con { $provider }
plan-reason-strong = su contraseña es fuerte y solo se usa aquí
plan-reason-proven = su llave de acceso está comprobada
plan-reason-postponed = la has aplazado hasta el { $date }
plan-reason-ignored = has decidido dejarla fuera
plan-reason-archived = está en el archivo de tu bóveda
plan-reason-gone = ya no está en ninguna bóveda

# Cómo está una cuenta.
plan-state-proven = Llave de acceso comprobada
plan-state-proven-second-factor = Llave de acceso comprobada como segundo factor
plan-state-in-progress = Empezada
plan-state-needs-you = Te necesita
plan-state-stuck = Atascada
plan-state-in-vault = Llave de acceso en la bóveda, sin comprobar
plan-state-ready = Lista para una llave de acceso
plan-state-unexplored = Aún no se sabe
plan-state-to-strengthen = Contraseña por mejorar
plan-state-watched = Bien protegida y vigilada
plan-state-settled = Bien protegida
plan-state-follows = Sigue a otra cuenta
plan-state-unclear = No se sabe cómo se entra
plan-state-postponed = Aplazada
plan-state-ignored = Dejada fuera
plan-state-archived = Archivada
plan-state-gone = Ya no está en ninguna bóveda

# Qué hacer a continuación.
plan-step-open-passkey-page = Abre la página de llaves de acceso del sitio y añade una.
plan-step-sign-in-and-find = Inicia sesión y añade una llave de acceso; Rekey busca la página.
plan-step-sign-in-and-look = Inicia sesión y mira si el sitio ofrece llaves de acceso.
plan-step-go-on = Continúa donde lo dejaste.
plan-step-prove = Comprueba la nueva llave de acceso entrando con ella.
plan-step-prove-from-vault = Comprueba la llave de acceso de tu bóveda entrando con ella.
plan-step-answer = { $reason }. { $next }
plan-step-solve = { $reason }. { $next }
plan-step-secure =
    { $change ->
        [password] Cambia la contraseña por una fuerte que no uses en ningún otro sitio. Falta: { $lacks }.
        [second-factor] Activa un segundo factor, si el sitio lo ofrece. Falta: { $lacks }.
       *[both] Cambia la contraseña por una fuerte que no uses en ningún otro sitio y activa un segundo factor si el sitio lo ofrece. Falta: { $lacks }.
    }
plan-step-replace-password =
    { $how ->
        [remove] Quita la contraseña en el sitio o cámbiala: todavía abre la cuenta. Falta: { $lacks }.
       *[replace] Cambia la contraseña: todavía abre la cuenta. Falta: { $lacks }.
    }
plan-step-open-vault = Abre tu bóveda para que Rekey pueda examinar la contraseña.
plan-step-say-how = Añade la contraseña a la bóveda o deja la cuenta fuera: nada en la bóveda sirve para entrar en ella.
plan-step-follow-provider = Nada que hacer aquí: es tan segura como tu cuenta de { $provider }.
plan-step-watch = Nada que hacer. Rekey puede vigilar si el sitio empieza a admitir llaves de acceso.
plan-step-nothing = Nada que hacer.

# Lo que le falta a una contraseña.
plan-lack-unpublished = una contraseña que no esté en ninguna filtración conocida
plan-lack-unique = una contraseña propia
plan-lack-strong = una contraseña más fuerte
plan-lack-second-factor = un segundo factor

# Lo que conviene saber antes de añadir una llave de acceso.
plan-warning-second-factor-only = El sitio admite llaves de acceso solo como segundo factor: seguirá pidiendo la contraseña.
plan-warning-one-passkey-only = El sitio permite una sola llave de acceso. Conserva otra forma de entrar, como los códigos de recuperación.
plan-warning-platform-only = El sitio quiere una llave de acceso de este mismo dispositivo (como Windows Hello o Touch ID).
plan-warning-cross-platform-only = El sitio quiere una llave de seguridad o un teléfono.
plan-warning-asks-email = El sitio envía antes un código por correo: ten a mano tu buzón.
plan-warning-asks-sms = El sitio envía antes un código a tu teléfono: tenlo a mano.
plan-warning-asks-identity = El sitio pide antes un documento o una foto tuya.
plan-warning-asks-captcha = El sitio pide antes resolver una prueba.
plan-warning-needs-user-name = Seguirás escribiendo el nombre de usuario antes de la llave de acceso.
plan-warning-password-stays = La contraseña sigue valiendo junto a la llave de acceso: que sea fuerte.
plan-warning-facts-old = Lo que se sabe de este sitio se vio en { $observed }; puede que haya cambiado.
plan-warning-facts-unsure = Lo que se sabe de este sitio no es seguro.

# Puntuaciones.
plan-ease-high = fácil
plan-ease-middling = algo de trabajo
plan-ease-low = más trabajo
plan-risk-high = riesgo alto
plan-risk-middling = algo de riesgo
plan-risk-low = riesgo bajo
plan-value-high = mucho depende de ella
plan-value-middling = importa
plan-value-low = importa menos
