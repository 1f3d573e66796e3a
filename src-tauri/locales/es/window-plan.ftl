# Las palabras de la ventana sobre el plan, los sitios y lo que puede salir del ordenador.

# El plan: en qué orden y por qué.
window-plan-title = En este orden
window-plan-sort = Ordenar por
window-plan-sort-plan = Plan
window-plan-sort-site = Sitio
window-plan-sort-state = Estado
window-plan-place = Número { $place }
window-plan-pinned = La has puesto al principio
window-plan-none-left = No queda nada por hacer en esta lista.
window-plan-group-watched = Protegidas y en observación
window-plan-group-watched-detail = Estos sitios aún no admiten llaves de acceso. Lo mejor que hay es una contraseña fuerte y un segundo factor; Rekey te avisa cuando alguno empiece a admitir llaves, si le dejas mirar.
window-plan-group-follows = Se entra con otra cuenta
window-plan-group-follows-detail = Son tan seguras como la cuenta con la que entras.
window-plan-group-postponed = Aplazadas
window-plan-group-postponed-detail = Vuelven a su lugar por sí solas.
window-plan-group-done = Terminadas
window-plan-group-done-detail = Cada una tiene una llave de acceso que se ha visto funcionar.
window-plan-group-left-out = Dejadas fuera
window-plan-group-left-out-detail = Rekey no hace nada con estas. Lo que dejaste fuera se puede recuperar en cualquier momento.
window-plan-more = Más opciones para { $site }, { $user }
window-plan-pin = Poner al principio
window-plan-unpin = Quitar del principio
window-plan-postpone-week = Aplazar una semana
window-plan-postpone-month = Aplazar un mes
window-plan-postpone-until = Aplazar hasta…
window-plan-leave-out = Dejar fuera
window-plan-bring-back = Recuperar
window-plan-about = Lo que Rekey sabe de este sitio
window-plan-about-of = Lo que Rekey sabe de { $site }
window-plan-until-title = ¿Hasta cuándo aplazar { $site }?
window-plan-until-date = Día
window-plan-until-detail = Ese día vuelve a su lugar.
window-plan-until-yes = Aplazar
window-plan-until-no = Cancelar
window-plan-undo = Deshacer
window-plan-undo-keys = Ctrl+Z
window-plan-undo-close = Cerrar

# Cómo están las cosas, de un vistazo.
window-health-title = Cómo están las cosas
window-health-done = Con llave
window-health-ready = Listas para empezar
window-health-needs-you = Te necesitan
window-health-watched = En observación
window-health-aside = Apartadas
window-health-picture = { $done } de { $total } cuentas tienen una llave comprobada, { $ready } están listas, { $you } te necesitan, { $watched } en observación, { $aside } apartadas
window-health-judging = Mirando tus contraseñas, en este ordenador…
window-health-show = Lo que se ha encontrado
window-mark-risk = Riesgo
window-mark-caution = Cuidado

# Lo que ha encontrado la observación.
window-news-title =
    { $count ->
        [one] { $count } de tus sitios ya admite llaves de acceso
       *[other] { $count } de tus sitios ya admiten llaves de acceso
    }
window-news-detail = Han dejado la observación y están ahora en el plan. Elige uno para encontrarlo.
window-news-find = Buscar { $site } en la lista
window-news-more = y { $count } más
window-news-dismiss = De acuerdo

# Lo que se sabe de un sitio.
window-site-title = Lo que Rekey sabe de { $site }
window-site-close = Cerrar
window-site-loading = Un momento…
window-site-why = Por qué está en ese lugar
window-site-warnings = Antes de empezar
window-site-facts = Datos sobre { $site }
window-site-address-note = Rekey no abre ninguna dirección por su cuenta. Cópiala para mirar tú.
window-site-copy = Copiar
window-site-copy-of = Copiar { $address }
window-site-copied = Copiada
window-site-also = { $label }: también se dice
window-site-source = Fuente
window-site-observed = Visto: { $date }
window-site-observed-unknown = Nadie anotó cuándo
window-site-old = De hace más de dos años: puede haber cambiado
window-site-doubtful = De oídas: míralo antes de fiarte
window-site-layer-built-in = Viene con Rekey
window-site-layer-refreshed = Lista descargada
window-site-layer-site = El propio sitio
window-site-layer-own = Corrección tuya
window-site-unknown = No se sabe
window-site-unknown-detail = Nadie lo ha observado, y Rekey no lo supone.
window-site-nothing = No se sabe nada de este sitio
window-site-nothing-detail = Rekey busca la página contigo: inicia sesión, busca las llaves de acceso en los ajustes y te pregunta donde no ve el camino.

# Lo que puede salir del ordenador.
window-lookups = Consultas
window-lookups-open = Consultas…
window-lookups-lead = Rekey funciona sin ninguna de ellas. Cada una está desactivada hasta que la actives, y dice qué revela.
window-lookups-reveals = Qué revela
window-lookups-never = Aún no se ha hecho
window-lookups-last = Última vez: { $when }
window-lookups-weekly = Observar cada semana
window-lookups-weekly-detail = Una vez por semana, mientras Rekey está abierto, se repiten las consultas activadas. Se avisa de los sitios que hayan empezado a admitir llaves de acceso.
window-lookups-check = Consultar ahora
window-lookups-check-none = Activa alguna para consultar
window-lookups-check-files = Abre antes una bóveda: aún no hay nada que consultar.
window-lookups-cancel = Cancelar
window-lookups-progress = Progreso de la consulta
window-lookups-close = Cerrar
window-lookups-state =
    { $count ->
        [0] Todas desactivadas: nada sale de este ordenador
        [one] { $count } de { $total } activada
       *[other] { $count } de { $total } activadas
    }
