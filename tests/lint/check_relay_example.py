# SPDX-FileCopyrightText: Touchpoint contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""check_relay_example.py RELAY FOLDER: the example of a configuration in FOLDER is one that the relay takes, and the unit
gives it the files with the keys where the example looks for them. Outside the unit, where those files are not to be had, a
code can be made and the configuration checked all the same, with the parts that are commented out, too."""
import os
import re
import subprocess
import sys
import tempfile


def run(relay, directory, command):
    result = subprocess.run([relay, command, "--config", f"{directory}/relay.conf"], capture_output=True, text=True,
                            check=False, timeout=60)
    print(command, result.stdout, result.stderr)
    assert result.returncode == 0, command


def write(directory, name, content):
    with open(os.open(f"{directory}/{name}", os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600), "w", encoding="utf-8") as file:
        file.write(content)


def main():
    relay, folder = sys.argv[1:]
    with open(os.path.join(folder, "relay.conf.example"), encoding="utf-8") as file:
        text = file.read()
    with open(os.path.join(folder, "touchpoint-relay.service.in"), encoding="utf-8") as file:
        unit = file.read()
    keys = re.search(r"^webhook_signing_keys=(.*)$", text, re.M).group(1)
    credential = os.path.basename(keys)
    assert keys == f"/run/credentials/touchpoint-relay.service/{credential}", keys
    names = re.findall(r"^#?\w+=/run/credentials/touchpoint-relay\.service/(.*)$", text, re.M)
    assert names == [credential, "admin-token"], names
    for name in names:
        # Without something in its place a missing file ends the start with no word about which.
        assert f"\nLoadCredential={name}:/etc/touchpoint-relay/{name}\n" in unit, name
        assert f"\nSetCredential={name}:\\n\n" in unit, name
    with tempfile.TemporaryDirectory() as directory:
        here = text.replace("sqlite:/var/lib/touchpoint-relay", f"sqlite:{directory}")
        everything = re.sub(r"^#(\w+=)", r"\1", here, flags=re.M)
        assert everything != here
        write(directory, credential, "a-signing-key\n")
        write(directory, "relay.conf", here.replace(keys, f"{directory}/{credential}"))
        run(relay, directory, "check")
        for outside in (here, everything):
            write(directory, "relay.conf", outside)
            run(relay, directory, "check")
            run(relay, directory, "enrol-code")

    return 0


sys.exit(main())
