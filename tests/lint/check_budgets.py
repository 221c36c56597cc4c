# SPDX-FileCopyrightText: Touchpoint contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Sizes: a file, a function, its nesting, its includes, a .ui. A limit is a signal to split at a noun."""
import collections
import os
import re
import sys

import tree

FILE_LINES, BODY_LINES, CLASS_INIT_LINES, NESTING, INCLUDES, UI_LINES, COLUMNS = 500, 60, 90, 4, 12, 250, 100
SHARED_NAMES = {"main.c", "meson.build", "README.md"}


def functions(text):
    """Yields (name, first line of the body, lines of the body, deepest nesting); GNU style: braces in column one."""
    lines = tree.code(text).split("\n")
    start = None
    for number, line in enumerate(lines):
        if line.startswith("{"):
            head = "\n".join(lines[max(0, number - 14):number])
            head = re.split(r"\n\s*\n|[;}]", head)[-1]
            names = re.findall(r"^(?:\w[\w\s\*]*?\s\**)?(\w+) \(", head, re.M)
            start, name = (number, names[0] if names else "?") if "(" in head else (None, None)
        elif line.startswith("}") and start is not None:
            body = lines[start + 1:number]
            yield name, start + 1, len(body), nesting(body)
            start = None


def nesting(body):
    """The deepest block in a body. Braces of an initialiser are data, not blocks."""
    deepest, stack = 0, []
    text = "\n".join(body)
    for match in re.finditer(r"[{}]", text):
        if match.group(0) == "{":
            before = text[:match.start()]
            alone = before.split("\n")[-1].strip() == ""
            data = (stack and stack[-1]) or not alone or before.rstrip().endswith(("=", ",", "("))
            stack.append(bool(data))
            deepest = max(deepest, sum(1 for entry in stack if not entry))
        elif stack:
            stack.pop()
    return deepest


def check_c(root, path, problems):
    text = tree.read(root, path)
    count = text.count("\n")
    if count > FILE_LINES:
        problems.append(f"{path}:{FILE_LINES}: {count} lines; split it at a noun ({FILE_LINES} at most)")
    for name, line, length, depth in functions(text):
        limit = CLASS_INIT_LINES if name.endswith("class_init") else BODY_LINES
        if length > limit:
            problems.append(f"{path}:{line}: {name} has {length} lines ({limit} at most)")
        if depth > NESTING:
            problems.append(f"{path}:{line}: {name} nests {depth} blocks ({NESTING} at most)")
    for number, line in tree.numbered(text):
        # Data of a test, such as a body with its signature, is not broken for the sake of columns.
        if len(line) > COLUMNS and not (path.startswith("tests") and re.search(r'"[^"]{40,}"|\\"', line)):
            problems.append(f"{path}:{number}: {len(line)} columns ({COLUMNS} at most)")
    local = len(re.findall(r'^\s*#\s*include "', text, re.M))
    if local > INCLUDES and "services" not in path:
        problems.append(f"{path}:1: {local} local includes ({INCLUDES} at most)")


def check_names(root, problems):
    seen = collections.defaultdict(list)
    for path in tree.files(root, ["src", "data/ui", "tests"], (".c", ".h", ".ui", ".py")):
        name = os.path.basename(path)
        stem = os.path.splitext(name)[0]
        if name not in SHARED_NAMES and not path.startswith("tests/fixtures"):
            seen[name].append(path)
        if re.search(r"[-_](utils?|helpers?|common|misc)$", stem):
            problems.append(f"{path}:1: “{stem}” is no noun; name the file after what it holds")
    for name, paths in sorted(seen.items()):
        if len(paths) > 1:
            problems.append(f"{paths[1]}:1: a second {name}, beside {paths[0]}")


def check(root):
    problems = []
    for path in tree.files(root, ["src", "tests"], tree.C_ENDINGS):
        check_c(root, path, problems)
    for path in tree.files(root, ["data"], (".ui",)):
        count = tree.read(root, path).count("\n")
        if count > UI_LINES:
            problems.append(f"{path}:{UI_LINES}: {count} lines ({UI_LINES} at most)")
    check_names(root, problems)
    return problems


if __name__ == "__main__":
    tree.report(check(sys.argv[1]))
