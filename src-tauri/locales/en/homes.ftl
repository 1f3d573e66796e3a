# Where passkeys live, what each place can do, and what an authenticator asks. A place's own words go before those of any.

guide-home-lives = Live in
guide-home-usable = Sign in
guide-home-verifies = Knows you by
guide-home-can = Can

guide-home-state-ready = Ready
guide-home-state-untried = Through the command line only, and tried with simulated ones only
guide-home-state-absent = Not here
guide-home-state-later = Not in this version
guide-home-state-looking = Looking …

guide-home-store = Rekey's store
    .is = A file of Rekey's own that only your passphrase opens.
    .lives = The file Passkeys.kdbx. It can be copied and backed up.
    .usable = In Rekey, and in your everyday browser where KeePassXC 2.7.7 or newer opens the file. On a phone only after moving them.
    .verifies = The store’s passphrase.
    .can = Sign in without a user name. Give a site a key of its own to encrypt with (PRF), keep a short note for it (large blob), and stay silent without you where it asks for that.
guide-home-tpm = This computer’s security chip
    .is = Keys made inside this computer’s security chip. Nobody can copy them.
    .lives = This computer’s security chip (TPM 2.0). They end with the computer, or when its chip is cleared.
    .usable = In Rekey on this computer, and nowhere else: not in your everyday browser, not on a phone.
    .verifies = A PIN, each time. The chip counts wrong ones and locks itself. On most Linux computers whoever can use the chip can also undo that lock; there Rekey wants a longer PIN.
    .can = Sign in without a user name. No fingerprint, and no keys for sites to encrypt with.
    .untried = Run against a TPM in software only, never yet on a real chip.
guide-home-security-key = Security key
    .is = A small device on USB or NFC that you touch.
    .lives = The key itself. They are lost with it, so a second key is wise.
    .usable = Wherever the key is: in your everyday browser, on other computers, on phones that can read it.
    .verifies = The key’s own PIN or fingerprint, and a touch.
    .can = Sign in without a user name, for as many accounts as the key has room for. The rest depends on the key.
    .untried = Run with a key in software over a virtual card reader, never yet with a key that you can buy.
guide-home-windows-hello = Windows Hello
    .is = Windows itself: your face, fingerprint or PIN.
    .lives = Windows, on this computer.
    .usable = In every browser on this computer, and nowhere else.
    .verifies = What you set up in Windows: face, fingerprint or PIN.
    .can = Sign in without a user name. The rest depends on the version of Windows.
    .untried = Its calls were run against a stand-in only, never yet on Windows.
guide-home-icloud-keychain = iCloud Keychain
    .is = Apple’s own keychain.
    .lives = Your iCloud Keychain.
    .usable = On all your Apple devices.
    .verifies = Touch ID or the computer’s password.
    .untried = Rekey asks the browser for it, and was never yet run on a Mac.
guide-home-browser-profile = Browser’s profile
    .is = The passkeys of an installed browser.
    .lives = The browser profile that Rekey uses. They are lost with it, unless the browser’s own account keeps them.
    .usable = In that profile, and wherever the browser’s own account brings them.
    .verifies = Whatever the browser asks for.
    .untried = Run with simulated authenticators only.
guide-home-phone = Phone
    .is = A phone that is near, by a QR code.
    .lives = The phone, and wherever its maker syncs them.
    .usable = On the phone, and by its camera on other computers.
guide-home-own-manager = Password manager
    .is = The manager that you use in your own browser.
    .lives = That manager.
    .usable = Wherever you use it.

guide-store-copy = A copy was made and tried on { $time }: { $path }
guide-store-old-copy = The last copy was tried on { $time }, and the store was written after that: make a new one. { $path }
guide-store-no-copy = No copy elsewhere is known. A lost disk would take all passkeys in it.
guide-store-backup = Back up
guide-store-backup-detail = Copies the store into a folder, such as one on a USB stick, and tries whether the copy opens.
guide-store-sheet = Recovery sheet
guide-store-sheet-detail = A page to print: where the file is, what opens it, and what to do when it is lost. No secret is on it.
guide-store-move = Move passkeys
guide-store-move-detail = Writes all of them into a file for Bitwarden, encrypted with age. Other formats and single accounts: rekey passkeys export --help
guide-store-passphrase = Change the passphrase
guide-store-passphrase-detail = Copies and former versions keep the passphrase of their time.
guide-store-lost-passphrase = I lost the passphrase
guide-store-lost-detail = Says which accounts are concerned and how you get into each.
guide-store-lost-file = I lost the file
guide-store-lost-file-detail = Says which copies are left, which accounts are concerned and how you get into each.

# What an authenticator waits for.
guide-device-insert = Plug in your security key, or hold it to the reader
    .detail = Rekey goes on as soon as it is there.
guide-device-touch-to-choose = Touch the security key that you want to use
    .detail = Several are there; all of them blink.
guide-device-touch = Touch your security key
    .detail = It blinks until you do.
guide-device-verify = Show the security key who you are
    .detail = With your finger on its sensor, or as it asks you to.
guide-device-verify-windows-hello = Windows asks who you are
    .detail = Answer in the window that Windows has opened.
guide-device-verify-tpm = The computer asks who you are
    .detail = Put your finger on its sensor.
guide-device-working = The security key is at work
guide-device-working-tpm = This computer’s security chip is at work
guide-device-working-windows-hello = Windows is at work

guide-pin = Give your security key’s PIN
    .detail = The key checks it itself. Rekey hands it over and forgets it.
guide-pin-tpm = Give the PIN of this computer’s security chip
    .detail = The chip checks it itself. Rekey hands it over and forgets it.
guide-pin-tries = { $left ->
    [one] One try is left. If it is wrong too, the key locks itself for good: only a reset opens it again, and that deletes all its passkeys.
   *[other] { $left } tries are left. After that the key locks itself for good.
}
guide-pin-tries-tpm = { $left ->
    [one] One try is left. If it is wrong too, the chip locks itself for a while.
   *[other] { $left } tries are left before the chip locks itself for a while.
}
guide-new-pin = Choose a PIN for your security key
    .detail = The site wants to know that it is you, and your key has no PIN yet. From now on it asks for this one.
    .warning = Whoever forgets it must reset the key, and that deletes all its passkeys.
guide-new-pin-tpm = Choose a PIN for this computer’s security chip
    .detail = It protects all passkeys that Rekey makes there. The chip locks itself after wrong tries. If whoever can use the chip can also undo that lock, as on most Linux computers, a PIN needs at least eight characters that are not all digits: it is then what protects you if this computer is stolen and its disk is not encrypted.
    .warning = It cannot be recovered. Without it the passkeys in the chip are lost.

error-pin-wrong = That PIN is wrong.
error-pin-refused = The authenticator does not take that PIN.
    .next = Choose another one: longer, and less easy to guess.
error-pin-too-short = The PIN is too short.
    .next = It needs at least { $limit } characters.
error-pin-too-long = The PIN is too long.
    .next = It may take { $limit } bytes; a plain letter or digit is one.
