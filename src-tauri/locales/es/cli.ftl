# Lo que dice la línea de órdenes además de words.ftl.

error-label = Error

ask-vault-password = Contraseña de la bóveda:{" "}
ask-store-passphrase = Frase de contraseña del almacén de Rekey:{" "}
ask-store-passphrase-again = Tu verificación ha caducado. Frase de contraseña del almacén de Rekey:{" "}
ask-new-store-passphrase = Elige una frase de contraseña para el nuevo almacén de Rekey:{" "}
ask-again = Otra vez:{" "}

import-done =
    { $entries ->
        [one] Leído { $format }: 1 entrada,{" "}
       *[other] Leído { $format }: { $entries } entradas,{" "}
    }{ $accounts ->
        [one] 1 cuenta.
       *[other] { $accounts } cuentas.
    }
import-did = En el registro: { $new } nuevas, { $changed } cambiadas, { $gone } que ya no están.
import-would = Solo se ha mirado. Serían: { $new } nuevas, { $changed } cambiadas, { $gone } que ya no están.
import-problems =
    { $count ->
        [one] 1 cosa que revisar:
       *[other] { $count } cosas que revisar:
    }

accounts-none = Ninguna cuenta que mostrar. «rekey import FILE» incorpora cuentas; sin filtros se muestran todas.
report-written = Informe: { $path }

live-store-created = Se ha creado un almacén nuevo de llaves de acceso: { $store }
live-store-created-from-file = Se ha creado un almacén nuevo de llaves de acceso: { $store }. Su frase de contraseña es lo que contiene { $file }; sin ella se pierden las llaves.
live-waiting-for-code =
    { $seconds ->
        [one] Esperando 1 segundo al próximo código de un solo uso
       *[other] Esperando { $seconds } segundos al próximo código de un solo uso
    }

practice-address = Sitio de prácticas: { $url }
practice-account =
    { $totp ->
        [yes] { $user }  { $url }  contraseña y código de un solo uso
       *[no] { $user }  { $url }  contraseña
    }
practice-vault = Bóveda de prácticas: { $path }
practice-password = Su contraseña está en: { $path }
practice-explain = Qué pasa en una ceremonia: { $url }
practice-inbox = Correos de las cuentas: { $url }
practice-kept = Los datos del sitio quedan en: { $path }
practice-kept-as-it-was = Las cuentas conservadas están como estaban; --accounts y --rehearse solo cuentan para un sitio nuevo.
practice-end = El sitio funciona hasta que pulses Ctrl-C.

# Traer bóvedas.
ask-vault-password-of = Contraseña de { $file }:{" "}
reading = Leyendo { $file }: { $stage } { $percent }
reading-key = derivando la clave de la contraseña
reading-entries = entradas
import-file =
    { $entries ->
        [one] Leído { $file } ({ $format }): 1 entrada.
       *[other] Leído { $file } ({ $format }): { $entries } entradas.
    }
import-together =
    { $count ->
        [one] Juntos contienen 1 cuenta.
       *[other] Juntos contienen { $count } cuentas.
    }
import-recycled =
    { $count ->
        [one] Sin tomar: 1 entrada de la papelera.
       *[other] Sin tomar: { $count } entradas de la papelera.
    }
import-templates =
    { $count ->
        [one] Sin tomar: 1 plantilla.
       *[other] Sin tomar: { $count } plantillas.
    }
import-not-logins =
    { $count ->
        [one] Sin tomar: 1 elemento que no es un inicio de sesión (una tarjeta, una nota, una clave).
       *[other] Sin tomar: { $count } elementos que no son inicios de sesión (tarjetas, notas, claves).
    }
import-with-passkey =
    { $count ->
        [one] 1 cuenta ya tiene una llave de acceso en la bóveda. Rekey no la ha comprobado.
       *[other] { $count } cuentas ya tienen una llave de acceso en la bóveda. Rekey no las ha comprobado.
    }
import-tokens =
    { $count ->
        [one] 1 generador de códigos no pertenece a ninguna cuenta de aquí. Trae la bóveda con esa cuenta junto con este archivo.
       *[other] { $count } generadores de códigos no pertenecen a ninguna cuenta de aquí. Trae la bóveda con sus cuentas junto con este archivo.
    }
import-gone =
    { $count ->
        [one] 1 cuenta ya no está en la bóveda. Lo que el registro sabe de ella se queda:
       *[other] { $count } cuentas ya no están en la bóveda. Lo que el registro sabe de ellas se queda:
    }
import-differing =
    { $count ->
        [one] 1 cuenta tiene contraseñas distintas. Se usa la más reciente; --prefer FILE toma la de ese archivo:
       *[other] { $count } cuentas tienen contraseñas distintas. Se usan las más recientes; --prefer FILE toma las de ese archivo:
    }
import-password-used = en uso: { $file }, { $entry }, modificada { $modified }
import-password-other = sin usar: { $file }, { $entry }, modificada { $modified }
import-unplaced =
    { $count ->
        [one] 1 entrada no tiene dirección web. ¿De qué sitio es? Dilo con --place "TÍTULO=SITIO":
       *[other] { $count } entradas no tienen dirección web. ¿De qué sitios son? Dilo con --place "TÍTULO=SITIO":
    }
import-plain-text = { $file } contiene secretos que puede leer cualquiera que lo consiga. Bórralo cuando termines, también de la papelera; --delete-export lo hace después de preguntarte.
delete-ask = Escribe { $name } para borrar ese archivo:{" "}
delete-kept = { $file } no se ha borrado.
delete-not = { $file } no se ha borrado: no se pudo leer entero, o es un enlace.
delete-done = { $file } se ha borrado. Las copias de seguridad, las carpetas en la nube y el propio disco pueden conservar lo que contenía.
formats-name = Nombre
formats-product = Procedencia
formats-kind = Tipo
formats-evidence = Probado con
formats-export = Cómo obtener el archivo:
evidence-program = comparado con { $program }
evidence-export = exportaciones reales ({ $from })
evidence-documentation = solo documentación

site-unknown = No se sabe nada de { $site }. Si admite llaves de acceso: no se sabe. Rekey busca la página contigo cuando empieces.
site-unknown-fields = No se sabe: { $fields }
site-sources = Fuentes
site-old = visto hace más de dos años
site-overruled = no es lo que cuenta

contribute-files =
    { $count ->
        [0] No hay correcciones que compartir.
        [one] Se ha escrito { $count } sitio. Léelo antes de compartirlo:
       *[other] Se han escrito { $count } sitios. Léelos antes de compartirlos:
    }
contribute-kept-back =
    { $count ->
        [one] Se ha apartado, porque puede decir quién lo escribió:
       *[other] Se han apartado, porque pueden decir quién los escribió:
    }

plan-more =
    { $count ->
        [one] Y { $count } más; --limit la muestra.
       *[other] Y { $count } más; --limit las muestra.
    }
plan-resting =
    { $count ->
        [one] En otra cuenta no hay nada que hacer; --everything la muestra.
       *[other] En otras { $count } cuentas no hay nada que hacer; --everything las muestra.
    }

look-ups-on = activada
look-ups-off = desactivada
look-ups-watch-on = Mientras la ventana de Rekey está abierta, lo que está activado se consulta otra vez cada semana.
look-ups-watch-off = Rekey no consulta nada por sí mismo (--watch yes lo cambia).
look-ups-last = Última consulta: { $time }
look-ups-never = Nunca se ha consultado nada.

recheck-refresh =
    { $failed ->
        [0] La lista de sitios: { $found } sitios con llaves de acceso.
       *[other] No se pudo descargar la lista de sitios:
    }
recheck-sites =
    { $asked ->
        [0] No hacía falta preguntar a ningún sitio.
       *[other] Se preguntó a { $asked } sitios: { $found } dicen que admiten llaves de acceso; a { $failed } no se pudo preguntar.
    }
recheck-breaches = Se comprobaron { $asked } contraseñas: { $found } están en filtraciones conocidas; { $failed } no se pudieron comprobar.
recheck-news =
    { $count ->
        [0] No se sabe de ningún sitio que admita llaves de acceso y antes no.
        [one] { $count } sitio admite ahora llaves de acceso:
       *[other] { $count } sitios admiten ahora llaves de acceso:
    }
recheck-no-vault = No se ha dado ninguna bóveda, así que no se comprueba ninguna contraseña: rekey recheck BÓVEDA
recheck-no-breaches = La comprobación de contraseñas está desactivada, así que no se leen los archivos: rekey look-ups --on breaches
recheck-cancelled = Se terminó antes de preguntar todo. Lo encontrado hasta entonces se conserva.
plan-then = Después: { $step }
import-next = En qué orden ir, y por qué: rekey plan
recheck-refused = No se pudo preguntar a nadie, así que no se sabe nada nuevo.

# Lo que pide un autenticador en la terminal.
ask-pin = PIN de { $home }:{" "}
ask-pin-again = Ese PIN no es correcto{ $left ->
        [-1] .
        [one] ; queda un intento.
       *[other] ; quedan { $left } intentos.
    } PIN de { $home }:{" "}
ask-new-pin = { $home } aún no tiene PIN. Uno nuevo, de al menos { $shortest } caracteres:{" "}
ask-new-pin-refused = { $home } no acepta ese PIN. Otro, de al menos { $shortest } caracteres:{" "}
pins-differ = Los dos PIN no coinciden; no se ha fijado ninguno.
notice-insert = Conecta tu llave de seguridad o acércala.
notice-touch-to-choose = Toca la llave de seguridad que quieres usar.
notice-touch = Toca tu llave de seguridad.
notice-verify = Pon la huella, o lo que pida el autenticador.
