# SPDX-FileCopyrightText: Touchpoint contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The real store on real file systems that are full. Speaks TAP.

    full_disks.py STORE-WORKER

In a set of mounts of its own. An ext4 needs a loop device, which not every machine gives to whom tests; a tmpfs can be had
everywhere.
"""
import contextlib
import os
import subprocess
import sys
import tempfile
import traceback

# TptStoreError
FULL = 5
BLOCK = 64 * 1024


def run(*command):
    subprocess.run(command, check=True, capture_output=True)


def mount_tmpfs(directory, place):
    run("mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", place)


def mount_ext4(block):
    def mount(directory, place):
        image = os.path.join(directory, f"ext4-{block}")
        with open(image, "wb") as file:
            file.truncate(8 * 1024 * 1024)
        run("mkfs.ext4", "-q", "-b", str(block), image)
        run("mount", "-o", "loop", image, place)
    return mount


class Disk:
    """A small one, half of it with something that can be thrown away: the log has to fit in beside what it goes into."""

    def __init__(self, worker, place):
        self.worker, self.place = worker, place
        self.ballast = os.path.join(place, "ballast")
        self.folder = os.path.join(place, "touchpoint")
        self.path = os.path.join(self.folder, "store.db")
        with open(self.ballast, "wb") as file:
            file.write(bytes(os.statvfs(place).f_bavail * os.statvfs(place).f_bsize // 2))

    def work(self, *arguments):
        """Returns what it said; however full the disk is, it ends by itself and not by a signal."""
        result = subprocess.run([self.worker, arguments[0], self.path, *arguments[1:]], capture_output=True, text=True,
                                timeout=60, check=False)
        assert result.returncode in (0, 1), (arguments, result.returncode, result.stderr)
        return result.stdout.splitlines()

    def fill(self):
        """Commits until nothing goes in any more, and takes the rest of the disk, too; returns how many it was told of."""
        *told, last = self.work("commit", "0")
        assert last.startswith(f"error {FULL} "), last
        with contextlib.suppress(OSError), open(os.path.join(self.place, "rest"), "wb", buffering=0) as file:
            while True:
                file.write(bytes(BLOCK if os.statvfs(self.place).f_bavail * os.statvfs(self.place).f_bsize > BLOCK else 1))
        return len(told)

    def count(self):
        lines = self.work("count")
        assert len(lines) == 1 and lines[0].isdigit(), lines
        return int(lines[0])


class Disks:
    def __init__(self, worker, directory):
        self.worker, self.directory = worker, directory

    @contextlib.contextmanager
    def disk(self, mount):
        place = os.path.join(self.directory, "place")
        os.makedirs(place, exist_ok=True)
        mount(self.directory, place)
        try:
            yield Disk(self.worker, place)
        finally:
            run("umount", place)

    def is_survived(self, mount):
        with self.disk(mount) as disk:
            told = disk.fill()
            assert told > 10, told
            assert os.path.getsize(disk.path + "-wal") > 0, "The log was not open"
            # There is nothing to be mapped that could not be written.
            assert "store.db-shm" not in os.listdir(disk.folder), os.listdir(disk.folder)
            for _ in range(3):
                said = disk.work("open")
                assert said == ["opened"] or said[0].startswith(f"error {FULL} "), said

            os.unlink(disk.ballast)
            count = disk.count()
            assert told <= count <= told + 1, (told, count)
            self.goes_on(disk, count)

    @staticmethod
    def goes_on(disk, count):
        worker = subprocess.Popen([disk.worker, "commit", disk.path, str(count)], stdout=subprocess.PIPE, text=True)
        with worker:
            more = [worker.stdout.readline().strip() for _ in range(5)]
            with open(f"/proc/{worker.pid}/maps", encoding="utf-8") as maps:
                assert "store.db" not in maps.read()
            worker.kill()
        assert more == [str(number) for number in range(count, count + 5)], more
        assert disk.count() >= count + 5

    def on_tmpfs(self):
        """D-5: a full disk is told, loses nothing, and is worked on when there is room again"""
        self.is_survived(mount_tmpfs)

    def on_ext4(self):
        """D-6: the same where the log is open on blocks smaller than a page, or as near to that as this machine lets one"""
        for block in (4096, 1024):
            try:
                self.is_survived(mount_ext4(block))
            except (FileNotFoundError, subprocess.CalledProcessError) as error:
                print(f"# No ext4 can be mounted here: {error}", flush=True)
                self.is_survived(mount_tmpfs)

    CASES = [on_tmpfs, on_ext4]


def main():
    if "TPT_DISKS" not in os.environ:
        # Only who is not root needs a user namespace for it. A root that is no mount point cannot be told how to propagate.
        alone = "-m" if os.geteuid() == 0 else "-rm"
        return subprocess.run(["unshare", alone, "--propagation", "unchanged", sys.executable, __file__, *sys.argv[1:]],
                              env={**os.environ, "TPT_DISKS": "here"}, check=False).returncode
    failed = 0
    print(f"1..{len(Disks.CASES)}", flush=True)
    with tempfile.TemporaryDirectory() as directory:
        for number, case in enumerate(Disks.CASES, 1):
            try:
                case(Disks(sys.argv[1], directory))
                print(f"ok {number} - {case.__doc__}", flush=True)
            except Exception:  # each case stands for itself; what went wrong is told with its place
                traceback.print_exc()
                failed += 1
                print(f"not ok {number} - {case.__doc__}", flush=True)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
