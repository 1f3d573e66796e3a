# Passkeys written for other programs, and taken in from them.

passkeys-format-cxf = any program that reads FIDO’s exchange format
passkeys-format-bitwarden = Bitwarden
passkeys-format-keepassxc = KeePassXC

fact-passkey-copied = Passkey written for another program ({ $to })

passkeys-none = There is no passkey in the store.
passkeys-column-usable-in = Usable in
passkeys-unreadable =
    { $count ->
        [one] One entry has a passkey that Rekey cannot use:
       *[other] { $count } entries have a passkey that Rekey cannot use:
    }
passkeys-exported =
    { $count ->
        [one] One passkey is written for: { $to }.
       *[other] { $count } passkeys are written for: { $to }.
    }
passkeys-left-key-kind = not written: the program knows no keys of this kind (Ed25519).
passkeys-left-bound = not written: the site was told that this passkey cannot be copied. Add another one there instead.
passkeys-lost-prf = written without its secrets for encryption: what the site encrypted with this passkey opens with Rekey’s store only.
passkeys-lost-blob = written without what the site keeps beside it.
passkeys-next-cxf = Import the file in your password manager, where it offers to import from FIDO’s credential exchange format (CXF).
passkeys-next-bitwarden = Import the file in Bitwarden: Tools, Import data, format “Bitwarden (json)”.
passkeys-next-keepassxc = Import each file in KeePassXC 2.7.7 or later: Database, Import Passkey.
passkeys-decrypt = Decrypt it first, for example with: age --decrypt -o PLAIN FILE. Delete the decrypted file when it is imported.
passkeys-stay = The passkeys stay in the store as well. Sign in with the other program once before you rely on it.
passkeys-plain-text = Whoever gets hold of this file can sign in to these accounts. Import it where it belongs, then delete it, from the trash too; “rekey passkeys delete FILE” does it after asking you.
passkeys-plain-text-taken = Whoever gets hold of { $file } can sign in to these accounts. Delete it when you are done, from the trash too; “rekey passkeys delete” does it after asking you.
passkeys-nothing-new = No passkey was added.
passkeys-added =
    { $count ->
        [one] One passkey is in the store now:
       *[other] { $count } passkeys are in the store now:
    }
passkeys-known =
    { $count ->
        [one] One was in the store already:
       *[other] { $count } were in the store already:
    }
passkeys-completed =
    { $count ->
        [one] One was in the store already and got its secrets for encryption now:
       *[other] { $count } were in the store already and got their secrets for encryption now:
    }
passkeys-differing =
    { $count ->
        [one] One is in the store in another version, which stays as it is. Keep the file:
       *[other] { $count } are in the store in other versions, which stay as they are. Keep the file:
    }
passkeys-problems =
    { $count ->
        [one] One thing could not be taken over:
       *[other] { $count } things could not be taken over:
    }
passkeys-problem-unreadable = It is not written as it should be.
passkeys-problem-credential-id = Its id is missing or is none.
passkeys-problem-rp-id = It does not say which site it belongs to.
passkeys-problem-user-handle = It does not say which account it is for. Such a passkey answers only to a user name, which Rekey’s store cannot do; add a new one at the site.
passkeys-problem-key-damaged = Its private key is damaged.
passkeys-problem-key-rsa = Its private key is one of RSA, which Rekey’s store cannot sign with. Add a new passkey at the site.
passkeys-problem-key-curve = Its private key is on a curve that Rekey’s store cannot sign with. Add a new passkey at the site.
passkeys-problem-key-other = Its private key is of a kind that Rekey’s store cannot sign with. Add a new passkey at the site.
passkeys-problem-counter = It counts its signatures. The site might take a copy for a forgery; add a new passkey there instead.
passkeys-problem-twice = It is in the file twice.
passkeys-problem-without-prf = It was taken without its secrets for encryption, which cannot be read: what the site encrypted with this passkey opens only where it came from.
passkeys-problem-without-blob = It was taken without what the site keeps beside it.

ask-age-passphrase = Passphrase of the encrypted file:{" "}

error-passkeys-unknown = { $path } is no file of passkeys that Rekey knows.
    .safe = Nothing was changed.
    .next = Rekey reads FIDO’s exchange format (CXF), Bitwarden’s JSON export and KeePassXC’s .passkey files, also encrypted with age.
    .window = Rekey reads FIDO’s exchange format (CXF), Bitwarden’s JSON export and KeePassXC’s .passkey files, also encrypted with age.
error-passkeys-too-large = { $path } is larger, or holds more passkeys, than Rekey reads.
    .safe = Nothing was changed.
    .next = Export fewer passkeys at a time.
    .window = Export fewer passkeys at a time.
error-passkeys-damaged = { $path } is cut off or was altered.
    .safe = Nothing was changed.
    .next = Export it again where it came from.
    .window = Export it again where it came from.
error-passkeys-locked = { $path } is encrypted with age, and what opens it is missing.
    .safe = Nothing was changed.
    .next = Name the file with your key: --age-identity FILE; or the passphrase’s: --age-password-file FILE.
    .window = Choose the file with your key, or type the passphrase.
error-passkeys-wrong-key = The passphrase or the key does not open { $path }.
    .safe = Nothing was changed.
    .next = Try again with the one it was encrypted with.
    .window = Try again with the one it was encrypted with.
error-passkeys-too-costly = { $path } asks for more work than Rekey does to check a passphrase.
    .safe = Nothing was changed.
    .next = If you trust it, decrypt it with age itself and import the result.
    .window = If you trust it, decrypt it with age itself and import the result.
error-passkeys-for-another = { $path } is encrypted by the means of the program it came from.
    .safe = Nothing was changed.
    .next = Export it there once more, not encrypted; delete the file afterwards.
    .window = Export it there once more, not encrypted; delete the file afterwards.
error-age-identity = There is no private key of age’s in the file named for { $path }.
    .safe = Nothing was changed.
    .next = Name the file that age-keygen wrote; its key begins with AGE-SECRET-KEY-1.
    .window = Choose the file that age-keygen wrote; its key begins with AGE-SECRET-KEY-1.
error-passkeys-failed = { $path } could not be written.
    .safe = Nothing was written.
    .next = Give the same command again. If it keeps failing, report it with the output of -v.
    .window = Try again. If it keeps failing, report it.
error-age-recipient = One of the recipients is no public key of age’s.
    .safe = Nothing was written.
    .next = Give the key that age-keygen printed; it begins with age1.
error-passkeys-unrecorded = The passkeys were written to { $path }, but the ledger could not be told of it.
    .safe = The store and the ledger are as they were. What was written is whole and stays where it is.
    .next = Use it if you need it. If not, delete it, from the trash too, and give the command again: unless it is encrypted, whoever gets hold of it can sign in.
    .window = Use it if you need it. If not, delete it, from the trash too, and try again: unless it is encrypted, whoever gets hold of it can sign in.
error-passkeys-not-held = { $path } was not deleted: not everything in it is in the store.
    .safe = Nothing was changed.
    .next = Import it first. What Rekey cannot take over, or passwords beside the passkeys, must be kept elsewhere; delete the file yourself then.
    .window = Import it first. What Rekey cannot take over, or passwords beside the passkeys, must be kept elsewhere; delete the file yourself then.

help-passkeys = List the passkeys in the store, write them for other programs, and take in what others wrote.
help-passkeys-list = List the passkeys in the store.
help-passkeys-export = Write passkeys for another program. They stay in the store.
help-passkeys-import = Take passkeys from another program’s file into the store. The file is only read.
help-passkeys-delete = Delete a file of passkeys, once everything in it is in the store.
help-passkeys-export-to = For which program: cxf for any that reads FIDO’s exchange format
help-passkeys-export-account = The account: user@site, a site, or an id from “rekey passkeys list”; may be repeated
help-passkeys-export-all = All passkeys in the store
help-passkeys-export-out = The file to write, which must not be there yet; for several KeePassXC files a new folder
help-passkeys-export-age = Encrypt with age, by a passphrase
help-passkeys-export-age-recipient = Encrypt with age for the holder of this public key (age1…); may be repeated
help-passkeys-export-plain = Do not encrypt: whoever gets hold of the file can sign in
help-passkeys-import-file = The file: CXF, Bitwarden’s JSON or KeePassXC’s .passkey, also encrypted with age
help-passkeys-delete-file = The file
help-arg-age-password-file = Read the passphrase of the encrypted file from this file
help-arg-age-identity = The file with your private key of age’s
