# Lo que dice «rekey doctor».

doctor-version = Rekey { $version } en { $system }
doctor-profile = Perfil: { $path }
doctor-browsers = Navegadores
doctor-browser = { $product } { $version }  { $path }
doctor-none = ninguno
doctor-authenticators = Dónde pueden vivir aquí las llaves de acceso
doctor-ready = disponible
doctor-untried = en la ventana del navegador (--browser own --authenticator browser); aún sin probar con autenticadores reales
doctor-later = aún no en esta versión
doctor-keyring = Depósito de claves: { $name }
doctor-keyring-keychain = Llavero de macOS
doctor-keyring-credential-manager = Administrador de credenciales de Windows
doctor-keyring-secret-service = el servicio de secretos del escritorio
doctor-missing = Lo que falta
doctor-nothing-missing = No falta nada.
doctor-no-browser = No hay ningún navegador que Rekey pueda usar.
doctor-no-browser-remedy = Instala Chrome, Chromium, Edge o Brave.
doctor-root = Rekey se ejecuta como root, y como root el aislamiento del navegador nunca puede iniciarse.
doctor-root-remedy = Ejecuta Rekey como usuario corriente. En un contenedor tuyo puedes usar --no-browser-sandbox.
doctor-no-keyring = No hay ningún depósito de claves.
doctor-no-keyring-remedy = Esta versión no lo necesita: indicas tus frases de contraseña cada vez. GNOME Keyring, KWallet y KeePassXC ofrecen uno.
