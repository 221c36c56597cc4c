# SPDX-FileCopyrightText: Touchpoint contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The command line on a record whose file was damaged: everything entered is there, and it is told. Speaks TAP."""
import os
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "..", "support"))

import programs  # noqa: E402

CUSTOMERS = "".join(f"Customer {i},customer{i}.example\n" for i in range(30))


def ctl(*arguments):
    code, answer, messages = programs.ctl(*arguments, seconds=60)
    assert code == 0, (arguments, code, messages)
    return answer


def main():
    print("1..1", flush=True)
    path = os.path.join(os.environ["TPT_SESSION_DIR"], "customers.csv")
    with open(path, "w", encoding="utf-8") as file:
        file.write("name,domains\n" + CUSTOMERS)
    ctl("customers", "import", path)
    database = ctl("status", "--json")["database"]
    with open(database["path"], "r+b") as file:
        file.seek(100)
        file.write(b"\xaa" * (os.path.getsize(database["path"]) - 100))
    listed = ctl("customers", "list", "--json")
    assert len(listed) == 30, listed
    told = ctl("status")
    assert "was found damaged" in told and "comes from the backup" in told and "Customers: 30" in told, told
    assert ctl("status", "--json")["database"]["customers"] == 30
    print("ok 1 - a damaged record is made anew, and that is told", flush=True)


main()
