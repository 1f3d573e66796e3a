# Dónde viven las llaves de acceso, como lo dice la ventana, y los PIN de los autenticadores.

window-passkeys = Llaves de acceso
window-passkeys-title = Dónde viven tus llaves de acceso
window-passkeys-close = Cerrar
window-passkeys-open = Llaves de acceso…
window-passkeys-places = Lugares…
window-passkeys-kept = Las nuevas van a: { $home }
window-passkeys-lead = Cada llave de acceso vive en un lugar, y ese lugar decide dónde más puedes entrar con ella. Lo eliges para la próxima vez en «Cómo se hace».
window-passkeys-chosen = Para la próxima vez
window-passkeys-only-here = Solo en este ordenador
window-passkeys-accounts = { $count ->
    [0] Ninguna cuenta tiene aquí todavía su llave de acceso.
    [one] Una cuenta tiene aquí su llave de acceso.
   *[other] { $count } cuentas tienen aquí sus llaves de acceso.
}
window-passkeys-look = Buscar otra vez
window-passkeys-looking = Buscando…

window-store-file = Archivo
window-store-lock = Bloquear ahora
window-store-lock-after = Se bloquea solo
window-store-lock-minutes = Tras { $count } minutos sin uso
window-store-lock-never = Nunca
window-store-locked = Bloqueado
window-store-open = Abierto por esta vez
window-store-missing = Aún no existe
window-store-ways = Cuidar el almacén
window-store-ways-how = En esta versión son órdenes. Copia la línea en un terminal.
window-store-copy = Copiar
window-store-copy-of = Copiar la orden: { $title }
window-store-copied = Copiado

window-setup-home-store = Qué lo abre
window-setup-home-own = Este lugar te pregunta él mismo, cada vez: con su PIN, un toque o una huella.
window-setup-home-usable = Permiten entrar
window-setup-home-about = Más sobre estos lugares

window-prompt-pin = PIN
window-prompt-pin-give = Dar el PIN
window-prompt-pin-empty = Escribe antes el PIN.
window-prompt-pin-new = PIN nuevo
window-prompt-pin-again = Otra vez el mismo PIN
window-prompt-pin-shortest = Al menos { $count } caracteres. También puede llevar letras.
window-prompt-pin-short = Necesita al menos { $count } caracteres.
window-prompt-pin-set = Poner el PIN
