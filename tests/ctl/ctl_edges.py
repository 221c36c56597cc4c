# SPDX-FileCopyrightText: Touchpoint contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The command line at its edges: settings that make no sense, an interruption, a refusal, what a list consists of.

Speaks TAP. The steps build on each other; the first that fails ends the story.
"""
import datetime
import json
import os
import signal
import socket
import subprocess
import sys
import time

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "..", "support"))

import programs  # noqa: E402
import tap  # noqa: E402
from browser import Browser  # noqa: E402
from fault_proxy import FaultProxy  # noqa: E402

PATIENCE = 60
NO_ADDRESSES = ("file:", "file:///etc/passwd", "ftp://x", "http:", "https://", "  ", "nonsense", "http://calendly.example",
                "https://somebody@calendly.example", "https://calendly.example/?token=x")
CARDS = "BEGIN:VCARD\nVERSION:3.0\nFN:Vera\nORG:Card Works\nEMAIL:vera@card-works.example\nEND:VCARD\n" \
        "BEGIN:VCARD\nFN:Nobody\nEMAIL:nobody@gmail.com\nEND:VCARD\n"

SENTENCES = ("When did {} last schedule?", "Show Calendly bookings for {}")


def equal(got, wanted):
    assert got == wanted, f"{got!r}, not {wanted!r}"


class Silence:
    """A service that takes every connection and never says a word."""

    def __init__(self):
        self.socket = socket.create_server(("127.0.0.1", 0))
        self.socket.settimeout(PATIENCE)
        self.url = "http://127.0.0.1:%d" % self.socket.getsockname()[1]

    def wait(self):
        """Until somebody has asked for something."""
        connection = self.socket.accept()[0]
        connection.settimeout(PATIENCE)
        assert connection.recv(1)
        return connection


class Story:
    def __init__(self):
        self.directory = os.environ["TPT_SESSION_DIR"]
        self.sandbox = programs.Sandbox(self.directory, "--seed", "5", "--customers", "8", "--meetings", "60")
        self.environment = self.sandbox.environment()

    def run(self, *arguments, stdin=None, cwd=None, **environment):
        done = subprocess.run([programs.program("touchpointctl"), *arguments], input=stdin, capture_output=True, text=True,
                              timeout=PATIENCE, check=False, cwd=cwd,
                              env={**os.environ, **self.environment, **environment})
        return done.returncode, done.stdout, done.stderr

    def ok(self, *arguments, **more):
        code, out, messages = self.run(*arguments, *(() if "--json" in arguments else ("--json",)), **more)
        assert code == 0, (arguments, code, messages)
        return json.loads(out)

    def start(self, *arguments, **environment):
        return subprocess.Popen([programs.program("touchpointctl"), *arguments], stdin=subprocess.PIPE, text=True,
                                stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                                env={**os.environ, **self.environment, **environment})

    def faults(self, *rules):
        status, body = programs.fetch(f"{self.sandbox.control}/faults", {"rules": rules}, method="PUT")
        assert status == 200, body

    def write(self, name, text):
        path = os.path.join(self.directory, name)
        with open(path, "w", encoding="utf-8") as file:
            file.write(text)
        return path

    @staticmethod
    def until(process, condition):
        end = time.monotonic() + PATIENCE
        while not condition():
            assert process.poll() is None and time.monotonic() < end, process.args
            time.sleep(0.01)

    @staticmethod
    def catches(process, number):
        """Whether the process has said what that signal does, from /proc."""
        with open(f"/proc/{process.pid}/status", encoding="ascii") as file:
            caught = next(line for line in file if line.startswith("SigCgt:"))
        return bool(int(caught.split()[1], 16) >> (number - 1) & 1)

    def canceled(self, process, number=signal.SIGINT):
        process.send_signal(number)
        try:
            # Its standard input stays open until it has ended.
            process.wait(PATIENCE)
        finally:
            process.kill()
            out, messages = process.communicate()
        equal((process.returncode, out), (1, ""))
        assert messages.splitlines()[-1].startswith("Canceled."), (process.args, messages)
        assert "Operation" not in messages, (process.args, messages)

    def addresses(self):
        """An address that no sign-in may be sent to is refused before anything is asked"""
        self.ok("connect", "--token-stdin", stdin="sandbox-pat\n")
        self.ok("sync")
        programs.fetch(f"{self.sandbox.control}/requests", method="DELETE")
        for variable in ("TOUCHPOINT_CALENDLY_API_URL", "TOUCHPOINT_CALENDLY_AUTH_URL"):
            for address in NO_ADDRESSES:
                for command in (("event-types", "--refresh"), ("connect", "--token-stdin"), ("sync", "--json")):
                    code, out, messages = self.run(*command, stdin="sandbox-pat\n", **{variable: address})
                    equal((code, out), (1, ""))
                    assert variable in messages and f"“{address}”" in messages, messages
                    equal(len(messages.splitlines()), 1)
        equal(json.loads(self.sandbox.get("requests"))["requests"], [])
        slash = {"TOUCHPOINT_CALENDLY_API_URL": f" {self.sandbox.api}/ ", "TOUCHPOINT_CALENDLY_AUTH_URL": self.sandbox.api + "/"}
        self.ok("sync", **slash)
        equal(self.ok("status")["connected"], True)

    def interrupted(self):
        """Ctrl+C says the same everywhere, whatever was waited for"""
        self.ok("customers", "add", "Zed", "--domain", "zed.example")
        silence = Silence()
        away = {"TOUCHPOINT_CALENDLY_API_URL": silence.url}
        for command in (("sync",), ("sync", "--full", "--json"), ("event-types", "--refresh"), ("customers", "import", "--contacts"),
                        ("link", "create", "--customer", "Zed"), ("link", "create", "--customer", "Zed", "--json"),
                        ("ask", "Send", "Calendly", "link", "to", "Zed"), ("relay", "set", silence.url, "--code", "code")):
            process = self.start(*command, **away)
            with silence.wait():
                self.canceled(process, signal.SIGTERM if "--full" in command else signal.SIGINT)
        process = self.start("connect", "--print-url")
        assert process.stderr.readline().startswith("http")
        self.canceled(process)
        equal(self.ok("status")["connected"], True)

    def stayed(self, before):
        """Everything is as before; the subscription, where it was deleted already, is made again for all who hear by it."""
        after = self.ok("status")
        equal({**after, "webhook": before["webhook"]}, before)
        active = [one["uri"] for one in self.sandbox.state()["subscriptions"] if one["state"] == "active"]
        equal(active, [after["webhook"]["uri"]] if before["webhook"]["uri"] else [])

    def leaving(self):
        """Ctrl+C keeps the sign-in, the relay and the record of whoever was about to leave them"""
        relay = programs.Relay(self.directory, self.sandbox)
        with FaultProxy(relay.port) as door:
            self.ok("relay", "set", door.url, "--code", relay.code())
            before = self.ok("status")
            equal((before["relay"]["url"], before["connected"]), (door.url, True))
            door.set(black_hole=True)
            for command in (("relay", "test"), ("relay", "forget"), ("disconnect", "--erase-data")):
                reached = door.connections
                process = self.start(*command)
                self.until(process, lambda seen=reached: door.connections > seen)
                self.canceled(process)
                self.stayed(before)
            door.set()
            self.ok("relay", "test")
            self.ok("relay", "forget")

        process = self.start("connect", "--print-url")
        browser = Browser()
        browser.open(process.stderr.readline().strip())
        browser.press("Allow")
        equal(process.wait(PATIENCE), 0)
        process.communicate()
        for way in ("--erase-data", "--keep-data"):
            if way == "--keep-data":
                self.ok("relay", "set", relay.url, "--code", relay.code())
            before = self.ok("status")
            silence = Silence()
            process = self.start("disconnect", way, TOUCHPOINT_CALENDLY_AUTH_URL=silence.url)
            with silence.wait():
                self.canceled(process)
            self.stayed(before)
        relay.stop()
        self.ok("sync")

    def typing(self):
        """Ctrl+C ends the wait for a token that somebody types, and for help there is none"""
        process = self.start("connect", "--token-stdin")
        self.until(process, lambda: self.catches(process, signal.SIGINT))
        self.canceled(process)
        process = self.start("connect", "--token-stdin", "--help")
        try:
            equal(process.wait(PATIENCE), 0)
        finally:
            process.kill()
            process.communicate()
        process = self.start("connect", "--token-stdin", "--json")
        for part in ("sandbox", "-pat", "\n"):
            process.stdin.write(part)
            process.stdin.flush()
        out, messages = process.communicate(timeout=PATIENCE)
        equal((process.returncode, messages), (0, ""))
        assert json.loads(out)["account"]["email"], out

    def places(self):
        """A relative path for data is no path"""
        where = os.path.join(self.directory, "elsewhere")
        os.mkdir(where)
        status = self.ok("status")
        relative = {name: "data" for name in ("XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME")}
        equal(self.ok("status", cwd=where, **relative), status)
        equal(self.ok("status", cwd=where, **{name: "" for name in relative}), status)
        equal(os.listdir(where), [])
        other = self.ok("status", XDG_DATA_HOME=where)
        equal((other["database"]["path"], other["database"]["customers"]),
              (os.path.join(where, "touchpoint", "touchpoint.db"), 0))

    def refused(self):
        """A list that was asked for anew and is refused is a failure; one that was not is shown"""
        listed = self.ok("event-types", "--refresh")
        for status, ending in ((401, 3), (403, 5), (400, 1)):
            self.faults({"path": "/*", "status": status})
            code, out, messages = self.run("event-types", "--refresh", "--json")
            equal((code, out), (ending, ""))
            assert messages.strip() and "This is the list" not in messages, messages
            equal(self.ok("event-types"), listed)
        self.faults({"path": "/*", "status": 503})
        code, out, messages = self.run("event-types", "--refresh", "--json")
        equal((code, json.loads(out)), (0, listed))
        assert "This is the list of" in messages, messages
        self.faults()
        equal(self.ok("event-types", "--refresh"), listed)

    def unread(self):
        """What cannot be read of the event types is told, as often as they are, until it can be or is not there any more"""
        listed = self.ok("event-types", "--refresh")
        status, body = programs.fetch(f"{self.sandbox.api}/event_types?count=100&user={self.ok('status')['account']['uri']}",
                                      headers={"Authorization": "Bearer sandbox-pat"})
        equal(status, 200)
        types = json.loads(body)
        broken = types["collection"][0]
        broken["name"] = 5
        self.faults({"path": "/event_types", "status": 200, "body": types})
        for arguments in (("--refresh",), ()):
            code, out, messages = self.run("event-types", *arguments, "--json")
            equal((code, json.loads(out)), (0, listed))
            equal(messages.count("\n"), 1)
            assert messages.startswith(f"Set aside: {broken['uri']}: "), messages
        types["collection"] = types["collection"][1:]
        self.faults({"path": "/event_types", "status": 200, "body": types})
        code, out, messages = self.run("event-types", "--refresh", "--json")
        equal((code, messages), (0, ""))
        self.faults()
        equal(self.ok("event-types", "--refresh"), listed)

    def bookable(self):
        """A link for an event type that cannot be booked says why, and what is not known yet is asked for first"""
        self.ok("customers", "add", "Links")
        off = next(t for t in self.ok("event-types") if not t["active"])
        for name in (off["slug"], off["uri"]):
            code, out, messages = self.run("link", "create", "--customer", "Links", "--event-type", name)
            equal((code, out), (1, ""))
            assert f"“{name}” is switched off" in messages, messages
        elsewhere = {"XDG_DATA_HOME": os.path.join(self.directory, "unlisted")}
        equal(self.run("connect", "--token-stdin", stdin="sandbox-pat\n", **elsewhere)[0], 0)
        self.ok("customers", "add", "Links", **elsewhere)
        for status, ending in ((403, 5), (503, 4)):
            self.faults({"path": "/event_types", "status": status})
            code, out, messages = self.run("link", "create", "--customer", "Links", "--event-type", "quick-call", **elsewhere)
            equal((code, out), (ending, ""))
            assert "There is no event type" not in messages, messages
        self.faults()
        code, out, messages = self.run("link", "create", "--customer", "Links", "--event-type", "no-such-type", **elsewhere)
        equal((code, out), (1, ""))
        assert "There is no event type" in messages, messages
        programs.fetch(f"{self.sandbox.control}/requests", method="DELETE")
        equal(self.run("link", "create", "--customer", "Links", "--event-type", "quick-call", **elsewhere)[0], 0)
        asked = [request["path"] for request in json.loads(self.sandbox.get("requests"))["requests"]]
        equal(asked.count("/event_types"), 0)

    def units(self):
        """Rows of a list, cards of an address book: each problem says where it is in its own words"""
        for name, text, place in (("rows.csv", "name,cadence_days\nOne,0\nTwo,7\n", "Row 2: "), ("cards.vcf", CARDS, "Card 2: ")):
            code, out, messages = self.run("customers", "import", self.write(name, text))
            equal((code, messages), (0, ""))
            assert out.splitlines()[1].startswith(place), out
            equal([error["row"] for error in self.ok("customers", "import", self.write(name, text))["errors"]], [2])


    @staticmethod
    def days_ahead(days):
        return f"{datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(days):%Y-%m-%dT10:00:00Z}"

    def place(self, email, start):
        """Somebody takes a place in a group."""
        return self.sandbox.post("book", event_type="office-hours", name=email, email=email, start=start)

    def told(self, customer, now):
        """What is said of a customer's meetings, the same on every way."""
        ways = [self.ok("meetings", "list", "--customer", customer, **now),
                *(self.ok("ask", sentence.format(customer), **now)["result"] for sentence in SENTENCES)]
        equal(ways.count(ways[0]), len(ways))
        (meeting,) = ways[0]
        equal(self.ok("meetings", "list", "--customer", customer, "--status", meeting["status"], **now), ways[0])
        said = self.run("ask", SENTENCES[0].format(customer), **now)[1]
        assert f"({meeting['status']})" in said, said
        figures = self.ok("metrics", "--customer", customer, **now)
        said = self.run("ask", SENTENCES[1].format(customer), **now)[1]
        equal("none upcoming" not in said, figures["next_meeting_at"] is not None)
        return meeting["status"], figures["held"], figures["canceled"], figures["next_meeting_at"] is not None

    def one_of_many(self):
        """Who cancels in a group is told of as that, although the others meet, and as the figures count it"""
        start, after = self.days_ahead(39), {"TOUCHPOINT_NOW": self.days_ahead(40)}
        self.ok("customers", "add", "Leaves", "--domain", "leaves.example")
        self.ok("customers", "add", "Stays", "--domain", "stays.example")
        leaves, stays = (self.place(email, start) for email in ("a@leaves.example", "b@stays.example"))
        equal(leaves["event"]["uri"], stays["event"]["uri"])
        self.sandbox.post("cancel", invitee=leaves["invitee"]["uri"], by="invitee")
        self.ok("sync", "--from", start[:10], "--to", start[:10])
        equal((self.told("Leaves", {}), self.told("Stays", {})), (("canceled", 0, 0, False), ("upcoming", 0, 0, True)))
        equal((self.told("Leaves", after), self.told("Stays", after)), (("canceled", 0, 1, False), ("held", 1, 0, False)))
        listed = self.ok("meetings", "list", "--from", start[:10], "--to", start[:10])
        equal([meeting["status"] for meeting in listed if meeting["uri"] == leaves["event"]["uri"]], ["upcoming"])

    def moved_away(self):
        """Who moved out of a group is told of where they are now, and whoever stays is named once"""
        start, later = (self.days_ahead(days) for days in (41, 42))
        booked = [self.place(email, start) for email in ("a@leaves.example", "b@stays.example", "c@zed.example",
                                                         "d@stays.example")]
        (event,) = {booking["event"]["uri"] for booking in booked}
        moved = self.sandbox.post("reschedule", invitee=booked[0]["invitee"]["uri"], start=later)
        self.ok("sync", "--from", start[:10], "--to", later[:10])
        listed = {row["uri"]: ({(one["name"], one["primary"]) for one in row["customers"]}, row["reschedules"])
                  for row in self.ok("meetings", "list", "--from", start[:10], "--to", later[:10])}
        equal(listed[event], ({("Stays", True), ("Zed", False)}, 0))
        equal(listed[moved["event"]["uri"]], ({("Leaves", True)}, 1))
        equal(self.ok("meetings", "show", event)["customers"], next(
            row["customers"] for row in self.ok("meetings", "list") if row["uri"] == event))
        assert " Stays, Zed " in self.run("meetings", "list", "--from", start[:10], "--to", start[:10])[1]

    def blanks(self):
        """Blanks that nobody sees are no part of what was meant, wherever it was written"""
        text = "name,stakeholder_name,stakeholder_email\n\"Seen\nTwice\u00a0Inc\",Nora\u202fX,nora@nb.example\u00a0\n"
        report = self.ok("customers", "import", self.write("blanks.csv", text))
        equal((report["created"], report["errors"]), (1, []))
        for name in ("Seen Twice Inc", "seen twice\u00a0inc\u200b", "Seen\tTwice Inc"):
            equal(self.ok("customers", "show", name)["name"], "Seen Twice Inc")
        self.ok("customers", "emails", "Seen Twice Inc", "Nora X", "--add", "\ufeffnora@home.example\u00a0")
        equal(self.ok("customers", "show", "Seen Twice Inc")["stakeholders"][0]["emails"], ["nora@nb.example", "nora@home.example"])
        added = self.ok("customers", "add", "\u00a0Typed\u00a0In\u200b", "--domain", "typed.example\u00a0",
                        "--owner", "csm@x.example\u00a0")
        equal((added["name"], added["domains"], added["owner"]), ("Typed In", ["typed.example"], "csm@x.example"))
        equal(self.run("customers", "add", "Typed In")[0], 1)

    def sources(self):
        """A list comes from a pipe as well, is no film, and nobody has to wait for one that never comes"""
        pipe = os.path.join(self.directory, "pipe")
        os.mkfifo(pipe)
        process = self.start("customers", "import", pipe, "--json")
        with open(pipe, "w", encoding="utf-8") as file:
            file.write("name\nPiped\n")
        out, messages = process.communicate(timeout=PATIENCE)
        equal((process.returncode, json.loads(out)["created"], messages), (0, 1, ""))
        code, out, messages = self.run("customers", "import", "/dev/zero")
        equal((code, out), (1, ""))
        assert "too large" in messages, messages
        process = self.start("customers", "import", pipe)
        self.until(process, lambda: self.catches(process, signal.SIGINT))
        self.canceled(process)

    def outputs(self):
        """A file that a link leads to is written, the link stays one, and what is no file stays what it is"""
        target, link, device = (os.path.join(self.directory, name) for name in ("target.ics", "link.ics", "device"))
        os.symlink(target, link)
        os.symlink("/dev/null", device)
        self.write("target.ics", "an older file")
        for path in (link, device):
            code, out, messages = self.run("export", "meetings", "--format", "ics", "--output", path)
            equal((path, code, bool(out), bool(messages)), (path, int(path == device), path == link, path == device))
            assert os.path.islink(path), path
        with open(target, encoding="utf-8") as file:
            assert file.read().startswith("BEGIN:VCALENDAR")
        equal(os.stat(target).st_mode & 0o777, 0o600)
        stdout = os.path.join(self.directory, "stdout")
        os.symlink("/proc/self/fd/1", stdout)
        assert "is no file" in self.run("export", "meetings", "--format", "ics", "--output", stdout)[2]
        assert os.path.islink(stdout)

    def dashes(self):
        """Behind two dashes nothing is an option"""
        path = self.write("-list.csv", "name\n-Minus\n")
        equal(self.ok("customers", "import", "--json", "--", "-list.csv", cwd=os.path.dirname(path))["created"], 1)
        equal(self.run("customers", "show", "--", "-Minus")[0], 0)
        equal(self.run("customers", "merge", "Piped", "--", "-Minus")[0], 0)
        equal(self.run("customers", "add", "--", "--json", "x")[0], 2)


STEPS = [Story.addresses, Story.interrupted, Story.leaving, Story.typing, Story.places, Story.refused, Story.unread,
         Story.bookable, Story.units, Story.one_of_many, Story.moved_away, Story.blanks, Story.sources, Story.outputs, Story.dashes]

sys.exit(tap.tell(Story, STEPS))
