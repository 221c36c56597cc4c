/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-relay-journal-postgres-watch.h"

#include <errno.h>
#include <poll.h>

#include "tpt-relay-error.h"
#include "tpt-relay-journal-postgres.h"

/* More than one statement takes; what is left is found by the next look. */
#define NEWS_MAX 10000

/* Once on a connection, so that no news can come before it is listened for. */
static gboolean
listen_once (Link    *link,
             GError **error)
{
  if (link->is_listening)
    return TRUE;
  link->is_listening = link_run (link, "LISTEN touchpoint_relay", error);

  return link->is_listening;
}

/* What has been told since the last look is told by the counters in full, so what remains of a
 * notification is that there was one; but a stream that was taken is named. */
static gboolean
has_notification (Link *link)
{
  return link->taken->len > 0 || link->has_been_notified;
}

/* Waits for the server's word or @fd's; a server that has gone is noticed by who asks next. */
static gboolean
wait (TptRelayJournal  *journal,
      int               fd,
      guint             milliseconds,
      GError          **error)
{
  Link *link = tpt_relay_journal_postgres_get_link (journal, error);
  struct pollfd fds[2];

  if (link == NULL || !listen_once (link, error))
    return FALSE;
  link_take_notifications (link);
  if (has_notification (link))
    return TRUE;
  fds[0] = (struct pollfd) { PQsocket (link->connection), POLLIN, 0 };
  fds[1] = (struct pollfd) { fd, POLLIN, 0 };
  if (poll (fds, G_N_ELEMENTS (fds), (int) milliseconds) < 0 && errno != EINTR)
    {
      g_set_error (error, TPT_RELAY_ERROR, TPT_RELAY_ERROR_JOURNAL, "poll: %s",
                   g_strerror (errno));
      return FALSE;
    }
  if (fds[0].revents != 0 && PQconsumeInput (link->connection) != 1)
    {
      g_set_error_literal (error, TPT_RELAY_ERROR, TPT_RELAY_ERROR_JOURNAL,
                           "Journal: the server has gone");
      return FALSE;
    }
  link_take_notifications (link);

  return TRUE;
}

/* A device may be in it twice, which wakes its stream twice. */
static gboolean
find_news (Link             *link,
           TptRelayChanges  *changes,
           gint64            head,
           GError          **error)
{
  g_autoptr (PGresult) result =
    link_ask (link, "SELECT device, max (seq) FROM (SELECT device, seq FROM events WHERE seq > $1"
                    " AND seq <= $2 ORDER BY seq LIMIT $3) AS next GROUP BY device", "iii", error,
              changes->head, head, (gint64) NEWS_MAX);
  gint64 last = 0;

  if (result == NULL)
    return FALSE;
  for (int row = 0; row < PQntuples (result); row++)
    {
      gint64 device = link_int (result, row, 0);

      last = MAX (last, link_int (result, row, 1));
      g_array_append_val (changes->news, device);
    }
  changes->head = PQntuples (result) > 0 ? last : head;

  return TRUE;
}

static gboolean
find_acked (Link             *link,
            TptRelayChanges  *changes,
            gint64            acks,
            GError          **error)
{
  g_autoptr (PGresult) result =
    link_ask (link, "SELECT id, acked FROM devices WHERE ack_number > $1", "i", error,
              changes->acks);

  if (result == NULL)
    return FALSE;
  for (int row = 0; row < PQntuples (result); row++)
    {
      gint64 pair[2] = { link_int (result, row, 0), link_int (result, row, 1) };

      g_array_append_vals (changes->acked, pair, 2);
    }
  changes->acks = acks;

  return TRUE;
}

static gboolean
find_directory (TptRelayJournal  *journal,
                TptRelayChanges  *changes,
                gint64            revision,
                GError          **error)
{
  changes->channels = tpt_relay_journal_list_channels (journal, error);
  if (changes->channels == NULL)
    return FALSE;
  changes->devices = tpt_relay_journal_list_devices (journal, error);
  if (changes->devices == NULL)
    return FALSE;
  changes->code_key = tpt_relay_journal_postgres_read_meta (journal, "code_key", error);
  if (changes->code_key == NULL)
    return FALSE;
  changes->revision = revision;

  return TRUE;
}

static gboolean
get_changes (TptRelayJournal  *journal,
             TptRelayChanges  *changes,
             GError          **error)
{
  Link *link = tpt_relay_journal_postgres_get_link (journal, error);
  g_autoptr (PGresult) state = NULL;

  if (link == NULL)
    return FALSE;
  tpt_relay_changes_clear (changes);
  changes->acked = g_array_new (FALSE, FALSE, sizeof (gint64));
  changes->news = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_array_append_vals (changes->news, link->taken->data, link->taken->len);
  g_array_set_size (link->taken, 0);
  link->has_been_notified = FALSE;
  state = link_ask (link, "SELECT head, revision, acks FROM state", "", error);
  if (state == NULL)
    return FALSE;

  return (link_int (state, 0, 1) == changes->revision ||
          find_directory (journal, changes, link_int (state, 0, 1), error)) &&
         (link_int (state, 0, 2) == changes->acks ||
          find_acked (link, changes, link_int (state, 0, 2), error)) &&
         (link_int (state, 0, 0) == changes->head ||
          find_news (link, changes, link_int (state, 0, 0), error));
}

/* Fills in how a relay learns of the others. */
void
tpt_relay_journal_postgres_watch_init (TptRelayJournalInterface *iface)
{
  iface->wait = wait;
  iface->get_changes = get_changes;
}
