# SPDX-FileCopyrightText: Touchpoint contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The endpoint of tokens on connections that end badly under TLS. Speaks TAP.

    token_faults.py PROBE

A refresh token can be used once: whether it may have been sent decides what comes next.
"""
import os
import socket
import ssl
import subprocess
import sys
import tempfile
import threading
import traceback

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path[:0] = [os.path.join(HERE, "..", "calendly"), os.path.join(HERE, "..", "support")]

from h2_server import Http2Server  # noqa: E402
from network_faults import Authority  # noqa: E402

# The same bound as in the program.
MOST_CONNECTIONS = 3
HALF_ANSWER = b'HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{"access_token":'


class Truncator:
    """Ends each connection without a word of TLS about it: "hello", "greeted", "asked", "answering".

    With "nonsense" what comes under TLS after the request cannot be deciphered.
    """

    def __init__(self, certificate, key, protocol="http/1.1"):
        self.behave, self.posts = "asked", 0
        self.context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self.context.load_cert_chain(certificate, key)
        self.context.set_alpn_protocols([protocol])
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.address = f"https://127.0.0.1:{self.listener.getsockname()[1]}"
        threading.Thread(target=self._accept, daemon=True).start()

    def _accept(self):
        while True:
            client, _ = self.listener.accept()
            try:
                self._serve(client)
            except OSError:
                pass

    def _serve(self, client):
        if self.behave == "hello":
            client.recv(1)
            client.shutdown(socket.SHUT_WR)
            client.close()
            return
        with self.context.wrap_socket(client, server_side=True) as stream:
            request = b""
            while self.behave != "greeted" and b"refresh_token=" not in request:
                data = stream.recv(65536)
                if not data:
                    return
                request += data
            self.posts += b"refresh_token=" in request
            if self.behave == "answering":
                stream.sendall(HALF_ANSWER)
            if self.behave == "nonsense":
                os.write(stream.fileno(), b"HTTP/1.1 400 Bad Request\r\n\r\n")
            # Without close_notify, and not by a reset, which it were if something unread were left.
            stream.shutdown(socket.SHUT_WR)
            while stream.recv(65536):
                pass


class Faults:
    def __init__(self, probe, directory):
        self.probe, self.authority = probe, Authority(directory)

    def expect(self, outcome, address):
        result = subprocess.run([self.probe, address, self.authority.trust], capture_output=True, text=True, timeout=60,
                                check=False)
        assert result.returncode == 0 and result.stdout.startswith(outcome + " "), (outcome, result)
        return result.stdout

    def cut(self):
        """A connection that ends without close_notify may have used the token up, a handshake has not"""
        certificate = self.authority.sign("cut")
        for protocol in ("http/1.1", "h2"):
            server = Truncator(*certificate, protocol)
            for behave, posts in (("asked", 1), ("answering", 1), ("nonsense", 1), ("greeted", 0)):
                server.behave, server.posts = behave, 0
                self.expect("unavailable", server.address)
                assert server.posts == posts, (protocol, behave, server.posts)
            server.behave = "hello"
            self.expect("offline", server.address)

    def refused(self):
        """Whom it does not trust, who is out of date, and nobody at all are told no token"""
        server = Truncator(*self.authority.sign("other", host="DNS:auth.calendly.com"))
        self.expect("offline", server.address)
        assert server.posts == 0, server.posts
        server = Truncator(*self.authority.sign("old"))
        server.context.set_ciphers("ALL:@SECLEVEL=0")
        server.context.minimum_version = server.context.maximum_version = ssl.TLSVersion.TLSv1_1
        self.expect("offline", server.address)
        assert server.posts == 0, server.posts
        self.expect("offline", "https://127.0.0.1:1")

    def goaway(self):
        """A server of HTTP/2 that sends every connection away is asked three times and no more"""
        server = Http2Server(*self.authority.sign("h2"))
        server.set("goaway")
        told = self.expect("unavailable", f"https://127.0.0.1:{server.port}")
        assert "ends each connection" in told, told
        assert 2 <= server.connections <= MOST_CONNECTIONS, server.connections
        for behave in ("rst", "late-goaway"):
            server.set(behave)
            self.expect("unavailable", f"https://127.0.0.1:{server.port}")
            assert server.connections == 1, (behave, server.connections)
        server.close()


def main():
    cases = [Faults.cut, Faults.refused, Faults.goaway]
    print(f"1..{len(cases)}", flush=True)
    failures = 0
    with tempfile.TemporaryDirectory() as directory:
        faults = Faults(sys.argv[1], directory)
        for number, case in enumerate(cases, 1):
            try:
                case(faults)
                print(f"ok {number} - {case.__doc__}", flush=True)
            except Exception:  # noqa: BLE001
                traceback.print_exc()
                failures += 1
                print(f"not ok {number} - {case.__doc__}", flush=True)
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
