# Files on their way into the window, and what they leave open.

guide-format = { $product } ({ $kind })
guide-format-locked = { $product } ({ $kind }), protected by a password
guide-reading-file = Looking at the file
guide-reading-key = Deriving the key from the password
guide-reading-entries = Reading the entries

# What a column of a table can be said to be.
guide-column-number = Column { $number }
guide-column-title = Title
guide-column-url = Web address
guide-column-user-name = User name
guide-column-other-name = Another name, such as an e-mail address
guide-column-password = Password
guide-column-totp = Secret of one-time codes
guide-column-note = Notes
guide-column-group = Folder or group
guide-column-extra = A field of its own
guide-column-ignore = Nothing that is needed
guide-column-modified = When it was changed
guide-column-expires = When it expires
guide-column-archived = Whether it is archived
guide-column-deleted = Whether it is in the trash
guide-columns-missing-sign-in = Say which column holds the password or the user name.
guide-columns-missing-place = Say which column holds the web address or the title.
guide-columns-missing-twice = Title, user name and password can each be in one column only.

problem-code-unplaced = It is a one-time code that fits none of your accounts.

error-file-undeletable = { $path } cannot be deleted: { reason }.
    .safe = It is still there, as it was.
    .next = Delete it yourself in your file manager.
error-export-incomplete = Not everything in { $path } could be read.
    .safe = The file was not touched.
    .next = Keep it until the problems are solved: it may be the only place where something stands.
error-export-changed = { $path } is not the file that was read.
    .safe = Nothing was deleted.
    .next = Look at it yourself, and delete it if it holds passwords.

# What a cell looks like; what is in it is never shown.
guide-cell-web-address = web address
guide-cell-email = e-mail address
guide-cell-number = number
guide-cell-date = date
guide-cell-otp = one-time code secret
guide-cell-text =
    { $count ->
        [one] { $count } character
       *[other] { $count } characters
    }
import-judging = Looking at passwords: { $done } of { $total }
