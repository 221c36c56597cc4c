# SPDX-FileCopyrightText: Touchpoint contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A list of customers on the command line, from wherever a shell can take one: the same with and without the app. In TAP."""
import json
import os
import signal
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "..", "support"))

import desktop  # noqa: E402
import programs  # noqa: E402
import tap  # noqa: E402

PATIENCE = 60
LIST = "name,stakeholder_email\n{0},ann@{0}.example\n"
EMPTY = ("empty", "blank", "nothing")
TAKEN = ("relative", "standard input", "descriptor", "pipe", "behind dashes")


class Story:
    def __init__(self):
        self.directory = os.environ["TPT_SESSION_DIR"]
        self.sandbox = programs.Sandbox(self.directory, "--customers", "5", "--meetings", "20")
        os.environ.update(self.sandbox.environment())
        self.folder = os.path.join(self.directory, "lists")
        os.mkdir(self.folder)
        os.mkfifo(os.path.join(self.folder, "pipe"))
        for name, content in (("relative.csv", LIST.format("relative").encode()), ("-dashes.csv", LIST.format("dashes").encode()),
                              ("latin.csv", "name\nGröße\n".encode("latin-1")), ("empty.csv", b""), ("empty.vcf", b" \r\n"),
                              ("film.csv", b"name\n" + b"x" * (33 << 20))):
            with open(os.path.join(self.folder, name), "wb") as file:
                file.write(content)
        self.alone = None

    def run(self, *arguments, text=None, **more):
        return self.end(self.start(*arguments, **more), text)

    def start(self, *arguments, **more):
        return subprocess.Popen([programs.program("touchpointctl"), "customers", "import", "--json", *arguments], text=True,
                                stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=self.folder, **more)

    @staticmethod
    def end(process, text=None):
        out, messages = process.communicate(text, timeout=PATIENCE)
        report = json.loads(out) if out else None
        return process.returncode, report and report["created"] + report["unchanged"], report and report["errors"], messages

    def piped(self):
        process = self.start("pipe")
        with open(os.path.join(self.folder, "pipe"), "w", encoding="utf-8") as file:
            file.write(LIST.format("piped"))
        return self.end(process)

    def handed(self):
        """As a shell does it for <(…)."""
        out, into = os.pipe()
        with os.fdopen(into, "w") as file:
            file.write(LIST.format("handed"))
        try:
            return self.run(f"/dev/fd/{out}", pass_fds=[out])
        finally:
            os.close(out)

    def outcomes(self):
        return {"relative": self.run("relative.csv"), "standard input": self.run("/dev/stdin", text=LIST.format("typed")),
                "descriptor": self.handed(), "pipe": self.piped(), "behind dashes": self.run("--", "-dashes.csv"),
                "missing": self.run("nowhere.csv"), "folder": self.run("."), "encoding": self.run("latin.csv"),
                "empty": self.run("empty.csv"), "blank": self.run("empty.vcf"), "nothing": self.run("/dev/null"),
                "film": self.run("film.csv"), "endless": self.run("/dev/zero"), "two": self.run("relative.csv", "relative.csv"),
                "option": self.run("--nonsense", "relative.csv"), "contacts": self.run("--contacts", "relative.csv")}

    def without(self):
        """Without the app, every list is taken, and what cannot be one is refused"""
        self.alone = self.outcomes()
        for name, outcome in self.alone.items():
            assert (outcome == (0, 1, [], "")) == (name in TAKEN), (name, outcome)
            assert ("is empty" in outcome[3]) == (name in EMPTY), (name, outcome)
            assert name in TAKEN or (outcome[0] in (1, 2) and outcome[3].strip()), (name, outcome)

    def within(self):
        """While the app runs, it is the same: status, report and words"""
        self.app = programs.Program(programs.program("touchpoint"), [], self.directory)
        self.window = desktop.Application("touchpoint", self.app.process)
        self.window.sees("relative")
        for name, outcome in self.outcomes().items():
            assert outcome == self.alone[name], (name, outcome, self.alone[name])

    def interrupted(self):
        """Nobody has to wait for a pipe into which nobody writes"""
        process = self.start("pipe")
        desktop.wait(lambda: caught(process, signal.SIGINT), "the command is up")
        process.send_signal(signal.SIGINT)
        assert self.end(process) == (1, None, None, "Canceled.\n")


def caught(process, number):
    with open(f"/proc/{process.pid}/status", encoding="ascii") as file:
        mask = next(line for line in file if line.startswith("SigCgt:"))
    return bool(int(mask.split()[1], 16) >> (number - 1) & 1)


if __name__ == "__main__":
    sys.exit(tap.tell(Story, [Story.without, Story.within, Story.interrupted]))
