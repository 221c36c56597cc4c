# SPDX-FileCopyrightText: Touchpoint contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""check_help.py HELP: the help's pages are Mallard that can be read, each is installed, each can be reached from the
index, and no link goes nowhere."""
import os
import re
import sys
import xml.etree.ElementTree as ElementTree

MALLARD = "{http://projectmallard.org/1.0/}"


def check_page(name, root, pages):
    if root.tag != f"{MALLARD}page":
        yield f"{name}: no page of Mallard"
    if root.get("id") != name:
        yield f"{name}: its id is {root.get('id')}"
    for wanted in ("title", f"info/{MALLARD}desc", f"info/{MALLARD}license"):
        if root.find(MALLARD + wanted) is None:
            yield f"{name}: has no {wanted.replace(MALLARD, '')}"
    for link in root.iter(f"{MALLARD}link"):
        page, _, section = (link.get("xref") or "").partition("#")
        if link.get("xref") is None:
            continue
        if page not in pages:
            yield f"{name}: links to {page}, which is not there"
        elif section and section not in {part.get("id") for part in pages[page].iter(f"{MALLARD}section")}:
            yield f"{name}: links to {page}#{section}, which is not there"


def find_guides(root):
    return {link.get("xref").partition("#")[0] for link in root.iter(f"{MALLARD}link") if link.get("type") == "guide"}


def check(folder):
    names = sorted(name[:-len(".page")] for name in os.listdir(os.path.join(folder, "C")) if name.endswith(".page"))
    pages = {name: ElementTree.parse(os.path.join(folder, "C", f"{name}.page")).getroot() for name in names}
    with open(os.path.join(folder, "meson.build"), encoding="utf-8") as file:
        installed = re.findall(r"'C/([\w-]+)\.page'", file.read())
    for name in sorted(set(names) ^ set(installed)):
        yield f"{name}: {'not installed' if name in names else 'installed, and not there'}"
    for name, root in pages.items():
        yield from check_page(name, root, pages)
        if name != "index" and "index" not in find_guides(root):
            yield f"{name}: nothing leads there"


def main():
    complaints = list(check(sys.argv[1]))
    print("\n".join(complaints))
    return 1 if complaints else 0


if __name__ == "__main__":
    sys.exit(main())
