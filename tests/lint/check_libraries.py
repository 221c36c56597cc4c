# SPDX-FileCopyrightText: Touchpoint contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""check_libraries.py PROGRAM…: the libraries that each program says it has loaded have no hole of known-bad-libraries.txt."""
import os
import re
import subprocess
import sys

LIST = os.path.join(os.path.dirname(os.path.abspath(__file__)), "known-bad-libraries.txt")
FILES = {"GLib": "libglib-2.0.so", "libsoup": "libsoup-3.0.so", "SQLite": "libsqlite3.so", "GnuTLS": "libgnutls.so",
         "libsodium": "libsodium.so", "libpq": "libpq.so"}
NEEDED = {"GLib", "libsoup", "SQLite", "GnuTLS", "libsodium"}


def numbers(version):
    return [int(part) for part in version.split(".")]


def read_list(text):
    """Rows of (library, fixed versions, Debian's version, what, why)."""
    rows = [[cell.strip() for cell in line.split("|")] for line in text.splitlines() if line and line[0] != "#"]
    return [(library, sorted(map(numbers, fixed.split())), debian, what, why)
            for library, fixed, debian, what, why in rows]


def has_fix(version, fixed):
    """By the number alone: of its branch, or of a newer one."""
    mine = numbers(version)
    branch = [one for one in fixed if one[0] == mine[0]] if len(fixed) > 1 else fixed
    return mine >= branch[-1] if branch else mine > fixed[-1]


def upstream(package):
    """3.2.3 of 3.2.3-0+deb12u2, without an epoch and what Debian took out."""
    return re.sub(r"[+~].*", "", package.split(":")[-1].rsplit("-", 1)[0])


def is_at_least(package, debian):
    return subprocess.run(["dpkg", "--compare-versions", package, "ge", debian], check=False).returncode == 0


def check(libraries, packages, rows):
    """What is wrong with these versions; packages may be missing for some of the libraries."""
    problems = [f"{name} is not told" for name in sorted(NEEDED - set(libraries))]
    for library, fixed, debian, what, why in rows:
        version = libraries.get(library)
        package = packages.get(library)
        if version is None or has_fix(version, fixed):
            continue
        if package and upstream(package) == upstream(debian) and is_at_least(package, debian):
            continue
        problems.append(f"{library} {version} ({package or 'of no package'}) has {what}: {why}")
    return problems


def ask(program):
    """{library: version} as the program tells them on the second line of --version."""
    lines = subprocess.run([program, "--version"], capture_output=True, text=True, check=True,
                           timeout=60).stdout.splitlines()
    return dict(part.rsplit(" ", 1) for part in lines[1].split(", "))


def find_packages(program):
    """{library: version of the package that its file belongs to}, where there are packages of Debian."""
    packages = {}
    text = subprocess.run(["ldd", program], capture_output=True, text=True, check=True, timeout=60).stdout
    for library, name in FILES.items():
        match = re.search(rf"^\s*{re.escape(name)}\S* => (\S+)", text, re.M)
        path = os.path.realpath(match.group(1)) if match else None
        for candidate in [path, path.removeprefix("/usr")] if path else []:
            owner = subprocess.run(["dpkg-query", "-S", candidate], capture_output=True, text=True, check=False)
            if owner.returncode == 0:
                package = owner.stdout.split(": ")[0].split(",")[0]
                packages[library] = subprocess.run(["dpkg-query", "-W", "-f", "${Version}", package],
                                                   capture_output=True, text=True, check=True).stdout
                break
    return packages


def main():
    with open(LIST, encoding="utf-8") as file:
        rows = read_list(file.read())
    problems = [f"{os.path.basename(program)}: {problem}" for program in sys.argv[1:]
                for problem in check(ask(program), find_packages(program), rows)]
    for problem in problems:
        print(problem)
    print(f"{len(problems)} problems")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
