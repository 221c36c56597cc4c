# SPDX-FileCopyrightText: Touchpoint contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Starts and stops the four programs (and nginx) on free ports, in directories of their own.

Where they are: the environment variables TPT_APP, TPT_CTL, TPT_RELAY and TPT_SANDBOX, else the PATH.
"""
import json
import os
import shutil
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request

VARIABLES = {
    "touchpoint": "TPT_APP",
    "touchpointctl": "TPT_CTL",
    "touchpoint-relay": "TPT_RELAY",
    "touchpoint-sandbox": "TPT_SANDBOX",
}


def program(name):
    path = os.environ.get(VARIABLES[name]) or shutil.which(name)
    if not path:
        raise FileNotFoundError(f"{name} is neither on the PATH nor named by {VARIABLES[name]}")
    return path


def fetch(address, data=None, method=None, headers=None):
    """Returns (status, body) of one plain request; a refusal is an answer too."""
    if data is not None and not isinstance(data, bytes):
        data = json.dumps(data).encode()
    request = urllib.request.Request(address, data, {"User-Agent": "touchpoint-tests/1", **(headers or {})}, method=method)
    if data is not None and not request.has_header("Content-type"):
        request.add_header("Content-Type", "application/json")
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with opener.open(request, timeout=30) as answer:
            return answer.status, answer.read()
    except urllib.error.HTTPError as refusal:
        return refusal.code, refusal.read()


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Program:
    """A running program; its errors go to a file beside the test's other files."""

    def __init__(self, name, arguments, directory, environment=None):
        self.log = os.path.join(directory, os.path.basename(name) + ".log")
        with open(self.log, "ab") as log:
            self.process = subprocess.Popen(
                [name, *arguments], stdout=subprocess.PIPE, stderr=log, env={**os.environ, **(environment or {})})

    def ready(self):
        """The one line of JSON that tells that it is ready, and where."""
        line = self.process.stdout.readline()
        if not line:
            raise RuntimeError(f"It did not start: {self.errors()}")
        return json.loads(line)

    def errors(self):
        with open(self.log, encoding="utf-8", errors="replace") as log:
            return log.read()

    def stop(self, with_signal=signal.SIGTERM, seconds=15):
        if self.process.poll() is None:
            self.process.send_signal(with_signal)
            try:
                self.process.wait(seconds)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
        self.process.stdout.close()
        return self.process.returncode


class Sandbox(Program):
    def __init__(self, directory, *arguments):
        super().__init__(program("touchpoint-sandbox"), list(arguments), directory)
        self.addresses = self.ready()
        self.api, self.control = self.addresses["api"], self.addresses["control"]

    def environment(self):
        return {"TOUCHPOINT_CALENDLY_API_URL": self.api, "TOUCHPOINT_CALENDLY_AUTH_URL": self.addresses["auth"],
                "TOUCHPOINT_CLIENT_ID": "sandbox-client"}

    def get(self, path):
        status, body = fetch(f"{self.control}/{path}")
        assert status == 200, (path, status, body[:300])
        return body

    def state(self):
        return json.loads(self.get("state"))

    def post(self, path, **what):
        status, body = fetch(f"{self.control}/{path}", what)
        assert status in (200, 201), (path, status, body[:300])
        return json.loads(body or b"{}")

    def organization(self):
        status, body = fetch(f"{self.api}/users/me", headers={"Authorization": "Bearer sandbox-pat"})
        assert status == 200, body
        return json.loads(body)["resource"]["current_organization"]


class Relay(Program):
    """The relay: on a Unix socket behind nginx when there is one, else on a loopback port."""

    def __init__(self, directory, sandbox, proxy=None):
        self.directory = os.path.join(directory, "relay")
        os.makedirs(self.directory, mode=0o700, exist_ok=True)
        self.port = proxy.port if proxy else free_port()
        self.url = proxy.url if proxy else f"http://127.0.0.1:{self.port}"
        listen = f"unix:{proxy.socket}" if proxy else f"tcp:127.0.0.1:{self.port}"
        self.config = os.path.join(self.directory, "relay.conf")
        keys = os.path.join(self.directory, "signing-keys")
        with open(os.open(keys, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600), "w", encoding="utf-8") as file:
            file.write("sandbox-signing-key\n")
        with open(os.open(self.config, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600), "w", encoding="utf-8") as file:
            file.write(f"[relay]\nlisten={listen}\npublic_url={self.url}\n"
                       f"journal=sqlite:{self.directory}/journal.db\norganizations={sandbox.organization()}\n"
                       f"calendly_api_url={sandbox.api}\n[keys]\nwebhook_signing_keys={keys}\n")
        super().__init__(program("touchpoint-relay"), ["--config", self.config], directory)
        self.ready()

    def code(self):
        result = subprocess.run([program("touchpoint-relay"), "enrol-code", "--config", self.config],
                                capture_output=True, text=True, check=True)
        return result.stdout.strip()


class Proxy(Program):
    """A real nginx on a loopback port in front of a Unix socket."""

    def __init__(self, directory):
        self.directory = os.path.join(directory, "nginx")
        os.makedirs(self.directory, exist_ok=True)
        os.chmod(directory, 0o755)
        self.port, self.socket = free_port(), os.path.join(self.directory, "relay.sock")
        self.url = self._url()
        config = os.path.join(self.directory, "nginx.conf")
        with open(config, "w", encoding="utf-8") as file:
            file.write(self._text())
        super().__init__(shutil.which("nginx") or "/usr/sbin/nginx", ["-p", self.directory, "-c", config], directory)
        end = time.monotonic() + 10
        while time.monotonic() < end:
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", self.port)) == 0:
                    return
            time.sleep(0.02)
        raise RuntimeError(f"nginx did not start: {self.errors()}")

    def _url(self):
        return f"http://127.0.0.1:{self.port}"

    def _text(self):
        # The worker keeps the user who started it, so that it may open the socket; nothing is logged with a query.
        user = "user root;\n" if os.geteuid() == 0 else ""
        return f"""{user}daemon off;
pid {self.directory}/nginx.pid;
error_log {self.directory}/error.log;
events {{ worker_connections 256; }}
http {{
  access_log off;
  client_body_temp_path {self.directory}/body;
  proxy_temp_path {self.directory}/proxy;
  fastcgi_temp_path {self.directory}/fastcgi;
  uwsgi_temp_path {self.directory}/uwsgi;
  scgi_temp_path {self.directory}/scgi;
  limit_req_status 429;
  client_max_body_size 256k;
  upstream relay {{ server unix:{self.socket}; keepalive 16; }}
  server {{
    listen 127.0.0.1:{self.port};
    location / {{
      proxy_pass http://relay;
      proxy_http_version 1.1;
      proxy_set_header Connection "";
      proxy_set_header Host $host;
      proxy_set_header X-Forwarded-For $remote_addr;
      proxy_set_header Range "";
    }}
    location = /v1/events {{
      proxy_pass http://relay;
      proxy_http_version 1.1;
      proxy_set_header Connection "";
      proxy_set_header Host $host;
      proxy_set_header X-Forwarded-For $remote_addr;
      proxy_set_header Range "";
      proxy_buffering off;
      proxy_read_timeout 120s;
    }}
  }}
}}
"""


def ctl(*arguments, environment=None, stdin=None, seconds=60):
    """Runs touchpointctl; returns (exit status, what --json said or the text, messages)."""
    result = subprocess.run([program("touchpointctl"), *arguments], input=stdin, capture_output=True, text=True,
                            timeout=seconds, check=False, env={**os.environ, **(environment or {})})
    answer = result.stdout
    if "--json" in arguments and answer.strip():
        answer = json.loads(answer)
    return result.returncode, answer, result.stderr
