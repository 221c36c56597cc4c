# SPDX-FileCopyrightText: Touchpoint contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What every check needs: the files of a tree, their text without comments and strings, and one way to report."""
import os
import re
import sys

C_ENDINGS = (".c", ".h")
SKIPPED = {".git", ".flatpak-builder", "__pycache__", "subprojects"}


def files(root, folders, endings):
    """Yields the paths below the folders of root that end so, relative to root, in order."""
    for folder in folders:
        for place, names, entries in os.walk(os.path.join(root, folder)):
            names[:] = sorted(n for n in names if n not in SKIPPED and not n.startswith("build"))
            for entry in sorted(entries):
                if entry.endswith(endings):
                    yield os.path.relpath(os.path.join(place, entry), root)


def read(root, path):
    with open(os.path.join(root, path), encoding="utf-8") as file:
        return file.read()


def _blank(match):
    return re.sub(r"[^\n]", " ", match.group(0))


def code(text, strings=True):
    """The text with comments blanked, and literals too unless strings is false; line numbers stay what they were."""
    token = r'/\*.*?\*/|//[^\n]*|"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])*\''

    def replace(match):
        literal = match.group(0)[0] in "\"'"
        return match.group(0) if literal and not strings else _blank(match)

    return re.sub(token, replace, text, flags=re.S)


def numbered(text):
    return enumerate(text.split("\n"), 1)


def report(problems):
    """Prints every problem as 'path:line: sentence' and ends the check."""
    for problem in problems:
        print(problem)
    print(f"{len(problems)} problems")
    sys.exit(1 if problems else 0)
