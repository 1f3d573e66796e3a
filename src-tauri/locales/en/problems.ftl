# What a vault holds and was not taken over as it stands.

problem-no-url = It has no web address, so it became no account.
problem-no-user-name = It has no user name.
problem-no-password = It has no password.
problem-passwords-differ = Another entry for the same site and user name has a different password. The one changed last is used.
problem-totps-differ = Another entry for the same site and user name has a different one-time code secret. The one changed last is used.
problem-reference-unresolved = It refers to an entry that is not there. The field was left out.
problem-placeholder-unresolved = It holds a placeholder that only the password manager can fill in. The field was left out.
problem-not-text = A field is not readable text. It was left out.
problem-duplicate-field = A field is there twice with different values. The last one is used.
problem-totp-unreadable = Its one-time code settings cannot be read.
problem-totp-unsupported = It uses counter-based one-time codes, which Rekey cannot use.
problem-header-unverified = The file's header has no checksum. Save it once with a current program.
problem-item-unreadable = It cannot be read and was left out.
problem-too-many-values = It has more addresses or names than Rekey keeps. The last ones were left out.
problem-further-totp = It has more than one one-time code secret. The first one is used.
