# SPDX-FileCopyrightText: Touchpoint contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Bodies and signatures: what nobody signed leaves nothing behind, and what is signed and unreadable is buried and answered
with 200. Nothing that stands in a body makes the relay speak to anybody.
"""
import hashlib
import json
import socket
import sys
import threading

import attack_stage as stage


def payload(more):
    """A good webhook around one bad thing."""
    return b'{"created_at":"2026-06-24T22:30:45.000001Z","event":"invitee.created","payload":{"uri":"u:1","more":%s}}' % more


def nested(depth):
    return b"[" * depth + b"]" * depth


# What no strict reader takes (RFC 8259), or what is beyond the measure of a webhook.
BOMBS = {
    "65 deep": nested(65), "as deep as a body can be": b"[" * 262000, "and closed again": nested(131000),
    "objects as deep": b'{"a":' * 40000 + b"1" + b"}" * 40000, "63 deep within": payload(nested(63)),
    "50,001 values": payload(b"[" + b"0," * 50000 + b"0]"), "50,001 members": payload(
        b"{" + b",".join(b'"%x":0' % i for i in range(24000)) + b"}"),
    "twice the same name": b'{"event":"a","event":"b","created_at":"x","payload":{"uri":"u"}}',
    "twice by an escape": payload(b'{"a":1,"\\u0061":2}'), "twice within": payload(b'{"a":1,"a":1}'),
    "a NUL": payload(b'"a\x00b"'), "an escaped NUL": payload(b'"a\\u0000b"'), "a NUL behind": payload(b"1") + b"\x00",
    "beyond 64 bits": payload(b"99999999999999999999"), "beyond a double": payload(b"1e400"),
    "not a number": payload(b"NaN"), "endless": payload(b"-Infinity"), "leading zero": payload(b"01"),
    "a plus": payload(b"+1"), "hexadecimal": payload(b"0x10"), "no digits after the point": payload(b"1."),
    "empty": b"", "blanks": b" \t\r\n", "byte order mark": b"\xef\xbb\xbf" + payload(b"1"),
    "UTF-16": payload(b"1").decode().encode("utf-16"), "a comment": payload(b"1/*x*/"), "a line comment": b"//x\n" + payload(b"1"),
    "trailing comma": payload(b"[1,]"), "trailing bytes": payload(b"1") + b"x", "two values": payload(b"1") + payload(b"1"),
    "single quotes": payload(b"'a'"), "a variable": b"var x = " + payload(b"1"), "a lone surrogate": payload(b'"\\ud800"'),
    "broken UTF-8": payload(b'"\xc3\x28"'), "overlong UTF-8": payload(b'"\xc0\x80"'), "a surrogate's bytes": payload(b'"\xed\xa0\x80"'),
    "a raw newline": payload(b'"a\nb"'), "an unknown escape": payload(b'"\\x41"'), "unclosed": payload(b"1")[:-1],
    "no object": b"[]", "a string": b'"invitee.created"', "null": b"null",
    "event no string": b'{"created_at":"x","event":1,"payload":{"uri":"u"}}',
    "payload no object": b'{"created_at":"x","event":"e","payload":[]}',
    "uri no string": b'{"created_at":"x","event":"e","payload":{"uri":{}}}',
    "created_at missing": b'{"event":"e","payload":{"uri":"u"}}',
}


def check_bombs():
    with stage.Stage() as place:
        place.enrol()
        for number, (what, body) in enumerate(BOMBS.items()):
            assert len(body) <= 256 * 1024, what
            assert place.post(body, key="foreign") == 401, what
            assert place.post(body) == 200, what
            assert place.rows("SELECT count(*) FROM dead_letters") == [(number + 1,)], what
        for what, body in (("10^6 deep", nested(500000)), ("one byte too many", b" " * (256 * 1024 + 1))):
            assert place.post(body) == 413, what
        assert place.post(payload(nested(30))) == 200
        assert place.rows("SELECT count(*) FROM events") == [(0,)]
        reasons = {reason for reason, in place.rows("SELECT reason FROM dead_letters")}
        assert not any("invitee" in reason or "u:1" in reason for reason in reasons), reasons


def check_bits():
    """Every bit of a body and of its signature, turned by itself: never stored, never 200."""
    with stage.Stage() as place:
        place.enrol()
        body = stage.booking(7)
        stamp, mac = stage.sign(body)
        value = f"t={stamp},v1={mac}".encode()

        def whole(value, body, close=b""):
            return (b"POST /v1/calendly/webhook HTTP/1.1\r\nHost: r\r\nContent-Length: %d\r\n%s" % (len(body), close)
                    + b"Calendly-Webhook-Signature: " + value + b"\r\n\r\n" + body)

        def turned(data):
            for bit in range(8 * len(data)):
                other = bytearray(data)
                other[bit // 8] ^= 1 << bit % 8
                yield bytes(other)

        for other in turned(value):
            answer = place.raw(whole(other, body, b"Connection: close\r\n"))
            # A turned bit may make a control character, which no head may have.
            assert answer[9:12] in (b"401", b"400"), (other, answer)
        everything = b"".join(whole(value, other) for other in turned(body))
        with place.connect() as connection:
            writer = threading.Thread(target=connection.sendall, args=[everything + whole(value, body, b"Connection: close\r\n")])
            writer.start()
            answers = stage.read_all(connection).split(b"HTTP/1.1 ")[1:]
            writer.join()
        assert [answer[:3] for answer in answers] == [b"401"] * (8 * len(body)) + [b"200"]
        assert place.rows("SELECT count(*) FROM events") == [(1,)]
        assert place.rows("SELECT count(*) FROM dead_letters") == [(0,)]


def check_duplicates(way):
    """Fifty at once through a proxy, and a retry each: all are told that it is stored, and it is, once."""
    with stage.Stage(way) as place:
        place.enrol()
        body, answers = stage.booking(1), []
        posters = [threading.Thread(target=lambda: answers.extend([place.post(body), place.post(body)])) for _ in range(50)]
        for poster in posters:
            poster.start()
        for poster in posters:
            poster.join()
        assert answers == [200] * 100, answers
        assert place.rows("SELECT count(*) FROM events") == [(1,)]


def check_addresses():
    """Addresses in a body are names and nothing to go to: a trap that they lead to stays empty, and Calendly is not asked."""
    with stage.Stage() as place, socket.create_server(("127.0.0.1", 0)) as trap:
        place.enrol()
        trap.setblocking(False)
        asked = place.calendly.asked
        here = f"127.0.0.1:{trap.getsockname()[1]}"
        addresses = [f"http://{here}/", f"https://{here}/users/me", f"//{here}/x", f"https://api.calendly.com@{here}/users/A",
                     f"http://api.calendly.com:80@{here}/", f"https://api.calendly.com.{here}/", f"{place.calendly.url()}/users/me",
                     "http://169.254.169.254/latest/meta-data/", "https://api.calendly.com.evil/", "file:///etc/passwd",
                     f"gopher://{here}/_x", "http://[::1]/", f"http://{here}/%0d%0aX: y"]
        for number, address in enumerate(addresses):
            event = {"event_memberships": [{"user": address}, {"user": stage.USER}], "uri": address, "event_type": address,
                     "location": {"join_url": address}, "calendar_event": {"external_id": address}}
            body = json.loads(stage.booking(number, uri=address, scheduled_event=event, cancel_url=address,
                                            reschedule_url=address, old_invitee=address, no_show={"uri": address}))
            body["created_by"] = address
            assert place.post(json.dumps(body).encode()) == 200, address
        assert place.rows("SELECT count(*) FROM events") == [(len(addresses),)]
        assert place.calendly.asked == asked
        try:
            trap.accept()
            raise AssertionError("The relay went where a body led it.")
        except BlockingIOError:
            pass


STATE = "s" * 43
FLOW = {"state_hash": hashlib.sha256(STATE.encode()).hexdigest(), "port": 50123, "path": "/back"}
BAD_FLOWS = ({"port": 22}, {"port": "50123"}, {"port": 65536}, {"port": -1}, {"path": "//evil.example"}, {"path": "back"},
             {"path": "/a?b"}, {"path": "/a\r\nX: y"}, {"path": "/@evil.example:1"}, {"path": "/" + "a" * 200})
BAD_QUERIES = (f"state={STATE}", f"code=a&code=b&state={STATE}", f"code=a&state={STATE}&state=t", f"code=a&error=b&state={STATE}",
               f"code=a%00&state={STATE}x", "code=a&state=", "code=a&state=" + "t" * 43)


def begin_flow(place):
    _, token = place.enrol()
    bearer = f"Authorization: Bearer {token}\r\n"
    assert place.ask("POST", "/v1/oauth/flows", json.dumps(FLOW).encode(), bearer)[0] == 201
    return bearer


def check_bad_flows():
    with stage.Stage() as place:
        bearer = begin_flow(place)
        for bad in ({}, *BAD_FLOWS):
            status = place.ask("POST", "/v1/oauth/flows", json.dumps({**FLOW, **bad}).encode(), bearer)[0]
            assert status == (400 if bad else 409), bad
        for query in BAD_QUERIES:
            assert place.ask("GET", "/oauth/callback?" + query)[0] in (400, 404), query
        assert place.ask("GET", f"/oauth/callback?code=a&state={STATE}")[0] == 303


def check_callback(way):
    """The way back from Calendly leads to the port and path that were named before, on this machine, once, whatever stands
    in the address or in the head."""
    with stage.Stage(way) as place:
        begin_flow(place)
        status, head, body = place.ask(
            "GET", f"/oauth/callback?code=a%0d%0aX:%20y&state={STATE}&redirect_uri=http://evil.example&host=evil.example&port=22",
            fields="X-Forwarded-Host: evil.example\r\nForwarded: host=evil.example\r\nOrigin: http://evil.example\r\n")
        locations = [line for line in head.split(b"\r\n") if line.lower().startswith(b"location:")]
        assert status == 303 and len(locations) == 1, (status, head)
        assert locations[0].split(b" ", 1)[1] == f"http://127.0.0.1:50123/back?code=a%0d%0aX:%20y&state={STATE}".encode(), locations
        assert b"evil" not in head + body and b"no-store" in head and b"no-referrer" in head, head
        assert place.ask("GET", f"/oauth/callback?code=a&state={STATE}")[0] == 404
        assert STATE not in place.log() and "%0d%0a" not in place.log()


sys.exit(stage.run(
    ("JSON bombs", check_bombs), ("every bit", check_bits), ("duplicates, nginx", check_duplicates, "nginx"),
    ("duplicates, HAProxy", check_duplicates, "haproxy"), ("addresses in a body", check_addresses),
    ("bad flows", check_bad_flows), ("callback, loopback", check_callback, "tcp"), ("callback, nginx", check_callback, "nginx"),
    ("callback, HAProxy", check_callback, "haproxy")))
