# Archivos que van llegando a la ventana y lo que dejan por aclarar.

guide-format = { $product } ({ $kind })
guide-format-locked = { $product } ({ $kind }), protegido con contraseña
guide-reading-file = Mirando el archivo
guide-reading-key = Derivando la clave de la contraseña
guide-reading-entries = Leyendo las entradas

# Lo que puede contener una columna de una tabla.
guide-column-number = Columna { $number }
guide-column-title = Título
guide-column-url = Dirección web
guide-column-user-name = Nombre de usuario
guide-column-other-name = Otro nombre, como un correo electrónico
guide-column-password = Contraseña
guide-column-totp = Secreto de códigos de un solo uso
guide-column-note = Notas
guide-column-group = Carpeta o grupo
guide-column-extra = Un campo propio
guide-column-ignore = Nada que haga falta
guide-column-modified = Cuándo se cambió
guide-column-expires = Cuándo caduca
guide-column-archived = Si está archivada
guide-column-deleted = Si está en la papelera
guide-columns-missing-sign-in = Di qué columna contiene la contraseña o el nombre de usuario.
guide-columns-missing-place = Di qué columna contiene la dirección web o el título.
guide-columns-missing-twice = El título, el usuario y la contraseña solo pueden estar en una columna cada uno.

problem-code-unplaced = Es un código de un solo uso que no corresponde a ninguna de tus cuentas.

error-file-undeletable = { $path } no se puede borrar: { reason }.
    .safe = Sigue ahí, tal como estaba.
    .next = Bórralo tú desde el gestor de archivos.
error-export-incomplete = No se ha podido leer todo lo que hay en { $path }.
    .safe = El archivo no se ha tocado.
    .next = Guárdalo hasta resolver los problemas: puede ser el único sitio donde está algo.
error-export-changed = { $path } no es el archivo que se ha leído.
    .safe = No se ha borrado nada.
    .next = Míralo tú y bórralo si contiene contraseñas.

# El aspecto de una celda; lo que contiene no se muestra nunca.
guide-cell-web-address = dirección web
guide-cell-email = dirección de correo
guide-cell-number = número
guide-cell-date = fecha
guide-cell-otp = secreto de códigos
guide-cell-text =
    { $count ->
        [one] { $count } carácter
       *[other] { $count } caracteres
    }
import-judging = Mirando contraseñas: { $done } de { $total }
