"""Writes the vaults that are described on standard input, one JSON object a line."""

import base64
import json
import pathlib
import sys

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).parent.parent / "fixtures"))

from kdbx import Writer  # noqa: E402


def document(job):
    key = None if job["key"] is None else base64.b64decode(job["key"])
    shape = job["shape"] | {"version": tuple(job["shape"]["version"])}
    data = Writer(job["seed"], password=job["password"], key=key, **shape).write(job["xml"], attachments=[b"attachment"])
    pathlib.Path(job["file"]).write_bytes(data)


def pykeepass(job):
    from pykeepass import create_database

    database = create_database(job["file"], password=job["password"], keyfile=job["key_file"])
    group = database.add_group(database.root_group, "Group")
    for item in job["items"]:
        entry = database.add_entry(group, item["title"], item["user"], "former", url=item["url"])
        entry.save_history()
        if item["attachment"]:
            entry.add_attachment(database.add_binary(b"attachment"), "a.txt")
        entry.password = item["password"]
        for name, text, protected in item["fields"]:
            if name == "Notes":
                entry.notes = text
            elif name == "otp":
                entry.otp = text
            else:
                entry.set_custom_property(name, text, protect=protected)
    database.save()


for line in sys.stdin:
    job = json.loads(line)
    (pykeepass if "items" in job else document)(job)
