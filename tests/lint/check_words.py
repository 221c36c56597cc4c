# SPDX-FileCopyrightText: Touchpoint contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Words that do not belong: unsafe calls, unfinished work, the service's name where only our own nouns live."""
import os
import re
import sys

import tree

# (pattern in code without comments and strings, folders it is allowed in, what to do instead)
CALLS = [
    (r"\bgoto\b", (), "use g_autoptr and an early return"),
    (r"\b(strcpy|strcat|sprintf|gets|system|popen)\s*\(", (), "unsafe; GLib has a better one"),
    (r"\bg_spawn_command_line", (), "never through a command line; pass an argument vector"),
    (r"\bg_application_get_default\b", ("src/app",), "pass the object in"),
    (r"\bg_test_(skip|incomplete)\b", (), "a test that cannot run here is not done"),
    (r"\b(gtk_label_set_markup|gtk_tooltip_set_markup|gtk_widget_set_tooltip_markup)\b", (),
     "set text, never markup: names come from strangers"),
    (r"\bsqlite3_exec\b", ("src/store/tpt-schema", "src/store/tpt-sqlite", "src/relay/tpt-journal", "tests"),
     "prepare and bind"),
    (r"\b(memcmp|strcmp|g_strcmp0|g_str_equal)\s*\([^;]*\b(mac|signature|secret|state|verifier)\b", ("tests",),
     "compare secrets in constant time"),
    (r"\b(rand|random|g_random_int|g_rand_new)\s*\(\s*\)", ("src/sandbox", "tests", "src/calendly", "src/sync"),
     "not for secrets"),
]
MARKS = re.compile(r"\b(TODO|FIXME|XXX|HACK)\b|#\s*if 0\b")
# C may read the second before the call of the first has set it.
UNORDERED = re.compile(r"&(error|local)\)\s*,\s*\1\b")
OWN_NOUNS = ["src/core", "src/store", "src/customers", "src/links", "src/metrics", "src/assistant", "src/ui"]


def check(root):
    problems = []
    for path in tree.files(root, ["src", "tests"], tree.C_ENDINGS):
        text = tree.read(root, path)
        for number, line in tree.numbered(tree.code(text)):
            for pattern, allowed, advice in CALLS:
                if re.search(pattern, line) and not path.startswith(tuple(allowed) or ("-",)):
                    problems.append(f"{path}:{number}: {line.strip()[:60]}: {advice}")
            if path.startswith(tuple(f + os.sep for f in OWN_NOUNS)) and re.search("calendly", line, re.I):
                problems.append(f"{path}:{number}: only folders that speak to Calendly name it in code")
        for found in UNORDERED.finditer(tree.code(text)):
            number = text.count("\n", 0, found.start()) + 1
            problems.append(f"{path}:{number}: an error is set and read among the arguments of one call")
        for number, line in tree.numbered(text):
            if MARKS.search(line):
                problems.append(f"{path}:{number}: unfinished: {line.strip()[:60]}")
    return problems


if __name__ == "__main__":
    tree.report(check(sys.argv[1]))
