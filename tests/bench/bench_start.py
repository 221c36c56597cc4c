# SPDX-FileCopyrightText: Touchpoint contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The app's start and its memory with 20,000 meetings of 500 customers, against a bare libadwaita window.

With the argument "large": 100,000 meetings of 2,500 customers, where the first frame must not wait for the index of the
search, and that has to be there soon all the same.

Runs in a desktop session of its own. bench_start_home.py has the home filled first.
"""
import os
import re
import statistics
import subprocess
import sys
import time

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "..", "support"))
sys.path.insert(0, HERE)

import bench_start_home  # noqa: E402
import programs  # noqa: E402

RUNS = 7
PATIENCE = 60.0
LINE = re.compile(r"(First frame with content|Search index begun|Search index ready): (\d+)")
FRAME, BEGUN, READY = "First frame with content", "Search index begun", "Search index ready"


def status(process, name):
    """A figure of /proc in MiB."""
    with open(f"/proc/{process.pid}/status", encoding="ascii", errors="replace") as file:
        return int(re.search(rf"^{name}:\s+(\d+) kB", file.read(), re.M).group(1)) / 1024


def ticks(process):
    with open(f"/proc/{process.pid}/stat", encoding="ascii", errors="replace") as file:
        fields = file.read().rpartition(")")[2].split()
    return int(fields[11]) + int(fields[12])


def settle(process):
    """Waits until the process has had nothing to do for a second."""
    end = time.monotonic() + PATIENCE
    before, since = ticks(process), time.monotonic()
    while time.monotonic() - since < 1.0:
        if time.monotonic() > end:
            raise RuntimeError("It does not come to rest")
        time.sleep(0.1)
        now = ticks(process)
        if now > before + 1:
            before, since = now, time.monotonic()


def start(command, environment, indexes=False):
    """Starts a program; returns (milliseconds to its first frame, MiB at that frame, MiB at rest, MiB at most,
    milliseconds to the beginning and to the end of the index of the search)."""
    begin = time.monotonic()
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
                               env={**os.environ, **environment})
    times, first = {}, 0
    try:
        for line in process.stdout:
            found = LINE.search(line)
            if found:
                times[found.group(1)] = int(found.group(2)) / 1000 - begin * 1000
            if found and found.group(1) == FRAME:
                first = status(process, "VmRSS")
            if FRAME in times and (READY in times or not indexes):
                settle(process)
                return (times[FRAME], first, status(process, "VmRSS"), status(process, "VmHWM"), times.get(BEGUN),
                        times.get(READY))
        raise RuntimeError(f"{command[0]} ended with {process.wait()} before its first frame")
    finally:
        process.terminate()
        process.wait()
        process.stdout.close()


def judge(what, value, bound, unit):
    kept = value <= bound
    print(f"{what:<58} {value:.2f} {unit}, at most {bound:.2f}: {'kept' if kept else 'MISSED'}", flush=True)
    return kept


def show(what, runs):
    times = [run[0] for run in runs]
    print(f"{what:<58} median {statistics.median(times):.0f}, from {min(times):.0f} to {max(times):.0f} ms;"
          f" resident {statistics.median(run[1] for run in runs):.1f} MiB, at rest"
          f" {statistics.median(run[2] for run in runs):.1f}, at most {statistics.median(run[3] for run in runs):.1f}",
          flush=True)


def judge_usual(bares, apps):
    time_kept = judge("start: to the first frame with content",
                      statistics.median(run[0] for run in apps) / statistics.median(run[0] for run in bares), 1.5,
                      "times")
    memory_kept = judge("start: resident memory at rest, beyond the bare window",
                        statistics.median(run[2] for run in apps) - statistics.median(run[2] for run in bares), 60,
                        "MiB")
    return time_kept and memory_kept


def judge_large(apps):
    """The frame is there before the index is begun. The bound of that is for the time since the data was unlocked; here it
    is counted from the program's start."""
    begun_kept = judge("start: the first frame, of the time until the index is begun",
                       max(run[0] / run[4] for run in apps), 1, "times")
    ready_kept = judge("start: from the program's start to the index of all words",
                       statistics.median(run[5] for run in apps), 2000, "ms")
    return begun_kept and ready_kept


def main(size):
    directory = os.environ["TPT_SESSION_DIR"]
    sandbox = bench_start_home.fill(directory, size)
    environment = {**sandbox.environment(), "G_MESSAGES_DEBUG": "tpt-ui tpt-store"}
    app, bare = [programs.program("touchpoint")], [os.environ["TPT_BARE_WINDOW"]]
    try:
        # Once each for the caches of the disk and of GTK.
        start(bare, environment)
        start(app, environment, True)
        pairs = [(start(bare, environment), start(app, environment, True)) for _ in range(RUNS)]
    finally:
        sandbox.stop()
    bares, apps = zip(*pairs)
    show("start: yardstick, a bare window", bares)
    show("start: the app", apps)
    return 0 if (judge_large(apps) if size == "large" else judge_usual(bares, apps)) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1] if len(sys.argv) > 1 else "usual"))
