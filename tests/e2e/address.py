# SPDX-FileCopyrightText: Touchpoint contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Signing in by an address that the desktop opens with the app: the way for who has no relay.

The window is the real one, and so is the way from the desktop to it; who presses the button at Calendly is a program.
"""
import os
import subprocess
import sys
import traceback
import urllib.error
import urllib.parse
import urllib.request

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "..", "support"))

import desktop  # noqa: E402
import programs  # noqa: E402

APPLICATION = "io.github.touchpoint_desk.Touchpoint"
HANDLER = "[Desktop Entry]\nType=Application\nName=Touchpoint\nExec={} %u\nMimeType=x-scheme-handler/touchpoint;\n" \
          "DBusActivatable=true\n"


class Stay(urllib.request.HTTPRedirectHandler):
    """Leaves the address that it is sent to for others to open."""

    def redirect_request(self, *_):
        return None


class Address:
    def __init__(self):
        self.directory = os.environ["TPT_SESSION_DIR"]
        self.sandbox = self.app = self.window = self.connect = self.came = None

    def start(self):
        """The app is up, and is what the desktop opens its addresses with"""
        home = os.environ["HOME"]
        for folder, name, text in (
                (".local/share/applications", APPLICATION + ".desktop", HANDLER.format(programs.program("touchpoint"))),
                (".config", "mimeapps.list", f"[Default Applications]\nx-scheme-handler/touchpoint={APPLICATION}.desktop\n"),
                (".config/glib-2.0/settings", "keyfile", "[io/github/touchpoint_desk/Touchpoint]\nredirect-method='scheme'\n")):
            os.makedirs(os.path.join(home, folder), exist_ok=True)
            with open(os.path.join(home, folder, name), "w", encoding="utf-8") as file:
                file.write(text)
        os.environ["GSETTINGS_BACKEND"] = "keyfile"
        self.sandbox = programs.Sandbox(self.directory, "--customers", "5", "--meetings", "20",
                                        "--redirect-uri", "touchpoint:/oauth/callback")
        os.environ.update(self.sandbox.environment())

    def alone(self):
        """Without the window, the command says that it needs one"""
        code, _, messages = programs.ctl("connect", "--print-url")
        assert code == 1 and "window" in messages, (code, messages)
        self.app = programs.Program(programs.program("touchpoint"), [], self.directory)
        self.window = desktop.Application("touchpoint", self.app.process)
        self.window.sees("Welcome to Touchpoint")

    def begin(self):
        """The browser is given an address of the app to come back to"""
        self.connect = subprocess.Popen([programs.program("touchpointctl"), "connect", "--print-url"],
                                        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        page, query = self.connect.stderr.readline().strip().split("?")
        assert "redirect_uri=touchpoint%3A%2Foauth%2Fcallback" in query, query
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}), Stay)
        try:
            opener.open(page, (query + "&decision=allow").encode(), timeout=30)
        except urllib.error.HTTPError as answer:
            self.came = answer.headers["Location"]
        assert self.came.startswith("touchpoint:/oauth/callback?code="), self.came

    def strangers(self):
        """What others have opened is ignored, and so is the right one on a command line"""
        for wrong in ("touchpoint:", "touchpoint:/oauth/callback?code=c0de&state=wrong",
                      "touchpoint:/oauth/callback?" + "x" * 9000):
            open_address(wrong)
        desktop.wait(lambda: self.app.errors().count("was ignored") == 3, "three addresses ignored")
        named = subprocess.run([programs.program("touchpoint"), self.came], capture_output=True, text=True, timeout=60,
                               check=False)
        assert named.returncode == 1 and "command line" in named.stderr and "code=" not in named.stderr, named
        assert self.connect.poll() is None, "the sign-in has ended"

    def comes_back(self):
        """The right address ends the sign-in, once"""
        open_address(self.came)
        assert self.connect.wait(60) == 0, self.connect.stderr.read()
        assert programs.ctl("status", "--json")[1]["connected"]
        open_address(self.came)
        desktop.wait(lambda: self.app.errors().count("was ignored") == 4, "the second one ignored")

    def kept_secret(self):
        """Neither code nor state is in the app's log"""
        query = urllib.parse.parse_qs(urllib.parse.urlsplit(self.came).query)
        for secret in (query["code"][0], query["state"][0], "c0de"):
            assert secret not in self.app.errors(), "a secret is in the log"

    STEPS = [start, alone, begin, strangers, comes_back, kept_secret]

    def clean_up(self):
        if self.connect is not None:
            if self.connect.poll() is None:
                self.connect.kill()
            self.connect.communicate()
        for running in (self.app, self.sandbox):
            if running is not None:
                running.stop()


def open_address(address):
    """What a desktop does with an address whose program can be reached over D-Bus."""
    subprocess.run(["gdbus", "call", "--session", "--dest", APPLICATION, "--object-path", "/" + APPLICATION.replace(".", "/"),
                    "--method", "org.freedesktop.Application.Open", f"[{address!r}]", "{}"],
                   check=True, capture_output=True, timeout=60)


def main():
    print(f"1..{len(Address.STEPS)}", flush=True)
    address, failed = Address(), False
    for number, step in enumerate(Address.STEPS, 1):
        try:
            if failed:
                raise RuntimeError("an earlier step failed")
            step(address)
        except Exception:  # whatever went wrong is told with its place, and the rest has no ground to stand on
            if not failed:
                traceback.print_exc()
                if address.app is not None:
                    print(address.app.errors()[-2000:], file=sys.stderr)
            failed = True
        print(f"{'not ok' if failed else 'ok'} {number} - {step.__doc__}", flush=True)
    address.clean_up()
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
