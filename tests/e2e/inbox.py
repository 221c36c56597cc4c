# SPDX-FileCopyrightText: Touchpoint contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The match inbox with the keyboard alone, as a screen reader tells it: who waits and why, linked, set aside, ruled, made a
customer or one of its people, each taken back. What became of it is asked of the command line, which the app answers. In TAP.
"""
import os
import sys
import time

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "..", "support"))

import desktop  # noqa: E402
import programs  # noqa: E402
import tap  # noqa: E402

ROW = "list item"


class Story:
    def __init__(self):
        self.directory = os.environ["TPT_SESSION_DIR"]
        self.sandbox = programs.Sandbox(self.directory, "--seed", "5", "--customers", "12", "--meetings", "200")
        os.environ.update(self.sandbox.environment())
        self.ctl("connect", "--token-stdin", stdin="sandbox-pat\n")
        self.ctl("sync")
        # Every third customer is known by another domain, so that its people are guessed.
        lines = self.sandbox.get("customers.csv").decode().splitlines(keepends=True)
        path = os.path.join(self.directory, "customers.csv")
        with open(path, "w", encoding="utf-8") as file:
            file.writelines(line.replace(".example", ".test") if number % 3 == 1 else line
                            for number, line in enumerate(lines))
        self.ctl("customers", "import", path)
        self.app = programs.Program(programs.program("touchpoint"), [], self.directory)
        self.window = desktop.Application("touchpoint", self.app.process)

    def ctl(self, *arguments, stdin=None):
        code, answer, messages = programs.ctl(*arguments, "--json", stdin=stdin, seconds=120)
        assert code == 0, (arguments, messages)
        return answer

    def key(self, *keys):
        desktop.focus("Touchpoint")
        desktop.key(*keys)

    def waiting(self):
        """The e-mail addresses of those who wait, by the command line: the app answers it."""
        return [entry["email"] for entry in self.ctl("match", "list")]

    def until(self, condition, what):
        desktop.wait(condition, what)

    def row_of(self, name):
        rows = self.window.all(role=ROW, contains=name)
        return next((row for row in rows if row.get_name().startswith(name)), None)

    def opens(self):
        """Alt+3 opens it; the first person has the keyboard and a name that tells why"""
        self.window.sees("Today")
        self.key("alt+3")
        self.window.sees("Whose are they?")
        self.entries = self.ctl("match", "list")
        first = self.entries[0]
        # Who waits may also be met today: then the dashboard has a row that begins with the time.
        row = desktop.wait(lambda: self.row_of(first["name"]), first["name"])
        assert "Unknown domain" in row.get_name() or "Ambiguous" in row.get_name(), row.get_name()
        assert not row.get_name().rstrip().endswith(","), row.get_name()
        self.window.find(role=("push button", "button"), name="Set these bookings aside")
        self.window.find(role=ROW, contains="have no customer")
        frame = self.window.find(role="frame", contains="Touchpoint")
        self.frame = desktop.Atspi.Component.get_extents(frame, desktop.Atspi.CoordType.WINDOW)

    def hold(self):
        """Brings the pointer onto the toast, which stays then: to search a window may take as long as a toast is there."""
        for step in range(10):
            desktop.point(self.frame.width // 2 + step, self.frame.height - 48)
            time.sleep(0.1)

    def sets_aside(self):
        """I sets somebody aside and goes on with the next; Ctrl+Z takes it back"""
        first = self.entries[0]["email"]
        self.key("i")
        self.until(lambda: first not in self.waiting(), "nobody of that address")
        self.key("ctrl+z")
        self.until(lambda: first in self.waiting(), "the address again")

    def holds(self):
        """The toast stays for as long as the pointer is on it, and the press takes it back"""
        first = self.entries[0]["email"]
        self.key("Home")
        self.key("i")
        self.until(lambda: first not in self.waiting(), "nobody of that address")
        self.hold()
        button = self.window.find(role=("push button", "button"), contains="Undo")
        place = desktop.Atspi.Component.get_extents(button, desktop.Atspi.CoordType.WINDOW)
        x, y = place.x + place.width // 2, place.y + place.height // 2
        desktop.point(x, y)
        time.sleep(7)
        desktop.click(x, y)
        desktop.point(0, 0)
        self.until(lambda: first in self.waiting(), "the address again")

    def name_link(self, customer):
        """What the button says that links to a customer, or to one of its people."""
        names = [button.get_name() for button in self.window.all(role=("push button", "button"), contains="Link to ")]
        return next((name for name in names if name == f"Link to {customer}" or name.endswith(f" at {customer}")), None)

    def links(self):
        """A number links to the guess of that number, for good"""
        guessed = [entry["candidates"] for entry in self.entries]
        people = list(dict.fromkeys(entry["email"] for entry in self.entries))
        entry = next(entry for entry, candidates in zip(self.entries, guessed) if candidates)
        self.key("Home", *["Down"] * people.index(entry["email"]))
        customer = entry["candidates"][0]["name"]
        text = desktop.wait(lambda: self.name_link(customer), f"the button that links to {customer}")
        self.key("1")
        self.until(lambda: entry["email"] not in self.waiting(), "a person who is linked")
        meetings = self.ctl("meetings", "list", "--customer", customer)
        assert entry["uri"] in [invitee["uri"] for meeting in meetings for invitee in meeting["invitees"]]
        # Where the guess is a person, the address is one of theirs from now on.
        emails = [email for person in self.ctl("customers", "show", customer)["stakeholders"] for email in person["emails"]]
        assert (entry["email"].lower() in emails) == (" at " in text), (text, emails)

    def chooses(self):
        """O asks for any customer, whose whole name can be typed"""
        names = [customer["name"] for customer in self.ctl("customers", "list")]
        customer = next(name for name in names if " " in name)
        other = next(name for name in names if name[0] != customer[0])
        self.key("Home")
        self.key("o")
        self.window.sees("Link to a Customer")
        before = len(self.window.all(role="label", name=other))
        desktop.key("space")
        self.until(lambda: len(self.window.all(role="label", name=other)) > before, "the list of customers")
        desktop.type_keys(customer)
        self.until(lambda: len(self.window.all(role="label", name=other)) == before, "what was searched")
        desktop.key("Return")
        self.window.find(role=("push button", "button", "toggle button"), name=f"Customer, {customer}", seconds=5)
        desktop.key("Escape")

    def rules(self):
        """R asks, and makes a rule"""
        self.key("Home")
        self.key("r")
        self.window.sees("Make a Rule")
        self.window.press(contains="Ignore")
        self.until(lambda: len(self.ctl("match", "rules")) == 1, "a rule")
        self.key("ctrl+z")
        self.until(lambda: self.ctl("match", "rules") == [], "no rule")

    def creates(self):
        """Add makes a customer of a domain"""
        suggestion = self.ctl("match", "suggestions")[0]
        self.window.press(f"Add {suggestion['name']} as a customer")
        self.until(lambda: suggestion["domain"] in [domain for customer in self.ctl("customers", "list")
                                                    for domain in customer["domains"]], "a customer of that domain")

    def knows(self):
        """Somebody who waits is written down as a stakeholder: their bookings are the customer's, until it is taken back"""
        entry = next(entry for entry in self.ctl("match", "list") if entry["reason"] in ("none", "free-mail"))
        customer = self.ctl("customers", "list")[0]["name"]
        self.key("ctrl+f")
        desktop.type_keys(customer)
        desktop.key("Down", "Return")
        self.window.press("Add Person")
        desktop.wait_window("Add Person")
        desktop.focus("Add Person")
        desktop.type_keys("Somebody New")
        desktop.key("Tab")
        desktop.type_keys("Buyer")
        desktop.key("Tab", "Tab", "Tab", "Tab")
        desktop.type_keys(entry["email"])
        desktop.key("Return")
        self.until(lambda: entry["email"] not in self.waiting(), "a person who is known")
        meetings = self.ctl("meetings", "list", "--customer", customer)
        assert entry["uri"] in [invitee["uri"] for meeting in meetings for invitee in meeting["invitees"]]
        person = next(person for person in self.ctl("customers", "show", customer)["stakeholders"] if person["name"] == "Somebody New")
        assert (person["email"], person["role"]) == (entry["email"].lower(), "Buyer"), person
        self.key("ctrl+z")
        self.until(lambda: entry["email"] in self.waiting(), "the address again")

    def renames(self):
        """Ctrl+E edits the customer in view, Ctrl+N makes one; each is told by its name at once"""
        self.key("ctrl+e")
        desktop.wait_window("Edit Customer")
        desktop.focus("Edit Customer")
        desktop.key("ctrl+a")
        desktop.type_keys("Written By Hand")
        desktop.key("Return")
        desktop.wait_window("Written By Hand – Touchpoint")
        self.until(lambda: "Written By Hand" in [customer["name"] for customer in self.ctl("customers", "list")], "the new name")
        self.key("ctrl+n")
        desktop.wait_window("New Customer")
        desktop.focus("New Customer")
        desktop.type_keys("Made By Hand")
        desktop.key("Return")
        desktop.wait_window("Made By Hand – Touchpoint")
        self.until(lambda: "Made By Hand" in [customer["name"] for customer in self.ctl("customers", "list")], "the new customer")

    def focused(self):
        """The name of what has the keyboard; a field that is written into tells none."""
        focused = desktop.Atspi.StateType.FOCUSED
        nodes = [node for node in desktop.walk(self.window.root()) if node.get_state_set().contains(focused)]
        return (nodes[0].get_name() or "", nodes[0].get_role_name()) if nodes else None

    def reads(self):
        """Whatever has the keyboard has a name, from the list to the button that makes a link"""
        self.key("ctrl+f")
        desktop.type_keys("Made By Hand")
        self.key("Down")
        self.until(lambda: (self.focused() or ("", ""))[0].startswith("Made By Hand, Health"), "the name of the row")
        self.key("Return")
        seen = [("", "")]
        while not seen[-1][0].startswith("Generate Link"):
            self.key("Tab")
            seen.append(desktop.wait(lambda: self.focused() not in (None, seen[-1]) and self.focused(), f"more than {seen}"))
            assert len(seen) < 30 and seen[-1][0] and not seen[-1][0].startswith("Gtk"), seen
        assert any(name.startswith("Meeting, ") for name, _ in seen), seen

    def completes(self):
        """The people of Calendly's address book come to the customers that are here"""
        before = {customer["name"]: len(customer["stakeholders"]) for customer in self.ctl("customers", "list")}
        self.key("ctrl+comma")
        self.window.find(role="page tab", name="Customers")
        desktop.act(self.window.all(role="page tab", name="Customers")[-1])
        self.window.press(contains="Complete the customers with")
        self.window.sees("were completed")
        after = {customer["name"]: len(customer["stakeholders"]) for customer in self.ctl("customers", "list")}
        assert before.keys() == after.keys() and sum(after.values()) > sum(before.values()), (before, after)
        desktop.wait_window("Preferences")
        desktop.focus("Preferences")
        desktop.key("Escape")

    def empties(self):
        """After the last one is set aside and the toast has gone, the keyboard is somewhere, and Tab goes on"""
        for entry in self.ctl("match", "list")[1:]:
            self.ctl("match", "ignore", entry["uri"])
        self.key("alt+3")
        self.until(lambda: len(self.waiting()) == 1 and (self.focused() or ("", ""))[1] == ROW, "the last one")
        self.key("i")
        self.until(lambda: not self.waiting(), "nobody at all")
        self.hold()
        self.until(lambda: (self.focused() or ("", ""))[0].startswith("Undo"), "the button that takes it back")
        desktop.point(0, 0)
        first = desktop.wait(lambda: not (self.focused() or ("Undo",))[0].startswith("Undo") and self.focused(),
                             "something that has the keyboard without the toast")
        self.key("Tab")
        self.until(lambda: self.focused() not in (None, first), f"more than {first}")

    def ends(self):
        """And nothing was wrong on the way"""
        self.app.stop()
        assert "CRITICAL" not in self.app.errors() and "Gtk-WARNING" not in self.app.errors(), self.app.errors()


STEPS = (Story.opens, Story.sets_aside, Story.holds, Story.links, Story.chooses, Story.rules, Story.creates, Story.knows,
         Story.renames, Story.reads, Story.completes, Story.empties, Story.ends)


if __name__ == "__main__":
    sys.exit(tap.tell(Story, STEPS))
