# What the directory knows of a site: site-field-FIELD for each field, site-FIELD-VALUE for its values.

site-field-role = Passkeys
site-field-passkey-page = Page that adds a passkey
site-field-asks-first = Asked before adding
site-field-authenticator = Where the passkey may live
site-field-capacity = Passkeys per account
site-field-usernameless = Sign-in without a user name
site-field-password-after = The password afterwards
site-field-sign-in = Sign-in page
site-field-manage-page = Page that lists and removes passkeys
site-field-change-password = Page that changes the password
site-field-recovery-page = When locked out
site-field-help = The site’s own help
site-field-rp-ids = Name that passkeys are bound to (RP ID)
site-field-equivalent = Same accounts at
site-field-kind = Kind of account
site-field-notes = Good to know

site-role-sign-in = sign in, without the password
site-role-second-factor = a second factor beside the password
site-role-both = sign in, or a second factor beside the password
site-role-none-seen = none when somebody looked

site-asks-first-none = nothing, when somebody tried
site-asks-first-password = the password once more
site-asks-first-email = a code or link by e-mail
site-asks-first-sms = a code by SMS
site-asks-first-totp = a code of an authenticator app
site-asks-first-captcha = a puzzle against robots
site-asks-first-identity = an identity document or a picture of you
site-asks-first-other = something else
site-asks-sometimes = sometimes { $what }

site-authenticator-any = on any device or in any manager
site-authenticator-platform = with what the device itself offers (such as Windows Hello, Touch ID, or its password manager)
site-authenticator-cross-platform = on a security key or a phone only

site-capacity-one = one only: losing it means the site’s recovery
site-capacity-several = several
site-capacity-most = up to { $count }

site-usernameless-yes = yes
site-usernameless-no = no, the name is typed first

site-password-after-removable = can be removed
site-password-after-stays = stays
site-password-after-skippable = stays, and can be left unused
site-password-after-has-none = accounts there have no password

site-kind-mail = mailbox
site-kind-identity = signs in to other sites, or keeps their passwords
site-kind-money = money
site-kind-shopping = shopping
site-kind-social = social
site-kind-work = work
site-kind-official = authorities, health, insurance
site-kind-other = other

site-confidence-low = not sure
site-confidence-medium = reported
site-confidence-high = tried

site-layer-own = your own
site-layer-built-in = Rekey’s directory
site-layer-asked = the site itself
site-layer-refreshed = fetched list

site-source-asked = the site itself
site-source-2factorauth-api = 2factorauth’s list of sites with passkeys
