# SPDX-FileCopyrightText: Touchpoint contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""try.py DIRECTORY: starts the installed Flatpak on the sandbox's sample data, signs in, and photographs the window.

Its secrets go through the Secret portal, as on a user's machine: the app has no right to talk to the keyring itself. A second
process, started after the first has ended, has to find them again. Runs inside tests/support/desktop-session.
"""
import json
import os
import subprocess
import sys
import time

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "..", "tests", "support"))

import desktop  # noqa: E402
import programs  # noqa: E402

APP_ID = "io.github.touchpoint_desk.Touchpoint"
RUN = ["--user", "run", "--env=GSK_RENDERER=cairo"]


def sign_in(window):
    window.press("Set Up")
    window.press("Use a Personal Access Token")
    window.type("Token", "sandbox-pat")
    window.press("Connect")
    window.find(name="Choose a File…", seconds=60)


def import_customers(window, sandbox, directory):
    """The file comes through the chooser of the portal: the app cannot see the folder it lies in."""
    path = os.path.join(directory, "customers.csv")
    with open(path, "wb") as file:
        file.write(sandbox.get("customers.csv"))
    window.press("Choose a File…")
    desktop.wait_window("Import Customers")
    desktop.focus("Import Customers")
    # The first key of a path brings up the entry for it.
    desktop.key("slash")
    desktop.Application("xdg-desktop-portal-gtk").type(None, path)
    desktop.key("Return")
    window.sees("new customers")
    window.press("Continue")
    window.press("Open Touchpoint")
    window.sees("Today")


def in_keyring(attribute):
    found = subprocess.run(
        ["gdbus", "call", "--session", "--dest", "org.freedesktop.secrets", "--object-path", "/org/freedesktop/secrets",
         "--method", "org.freedesktop.Secret.Service.SearchItems", f"{{'{attribute}': '{APP_ID}'}}"],
        capture_output=True, text=True, check=True)
    return "/collection/" in found.stdout


def check_secrets():
    """The portal's way was taken: a sealed file in the app's own data, and in the keyring only what the portal made for it."""
    sealed = os.path.join(os.environ["HOME"], ".var", "app", APP_ID, "data", "keyrings", "default.keyring")
    with open(sealed, "rb") as file:
        assert b"sandbox-pat" not in file.read(), sealed
    assert in_keyring("app_id") and not in_keyring("application")


def check_status(environment):
    """The command line in a sandbox of its own reads the app's secrets and its records."""
    answer = subprocess.run(["flatpak", *RUN, *environment, "--command=touchpointctl", APP_ID, "status", "--json"],
                            capture_output=True, text=True, timeout=120, check=False)
    assert answer.returncode == 0, (answer.returncode, answer.stdout, answer.stderr)
    status = json.loads(answer.stdout)
    assert status["connected"] and status["database"]["meetings"] > 0, status
    return status["database"]["meetings"]


def main():
    directory = sys.argv[1]
    os.environ["XDG_CURRENT_DESKTOP"] = "GNOME"
    # Flatpak shows chosen files there and nowhere else.
    os.environ["XDG_RUNTIME_DIR"] = f"/run/user/{os.getuid()}"
    subprocess.run(["dbus-update-activation-environment", "XDG_CURRENT_DESKTOP", "DISPLAY", "XDG_RUNTIME_DIR", "HOME"], check=True)
    sandbox = programs.Sandbox(directory, "--seed", "7", "--customers", "25", "--meetings", "400")
    environment = [f"--env={key}={value}" for key, value in sandbox.environment().items()]
    begun = time.monotonic()
    app = programs.Program("flatpak", [*RUN, *environment, APP_ID], directory)
    window = desktop.Application("touchpoint", app.process)
    try:
        window.sees("Welcome to Touchpoint")
        print(f"The first window was there after {time.monotonic() - begun:.1f} s.")
        sign_in(window)
        import_customers(window, sandbox, directory)
        path = desktop.picture(os.path.join(directory, "flatpak.png"))
        print(f"It is signed in to the sandbox, and customers are imported. Picture: {path}")
        check_secrets()
        desktop.focus("Touchpoint")
        desktop.key("ctrl+q")
        assert app.process.wait(15) == 0, app.errors()
        print(f"Its secrets went through the portal, and are found again with {check_status(environment)} meetings.")
        wrong = [line for line in app.errors().splitlines() if "CRITICAL" in line or "WARNING" in line]
        assert not wrong, wrong
    except (AssertionError, OSError):
        print(window.tree()[:8000] if app.process.poll() is None else "", app.errors()[-4000:], sep="\n", file=sys.stderr)
        desktop.picture(os.path.join(directory, "failed.png"))
        raise
    finally:
        subprocess.run(["flatpak", "--user", "kill", APP_ID], stderr=subprocess.DEVNULL, check=False)
        app.stop()
        sandbox.stop()


if __name__ == "__main__":
    main()
