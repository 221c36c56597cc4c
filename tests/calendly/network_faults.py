# SPDX-FileCopyrightText: Touchpoint contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The real client on a bad network: certificates, HTTP/2, and whatever a proxy can do to a connection. Speaks TAP.

    network_faults.py PROBE SANDBOX
"""
import json
import os
import subprocess
import sys
import tempfile
import traceback

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path[:0] = [HERE, os.path.join(HERE, "..", "support")]

import programs  # noqa: E402
from fault_proxy import FaultProxy  # noqa: E402
from h2_server import Http2Server  # noqa: E402

# TptApiError; FINE stands for no error.
FINE, UNAVAILABLE, OFFLINE, PROTOCOL = -1, 8, 9, 10
ANSWER = b'HTTP/1.0 200 OK\r\nContent-Type: application/json\r\n\r\n{"resource":{}}'


class Authority:
    """A certificate authority of our own, and what it has signed."""

    def __init__(self, directory):
        self.directory = directory
        self.openssl("req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", "ca.key", "-out", "ca.pem", "-days", "2",
                     "-subj", "/CN=Test authority", "-addext", "keyUsage=keyCertSign")
        self.trust = self.path("ca.pem")

    def path(self, name):
        return os.path.join(self.directory, name)

    def openssl(self, *arguments, at=None):
        command = [*(["faketime", at] if at else []), "openssl", *arguments]
        subprocess.run(command, cwd=self.directory, check=True, capture_output=True)

    def sign(self, name, host="IP:127.0.0.1", at=None):
        with open(self.path("san"), "w", encoding="utf-8") as file:
            file.write(f"subjectAltName={host}\n")
        self.openssl("req", "-newkey", "rsa:2048", "-nodes", "-keyout", name + ".key", "-out", name + ".csr",
                     "-subj", "/CN=" + name)
        self.openssl("x509", "-req", "-in", name + ".csr", "-CA", "ca.pem", "-CAkey", "ca.key", "-CAcreateserial",
                     "-out", name + ".pem", "-days", "2", "-extfile", "san", at=at)
        return self.path(name + ".pem"), self.path(name + ".key")


class TlsServer:
    """openssl s_server, which answers every request with one file."""

    def __init__(self, directory, certificate, key, *options):
        os.makedirs(os.path.join(directory, "users"), exist_ok=True)
        with open(os.path.join(directory, "users", "me"), "wb") as file:
            file.write(ANSWER)
        self.port = programs.free_port()
        self.process = subprocess.Popen(
            ["openssl", "s_server", "-accept", f"127.0.0.1:{self.port}", "-cert", certificate, "-key", key, "-HTTP",
             *options], cwd=directory, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        while b"ACCEPT" not in self.process.stdout.readline():
            assert self.process.poll() is None, "openssl s_server did not start"

    def __enter__(self):
        return self

    def said(self):
        """What it printed until it was told to stop: a FILE for each request."""
        self.process.terminate()
        return self.process.stdout.read()

    def __exit__(self, *_):
        self.process.kill()
        self.process.wait()
        self.process.stdout.close()


class Faults:
    def __init__(self, probe, sandbox, directory):
        self.probe_path, self.directory = probe, directory
        self.authority = Authority(directory)
        os.environ["TPT_SANDBOX"] = sandbox
        self.sandbox = programs.Sandbox(directory, "--meetings", "20", "--customers", "4")

    def probe(self, address, method="GET", deadline=20000, trust=True, wrapper=(), limit=120, **environment):
        command = [*wrapper, self.probe_path, address, method, str(deadline)]
        result = subprocess.run(command + ([self.authority.trust] if trust else []), capture_output=True, text=True,
                                timeout=limit, check=False,
                                env={name: value for name, value in {**os.environ, **environment}.items() if value is not None})
        assert result.returncode == 0, (address, result.returncode, result.stderr)
        assert "CRITICAL" not in result.stderr and "WARNING" not in result.stderr, result.stderr
        return json.loads(result.stdout)

    def expect(self, codes, requests, *arguments, **options):
        outcome = self.probe(*arguments, **options)
        assert outcome["code"] in codes, (arguments, options, outcome)
        assert requests is None or outcome["requests"] == requests, (arguments, options, outcome)
        return outcome

    def tls(self, certificate, *options):
        return TlsServer(self.directory, *certificate, *options)

    def refuses(self, certificate, reason, trust=True):
        """Whom it does not trust it neither asks twice nor tells anything; why not is told."""
        with self.tls(certificate) as server:
            outcome = self.expect((OFFLINE,), 1, f"https://127.0.0.1:{server.port}", trust=trust)
            assert "nothing was sent" in outcome["message"] and reason in outcome["message"], outcome

    def certificates(self):
        """A certificate that is expired, for another host, self-signed or from nobody we know is refused"""
        good = self.authority.sign("good")
        with self.tls(good) as server:
            self.expect((FINE,), 1, f"https://127.0.0.1:{server.port}")
            assert b"FILE" in server.said()
        self.refuses(good, "signed", trust=False)
        self.refuses(self.authority.sign("expired", at="2020-01-01 00:00:00"), "expired")
        self.refuses(self.authority.sign("early", at="2040-01-01 00:00:00"), "not valid yet")
        self.refuses(self.authority.sign("other", host="DNS:api.calendly.com"), "another host")
        self.authority.openssl("req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", "self.key", "-out", "self.pem",
                               "-days", "2", "-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1")
        self.refuses((self.authority.path("self.pem"), self.authority.path("self.key")), "signed")

    def handshakes(self):
        """A handshake that is too old, broken off or none at all ends without a token sent"""
        good = self.authority.sign("hands")
        for version in ("-tls1", "-tls1_1"):
            with self.tls(good, version, "-cipher", "ALL:@SECLEVEL=0") as server:
                self.expect((OFFLINE,), 1, f"https://127.0.0.1:{server.port}")
                assert b"FILE" not in server.said(), "The request was sent"
        with self.tls(good) as server, FaultProxy(server.port) as proxy:
            for length in (0, 3, 200, 1500):
                proxy.set(reset=length)
                self.expect((OFFLINE, UNAVAILABLE), None, f"https://127.0.0.1:{proxy.port}", "POST",
                            deadline=1000)
            proxy.set(corrupt=200)
            self.expect((OFFLINE,), 1, f"https://127.0.0.1:{proxy.port}", "POST")
        self.expect((OFFLINE, UNAVAILABLE), 1, self.sandbox.api.replace("http:", "https:"), "POST", deadline=1000)

    def http2(self):
        """HTTP/2 is spoken where it is offered, and GOAWAY, RST_STREAM, silence and a closed window are survived"""
        server = Http2Server(*self.authority.sign("h2"))
        address = f"https://127.0.0.1:{server.port}"
        self.expect((FINE,), 1, address)
        assert server.requests[0][":path"] == "/users/me", server.requests
        assert server.requests[0]["user-agent"].startswith("Touchpoint/"), server.requests
        for behave in ("goaway", "late-goaway", "rst", "rst-body", "stall", "zero-window"):
            server.set(behave)
            # By its deadline, that is, and not when libsoup has waited for 20 seconds.
            self.expect((UNAVAILABLE, OFFLINE, PROTOCOL), 1, address, "POST", deadline=500, limit=15, TPT_BODY="100000")
            # What was not looked at, as such a GOAWAY says, may be sent again, but not without an end.
            assert server.connections <= (3 if behave == "goaway" else 1), (behave, server.connections)
        # What only reads is asked for again, by the same client, where a connection is better.
        for behave in ("goaway", "late-goaway", "rst", "rst-body"):
            server.set(behave, times=2)
            self.expect((FINE,), None, address)
            assert 2 <= len(server.requests) <= 4, (behave, server.requests)
        for behave in ("narrow", "ok"):
            server.set(behave)
            self.expect((FINE,), 1, address)
            self.expect((FINE,), 1, address, "POST", TPT_BODY="100000")
            assert len(server.requests) == 2, (behave, server.requests)
        server.close()

    def silence(self):
        """Silence, at once, in the middle or a byte at a time, ends with the deadline"""
        with FaultProxy(int(self.sandbox.api.rsplit(":", 1)[1])) as proxy:
            for fault in ({"black_hole": True}, {"stall": 0}, {"stall": 1}, {"stall": 100}, {"stall": 300},
                          {"rate": 20}, {"latency": 30}):
                proxy.set(**fault)
                self.expect((UNAVAILABLE,), 1, proxy.url, "POST", deadline=400)
            proxy.set(latency=0.3)
            self.expect((FINE,), 1, proxy.url)
            proxy.set(rate=20000)
            self.expect((FINE,), 1, proxy.url)

    def breaks(self):
        """A connection that breaks is tried again by what only reads, and never by what makes something"""
        with FaultProxy(int(self.sandbox.api.rsplit(":", 1)[1])) as proxy:
            for fault in ({"refuse": True}, {"cut": 0}, {"cut": 1}, {"cut": 40}, {"cut": 300}, {"reset": 0},
                          {"reset": 40}, {"reset": 300}, {"half_close": 40}):
                proxy.set(**fault)
                outcome = self.probe(proxy.url, "POST")
                assert outcome["code"] in (UNAVAILABLE, PROTOCOL) and proxy.connections == 1, (fault, outcome)
            proxy.set(times=2, reset=300)
            self.expect((FINE,), 3, proxy.url)
            proxy.set(cut=300)
            self.expect((UNAVAILABLE, PROTOCOL), 4, proxy.url)

    def flips(self):
        """A flipped bit ends with a result, whatever it hits"""
        with FaultProxy(int(self.sandbox.api.rsplit(":", 1)[1])) as proxy:
            for at in (0, 5, 9, 10, 12, 17, 30, 60, 90, 120, 160, 200, 240, 280, 320):
                proxy.set(corrupt=at)
                self.expect(range(-1, 12), 1, proxy.url, "POST", deadline=500)

    def no_network(self):
        """Without a network, a name or a proxy that is there, it is offline"""
        # Only who is not root needs a user namespace for it, and not everywhere there may be one.
        alone = ("unshare", "-n" if os.geteuid() == 0 else "-rn")
        for address in ("https://api.calendly.com", "http://127.0.0.1:9"):
            self.expect((OFFLINE,), None, address, "POST", wrapper=alone)
        for proxy in ("http://127.0.0.1:1", "nonsense", "http://[", ""):
            garbage = {name: proxy for name in ("http_proxy", "https_proxy", "all_proxy")}
            # Any that the system has.
            garbage["GIO_USE_PROXY_RESOLVER"] = None
            outcome = self.expect((OFFLINE, UNAVAILABLE), None, "https://nowhere.invalid", "POST", **garbage)
            assert ("roxy" in outcome["message"]) == (proxy != ""), outcome


def main():
    cases = [Faults.certificates, Faults.handshakes, Faults.http2, Faults.silence, Faults.breaks, Faults.flips,
             Faults.no_network]
    print(f"1..{len(cases)}", flush=True)
    failures = 0
    with tempfile.TemporaryDirectory() as directory:
        faults = Faults(sys.argv[1], sys.argv[2], directory)
        try:
            for number, case in enumerate(cases, 1):
                try:
                    case(faults)
                    print(f"ok {number} - {case.__doc__}", flush=True)
                except Exception:  # noqa: BLE001
                    traceback.print_exc()
                    failures += 1
                    print(f"not ok {number} - {case.__doc__}", flush=True)
        finally:
            faults.sandbox.stop()
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
