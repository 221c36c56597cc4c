# SPDX-FileCopyrightText: Touchpoint contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the attacks are made against: the real relay, bare or behind the nginx and HAProxy examples that ship.

Where the relay is, TPT_RELAY says; where the examples are, the first argument.
"""
import base64
import hashlib
import hmac
import http.server
import json
import os
import re
import resource
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
import traceback

KEY = "the-app-key"
WEBHOOK = "/v1/calendly/webhook"
USER = "https://api.calendly.com/users/ALICE"
ORGANIZATION = "https://api.calendly.com/organizations/AAAA"
BOUND = 20
WAYS = ("tcp", "unix", "nginx", "haproxy")


class Calendly(http.server.ThreadingHTTPServer):
    """Knows one member of one organization, and counts what it is asked."""

    def __init__(self):
        super().__init__(("127.0.0.1", 0), CalendlyHandler)
        self.asked = 0
        threading.Thread(target=self.serve_forever, args=[0.02], daemon=True).start()

    def url(self):
        return f"http://127.0.0.1:{self.server_port}"


class CalendlyHandler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.server.asked += 1
        user = {"uri": USER}
        answer = {"resource": user} if self.path == "/users/me" else {
            "collection": [{"role": "user", "organization": ORGANIZATION, "user": user}],
            "pagination": {"count": 1, "next_page_token": None}}
        body = json.dumps(answer).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


def example(name, changes, without=None):
    """An example that ships, with other places in it; each change must be there to be made."""
    with open(os.path.join(sys.argv[1], name), encoding="utf-8") as file:
        text = file.read()
    for old, new in changes:
        assert old in text, (name, old)
        text = text.replace(old, new)
    if without:
        text = "".join(line for line in text.splitlines(True) if without not in line)
    return text


def await_true(condition, what):
    end = time.monotonic() + BOUND
    while not condition():
        assert time.monotonic() < end, what
        time.sleep(0.02)


def end_with_parent():
    """A program that does not outlive a test which fails."""
    import ctypes
    ctypes.CDLL(None).prctl(1, signal.SIGKILL)


class Stage:
    """A relay with a way to it. It ends with the block, and must end well: a sanitizer speaks by the exit status."""

    def __init__(self, way="tcp", more="limit_per_address=0\nlimit_per_device=0\n", descriptors=None):
        self.way, self.descriptors = way, descriptors
        self.place = tempfile.TemporaryDirectory(prefix="attack-")
        self.directory = self.place.name
        self.calendly = Calendly()
        self.proxy = self.front = None
        self.write_config(more)
        self.start()
        if way in ("nginx", "haproxy"):
            getattr(self, "start_" + way)()

    def __enter__(self):
        return self

    def __exit__(self, kind, *_):
        if self.proxy:
            self.proxy.terminate()
            self.proxy.wait()
        self.stop()
        self.calendly.shutdown()
        self.calendly.server_close()
        if kind:
            print("# " + self.log().replace("\n", "\n# "))
        self.place.cleanup()

    def path(self, name):
        return os.path.join(self.directory, name)

    def write(self, name, text):
        with open(os.open(self.path(name), os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600), "w", encoding="utf-8") as file:
            file.write(text)
        return self.path(name)

    def log(self):
        with open(self.path("log"), encoding="utf-8", errors="replace") as file:
            return file.read()

    def write_config(self, more):
        listen = "tcp:127.0.0.1:0" if self.way == "tcp" else f"unix:{self.path('relay.sock')}"
        keys = self.write("keys", KEY + "\nthe-old-key\n")
        self.config = self.write("relay.conf", (
            f"[relay]\nlisten={listen}\npublic_url=https://relay.example.com\njournal=sqlite:{self.path('journal.db')}\n"
            f"organizations={ORGANIZATION};\ncalendly_api_url={self.calendly.url()}\n{more}"
            f"[keys]\nwebhook_signing_keys={keys}\n"))

    def prepare_child(self):
        end_with_parent()
        if self.descriptors:
            resource.setrlimit(resource.RLIMIT_NOFILE, (self.descriptors, self.descriptors))

    def start(self):
        with open(self.path("log"), "ab") as log:
            self.relay = subprocess.Popen([os.environ["TPT_RELAY"], "--config", self.config], stdout=subprocess.PIPE,
                                          stderr=log, preexec_fn=self.prepare_child)
        line = self.relay.stdout.readline()
        assert line, self.log()
        self.listen = json.loads(line)["listen"]

    def stop(self):
        if self.relay.poll() is None:
            self.relay.terminate()
        status = self.relay.wait(BOUND)
        self.relay.stdout.close()
        assert status == 0, (status, self.log())

    def start_nginx(self):
        # A socket that it inherits, so that no port has to be guessed.
        listener = socket.create_server(("127.0.0.1", 0), backlog=256)
        self.front = listener.getsockname()
        text = example("nginx.conf.example", [
            ("unix:/run/touchpoint-relay/http.sock", f"unix:{self.path('relay.sock')}"),
            ("listen 443 ssl http2;", f"listen 127.0.0.1:{self.port()};"),
            ("/var/log/nginx/touchpoint-relay.log", self.path("access.log"))], without="ssl_")
        temporary = "".join(f"{kind}_temp_path {self.path('t-' + kind)};\n"
                            for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi"))
        # The worker keeps the user who started it, so that it may open the relay's socket.
        user = "user root;\n" if os.geteuid() == 0 else ""
        config = self.write("nginx.conf", (
            f"{user}daemon off;\nworker_processes 1;\npid {self.path('nginx.pid')};\nerror_log {self.path('error.log')};\n"
            f"events {{ worker_connections 512; }}\nhttp {{\n{temporary}{text}}}\n"))
        self.proxy = subprocess.Popen(["/usr/sbin/nginx", "-p", self.directory, "-c", config],
                                      stderr=subprocess.DEVNULL, preexec_fn=end_with_parent, pass_fds=[listener.fileno()],
                                      env={**os.environ, "NGINX": f"{listener.fileno()};"})
        listener.close()
        self.await_front()

    def start_haproxy(self):
        # On loopback, because addresses are what its limits count.
        with socket.create_server(("127.0.0.1", 0), backlog=256) as listener:
            number = listener.fileno()
            config = self.write("haproxy.cfg", example("haproxy.cfg.example", [
                ("unix@/run/touchpoint-relay/http.sock", f"unix@{self.path('relay.sock')}"),
                ("bind :443 ssl crt /etc/haproxy/relay.example.com.pem alpn h2,http/1.1", f"bind fd@{number}"),
                ("log /dev/log local0", "log stdout format raw local0"),
                ("maxconn 12000", "maxconn 400")]))
            self.front = listener.getsockname()
            self.proxy = subprocess.Popen(["/usr/sbin/haproxy", "-db", "-f", config], pass_fds=[number],
                                          stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                                          preexec_fn=end_with_parent)
        self.await_front()

    def await_front(self):
        await_true(lambda: self.try_connect() and self.ask("GET", "/healthz")[0] == 200, "The proxy did not start.")

    def try_connect(self):
        try:
            self.connect().close()
            return True
        except OSError:
            return False

    def port(self):
        return self.front[1] if self.front else int(self.listen.rsplit(":", 1)[1])

    def connect(self, receive_buffer=None):
        inside = self.way == "unix"
        address = self.path("relay.sock") if inside else ("127.0.0.1", self.port())
        connection = socket.socket(socket.AF_UNIX if inside else socket.AF_INET)
        if receive_buffer:
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, receive_buffer)
        connection.settimeout(BOUND)
        connection.connect(address)
        return connection

    def raw(self, data):
        """Sends exactly these bytes; everything that came back until the other side closed or reset."""
        with self.connect() as connection:
            try:
                connection.sendall(data)
            except OSError:
                pass
            return read_all(connection)

    def ask(self, method, path, body=b"", fields=""):
        """(status, head, body) of one good request."""
        return parse(self.raw(request(method, path, body, fields + "Connection: close\r\n")))

    def post(self, body, key=KEY, age=0, path=WEBHOOK):
        """The status that a signed webhook gets."""
        return self.ask("POST", path, body, signature(body, key, age))[0]

    def enrol(self):
        """(name, token) of a new device of Alice's."""
        code = subprocess.run([os.environ["TPT_RELAY"], "enrol-code", "--config", self.config], capture_output=True,
                              text=True, check=True).stdout.strip()
        status, _, body = self.ask("POST", "/v1/devices", json.dumps({
            "enrolment_code": code, "calendly_token": "tok", "public_key": base64.b64encode(os.urandom(32)).decode(),
            "name": "desk", "organization_feed": False, "subscription": "app"}).encode())
        assert status == 201, (status, body)
        answer = json.loads(body)
        return answer["device"], answer["token"]

    def rows(self, query):
        """From the journal, which the relay has open."""
        import sqlite3
        with sqlite3.connect(f"file:{self.path('journal.db')}?mode=ro", uri=True) as database:
            return database.execute(query).fetchall()

    def memory(self):
        """Resident, in KiB."""
        with open(f"/proc/{self.relay.pid}/status", encoding="ascii") as status:
            return int(re.search(r"VmRSS:\s+(\d+)", status.read()).group(1))


def read_all(connection):
    answer = b""
    try:
        while piece := connection.recv(65536):
            answer += piece
    except ConnectionResetError:
        pass
    return answer


def request(method, path, body=b"", fields=""):
    return f"{method} {path} HTTP/1.1\r\nHost: relay\r\nContent-Length: {len(body)}\r\n{fields}\r\n".encode() + body


def parse(answer):
    head, _, body = answer.partition(b"\r\n\r\n")
    assert head.startswith(b"HTTP/1.1 "), answer[:200]
    return int(head[9:12]), head, body


def sign(body, key=KEY, age=0):
    stamp = str(int(time.time()) - age)
    return stamp, hmac.new(key.encode(), stamp.encode() + b"." + body, hashlib.sha256).hexdigest()


def signature(body, key=KEY, age=0):
    return "Calendly-Webhook-Signature: t=%s,v1=%s\r\n" % sign(body, key, age)


def booking(number, **payload):
    """A booking at Alice, unlike every one with another number."""
    return json.dumps({
        "created_at": "2026-06-24T22:30:45.%06dZ" % number, "created_by": USER, "event": "invitee.created",
        "payload": {"uri": f"https://api.calendly.com/scheduled_events/EV{number}/invitees/IN{number}",
                    "scheduled_event": {"event_memberships": [{"user": USER}]}, **payload}}).encode()


def run(*tests):
    """Runs (name, function, arguments) and says in TAP how they went."""
    sys.stdout.reconfigure(line_buffering=True)
    signal.signal(signal.SIGPIPE, signal.SIG_IGN)
    print(f"1..{len(tests)}")
    failed = 0
    for number, (name, function, *arguments) in enumerate(tests, 1):
        began = time.monotonic()
        try:
            function(*arguments)
            print(f"ok {number} {name} # {time.monotonic() - began:.1f} s")
        except Exception:
            failed += 1
            print("# " + traceback.format_exc().replace("\n", "\n# "))
            print(f"not ok {number} {name}")
    return 1 if failed else 0
