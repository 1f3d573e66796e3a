# What the directory knows of a site: site-field-FIELD for each field, site-FIELD-VALUE for its values.

site-field-role = Llaves de acceso
site-field-passkey-page = Página para añadir una llave de acceso
site-field-asks-first = Se pide antes de añadirla
site-field-authenticator = Dónde puede guardarse
site-field-capacity = Llaves de acceso por cuenta
site-field-usernameless = Entrar sin nombre de usuario
site-field-password-after = La contraseña después
site-field-sign-in = Página de inicio de sesión
site-field-manage-page = Página que muestra y quita llaves de acceso
site-field-change-password = Página para cambiar la contraseña
site-field-recovery-page = Si no puedes entrar
site-field-help = Ayuda del propio sitio
site-field-rp-ids = Nombre al que van ligadas (RP ID)
site-field-equivalent = Las mismas cuentas en
site-field-kind = Tipo de cuenta
site-field-notes = Conviene saber

site-role-sign-in = para entrar sin la contraseña
site-role-second-factor = como segundo factor, junto a la contraseña
site-role-both = para entrar, o como segundo factor junto a la contraseña
site-role-none-seen = no había ninguna cuando se comprobó

site-asks-first-none = nada, cuando alguien probó
site-asks-first-password = la contraseña otra vez
site-asks-first-email = un código o enlace por correo
site-asks-first-sms = un código por SMS
site-asks-first-totp = un código de una app de autenticación
site-asks-first-captcha = una prueba contra robots
site-asks-first-identity = un documento de identidad o una foto tuya
site-asks-first-other = otra cosa
site-asks-sometimes = a veces { $what }

site-authenticator-any = en cualquier dispositivo o gestor
site-authenticator-platform = con lo que ofrece el propio dispositivo (como Windows Hello, Touch ID o su gestor de contraseñas)
site-authenticator-cross-platform = solo en una llave de seguridad o un teléfono

site-capacity-one = solo una: si se pierde, hay que recuperar la cuenta
site-capacity-several = varias
site-capacity-most = hasta { $count }

site-usernameless-yes = sí
site-usernameless-no = no, antes se escribe el nombre

site-password-after-removable = se puede quitar
site-password-after-stays = se queda
site-password-after-skippable = se queda y puede no usarse
site-password-after-has-none = las cuentas de allí no tienen contraseña

site-kind-mail = buzón de correo
site-kind-identity = abre otros sitios o guarda sus contraseñas
site-kind-money = dinero
site-kind-shopping = compras
site-kind-social = redes sociales
site-kind-work = trabajo
site-kind-official = administración, salud, seguros
site-kind-other = otro

site-confidence-low = dudoso
site-confidence-medium = según una fuente
site-confidence-high = probado

site-layer-own = tuyo
site-layer-built-in = directorio de Rekey
site-layer-asked = el propio sitio
site-layer-refreshed = lista descargada

site-source-asked = el propio sitio
site-source-2factorauth-api = lista de 2factorauth de sitios con llaves de acceso
