"""Writes the logins as Firefox exports them: python firefox.py LOGINS FOLDER"""

import json
import shutil
import sys
from pathlib import Path

from marionette_driver.marionette import Marionette

logins, folder = map(Path, sys.argv[1:3])

EXPORT = """
const [logins, path, done] = arguments;
const Login = Components.Constructor("@mozilla.org/login-manager/loginInfo;1", Ci.nsILoginInfo, "init");
(async () => {
  for (const { urls, user, password } of logins) {
    const origin = new URL(urls[0]).origin;
    await Services.logins.addLoginAsync(new Login(origin, origin, null, user, password, "", ""));
  }
  const { LoginExport } = ChromeUtils.importESModule("resource://gre/modules/LoginExport.sys.mjs");
  await LoginExport.exportAsCSV(path);
})().then(() => done(null), (error) => done(String(error)));
"""

# Firefox has no login without an address.
entries = [login for login in json.loads(logins.read_text()) if login["urls"]]
firefox = Marionette(bin=shutil.which(sys.argv[3]), headless=True, startup_timeout=120)
firefox.start_session()
try:
    firefox.set_context("chrome")
    firefox.timeout.script = 60
    problem = firefox.execute_async_script(EXPORT, script_args=(entries, str(folder / "logins.csv")))
finally:
    firefox.quit()
if problem:
    sys.exit(problem)
