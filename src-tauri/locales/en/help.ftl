# "rekey --help": help-COMMAND, help-COMMAND-ARGUMENT, and help-arg-ARGUMENT for arguments that several commands share.

help-usage-heading = Usage
help-commands-heading = Commands
help-arguments-heading = Arguments
help-options-heading = Options
help-command-value = COMMAND

help-rekey = Move your accounts from passwords to passkeys, and prove each one by signing in.
help-import = Bring in the accounts of a vault. The file is only read.
help-accounts = List the accounts in the ledger.
help-migrate = Add a passkey to accounts and prove it by signing in.
help-prove = Prove again that an account's passkey signs in.
help-status = Say how many accounts are how far.
help-report = Write a report on every account.
help-practice = Run the practice site and write a vault with its accounts.
help-doctor = Look at what is here and what is missing.
help-demo = Try everything on the practice site, without a window.

help-arg-profile = Folder for all that Rekey keeps
help-arg-json = Print JSON for scripts
help-arg-lang = Language: en or es
help-arg-verbose = Say more on stderr (-vv for more still)
help-arg-help = Show this help
help-arg-version = Show the version

help-arg-file = The vault: a KeePass file (.kdbx) or Bitwarden's unencrypted JSON export
help-arg-vault = The vault with the accounts' passwords
help-arg-format = The vault's format; Rekey looks for itself where it is not given
help-arg-password-stdin = Read the vault's password from stdin
help-arg-password-file = Read the vault's password from this file
help-arg-key-file = The vault's key file
help-import-dry-run = Only look; write nothing to the ledger
help-accounts-state = Only accounts in this state
help-accounts-site = Only accounts at this site
help-arg-accounts = An account: its id, its site, or user@site
help-arg-all = All accounts of the vault
help-arg-browser = What shows the sites
help-arg-assist = Who acts: watch (you), assist (Rekey fills in, you press), auto (Rekey)
help-arg-timeout = Seconds that one account may take
help-arg-no-browser-sandbox = Start the browser without its sandbox (for containers; less safe)
help-arg-authenticator = Where the passkeys shall live
help-arg-store = The store for passkeys; made where it is not there
help-arg-store-password-file = Read the store's passphrase from this file
help-arg-sign-in = The address to sign in at
help-arg-passkeys = The address of the page that adds passkeys
help-migrate-again = Make a new passkey whatever is there; the old one stays in the store (remove it at the site first)
help-report-format = The report's form
help-report-out = The file to write; stdout where it is not given
help-practice-port = The port; where it is not given any free one, or 7353 with --keep
help-practice-accounts = How many accounts
help-practice-vault-out = The vault to write; in the profile where it is not given
help-practice-rehearse = Accounts for kinds of site to rehearse, in place of the usual ones; all for every kind
help-practice-keep = Keep the accounts and passkeys until next time
help-practice-listen = Listen on this address of the computer, not on this computer alone; needs --origin
help-practice-origin = How browsers reach the site behind something that speaks HTTPS, such as https://training.example
help-demo-accounts = How many accounts
