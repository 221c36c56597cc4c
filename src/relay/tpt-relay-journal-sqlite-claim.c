/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-relay-journal-sqlite-claim.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include "tpt-relay-error.h"

/* See tpt_relay_journal_claim (). The lock is on a file beside the database: closing a descriptor
 * of the database itself would drop SQLite's own locks on it. */
int
tpt_relay_journal_sqlite_claim (const char  *path,
                                GError     **error)
{
  g_autofree char *lock_path = g_strconcat (path, ".lock", NULL);
  int fd = open (lock_path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
  int reason;

  if (fd >= 0 && flock (fd, LOCK_EX | LOCK_NB) == 0)
    return fd;
  reason = errno;
  if (fd >= 0)
    close (fd);
  g_set_error (error, TPT_RELAY_ERROR, TPT_RELAY_ERROR_JOURNAL, "Journal %s: %s", path,
               reason == EWOULDBLOCK ? "another relay works with it" : g_strerror (reason));

  return -1;
}
