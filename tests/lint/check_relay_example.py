# SPDX-FileCopyrightText: Touchpoint contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""check_relay_example.py RELAY FOLDER: the example of a configuration in FOLDER is one that the relay takes, and the unit
gives it the file with the keys where the example looks for it."""
import os
import re
import subprocess
import sys
import tempfile


def main():
    relay, folder = sys.argv[1:]
    with open(os.path.join(folder, "relay.conf.example"), encoding="utf-8") as file:
        text = file.read()
    with open(os.path.join(folder, "touchpoint-relay.service.in"), encoding="utf-8") as file:
        unit = file.read()
    keys = re.search(r"^webhook_signing_keys=(.*)$", text, re.M).group(1)
    credential = os.path.basename(keys)
    assert keys == f"/run/credentials/touchpoint-relay.service/{credential}", keys
    assert re.search(rf"^LoadCredential={re.escape(credential)}:", unit, re.M), credential
    with tempfile.TemporaryDirectory() as directory:
        here = text.replace(keys, f"{directory}/{credential}").replace("sqlite:/var/lib/touchpoint-relay", f"sqlite:{directory}")
        for name, content in ((credential, "a-signing-key\n"), ("relay.conf", here)):
            with open(os.open(f"{directory}/{name}", os.O_CREAT | os.O_WRONLY, 0o600), "w", encoding="utf-8") as file:
                file.write(content)
        result = subprocess.run([relay, "check", "--config", f"{directory}/relay.conf"], capture_output=True, text=True,
                                check=False, timeout=60)
    print(result.stdout, result.stderr)

    return result.returncode


sys.exit(main())
