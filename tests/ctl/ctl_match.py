# SPDX-FileCopyrightText: Touchpoint contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The match inbox on the command line, on what the sandbox holds: who waits and why, every way to decide, and back.

Speaks TAP. The steps build on each other; the first that fails ends the story.
"""
import os
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "..", "support"))

import programs  # noqa: E402
import tap  # noqa: E402

CARDS = """BEGIN:VCARD
VERSION:3.0
FN:Vera Card
ORG:Card Works;Sales
EMAIL;TYPE=pref:vera@card-works.example
TITLE:Buyer
END:VCARD
BEGIN:VCARD
FN:Nobody
EMAIL:nobody@gmail.com
END:VCARD
"""
SEVERAL = ("name,external_id,stakeholder_name,stakeholder_email\n"
           "Several,M-1,Ana,Ana@Several.example; {} ;ana@home.example\nSeveral,M-1,Bo,bo@several.example\n")
LABS = "name,domains,external_id,stakeholder_email\nSplit Labs,split-labs.example,S-1,ana@split-labs.example\n"


def equal(got, wanted):
    assert got == wanted, f"{got!r}, not {wanted!r}"


class Story:
    def __init__(self):
        self.directory = os.environ["TPT_SESSION_DIR"]
        self.sandbox = programs.Sandbox(self.directory, "--seed", "5", "--customers", "12", "--meetings", "200")
        self.environment = self.sandbox.environment()

    def ok(self, *arguments, stdin=None):
        code, answer, messages = programs.ctl(*arguments, "--json", stdin=stdin, seconds=120,
                                              environment=self.environment)
        assert code == 0, (arguments, code, messages)
        return answer

    def text(self, *arguments):
        code, answer, messages = programs.ctl(*arguments, environment=self.environment)
        equal((code, messages), (0, ""))
        return answer

    def fails(self, status, *arguments):
        code, answer, messages = programs.ctl(*arguments, "--json", seconds=120, environment=self.environment)
        assert code == status, (arguments, code, answer, messages)
        assert messages.strip(), "a failure says why"

    def write(self, name, text):
        path = os.path.join(self.directory, name)
        with open(path, "w", encoding="utf-8") as file:
            file.write(text)
        return path

    def person(self, customer):
        """The first of its stakeholders."""
        return self.ok("customers", "show", customer)["stakeholders"][0]

    @staticmethod
    def assert_completed(person, people):
        """Whoever was there is there as before; what is new stands behind it."""
        now = next(other for other in people if other["id"] == person["id"])
        equal(now["emails"][:len(person["emails"])], person["emails"])
        for key in ("name", "role", "email"):
            assert person[key] in (None, now[key]), (person, now)

    def whose(self, uri):
        """The names of the customers of the meetings that an invitee is in."""
        return sorted(customer["name"] for meeting in self.ok("meetings", "list") for customer in meeting["customers"]
                      if uri in [invitee["uri"] for invitee in meeting["invitees"]])

    def waits(self):
        """Everybody without a customer is listed with a reason, before there are customers and after"""
        equal(self.ok("match", "list"), [])
        self.ok("connect", "--token-stdin", stdin="sandbox-pat\n")
        self.ok("sync")
        everybody = {i["uri"] for m in self.ok("meetings", "list") for i in m["invitees"]}
        listed = self.ok("match", "list")
        equal(set(listed[0]), {"uri", "name", "email", "meeting", "reason", "explanation", "candidates"})
        assert everybody <= {entry["uri"] for entry in listed}, "all wait while there are no customers"
        for domain in self.ok("match", "suggestions"):
            met = {entry["meeting"]["uri"] for entry in listed if ("." + entry["email"].split("@")[-1]).endswith("." + domain["domain"])}
            equal((domain["domain"], domain["meetings"]), (domain["domain"], len(met)))
        path = os.path.join(self.directory, "customers.csv")
        with open(path, "wb") as file:
            file.write(self.sandbox.get("customers.csv"))
        self.ok("customers", "import", path)
        rest = self.ok("match", "list")
        matched = {i["uri"] for m in self.ok("meetings", "list") if m["customers"] for i in m["invitees"]}
        assert 0 < len(rest) < len(listed), (len(rest), len(listed))
        assert {entry["reason"] for entry in rest} >= {"free-mail", "none"}, {entry["reason"] for entry in rest}
        assert any(entry["uri"] not in matched for entry in rest)
        self.customer, self.other = self.ok("customers", "list")[:2]

    def decides(self):
        """An invitee is assigned, ignored and given back, and each is undone"""
        entry = next(e for e in self.ok("match", "list") if e["reason"] == "free-mail")
        done = self.ok("match", "assign", entry["uri"], self.customer["name"].upper())
        equal(done["customer"], {"id": self.customer["id"], "name": self.customer["name"]})
        equal(self.whose(entry["uri"]), [self.customer["name"]])
        assert entry["uri"] not in [e["uri"] for e in self.ok("match", "list")]
        self.ok("sync", "--full")
        equal(self.whose(entry["uri"]), [self.customer["name"]])
        equal(self.ok("match", "undo"), {"undone": True})
        equal(self.whose(entry["uri"]), [])
        self.ok("match", "ignore", entry["uri"])
        assert entry["uri"] not in [e["uri"] for e in self.ok("match", "list")]
        assert entry["uri"] in [e["uri"] for e in self.ok("match", "list", "--ignored")]
        self.ok("match", "undo", entry["uri"])
        assert entry["uri"] in [e["uri"] for e in self.ok("match", "list")]
        self.fails(1, "match", "assign", entry["uri"], "Nobody Inc")
        self.fails(1, "match", "assign", "https://api.calendly.com/none", self.customer["name"])
        self.fails(2, "match", "assign", entry["uri"])

    def rules(self):
        """A rule takes all history along, is listed, and forgotten"""
        entry = next(e for e in self.ok("match", "list") if e["reason"] == "free-mail")
        done = self.ok("match", "rule", entry["email"], self.customer["name"])
        assert done["rematched"] >= 1, done
        equal(self.whose(entry["uri"]), [self.customer["name"]])
        rules = self.ok("match", "rules")
        equal([(r["kind"], r["pattern"], r["customer"]["id"]) for r in rules],
              [("email", entry["email"].lower(), self.customer["id"])])
        self.ok("match", "rule", entry["email"], "--ignore")
        equal(self.whose(entry["uri"]), [])
        assert entry["uri"] in [e["uri"] for e in self.ok("match", "list", "--ignored")]
        self.ok("match", "rule", entry["email"], "--remove")
        equal(self.ok("match", "rules"), [])
        self.fails(1, "match", "rule", "gmail.com", self.customer["name"])
        self.fails(1, "match", "rule", entry["email"], "--remove")
        self.fails(2, "match", "rule", entry["email"])
        self.fails(2, "match", "rule", entry["email"], self.customer["name"], "--ignore")

    def suggestions(self):
        """Domains that people met from are suggested, and become customers"""
        suggestions = self.ok("match", "suggestions")
        assert suggestions, "the sandbox has strangers"
        equal([s["meetings"] for s in suggestions], sorted((s["meetings"] for s in suggestions), reverse=True))
        first = suggestions[0]
        equal(self.ok("customers", "add", first["name"], "--domain", first["domain"])["domains"], [first["domain"]])
        assert first["domain"] not in [s["domain"] for s in self.ok("match", "suggestions")]

    def unions(self):
        """Two customers become one and one two, with their meetings, and each is undone"""
        names = [self.customer["name"], self.other["name"]]
        meetings = [len(self.ok("meetings", "list", "--customer", name)) for name in names]
        done = self.ok("customers", "merge", *names)
        equal(done["customer"]["name"], names[0])
        merged = self.ok("customers", "show", names[0])
        assert set(merged["domains"]) >= set(self.customer["domains"]) | set(self.other["domains"]), merged
        equal(len(self.ok("meetings", "list", "--customer", names[0])), sum(meetings))
        self.fails(1, "customers", "show", names[1])
        self.fails(1, "customers", "merge", names[0], names[0])
        self.ok("match", "undo")
        equal([len(self.ok("meetings", "list", "--customer", name)) for name in names], meetings)
        equal(self.ok("customers", "show", names[1])["stakeholders"], self.other["stakeholders"])

        self.ok("customers", "import", self.write("labs.csv", LABS))
        self.fails(2, "customers", "split", "Split Labs", "New")
        self.fails(1, "customers", "split", "Split Labs", "New", "--domain", "acme.com")
        done = self.ok("customers", "split", "Split Labs", "New", "--domain", "split-labs.example", "--stakeholder",
                       "ana@split-labs.example")
        equal(self.ok("customers", "show", "New")["domains"], ["split-labs.example"])
        equal(self.ok("customers", "show", "Split Labs")["stakeholders"], [])
        self.ok("match", "undo")
        equal(self.ok("customers", "show", "Split Labs")["domains"], ["split-labs.example"])

    def emails(self):
        """A stakeholder has several addresses: in a list, by hand, from the inbox, for a link; history follows"""
        entry = next(e for e in self.ok("match", "list") if e["reason"] == "free-mail")
        self.ok("customers", "import", self.write("several.csv", SEVERAL.format(entry["email"].upper())))
        person = self.person("Several")
        equal((person["email"], person["emails"]),
              ("ana@several.example", ["ana@several.example", entry["email"].lower(), "ana@home.example"]))
        equal(self.whose(entry["uri"]), ["Several"])
        link = self.ok("link", "create", "--customer", "Several", "--stakeholder", "Ana@HOME.example")
        equal((link["stakeholder"]["email"], "email=ana%40home.example" in link["url"]), ("ana@home.example", True))
        equal(self.ok("link", "create", "--customer", "Several")["stakeholder"]["email"], "ana@several.example")
        sent = self.ok("ask", "Send Calendly link to Ana@home.example")
        equal((sent["arguments"]["stakeholder"], sent["result"]["stakeholder"]["email"]), ("ana@home.example",) * 2)

        done = self.ok("customers", "emails", "Several", "ana@home.example", "--remove", entry["email"], "--add",
                       "Ana@New.example", "--add", "b@new.example", "--primary", "ana@home.example")
        assert done["rematched"] >= 1 and done["customer"]["name"] == "Several", done
        equal(self.person("Several")["emails"],
              ["ana@home.example", "ana@several.example", "ana@new.example", "b@new.example"])
        equal(self.whose(entry["uri"]), [])
        self.ok("match", "assign", entry["uri"], "Several", "--stakeholder", "ANA")
        equal(self.person("Several")["emails"][-1], entry["email"].lower())
        equal(self.whose(entry["uri"]), ["Several"])
        self.ok("match", "undo")
        self.ok("match", "undo")
        equal(self.person("Several"), person)
        equal(self.whose(entry["uri"]), ["Several"])
        self.fails(1, "customers", "emails", "Several", "ana@several.example", "--add", "bo@several.example")
        self.fails(1, "customers", "emails", "Several", "ana@several.example", "--add", "no address")
        self.fails(1, "customers", "emails", "Several", "ana@several.example", "--remove", "bo@several.example")
        self.fails(1, "customers", "emails", "Several", "nobody", "--add", "x@several.example")
        self.fails(2, "customers", "emails", "Several", "ana@several.example")
        self.fails(1, "match", "assign", entry["uri"], "Several", "--stakeholder", "nobody")

    def cards(self):
        """An address book's vCards are a list of customers as well"""
        path = self.write("book.vcf", CARDS)
        report = self.ok("customers", "import", path)
        equal((report["created"], report["updated"], [error["row"] for error in report["errors"]]), (1, 0, [2]))
        card = self.ok("customers", "show", "Card Works")
        equal((card["domains"], card["stakeholders"][0]["email"], card["stakeholders"][0]["role"]),
              (["card-works.example"], "vera@card-works.example", "Buyer"))
        equal(self.ok("customers", "import", path)["unchanged"], 1)

    def contacts(self):
        """Calendly's address book completes the customers that there are, and makes none"""
        before = {c["name"]: c for c in self.ok("customers", "list")}
        contacts = len([p for c in before.values() for p in c["stakeholders"]])
        report = self.ok("customers", "import", "--contacts")
        after = {c["name"]: c for c in self.ok("customers", "list")}
        equal((set(after), report["created"], report["errors"]), (set(before), 0, []))
        assert report["updated"] + report["unchanged"] > 0, report
        assert len([p for c in after.values() for p in c["stakeholders"]]) >= contacts
        for name, customer in before.items():
            for person in customer["stakeholders"]:
                self.assert_completed(person, after[name]["stakeholders"])
        assert any(len(p["emails"]) == 2 and p["emails"][1].endswith("@home.example")
                   for c in after.values() for p in c["stakeholders"]), "a contact's further addresses"
        equal(self.ok("customers", "import", "--contacts")["updated"], 0)
        self.fails(2, "customers", "import", "--contacts", "x.csv")
        self.fails(2, "customers", "import")

    def readable(self):
        """Without --json there are tables and sentences"""
        for arguments, word in ((("list",), "gmail.com"), (("suggestions",), "Domain"), (("rules",), "Customer")):
            code, answer, messages = programs.ctl("match", *arguments, environment=self.environment)
            assert code == 0 and (word in answer), (arguments, answer, messages)

    def acted_on(self):
        """What the next command needs stands in the tables as it has to be given"""
        entry = self.ok("match", "list")[0]
        uri = next(w for w in self.text("match", "list").split() if w == entry["uri"])
        assert len(uri) > 60, uri
        self.ok("match", "ignore", uri)
        assert entry["uri"] in self.text("match", "list", "--ignored").split()
        name = "A name of its own that goes on " * 3 + "and on"
        self.ok("customers", "add", name, "--domain", "long.example")
        emails = [f"somebody.with.a.long.name.{i}@department.long.example" for i in range(3)]
        self.ok("customers", "import", self.write("long.csv", "name,stakeholder_name,stakeholder_email\n"
                                                  f"{name},Long,{';'.join(emails)}\n"))
        assert ", ".join(emails) in self.text("customers", "show", name)
        assert name in self.text("customers", "list")
        uri = self.text("meetings", "list").splitlines()[1].split()[-1]
        equal(self.ok("meetings", "show", uri)["uri"], uri)


STEPS = ("waits", "decides", "rules", "suggestions", "unions", "emails", "cards", "contacts", "readable", "acted_on")

sys.exit(tap.tell(Story, [getattr(Story, name) for name in STEPS]))
