# SPDX-FileCopyrightText: Touchpoint contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Too many, too slow, too soon gone: while some hold connections without an end, the others are answered, and nothing that
was answered is lost when the relay is told to stop. Nothing here says how long something may take.
"""
import collections
import os
import re
import signal
import subprocess
import sys
import threading

import attack_stage as stage

HEALTH = b"GET /healthz HTTP/1.1\r\nHost: relay\r\n\r\n"


def stream(place, token, accept="text/event-stream", receive_buffer=None):
    """A connection on which events are awaited."""
    connection = place.connect(receive_buffer)
    connection.sendall(f"GET /v1/events HTTP/1.1\r\nHost: relay\r\nAccept: {accept}\r\n"
                       f"Authorization: Bearer {token}\r\n\r\n".encode())
    return connection


def read_until(connection, what, times=1):
    seen = b""
    while seen.count(what) < times:
        piece = connection.recv(65536)
        assert piece, (what, seen[-300:])
        seen += piece
    return seen


def slow_clients(port):
    """Three kinds of them at once, a hundred each, for some seconds: heads, bodies and readers without an end."""
    url = f"http://127.0.0.1:{port}"
    common = ["-c", "100", "-r", "100", "-l", "4", "-i", "1", "-p", "1"]
    kinds = (["-H", "-u", url + "/healthz"], ["-B", "-u", url + stage.WEBHOOK, "-s", "8192"],
             ["-X", "-u", url + "/healthz", "-k", "3", "-w", "1", "-y", "2", "-z", "1"])
    return [subprocess.Popen(["slowhttptest", *kind, *common], stdout=subprocess.PIPE, text=True,
                             preexec_fn=stage.end_with_parent) for kind in kinds]


def most_connected(attacker):
    """How many it held at once, as it says itself at its end."""
    said = re.sub(r"\x1b\[[0-9;]*[A-Za-z]", "", attacker.communicate()[0])
    return max(int(count) for count in re.findall(r"connected:\s+(\d+)", said))


def is_at_work(attacker):
    """Looks for a moment, so that the quick are not stopped by the limits for those who ask all the time."""
    try:
        attacker.wait(0.02)
    except subprocess.TimeoutExpired:
        return True
    return False


def check_slow(way, descriptors=None):
    """Those who are quick are answered all the while, each of them."""
    with stage.Stage(way, descriptors=descriptors) as place:
        attackers = slow_clients(place.port())
        number = 0
        while number < 50 or any(is_at_work(attacker) for attacker in attackers):
            assert place.post(stage.booking(number)) == 200, number
            number += 1
        assert place.post(b"{}", key="foreign") == 401
        held = [most_connected(attacker) for attacker in attackers]
        # They were there, or those before them had to go.
        assert min(held) >= 50 or "oldest strangers are closed" in place.log(), held


def check_descriptors():
    """256 descriptors, 300 clients that only connect: the oldest go, the newest are answered, one line of log says so."""
    with stage.Stage(descriptors=256) as place:
        idle = []
        for _ in range(300):
            idle.append(place.connect())
        assert place.ask("GET", "/healthz")[0] == 200
        idle[-1].sendall(HEALTH)
        assert idle[-1].recv(4096).startswith(b"HTTP/1.1 200 ")
        assert stage.read_all(idle[0]) == b""
        for connection in idle:
            connection.close()
        for number in range(20):
            assert place.post(stage.booking(number)) == 200
        assert place.log().count("oldest strangers are closed") == 1, place.log()
        assert place.log().count("was not taken") <= 1, place.log()


def check_known_stay():
    """Strangers push out strangers, never a desktop on its stream."""
    with stage.Stage(descriptors=128) as place:
        _, token = place.enrol()
        with stream(place, token) as known:
            read_until(known, b"event: hello")
            idle = [place.connect() for _ in range(300)]
            assert place.post(stage.booking(1)) == 200
            read_until(known, b"event: webhook")
            for connection in idle:
                connection.close()


def check_slow_readers(way):
    """Eight streams that nobody reads, and one that somebody does: it gets everything, and the relay holds little of it."""
    with stage.Stage(way) as place:
        _, slow_token = place.enrol()
        _, token = place.enrol()
        stuck = [stream(place, slow_token, receive_buffer=4096) for _ in range(8)]
        with stream(place, token) as reader:
            read_until(reader, b"event: hello")
            before = place.memory()
            for number in range(200):
                assert place.post(stage.booking(number, name="x" * 30000)) == 200
            read_until(reader, b"event: webhook", 200)
            assert place.memory() < before + 32 * 1024, (before, place.memory())
        for connection in stuck:
            connection.close()


def check_long_polls():
    """300 long polls of one device: it keeps few of them, the last one is answered, and so are the others' webhooks."""
    with stage.Stage() as place:
        _, token = place.enrol()
        polls = [stream(place, token, "application/json") for _ in range(300)]
        ended = sum(stage.read_all(poll) == b"" for poll in polls[:290])
        assert ended == 290, ended
        assert place.post(stage.booking(1)) == 200
        assert read_until(polls[-1], b'"cursor":').startswith(b"HTTP/1.1 200 ")
        for poll in polls:
            poll.close()


def check_stop_under_load():
    """SIGTERM, thrice, while eight post: whoever was told 200 is in the journal, and the relay ends well."""
    with stage.Stage(more="limit_per_address=0\n") as place:
        place.enrol()
        told, enough = collections.Counter(), threading.Event()

        def post_on(first):
            number = first
            while True:
                try:
                    answer = place.raw(stage.request("POST", stage.WEBHOOK, body := stage.booking(number), stage.signature(body)
                                                     + "Connection: close\r\n"))
                except OSError:
                    return
                told[answer[9:12]] += 1
                number += 1
                if number > first + 50:
                    enough.set()

        posters = [threading.Thread(target=post_on, args=[10000 * index]) for index in range(8)]
        for poster in posters:
            poster.start()
        assert enough.wait(stage.BOUND)
        for _ in range(3):
            os.kill(place.relay.pid, signal.SIGTERM)
        assert place.relay.wait(stage.BOUND) == 0, place.log()
        for poster in posters:
            poster.join()
        place.relay.stdout.close()
        assert set(told) <= {b"200", b"503", b""}, told
        assert place.rows("SELECT count(*) FROM events")[0][0] >= told[b"200"] > 50, told
        place.start()
        assert place.post(stage.booking(99999)) == 200


sys.exit(stage.run(
    ("slow clients, loopback", check_slow, "tcp"), ("slow clients, few descriptors", check_slow, "tcp", 128),
    ("slow clients, nginx", check_slow, "nginx"), ("descriptors", check_descriptors), ("known stay", check_known_stay),
    ("slow readers, loopback", check_slow_readers, "tcp"), ("slow readers, nginx", check_slow_readers, "nginx"),
    ("long polls", check_long_polls), ("stop under load", check_stop_under_load)))
