/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-process-lock.h"

#include "tpt-account-error.h"
#include "tpt-config.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <glib/gi18n-lib.h>

/* Longer than a refresh with all its waiting can take. */
#define PATIENCE_SECONDS 120
#define INTERVAL_MS      20

static gboolean
keep_waiting (gint64         deadline,
              GCancellable  *cancellable,
              GError       **error)
{
  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return FALSE;
  if (g_get_monotonic_time () < deadline)
    {
      g_usleep (INTERVAL_MS * 1000);
      return TRUE;
    }
  g_set_error_literal (error, TPT_ACCOUNT_ERROR, TPT_ACCOUNT_ERROR_BUSY,
                       _("Another Touchpoint is still busy with the sign-in"));

  return FALSE;
}

static int
fail (const char  *path,
      GError     **error)
{
  int code = errno;

  g_set_error (error, TPT_ACCOUNT_ERROR, TPT_ACCOUNT_ERROR_BUSY, _ ("“%s” cannot be locked: %s"),
               path, g_strerror (code));

  return -1;
}

/**
 * tpt_process_lock_take:
 * @path: of a file that is made where it is missing; its directory has to be there
 *
 * Blocks until no other process has the lock. The kernel lets go of it when the process ends,
 * however it ends.
 *
 * Returns: what tpt_process_lock_release() wants; -1 with %TPT_ACCOUNT_ERROR_BUSY
 */
int
tpt_process_lock_take (const char    *path,
                       GCancellable  *cancellable,
                       GError       **error)
{
  gint64 deadline = g_get_monotonic_time () + PATIENCE_SECONDS * G_USEC_PER_SEC;
  int lock = open (path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);

  if (lock < 0)
    return fail (path, error);
  while (flock (lock, LOCK_EX | LOCK_NB) != 0)
    {
      if (errno != EWOULDBLOCK && errno != EINTR)
        {
          fail (path, error);
          close (lock);
          return -1;
        }
      if (!keep_waiting (deadline, cancellable, error))
        {
          close (lock);
          return -1;
        }
    }

  return lock;
}

void
tpt_process_lock_release (int lock)
{
  close (lock);
}
