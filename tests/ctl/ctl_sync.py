# SPDX-FileCopyrightText: Touchpoint contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""`touchpointctl sync` as a person at a terminal sees it: its progress, Ctrl+C, and going on afterwards.

Speaks TAP. The steps build on each other; the first that fails ends the story.
"""
import datetime
import json
import os
import pty
import re
import select
import signal
import subprocess
import sys
import time

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "..", "support"))

import programs  # noqa: E402
import tap  # noqa: E402

PROGRESS = re.compile(r"(\d+) meetings, up to \d{4}-\d\d-\d\d \d\d:\d\d \(\d+ %\)")
PATIENCE = 60


def equal(got, wanted):
    assert got == wanted, f"{got!r}, not {wanted!r}"


class Terminal:
    """A command whose stderr is a terminal."""

    def __init__(self, environment, *arguments):
        self.master, slave = pty.openpty()
        self.text = ""
        self.process = subprocess.Popen([programs.program("touchpointctl"), *arguments], stdout=subprocess.PIPE,
                                        stderr=slave, text=True, env={**os.environ, **environment})
        os.close(slave)

    def read(self):
        """What has been written since; nothing once it has ended."""
        if not select.select([self.master], [], [], 0.05)[0]:
            return True
        try:
            got = os.read(self.master, 65536)
        except OSError:
            return False
        self.text += got.decode()
        return bool(got)

    def until(self, condition):
        end = time.monotonic() + PATIENCE
        while not condition(self.text):
            assert time.monotonic() < end, self.text
            assert self.read(), self.text

    def finish(self):
        end = time.monotonic() + PATIENCE
        while self.read():
            assert time.monotonic() < end, self.text
        out = self.process.communicate(timeout=PATIENCE)[0]
        os.close(self.master)
        return self.process.returncode, out


class Story:
    def __init__(self):
        self.sandbox = programs.Sandbox(os.environ["TPT_SESSION_DIR"], "--seed", "7", "--customers", "20",
                                        "--meetings", "600", "--own-share", "100", "--rate-limit", "0")
        self.environment = self.sandbox.environment()

    def ok(self, *arguments, stdin=None):
        code, answer, messages = programs.ctl(*arguments, "--json", stdin=stdin, seconds=120,
                                              environment=self.environment)
        assert code == 0, (arguments, code, messages)
        equal(messages, "")
        return answer

    def faults(self, *rules):
        status, body = programs.fetch(f"{self.sandbox.control}/faults", {"rules": rules}, method="PUT")
        assert status == 200, body

    @staticmethod
    def day(date, days):
        return (datetime.date.fromisoformat(date) + datetime.timedelta(days)).isoformat()

    def interrupted(self):
        """Ctrl+C ends a sync cleanly: what has come stays"""
        self.ok("connect", "--token-stdin", stdin="sandbox-pat\n")
        self.faults({"path": "/scheduled_events/*", "delay_ms": 10})
        terminal = Terminal(self.environment, "sync")
        terminal.until(lambda text: any(int(found) >= 100 for found in PROGRESS.findall(text)))
        terminal.process.send_signal(signal.SIGINT)
        code, out = terminal.finish()
        equal((code, out), (1, ""))
        assert "Canceled" in terminal.text, terminal.text
        self.half = self.ok("status")["database"]["meetings"]
        assert 100 <= self.half < len(self.sandbox.state()["events"]), self.half

    def goes_on(self):
        """The same command goes on from there and shows how far it is"""
        self.faults()
        terminal = Terminal(self.environment, "sync", "--json")
        code, out = terminal.finish()
        equal(code, 0)
        report = json.loads(out)
        equal(report["created"], self.ok("status")["database"]["meetings"] - self.half)
        assert PROGRESS.search(terminal.text), terminal.text
        assert terminal.text.endswith("\r\x1b[K"), repr(terminal.text[-80:])

    def quiet(self):
        """Where nobody looks there is no progress"""
        report = self.ok("sync", "--full")
        equal((report["created"], report["updated"], report["failed"]), (0, 0, []))

    def ranges(self):
        """A range of days is that and no more"""
        user = self.sandbox.state()["users"][0]["uri"]
        events = sorted(event["start_time"] for event in self.sandbox.state()["events"]
                        if user in (member["user"] for member in event["event_memberships"]))
        first, last = events[0][:10], events[len(events) // 4][:10]
        report = self.ok("sync", "--from", first, "--to", last)
        equal(report["synced"], report["unchanged"])
        # Days are those of the account's time zone: the first and the last are a little off those of UTC.
        inside = sum(first < start[:10] < last for start in events)
        around = sum(self.day(first, -1) <= start[:10] <= self.day(last, 1) for start in events)
        assert inside <= report["synced"] <= around < len(events), (inside, report, around)

    def open_ranges(self):
        """Days without a first one begin with the first meeting there is"""
        user = self.sandbox.state()["users"][0]["uri"]
        events = sorted(event["start_time"] for event in self.sandbox.state()["events"]
                        if user in (member["user"] for member in event["event_memberships"]))
        terminal = Terminal(self.environment, "sync", "--to", events[400][:10])
        equal(terminal.finish()[0], 0)
        shown = [int(percent) for percent in re.findall(r"\((\d+) %\)", terminal.text)]
        assert shown[0] < 50 and shown == sorted(shown) and shown[-1] > 95, shown


STEPS = [Story.interrupted, Story.goes_on, Story.quiet, Story.ranges, Story.open_ranges]

sys.exit(tap.tell(Story, STEPS))
