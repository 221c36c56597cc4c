# SPDX-FileCopyrightText: Touchpoint contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""po/POTFILES.in names every file with a text for people in it, and no file that is gone."""
import os
import re
import sys

import tree

MARKED = re.compile(r"(?<!\w)(?:_|C_|N_|NC_|ngettext|g_dngettext|g_dpgettext2)\s*\(\s*\"")


def check(root):
    problems = []
    listed = [line for line in tree.read(root, "po/POTFILES.in").split("\n") if line and not line.startswith("#")]
    for path in listed:
        if not os.path.exists(os.path.join(root, path)):
            problems.append(f"po/POTFILES.in:1: {path} is gone")
    for path in tree.files(root, ["src"], (".c",)):
        if MARKED.search(tree.code(tree.read(root, path), strings=False)) and path not in listed:
            problems.append(f"po/POTFILES.in:1: {path} is missing")
    for path in tree.files(root, ["data"], (".ui", ".desktop.in", ".metainfo.xml.in", ".gschema.xml")):
        text = tree.read(root, path)
        translatable = 'translatable="yes"' in text or path.endswith((".desktop.in", ".metainfo.xml.in"))
        if translatable and path not in listed:
            problems.append(f"po/POTFILES.in:1: {path} is missing")
    return problems


if __name__ == "__main__":
    tree.report(check(sys.argv[1]))
