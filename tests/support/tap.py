# SPDX-FileCopyrightText: Touchpoint contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tells a story in TAP: steps that build on each other, the first that fails ends it."""
import sys
import traceback


def tell(make, steps):
    """Makes the story, which has a sandbox and may have a window and its app, and runs the steps, its methods; returns the
    status to exit with."""
    print(f"1..{len(steps)}", flush=True)
    story = make()
    failed = False
    try:
        for number, step in enumerate(steps, 1):
            name = step.__doc__.split("\n", maxsplit=1)[0]
            try:
                if failed:
                    raise RuntimeError("an earlier step failed")
                step(story)
                print(f"ok {number} - {name}", flush=True)
            except Exception:  # noqa: BLE001
                if not failed:
                    traceback.print_exc()
                    if hasattr(story, "window"):
                        sys.stderr.write(story.window.tree())
                failed = True
                print(f"not ok {number} - {name}", flush=True)
    finally:
        if hasattr(story, "app"):
            story.app.stop()
        story.sandbox.stop()

    return int(failed)
