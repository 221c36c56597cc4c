/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-relay-space.h"

#include <stdatomic.h>

#include "tpt-relay-log.h"

#define RETRY_AFTER "60"
/* What has run low is enough again when there is this part more. */
#define PARTS 8

/* One journal a process; the keeper looks, the main thread asks. */
static _Atomic gint64 reserve;
static _Atomic gint64 room = -1;
static atomic_bool is_low;

/* @bytes: what is to stay free of the disk; 0 for nothing */
void
tpt_relay_space_reserve (gint64 bytes)
{
  atomic_store (&reserve, bytes);
}

/**
 * tpt_relay_space_judge:
 * @bytes: how much room there is; -1 where it is not known
 * @least: how much there has to be
 *
 * Whether it is low now. What is little more than that is enough for a journal that goes on,
 * and not for one that has stopped: it would stop again at once.
 */
gboolean
tpt_relay_space_judge (gint64   bytes,
                       gint64   least,
                       gboolean was_low)
{
  if (bytes < 0)
    return FALSE;

  return bytes < (was_low ? least + least / PARTS : least);
}

/**
 * tpt_relay_space_look:
 *
 * Looks how much room there is for the journal, now and again, on the thread of @journal. A disk
 * that is full to the last byte lets nothing be acknowledged, purged or erased any more.
 *
 * Returns: FALSE with TPT_RELAY_ERROR_JOURNAL; all is as it was then
 */
gboolean
tpt_relay_space_look (TptRelayJournal  *journal,
                      GError          **error)
{
  gint64 outside = -1, inside = 0;
  gboolean was_low = atomic_load (&is_low);
  gboolean low;

  if (!tpt_relay_journal_get_space (journal, &outside, &inside, error))
    return FALSE;
  if (outside >= 0)
    outside += inside;
  low = tpt_relay_space_judge (outside, atomic_load (&reserve), was_low);
  atomic_store (&room, outside);
  atomic_store (&is_low, low);
  if (low != was_low)
    {
      g_autofree char *text = g_strdup_printf ("%" G_GINT64_FORMAT, outside);

      tpt_relay_log_event (low ? "disk-low" : "disk-enough", "bytes", text, NULL);
    }

  return TRUE;
}

/* Returns: what there was at the last look; -1 where that is not known */
gint64
tpt_relay_space_get (void)
{
  return atomic_load (&room);
}

gboolean
tpt_relay_space_is_low (void)
{
  return atomic_load (&is_low);
}

/**
 * tpt_relay_space_admit:
 *
 * Whether something may be written that makes the journal larger; what makes it smaller always may.
 *
 * Returns: FALSE after having answered, which ends the request
 */
gboolean
tpt_relay_space_admit (TptRelayContext *context,
                       TptRelayRequest *request)
{
  if (!tpt_relay_space_is_low ())
    return TRUE;
  tpt_relay_context_count (context, TPT_RELAY_METRIC_REFUSED_DISK);
  tpt_relay_request_add_field (request, "Retry-After", RETRY_AFTER);
  tpt_relay_request_problem (request, 503, "disk_low", "There is too little room for the journal.");

  return FALSE;
}
