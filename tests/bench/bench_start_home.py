# SPDX-FileCopyrightText: Touchpoint contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Fills the home of a desktop session with 20,000 meetings of 500 customers, the way a user would."""
import os
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "..", "support"))

import programs  # noqa: E402

# Some of the meetings are other people's.
CUSTOMERS = 500
MEETINGS = 20700


def ctl(environment, *arguments, stdin=None):
    code, answer, messages = programs.ctl(*arguments, "--json", environment=environment, stdin=stdin, seconds=600)
    if code != 0:
        raise RuntimeError(f"touchpointctl {' '.join(arguments)} ended with {code}: {messages}")
    return answer


def fill(directory):
    """Returns the sandbox, which goes on serving."""
    sandbox = programs.Sandbox(directory, "--customers", str(CUSTOMERS), "--meetings", str(MEETINGS), "--own-share", "100",
                               "--rate-limit", "0")
    environment = sandbox.environment()
    customers = os.path.join(directory, "customers.csv")
    with open(customers, "wb") as file:
        file.write(sandbox.get("customers.csv"))
    ctl(environment, "connect", "--token-stdin", stdin="sandbox-pat")
    ctl(environment, "customers", "import", customers)
    ctl(environment, "sync", "--full")
    database = ctl(environment, "status")["database"]
    print(f"start: {database['customers']} customers and {database['meetings']} meetings are there", flush=True)
    return sandbox
