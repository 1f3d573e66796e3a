# Lo que dice «rekey doctor».

doctor-version = Rekey { $version } en { $system }
doctor-profile = Perfil: { $path }
doctor-browsers = Navegadores
doctor-browser = { $product } { $version }  { $path }
doctor-none = ninguno
doctor-authenticators = Dónde pueden vivir aquí las llaves de acceso
doctor-ready = disponible
doctor-untried = en la ventana del navegador (--browser own --authenticator browser-profile); aún sin probar con autenticadores reales
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
doctor-absent = no está aquí
doctor-home-missing = Falta
doctor-home-untried = Sin probar con hardware

home-missing-tpm = No hay TPM 2.0, o el firmware lo tiene desactivado. Busca «TPM», «PTT» o «fTPM» en los ajustes del firmware.
home-missing-tpm-version = El TPM es de la antigua versión 1.2, que no puede guardar llaves de acceso.
home-missing-tpm-permission = El sistema no te deja usar el TPM. Únete a su grupo («sudo usermod -aG tss $USER» en la mayoría de sistemas) y vuelve a iniciar sesión.
home-missing-tpm-library = No está instalada la biblioteca libtss2-tcti-device.
home-missing-tpm-answer = El TPM no responde.
home-missing-windows-hello = Windows Hello no está configurado. Configura un PIN, la cara o la huella en los ajustes de Windows, en cuentas.
