# SPDX-FileCopyrightText: Touchpoint contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""oracle.py SEED WORLDS: does the record end as the service has it, whatever happens on the way?

Each seed is a world of its own, in which bookings are made, moved, called off and marked at random, also between two pages
of a sync, while touchpointctl syncs: in bad weather, killed, two at once, with a wrong clock. In the end the record has to
be what the API tells, and a sync may ask for no more than it needs. Runs inside tests/support/desktop-session; what was
done in a world is told where something is wrong. Needs hours to be worth much.
"""
import datetime
import http.client
import http.server
import json
import os
import random
import subprocess
import sys
import tempfile
import threading
import urllib.parse

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "support"))

import programs  # noqa: E402

TOKEN = "sandbox-pat"
DAY = datetime.timedelta(days=1)
HOUR = datetime.timedelta(hours=1)
STARTS = ["2026-11-21T10:00:00Z", "2026-10-24T20:00:00Z", "2026-03-28T22:00:00Z", "2026-12-31T23:30:00Z", "2028-02-28T12:00:00Z"]
ZONES = ["UTC", "Europe/Berlin", "America/New_York", "Pacific/Auckland"]


def parse(text):
    return datetime.datetime.fromisoformat(text[:19] + "+00:00")


def form(time):
    return time.strftime("%Y-%m-%dT%H:%M:%SZ")


def end_of(cancellation, canceler):
    return cancellation and (cancellation[canceler], cancellation["canceled_by"], cancellation["reason"] or None)


class Proxy(http.server.ThreadingHTTPServer):
    """Stands before the service: makes pages smaller and lets something happen before an answer."""

    daemon_threads = True

    def __init__(self, target, page):
        super().__init__(("127.0.0.1", 0), Handler)
        self.target, self.page, self.hook, self.log, self.turn = target, page, None, [], threading.Lock()
        self.url = f"http://127.0.0.1:{self.server_address[1]}"
        threading.Thread(target=self.serve_forever, daemon=True).start()

    def handle_error(self, *_):
        """Who was killed does not wait for the answer."""


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_):
        """Nobody reads it."""

    def do_GET(self):
        proxy, url = self.server, urllib.parse.urlsplit(self.path)
        with proxy.turn:
            proxy.log.append(url.path)
            if proxy.hook:
                proxy.hook(len(proxy.log))
        query = [(key, str(proxy.page) if key == "count" and url.path == "/scheduled_events" else value)
                 for key, value in urllib.parse.parse_qsl(url.query)]
        behind = http.client.HTTPConnection(urllib.parse.urlsplit(proxy.target).netloc, timeout=30)
        headers = {key: value for key, value in self.headers.items() if key.lower() in ("authorization", "user-agent")}
        try:
            behind.request("GET", url.path + "?" + urllib.parse.urlencode(query), headers=headers)
            answer = behind.getresponse()
            body = answer.read().replace(proxy.target.encode(), proxy.url.encode())
        except (http.client.HTTPException, OSError):
            # A fault: whoever asked hears nothing more either.
            self.close_connection = True
            return
        finally:
            behind.close()
        self.send_response(answer.status)
        for key, value in answer.getheaders():
            if key.lower() in ("content-type", "retry-after"):
                self.send_header(key, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


class World:
    def __init__(self, seed, directory):
        self.seed, self.random, self.trace, self.wrong, self.people = seed, random.Random(seed), [], [], 0
        self.sandbox = programs.Sandbox(directory, "--seed", str(seed), "--customers", "6", "--rate-limit", "0", "--meetings",
                                        str(self.random.choice([5, 30, 60])), "--now", self.random.choice(STARTS))
        self.proxy = Proxy(self.sandbox.api, self.random.choice([3, 7, 20, 100]))
        homes = {f"XDG_{name}_HOME": os.path.join(directory, name) for name in ("CONFIG", "CACHE", "DATA", "STATE")}
        self.environment = {**self.sandbox.environment(), **homes, "TOUCHPOINT_CALENDLY_API_URL": self.proxy.url,
                            "TZ": self.random.choice(ZONES), "G_DEBUG": "fatal-warnings"}
        self.me = self.ask("/users/me")["resource"]["uri"]
        types = [kind for kind in self.sandbox.state()["event_types"] if kind["active"] and not kind["is_paid"]]
        self.slugs = sorted({kind["slug"] for kind in types}) + ["office-hours"] * 4
        self.ok("connect", "--token-stdin", stdin=TOKEN + "\n")

    def ask(self, path):
        status, body = programs.fetch(self.sandbox.api + path, headers={"Authorization": f"Bearer {TOKEN}"})
        assert status == 200, (path, status, body)
        return json.loads(body)

    def now(self, forward=datetime.timedelta()):
        return parse(self.sandbox.post("clock", advance_seconds=int(forward.total_seconds()))["now"])

    def clock(self, skew=datetime.timedelta()):
        return {**self.environment, "TOUCHPOINT_NOW": form(self.now() + skew)}

    def ok(self, *arguments, stdin=None):
        code, answer, messages = programs.ctl(*arguments, "--json", environment=self.clock(), stdin=stdin, seconds=300)
        assert code == 0, (arguments, code, answer, messages)
        return answer

    def choose_start(self):
        now, chance = self.now(), self.random
        minutes = datetime.timedelta(minutes=15 * chance.randint(1, 4 * 24 * 40))
        return form(chance.choice([now + minutes, now + minutes, now - minutes, now + chance.randint(80, 500) * DAY,
                                   now - chance.randint(30, 700) * DAY, now.replace(minute=0, second=0) + chance.choice([1, 90, -30]) * DAY]))

    def happen(self):
        """Something does; returns the events it has to do with."""
        state, chance = self.sandbox.state(), self.random
        events = {event["uri"]: event for event in state["events"]}
        standing = [invitee for invitee in state["invitees"] if invitee["status"] == "active"]
        groups = [event["start_time"] for event in state["events"] if event["invitees_counter"]["limit"] > 1 and event["status"] == "active"]
        what = chance.choice(["book", "book", "group", "cancel", "chain", "chain"])
        self.trace.append(what)
        if what in ("book", "group") or not standing:
            self.people += 1
            in_group = what == "group" and groups
            booked = self.sandbox.post("book", event_type="office-hours" if in_group else chance.choice(self.slugs),
                                       name=f"Person {self.people}", email=f"p{self.people % 9}@firm.example",
                                       start=chance.choice(groups) if in_group else self.choose_start())
            return {booked["event"]["uri"]}
        invitee = chance.choice(standing)
        touched = {invitee["event"]}
        if what == "cancel":
            self.sandbox.post("cancel", invitee=invitee["uri"], by=chance.choice(["host", "invitee"])
                              if events[invitee["event"]]["status"] == "active" else "invitee", reason="ümlaut")
        for _ in range(chance.randint(1, 5) if what == "chain" else 0):
            moved = self.sandbox.post("reschedule", invitee=invitee["uri"], start=self.choose_start())
            invitee = moved["invitee"]
            touched.add(moved["event"]["uri"])
        return touched

    def mark(self):
        """Somebody was not there, or was after all; it is found six hours later, and some more where a clock was wrong."""
        state, now = self.sandbox.state(), self.now()
        ends = {event["uri"]: parse(event["end_time"]) for event in state["events"]}
        recent = [invitee for invitee in state["invitees"]
                  if invitee["status"] == "active" and now - 55 * HOUR < ends[invitee["event"]] < now - HOUR]
        if recent:
            invitee = self.random.choice(recent)
            self.sandbox.post("no-show", invitee=invitee["uri"], undo=invitee["no_show"] is not None)
            self.now(10 * HOUR)
            self.ok("sync")
            self.trace.append("mark")

    def set_faults(self, rules):
        status, body = programs.fetch(f"{self.sandbox.control}/faults", {"rules": rules}, "PUT")
        assert status == 200, body

    def make_faults(self):
        chance = self.random
        kinds = [{"status": 503, "html": True}, {"status": 500}, {"status": 429, "headers": {"Retry-After": "1"}},
                 {"truncate": chance.randint(0, 900)}, {"drop": True}, {"status": 403}, {"status": 404}]
        paths = ["/scheduled_events", "/scheduled_events*", "/scheduled_events/*/invitees", "*"]
        return [{"path": chance.choice(paths), "skip": chance.randint(0, 12), "times": chance.randint(1, 2),
                 **chance.choice(kinds)} for _ in range(chance.randint(1, 3))]

    def sync(self):
        """In whatever weather; it may fail, but not break down."""
        chance, running = self.random, []
        weather = chance.choice(["plain", "kill", "two", "faults", "race", "race and kill", "race and faults", "wrong clock"])
        day = (self.now() + chance.randint(-400, 60) * DAY).date()
        period = ["--from", f"{day}", "--to", f"{day + chance.randint(0, 200) * DAY}"]
        arguments = chance.choice([[], [], ["--full"], period])
        self.trace.append((weather, arguments))
        skew = chance.choice([-43000, -600, -7, 7, 200, 3000, 43000]) if weather == "wrong clock" else 0
        environment = {**os.environ, **self.clock(datetime.timedelta(minutes=skew))}
        begin = len(self.proxy.log)
        deadly = begin + chance.randint(1, 25) if "kill" in weather else 0
        moments = {begin + chance.randint(1, 20) for _ in range(4)} if "race" in weather else set()

        def hook(number):
            if number in moments:
                self.happen()
            for process in running if number == deadly else []:
                process.kill()

        self.set_faults(self.make_faults() if "faults" in weather else [])
        self.proxy.hook = hook
        for _ in range(2 if weather == "two" else 1):
            running.append(subprocess.Popen([programs.program("touchpointctl"), "sync", *arguments, "--json"], env=environment,
                                            stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True))
        for process in running:
            messages = process.communicate(timeout=300)[1]
            if process.returncode not in (0, 1, 3, 4, 5, -9):
                self.wrong.append((weather, arguments, process.returncode, messages[-500:]))
        self.proxy.hook = None
        self.set_faults([])

    def truth(self):
        events, token = {}, ""
        while token is not None:
            query = {"user": self.me, "count": 100, **({"page_token": token} if token else {})}
            page = self.ask("/scheduled_events?" + urllib.parse.urlencode(query))
            for event in page["collection"]:
                event["invitees"] = self.ask(urllib.parse.urlsplit(event["uri"]).path + "/invitees?count=100")["collection"]
                events[event["uri"]] = event
            token = page["pagination"]["next_page_token"]
        return {uri: event for uri, event in events.items() if parse(event["start_time"]) > self.now() - 730 * DAY}

    def same(self, where, have, wanted):
        if have != wanted:
            self.wrong.append(f"{where}: {have!r}, and should be {wanted!r}")

    def compare(self):
        listed = {meeting["uri"] for meeting in self.ok("meetings", "list", "--limit", "100000")}
        truth = self.truth()
        for uri, event in truth.items():
            here = self.ok("meetings", "show", uri)
            has_moved = all(invitee["rescheduled"] for invitee in event["invitees"])
            self.same(uri + " listed", uri in listed, not has_moved)
            self.same(uri, (here["name"], parse(here["start"]), parse(here["end"]), here["event_type"], here["invitees_counter"]),
                      (event["name"], parse(event["start_time"]), parse(event["end_time"]), event["event_type"], event["invitees_counter"]))
            self.same(uri + " end", end_of(here["cancellation"], "canceler"), end_of(event.get("cancellation"), "canceler_type"))
            known = {invitee["uri"]: invitee for invitee in here["invitees"]}
            self.same(uri + " invitees", sorted(known), sorted(invitee["uri"] for invitee in event["invitees"]))
            for invitee in event["invitees"]:
                found = known.get(invitee["uri"], {})
                for key in ("email", "name", "status", "tracking", "timezone", "old_invitee", "new_invitee", "rescheduled"):
                    self.same(f"{invitee['uri']} {key}", found.get(key), invitee[key])
                self.same(invitee["uri"] + " no-show", found.get("no_show"), invitee["no_show"] is not None)
                self.same(invitee["uri"] + " moved", found.get("reschedules", 0) > 0, invitee["old_invitee"] is not None)
        return truth

    def fetched(self):
        """The events whose invitees a full sync has asked for."""
        begin = len(self.proxy.log)
        self.same("set aside", self.ok("sync", "--full")["failed"], [])
        return sorted(path.split("/")[2] for path in self.proxy.log[begin:] if path.endswith("/invitees"))

    def live(self):
        for _ in range(self.random.randint(6, 15)):
            for _ in range(self.random.randint(0, 5)):
                self.happen()
            if self.random.random() < 0.3:
                self.mark()
            self.now(self.random.choice([0 * DAY, HOUR / 6, HOUR, 26 * HOUR, 4 * DAY, 35 * DAY]))
            self.sync()
        self.now(10 * HOUR)
        self.fetched()
        self.compare()
        self.same("asked for although nothing changed", self.fetched(), [])
        touched = self.happen() | self.happen()
        fetched = self.fetched()
        self.same("asked for after a change", fetched, sorted(uri.rsplit("/", 1)[1] for uri in touched & set(self.compare())))


def main():
    first, count = int(sys.argv[1]), int(sys.argv[2])
    failed = 0
    for seed in range(first, first + count):
        with tempfile.TemporaryDirectory() as directory:
            world = World(seed, directory)
            try:
                world.live()
            finally:
                world.sandbox.stop()
            print(f"world {seed}: {len(world.proxy.log)} requests, {len(world.wrong)} differences", flush=True)
            if world.wrong:
                failed += 1
                print(*world.trace, *world.wrong, sep="\n", flush=True)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
