# SPDX-FileCopyrightText: Touchpoint contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the window says when something is wrong: denied consent, a wrong token, Calendly down at the start, a disk that cannot
be written; with --locked, a keyring that stays locked; with --keyring, one that opens late. Each is a sentence with a way on,
and nothing is lost. In TAP.
"""
import json
import os
import re
import signal
import subprocess
import sys
import traceback

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "..", "support"))

from gi.repository import Gio, GLib  # noqa: E402

import desktop  # noqa: E402
import programs  # noqa: E402


class Trouble:
    def __init__(self):
        self.directory = os.environ["TPT_SESSION_DIR"]
        self.sandbox = programs.Sandbox(self.directory, "--seed", "5", "--customers", "6", "--meetings", "60")
        os.environ.update(self.sandbox.environment())
        subprocess.run([os.path.join(HERE, "..", "support", "install-browser")], check=True)
        self.app = self.window = None

    def start(self, command=None, **environment):
        command = command or [programs.program("touchpoint")]
        self.app = programs.Program(command[0], command[1:], self.directory, environment)
        self.window = desktop.Application("touchpoint", self.app.process)

    def stop(self):
        self.app.stop()
        assert "CRITICAL" not in self.app.errors(), self.app.errors()

    def status(self):
        code, answer, messages = programs.ctl("status", "--json")
        assert code == 0, messages
        return answer

    def denied(self):
        """Denied consent: a calm sentence and Retry, nothing stored"""
        self.start(TPT_BROWSER="deny")
        self.window.press("Set Up")
        self.window.press("Sign In with Calendly")
        self.window.sees("not allowed")
        self.window.find(name="Retry")
        assert self.status()["connected"] is False

    def wrong_token(self):
        """A wrong token: a sentence beside the entry, nothing stored, and the right one is taken next"""
        self.window.press("Use a Personal Access Token")
        self.window.type("Token", "nonsense")
        self.window.press("Connect")
        self.window.sees("token")
        assert self.status()["connected"] is False
        self.window.type("Token", "sandbox-pat")
        self.window.press("Connect")
        self.window.find(name="Choose a File…")
        assert self.status()["connected"] is True
        path = os.path.join(self.directory, "customers.csv")
        with open(path, "wb") as file:
            file.write(self.sandbox.get("customers.csv"))
        assert programs.ctl("customers", "import", path, "--json")[0] == 0
        assert programs.ctl("sync", "--json")[0] == 0
        self.stop()

    def down(self):
        """Calendly down at the start: everything is there, with a banner; it goes away by itself when Calendly is back"""
        status, _ = programs.fetch(self.sandbox.control + "/faults", {"rules": [{"status": 503}]}, "PUT")
        assert status in (200, 204), status
        self.start()
        self.window.sees("Today")
        code, _, messages = programs.ctl("sync", "--json", seconds=120)
        assert code == 4, (code, messages)
        self.window.sees("cannot be reached")
        assert json.loads(json.dumps(self.status()))["database"]["meetings"] > 30
        programs.fetch(self.sandbox.control + "/faults", {}, "PUT")
        assert programs.ctl("sync", "--json")[0] == 0
        self.stop()

    def relay_away(self):
        """The relay is away that the browser would come back through: another way is one press away, for this once"""
        relay = programs.Relay(self.directory, self.sandbox)
        code, _, messages = programs.ctl("relay", "set", relay.url, "--code", relay.code(), "--json")
        assert code == 0, messages
        relay.stop()
        self.start(TPT_BROWSER="allow")
        self.window.sees("Today")
        desktop.focus("Touchpoint")
        desktop.key("ctrl+shift+o")
        self.window.press("Sign In with Calendly")
        self.window.sees("would come back")
        before = self.exchanges()
        self.window.press("Straight to This Computer")
        desktop.wait(lambda: self.exchanges() > before, "a sign-in through the browser")
        desktop.wait(lambda: not self.window.all(contains="Continue in Your Browser"), "the end of the sign-in")
        assert self.status()["connected"] is True
        assert programs.ctl("relay", "forget", "--json")[0] == 0
        self.stop()

    def exchanges(self):
        """How many codes of a sign-in were exchanged so far."""
        return sum(1 for r in json.loads(self.sandbox.get("requests"))["requests"] if r["path"].endswith("/oauth/token"))

    def read_only(self):
        """A disk that cannot be written: a page with a sentence and Try Again; afterwards everything is there"""
        home = os.path.join(os.environ["HOME"], ".local", "share", "touchpoint")
        command = [programs.program("touchpoint")]
        if os.geteuid() == 0:
            script = 'mount --bind "$0" "$0" && mount -o remount,ro,bind "$0" && exec "$@"'
            command = ["unshare", "-m", "--propagation", "unchanged", "sh", "-c", script, home, *command]
        else:
            os.chmod(home, 0o500)
        self.start(command)
        self.window.sees("The Disk Cannot Be Written")
        self.window.find(name="Try Again")
        self.stop()
        os.chmod(home, 0o700)
        assert self.status()["database"]["meetings"] > 30

    def other_account(self):
        """Another account: asked about; kept apart, the first's record is there again when it comes back"""
        before = self.status()
        assert programs.ctl("disconnect", "--keep-data", "--json")[0] == 0
        self.start()
        self.window.sees("Today")
        desktop.focus("Touchpoint")
        desktop.key("ctrl+shift+o")
        self.window.press("Use a Personal Access Token")
        self.window.type("Token", "sandbox-pat-other")
        self.window.press("Connect")
        self.window.sees("never mixed")
        self.window.press(contains="Keep It Apart")
        desktop.wait(lambda: self.status()["connected"], "the other account")
        assert self.status()["account"]["email"] != before["account"]["email"]
        self.stop()
        code, _, messages = programs.ctl("connect", "--token-stdin", "--switch-account=erase", "--json",
                                         stdin="sandbox-pat\n")
        assert code == 0, messages
        assert self.status()["database"] == before["database"], (self.status(), before)

    def lost_key(self):
        """A lost key: what is lost is said before anything begins anew, and the old file stays"""
        folder = os.path.join(os.environ["HOME"], ".local", "share", "touchpoint")
        self.forget_key()
        code, _, messages = programs.ctl("status", "--json")
        assert code == 1 and "--start-anew" in messages, messages
        self.start()
        self.window.sees("The Key Is Missing")
        self.window.press("Start Anew…")
        self.window.sees("customers")
        self.window.press(contains="_Start Anew")
        desktop.wait(lambda: programs.ctl("status", "--json")[0] == 0, "a new record")
        assert self.status()["connected"] is True
        self.stop()
        assert self.aside(folder) == 1
        self.forget_key()
        code, _, messages = programs.ctl("connect", "--token-stdin", "--start-anew", "--json", stdin="sandbox-pat\n")
        assert code == 0, messages
        assert self.aside(folder) == 2

    @staticmethod
    def aside(folder):
        """How many databases were put aside; what lies beside one, such as its backups, goes with it."""
        return len([name for name in os.listdir(folder) if re.fullmatch(r".*\.orphan-\w+(-\d+)?", name)])

    @staticmethod
    def forget_key():
        bus = Gio.bus_get_sync(Gio.BusType.SESSION)
        name = "org.freedesktop.secrets"
        items, _ = bus.call_sync(name, "/org/freedesktop/secrets", "org.freedesktop.Secret.Service", "SearchItems",
                                 GLib.Variant("(a{ss})", ({"kind": "database-key"},)), None, 0, -1, None).unpack()
        assert len(items) == 1, items
        bus.call_sync(name, items[0], "org.freedesktop.Secret.Item", "Delete", None, None, 0, -1, None)

    def locked(self):
        """A keyring that stays locked: the window says so, and works for this session only"""
        self.start()
        self.window.sees("The Keyring Is Locked", seconds=60)
        self.window.press("Use for This Session Only")
        self.window.sees("Welcome to Touchpoint")
        assert self.status()["database"]["path"] == ":memory:"
        self.stop()

    def unlocked_meanwhile(self):
        """A keyring that is unlocked elsewhere while the window says that it is locked: it goes on by itself"""
        assert self.status()["connected"] is False
        self.secrets("Lock", "(ao)", ["/org/freedesktop/secrets/collection/login"])
        self.start()
        self.window.sees("The Keyring Is Locked", seconds=60)
        self.unlock()
        self.window.sees("Welcome to Touchpoint")
        assert self.status()["database"]["path"] != ":memory:"
        self.stop()

    def silent(self):
        """A keyring that does not answer: the window says what it waits for, and goes on when it does"""
        number, = self.call("org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus",
                            "GetConnectionUnixProcessID", "(s)", "org.freedesktop.secrets")
        os.kill(number, signal.SIGSTOP)
        try:
            self.start()
            self.window.sees("Waiting for the keyring")
        finally:
            os.kill(number, signal.SIGCONT)
        self.window.sees("Welcome to Touchpoint")
        self.stop()

    def unlock(self):
        """As the user does in another program; who lets go of the bus has no session there any more."""
        bus = Gio.bus_get_sync(Gio.BusType.SESSION)
        _, session = self.secrets("OpenSession", "(sv)", "plain", GLib.Variant("s", ""))
        secret = (session, b"", b"pw", "text/plain")
        self.call("org.freedesktop.secrets", "/org/freedesktop/secrets",
                  "org.gnome.keyring.InternalUnsupportedGuiltRiddenInterface", "UnlockWithMasterPassword", "(o(oayays))",
                  "/org/freedesktop/secrets/collection/login", secret)
        assert not bus.is_closed()

    @staticmethod
    def call(name, path, interface, method, kind, *what):
        bus = Gio.bus_get_sync(Gio.BusType.SESSION)
        return bus.call_sync(name, path, interface, method, GLib.Variant(kind, what), None, 0, -1, None).unpack()

    def secrets(self, method, kind, *what):
        return self.call("org.freedesktop.secrets", "/org/freedesktop/secrets", "org.freedesktop.Secret.Service", method, kind,
                         *what)


def main():
    keyring = {"--locked": [Trouble.locked], "--keyring": [Trouble.unlocked_meanwhile, Trouble.silent]}
    steps = keyring.get(sys.argv[-1]) or [
        Trouble.denied, Trouble.wrong_token, Trouble.down, Trouble.relay_away, Trouble.read_only,
        Trouble.other_account, Trouble.lost_key]
    trouble, failed = Trouble(), False
    for number, step in enumerate(steps, 1):
        try:
            step(trouble)
        except Exception:  # what went wrong is told with its place; the next cases need this one
            traceback.print_exc()
            failed = True
            print(trouble.app.errors()[-3000:], file=sys.stderr)
            if trouble.app.process.poll() is None:
                print(trouble.window.tree()[:20000], file=sys.stderr)
        print(f"{'not ok' if failed else 'ok'} {number} - {step.__doc__}", flush=True)
        if failed:
            break
    print(f"1..{len(steps)}")
    if trouble.app is not None:
        trouble.app.stop()
    trouble.sandbox.stop()
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
