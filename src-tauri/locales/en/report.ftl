# The report and its tables.

column-account = Account
column-site = Site
column-title = Title
column-state = State
column-done = What was done
column-home = Where the passkey lives
column-proven = Proven

report-title = From passwords to passkeys
report-made = Made by Rekey on { $time }
report-empty = The ledger holds no accounts yet.
report-to-do = What you can do next
report-note = "Proven" means that Rekey signed in with the passkey from a fresh private window. This report holds no passwords, codes or keys.
report-tile-proven = proven
report-tile-second-factor = as second factor
report-tile-needs-person = need you
report-tile-stuck = stuck
report-tile-open = to do
