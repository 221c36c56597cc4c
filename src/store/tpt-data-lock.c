/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-data-lock.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

#include "tpt-data-file.h"
#include "tpt-store.h"

#define LOCK_NAME "lock"
#define RETRY_MS 50

struct _TptDataLock
{
  int fd;
};

static gboolean
write_holder (int fd)
{
  const char *name = g_get_prgname () != NULL ? g_get_prgname () : "touchpoint";
  g_autofree char *text = g_strdup_printf ("%s (process %d)\n", name, (int) getpid ());
  gssize length = (gssize) strlen (text);

  return ftruncate (fd, 0) == 0 && pwrite (fd, text, (gsize) length, 0) == length;
}

static char *
read_holder (int fd)
{
  char text[128] = { 0 };
  gssize length = pread (fd, text, sizeof text - 1, 0);

  g_strstrip (text);
  if (length <= 0 || *text == '\0' || !g_utf8_validate (text, -1, NULL))
    return g_strdup ("another process");

  return g_strdup (text);
}

static void
set_busy (int      fd,
          GError **error)
{
  g_autofree char *holder = read_holder (fd);

  g_set_error (error, TPT_STORE_ERROR, TPT_STORE_ERROR_BUSY, "The data is in use by %s", holder);
}

/* Waits a moment, or until @cancellable is cancelled. */
static void
pause_for (int           milliseconds,
           GCancellable *cancellable)
{
  GPollFD descriptor;

  if (cancellable != NULL && g_cancellable_make_pollfd (cancellable, &descriptor))
    {
      g_poll (&descriptor, 1, milliseconds);
      g_cancellable_release_fd (cancellable);
      return;
    }
  g_usleep ((gulong) milliseconds * 1000);
}

static gboolean
wait_for_lock (int            fd,
               int            wait_ms,
               GCancellable  *cancellable,
               GError       **error)
{
  gint64 end = g_get_monotonic_time () + (gint64) wait_ms * 1000;

  while (flock (fd, LOCK_EX | LOCK_NB) != 0)
    {
      if (errno != EWOULDBLOCK && errno != EINTR)
        {
          tpt_data_file_set_error (error, "The folder of the data cannot be locked", errno);
          return FALSE;
        }
      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;
      if (g_get_monotonic_time () >= end)
        {
          set_busy (fd, error);
          return FALSE;
        }
      pause_for (RETRY_MS, cancellable);
    }

  return TRUE;
}

/**
 * tpt_data_lock_take:
 * @wait_ms: for how long to wait for another process that holds it
 *
 * Blocks; not for the main thread. The lock ends with the process at the latest.
 *
 * Returns: (nullable): %NULL with %TPT_STORE_ERROR_BUSY, naming the holder, when the time is up
 */
TptDataLock *
tpt_data_lock_take (const char    *directory,
                    int            wait_ms,
                    GCancellable  *cancellable,
                    GError       **error)
{
  g_autofree char *path = g_build_filename (directory, LOCK_NAME, NULL);
  g_autoptr (TptDataLock) self = g_new0 (TptDataLock, 1);

  self->fd = g_open (path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
  if (self->fd < 0 || fchmod (self->fd, 0600) != 0)
    {
      tpt_data_file_set_error (error, "The lock of the data cannot be opened", errno);
      return NULL;
    }
  if (!wait_for_lock (self->fd, wait_ms, cancellable, error))
    return NULL;
  if (!write_holder (self->fd))
    {
      tpt_data_file_set_error (error, "The lock of the data cannot be written", errno);
      return NULL;
    }

  return g_steal_pointer (&self);
}

void
tpt_data_lock_free (TptDataLock *self)
{
  if (self->fd >= 0)
    close (self->fd);
  g_free (self);
}
