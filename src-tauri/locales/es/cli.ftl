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
import-did = En el registro: { $new } nuevas, { $changed } cambiadas.
import-would = Solo se ha mirado. Serían: { $new } nuevas, { $changed } cambiadas.
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
