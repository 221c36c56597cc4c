# SPDX-FileCopyrightText: Touchpoint contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every source begins with the two SPDX lines, and every header with #pragma once after them, but those
that are compiled by themselves, in pch/."""
import sys

import tree

COPYRIGHT = "SPDX-FileCopyrightText: Touchpoint contributors"
LICENCE = "SPDX-License-Identifier: GPL-3.0-or-later"
ENDINGS = (".c", ".h", ".ui", ".py", ".css", "meson.build", "meson_options.txt")


def check(root):
    problems = []
    for path in tree.files(root, ["src", "data", "tests", "po", "flatpak"], ENDINGS):
        text = tree.read(root, path)
        head = text[:400]
        if COPYRIGHT not in head or LICENCE not in head:
            problems.append(f"{path}:1: the two SPDX lines are missing")
        if path.endswith(".h") and "/pch/" not in path and "#pragma once" not in text:
            problems.append(f"{path}:1: #pragma once is missing")
        if not text.endswith("\n") or text.endswith("\n\n"):
            problems.append(f"{path}:{text.count(chr(10))}: ends in one line feed, please")
        for number, line in tree.numbered(text):
            if line != line.rstrip():
                problems.append(f"{path}:{number}: blanks at the end of the line")
            if "\t" in line and path.endswith((".c", ".h")):
                problems.append(f"{path}:{number}: a tab")
    return problems


if __name__ == "__main__":
    tree.report(check(sys.argv[1]))
