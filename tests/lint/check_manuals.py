# SPDX-FileCopyrightText: Touchpoint contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""check_manuals.py PAGES PROGRAM…: groff has nothing to say about the page of each program, and every option and command
that the program's --help tells of is in it. A program that knows commands is asked for the help of each."""
import os
import re
import subprocess
import sys

OPTION = re.compile(r"^\s+(?:(-\w), )?(--[\w-]+)", re.M)
COMMAND = re.compile(r"^  ([a-z][a-z-]*(?: [a-z][a-z-]*)?)(?: [A-Z][\w|.]*)* {2,}\S", re.M)
ENVIRONMENT = {**os.environ, "LC_ALL": "C.UTF-8", "LANGUAGE": "C", "XDG_RUNTIME_DIR": "/nonexistent",
               "DBUS_SESSION_BUS_ADDRESS": "disabled:"}


def help_of(program, *words):
    return subprocess.run([program, *words, "--help"], env=ENVIRONMENT, stdin=subprocess.DEVNULL, capture_output=True,
                          text=True, check=True, timeout=60).stdout


def told(program):
    """Every option and command of the help texts."""
    text = help_of(program)
    commands = COMMAND.findall(text)
    options = OPTION.findall(text + "".join(help_of(program, *command.split()) for command in commands))

    return {word for pair in options for word in pair if word} | set(commands)


def shown(page):
    """(the text of the page, what groff complains about)"""
    result = subprocess.run(["groff", "-man", "-Tascii", "-P-cbou", "-ww", "-rLL=1000n", page], capture_output=True,
                            text=True, check=False, timeout=60)
    return result.stdout, result.stderr


def check(folder, program):
    page = os.path.join(folder, os.path.basename(program) + ".1")
    text, complaints = shown(page)
    wanted = told(program)
    problems = [f"{page}: {line}" for line in complaints.splitlines()]
    if not any(word.startswith("--") for word in wanted):
        problems.append(f"{program}: its help tells of no option")
    for word in sorted(wanted):
        if not re.search(rf"(?<![\w-]){re.escape(word)}(?![\w-])", text):
            problems.append(f"{page}: {word} is missing")

    return problems


def main():
    problems = [problem for program in sys.argv[2:] for problem in check(sys.argv[1], program)]
    for problem in problems:
        print(problem)
    print(f"{len(problems)} problems")

    return 1 if problems else 0


sys.exit(main())
