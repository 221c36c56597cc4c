# SPDX-FileCopyrightText: Touchpoint contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""./run with a display: sandbox, relay and app on sample data, and a page of what to try. Ends with the app.

The data of the demonstration is kept apart from the user's own: in directories of its own, thrown away at the end.
"""
import os
import sys
import tempfile
import threading
import time

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "..", "support"))

import programs  # noqa: E402

GUIDE = """
Touchpoint on sample data. What to try:

  1. Press “Sign in with Calendly”; the sandbox's consent page opens in your browser: press Allow.
     (Or use the personal access token: sandbox-pat)
  2. Import the customers: {customers}
     Every meeting of two years appears under the right customer.
  3. Open a customer and press Ctrl+Shift+C: a single-use link is on the clipboard.
  4. Paste it in your browser and book a time: the customer's page, the ledger and the figures change at once.

The sandbox is at {booking}, the relay at {relay}. Close the window to end it all.
"""


def enrol(relay, stop):
    """As soon as somebody has signed in, makes the app known to the relay: so webhooks arrive within a second."""
    while not stop.wait(1.0):
        code, answer, _ = programs.ctl("status", "--json")
        if code == 0 and answer["connected"]:
            code, _, messages = programs.ctl("relay", "set", relay.url, "--code", relay.code(), "--json")
            print("The relay is connected." if code == 0 else f"The relay could not be set: {messages}", flush=True)
            return


def main():
    with tempfile.TemporaryDirectory(prefix="touchpoint-demo-") as directory:
        for kind in ("DATA", "CONFIG", "STATE", "CACHE"):
            os.environ[f"XDG_{kind}_HOME"] = os.path.join(directory, kind.lower())
        os.environ["GSETTINGS_BACKEND"] = "memory"
        sandbox = programs.Sandbox(directory)
        os.environ.update(sandbox.environment())
        relay = programs.Relay(directory, sandbox)
        customers = os.path.join(directory, "customers.csv")
        with open(customers, "wb") as file:
            file.write(sandbox.get("customers.csv"))
        print(GUIDE.format(customers=customers, booking=sandbox.addresses["booking"], relay=relay.url), flush=True)
        app = programs.Program(programs.program("touchpoint"), [], directory)
        stop = threading.Event()
        watcher = threading.Thread(target=enrol, args=(relay, stop), daemon=True)
        watcher.start()
        try:
            while app.process.poll() is None:
                time.sleep(0.2)
        except KeyboardInterrupt:
            app.stop()
        stop.set()
        watcher.join(5)
        relay.stop()
        sandbox.stop()
        if app.process.returncode not in (0, -15):
            print(app.errors(), file=sys.stderr)
        return 0 if app.process.returncode in (0, -15) else 1


if __name__ == "__main__":
    sys.exit(main())
