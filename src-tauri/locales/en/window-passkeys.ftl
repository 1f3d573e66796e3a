# Where passkeys live, as the window says it, and the PINs of authenticators.

window-passkeys = Passkeys
window-passkeys-title = Where your passkeys live
window-passkeys-close = Close
window-passkeys-open = Passkeys…
window-passkeys-places = Places…
window-passkeys-kept = New ones go to: { $home }
window-passkeys-lead = Each passkey lives in one place, and that place decides where else you can sign in with it. You choose it for the next run under “How it runs”.
window-passkeys-chosen = For the next run
window-passkeys-only-here = Only on this computer
window-passkeys-accounts = { $count ->
    [0] No account has its passkey here yet.
    [one] One account has its passkey here.
   *[other] { $count } accounts have their passkeys here.
}
window-passkeys-look = Look again
window-passkeys-looking = Looking…

window-store-file = File
window-store-lock = Lock now
window-store-lock-after = Lock by itself
window-store-lock-minutes = After { $count } minutes without use
window-store-lock-never = Never
window-store-locked = Locked
window-store-open = Open for this sitting
window-store-missing = Not made yet
window-store-ways = Look after the store
window-store-ways-how = These are commands in this version. Copy the line into a terminal.
window-store-copy = Copy
window-store-copy-of = Copy the command: { $title }
window-store-copied = Copied

window-setup-home-store = What opens it
window-setup-home-own = This place asks you itself, each time: with its PIN, a touch or a fingerprint.
window-setup-home-usable = Sign in with them
window-setup-home-about = More about these places

window-prompt-pin = PIN
window-prompt-pin-give = Give the PIN
window-prompt-pin-empty = Type the PIN first.
window-prompt-pin-new = New PIN
window-prompt-pin-again = The same PIN again
window-prompt-pin-shortest = At least { $count } characters. Letters may be among them.
window-prompt-pin-short = It needs at least { $count } characters.
window-prompt-pin-set = Set the PIN
