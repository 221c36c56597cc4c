# SPDX-FileCopyrightText: Touchpoint contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A check that cannot fail is none: each is run on a small tree that breaks its rule, and must say so."""
import os
import sys
import tempfile

import check_budgets
import check_heads
import check_layers
import check_libraries
import check_translations
import check_words

HEAD = "/* SPDX-FileCopyrightText: Touchpoint contributors\n * SPDX-License-Identifier: GPL-3.0-or-later */\n\n"
BODY = "static void\nmuch (void)\n{\n%s}\n"
CASES = [
    (check_layers, "src/core/tpt-a.c", HEAD + '#include "tpt-b.h"\n', "core may not include store"),
    (check_layers, "src/core/tpt-a.c", HEAD + "#include <gtk/gtk.h>\n", "belongs in app, ui only"),
    (check_layers, "src/sandbox/tpt-a.c", HEAD + '#include "tpt-b.h"\n', "sandbox may not include store"),
    (check_layers, "src/shoe/tpt-a.c", HEAD, "not in the picture"),
    (check_budgets, "src/core/tpt-a.c", HEAD + "int a;\n" * 600, "split it at a noun"),
    (check_budgets, "src/core/tpt-a.c", HEAD + BODY % ("  a ();\n" * 61), "much has 61 lines"),
    (check_budgets, "src/core/tpt-a.c", HEAD + BODY % ("  if (a)\n  {\n" * 5 + "  }\n" * 5), "nests 5 blocks"),
    (check_budgets, "src/core/tpt-a.c", HEAD + '#include "x.h"\n' * 13, "13 local includes"),
    (check_budgets, "src/core/tpt-a-utils.c", HEAD, "is no noun"),
    (check_budgets, "src/core/tpt-b.h", HEAD, "a second tpt-b.h"),
    (check_budgets, "data/ui/tpt-a.ui", "<x/>\n" * 251, "251 lines"),
    (check_heads, "src/core/tpt-a.c", "int a;\n", "SPDX"),
    (check_heads, "src/core/tpt-a.h", HEAD, "#pragma once"),
    (check_words, "src/core/tpt-a.c", HEAD + "goto end;\n", "early return"),
    (check_words, "src/core/tpt-a.c", HEAD + "int calendly_number;\n", "only folders that speak"),
    (check_words, "src/core/tpt-a.c", HEAD + "/* TO" + "DO */\n", "unfinished"),
    (check_words, "src/account/tpt-a.c", HEAD + "if (strcmp (a, state) == 0)\n", "constant time"),
    (check_words, "src/core/tpt-a.c", HEAD + "f (g (&error),\n   error);\n", "among the arguments"),
    (check_translations, "src/core/tpt-a.c", HEAD + 'f (_("Text"));\n', "tpt-a.c is missing"),
]


def run(check, path, text):
    with tempfile.TemporaryDirectory() as root:
        for place, content in (("src/store/tpt-b.h", HEAD + "#pragma once\n"), ("po/POTFILES.in", ""), (path, text)):
            os.makedirs(os.path.join(root, os.path.dirname(place)), exist_ok=True)
            with open(os.path.join(root, place), "w", encoding="utf-8") as file:
                file.write(content)
        return check.check(root)


# The list's own rows are checked, not some made up for this: (library, version, package or None, what is said or "").
LIBRARIES = [
    ("libsoup", "3.2.3", "3.2.3-0+deb12u2", ""),
    ("libsoup", "3.2.3", None, "CVE-2025-46421"),
    ("libsoup", "3.2.2", "3.2.2-2", "CVE-2025-46421"),
    ("libsoup", "3.4.4", "3.4.4-5", "CVE-2025-46421"),
    ("libsoup", "3.6.5", "3.6.5-3", ""),
    ("GnuTLS", "3.7.9", "3.7.9-2+deb12u6", "CVE-2026-3833"),
    ("GnuTLS", "3.7.9", "3.7.9-2+deb12u7", ""),
    ("SQLite", "3.40.1", "3.40.1-2+deb12u1", "CVE-2025-6965"),
    ("GLib", "2.74.6", "2.74.6-2+deb12u7", "CVE-2025-13601"),
    ("libpq", "15.14", None, "CVE-2025-12818"),
    ("libpq", "15.15", None, ""),
    ("libpq", "17.6", "17.6-1", "CVE-2025-12818"),
    ("libpq", "12.22", None, "CVE-2025-12818"),
    ("libpq", "19.0", None, ""),
]
GOOD = {"GLib": "2.88.1", "libsoup": "3.6.6", "SQLite": "3.51.3", "GnuTLS": "3.8.13", "libsodium": "1.0.21"}


def judge(library, version, package, wanted):
    with open(check_libraries.LIST, encoding="utf-8") as file:
        rows = check_libraries.read_list(file.read())
    found = check_libraries.check({**GOOD, library: version}, {library: package}, rows)
    return any(wanted in problem for problem in found) if wanted else not found, found


def main():
    failed = 0
    for number, (check, path, text, wanted) in enumerate(CASES, 1):
        found = run(check, path, text)
        good = any(wanted in problem for problem in found)
        failed += not good
        print(f"{'ok' if good else 'not ok'} {number} - {check.__name__} names “{wanted}”", "" if good else found)
    for number, (library, version, package, wanted) in enumerate(LIBRARIES, len(CASES) + 1):
        good, found = judge(library, version, package, wanted)
        failed += not good
        print(f"{'ok' if good else 'not ok'} {number} - {library} {version} {package}", "" if good else found)
    print(f"1..{len(CASES) + len(LIBRARIES)}")
    return 1 if failed else 0


sys.exit(main())
