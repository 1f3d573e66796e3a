# What went wrong. Each has three parts: what happened, what is safe (.safe), and what to do next (.next).
# A .window replaces .next in the window, where there is no command line.

reason =
    { $reason ->
        [missing] it is not there
        [forbidden] you may not open it
        [exists] something else is there already
        [folder] it is a folder
        [file] part of the path is a file
        [full] the disk is full
        [read-only] the disk is read-only
        [large] it is too large
       *[other] the system refused it
    }

error-profile-unknown = This computer names no folder for your data.
    .safe = Nothing was written.
    .next = Name a folder with --profile DIR.
    .window = Set a home folder for your user, then start Rekey again.
error-profile-unusable = The profile folder { $path } cannot be used: { reason }.
    .safe = Nothing was changed.
    .next = Choose another folder with --profile DIR, or repair its permissions.
    .window = Repair the folder's permissions, then start Rekey again.
error-file-unreadable = { $path } cannot be read: { reason }.
    .safe = Nothing was changed.
    .next = Check the path and that you may read the file.
error-file-unwritable = { $path } cannot be written: { reason }.
    .safe = Your vault and the ledger are as they were.
    .next = Choose another place for the file.

error-vault-unknown-format = This file is not a vault that Rekey can read.
    .safe = The file was only read. Nothing was changed.
    .next = Give a KeePass file (.kdbx) or Bitwarden's unencrypted JSON export.
error-vault-other-format = This file is not of the format { $asked }.
    .safe = The file was only read. Nothing was changed.
    .next = Leave --format out, and Rekey looks for itself.
error-vault-needs-key = The vault is locked.
    .safe = The file was only read. Nothing was changed.
    .next = Give its password, or its key file with --key-file.
    .window = Type its password, or choose its key file.
error-vault-wrong-key = The password or the key file is wrong.
    .safe = The file was only read. Nothing was changed.
    .next = Try again. If the vault has a key file, give it with --key-file.
    .window = Try again. If the vault has a key file, choose it.
error-vault-key-file-invalid = The key file is broken.
    .safe = The vault was not touched.
    .next = Use your copy of the key file.
error-vault-damaged = The vault is damaged ({ $part }).
    .safe = The file was only read. Nothing was changed.
    .next = Use a backup, or open it in your password manager and save it again.
error-vault-too-costly = Opening this vault would take far more memory or time than any password manager asks for.
    .safe = The file was not opened. Nothing was changed.
    .next = If the file is yours, lower its key settings in your password manager and save it again.
error-vault-unsupported = This vault uses something that Rekey cannot read: { $what }.
    .safe = The file was only read. Nothing was changed.
    .next = Save it as KDBX 4 in your password manager.
error-vault-encrypted-export = This export is encrypted for the account it came from.
    .safe = The file was only read. Nothing was changed.
    .next = Export it again with a password of its own or unencrypted, and delete that file when Rekey is done.
error-vault-needs-mapping = This file is a table, and Rekey does not know its columns.
    .safe = The file was only read. Nothing was changed.
    .next = Say what the columns are with --columns, for example --columns title,url,user_name,password.
    .window = Say what each column is.

error-ledger-unusable = The ledger's file cannot be used: { reason }.
    .safe = Nothing was changed.
    .next = Repair the permissions of the profile folder, or choose another one with --profile DIR.
    .window = Repair the permissions of the profile folder.
error-ledger-damaged = The ledger is damaged.
    .safe = Your vault, your passkeys and the file itself were not touched.
    .next = Put back a copy of ledger.sqlite3, or move it away and import your vault again.
error-ledger-foreign = The file ledger.sqlite3 belongs to another program.
    .safe = The file was not touched.
    .next = Choose another folder with --profile DIR.
    .window = Move that file away, then try again.
error-ledger-newer = A newer version of Rekey has used this ledger (form { $found }; this version knows { $known }).
    .safe = The ledger was not touched.
    .next = Use the newer version of Rekey.
error-ledger-busy = Another run of Rekey is using the ledger.
    .safe = Nothing was changed.
    .next = Wait until it is done, then try again.
error-ledger-unwritable = The ledger cannot be written: the disk is full or read-only.
    .safe = All that was written before is kept.
    .next = Make room, then give the same command again.
    .window = Make room, then try again.
error-ledger-failed = The ledger failed in an unexpected way.
    .safe = All that was written before is kept.
    .next = Give the same command again. If it keeps failing, report it with the output of -v.
    .window = Try again. If it keeps failing, report it.

error-store-exists = There is a file in the store's place already.
    .safe = That file was not touched.
    .next = Name another file with --store.
    .window = Try again: Rekey asks for its passphrase.
error-store-missing = The store is not there.
    .safe = Nothing was changed.
    .next = Name the right file with --store.
    .window = Put the file back. Without it, its passkeys are gone; your passwords still work.
error-store-wrong-passphrase = The passphrase of the store is wrong.
    .safe = The store was not changed, and nothing was done at any site.
    .next = Try again with the passphrase you chose when the store was made.
error-store-damaged = The store is damaged ({ $part }).
    .safe = The file was not changed.
    .next = Put back a copy of it. Your passwords still work as before.
error-store-foreign = This KeePass file is not a store of Rekey's.
    .safe = The file was not changed: Rekey never writes into a vault of yours.
    .next = Name another file with --store; a new store is made where there is none.
    .window = Move that file away; a new store is made where there is none.
error-store-unreadable = The store holds a passkey that Rekey cannot read.
    .safe = Nothing was written, so that nothing in it is lost.
    .next = Look at the file in KeePassXC, or name another store with --store.
    .window = Look at the file in KeePassXC.
error-store-locked = Another run of Rekey has the store open.
    .safe = Nothing was changed.
    .next = Wait until it is done, then try again.
error-store-changed = Another program changed the store in the meantime.
    .safe = Nothing was written over that change.
    .next = Close the other program and give the same command again.
    .window = Close the other program and try again.
error-store-failed = The store could not be written faithfully.
    .safe = The store was kept as it was before.
    .next = Give the same command again. If it keeps failing, report it with the output of -v.
    .window = Try again. If it keeps failing, report it.
error-store-unusable = The store's file cannot be used: { reason }.
    .safe = The store was kept as it was before.
    .next = Check the folder's permissions and the space on the disk, or name another file with --store.
    .window = Check the folder's permissions and the space on the disk.

error-browser-missing = No browser was found that Rekey can use.
    .safe = Nothing was done at any site.
    .next = Install Chrome, Chromium, Edge or Brave. "rekey doctor" shows where Rekey looks.
    .window = Install Chrome, Chromium, Edge or Brave, then try again.
error-browser-sandbox = The browser's sandbox cannot start here (it never does for root).
    .safe = Nothing was done at any site.
    .next = Run Rekey as an ordinary user. In a container of your own you can give --no-browser-sandbox.
    .window = Run Rekey as an ordinary user.
error-browser-start = The browser could not be started: { reason }.
    .safe = Nothing was done at any site.
    .next = Without a screen, use --browser own-headless. "rekey doctor" shows the browsers found.
    .window = Check that the browser starts by itself, then try again.
error-browser-gone = The browser ended unexpectedly.
    .safe = The ledger knows every step that was taken.
    .next = Give the same command again; it goes on where it stopped.
    .window = Go on; it continues where it stopped.
error-browser-profile-in-use = Another run of Rekey is using the browser profile.
    .safe = Nothing was done at any site.
    .next = Wait until it is done, or name another profile folder with --profile DIR.
    .window = Wait until it is done, then try again.
error-browser-unsupported = Rekey cannot drive a browser on this system yet.
    .safe = Nothing was done at any site.
    .next = Run Rekey on Linux or macOS. Reading vaults and the ledger works here, too.
error-browser-timed-out = The browser did not answer in time.
    .safe = The ledger knows every step that was taken.
    .next = Close programs that keep the computer busy, then give the same command again.
    .window = Close programs that keep the computer busy, then try again.
error-browser-failed = The browser did not do as it was told.
    .safe = The ledger knows every step that was taken.
    .next = Give the same command again. If it keeps failing, report it with the output of -v.
    .window = Try again. If it keeps failing, report it.
error-browser-no-display = There is no screen to show a window on.
    .safe = Nothing was done at any site.
    .next = Run Rekey where windows can be opened, or use --browser own-headless.
    .window = Open Rekey where windows can be shown.
error-browser-embedded = Sites cannot be shown in a window of Rekey's own here.
    .safe = Nothing was done at any site.
    .next = On Linux, put rekey-desktop beside rekey. Elsewhere use --browser own or --browser own-headless.
    .window = Choose the installed browser.
error-browser-by-hand = This version cannot guide you through your own browser yet.
    .safe = Nothing was done at any site.
    .next = Use --browser own: a browser window that Rekey opens, and you can use.
    .window = Choose the installed browser.

error-account-unknown = The ledger has no account "{ $name }".
    .safe = Nothing was changed.
    .next = See "rekey accounts" for the names. Import the vault first if it is not there.
    .window = Bring the vault that holds it.
error-account-ambiguous = "{ $name }" stands for several accounts: { $accounts }.
    .safe = Nothing was changed.
    .next = Give one of these names, or the account's id.
error-site-unreadable = "{ $text }" is not the name of a site.
    .safe = Nothing was changed.
    .next = Give it as in example.com.

error-secret-needed = A password or the store's passphrase is needed, and there is no terminal to ask for it.
    .safe = Nothing was changed.
    .next = Give it with { $option }.
error-passphrases-differ = The two passphrases are not the same.
    .safe = Nothing was changed; no store was made.
    .next = Try again.
error-passphrase-empty = The passphrase is empty.
    .safe = Nothing was changed; no store was made.
    .next = Choose a passphrase that only you know: it protects your passkeys.
error-usage = The command line cannot be carried out: { $said }
    .safe = Nothing was changed.
    .next = See "rekey --help", or --help after a command.
error-assist-needs-window = With --assist { $level } you act on the page, and --browser own-headless has no window.
    .safe = Nothing was done at any site.
    .next = Use --browser own, or --assist auto.
error-address-for-several = --sign-in and --passkeys are addresses of one account, and this run has { $accounts }.
    .safe = Nothing was done at any site.
    .next = Name one account, or leave the addresses out.
error-store-is-vault = The store and the vault are the same file.
    .safe = The file was not touched: Rekey never writes into a vault of yours.
    .next = Name another file with --store.
    .window = Bring in another vault: this file is the store of your passkeys.
error-home-unavailable = Passkeys cannot be put there: { $name }.
    .safe = Nothing was done at any site.
    .next = See "rekey doctor" for the places that work here. "store" works everywhere.

error-not-now = That is not possible at this moment.
    .safe = Nothing was changed.
    .next = Finish what the window shows first.
error-prompt-gone = That question is answered already, or nobody waits for the answer any more.
    .safe = Your answer was not used.
    .next = Look at what the window asks now.
error-passphrase-needed = Approving takes the passphrase of Rekey's store.
    .safe = Nothing was done.
    .next = Type the passphrase, or decline.

error-terminal-failed = The terminal could not be read or written.
    .safe = The ledger is as it was.
    .next = Try again in another terminal.
error-practice-failed = The practice site could not be started.
    .safe = Nothing was changed.
    .next = Choose another port with --port, or leave it out.
    .window = Try again.
error-practice-origin = Browsers make no passkeys at { $url }.
    .safe = Nothing was started.
    .next = Give an address that begins with https:// and has a name, such as https://training.example.
error-practice-storage = The data that the practice site keeps cannot be used: { $path }
    .safe = Nothing in it was changed.
    .next = Move the file away together with the .key file beside it, or choose another port with --port: each port is a site of its own.
    .window = Move the file away together with the .key file beside it, and try again.
error-unexpected = Something failed that should not have.
    .safe = The ledger knows every step that was taken; your vault was only read.
    .next = Give the same command again. If it keeps failing, report it with the output of -v.
    .window = Try again. If it keeps failing, report it.
