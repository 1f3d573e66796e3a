#!/bin/sh
# Writes the logins into a new password store: sh pass.sh LOGINS FOLDER
set -eu
export GNUPGHOME="$2/gnupg" PASSWORD_STORE_DIR="$2/store"
mkdir -m 700 "$GNUPGHOME"
gpg --batch --quiet --passphrase '' --quick-generate-key 'Invented <invented@example.test>' default default never
pass init invented@example.test >/dev/null
python3 - "$1" <<'PYTHON'
import json, subprocess, sys
for login in json.load(open(sys.argv[1])):
    path = "/".join(part for part in [login["group"], login["title"].replace("/", "-")] if part)
    lines = [login["password"]]
    lines += [f"user: {login['user']}"] if login["user"] else []
    lines += [f"url: {url}" for url in login["urls"]]
    if "totp" in login:
        lines.append(f"otpauth://totp/x?secret={login['totp']}")
    subprocess.run(["pass", "insert", "-m", path], input="\n".join(lines), text=True, check=True, stdout=subprocess.DEVNULL)
PYTHON
