# El informe y sus tablas.

column-account = Cuenta
column-site = Sitio
column-title = Título
column-state = Estado
column-done = Qué se ha hecho
column-home = Dónde vive la llave de acceso
column-proven = Comprobada

report-title = De contraseñas a llaves de acceso
report-made = Hecho por Rekey el { $time }
report-empty = El registro todavía no tiene cuentas.
report-to-do = Qué puedes hacer ahora
report-note = «Comprobada» significa que Rekey ha iniciado sesión con la llave de acceso desde una ventana privada nueva. Este informe no contiene contraseñas, códigos ni claves.
report-tile-proven = comprobadas
report-tile-second-factor = como segundo factor
report-tile-needs-person = te necesitan
report-tile-stuck = atascadas
report-tile-open = por hacer
