# What "rekey doctor" says.

doctor-version = Rekey { $version } on { $system }
doctor-profile = Profile: { $path }
doctor-browsers = Browsers
doctor-browser = { $product } { $version }  { $path }
doctor-none = none
doctor-authenticators = Where passkeys can live here
doctor-ready = ready
doctor-untried = in the browser's window (--browser own --authenticator browser-profile); not tried with real ones yet
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
doctor-absent = not here
doctor-home-missing = Missing
doctor-home-untried = Not run on hardware

home-missing-tpm = There is no TPM 2.0, or the firmware has it switched off. Look for "TPM", "PTT" or "fTPM" in the firmware's settings.
home-missing-tpm-version = The TPM is of the old version 1.2, which cannot keep passkeys.
home-missing-tpm-permission = The system does not let you use the TPM. Join its group ("sudo usermod -aG tss $USER" on most systems), and sign in again.
home-missing-tpm-library = The library libtss2-tcti-device is not installed.
home-missing-tpm-answer = The TPM does not answer.
home-missing-windows-hello = Windows Hello is not set up. Set up a PIN, face or fingerprint in Windows' settings, under accounts.
