# What "rekey doctor" says.

doctor-version = Rekey { $version } on { $system }
doctor-profile = Profile: { $path }
doctor-browsers = Browsers
doctor-browser = { $product } { $version }  { $path }
doctor-none = none
doctor-authenticators = Where passkeys can live here
doctor-ready = ready
doctor-untried = in the browser's window (--browser own --authenticator browser); not tried with real ones yet
doctor-later = not in this version
doctor-keyring = Keyring: { $name }
doctor-keyring-keychain = macOS Keychain
doctor-keyring-credential-manager = Windows Credential Manager
doctor-keyring-secret-service = the desktop's secret service
doctor-missing = What is missing
doctor-nothing-missing = Nothing is missing.
doctor-no-browser = No browser that Rekey can use.
doctor-no-browser-remedy = Install Chrome, Chromium, Edge or Brave.
doctor-root = Rekey runs as root, and the browser's sandbox never starts for root.
doctor-root-remedy = Run Rekey as an ordinary user. In a container of your own you can give --no-browser-sandbox.
doctor-no-keyring = No keyring.
doctor-no-keyring-remedy = This version does not need one: you give your passphrases each time. GNOME Keyring, KWallet and KeePassXC offer one.
