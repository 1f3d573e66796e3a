# El almacén de llaves de acceso: «rekey store», la hoja de recuperación y qué hacer cuando se pierde.

store-file = El almacén: { $path }
store-file-written = Escrito el { $time }, { $size } bytes
store-none = Allí no hay ningún almacén todavía. Se crea con la primera llave de acceso.
store-backups = { $count ->
    [0] Junto a él no hay todavía ninguna versión anterior.
    [one] Junto a él hay una versión anterior; se conservan las cinco últimas:
   *[other] Junto a él hay { $count } versiones anteriores; se conservan las cinco últimas:
}
store-backup = { $number }. { $path }, { $time }
store-backup-broken = { $number }. { $path }, { $time }: dañada
store-copy = Una copia con { $count ->
    [one] una llave de acceso
   *[other] { $count } llaves de acceso
} se hizo y se probó el { $time }: { $path }
store-copy-old = El almacén se escribió después. Haz otra copia: rekey store backup CARPETA
store-copy-away = Ahora no está allí; puede que su disco no esté conectado.
store-copy-none = No se conoce ninguna copia en otro sitio. Un disco perdido se llevaría todas las llaves de acceso. Haz una: rekey store backup CARPETA
store-lock-after = La ventana bloquea el almacén tras { $count ->
    [one] un minuto
   *[other] { $count } minutos
} sin uso.
store-lock-never = La ventana no bloquea el almacén por sí sola.
store-lock-cli = Cada orden de esta línea abre el almacén solo para sí y lo deja bloqueado.
store-accounts = { $count ->
    [0] Ninguna cuenta tiene allí su llave de acceso.
    [one] Una cuenta tiene allí su llave de acceso:
   *[other] { $count } cuentas tienen allí sus llaves de acceso:
}
store-passphrase-changed = La frase de paso ha cambiado, y el almacén se ha abierto con la nueva.
store-passphrase-backups = Las versiones anteriores junto al almacén y las copias en otros sitios conservan la frase de paso de su momento. Haz otra copia: rekey store backup CARPETA
store-backed-up = Copiado a { $path }. La copia se ha abierto con la frase de paso: { $count ->
    [one] su única llave de acceso está ahí.
   *[other] las { $count } llaves de acceso están ahí.
}
store-backup-kept = Otro archivo tenía ese nombre, y no todo lo suyo está en la copia. Se conserva: { $path }
store-restored = { $from } está ahora en el sitio del almacén, con { $count ->
    [one] una llave de acceso.
   *[other] { $count } llaves de acceso.
}
store-replaced = Lo que había antes se conserva: { $path }
store-restored-accounts = Las cuentas que recibieron su llave de acceso después no están en él. Véase: rekey store lost --file
store-sheet-written = La hoja de recuperación: { $path }
store-sheet-print = Imprímela y guárdala lejos del ordenador.

ask-new-passphrase = Nueva frase de paso:{" "}
ask-lost-mark = ¿Marcar { $count ->
    [one] esta llave de acceso como perdida, para rehacer su cuenta
   *[other] estas { $count } llaves de acceso como perdidas, para rehacer sus cuentas
}? [s/N]{" "}
lost-yes = s

lost-passphrase = Nadie puede abrir el almacén sin su frase de paso, tampoco Rekey.
lost-file = Sin su archivo no se puede usar ninguna llave de acceso del almacén.
lost-first = Primero, lo que las devolvería todas:
lost-try-passphrase = Prueba frases de paso que usabas antes, con otras mayúsculas, espacios u otra distribución de teclado.
lost-try-former = { $count ->
    [one] Si cambiaste la frase de paso hace poco, la versión anterior se abre con la de antes: rekey store restore
   *[other] Si cambiaste la frase de paso hace poco, las { $count } versiones anteriores se abren con la de antes: rekey store restore
}
lost-keep-file = Conserva el archivo: si te acuerdas de la frase de paso, vuelven todas las llaves de acceso.
lost-restore-backup = { $count ->
    [one] Hay una versión anterior junto al sitio del almacén. Tómala: rekey store restore
   *[other] Hay { $count } versiones anteriores junto al sitio del almacén. Toma la más reciente que valga: rekey store restore
}
lost-restore-copy = Una copia se probó el { $time }. Tómala: rekey store restore "{ $path }"
lost-search = Busca Passkeys.kdbx en la papelera, en otros ordenadores y en tus copias de seguridad. Tómalo con: rekey store restore ARCHIVO
lost-accounts = { $count ->
    [0] No afecta a ninguna cuenta.
    [one] Si nada de eso ayuda: afecta a una cuenta, y así se entra en ella.
   *[other] Si nada de eso ayuda: afecta a { $count } cuentas, y así se entra en cada una. Empieza por arriba: otras se recuperan a través de las primeras.
}
lost-page = Página: { $page }
lost-marked = { $count ->
    [one] Marcada como perdida. La cuenta vuelve a estar en el plan: rekey plan
   *[other] { $count } llaves de acceso están marcadas como perdidas. Sus cuentas vuelven a estar en el plan: rekey plan
}
lost-not-marked = No se ha marcado nada. Cuando des el almacén por perdido, repite la orden con --mark.

regain-other-passkey = Hay otra llave de acceso suya en { $vault }: entra con esa.
regain-password = Entra con la contraseña de { $vault }, quita en el sitio la llave perdida y después: rekey migrate { $name }
regain-password-and-code = Entra con la contraseña y el código de { $vault }, quita en el sitio la llave perdida y después: rekey migrate { $name }
regain-recovery-codes = El sitio mostró códigos de recuperación. Si los guardaste, uno de ellos te deja entrar.
regain-site-recovery = El camino de vuelta del propio sitio, casi siempre a través de tu buzón.

sheet-title = Hoja de recuperación de las llaves de acceso de Rekey
sheet-made = Hecha el { $time }. En esta hoja no hay ningún secreto.
sheet-file-heading = Dónde están las llaves de acceso
sheet-file = En el archivo { $path }
sheet-file-kind = Es un archivo de KeePass (KDBX 4). Lo abre Rekey, y también KeePassXC 2.7.7 o posterior, con sus llaves de acceso.
sheet-passphrase-heading = Qué lo abre
sheet-passphrase = Su frase de paso, y nada más. Nadie puede abrirlo sin ella: ninguna empresa, ningún servicio de ayuda, tampoco Rekey.
sheet-passphrase-backups = Las versiones anteriores y las copias se abren con la frase de paso de su momento. Dónde está guardada, si lo está:
sheet-copy-heading = La copia en otro sitio
sheet-copy = { $path }, hecha y probada el { $time }, con { $count ->
    [one] una llave de acceso
   *[other] { $count } llaves de acceso
}
sheet-copy-old = Después se han añadido o cambiado llaves de acceso: toca hacer otra copia.
sheet-copy-none = No se conoce ninguna. Haz una en un disco que se guarde en otro sitio: rekey store backup CARPETA. Dónde está la copia:
sheet-lost-heading = Cuando se pierde algo
sheet-lost-file = Se ha perdido el archivo: toma una versión anterior de al lado o la copia de otro sitio, con «rekey store restore».
sheet-lost-passphrase = Se ha perdido la frase de paso: «rekey store lost --passphrase» dice cómo se recupera cada cuenta.
sheet-lost-both = Sin Rekey: cada cuenta de abajo conserva la entrada que ofrece su sitio, casi siempre la contraseña o el buzón.
sheet-accounts = { $count ->
    [0] Ninguna cuenta tiene allí su llave de acceso todavía
    [one] La cuenta que tiene allí su llave de acceso
   *[other] Las { $count } cuentas que tienen allí sus llaves de acceso
}

help-store = Cuida el archivo de llaves de acceso: copias, frase de paso, hoja de recuperación y qué hacer si se pierde.
help-show = Dice dónde está el almacén, qué copias hay y de quién son sus llaves de acceso.
help-lock = Dice cuándo bloquea la ventana el almacén, o lo cambia.
help-passphrase = Cambia la frase de paso del almacén.
help-backup = Copia el almacén a una carpeta y prueba la copia.
help-restore = Pone una versión anterior o una copia en el sitio del almacén; lo que haya allí se conserva.
help-sheet = Hace la hoja de recuperación, para imprimir.
help-lost = Dice cómo se recupera cada cuenta si se pierde el almacén o su frase de paso.

help-lock-after = Minutos sin uso tras los que la ventana bloquea el almacén; 0 para nunca
help-passphrase-new-password-file = Lee la nueva frase de paso de este archivo
help-backup-folder = La carpeta, en otro disco
help-restore-from = La versión que se toma; si no se indica, la más reciente que se abra con la frase de paso
help-sheet-out = El archivo que se escribe: HTML si su nombre acaba en .html, si no texto; la salida estándar si no se indica
help-lost-passphrase = El archivo está, su frase de paso se ha perdido
help-lost-file = El archivo se ha perdido
help-lost-mark = Marca las llaves de acceso como perdidas sin preguntar, para rehacer sus cuentas
