# La ventana propia del sitio: de quién es la página y qué se le negó.
site-window-title = Rekey: la ventana del sitio
site-window-back = Atrás
site-window-forward = Adelante
site-window-reload = Cargar de nuevo
site-window-smaller = Más pequeño
site-window-larger = Más grande
site-window-find = Buscar en esta página
site-window-secure = La conexión con este sitio está cifrada
site-window-this-computer = Este sitio funciona en tu propio ordenador
site-window-insecure = Sin cifrar: Rekey no rellena nada aquí
site-window-no-site = Ningún sitio
site-window-notice = Aviso
site-window-unreachable = No se pudo cargar la página. Comprueba la conexión y cárgala de nuevo.
site-window-tls = El certificado del sitio no es válido, así que no se abrió nada. Quien esté en medio podría leerlo todo. Inténtalo más tarde o desde otra red.
site-window-download = Aquí no se abren descargas. Consigue el archivo en tu navegador de siempre.
site-window-other-program = La página quería abrir otro programa. Rekey no lo hace.
site-window-permission = La página pidió la cámara, el micrófono, tu ubicación o algo parecido. Rekey dijo que no.
