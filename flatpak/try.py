# SPDX-FileCopyrightText: Touchpoint contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""try.py DIRECTORY: starts the installed Flatpak on the sandbox's sample data, signs in, and photographs the window.

Its secrets go through the Secret portal, as on a user's machine: the app has no right to talk to the keyring itself.
"""
import os
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "..", "tests", "support"))

import desktop  # noqa: E402
import programs  # noqa: E402

APP_ID = "io.github.touchpoint_desk.Touchpoint"


def main():
    directory = sys.argv[1]
    os.environ["XDG_CURRENT_DESKTOP"] = "GNOME"
    subprocess.run(["dbus-update-activation-environment", "XDG_CURRENT_DESKTOP", "DISPLAY"], check=True)
    sandbox = programs.Sandbox(directory)
    environment = [f"--env={key}={value}" for key, value in sandbox.environment().items()]
    app = programs.Program("flatpak", ["--user", "run", "--env=GSK_RENDERER=cairo", *environment, APP_ID], directory)
    window = desktop.Application("touchpoint")
    try:
        window.press(contains="personal access token")
        window.type("Personal access token", "sandbox-pat")
        window.press("Connect")
        window.sees("Import", seconds=60)
        path = desktop.picture(os.path.join(directory, "flatpak.png"))
        print(f"The Flatpak runs, and is signed in to the sandbox. Picture: {path}")
    except desktop.NotThere:
        print(window.tree()[:8000], app.errors()[-4000:], sep="\n", file=sys.stderr)
        raise
    finally:
        subprocess.run(["flatpak", "--user", "kill", APP_ID], check=False)
        app.stop()
        sandbox.stop()


if __name__ == "__main__":
    main()
