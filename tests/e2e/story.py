# SPDX-FileCopyrightText: Touchpoint contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The main job, told once, for ./run and for the test: sign in → meetings under the right customers → a link with a key →
the customer books → panel, ledger and metrics change through webhook → relay → stream.

Everything is real but Calendly: the window (through AT-SPI), the keyring, the clipboard, nginx, the relay. --tap prints the
steps as a test does, --nginx puts the relay behind a real one; --pictures DIRECTORY keeps a photograph of each screen.
"""
import argparse
import json
import os
import subprocess
import sys
import time
import traceback
import urllib.parse

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "..", "support"))

import desktop  # noqa: E402
import programs  # noqa: E402
from browser import Browser  # noqa: E402

CUSTOMER_QUERY = "/scheduled_events"


class Story:
    def __init__(self, arguments):
        self.pictures = arguments.pictures
        self.behind_nginx = arguments.nginx
        self.directory = os.environ["TPT_SESSION_DIR"]
        self.sandbox = self.proxy = self.relay = self.app = self.window = None
        self.customer = self.url = self.link = None

    # The steps, in order. Each doc string is what is printed.

    def start(self):
        """Sandbox, relay and app are up"""
        self.sandbox = programs.Sandbox(self.directory, "--seed", "7", "--customers", "25", "--meetings", "400")
        self.proxy = programs.Proxy(self.directory) if self.behind_nginx else None
        self.relay = programs.Relay(self.directory, self.sandbox, self.proxy)
        subprocess.run([os.path.join(HERE, "..", "support", "install-browser")], check=True)
        os.environ.update(self.sandbox.environment())
        os.environ["TPT_BROWSER"] = "allow"
        self.app = programs.Program(programs.program("touchpoint"), [], self.directory)
        self.window = desktop.Application("touchpoint", self.app.process)
        self.window.sees("Welcome to Touchpoint")
        desktop.focus("Touchpoint")
        self.photograph("welcome")

    def sign_in(self):
        """Signed in through the consent page in the browser"""
        self.window.press("Set Up")
        self.window.press("Sign In with Calendly")
        self.window.find(name="Choose a File…", seconds=60)
        with open(os.path.join(self.directory, "browser.log"), encoding="utf-8") as log:
            address = log.readline()
        assert "code_challenge_method=S256" in address and "state=" in address, address
        self.photograph("connected")

    def import_customers(self):
        """Customers are imported in the window, with a report"""
        path = os.path.join(self.directory, "customers.csv")
        with open(path, "wb") as file:
            file.write(self.sandbox.get("customers.csv"))
        self.window.press("Choose a File…")
        desktop.wait_window("Import Customers")
        desktop.focus("Import Customers")
        desktop.type_keys(path)
        desktop.key("Return")
        self.window.sees("new customers")
        self.photograph("imported")
        self.window.press("Continue")
        self.window.press("Open Touchpoint")
        self.window.sees("Today")
        desktop.focus("Touchpoint")

    def synced(self):
        """Every meeting is here, under the right customer"""
        code, report, messages = programs.ctl("sync", "--json", seconds=180)
        assert code == 0 and not report["failed"], (code, report, messages)
        status = programs.ctl("status", "--json")[1]
        me, events = status["account"]["uri"], self.sandbox.state()["events"]
        mine = [event for event in events if any(host["user"] == me for host in event["event_memberships"])]
        assert mine and status["database"]["meetings"] == len(mine), (len(mine), status)
        customers = programs.ctl("metrics", "--json")[1]["customers"]
        # A customer with somebody to meet and nothing booked yet: a booking will show in every place.
        quiet = [c for c in customers if c["next_meeting_at"] is None and c["bookings"] is not None]
        named = {c["name"] for c in programs.ctl("customers", "list", "--json")[1] if c["stakeholders"]}
        self.customer = next(c["customer"] for c in quiet if customer_name(c) in named)
        self.customer = self.customer["name"] if isinstance(self.customer, dict) else self.customer

    def enrol(self):
        """The relay is set, the webhook subscribed, the stream open"""
        code, answer, messages = programs.ctl("relay", "set", self.relay.url, "--code", self.relay.code(), "--json")
        assert code == 0, (code, answer, messages)
        state = desktop.wait(lambda: (lambda s: s if s["state"] == "live" else None)(
            programs.ctl("relay", "show", "--json")[1]), "a live stream")
        assert state["url"] == self.relay.url, state
        self.window.find(contains="Relay: Live")

    def open_customer(self):
        """The customer is found by typing and opened"""
        desktop.key("ctrl+f")
        desktop.type_keys(self.customer)
        desktop.key("Down", "Return")
        self.window.sees("Upcoming")
        self.photograph("customer")

    def copy_link(self):
        """Ctrl+Shift+C copies a single-use link for the customer in view"""
        desktop.clear_clipboard()
        desktop.key("ctrl+shift+c")
        self.url = desktop.wait(lambda: desktop.clipboard().startswith("http") and desktop.clipboard(), "a link")
        query = urllib.parse.parse_qs(urllib.parse.urlsplit(self.url).query)
        assert query["email"] and query["name"] and query["utm_content"], self.url
        self.link = query["utm_content"][0]
        self.window.sees("Link")
        self.photograph("link-copied")
        links = programs.ctl("link", "list", "--json")[1]
        assert [entry["state"] for entry in links if entry["id"] == self.link] == ["open"], links

    def book(self):
        """The customer books with it on the booking page"""
        self.requests_before = self.polls()
        browser = Browser()
        assert browser.open(self.url) == 200, browser.text()
        self.booked_at = time.monotonic()
        assert browser.press("Schedule") in (200, 201), browser.text()
        assert Browser().open(self.url) == 410, "the link is still good after a booking"

    def panel_changes(self):
        """Panel, ledger and metrics change through webhook → relay → stream, without a poll"""
        entry = desktop.wait(self.booked_entry, "a booked link in the ledger", seconds=10)
        self.took = time.monotonic() - self.booked_at
        assert entry["attribution"] == "tracking", entry
        self.window.sees("Booked", seconds=10)
        metrics = programs.ctl("metrics", "--customer", self.customer, "--json")[1]
        assert metrics["next_meeting_at"] is not None, metrics
        assert self.polls() == self.requests_before, "there was a poll in between"
        self.photograph("booked")

    def stop(self):
        """Everything ends cleanly"""
        desktop.key("ctrl+q")
        assert self.app.process.wait(15) == 0, self.app.errors()
        assert self.relay.stop() == 0, self.relay.errors()
        assert self.sandbox.stop() == 0, self.sandbox.errors()
        assert "CRITICAL" not in self.app.errors() and "WARNING" not in self.app.errors(), self.app.errors()

    def booked_entry(self):
        entries = programs.ctl("link", "list", "--json")[1]
        return next((entry for entry in entries if entry["id"] == self.link and entry["state"] == "booked"), None)

    STEPS = [start, sign_in, import_customers, synced, enrol, open_customer, copy_link, book, panel_changes, stop]

    def photograph(self, name):
        if self.pictures:
            # One page fades into the next.
            time.sleep(0.5)
            desktop.picture(os.path.join(self.pictures, name + ".png"))

    def polls(self):
        """How many lists of events were asked for so far."""
        return sum(1 for r in json.loads(self.sandbox.get("requests"))["requests"]
                   if r["method"] == "GET" and r["path"].startswith(CUSTOMER_QUERY))

    def clean_up(self):
        for running in (self.app, self.relay, self.proxy, self.sandbox):
            if running is not None:
                running.stop()


def customer_name(entry):
    customer = entry["customer"]
    return customer["name"] if isinstance(customer, dict) else customer


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pictures", metavar="DIRECTORY")
    parser.add_argument("--nginx", action="store_true", help="the relay on a Unix socket behind nginx, else on loopback")
    parser.add_argument("--tap", action="store_true")
    arguments = parser.parse_args()
    story, failed = Story(arguments), False
    for number, step in enumerate(Story.STEPS, 1):
        begun = time.monotonic()
        try:
            step(story)
        except Exception:  # whatever went wrong is told with its place, and ends the story
            failed = True
            traceback.print_exc()
            if story.app is not None:
                print(story.app.errors()[-4000:], file=sys.stderr)
                if story.app.process.poll() is None:
                    print(story.window.tree()[:60000], file=sys.stderr)
            story.photograph("failed")
        mark = ("not ok" if failed else "ok") if arguments.tap else ("✗" if failed else "✓")
        middle = f" {number} -" if arguments.tap else ""
        print(f"{mark}{middle} {step.__doc__} ({time.monotonic() - begun:.1f} s)", flush=True)
        if failed:
            break
    story.clean_up()
    if arguments.tap:
        print(f"1..{len(Story.STEPS)}")
    elif not failed:
        print(f"From the booking to the changed record: {story.took * 1000:.0f} ms.")
    if arguments.pictures:
        print(f"Pictures: {arguments.pictures}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
