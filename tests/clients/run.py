"""Plays cases against a running practice site.

The first line of standard input is the job, as JSON: `{"origin", "now", "plays": [{"case", "accounts"}]}`.
One line of JSON is printed for each case; secrets come in by the job only and never go out. `{"advance": SECONDS}` asks
whoever started this to set the site's clock; a line comes back when that is done. `run.py authority NAME` prints the
certificate of a practice authority.
"""

from __future__ import annotations

import json
import sys
from typing import Any

from visitor import Account


def say(line: dict[str, Any]) -> None:
    print(json.dumps(line), flush=True)


def advance_site(seconds: int) -> None:
    say({"advance": seconds})
    sys.stdin.readline()


def main() -> None:
    if sys.argv[1:2] == ["authority"]:
        from attestation import authority

        print(authority(sys.argv[2]).decode(), end="")
        return
    job = json.loads(sys.stdin.readline())
    plays = [(play["case"], [Account(**account) for account in play["accounts"]]) for play in job["plays"]]
    if "browser" in job:
        from chromium import play_all

        for seen in play_all(job, plays):
            say(seen)
        return
    from ceremonies import Clock, Play

    clock = Clock(job["now"], advance_site)
    for case, accounts in plays:
        say(Play(case, job["origin"], accounts, clock).run())


if __name__ == "__main__":
    main()
