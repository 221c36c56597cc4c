# SPDX-FileCopyrightText: Touchpoint contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""More than there may be: connections beyond the ten thousand that the relay holds, and requests beyond what an address may
send. Who is known stays and is answered, and who has to wait is told how long.
"""
import json
import re
import resource
import sys

import attack_stage as stage

CONNECTIONS = 10000
STRANGERS_BEYOND = 60
KNOWN_DEVICES = 10
# How many streams a device may have at once.
STREAMS_A_DEVICE = 8


def allow_descriptors(count):
    hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (count, count if hard < count else hard))


def connect_many(place, count):
    """In steps, so that there is room in the queue of those who wait to be taken."""
    connections = []
    while len(connections) < count:
        connections += [place.connect() for _ in range(min(500, count - len(connections)))]
        assert place.ask("GET", "/healthz")[0] == 200
    return connections


def wait_for_event(place, token):
    poll = place.connect()
    poll.sendall(f"GET /v1/events HTTP/1.1\r\nHost: relay\r\nAccept: application/json\r\nAuthorization: Bearer {token}\r\n\r\n"
                 .encode())
    return poll


def is_closed(connection):
    connection.setblocking(False)
    try:
        return connection.recv(1) == b""
    except BlockingIOError:
        return False
    except ConnectionResetError:
        return True


def check_ten_thousand():
    """The oldest strangers go, each for one who comes; those who wait with a token have their event."""
    allow_descriptors(CONNECTIONS + 2000)
    with stage.Stage("unix", descriptors=CONNECTIONS + 2000) as place:
        tokens = [place.enrol()[1] for _ in range(KNOWN_DEVICES)]
        polls = [wait_for_event(place, token) for token in tokens for _ in range(STREAMS_A_DEVICE)]
        strangers = connect_many(place, CONNECTIONS - len(polls) + STRANGERS_BEYOND)
        stage.await_true(lambda: is_closed(strangers[STRANGERS_BEYOND - 1]), "None of the oldest has gone.")
        gone = [is_closed(connection) for connection in strangers]
        # A few more may go for those who asked meanwhile.
        assert all(gone[:STRANGERS_BEYOND]) and not any(gone[2 * STRANGERS_BEYOND:]), gone.count(True)
        assert place.post(stage.booking(1)) == 200
        for poll in polls:
            assert b'"cursor":' in poll.recv(65536)
            poll.close()
        for connection in strangers:
            connection.close()
        assert place.post(stage.booking(2)) == 200


def check_flood(way, more):
    """One request after the other until it is too much: 429, in JSON, with the time to wait."""
    with stage.Stage(way, more=more) as place:
        answers = (place.ask("GET", "/healthz") for _ in range(1000))
        status, head, body = next(answer for answer in answers if answer[0] != 200)
        assert status == 429, (status, head)
        assert re.search(rb"(?i)\r\nretry-after: [1-9]\d*(\r\n|$)", head), head
        if way != "haproxy":
            assert json.loads(body)["error"] == "too_many_requests", body


sys.exit(stage.run(
    ("ten thousand", check_ten_thousand), ("flood, the relay's limit", check_flood, "tcp", "limit_per_address=30\n"),
    ("flood, nginx", check_flood, "nginx", "limit_per_address=0\n"),
    ("flood, HAProxy", check_flood, "haproxy", "limit_per_address=0\n")))
