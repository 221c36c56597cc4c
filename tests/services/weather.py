# SPDX-FileCopyrightText: Touchpoint contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The real engine out in bad weather: no network, one that comes and goes, wrong names, a clock that jumps, a machine that slept.

All in a network and a set of mounts of its own, where /etc/resolv.conf names a server that answers as it is told, and the one
authority that is trusted has signed for the sandbox. Speaks TAP.
"""
import base64
import contextlib
import hashlib
import json
import os
import re
import shutil
import select
import signal
import socket
import ssl
import struct
import subprocess
import sys
import tempfile
import threading
import time
import traceback
import urllib.parse

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path[:0] = [os.path.join(HERE, "..", "support"), os.path.join(HERE, "..", "calendly")]

import programs  # noqa: E402
from browser import Browser  # noqa: E402
from network_faults import Authority  # noqa: E402

NAME = "api.calendly.test"
PERSONAL = json.dumps({"kind": "personal", "access_token": "sandbox-pat", "scope": ""})
PATIENCE = 20
# Pauses of 45 s after a sync, and of 20 s to 2 min after one that failed. A timer may be off by a millisecond, which is
# half a second where the clock runs 450 times as fast.
PAUSE, LEAST_PAUSE = 45 - 0.5, 20 - 0.5


class NameServer:
    """DNS on 127.0.0.1:53; behave is "right", "wrong", "nxdomain", "servfail", "garbage" or "silent"."""

    CODES = {"right": 0, "wrong": 0, "servfail": 2, "nxdomain": 3}

    def __init__(self):
        self.behave, self.queries = "right", 0
        self.socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.socket.bind(("127.0.0.1", 53))
        threading.Thread(target=self._serve, daemon=True).start()

    def set(self, behave):
        self.behave, self.queries = behave, 0

    def _serve(self):
        while True:
            query, client = self.socket.recvfrom(512)
            self.queries += 1
            if self.behave == "garbage":
                self.socket.sendto(query[:2] + b"\xff" * 9, client)
            elif self.behave != "silent":
                self.socket.sendto(self._answer(query), client)

    def _answer(self, query):
        end = query.index(b"\0", 12) + 5
        is_address = query[end - 4:end - 2] == b"\0\1"
        code = self.CODES[self.behave]
        count = 1 if code == 0 and is_address else 0
        # The other one is this machine, too, but nobody listens there.
        record = b"\xc0\x0c\0\1\0\1\0\0\0\0\0\4" + bytes([127, 0, 0, 1 if self.behave == "right" else 77])
        return query[:2] + struct.pack("!HHHHH", 0x8180 | code, 1, count, 0, 0) + query[12:end] + record * count


class Door:
    """Where the service is reached under its name, as it has to be: with TLS. What passes goes on to the port behind."""

    def __init__(self, port, certificate, key):
        self.target = ("127.0.0.1", port)
        self.context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self.context.load_cert_chain(certificate, key)
        self.listener = socket.create_server(("127.0.0.1", 0), backlog=64)
        self.url = f"https://{NAME}:{self.listener.getsockname()[1]}"
        threading.Thread(target=self._accept, daemon=True).start()

    def _accept(self):
        while True:
            client, _ = self.listener.accept()
            threading.Thread(target=self._pass, args=(client,), daemon=True).start()

    def _pass(self, client):
        try:
            with self.context.wrap_socket(client, server_side=True) as outside, socket.create_connection(self.target) as inside:
                other = {outside: inside, inside: outside}
                while True:
                    for source in [outside] if outside.pending() else select.select(list(other), [], [])[0]:
                        data = source.recv(16384)
                        if not data:
                            return
                        other[source].sendall(data)
        except OSError:
            pass


class Worker:
    """The engine; says what it does, line by line."""

    def __init__(self, weather, home, speed=1, tokens=PERSONAL, command=(), **environment):
        self.speed, self.lines = speed, []
        self.errors = open(os.path.join(weather.directory, "worker.log"), "ab")
        homes = {f"XDG_{name}_HOME": os.path.join(home, name) for name in ("CONFIG", "CACHE", "DATA", "STATE")}
        self.process = subprocess.Popen(
            [*command, weather.worker, str(speed)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=self.errors, text=True,
            env={**os.environ, **weather.environment, **homes, "TPT_TOKENS": tokens, **environment})
        self.condition = threading.Condition()
        threading.Thread(target=self._read, daemon=True).start()

    def __enter__(self):
        self.wait("open")
        return self

    def __exit__(self, *_):
        self.process.send_signal(signal.SIGCONT)
        self.process.stdin.close()
        try:
            status = self.process.wait(PATIENCE)
        finally:
            self.process.kill()
            self.errors.close()
        assert status == 0, status

    def _read(self):
        for line in self.process.stdout:
            with self.condition:
                word, at = line.split()
                self.lines.append((word, int(at) / 1e6))
                self.condition.notify_all()

    def count(self, word):
        with self.condition:
            return len([line for line in self.lines if line[0] == word])

    def wait(self, word, times=1):
        """Waits until it has said that so often."""
        with self.condition:
            there = self.condition.wait_for(lambda: len([line for line in self.lines if line[0] == word]) >= times, PATIENCE)
        assert there, f"Not said {times} times: {word}; but {self.lines[-10:]}"

    def sync(self):
        """Asks for a sync; returns whether it came to a good end."""
        before = self.count("synced"), self.count("failed")
        self.process.stdin.write("sync\n")
        self.process.stdin.flush()
        with self.condition:
            ended = self.condition.wait_for(lambda: (self._ended() > sum(before)), PATIENCE)
        assert ended, self.lines[-10:]
        return self.count("synced") > before[0]

    def _ended(self):
        return len([line for line in self.lines if line[0] in ("synced", "failed")])

    def pauses(self):
        """Between the end of each sync and the beginning of the next, in the real engine's time."""
        with self.condition:
            lines = [line for line in self.lines if line[0] in ("syncing", "idle", "offline")]
        return [(word, (after - before) * self.speed) for (word, before), (_, after) in zip(lines[1::2], lines[2::2])]


class Weather:
    def __init__(self, worker, directory, authority):
        self.worker, self.directory = worker, directory
        self.sandbox = programs.Sandbox(directory, "--seed", "3", "--customers", "8", "--meetings", "150", "--rate-limit", "0")
        self.names = NameServer()
        self.environment = {**self.sandbox.environment(), "G_DEBUG": "fatal-warnings"}
        self.door = Door(int(self.sandbox.api.rsplit(":", 1)[1]), *authority.sign("door", host=f"DNS:{NAME}"))
        self.environment["TOUCHPOINT_CALENDLY_API_URL"] = self.door.url
        self.start = os.path.join(directory, "start")
        self.homes = 0
        os.environ.pop("TOUCHPOINT_NOW", None)
        with Worker(self, self.start) as worker:
            worker.wait("idle")
        self.empty_log()
        with Worker(self, self.home()) as worker:
            worker.wait("idle")
        # Of one sync that finds nothing new.
        self.usual = self.requests()

    def home(self):
        self.homes += 1
        path = os.path.join(self.directory, str(self.homes))
        shutil.copytree(self.start, path)
        return path

    def empty_log(self):
        assert programs.fetch(f"{self.sandbox.control}/requests", method="DELETE")[0] < 300

    def log(self, path):
        requests = json.loads(self.sandbox.get("requests"))["requests"]
        return [request for request in requests if request["path"].startswith(path)]

    def requests(self, path="/scheduled_events"):
        return len(self.log(path))

    @contextlib.contextmanager
    def faults(self, settings):
        address = f"{self.sandbox.control}/faults"
        assert programs.fetch(address, settings, "PUT")[0] == 200
        yield
        assert programs.fetch(address, {}, "PUT")[0] == 200

    def offline_start(self):
        """Started without a network it says so, and is there by itself when that comes"""
        home = self.home()
        self.empty_log()
        link(False)
        with Worker(self, home) as worker:
            worker.wait("offline")
            link(True)
            worker.wait("idle")
            assert worker.count("syncing") == 2, worker.lines
        assert self.requests() == self.usual

    def comes_and_goes(self):
        """A network that goes and comes a hundred times: one sync each time that it is back, however it flutters"""
        with Worker(self, self.home()) as worker:
            worker.wait("idle")
            for number in range(1, 101):
                with self.faults({"rules": [{"drop": True}]}):
                    route("del")
                    assert not worker.sync(), worker.lines[-5:]
                    worker.wait("offline", number)
                self.empty_log()
                for change in ("add", "del", "add") if number % 4 == 0 else ("add",):
                    route(change)
                worker.wait("idle", number + 1)
                assert self.requests() == self.usual, (number, self.requests(), self.usual)
            assert worker.count("syncing") == 201, worker.count("syncing")

    def wrong_names(self):
        """No such name, no answer, a wrong or a broken one is being offline, with pauses; it ends by itself"""
        for behave in ("nxdomain", "servfail", "wrong", "garbage", "silent"):
            self.names.set(behave)
            with Worker(self, self.home(), speed=200) as worker:
                worker.wait("offline", 1 if behave in ("garbage", "silent") else 5)
                failed = worker.count("syncing")
                # Four tries, two kinds of address, and twice where the first answer made no sense.
                assert 0 < self.names.queries <= failed * 16, (behave, self.names.queries, failed)
                self.names.set("right")
                worker.wait("idle")
                for word, pause in worker.pauses():
                    assert pause >= (LEAST_PAUSE if word == "offline" else PAUSE), (behave, worker.pauses())

    def slept(self):
        """Stopped for as long as a night, with the clock eight hours on: one sync, and then as usual"""
        clock = Clock(self)
        with Worker(self, self.home(), speed=450, command=clock.command, **clock.environment) as worker:
            worker.wait("idle", 2)
            for number in range(3):
                before = worker.count("syncing")
                worker.process.send_signal(signal.SIGSTOP)
                clock.set(f"+{8 * (number + 1)}h")
                # Ten pauses.
                time.sleep(10 * PAUSE / worker.speed)
                worker.process.send_signal(signal.SIGCONT)
                worker.wait("syncing", before + 2)
            for word, pause in worker.pauses():
                assert word == "idle" and pause >= PAUSE, worker.pauses()

    def jumping_clock(self):
        """Whatever the clock is set to meanwhile: one sync after each pause, one new token at most, and nothing lost"""
        clock = Clock(self)
        home = self.home()
        tokens = self.sign_in()
        self.empty_log()
        with Worker(self, home, speed=450, tokens=tokens, command=clock.command, **clock.environment) as worker:
            worker.wait("idle")
            for jump in ("+2h", "-10d", "+5y", "@1970-01-02 00:00:00", "@2038-01-19 03:14:07", "+0"):
                clock.set(jump)
                worker.wait("idle", worker.count("idle") + 2)
                assert self.requests("/oauth/token") <= 1, (jump, self.requests("/oauth/token"))
            assert worker.count("offline") == 0, worker.lines
            years = {urllib.parse.parse_qs(request["query"])["max_start_time"][0][:4] for request in self.log("/scheduled_events")
                     if "max_start_time" in request["query"]}
            assert {"1970", "2038"} <= years, years
            for _, pause in worker.pauses():
                assert pause >= PAUSE, worker.pauses()

    def sign_in(self):
        verifier, port = "v" * 64, 8764
        challenge = base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).rstrip(b"=").decode()
        redirect = f"http://127.0.0.1:{port}/"
        query = urllib.parse.urlencode({"client_id": "sandbox-client", "response_type": "code", "redirect_uri": redirect,
                                        "code_challenge": challenge, "code_challenge_method": "S256", "state": "s"})
        with socket.create_server(("127.0.0.1", port)) as listener:
            threading.Thread(target=self._allow, args=(query,), daemon=True).start()
            listener.settimeout(PATIENCE)
            connection, _ = listener.accept()
            with connection:
                code = re.search(rb"[?&]code=([^& ]+)", connection.recv(8192)).group(1).decode()
                connection.sendall(b"HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n")
        form = urllib.parse.urlencode({"grant_type": "authorization_code", "client_id": "sandbox-client", "code": code,
                                       "redirect_uri": redirect, "code_verifier": verifier}).encode()
        status, body = programs.fetch(self.sandbox.addresses["auth"] + "/oauth/token", form, "POST",
                                      {"Content-Type": "application/x-www-form-urlencoded"})
        assert status == 200, body
        answer = json.loads(body)
        until = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(time.time() + answer["expires_in"]))
        return json.dumps({"kind": "oauth", "expires_at": until, "client_id": "sandbox-client",
                           **{key: answer[key] for key in ("access_token", "refresh_token", "scope", "owner", "organization")}})

    def _allow(self, query):
        browser = Browser()
        browser.open(f"{self.sandbox.addresses['auth']}/oauth/authorize?{query}")
        browser.press("Allow")

    CASES = [offline_start, comes_and_goes, wrong_names, slept, jumping_clock]


class Clock:
    """What a program takes for the time, as a file says it."""

    def __init__(self, weather):
        self.path = os.path.join(weather.directory, "clock")
        # The variable that it sets goes before the file.
        self.command = ("faketime", "-m", "-f", "+0", "env", "-u", "FAKETIME")
        # No certificate is good for as long as this goes: without TLS.
        self.environment = {"FAKETIME_TIMESTAMP_FILE": self.path, "FAKETIME_NO_CACHE": "1", "FAKETIME_DONT_FAKE_MONOTONIC": "1",
                            "TOUCHPOINT_CALENDLY_API_URL": weather.sandbox.api}
        self.set("+0")

    def set(self, text):
        with open(self.path + ".new", "w", encoding="ascii") as file:
            file.write(text + "\n")
        os.replace(self.path + ".new", self.path)


def ip(*arguments):
    subprocess.run(["ip", *arguments], check=True)


def route(what):
    """Whether there is a way out is all that the system's monitor goes by."""
    ip("route", what, "default", "dev", "lo")


def link(is_up):
    ip("link", "set", "lo", "up" if is_up else "down")
    if is_up:
        route("add")


def go_out(directory):
    """Starts this again where the network, and the place names are asked for at, are its own."""
    for name, text in (("resolv.conf", "nameserver 127.0.0.1\noptions timeout:1 attempts:1\n"),
                       ("nsswitch.conf", "hosts: files dns\n")):
        with open(os.path.join(directory, name), "w", encoding="ascii") as file:
            file.write(text)
    Authority(directory)
    places = {"resolv.conf": "/etc/resolv.conf", "nsswitch.conf": "/etc/nsswitch.conf",
              "ca.pem": "/etc/ssl/certs/ca-certificates.crt"}
    script = "".join(f'mount --bind "$0/{name}" {path} && ' for name, path in places.items()) + 'exec "$@"'
    # Only who is not root needs a user namespace for it. A root that is no mount point cannot be told how to propagate.
    alone = "-mn" if os.geteuid() == 0 else "-rmn"
    command = ["unshare", alone, "--propagation", "unchanged", "sh", "-c", script, directory, sys.executable, __file__,
               *sys.argv[1:]]
    return subprocess.run(command, env={**os.environ, "TPT_WEATHER": directory}, check=False).returncode


def main():
    directory = os.environ.get("TPT_WEATHER")
    if directory is None:
        with tempfile.TemporaryDirectory() as directory:
            return go_out(directory)
    # Names are asked for only by who has an address beside the one of the loopback.
    ip("address", "add", "192.0.2.1/32", "dev", "lo")
    link(True)
    authority = Authority.__new__(Authority)
    authority.directory = directory
    os.environ["TPT_SANDBOX"] = sys.argv[2]
    weather, cases, failed = None, Weather.CASES, False
    print(f"1..{len(cases)}", flush=True)
    for number, case in enumerate(cases, 1):
        try:
            weather = weather or Weather(sys.argv[1], directory, authority)
            case(weather)
        except Exception:  # each case stands for itself; what went wrong is told with its place
            traceback.print_exc()
            with open(os.path.join(directory, "worker.log"), encoding="utf-8") as log:
                print(log.read()[-2000:], file=sys.stderr)
            failed = True
            break
        print(f"ok {number} - {case.__doc__}", flush=True)
    if failed:
        print(f"not ok {number} - {case.__doc__}", flush=True)
    if weather is not None:
        weather.sandbox.stop()
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
