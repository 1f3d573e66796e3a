# Lo que hay en una bóveda y no se ha tomado tal como está.

problem-no-url = No tiene dirección web, así que no se ha convertido en cuenta.
problem-no-user-name = No tiene nombre de usuario.
problem-no-password = No tiene contraseña.
problem-passwords-differ = Otra entrada del mismo sitio y usuario tiene una contraseña distinta. Se usa la modificada en último lugar.
problem-totps-differ = Otra entrada del mismo sitio y usuario tiene un secreto de código distinto. Se usa el modificado en último lugar.
problem-reference-unresolved = Hace referencia a una entrada que no existe. Se ha omitido el campo.
problem-placeholder-unresolved = Contiene un marcador que solo el gestor de contraseñas sabe rellenar. Se ha omitido el campo.
problem-not-text = Un campo no es texto legible. Se ha omitido.
problem-duplicate-field = Un campo está dos veces con valores distintos. Se usa el último.
problem-totp-unreadable = Sus ajustes de código de un solo uso no se pueden leer.
problem-totp-unsupported = Usa códigos de un solo uso por contador, que Rekey no puede usar.
problem-header-unverified = La cabecera del archivo no tiene suma de comprobación. Guárdalo una vez con un programa actual.
problem-item-unreadable = No se puede leer y se ha omitido.
problem-too-many-values = Tiene más direcciones o nombres de los que guarda Rekey. Se han omitido los últimos.
problem-further-totp = Tiene más de un secreto de códigos de un solo uso. Se usa el primero.
