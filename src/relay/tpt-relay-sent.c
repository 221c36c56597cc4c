/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-relay-sent.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "tpt-relay-error.h"

#define UNKNOWN   "unknown"
#define BOOT_PATH "/proc/sys/kernel/random/boot_id"
/* The file is as long as the newest device's number makes it, and mostly holes. */
#define DEVICES_MAX G_GINT64_CONSTANT (16000000)

/* Of this machine only, so in its own order of bytes. */
typedef struct
{
  char   magic[8];
  char   epoch[24];
  char   boot[40]; /* of the machine, while a relay works with the file; else empty */
  gint64 doubt;    /* up to here more may have been sent than stands below */
} Head;

/* @check is no guard against malice: a disk that lost its power leaves zeros, or what stood
 * there. */
typedef struct
{
  gint64 seq;
  gint64 check;
} Place;

struct _TptRelaySent
{
  char *path;
  int   fd;
  Head  head;
  gint  is_broken; /* atomic */
};

static const char magic[8] = "tptsent";

G_STATIC_ASSERT (sizeof (Head) == 80);
G_STATIC_ASSERT (sizeof (Place) == 16);

static goffset
find_place (gint64 device)
{
  return (goffset) (sizeof (Head) + (gsize) device * sizeof (Place));
}

static gint64
make_check (gint64 device,
            gint64 seq)
{
  return ~(seq ^ (device << 40));
}

/* Returns: 0 where nothing stands there, or nothing to be believed */
static gint64
read_place (int    fd,
            gint64 device)
{
  Place place;

  if (pread (fd, &place, sizeof place, find_place (device)) != (gssize) sizeof place ||
      place.check != make_check (device, place.seq))
    return 0;

  return place.seq;
}

static gboolean
write_head (TptRelaySent *self)
{
  return pwrite (self->fd, &self->head, sizeof self->head, 0) == (gssize) sizeof self->head &&
         fdatasync (self->fd) == 0;
}

/* Where a machine has no name for its boot, each one counts as another. */
static void
read_boot (char *boot)
{
  g_autofree char *text = NULL;

  memset (boot, 0, sizeof ((Head *) 0)->boot);
  if (g_file_get_contents (BOOT_PATH, &text, NULL, NULL))
    g_strlcpy (boot, g_strstrip (text), sizeof ((Head *) 0)->boot);
  else
    g_strlcpy (boot, UNKNOWN, sizeof ((Head *) 0)->boot);
}

/* Whether all that was written is there: the relay before closed the file, or its machine has not
 * gone down since. */
static gboolean
is_whole (const Head *head,
          const Head *wanted)
{
  return head->boot[0] == '\0' ||
         (strcmp (wanted->boot, UNKNOWN) != 0 &&
          memcmp (head->boot, wanted->boot, sizeof head->boot) == 0);
}

static gboolean
begin (TptRelaySent *self,
       const char   *epoch,
       gint64        head)
{
  Head found = { "", "", "", 0 };
  gssize got = pread (self->fd, &found, sizeof found, 0);
  gboolean is_ours;

  memcpy (self->head.magic, magic, sizeof magic);
  g_strlcpy (self->head.epoch, epoch, sizeof self->head.epoch);
  read_boot (self->head.boot);
  is_ours = got == (gssize) sizeof found &&
            memcmp (&found, &self->head, G_STRUCT_OFFSET (Head, boot)) == 0;
  self->head.doubt = is_ours && is_whole (&found, &self->head) ? found.doubt : head;
  if (!is_ours && ftruncate (self->fd, 0) < 0)
    return FALSE;

  return write_head (self);
}

static gboolean
fail (TptRelaySent  *self,
      GError       **error)
{
  g_set_error (error, TPT_RELAY_ERROR, TPT_RELAY_ERROR_JOURNAL, "Journal: %s: %s", self->path,
               g_strerror (errno));
  g_atomic_int_set (&self->is_broken, TRUE);

  return FALSE;
}

/* Whether there is a file with @epoch in which nothing was sent from beyond @head. */
static gboolean
fits (int         fd,
      const char *epoch,
      gint64      head)
{
  Head found;
  struct stat status;

  if (pread (fd, &found, sizeof found, 0) != (gssize) sizeof found || fstat (fd, &status) < 0 ||
      memcmp (found.magic, magic, sizeof magic) != 0 ||
      strncmp (found.epoch, epoch, sizeof found.epoch) != 0)
    return FALSE;
  for (gint64 device = 0; find_place (device + 1) <= status.st_size; device++)
    {
      if (read_place (fd, device) > head)
        return FALSE;
    }

  return TRUE;
}

/**
 * tpt_relay_sent_fits:
 * @head: of the journal
 *
 * Nothing was sent that is not in the journal, unless an older copy of that was put in its place:
 * the same numbers would be given to other events then. On another machine the file is not even
 * there.
 *
 * Returns: whether the journal may go on under its name
 */
gboolean
tpt_relay_sent_fits (const char *path,
                     const char *epoch,
                     gint64      head)
{
  int fd = head > 0 ? open (path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW) : -1;
  gboolean good = head == 0 || (fd >= 0 && fits (fd, epoch, head));

  if (fd >= 0)
    close (fd);

  return good;
}

/**
 * tpt_relay_sent_open:
 * @epoch: of the journal; what was written for another is forgotten
 * @head: of the journal
 *
 * Returns: (transfer full): NULL with TPT_RELAY_ERROR_JOURNAL
 */
TptRelaySent *
tpt_relay_sent_open (const char  *path,
                     const char  *epoch,
                     gint64       head,
                     GError     **error)
{
  g_autoptr (TptRelaySent) self = g_new0 (TptRelaySent, 1);

  self->path = g_strdup (path);
  self->fd = open (path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
  if (self->fd >= 0 && begin (self, epoch, head))
    return g_steal_pointer (&self);
  fail (self, error);

  return NULL;
}

/* Up to this place more may have been sent to a device than is known. */
gint64
tpt_relay_sent_get_doubt (TptRelaySent *self)
{
  return self->head.doubt;
}

/* Returns: 0 where nothing is known */
gint64
tpt_relay_sent_get (TptRelaySent *self,
                    gint64        device)
{
  return device > DEVICES_MAX ? 0 : read_place (self->fd, device);
}

/* A file that is behind would be believed after the next start: none is better. */
static void
give_up (TptRelaySent *self)
{
  if (g_atomic_int_exchange (&self->is_broken, TRUE))
    return;
  g_message ("How far was sent cannot be written down, so that some of it is sent again after the"
             " next start: %s", g_strerror (errno));
  unlink (self->path);
}

/* Before the bytes go out. From one thread at a time for each device. */
void
tpt_relay_sent_set (TptRelaySent *self,
                    gint64        device,
                    gint64        seq)
{
  Place place = { seq, make_check (device, seq) };

  if (g_atomic_int_get (&self->is_broken) || device > DEVICES_MAX)
    return;
  if (pwrite (self->fd, &place, sizeof place, find_place (device)) != (gssize) sizeof place)
    give_up (self);
}

/* From now on the file says all that was sent, whatever becomes of the machine. */
void
tpt_relay_sent_free (TptRelaySent *self)
{
  if (self == NULL)
    return;
  if (!self->is_broken && fdatasync (self->fd) == 0)
    {
      memset (self->head.boot, 0, sizeof self->head.boot);
      write_head (self);
    }
  if (self->fd >= 0)
    close (self->fd);
  g_free (self->path);
  g_free (self);
}
