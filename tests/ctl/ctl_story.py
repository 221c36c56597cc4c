# SPDX-FileCopyrightText: Touchpoint contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The command line, the real program against the real sandbox and a real keyring: what it prints, how it ends.

Speaks TAP. The steps build on each other; the first that fails ends the story.
"""
import json
import os
import re
import resource
import subprocess
import sys
import threading
import time
from datetime import datetime
from zoneinfo import ZoneInfo

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "..", "support"))

import gi  # noqa: E402

gi.require_version("ICalGLib", "3.0")
import programs  # noqa: E402
import tap  # noqa: E402
from browser import Browser  # noqa: E402
from gi.repository import ICalGLib  # noqa: E402

HEADER = "name,domains,tier,owner,cadence_days,external_id,stakeholder_name,stakeholder_email,stakeholder_role\n"
HOSTILE = '<i>y</i> & "Ω" שלום'


def equal(got, wanted):
    assert got == wanted, f"{got!r}, not {wanted!r}"


def event_of(meeting):
    """A listed meeting as it stands in a calendar, where each has a name."""
    return (meeting["name"] or "Meeting", meeting["start"], meeting["end"], meeting["status"] == "canceled",
            meeting["location"]["join_url"] or None)


def calendar_of(text):
    """The events of a calendar file in the same words."""
    events = []
    calendar = ICalGLib.Component.new_from_string(text)
    equal(ICalGLib.Component.count_errors(calendar), 0)
    event = calendar.get_first_component(ICalGLib.ComponentKind.VEVENT_COMPONENT)
    while event is not None:
        start, end = (time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(at.as_timet()))
                      for at in (event.get_dtstart(), event.get_dtend()))
        address = event.get_first_property(ICalGLib.PropertyKind.URL_PROPERTY)
        events.append((event.get_summary(), start, end, event.get_status() == ICalGLib.PropertyStatus.CANCELLED,
                       address and address.get_url()))
        event = calendar.get_next_component(ICalGLib.ComponentKind.VEVENT_COMPONENT)

    return events


class Story:
    def __init__(self):
        self.directory = os.environ["TPT_SESSION_DIR"]
        self.sandbox = programs.Sandbox(self.directory, "--seed", "5", "--customers", "20", "--meetings", "240")
        self.environment = self.sandbox.environment()

    def ctl(self, *arguments, stdin=None, **environment):
        code, answer, messages = programs.ctl(*arguments, "--json", stdin=stdin, seconds=120,
                                              environment={**self.environment, **environment})
        return code, answer, messages

    def ok(self, *arguments, stdin=None):
        code, answer, messages = self.ctl(*arguments, stdin=stdin)
        assert code == 0, (arguments, code, messages)
        return answer

    def fails(self, status, *arguments, stdin=None, **environment):
        code, answer, messages = self.ctl(*arguments, stdin=stdin, **environment)
        assert code == status, (arguments, code, answer, messages)
        assert messages.strip(), "a failure says why"
        return messages

    def text(self, *arguments):
        code, answer, messages = programs.ctl(*arguments, environment=self.environment)
        assert code == 0, (arguments, code, messages)
        return answer

    def write(self, name, text):
        path = os.path.join(self.directory, name)
        with open(path, "wb") as file:
            file.write(text if isinstance(text, bytes) else text.encode())
        return path

    def clipboard(self, wanted, seconds=10):
        """What the clipboard holds once it is wanted, or at last: xclip takes it on a moment after it was told."""
        end = time.monotonic() + seconds
        while True:
            read = subprocess.run(["xclip", "-o", "-selection", "clipboard"], capture_output=True, text=True, check=False)
            if read.stdout == wanted or time.monotonic() > end:
                return read.stdout
            time.sleep(0.05)

    def never_connected(self):
        """Before anybody signed in, everything local works and the rest says what is missing"""
        status = self.ok("status")
        equal(status["connected"], False)
        equal(status["account"], None)
        equal(status["last_sync_at"], None)
        equal((status["database"]["meetings"], status["database"]["customers"]), (0, 0))
        equal(status["relay"]["url"], None)
        equal(set(status), {"connected", "account", "scopes", "missing_scopes", "last_sync_at", "database", "relay",
                            "webhook"})
        self.fails(3, "sync")
        self.fails(3, "event-types", "--refresh")
        equal(self.ok("meetings", "list"), [])
        equal(self.ok("event-types"), [])

    def customers(self):
        """Customers are added, listed and shown, also those with hostile names"""
        added = self.ok("customers", "add", HOSTILE, "--domain", "Hostile.example", "--tier", "gold", "--cadence-days",
                        "14", "--owner", "csm@ours.example")
        equal((added["name"], added["domains"], added["tier"], added["cadence_days"], added["owner"]),
              (HOSTILE, ["hostile.example"], "gold", 14, "csm@ours.example"))
        equal(self.ok("customers", "show", str(added["id"])), added)
        equal(self.ok("customers", "show", HOSTILE.upper()), added)
        equal(self.ok("customers", "list"), [added])
        self.fails(1, "customers", "add", HOSTILE)
        self.fails(1, "customers", "add", "Mail", "--domain", "gmail.com")
        assert "Did you mean" in self.fails(1, "customers", "show", "Ω")
        self.ok("customers", "add", "red\x1b[31m\u202egnp.exe")
        table = self.text("customers", "list")
        assert "\x1b" not in table and "\u202e" not in table and "\\u001b[31m" in table, table
        assert HOSTILE in table.replace("\u2068", "").replace("\u2069", ""), table
        self.fails(3, "link", "create", "--customer", HOSTILE)

    def words(self):
        """Words are UTF-8 in any locale, names are more than blanks, and a domain is named once"""
        for locale, name in (("C", "cron"), ("de_DE.UTF-8", "desk")):
            code, added, messages = self.ctl("customers", "add", f"Grün {locale}", "--tier", "Süß", "--domain", f"{name}.example",
                                             "--domain", f"{name.upper()}.example", LC_ALL=locale)
            equal((code, messages), (0, ""))
            equal((added["name"], added["tier"], added["domains"]), (f"Grün {locale}", "Süß", [f"{name}.example"]))
        self.fails(1, "customers", "add", "  ")
        program = programs.program("touchpointctl")
        refused = subprocess.run([program, "customers", "add", b"a\xffb"], capture_output=True, check=False,
                                 env={**os.environ, **self.environment})
        equal((refused.returncode, refused.stdout), (2, b""))
        assert b"UTF-8" in refused.stderr, refused.stderr

    def outputs(self):
        """What could not be written is a failure, and goes nowhere else"""
        program = programs.program("touchpointctl")
        for redirection, says in ((">/dev/full", "No space"), (">&-", "Bad file"), ("| true; exit ${PIPESTATUS[0]}", "")):
            for command in ("customers list --json", "--version"):
                done = subprocess.run(["bash", "-c", f"{program} {command} {redirection}"], capture_output=True, text=True,
                                      check=False, env={**os.environ, **self.environment})
                assert done.returncode in ((1,) if says else (0, 1, 141)), (redirection, command, done)
                assert says in done.stderr and bool(says) == bool(done.stderr), (redirection, command, done)
        done = subprocess.run(["bash", "-c", f"{program} customers list --json 2>&- <&-"], capture_output=True, text=True,
                              check=True, env={**os.environ, **self.environment})
        equal(json.loads(done.stdout), self.ok("customers", "list"))

    def wrong_lists(self):
        """A wrong list is refused whole, wrong rows one by one"""
        assert "UTF-8" in self.fails(1, "customers", "import", self.write("latin.csv", b"name\nM\xfcller\n"))
        assert "name" in self.fails(1, "customers", "import", self.write("header.csv", "domains\nacme.com\n"))
        self.fails(1, "customers", "import", os.path.join(self.directory, "absent.csv"))
        report = self.ok("customers", "import", self.write("rows.csv", HEADER
                         + "Good,good.example;gmail.com,,,,G-1,Ana,ana@good.example,CTO\n"
                         + "Bad,bad.example,,,soon,,,,\n" + "Good,,,,,G-1,Bo,bo@good.example,\n"))
        equal((report["created"], report["updated"], report["unchanged"]), (1, 0, 0))
        equal([error["row"] for error in report["errors"]], [2, 3])
        again = self.ok("customers", "import", self.write("again.csv", HEADER + "Good,good.example,,,,G-1,,,\n"))
        equal((again["created"], again["updated"], again["unchanged"]), (0, 0, 1))
        good = self.ok("customers", "show", "good")
        equal([person["email"] for person in good["stakeholders"]], ["ana@good.example", "bo@good.example"])
        typed = self.ok("customers", "add", "Typed", "--tier", "gold", "--cadence-days", "14")
        listed = self.ok("customers", "import", self.write("typed.csv", HEADER + "typed,typed.example,tin,o@x.org,90,,,,\n"))
        equal((listed["created"], listed["updated"]), (0, 1))
        equal(self.ok("customers", "show", "Typed"), {**typed, "domains": ["typed.example"], "owner": "o@x.org"})
        code, listed, messages = self.ctl("customers", "import", self.write("near.csv", "name,domain\nTyped,near.example\n"))
        equal((code, listed["updated"], messages), (0, 1, "This column became a field of the customers: domain\n"))

    def wrong_tokens(self):
        """A wrong or revoked token connects nobody"""
        self.fails(2, "connect", "--token-stdin", stdin="\n")
        self.fails(1, "connect", "--token-stdin", stdin="nonsense\n")
        self.fails(1, "connect", "--token-stdin", stdin="sandbox-pat-revoked\n")
        self.fails(4, "connect", "--token-stdin", stdin="sandbox-pat\n",
                   TOUCHPOINT_CALENDLY_API_URL=f"http://127.0.0.1:{programs.free_port()}")
        equal(self.ok("status")["connected"], False)

    def connects(self):
        """A token from stdin connects its account"""
        account = self.ok("connect", "--token-stdin", stdin="sandbox-pat\n")["account"]
        self.fails(4, "event-types", TOUCHPOINT_CALENDLY_API_URL=f"http://127.0.0.1:{programs.free_port()}")
        owner = self.sandbox.state()["users"][0]
        equal((account["email"], account["timezone"]), (owner["email"], owner["timezone"]))
        status = self.ok("status")
        equal(status["connected"], True)
        equal(status["account"], account)
        equal(status["missing_scopes"], [])

    def syncs(self):
        """The first sync brings everything, the second finds nothing new"""
        report = self.ok("sync")
        equal(set(report), {"synced", "created", "updated", "unchanged", "failed", "requests", "retries",
                            "duration_ms"})
        assert report["created"] > 100 and not report["failed"], report
        equal(self.ok("status")["database"]["meetings"], report["created"])
        again = self.ok("sync")
        equal((again["created"], again["updated"]), (0, 0))
        assert again["requests"] < report["requests"], (again, report)
        account = self.ok("status")["account"]
        self.fails(1, "connect", "--token-stdin", stdin="sandbox-pat-other\n")
        self.fails(2, "connect", "--token-stdin", "--switch-account=both", stdin="sandbox-pat-other\n")
        equal(self.ok("status")["account"], account)

    def switches(self):
        """Another account takes the place of the first, whose record is there again when it comes back"""
        before = self.ok("status")
        other = self.ok("connect", "--token-stdin", "--switch-account=keep", stdin="sandbox-pat-other\n")
        assert other["account"]["email"] != before["account"]["email"], other
        equal(self.ok("status")["database"]["meetings"], 0)
        back = self.ok("connect", "--token-stdin", "--switch-account=erase", stdin="sandbox-pat\n")
        equal(back["account"], before["account"])
        equal(self.ok("status")["database"], before["database"])

    def imports(self):
        """Customers imported after the meetings get their meetings"""
        path = self.write("customers.csv", self.sandbox.get("customers.csv"))
        report = self.ok("customers", "import", path)
        equal((report["created"], report["errors"]), (20, []))
        matched = [m for m in self.ok("meetings", "list") if m["customers"]]
        assert len(matched) > 50, len(matched)

    def meetings(self):
        """Meetings are listed by customer, status, date, host and words, and shown with their history"""
        every = self.ok("meetings", "list")
        equal(set(every[0]), {"uri", "name", "start", "end", "status", "customers", "event_type", "category", "location",
                              "hosts", "invitees", "reschedules", "link_id"})
        equal(every, sorted(every, key=lambda m: m["start"]))
        for status in ("upcoming", "held", "canceled", "no_show"):
            some = self.ok("meetings", "list", "--status", status)
            equal(some, [m for m in every if m["status"] == status])
            assert some, status
        middle = every[len(every) // 2]["start"]
        later = self.ok("meetings", "list", "--from", middle)
        equal(later, [m for m in every if m["start"] >= middle])
        earlier = self.ok("meetings", "list", "--to", middle, "--limit", "7")
        equal(earlier, [m for m in every if m["start"] < middle][:7])
        host = every[0]["hosts"][0]["email"]
        equal(self.ok("meetings", "list", "--host", host),
              [m for m in every if host in [h["email"] for h in m["hosts"]]])
        customer = next(m for m in every if m["customers"])["customers"][0]
        mine = self.ok("meetings", "list", "--customer", customer["name"])
        theirs = [m for m in every if customer["id"] in [c["id"] for c in m["customers"]]]
        # In a group, theirs may have ended otherwise than that of the others.
        equal([m for m in mine if len(m["invitees"]) == 1], [m for m in theirs if len(m["invitees"]) == 1])
        equal([{**m, "status": None} for m in mine], [{**m, "status": None} for m in theirs])
        invitee = theirs[0]["invitees"][0]
        assert theirs[0] in self.ok("meetings", "list", "--search", invitee["name"].lower())
        moved = next(m for m in every if m["reschedules"] > 0)
        whole = self.ok("meetings", "show", moved["uri"])
        assert whole["history"] and whole["history"][0]["uri"] not in [m["uri"] for m in every], whole["history"]
        assert whole["invitees"][0]["email"] and "questions_and_answers" in whole["invitees"][0]
        self.fails(1, "meetings", "show", "https://api.calendly.com/scheduled_events/NONE")
        assert customer["name"] in self.text("meetings", "list", "--customer", str(customer["id"]))

    def unknown_zone(self):
        """Where the account's time zone is not known here, times are in UTC, and it says so"""
        start = self.ok("meetings", "list")[0]["start"]
        environment = {**self.environment, "TZ": "JST-9", "TZDIR": self.directory}
        for arguments in (("meetings", "list"), ("status",), ("customers", "list")):
            code, answer, messages = programs.ctl(*arguments, environment=environment)
            equal(code, 0)
            shows = arguments[0] != "customers"
            equal(messages.count("Times are in UTC"), int(shows))
            assert not shows or "America/" in messages or "Europe/" in messages, messages
            assert arguments[0] != "meetings" or start.replace("T", " ")[:16] in answer, (start, answer[:300])
        equal(programs.ctl("meetings", "list", environment=self.environment)[2], "")

    def links(self):
        """A link is made and copied, booked by a stranger's browser, and the ledger knows"""
        self.customer = next(c for c in self.ok("customers", "list") if c["external_id"] and c["external_id"] != "G-1")
        person = self.customer["stakeholders"][0]
        types = self.ok("event-types")
        slug = next(t["slug"] for t in types if t["active"] and t["kind"] == "solo")
        self.fails(1, "link", "create", "--customer", self.customer["name"], "--event-type", "no-such-type")
        self.fails(1, "link", "create", "--customer", self.customer["name"], "--stakeholder", "nobody@example.com")
        link = self.ok("link", "create", "--customer", self.customer["name"], "--stakeholder", person["email"],
                       "--event-type", slug, "--copy")
        equal((link["state"], link["kind"], link["customer"]["id"]), ("open", "single_use", self.customer["id"]))
        assert f"utm_content={link['id']}" in link["url"] and "%40" in link["url"], link["url"]
        equal(self.clipboard(link["url"]), link["url"])
        browser = Browser()
        equal(browser.open(link["url"]), 200)
        assert browser.press("Schedule") in (200, 201), browser.text()
        self.ok("sync")
        entry = next(e for e in self.ok("link", "list", "--customer", self.customer["name"]) if e["id"] == link["id"])
        equal((entry["state"], entry["attribution"]), ("booked", "tracking"))
        meeting = self.ok("meetings", "show", entry["meeting"])
        equal(meeting["link_id"], link["id"])
        equal(meeting["invitees"][0]["uri"], entry["invitee"])
        equal(self.ok("link", "list", "--state", "booked"), [entry])
        self.sandbox.post("reschedule", invitee=entry["invitee"], quiet=True)
        self.ok("sync")
        moved = next(e for e in self.ok("link", "list") if e["id"] == link["id"])
        equal(moved["state"], "rescheduled")
        equal(moved["booked_at"], entry["booked_at"])
        code, advised, messages = self.ctl("link", "create", "--customer", str(self.customer["id"]))
        assert code == 0 and re.search(r"Event type: .+ \(.+\)", messages), messages
        equal(advised["state"], "open")
        reusable = self.text("link", "create", "--customer", str(self.customer["id"]), "--reusable").strip()
        assert reusable.startswith("http") and "\n" not in reusable, reusable

    def event_types(self):
        """What an event type is for can be said; without Calendly there is the list of the last time, with its age"""
        named = {t["slug"]: t["category"] for t in self.ok("event-types")}
        slug = next(slug for slug, category in named.items() if category == "other")
        said = self.ok("event-types", "--category", f"{slug}=qbr")
        equal({t["slug"]: t["category"] for t in said}, {**named, slug: "qbr"})
        for wrong in (slug, f"{slug}=nonsense", "=qbr"):
            self.fails(2, "event-types", "--category", wrong)
        self.fails(1, "event-types", "--category", f"{slug}=demo", "--category", "no-such-type=qbr")
        zone = ZoneInfo(self.ok("status")["account"]["timezone"])
        days = [datetime.now(zone).date().isoformat()]
        equal(self.ok("event-types", "--refresh"), said)
        days.append(datetime.now(zone).date().isoformat())
        code, cached, messages = self.ctl("event-types", "--refresh",
                                          TOUCHPOINT_CALENDLY_API_URL=f"http://127.0.0.1:{programs.free_port()}")
        equal((code, cached), (0, said))
        listed = re.fullmatch(r"Couldn’t refresh: .+\. This is the list of (\S+) \d\d:\d\d\.\n?", messages)
        assert listed and listed[1] in days, (messages, days)
        html = {"path": "/event_types", "status": 200, "html": True}
        programs.fetch(self.sandbox.control + "/faults", {"rules": [html]}, "PUT")
        messages = self.ctl("event-types", "--refresh")[2]
        programs.fetch(self.sandbox.control + "/faults", {}, "PUT")
        assert " in the way? This is the list of " in messages, messages
        equal({t["slug"]: t["category"] for t in self.ok("event-types", "--category", f"{slug}=")}, named)

    def exports(self):
        """Meetings go into a calendar file that another program reads, the same ones as are listed"""
        path = os.path.join(self.directory, "meetings.ics")
        self.write("meetings.ics", "an older file")
        os.chmod(path, 0o644)
        for filters in ([], ["--status", "upcoming"], ["--customer", str(self.customer["id"])], ["--limit", "3"]):
            listed = self.ok("meetings", "list", *filters)
            report = self.ok("export", "meetings", "--format", "ics", "--output", path, *filters)
            equal(report, {"rows": len(listed), "file": path})
            equal(os.stat(path).st_mode & 0o777, 0o600)
            with open(path, encoding="utf-8", newline="") as file:
                text = file.read()
            equal([event_of(meeting) for meeting in listed], calendar_of(text))
        equal(self.text("export", "meetings", "--format", "ics", "--limit", "3").encode().replace(b"\r\n", b"\n"),
              text.encode().replace(b"\r\n", b"\n"))
        self.fails(2, "export", "meetings", "--format", "xlsx", "--output", path)
        self.fails(2, "export", "meetings", "--output", path)
        self.fails(2, "export", "meetings", "--format", "ics")
        self.fails(1, "export", "meetings", "--format", "ics", "--output", os.path.join(self.directory, "none", "x.ics"))
        self.fails(1, "export", "meetings", "--format", "ics", "--output", path, "--customer", "nobody at all")
        with open(path, encoding="utf-8", newline="") as file:
            equal(file.read(), text)

    def figures(self):
        """Figures of one customer and of all"""
        one = self.ok("metrics", "--customer", self.customer["name"], "--window", "365")
        equal((one["customer"]["id"], one["window_days"]), (self.customer["id"], 365))
        assert one["next_meeting_at"] and one["bookings"] >= 2, one
        equal([part["name"] for part in one["health"]["parts"]], ["recency", "frequency", "reliability", "forward"])
        both = self.ok("metrics", "--window", "365")
        assert one["bookings"] == next(c for c in both["customers"] if c["customer"]["id"] == self.customer["id"])["bookings"]
        equal(both["portfolio"]["bookings"], sum(c["bookings"] for c in both["customers"]))
        for rate in ("cancellation_rate", "no_show_rate"):
            value = both["portfolio"][rate]
            equal(value["value"], value["numerator"] / value["denominator"])
        assert self.customer["name"] in self.text("metrics")

    def sentences(self):
        """The three sentences are understood, several names are asked back"""
        name = self.customer["name"]
        last = self.ok("ask", f"When did {name} last schedule with me?")
        equal((last["intent"], last["arguments"]["with_me"], len(last["result"])), ("last-scheduled", True, 1))
        owner = self.sandbox.state()["users"][0]
        assert owner["email"] in [host["email"] for host in last["result"][0]["hosts"]], last
        shown = self.ok("ask", f"show bookings for {name.upper()}")
        equal([m["uri"] for m in reversed(shown["result"])],
              [m["uri"] for m in self.ok("meetings", "list", "--customer", name)])
        sent = self.ok("ask", f"Send Calendly link to {self.customer['stakeholders'][0]['email']}")
        equal((sent["intent"], sent["result"]["state"]), ("send-link", "open"))
        code, answer, _ = self.ctl("ask", "make me a sandwich")
        equal((code, answer["intent"], answer["result"]), (1, "unknown", None))
        code, answer, _ = self.ctl("ask", "bookings for nobody at all")
        equal((code, answer["result"]), (1, None))

    def together(self):
        """Several commands at once wait for each other"""
        results = []
        threads = [threading.Thread(target=lambda: results.append(self.ctl("status"))) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        equal([code for code, _, _ in results], [0, 0, 0, 0])

    def relay(self):
        """A relay is joined with its code, tested, shown and left"""
        relay = programs.Relay(self.directory, self.sandbox)
        try:
            self.fails(1, "relay", "test")
            self.fails(1, "relay", "set", relay.url, "--code", "wrong")
            self.fails(4, "relay", "set", f"http://127.0.0.1:{programs.free_port()}", "--code", relay.code())
            equal(self.ok("relay", "show")["url"], None)
            joined = self.ok("relay", "set", relay.url, "--code", relay.code())
            equal(joined["url"], relay.url)
            assert joined["device"], joined
            tested = self.ok("relay", "test")
            assert tested["last_event_at"], tested
            shown = self.ok("relay", "show")
            equal((shown["url"], shown["device"]), (joined["url"], joined["device"]))
            assert self.ok("status")["relay"]["url"] == relay.url and self.ok("status")["webhook"]["uri"]
            equal(self.ok("status")["relay"]["missed"], 0)
            equal(len(self.sandbox.state()["subscriptions"]), 1)
            equal(self.ok("relay", "forget")["url"], None)
            equal(self.ok("relay", "show")["url"], None)
        finally:
            relay.stop()

    def troubles(self):
        """The service being down, and a right that is missing, have exits of their own; nothing is lost"""
        before = self.ok("status")["database"]
        self.fails(4, "sync", TOUCHPOINT_CALENDLY_API_URL=f"http://127.0.0.1:{programs.free_port()}")
        self.ok("connect", "--token-stdin", stdin="sandbox-pat-readonly\n")
        self.fails(5, "link", "create", "--customer", self.customer["name"])
        equal(self.ok("status")["missing_scopes"], ["scheduling_links:write"])
        self.ok("connect", "--token-stdin", stdin="sandbox-pat\n")
        equal(self.ok("status")["database"], before)

    def revoked(self):
        """A token that Calendly refused is no connection any more, until something succeeds with it"""
        before = self.ok("status")
        programs.fetch(self.sandbox.control + "/faults", {"rules": [{"path": "/*", "status": 401}]}, "PUT")
        equal(self.ok("status")["connected"], True)
        self.fails(3, "sync")
        equal(self.ok("status"), {**before, "connected": False})
        assert "has ended" in self.text("status").splitlines()[0], self.text("status")
        programs.fetch(self.sandbox.control + "/faults", {}, "PUT")
        equal(self.ok("status")["connected"], False)
        self.ok("sync")
        equal(self.ok("status")["connected"], True)
        programs.fetch(self.sandbox.control + "/faults", {"rules": [{"path": "/*", "status": 401}]}, "PUT")
        self.fails(3, "link", "create", "--customer", self.customer["name"])
        equal(self.ok("status")["connected"], False)
        programs.fetch(self.sandbox.control + "/faults", {}, "PUT")
        self.ok("connect", "--token-stdin", stdin="sandbox-pat\n")
        equal(self.ok("status")["connected"], True)

    def unsaved(self):
        """Where nothing can be written, signing in again fails, and who was signed in still is"""
        before = self.ok("status")
        run = subprocess.run([programs.program("touchpointctl"), "connect", "--token-stdin"], input="sandbox-pat\n", text=True,
                             capture_output=True, check=False, env={**os.environ, **self.environment}, restore_signals=False,
                             preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (1024, 1024)))
        assert run.returncode == 1 and run.stderr, run
        equal(self.ok("status"), before)
        self.ok("sync")

    def unsafe_link(self):
        """A link to join that may do harm is not offered as one"""
        uri = next(m["uri"] for m in self.ok("meetings", "list", "--status", "upcoming") if m["location"]["join_url"])
        assert "blocked" not in self.text("meetings", "show", uri)
        bearer = {"Authorization": "Bearer sandbox-pat"}
        event = json.loads(programs.fetch(f"{self.sandbox.api}/scheduled_events/{uri.rsplit('/', 1)[1]}", headers=bearer)[1])["resource"]
        event["location"]["join_url"], event["updated_at"] = "javascript:alert(1)", "2099-01-01T00:00:00.000000Z"
        body = {"collection": [event], "pagination": {}}
        programs.fetch(self.sandbox.control + "/faults", {"rules": [{"path": "/scheduled_events", "status": 200, "body": body}]}, "PUT")
        self.ok("sync")
        programs.fetch(self.sandbox.control + "/faults", {}, "PUT")
        assert re.search("blocked.*javascript", self.text("meetings", "show", uri)), self.text("meetings", "show", uri)

    def secrets(self):
        """No token lies in a file, and every file is the user's alone"""
        home = os.environ["HOME"]
        for place, _, names in os.walk(home):
            for name in names:
                path = os.path.join(place, name)
                if "keyrings" in path or not os.path.isfile(path):
                    continue
                with open(path, "rb") as file:
                    assert b"sandbox-pat" not in file.read(), path
                if "touchpoint" in path:
                    equal(os.stat(path).st_mode & 0o777, 0o600)

    def disconnects(self):
        """Disconnecting keeps the data, or erases it"""
        kept = self.ok("disconnect", "--keep-data")
        equal(kept["erased"], False)
        status = self.ok("status")
        equal((status["connected"], status["account"]), (False, None))
        assert status["database"]["meetings"] > 100
        self.fails(3, "sync")
        self.ok("connect", "--token-stdin", stdin="sandbox-pat\n")
        equal(self.ok("disconnect", "--erase-data")["erased"], True)
        database = self.ok("status")["database"]
        equal((database["meetings"], database["customers"]), (0, 0))

    def browser(self):
        """The browser flow: consent connects, denial says so"""
        for decision, status in (("Deny", 1), ("Allow", 0)):
            process = subprocess.Popen([programs.program("touchpointctl"), "connect", "--print-url", "--json"],
                                       stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
                                       env={**os.environ, **self.environment})
            address = process.stderr.readline().strip()
            assert re.match(r"http://127\.0\.0\.1:\d+/oauth/authorize\?", address), address
            browser = Browser()
            browser.open(address)
            browser.press(decision)
            out, messages = process.communicate(timeout=60)
            equal(process.returncode, status)
            assert status == 0 or (messages.strip() and not out), (out, messages)
            equal(self.ok("status")["connected"], status == 0)
        assert json.loads(out)["account"]["email"]


STEPS = [Story.never_connected, Story.customers, Story.words, Story.outputs, Story.wrong_lists, Story.wrong_tokens, Story.connects, Story.syncs,
         Story.switches, Story.imports, Story.meetings, Story.unknown_zone, Story.links, Story.event_types, Story.exports, Story.figures,
         Story.sentences, Story.together, Story.relay, Story.troubles, Story.revoked, Story.unsaved,
         Story.unsafe_link, Story.secrets, Story.disconnects, Story.browser]

sys.exit(tap.tell(Story, STEPS))
