# The store of passkeys: "rekey store", the recovery sheet, and what to do when it is lost.

store-file = The store: { $path }
store-file-written = Written { $time }, { $size } bytes
store-none = There is no store there yet. It is made with the first passkey.
store-backups = { $count ->
    [0] No former version is beside it yet.
    [one] One former version is beside it; the last five are kept:
   *[other] { $count } former versions are beside it; the last five are kept:
}
store-backup = { $number }. { $path }, { $time }
store-backup-broken = { $number }. { $path }, { $time }: damaged
store-copy = A copy with { $count ->
    [one] one passkey
   *[other] { $count } passkeys
} was made and tried on { $time }: { $path }
store-copy-old = The store was written after that. Make a new copy: rekey store backup FOLDER
store-copy-away = It is not there now; its disk may not be plugged in.
store-copy-none = No copy elsewhere is known. A lost disk would take all passkeys with it. Make one: rekey store backup FOLDER
store-lock-after = The window locks the store after { $count ->
    [one] one minute
   *[other] { $count } minutes
} without use.
store-lock-never = The window does not lock the store by itself.
store-lock-cli = A command on this line opens the store for itself alone and leaves it locked.
store-accounts = { $count ->
    [0] No account has its passkey there.
    [one] One account has its passkey there:
   *[other] { $count } accounts have their passkeys there:
}
store-passphrase-changed = The passphrase was changed, and the store was opened with the new one.
store-passphrase-backups = Former versions beside the store and copies elsewhere keep the passphrase of their time. Make a new copy: rekey store backup FOLDER
store-backed-up = Copied to { $path }. The copy was opened with the passphrase: { $count ->
    [one] its one passkey is there.
   *[other] all { $count } passkeys are there.
}
store-backup-kept = Another file had that name, and not all of it is in the copy. It is kept: { $path }
store-restored = { $from } is in the store's place now, with { $count ->
    [one] one passkey.
   *[other] { $count } passkeys.
}
store-replaced = What was there before is kept: { $path }
store-restored-accounts = Accounts that got their passkey later are not in it. See: rekey store lost --file
store-sheet-written = The recovery sheet: { $path }
store-sheet-print = Print it, and keep it apart from the computer.

ask-new-passphrase = New passphrase:{" "}
ask-lost-mark = Mark { $count ->
    [one] this passkey as lost, so that its account is
   *[other] these { $count } passkeys as lost, so that their accounts are
} done anew? [y/N]{" "}
lost-yes = y

lost-passphrase = Nobody can open the store without its passphrase, Rekey included.
lost-file = Without its file, none of the store's passkeys can be used.
lost-first = First, what would bring all of them back:
lost-try-passphrase = Try passphrases that you used before, with other capitals, spaces or another keyboard layout.
lost-try-former = { $count ->
    [one] If you changed the passphrase lately, the version before opens with the former one: rekey store restore
   *[other] If you changed the passphrase lately, the { $count } versions before open with the former one: rekey store restore
}
lost-keep-file = Keep the file: if the passphrase comes back to you, so do all passkeys.
lost-restore-backup = { $count ->
    [one] A former version is beside the store's place. Take it: rekey store restore
   *[other] { $count } former versions are beside the store's place. Take the newest good one: rekey store restore
}
lost-restore-copy = A copy was tried on { $time }. Take it: rekey store restore "{ $path }"
lost-search = Look for Passkeys.kdbx in the recycle bin, on other computers and in your backups. Take it with: rekey store restore FILE
lost-accounts = { $count ->
    [0] No account is concerned.
    [one] If none of that helps: one account is concerned, and this is how you get in.
   *[other] If none of that helps: { $count } accounts are concerned, and this is how you get into each. Begin at the top: others are regained through the first ones.
}
lost-page = Page: { $page }
lost-marked = { $count ->
    [one] Marked as lost. The account is in the plan again: rekey plan
   *[other] { $count } passkeys are marked as lost. Their accounts are in the plan again: rekey plan
}
lost-not-marked = Nothing was marked. When you have given up the store, give the same command with --mark.

regain-other-passkey = Another passkey of it is in { $vault }: sign in with that one.
regain-password = Sign in with the password in { $vault }, remove the lost passkey at the site, then: rekey migrate { $name }
regain-password-and-code = Sign in with the password and the code in { $vault }, remove the lost passkey at the site, then: rekey migrate { $name }
regain-recovery-codes = The site showed recovery codes. If you kept them, one of them signs you in.
regain-site-recovery = The site's own way back, mostly through your mailbox.

sheet-title = Recovery sheet for Rekey's passkeys
sheet-made = Made { $time }. No secret is on this sheet.
sheet-file-heading = Where the passkeys are
sheet-file = In the file { $path }
sheet-file-kind = It is a KeePass file (KDBX 4). Rekey opens it, and so does KeePassXC 2.7.7 or newer, with its passkeys.
sheet-passphrase-heading = What opens it
sheet-passphrase = Its passphrase, and nothing else. Nobody can open it without: no company, no support, not Rekey.
sheet-passphrase-backups = Former versions and copies open with the passphrase of their time. Where the passphrase is kept, if anywhere:
sheet-copy-heading = The copy elsewhere
sheet-copy = { $path }, made and tried { $time }, with { $count ->
    [one] one passkey
   *[other] { $count } passkeys
}
sheet-copy-old = Passkeys were added or changed after that: a new copy is due.
sheet-copy-none = None is known. Make one on a disk that is kept elsewhere: rekey store backup FOLDER. Where the copy is:
sheet-lost-heading = When something is lost
sheet-lost-file = The file is lost: take a former version beside it or the copy elsewhere, with "rekey store restore".
sheet-lost-passphrase = The passphrase is lost: "rekey store lost --passphrase" says how each account is regained.
sheet-lost-both = Without Rekey: each account below still has the way in that its site offers, mostly the password or the mailbox.
sheet-accounts = { $count ->
    [0] No account has its passkey there yet
    [one] The account with its passkey there
   *[other] The { $count } accounts with their passkeys there
}

help-store = Look after the file of passkeys: copies, passphrase, recovery sheet, and what to do when it is lost.
help-show = Say where the store is, what backups there are and whose passkeys are in it.
help-lock = Say when the window locks the store, or change that.
help-passphrase = Change the store's passphrase.
help-backup = Copy the store into a folder and try the copy.
help-restore = Put a former version or a copy in the store's place; what is there is kept.
help-sheet = Make the recovery sheet, to print.
help-lost = Say how each account is regained when the store or its passphrase is lost.

help-lock-after = Minutes without use after which the window locks the store; 0 for never
help-passphrase-new-password-file = Read the new passphrase from this file
help-backup-folder = The folder, on another disk
help-restore-from = The version to take; where none is given the newest that opens with the passphrase
help-sheet-out = The file to write: HTML where its name ends in .html, otherwise text; stdout where none is given
help-lost-passphrase = The file is there, its passphrase is lost
help-lost-file = The file is lost
help-lost-mark = Mark the passkeys as lost without asking, so that their accounts are done anew
