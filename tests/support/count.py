# SPDX-FileCopyrightText: Touchpoint contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""count.py BUILDS CLANG_FAILED TESTLOG…: counts the cases that meson's logs hold and prints 'N passed, N failed'.

A program that speaks TAP counts by its cases, another one as one. A program that failed without saying which case
(a crash, a time-out) counts as one failure. BUILDS=1 adds the clang build as a case.
"""
import json
import re
import sys


def main():
    passed = failed = 0
    for path in sys.argv[3:]:
        with open(path, encoding="utf-8") as log:
            tests = [json.loads(line) for line in log]
        for test in tests:
            output = test.get("stdout") or ""
            good = len(re.findall(r"^\s*ok \d+", output, re.M))
            bad = len(re.findall(r"^\s*not ok \d+", output, re.M))
            if good + bad == 0:
                good = 1 if test["result"] == "OK" else 0
            if test["result"] != "OK" and bad == 0:
                bad = 1
            passed += good
            failed += bad
            if bad or test["result"] != "OK":
                print(f"failed: {test['name']} ({test['result']})")
    if passed + failed == 0:
        print("No test ran.")
        failed = 1
    if sys.argv[1] == "1":
        clang_failed = int(sys.argv[2])
        passed += 1 - clang_failed
        failed += clang_failed
        if clang_failed:
            print("failed: the build with clang")
    print(f"{passed} passed, {failed} failed")
    return 1 if failed else 0


sys.exit(main())
