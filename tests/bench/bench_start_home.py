# SPDX-FileCopyrightText: Touchpoint contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Fills the home of a desktop session with meetings of customers, the way a user would."""
import os
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "..", "support"))

import programs  # noqa: E402

# Customers and meetings; some of these are other people's.
SIZES = {"usual": (500, 20700), "large": (2500, 103500)}


def ctl(environment, *arguments, stdin=None):
    code, answer, messages = programs.ctl(*arguments, "--json", environment=environment, stdin=stdin, seconds=600)
    if code != 0:
        raise RuntimeError(f"touchpointctl {' '.join(arguments)} ended with {code}: {messages}")
    return answer


def fill(directory, size):
    """Returns the sandbox, which goes on serving."""
    customers, meetings = SIZES[size]
    sandbox = programs.Sandbox(directory, "--customers", str(customers), "--meetings", str(meetings), "--own-share", "100",
                               "--rate-limit", "0")
    environment = sandbox.environment()
    table = os.path.join(directory, "customers.csv")
    with open(table, "wb") as file:
        file.write(sandbox.get("customers.csv"))
    ctl(environment, "connect", "--token-stdin", stdin="sandbox-pat")
    ctl(environment, "customers", "import", table)
    ctl(environment, "sync", "--full")
    database = ctl(environment, "status")["database"]
    print(f"start: {database['customers']} customers and {database['meetings']} meetings are there", flush=True)
    return sandbox
