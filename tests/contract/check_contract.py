# SPDX-FileCopyrightText: Touchpoint contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Lets the real client and the real touchpointctl talk to the sandbox, and holds all that was said against schemas.

    check_contract.py TOUR

Runs in a desktop session. Each endpoint of the client has to turn up; with TPT_RECORDING set, what was said is written
to that file. Speaks TAP.
"""
import base64
import datetime
import json
import os
import subprocess
import sys
import traceback
import urllib.parse

import jsonschema

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path[:0] = [HERE, os.path.join(HERE, "..", "support"), os.path.join(HERE, "..", "sandbox")]

import programs  # noqa: E402
from browser import Browser  # noqa: E402
from check_routes import Schemas  # noqa: E402
from recorder import Recorder  # noqa: E402

REFUSALS = {400, 401, 403, 404, 409, 424, 429, 500}


class Contract:
    def __init__(self):
        with open(os.path.join(HERE, "requests.json"), encoding="utf-8") as file:
            self.document = json.load(file)
        self.answers = Schemas()
        self.seen = {name: 0 for name in self.document["endpoints"]}

    def find(self, method, path):
        parts = path.split("/")
        for name in self.document["endpoints"]:
            verb, pattern = name.split(" ")
            wanted = pattern.split("/")
            if verb == method and len(wanted) == len(parts) and all(w in ("*", p) for w, p in zip(wanted, parts)):
                return name
        raise AssertionError(f"{method} {path} is not an endpoint of the client")

    def holds(self, schema, value, where):
        validator = jsonschema.Draft202012Validator({**schema, "$defs": self.document["$defs"]})
        for error in validator.iter_errors(value):
            raise AssertionError(f"{where}: {error.message[:300]}")

    @staticmethod
    def time(text):
        return datetime.datetime.fromisoformat(text.replace("Z", "+00:00"))

    def check(self, exchange):
        name = self.find(exchange.method, exchange.path)
        self.seen[name] += 1
        endpoint = self.document["endpoints"][name]
        self.check_request(endpoint, exchange)
        if exchange.status in REFUSALS:
            self.answers.check("error", json.loads(exchange.answer), str(exchange))
        else:
            self.check_answer(endpoint, exchange)

    def check_request(self, endpoint, exchange):
        headers, pairs = exchange.headers, urllib.parse.parse_qsl(exchange.query, True, True)
        assert len(pairs) == len(dict(pairs)), f"{exchange}: a parameter stands there twice"
        assert " " not in exchange.query and "+" not in exchange.query, f"{exchange}: not percent-encoded"
        self.holds(endpoint["query"], dict(pairs), str(exchange))
        if "longest_days" in endpoint:
            start, end = (self.time(dict(pairs)[name]) for name in ("start_time", "end_time"))
            assert start < end <= start + datetime.timedelta(days=endpoint["longest_days"]), str(exchange)
        assert headers["User-Agent"].startswith("Touchpoint/"), f"{exchange}: {headers['User-Agent']}"
        assert headers["Authorization"].startswith("Bearer "), str(exchange)
        assert headers["Accept"] == "application/json", str(exchange)
        if "body" not in endpoint:
            assert exchange.body == b"", f"{exchange}: {exchange.body}"
            return
        assert headers["Content-Type"] == "application/json", f"{exchange}: {headers['Content-Type']}"
        self.holds(endpoint["body"], json.loads(exchange.body), str(exchange))

    def check_answer(self, endpoint, exchange):
        assert exchange.status == endpoint["status"], f"{exchange}: {exchange.status}"
        for name in ("Limit", "Remaining", "Reset"):
            assert exchange.answer_headers["X-RateLimit-" + name].isdigit(), f"{exchange}: X-RateLimit-{name}"
        if exchange.status == 204:
            assert exchange.answer == b"", str(exchange)
            return
        document, many = json.loads(exchange.answer), endpoint.get("many")
        assert set(document) == {None: {"resource"}, "list": {"collection"}, "pages": {"collection", "pagination"}}[many], \
            f"{exchange}: {set(document)}"
        for item in document["collection"] if many else [document["resource"]]:
            self.answers.check(endpoint["answer"], item, str(exchange))
        if many == "pages":
            self.answers.check("pagination", document["pagination"], str(exchange))


def check_grant(exchange):
    """RFC 6749 and RFC 7636 as a client without a secret keeps them."""
    form = dict(urllib.parse.parse_qsl(exchange.body.decode(), True, True))
    wanted = {"authorization_code": {"grant_type", "client_id", "code", "redirect_uri", "code_verifier"},
              "refresh_token": {"grant_type", "client_id", "refresh_token"}}
    assert exchange.headers["Content-Type"] == "application/x-www-form-urlencoded", str(exchange)
    assert exchange.headers["Authorization"] is None and exchange.query == "", str(exchange)
    if exchange.path == "/oauth/revoke":
        assert set(form) == {"client_id", "token"}, (str(exchange), set(form))
        return
    assert set(form) == wanted[form["grant_type"]], (str(exchange), set(form))
    assert form["grant_type"] == "refresh_token" or 43 <= len(form["code_verifier"]) <= 128, str(exchange)


class Story:
    """Everything that touchpointctl asks Calendly for."""

    def __init__(self, directory, sandbox, recorder):
        self.directory, self.sandbox = directory, sandbox
        self.environment = {**sandbox.environment(), "TOUCHPOINT_CALENDLY_API_URL": recorder.url,
                            "TOUCHPOINT_CALENDLY_AUTH_URL": recorder.url}

    def ok(self, *arguments, stdin=None):
        code, answer, messages = programs.ctl(*arguments, "--json", stdin=stdin, environment=self.environment, seconds=120)
        assert code == 0, (arguments, code, messages)
        return answer

    def sign_in(self):
        process = subprocess.Popen([programs.program("touchpointctl"), "connect", "--print-url", "--json"],
                                   stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
                                   env={**os.environ, **self.environment})
        browser = Browser()
        browser.open(process.stderr.readline().strip())
        browser.press("Allow")
        process.communicate(timeout=60)
        assert process.returncode == 0

    def run(self):
        path = os.path.join(self.directory, "customers.csv")
        with open(path, "wb") as file:
            file.write(self.sandbox.get("customers.csv"))
        self.sign_in()
        self.ok("customers", "import", path)
        self.ok("sync")
        self.ok("sync", "--full")
        self.ok("sync", "--from", "2026-01-01", "--to", "2026-02-01")
        self.ok("event-types", "--refresh")
        self.ok("link", "create", "--customer", self.ok("customers", "list")[0]["name"])
        relay = programs.Relay(self.directory, self.sandbox)
        try:
            self.ok("relay", "set", relay.url, "--code", relay.code())
            self.ok("relay", "test")
            self.ok("relay", "forget")
        finally:
            relay.stop()
        self.ok("disconnect", "--keep-data")


def write(exchanges, path):
    with open(path, "w", encoding="utf-8") as file:
        json.dump([{"method": e.method, "path": e.path, "query": e.query, "status": e.status,
                    "headers": dict(e.headers), "body": e.body.decode(),
                    "answer": base64.b64encode(e.answer).decode()} for e in exchanges], file)


def main():
    directory, contract = os.environ["TPT_SESSION_DIR"], Contract()
    sandbox = programs.Sandbox(directory, "--customers", "10", "--meetings", "260", "--rate-limit", "1000")
    recorder = Recorder(sandbox.api)
    endpoints = subprocess.run([sys.argv[1]], capture_output=True, text=True, check=True).stdout.splitlines()

    def tour():
        """The client asks for everything that it knows"""
        subprocess.run([sys.argv[1], recorder.url], check=True, timeout=120)

    def story():
        """touchpointctl asks for what its commands need"""
        Story(directory, sandbox, recorder).run()

    def said():
        """What was asked and what was answered fits"""
        for exchange in recorder.exchanges:
            if not exchange.path.startswith("/oauth/"):
                contract.check(exchange)
            elif exchange.method == "POST" and exchange.path != "/oauth/authorize":
                check_grant(exchange)
        print(f"# {len(recorder.exchanges)} requests with their answers")

    def complete():
        """Every endpoint of the client has a schema and was asked for"""
        assert sorted(endpoints) == sorted(contract.seen), set(endpoints) ^ set(contract.seen)
        assert all(contract.seen.values()), contract.seen

    cases, failures = [tour, story, said, complete], 0
    print(f"1..{len(cases)}", flush=True)
    try:
        for number, case in enumerate(cases, 1):
            try:
                case()
                print(f"ok {number} - {case.__doc__}", flush=True)
            except Exception:  # noqa: BLE001
                traceback.print_exc()
                failures += 1
                print(f"not ok {number} - {case.__doc__}", flush=True)
    finally:
        recorder.close()
        sandbox.stop()
    if "TPT_RECORDING" in os.environ:
        write(recorder.exchanges, os.environ["TPT_RECORDING"])
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
