# SPDX-FileCopyrightText: Touchpoint contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Signing in through the company's relay, with nothing left out: touchpointctl, Chromium, nginx with TLS as the example for
operators sets it up, the relay behind it. Only Calendly is stood in for.

The certificate is of an authority that is made for the test, which only this process and its children trust.
"""
import base64
import hashlib
import os
import subprocess
import sys
import traceback
import urllib.parse

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.join(HERE, "..", "..")
sys.path.insert(0, os.path.join(HERE, "..", "support"))
sys.path.insert(0, os.path.join(HERE, "..", "calendly"))

import programs  # noqa: E402
from network_faults import Authority  # noqa: E402
from webdriver import Chromium  # noqa: E402

TRUSTED = "/etc/ssl/certs/ca-certificates.crt"


class TlsProxy(programs.Proxy):
    """The nginx of data/relay, on a port of its own."""

    def __init__(self, directory, certificate, key):
        self.certificate, self.key = certificate, key
        super().__init__(directory)

    def _url(self):
        return f"https://127.0.0.1:{self.port}"

    def _text(self):
        with open(os.path.join(ROOT, "data", "relay", "nginx.conf.example"), encoding="utf-8") as file:
            text = file.read()
        live = "/etc/letsencrypt/live/relay.example.com/"
        for was, becomes in (("unix:/run/touchpoint-relay/http.sock", f"unix:{self.socket}"),
                             ("listen 443 ssl http2", f"listen 127.0.0.1:{self.port} ssl http2"),
                             (live + "fullchain.pem", self.certificate), (live + "privkey.pem", self.key),
                             ("/var/log/nginx/touchpoint-relay.log", self.access_log)):
            assert text.count(was) == 1, was
            text = text.replace(was, becomes)
        user = "user root;\n" if os.geteuid() == 0 else ""
        places = "".join(f"{name}_temp_path {self.directory}/{name};\n"
                         for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi"))
        return (f"{user}daemon off;\npid {self.directory}/nginx.pid;\nerror_log {self.directory}/error.log info;\n"
                f"events {{ worker_connections 256; }}\nhttp {{\n{places}{text}}}\n")

    @property
    def access_log(self):
        return os.path.join(self.directory, "access.log")

    def logs(self):
        """What it wrote about all requests; the files are still open."""
        texts = []
        for path in (self.access_log, os.path.join(self.directory, "error.log")):
            with open(path, encoding="utf-8") as file:
                texts.append(file.read())
        return texts


class Bounce:
    def __init__(self, directory):
        self.directory = directory
        self.sandbox = self.proxy = self.relay = self.browser = None
        self.redirect = self.state = self.landed = None

    def start(self):
        """Sandbox, relay behind nginx with TLS, and a browser are up"""
        certificate, key = Authority.__new__(Authority), None
        certificate.directory = self.directory
        certificate, key = certificate.sign("relay")
        public = subprocess.run(["openssl", "x509", "-in", certificate, "-noout", "-pubkey"], check=True, capture_output=True)
        der = subprocess.run(["openssl", "pkey", "-pubin", "-outform", "der"], input=public.stdout, check=True,
                             capture_output=True)
        self.proxy = TlsProxy(self.directory, certificate, key)
        # Like the registration of a production app: one address, and it is not of this machine's port.
        self.redirect = self.proxy.url + "/oauth/callback"
        self.sandbox = programs.Sandbox(self.directory, "--customers", "5", "--meetings", "20",
                                        "--redirect-uri", self.redirect)
        self.relay = programs.Relay(self.directory, self.sandbox, self.proxy)
        os.environ.update(self.sandbox.environment())
        self.browser = Chromium(self.directory, [base64.b64encode(hashlib.sha256(der.stdout).digest()).decode()])

    def set_relay(self):
        """The relay can be set before anybody is signed in, and waits for that"""
        code, answer, messages = programs.ctl("relay", "set", self.relay.url, "--code", self.relay.code(), "--json")
        assert code == 0 and answer["state"] == "waiting" and answer["url"] == self.relay.url, (code, answer, messages)
        assert programs.ctl("relay", "show", "--json")[1]["state"] == "waiting"

    def begin(self):
        """The address to sign in at names the relay, and the relay was told before it is opened"""
        address = self.connect.stderr.readline().strip()
        query = urllib.parse.parse_qs(urllib.parse.urlsplit(address).query)
        assert query["redirect_uri"] == [self.redirect], address
        self.state = query["state"][0]
        return address

    def denied(self):
        """What is denied in the browser ends here as denied"""
        self.connect_again()
        self.browser.open(self.begin())
        self.browser.press("button[value=deny]")
        self.lands()
        assert self.connect.wait(60) != 0
        assert "not allowed" in self.connect.stderr.read()

    def sign_in(self):
        """Allowed in Chromium, bounced by the relay to the listener, connected"""
        self.connect_again()
        self.browser.open(self.begin())
        self.browser.press("button[value=allow]")
        self.lands()
        assert self.connect.wait(60) == 0, self.connect.stderr.read()
        status = programs.ctl("status", "--json")[1]
        assert status["connected"] and status["account"]["email"], status

    def enrolled(self):
        """With the sign-in the computer is enrolled, and the webhook subscribed"""
        answer = programs.ctl("relay", "show", "--json")[1]
        assert answer["device"] and answer["state"] == "connecting" and answer["webhook"]["uri"], answer

    def again(self):
        """As a device of the relay, too, the way through it is the way"""
        self.connect_again()
        self.browser.open(self.begin())
        self.browser.press("button[value=allow]")
        self.lands()
        assert self.connect.wait(60) == 0, self.connect.stderr.read()

    def used_up(self):
        """The same answer a second time goes nowhere"""
        query = urllib.parse.urlsplit(self.landed).query
        self.browser.open(f"{self.redirect}?{query}")
        self.browser.wait(lambda address, text: "cannot go on" in text, "the relay's refusal")
        assert self.browser.address().startswith(self.redirect), self.browser.address().split("?")[0]

    def kept_secret(self):
        """Neither code nor state is in a log, of the relay or of nginx"""
        query = urllib.parse.parse_qs(urllib.parse.urlsplit(self.landed).query)
        logs = [self.relay.errors(), *self.proxy.logs()]
        assert any("/oauth/callback" in log for log in logs), "the way back was not logged at all"
        for log in logs:
            for secret in (query["code"][0], query["state"][0], "state=", "code="):
                assert secret not in log, log

    def away(self):
        """Where the relay is away, that is said before a browser opens, and what else there is"""
        self.relay.stop()
        self.connect_again()
        assert self.connect.wait(60) == 4
        text = self.connect.stderr.read()
        assert "relay" in text and "personal access token" in text and "https://auth" not in text, text

    STEPS = [start, set_relay, denied, sign_in, enrolled, again, used_up, kept_secret, away]

    def connect_again(self):
        self.end_connect()
        self.connect = subprocess.Popen([programs.program("touchpointctl"), "connect", "--print-url"],
                                        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)

    connect = None

    def end_connect(self):
        if self.connect is not None:
            if self.connect.poll() is None:
                self.connect.kill()
            self.connect.communicate()

    def lands(self):
        """The last page is of the listener on this machine, and holds nothing of what came with it."""
        self.landed = self.browser.wait(lambda address, text: "You can close this page" in text, "the page at the end")
        assert self.landed.startswith("http://127.0.0.1:") and self.state in self.landed, self.landed.split("?")[0]

    def clean_up(self):
        self.end_connect()
        for running in (self.browser, self.relay, self.proxy, self.sandbox):
            if running is not None:
                running.stop()


def go_out(directory):
    """Starts this again where the authority of the test is all that is trusted."""
    Authority(directory)
    alone = "-m" if os.geteuid() == 0 else "-rm"
    command = ["unshare", alone, "--propagation", "unchanged", "sh", "-c",
               f'mount --bind "$0/ca.pem" {TRUSTED} && exec "$@"', directory, sys.executable, __file__]
    return subprocess.run(command, env={**os.environ, "TPT_BOUNCE": directory}, check=False).returncode


def main():
    directory = os.environ.get("TPT_BOUNCE")
    if directory is None:
        return go_out(os.environ["TPT_SESSION_DIR"])
    print(f"1..{len(Bounce.STEPS)}", flush=True)
    bounce, failed = Bounce(directory), False
    for number, step in enumerate(Bounce.STEPS, 1):
        try:
            if failed:
                raise RuntimeError("an earlier step failed")
            step(bounce)
        except Exception:  # whatever went wrong is told with its place, and the rest has no ground to stand on
            if not failed:
                traceback.print_exc()
            failed = True
        print(f"{'not ok' if failed else 'ok'} {number} - {step.__doc__}", flush=True)
    bounce.clean_up()
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
