# SPDX-FileCopyrightText: Touchpoint contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Bad input, from outside: wrong token, wrong CSV, denied consent, nothing permitted, API down, disk read-only. Each has its exit
status, a sentence without technical words, and leaves nothing half-done. Runs touchpointctl against the sandbox, in TAP.
"""
import json
import os
import subprocess
import sys
import tempfile
import traceback

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "..", "support"))

import programs  # noqa: E402

HOSTILE = '<b>x</b> & "Ω" שלום'
HEADER = "name,domains,tier,owner,cadence_days,external_id,stakeholder_name,stakeholder_email,stakeholder_role\n"
RAW_WORDS = ("GError", "g-io", "soup", "sqlite", "quark", "(null)", "domain:", "Errno", "0x")


class Trouble:
    def __init__(self):
        self.directory = os.environ["TPT_SESSION_DIR"]
        self.sandbox = programs.Sandbox(self.directory, "--seed", "3", "--customers", "8", "--meetings", "60")
        os.environ.update(self.sandbox.environment())

    def refused(self, status, *arguments, stdin=None, environment=None):
        code, answer, messages = programs.ctl(*arguments, stdin=stdin, environment=environment)
        assert code == status, (arguments, code, answer, messages)
        assert len(messages.strip()) > 15, (arguments, "no sentence", messages)
        # Where the test happens to work is called by chance, and may hold any of the words.
        own = messages.replace(self.directory, "").lower()
        assert not any(word.lower() in own for word in RAW_WORDS), (arguments, messages)
        return messages

    def done(self, *arguments, stdin=None):
        code, answer, messages = programs.ctl(*arguments, "--json", stdin=stdin)
        assert code == 0, (arguments, code, answer, messages)
        return answer

    def file(self, content):
        with tempfile.NamedTemporaryFile("wb", dir=self.directory, suffix=".csv", delete=False) as file:
            file.write(content)
        return file.name

    def usage(self):
        """Words that are no command end with 2 and say so"""
        self.refused(2, "conect")
        self.refused(2, "customers", "import")
        self.refused(2, "export", "meetings")

    def not_connected(self):
        """Without an account: status works, what needs one says so"""
        status = self.done("status")
        assert status["connected"] is False and status["account"] is None, status
        self.refused(3, "sync")
        self.refused(3, "event-types", "--refresh")
        assert self.done("customers", "list") == []

    def wrong_token(self):
        """A wrong, a revoked and an empty token store nothing"""
        for token in ("nonsense", "sandbox-pat-revoked", ""):
            self.refused(2 if token == "" else 1, "connect", "--token-stdin", stdin=token + "\n")
        assert self.done("status")["connected"] is False

    def denied_consent(self):
        """Denied consent is told calmly and stores nothing"""
        subprocess.run([os.path.join(HERE, "..", "support", "install-browser")], check=True)
        messages = self.refused(1, "connect", environment={"TPT_BROWSER": "deny"})
        assert "not allowed in the browser" in messages, messages
        assert self.done("status")["connected"] is False

    def api_down(self):
        """With Calendly down: exit 4, and what is here stays readable"""
        nowhere = {"TOUCHPOINT_CALENDLY_API_URL": f"http://127.0.0.1:{programs.free_port()}"}
        self.refused(4, "connect", "--token-stdin", stdin="sandbox-pat\n", environment=nowhere)
        self.done("connect", "--token-stdin", stdin="sandbox-pat\n")
        self.done("sync")
        before = self.done("meetings", "list")
        self.refused(4, "sync", environment=nowhere)
        assert before and self.done("meetings", "list") == before

    def not_permitted(self):
        """A token that may only read: links are refused with 5"""
        self.done("connect", "--token-stdin", stdin="sandbox-pat-readonly\n")
        customer = self.done("customers", "add", "Readonly Ltd", "--domain", "readonly.example")
        self.refused(5, "link", "create", "--customer", str(customer["id"]))
        assert self.done("link", "list") == []
        self.done("connect", "--token-stdin", stdin="sandbox-pat\n")

    def wrong_csv(self):
        """A file of another encoding or without the header changes nothing; a bad row is named and the others taken"""
        known = len(self.done("customers", "list"))
        self.refused(1, "customers", "import", self.file((HEADER + "Größe,,,,,,,,\n").encode("latin-1")))
        self.refused(1, "customers", "import", self.file(b"company;website\nAcme;acme.example\n"))
        self.refused(1, "customers", "import", os.path.join(self.directory, "nowhere.csv"))
        assert len(self.done("customers", "list")) == known
        rows = HEADER + "Good,good.example,,,30,g1,Ann,ann@good.example,CEO\n,nameless.example,,,,,,,\n" \
            "Bad,bad.example,,,x,b1,,,\nMail,gmail.com;mail-co.example,,,,m1,,,\n"
        report = self.done("customers", "import", self.file(rows.encode()))
        assert report["created"] == 2 and {e["row"] for e in report["errors"]} >= {3, 4, 5}, report
        mail = self.done("customers", "show", "Mail")
        assert mail["domains"] == ["mail-co.example"], mail

    def literal_names(self):
        """Markup, quotes and other scripts in a name stay what they are"""
        quoted = '"' + HOSTILE.replace('"', '""') + '"'
        self.done("customers", "import", self.file((HEADER + f"{quoted},hostile.example,,,,h1,{quoted},h@hostile.example,\n").encode()))
        shown = self.done("customers", "show", HOSTILE)
        assert shown["name"] == HOSTILE and shown["stakeholders"][0]["name"] == HOSTILE, shown

    def read_only(self):
        """On a disk that cannot be written: a sentence, and nothing is lost"""
        home = os.path.join(os.environ["HOME"], ".local", "share", "touchpoint")
        command = [programs.program("touchpointctl"), "customers", "add", "Never"]
        if os.geteuid() == 0:
            script = 'mount --bind "$0" "$0" && mount -o remount,ro,bind "$0" && exec "$@"'
            command = ["unshare", "-m", "--propagation", "unchanged", "sh", "-c", script, home, *command]
        else:
            os.chmod(home, 0o500)
        result = subprocess.run(command, capture_output=True, text=True, check=False)
        os.chmod(home, 0o700)
        assert result.returncode == 1 and len(result.stderr.strip()) > 15, result
        assert "Never" not in [c["name"] for c in self.done("customers", "list")]

    def modes(self):
        """Every file of the local record is 0600, every folder 0700"""
        home = os.path.join(os.environ["HOME"], ".local", "share", "touchpoint")
        seen = 0
        for place, _, files in os.walk(home):
            assert os.stat(place).st_mode & 0o777 == 0o700, place
            for name in files:
                assert os.stat(os.path.join(place, name)).st_mode & 0o777 == 0o600, name
                seen += 1
        assert seen > 0, home

    def disconnect(self):
        """Disconnecting deletes the tokens, and the data only when asked to"""
        answer = self.done("disconnect", "--keep-data")
        assert answer["erased"] is False and self.done("status")["connected"] is False
        assert self.done("meetings", "list")
        answer = self.done("disconnect", "--erase-data")
        assert answer["erased"] is True and self.done("meetings", "list") == []

    STEPS = [usage, not_connected, wrong_token, denied_consent, api_down, not_permitted, wrong_csv, literal_names, read_only,
             modes, disconnect]


def main():
    trouble, failed = Trouble(), 0
    for number, step in enumerate(Trouble.STEPS, 1):
        good = True
        try:
            step(trouble)
        except Exception:  # each case stands for itself; what went wrong is told with its place
            traceback.print_exc()
            good, failed = False, failed + 1
        print(f"{'ok' if good else 'not ok'} {number} - {step.__doc__}", flush=True)
    print(f"1..{len(Trouble.STEPS)}")
    trouble.sandbox.stop()
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
