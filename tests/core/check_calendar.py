# SPDX-FileCopyrightText: Touchpoint contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""check_calendar.py WORKER: libical finds in our files what was put in, whatever strangers call themselves. Speaks TAP."""
import hashlib
import random
import subprocess
import sys
import unicodedata
from urllib.parse import unquote

import gi

gi.require_version("ICalGLib", "3.0")
from gi.repository import ICalGLib  # noqa: E402

PIECES = ["\r\n", "\n", "\r", "\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\n", "\nATTENDEE:mailto:x@evil.example", ";", ",", ":", "\\",
          "\\n", "\\\\", '"', "'", "^", "^n", "^'", "%0D%0A", "=", "\t", " ", "\x01", "\x1b[31m", "\x7f", "\x85", "\u2028",
          "\u202e", "\u2066", "\u200b", "\ufeff", "\u00ad", "\u200d", "é", "Ω", "שלום", "日本語", "👩‍👩‍👧", "a\u0301", "<b>x</b>",
          "name", "Ada Lovelace", "x" * 80, "日" * 40, "javascript:alert(1)"]
EMAILS = ["ada@acme.example", "a+b@acme.example", "o'brien@acme.example", "ä@bücher.example", "a%0d@acme.example",
          'q"uote@acme.example', "semi;colon@acme.example", "a:b@acme.example"]
NO_EMAILS = [None, "", "none", "@", "a@", "@b", "a@b@c", "a b@acme.example", "a@b\r\nX:y", "a@\u202eb", "a" * 300 + "@b.example"]
ADDRESSES = ["https://zoom.us/j/1?pwd=a,b;c", "https://meet.example/" + "a" * 300]
NO_ADDRESSES = [None, "javascript:alert(1)", "http://zoom.us/j/1", "https://u@evil.example/", "https://a/\r\nX:y", "file:///x"]
# In this order one and the same event can be in all of them, and a calendar drops what has a lower number than before.
SEQUENCES = {"active": 0, "canceled": 1, "rebooked": 2}


def equal(got, wanted):
    assert got == wanted, f"{got!r}, not {wanted!r}"


def clean(text, most, lines):
    """The rule of what is kept, once more."""
    kept = []
    for letter in text:
        if letter in "\n\t\u2028\u2029":
            kept.append("\n" if lines and letter != "\t" else " ")
        elif unicodedata.category(letter) not in ("Cc", "Cf") or letter in "\u200c\u200d":
            kept.append(letter)
    return "".join(kept[:most]).strip(" \n")


def title(name):
    """What it is called: a name of which nothing is to be seen is none."""
    return name if any(unicodedata.category(letter)[0] not in "CZ" for letter in name) else "Meeting"


def make(rng, number):
    def text():
        return rng.choice([None, "", "".join(rng.choices(PIECES, k=rng.randint(1, 12)))])
    return {"uri": f"https://api.example/{number}", "name": text(), "location": text(),
            "join_url": rng.choice(ADDRESSES + NO_ADDRESSES), "host_name": text(), "host_email": rng.choice(EMAILS + NO_EMAILS),
            "invitee_name": text(), "invitee_email": rng.choice(EMAILS + NO_EMAILS),
            "state": rng.choice(list(SEQUENCES))}


def run(worker, meetings):
    lines = []
    for meeting in meetings:
        fields = [("-" if value is None else value.encode().hex()) for key, value in meeting.items() if key != "state"]
        lines.append(" ".join(fields + [meeting["state"]]))
    text = "".join(line + "\n" for line in lines)
    return subprocess.run([worker], input=text.encode(), stdout=subprocess.PIPE, check=True).stdout


def text_of(event, kind):
    found = event.get_first_property(getattr(ICalGLib.PropertyKind, kind + "_PROPERTY"))
    return "" if found is None else getattr(found, "get_" + kind.lower())()


def check_person(event, kind, name, email):
    person = event.get_first_property(getattr(ICalGLib.PropertyKind, kind + "_PROPERTY"))
    if email not in EMAILS:
        assert person is None, (kind, email)
        return
    assert unquote(text_of(event, kind)) == "mailto:" + email, (kind, text_of(event, kind), email)
    wanted = clean(name or "", 200, False).replace("\\", "/")
    called = person.get_first_parameter(ICalGLib.ParameterKind.CN_PARAMETER)
    assert (called.get_cn() if called else "") == wanted, (kind, called and called.get_cn(), wanted)


def check_event(event, meeting):
    digest = hashlib.sha256(meeting["uri"].encode()).hexdigest()[:40]
    address = meeting["join_url"] if meeting["join_url"] in ADDRESSES else ""
    canceled = meeting["state"] == "canceled"
    equal(event.get_uid(), digest + "@touchpoint")
    equal((event.get_dtstart().as_timet(), event.get_dtend().as_timet()), (1790000000, 1790000000 + 1800))
    assert event.get_dtstart().is_utc() and event.get_dtend().is_utc()
    equal(text_of(event, "SUMMARY"), clean(title(meeting["name"] or ""), 2000, True))
    equal(text_of(event, "URL"), address)
    equal(text_of(event, "LOCATION"), clean(meeting["location"] or address, 2000, True))
    check_person(event, "ORGANIZER", meeting["host_name"], meeting["host_email"])
    check_person(event, "ATTENDEE", meeting["invitee_name"], meeting["invitee_email"])
    equal(event.get_status(), getattr(ICalGLib.PropertyStatus, "CANCELLED" if canceled else "CONFIRMED"))
    equal(event.get_sequence(), SEQUENCES[meeting["state"]])


def check(worker, meetings):
    data = run(worker, meetings)
    assert data.endswith(b"END:VCALENDAR\r\n")
    for line in data.split(b"\r\n"):
        assert len(line) <= 75, line
        assert not any(byte < 0x20 or byte == 0x7f for byte in line), line
        line.decode()
    calendar = ICalGLib.Component.new_from_string(data.decode())
    equal(ICalGLib.Component.count_errors(calendar), 0)
    equal(calendar.get_first_property(ICalGLib.PropertyKind.METHOD_PROPERTY), None)
    equal(calendar.count_components(ICalGLib.ComponentKind.ANY_COMPONENT), len(meetings))
    event = calendar.get_first_component(ICalGLib.ComponentKind.VEVENT_COMPONENT)
    for meeting in meetings:
        check_event(event, meeting)
        event = calendar.get_next_component(ICalGLib.ComponentKind.VEVENT_COMPONENT)
    equal(event, None)
    return data


def check_large(worker):
    huge = make(random.Random(1), 0) | {"name": "日" * 350_000, "location": "\r\n" * 500_000 + "x",
                                        "invitee_name": "y" * 1_000_000}
    assert len(check(worker, [huge])) < 20_000


def main():
    worker = sys.argv[1]
    rng = random.Random(5545)
    print("1..2", flush=True)
    check(worker, [make(rng, number) for number in range(3000)])
    print("ok 1 - 3000 hostile meetings come back as they were written", flush=True)
    check_large(worker)
    print("ok 2 - texts of a megabyte become short ones", flush=True)


main()
