# SPDX-FileCopyrightText: Touchpoint contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The real touchpointctl on a bad network and with a bad Calendly: how it ends, and that nothing is half-done.

After each fault every meeting that is there is right, and the next sync without a fault leaves the same record as if
there had been none. Speaks TAP; runs in a desktop session, for its keyring.
"""
import concurrent.futures
import contextlib
import json
import os
import re
import shutil
import subprocess
import sys
import traceback
import urllib.parse

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path[:0] = [os.path.join(HERE, "..", "support")]

import programs  # noqa: E402
from browser import Browser  # noqa: E402
from fault_proxy import FaultProxy  # noqa: E402

NOW = "2026-03-04T09:20:00Z"
SCHEMA = "io.github.touchpoint_desk.Secret"
DONE, FAILED, NOT_CONNECTED, OFFLINE, NOT_PERMITTED = 0, 1, 3, 4, 5
SCOPE = {"title": "Insufficient scope", "message": "?", "required_scopes": ["scheduled_events:read"]}
PLAN = {"title": "Permission Denied", "message": "Please upgrade to a paid Calendly account."}


def rule(path, **what):
    return {"rules": [{"path": path, **what}]}


# What Calendly does, what becomes of a sync, and what its report or its message has to say.
ANSWERS = [
    (rule("*", status=200, html=True), OFFLINE, "sign-in page"),
    (rule("*", status=200, body=""), FAILED, "makes no sense"),
    (rule("*", status=200, body="\ufeff{}"), FAILED, "makes no sense"),
    (rule("*", status=200, body={"collection": 7}), FAILED, "collection"),
    (rule("*", status=301, headers={"Location": "http://127.0.0.1:9/"}), OFFLINE, "another place"),
    (rule("*", status=308, headers={"Location": "/scheduled_events"}), OFFLINE, "another place"),
    (rule("*", status=403, body=PLAN), NOT_PERMITTED, "plan"),
    (rule("/scheduled_events", status=403, body=SCOPE), NOT_PERMITTED, "scheduled_events:read"),
    (rule("*", status=500), OFFLINE, "500"),
    (rule("*", status=502, html=True), OFFLINE, "502"),
    (rule("/scheduled_events", skip=1, status=503), OFFLINE, "503"),
    (rule("*", status=503, times=2), DONE, ""),
    (rule("*", status=429, times=1, headers={"Retry-After": "1"}), DONE, ""),
    (rule("*", status=429, times=1, headers={"Retry-After": "-1"}), DONE, ""),
    (rule("*", status=429, times=1), DONE, ""),
    (rule("/scheduled_events*", truncate=100, times=2), DONE, ""),
    (rule("/scheduled_events*", truncate=5000), OFFLINE, "broke off: no complete answer came"),
    (rule("/scheduled_events/*/invitees", skip=3, drop=True), OFFLINE, "broke off: no complete answer came"),
    (rule("/scheduled_events/*/invitees", skip=3, times=1, status=404), DONE, "scheduled_events"),
    (rule("/scheduled_events/*/invitees", skip=3, times=1, status=410), DONE, "scheduled_events"),
    (rule("/event_types", status=403, body=PLAN), DONE, "event_types"),
]
# What the proxy does, and what becomes of a sync.
NETWORKS = [
    ({"refuse": True}, OFFLINE), ({"cut": 0}, OFFLINE), ({"cut": 900}, OFFLINE), ({"cut": 30000}, OFFLINE),
    ({"reset": 0}, OFFLINE), ({"reset": 900}, OFFLINE), ({"reset": 30000}, OFFLINE), ({"half_close": 900}, OFFLINE),
    ({"corrupt": 0}, OFFLINE), ({"cut": 900, "times": 1}, DONE), ({"reset": 30000, "times": 2}, DONE),
    ({"latency": 0.02}, DONE), ({"rate": 40000, "times": 1}, DONE),
]


class Faults:
    def __init__(self, name):
        self.directory = os.path.join(os.environ["TPT_SESSION_DIR"], name)
        os.makedirs(self.directory)
        self.sandbox = programs.Sandbox(self.directory, "--seed", "3", "--customers", "8", "--meetings", "150", "--now", NOW,
                                        "--rate-limit", "0")
        self.proxy = FaultProxy(int(self.sandbox.api.rsplit(":", 1)[1]))
        self.environment = {**self.sandbox.environment(), "TOUCHPOINT_NOW": NOW}
        self.count = 0
        self.start = self.home("start")
        with open(os.path.join(self.directory, "customers.csv"), "wb") as file:
            file.write(self.sandbox.get("customers.csv"))
        self.ok(self.start, "connect", "--token-stdin", stdin="sandbox-pat\n")
        self.ok(self.start, "customers", "import", file.name)
        undisturbed = self.copy()
        assert self.ok(undisturbed, "sync")["created"] > 20
        self.wanted = self.dump(undisturbed)
        self.rows = {meeting["uri"]: meeting for meeting in self.wanted["meetings"]}

    def close(self):
        self.proxy.close()
        self.sandbox.stop()

    def home(self, name):
        path = os.path.join(self.directory, "homes", name)
        os.makedirs(path, mode=0o700)
        return path

    def copy(self):
        self.count += 1
        path = os.path.join(self.directory, "homes", str(self.count))
        shutil.copytree(self.start, path)
        return path

    def ctl(self, home, *arguments, stdin=None, seconds=120, **environment):
        return programs.ctl(*arguments, "--json", stdin=stdin, seconds=seconds,
                            environment={**self.environment, "XDG_DATA_HOME": home, **environment})

    def ok(self, home, *arguments, **options):
        code, answer, messages = self.ctl(home, *arguments, **options)
        assert code == DONE, (arguments, code, messages)
        return answer

    def dump(self, home):
        return {"meetings": self.ok(home, "meetings", "list"), "types": self.ok(home, "event-types"),
                "customers": self.ok(home, "customers", "list"), "links": self.ok(home, "link", "list")}

    @contextlib.contextmanager
    def faults(self, settings):
        address = f"{self.sandbox.control}/faults"
        assert programs.fetch(address, settings, "PUT")[0] == 200
        try:
            yield
        finally:
            assert programs.fetch(address, {}, "PUT")[0] == 200

    def recovers(self, home, what, *how):
        """Nothing is half-done now, and all is well after the next sync."""
        for meeting in self.ok(home, "meetings", "list"):
            wanted = self.rows[meeting["uri"]]
            # What the type of a meeting tells comes with the types.
            assert meeting == {**wanted, "category": meeting["category"]}, (what, meeting, wanted)
        self.ok(home, "sync", *how)
        dump = self.dump(home)
        assert dump == self.wanted, (what, [m for m in dump["meetings"] if m != self.rows.get(m["uri"])],
                                     self.rows.keys() - {m["uri"] for m in dump["meetings"]})

    def ends(self, home, status, what, **environment):
        code, answer, messages = self.ctl(home, "sync", **environment)
        assert code == status, (what, code, answer, messages)
        assert code == DONE or len(messages.strip().splitlines()) == 1, (what, messages)
        return f"{answer} {messages}"

    def answers(self):
        """Each bad answer of Calendly ends as it should, and leaves nothing half-done"""
        for settings, status, words in ANSWERS:
            home = self.copy()
            with self.faults(settings):
                said = self.ends(home, status, settings)
            assert words in said, (settings, said)
            # What was set aside outside the near window is looked at again within a day, or now when asked to.
            self.recovers(home, settings, *(["--full"] if words == "scheduled_events" else []))

    def networks(self):
        """Each broken connection ends as it should, and leaves nothing half-done"""
        for fault, status in NETWORKS:
            home = self.copy()
            self.proxy.set(**fault)
            self.ends(home, status, fault, TOUCHPOINT_CALENDLY_API_URL=self.proxy.url)
            self.recovers(home, fault)
        self.proxy.set()

    def link_once(self):
        """A link whose answer is lost is asked for once and not recorded, and what is not permitted says so"""
        home = self.copy()
        self.ok(home, "sync")
        link = ("link", "create", "--customer", self.wanted["customers"][0]["name"])
        for fault in ({"refuse": True}, {"cut": 0}, {"reset": 100}):
            self.proxy.set(**fault)
            before = len(self.sandbox.state()["links"])
            code, _, messages = self.ctl(home, *link, TOUCHPOINT_CALENDLY_API_URL=self.proxy.url)
            assert code == OFFLINE and messages.strip(), (fault, code, messages)
            assert len(self.sandbox.state()["links"]) - before <= 1, fault
            assert self.ok(home, "link", "list") == [], fault
        self.proxy.set()
        for body in (PLAN, {**SCOPE, "required_scopes": ["scheduling_links:write"]}):
            with self.faults(rule("/scheduling_links", status=403, body=body)):
                assert self.ctl(home, *link)[0] == NOT_PERMITTED, body
        assert self.ok(home, *link)["state"] == "open"

    def silence(self):
        """A link that never gets an answer is given up in time"""
        home = self.copy()
        self.ok(home, "sync")
        self.proxy.set(black_hole=True)
        code, _, messages = self.ctl(home, "link", "create", "--customer", self.wanted["customers"][0]["name"],
                                     TOUCHPOINT_CALENDLY_API_URL=self.proxy.url)
        assert code == OFFLINE and messages.strip() and self.proxy.connections == 1, (code, messages)
        assert self.ok(home, "link", "list") == []

    def rejected(self):
        """A token that is not accepted any more ends in one sentence, with everything still readable"""
        home = self.copy()
        self.ok(home, "sync")
        with self.faults(rule("*", status=401)):
            assert "ign in" in self.ends(home, NOT_CONNECTED, "401")
        assert self.dump(home) == self.wanted
        self.ok(home, "connect", "--token-stdin", stdin="sandbox-pat\n")
        self.recovers(home, "401")

    def sign_in(self, home):
        process = subprocess.Popen([programs.program("touchpointctl"), "connect", "--print-url", "--json"],
                                   stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
                                   env={**os.environ, **self.sandbox.environment(), "XDG_DATA_HOME": home})
        browser = Browser()
        browser.open(process.stderr.readline().strip())
        browser.press("Allow")
        process.communicate(timeout=60)
        assert process.returncode == DONE

    @staticmethod
    def refresh_token():
        found = subprocess.run(["secret-tool", "search", "--all", "xdg:schema", SCHEMA], capture_output=True, text=True,
                               check=True).stdout
        return re.search(r'"refresh_token":"([^"]+)"', found).group(1)

    def token_requests(self):
        requests = json.loads(self.sandbox.get("requests"))["requests"]
        return [request for request in requests if request["path"] == "/oauth/token"]

    def clock(self):
        """A clock that jumps costs one new token at most, and loses nothing"""
        home = self.copy()
        self.sign_in(home)
        environment = {key: value for key, value in {**os.environ, **self.sandbox.environment()}.items()}
        environment["XDG_DATA_HOME"] = home
        for jump in ("+2h", "-10d", "+5y", "@1970-01-02 00:00:00", "@2038-01-19 03:14:07", "+0"):
            before = len(self.token_requests())
            for _ in range(3):
                result = subprocess.run(["faketime", "-f", jump, programs.program("touchpointctl"), "sync", "--json"],
                                        env=environment, capture_output=True, text=True, timeout=60, check=False)
                assert result.returncode == DONE, (jump, result.returncode, result.stderr)
            assert len(self.token_requests()) - before <= 1, (jump, self.token_requests()[before:])
        self.recovers(home, "clock")

    def revoked(self):
        """A refresh token that somebody else has used ends in one sentence, with everything still readable"""
        home = self.copy()
        self.sign_in(home)
        self.ok(home, "sync")
        form = urllib.parse.urlencode({"grant_type": "refresh_token", "client_id": "sandbox-client",
                                       "refresh_token": self.refresh_token()}).encode()
        status, _ = programs.fetch(self.sandbox.addresses["auth"] + "/oauth/token", form, "POST",
                                   {"Content-Type": "application/x-www-form-urlencoded"})
        assert status == 200, status
        before = len(self.token_requests())
        with self.faults(rule("/scheduled_events*", status=401)):
            self.ends(home, NOT_CONNECTED, "revoked")
        for _ in range(3):
            self.ends(home, NOT_CONNECTED, "revoked")
        assert len(self.token_requests()) - before == 1, self.token_requests()
        assert self.dump(home) == self.wanted


def run(faults, cases):
    """Runs these one after the other; returns whether each passed, and its name."""
    lines = []
    try:
        for case in cases:
            try:
                case(faults)
                lines.append((True, case.__doc__))
            except Exception:  # noqa: BLE001
                traceback.print_exc()
                lines.append((False, case.__doc__))
    finally:
        faults.close()
    return lines


def main():
    # These wait rather than work, each in a world of its own. What comes after changes the keyring, which all share.
    together = [[Faults.answers], [Faults.networks], [Faults.silence, Faults.link_once]]
    worlds = [Faults(cases[0].__name__) for cases in together]
    with concurrent.futures.ThreadPoolExecutor() as pool:
        lines = sum(pool.map(run, worlds, together), [])
    lines += run(Faults("alone"), [Faults.rejected, Faults.clock, Faults.revoked])
    print(f"1..{len(lines)}")
    for number, (passed, name) in enumerate(lines, 1):
        print("ok" if passed else "not ok", number, "-", name)
    return 0 if all(passed for passed, _ in lines) else 1


if __name__ == "__main__":
    sys.exit(main())
