# SPDX-FileCopyrightText: Touchpoint contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Bytes that two readers could understand in two ways, and requests without measure. Each is made against the relay on
loopback and on its Unix socket, and through nginx and HAProxy with the examples that ship.
"""
import sys
import threading

import attack_stage as stage

POST = b"POST /v1/calendly/webhook HTTP/1.1\r\n"
HOST = b"Host: relay\r\n"
# What is hidden in another request: 404 for whoever gets its answer.
INNER = b"GET /v1/smuggled HTTP/1.1\r\nHost: relay\r\n\r\n"
# What a proxy may answer when it is done with an attack.
LAST = b"GET /healthz HTTP/1.1\r\nHost: relay\r\nConnection: close\r\n\r\n"
BEHIND_CHUNK = b"0\r\n\r\n" + INNER


def post(fields, body=b""):
    return POST + HOST + fields + b"\r\n" + body


# (what, bytes, status of the relay itself)
WIRE = [
    ("length and chunks", post(b"Content-Length: 6\r\nTransfer-Encoding: chunked\r\n", BEHIND_CHUNK), 411),
    ("chunks and length", post(b"Transfer-Encoding: chunked\r\nContent-Length: 6\r\n", BEHIND_CHUNK), 411),
    ("length of all and chunks", post(b"Content-Length: %d\r\nTransfer-Encoding: chunked\r\n" % len(BEHIND_CHUNK),
                                      BEHIND_CHUNK), 411),
    ("two codings", post(b"Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n", BEHIND_CHUNK), 411),
    ("a list of codings", post(b"Transfer-Encoding: chunked, identity\r\n", BEHIND_CHUNK), 411),
    ("gzip, chunked", post(b"Transfer-Encoding: gzip, chunked\r\n", BEHIND_CHUNK), 411),
    ("an unknown coding", post(b"Transfer-Encoding: xchunked\r\nContent-Length: 4\r\n", BEHIND_CHUNK), 411),
    ("a coding in capitals", post(b"TRANSFER-ENCODING: CHUNKED\r\nContent-Length: 5\r\n", BEHIND_CHUNK), 411),
    ("blank before the colon", post(b"Transfer-Encoding : chunked\r\nContent-Length: 5\r\n", BEHIND_CHUNK), 400),
    ("tab before the colon", post(b"Transfer-Encoding\t: chunked\r\nContent-Length: 5\r\n", BEHIND_CHUNK), 400),
    ("vertical tab in the coding", post(b"Transfer-Encoding: \x0bchunked\r\nContent-Length: 5\r\n", BEHIND_CHUNK), 400),
    ("a coding in quotes", post(b'Transfer-Encoding: "chunked"\r\nContent-Length: 5\r\n', BEHIND_CHUNK), 411),
    ("a folded coding", post(b"Transfer-Encoding:\r\n chunked\r\nContent-Length: 5\r\n", BEHIND_CHUNK), 400),
    ("a folded field", post(b"X: a\r\n\tTransfer-Encoding: chunked\r\nContent-Length: 5\r\n", BEHIND_CHUNK), 400),
    ("a field before all", POST + b" Transfer-Encoding: chunked\r\n" + HOST + b"Content-Length: 5\r\n\r\n" + BEHIND_CHUNK, 400),
    ("two lengths", post(b"Content-Length: 0\r\nContent-Length: 40\r\n", INNER), 400),
    ("two lengths, the longer first", post(b"Content-Length: 40\r\nContent-Length: 0\r\n", INNER), 400),
    ("the same length twice", post(b"Content-Length: 0\r\nContent-Length: 0\r\n", INNER), 400),
    ("a list of lengths", post(b"Content-Length: 0, 0\r\n", INNER), 400),
    ("a list of two lengths", post(b"Content-Length: 0,40\r\n", INNER), 400),
    ("negative", post(b"Content-Length: -1\r\n", INNER), 400),
    ("minus nothing", post(b"Content-Length: -0\r\n", INNER), 400),
    ("with a plus", post(b"Content-Length: +5\r\n", INNER), 400),
    ("hexadecimal", post(b"Content-Length: 0x5\r\n", INNER), 400),
    ("with an exponent", post(b"Content-Length: 5e0\r\n", INNER), 400),
    ("with an underscore", post(b"Content-Length: 1_0\r\n", INNER), 400),
    ("a blank within", post(b"Content-Length: 1 0\r\n", INNER), 400),
    ("no digits", post(b"Content-Length: \r\n", INNER), 400),
    ("digits of another script", post("Content-Length: \u0665\r\n".encode(), INNER), 400),
    ("a NUL behind", post(b"Content-Length: 0\x00\r\n", INNER), 400),
    ("beyond 64 bits", post(b"Content-Length: 18446744073709551616\r\n", INNER), 413),
    ("wraps to little", post(b"Content-Length: 18446744073709551621\r\n", INNER), 413),
    ("blank before the length's colon", post(b"Content-Length : 40\r\n", INNER), 400),
    ("LF alone", b"POST /v1/calendly/webhook HTTP/1.1\nHost: relay\nContent-Length: 0\n\nGET /smuggled HTTP/1.1\n\n", 400),
    ("one LF alone", post(b"Content-Length: 0\nX: y\r\n"), 400),
    ("CR alone", post(b"X: a\rContent-Length: 40\r\n", INNER), 400),
    ("two hosts", POST + b"Host: a\r\nHost: relay\r\nContent-Length: 0\r\n\r\n", 400),
    ("no host", POST + b"Content-Length: 0\r\n\r\n", 400),
    ("whole address", b"POST http://other.example/v1/calendly/webhook HTTP/1.1\r\nHost: relay\r\nContent-Length: 0\r\n\r\n", 400),
    ("an authority", b"CONNECT relay:443 HTTP/1.1\r\nHost: relay\r\n\r\n", 400),
    ("an asterisk", b"OPTIONS * HTTP/1.1\r\nHost: relay\r\n\r\n", 400),
    ("NUL in a value", post(b"X: a\x00b\r\nContent-Length: 0\r\n"), 400),
    ("NUL in the address", b"POST /v1/calendly/webhook\x00 HTTP/1.1\r\nHost: relay\r\n\r\n", 400),
    ("broken UTF-8 in the address", b"POST /v1/calendly/\xc3\x28 HTTP/1.1\r\nHost: relay\r\n\r\n", 400),
    ("broken UTF-8 in a name", post(b"X\xff: a\r\nContent-Length: 0\r\n"), 400),
    ("an empty name", post(b": a\r\nContent-Length: 0\r\n"), 400),
    ("a line of nothing but CR", post(b"\r\r\nContent-Length: 0\r\n"), 400),
    ("HTTP/1.2", b"POST /v1/calendly/webhook HTTP/1.2\r\nHost: relay\r\nContent-Length: 0\r\n\r\n", 400),
    ("HTTP/2's preface", b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 400),
    ("TLS", b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\n", 400),
    ("a line more than 64 KiB", post(b"X: " + b"y" * 70000 + b"\r\nContent-Length: 0\r\n"), 400),
    ("10,000 fields", post(b"".join(b"X%d: y\r\n" % i for i in range(10000))), 400),
    ("compressed", post(b"Content-Encoding: gzip\r\nContent-Length: 0\r\n"), 415),
    ("a request as a chunk", post(b"Transfer-Encoding: chunked\r\n", b"%x\r\n%s\r\n0\r\n\r\n" % (len(INNER), INNER)), 411),
]
# These are good, but nobody signed them; an underscore makes another name.
GOOD = [
    ("a request as a body", post(b"Content-Length: %d\r\n" % len(INNER), INNER), 401),
    ("names with an underscore", post(b"Content_Length: 40\r\nTransfer_Encoding: chunked\r\nContent-Length: 0\r\n"), 401),
    ("broken UTF-8 in a value", post(b"X: \xc3\x28\r\nContent-Length: 0\r\n"), 401),
    ("ranges", post(b"Range: bytes=" + b"0-," * 500 + b"0-1\r\nContent-Length: 0\r\n"), 401),
]


def count(answer):
    return answer.count(b"HTTP/1.1 ") + answer.count(b"HTTP/1.0 ")


def check_direct(way):
    """One answer of the status that is due, and the end of the connection where nobody can say what would come next."""
    with stage.Stage(way) as place:
        for what, data, status in WIRE:
            answer = place.raw(data)
            assert count(answer) == 1 and answer.startswith(b"HTTP/1.1 %d " % status), (what, answer[:300])
        for what, data, status in GOOD:
            answer = place.raw(data + LAST)
            assert count(answer) == 2 and answer.startswith(b"HTTP/1.1 %d " % status), (what, answer[:300])
            assert b'"status"' in answer, (what, answer)
        assert place.post(stage.booking(1)) == 200


def check_through(way):
    """Whatever the proxy makes of it, nothing is granted; and whoever asks next, over the connections that the proxy keeps
    to the relay, gets the answer to his own question and not to one that was left there."""
    with stage.Stage(way) as place:
        for number, (what, data, _) in enumerate(WIRE + GOOD):
            # What is left waiting for more gets it, and an end.
            answers = place.raw(data + b"\r\n" + LAST).split(b"HTTP/1.1 ")[1:]
            assert all(answer[:1] == b"4" or answer[:3] == b"501" for answer in answers[:-1]), (what, answers)
            assert not answers or answers[-1][:1] == b"4" or answers[-1][:3] == b"501" or b'"status"' in answers[-1], (what, answers)
            for again in range(3):
                assert place.post(stage.booking(3 * number + again)) == 200, what


def check_bombs(way):
    """300 MB that nobody asked for, with and without a length: refused, and never held."""
    with stage.Stage(way) as place:
        assert place.post(stage.booking(1)) == 200
        before = place.memory()
        for fields, head, tail in ((b"Content-Length: 314572800\r\n", b"", b""),
                                   (b"Transfer-Encoding: chunked\r\n", b"100000\r\n", b"\r\n")):
            block = head + b"x" * (1 << 20) + tail
            with place.connect() as connection:
                sent = 0
                try:
                    connection.sendall(post(fields))
                    while sent < 300:
                        connection.sendall(block)
                        sent += 1
                except OSError:
                    pass
                answer = stage.read_all(connection) if sent < 300 else connection.recv(4096)
            assert not answer or answer[9:12] in (b"400", b"411", b"413"), answer[:200]
            assert place.memory() < before + 32 * 1024, (place.memory(), before)
        assert place.post(stage.booking(2)) == 200


def check_pipeline():
    """Good and bad in one piece: answered in order up to the first bad one, and nothing behind it."""
    with stage.Stage() as place:
        data = b""
        for number in range(200):
            body = stage.booking(number)
            data += stage.request("POST", stage.WEBHOOK, body, stage.signature(body))
        data += post(b"Content-Length: 0\r\nContent-Length: 0\r\n") + INNER * 10
        answers = []
        with place.connect() as connection:
            writer = threading.Thread(target=connection.sendall, args=[data])
            writer.start()
            answers = stage.read_all(connection).split(b"HTTP/1.1 ")[1:]
            writer.join()
        assert [answer[:3] for answer in answers] == [b"200"] * 200 + [b"400"], len(answers)


sys.exit(stage.run(
    ("smuggling, loopback", check_direct, "tcp"), ("smuggling, socket", check_direct, "unix"),
    ("smuggling, nginx", check_through, "nginx"), ("smuggling, HAProxy", check_through, "haproxy"),
    ("body bombs, socket", check_bombs, "unix"), ("body bombs, nginx", check_bombs, "nginx"),
    ("body bombs, HAProxy", check_bombs, "haproxy"), ("pipeline", check_pipeline)))
