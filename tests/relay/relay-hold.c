/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Loaded into the relay by LD_PRELOAD: a disk that does not come back while somebody else has
 * RELAY_HOLD_GATE locked, for files whose names end in what stands in it, or that fails for them
 * where a ! stands before; for one thread alone where its name stands behind a blank. There is a
 * file RELAY_HOLD_GATE.reached when somebody waits. And a monotonic clock that is ahead by what
 * stands in RELAY_HOLD_CLOCK. */

#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

static int
ends_in (const char *text,
         const char *end)
{
  size_t length = strlen (text), wanted = strlen (end);

  return wanted > 0 && length >= wanted && strcmp (text + length - wanted, end) == 0;
}

/* @end: loses what stands behind its blank, which is not part of a file's name */
static int
is_for_me (char *end)
{
  char *blank = strchr (end, ' ');
  char name[16] = "";

  if (blank == NULL)
    return 1;
  *blank = '\0';
  prctl (PR_GET_NAME, name);

  return strcmp (blank + 1, name) == 0;
}

static void
tell (const char *path)
{
  char reached[4096];

  snprintf (reached, sizeof reached, "%s.reached", path);
  close (open (reached, O_WRONLY | O_CREAT | O_CLOEXEC, 0600));
}

/* The lock is what is waited for, so nothing has to be asked again and again. Returns: whether to
 * go on */
static int
pass_gate (int fd)
{
  const char *path = getenv ("RELAY_HOLD_GATE");
  char link[64], name[4096] = "", end[64] = "";
  int gate, passed = 1;

  snprintf (link, sizeof link, "/proc/self/fd/%d", fd);
  if (path == NULL || readlink (link, name, sizeof name - 1) < 0)
    return 1;
  gate = open (path, O_RDONLY | O_CLOEXEC);
  if (gate < 0)
    return 1;
  if (read (gate, end, sizeof end - 1) <= 0 || !is_for_me (end))
    passed = 1;
  else if (end[0] == '!')
    passed = !ends_in (name, end + 1);
  else if (ends_in (name, end))
    {
      tell (path);
      flock (gate, LOCK_SH);
    }
  close (gate);
  if (!passed)
    errno = EIO;

  return passed;
}

int
fsync (int fd)
{
  return pass_gate (fd) ? (int) syscall (SYS_fsync, fd) : -1;
}

int
fdatasync (int fd)
{
  return pass_gate (fd) ? (int) syscall (SYS_fdatasync, fd) : -1;
}

static volatile int64_t *ahead;

__attribute__ ((constructor)) static void
map_clock (void)
{
  const char *path = getenv ("RELAY_HOLD_CLOCK");
  int fd = path != NULL ? open (path, O_RDONLY | O_CLOEXEC) : -1;
  void *map;

  if (fd < 0)
    return;
  map = mmap (NULL, sizeof *ahead, PROT_READ, MAP_SHARED, fd, 0);
  close (fd);
  if (map != MAP_FAILED)
    ahead = map;
}

int
clock_gettime (clockid_t        clock,
               struct timespec *time)
{
  int result = (int) syscall (SYS_clock_gettime, clock, time);

  if (result == 0 && ahead != NULL && clock == CLOCK_MONOTONIC)
    time->tv_sec += *ahead;

  return result;
}
