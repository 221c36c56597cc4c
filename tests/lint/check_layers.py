# SPDX-FileCopyrightText: Touchpoint contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Names every include that src/README.md does not allow. The build refuses most of them; this says why."""
import os
import re
import sys

import tree

ARROWS = {
    "core": "",
    "protocol": "",
    "account": "core protocol",
    "calendly": "core protocol",
    "store": "core",
    "customers": "core",
    "links": "core",
    "metrics": "core",
    "sync": "core protocol account calendly store customers links",
    "assistant": "core store customers metrics links sync",
    "services": "core protocol account calendly store customers links metrics sync assistant",
    "ui": "core account store customers links metrics sync assistant",
    "ctl": "core protocol account calendly store customers links metrics sync assistant services",
    "app": "core protocol account calendly store customers links metrics sync assistant services ui ctl",
    "relay": "protocol",
    "sandbox": "",
}
HEADERS = {
    r"(gtk/|gdk/|gsk/|adwaita\.h)": {"ui", "app"},
    r"sqlite3\.h": {"store", "relay"},
    r"libpq-fe\.h": {"relay"},
    r"libsoup/": {"account", "calendly", "sync", "relay", "sandbox"},
    r"json-glib/": {"protocol", "calendly", "account", "relay", "sandbox", "ctl"},
    r"libsecret/": {"account"},
    r"sodium\.h": {"protocol", "store", "relay", "sync"},
    r"gnutls/": {"protocol", "relay", "account"},
}
INCLUDE = re.compile(r'\s*#\s*include\s*([<"])([^>"]+)[>"]')


def module_of(path):
    return path.split(os.sep)[1]


def check(root):
    problems = []
    owner = {os.path.basename(p): module_of(p) for p in tree.files(root, ["src"], (".h",))}
    for path in tree.files(root, ["src"], tree.C_ENDINGS):
        module = module_of(path)
        if module not in ARROWS:
            problems.append(f"{path}:1: the module “{module}” is not in the picture of src/README.md")
            continue
        allowed = set(ARROWS[module].split()) | {module}
        for number, line in tree.numbered(tree.code(tree.read(root, path), strings=False)):
            match = INCLUDE.match(line)
            if not match:
                continue
            name = match.group(2)
            other = owner.get(os.path.basename(name))
            if other is not None and match.group(1) == '"' and other not in allowed:
                problems.append(f"{path}:{number}: {module} may not include {other} ({name})")
            for pattern, modules in HEADERS.items():
                if re.match(pattern, name) and module not in modules:
                    problems.append(f"{path}:{number}: {name} belongs in {', '.join(sorted(modules))} only")
    return problems


if __name__ == "__main__":
    tree.report(check(sys.argv[1]))
