/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-relay-keeper.h"

#include "tpt-relay-clock.h"
#include "tpt-relay-journal.h"
#include "tpt-relay-metrics.h"

/* Nobody writes during a checkpoint, so they are made often, while there is little to move; but not
 * so often that they took more than a tenth of the time of a slow disk. */
#define CHECKPOINT_MILLISECONDS 100
#define PAUSE_FACTOR 10
#define FAILURE_SECONDS 2
#define FIRST_PURGE_SECONDS 2
#define PURGE_SECONDS 3600
#define DAY_MILLISECONDS   (24 * G_GINT64_CONSTANT (3600000))

/* The thread that looks after the journal: checkpoints, and what has outlived its retention. */
struct _TptRelayKeeper
{
  char     *location;
  guint     retention_days;
  GMutex    mutex;
  GCond     cond;
  gboolean  ended;
  GThread  *thread;
  /* the thread's */
  TptRelayClock clock;
  gboolean      has_complained;
};

/* Returns: whether to go on */
static gboolean
wait_until (TptRelayKeeper *self,
            gint64          time)
{
  gboolean ended;

  g_mutex_lock (&self->mutex);
  while (!self->ended && g_cond_wait_until (&self->cond, &self->mutex, time))
    ;
  ended = self->ended;
  g_mutex_unlock (&self->mutex);

  return !ended;
}

static gboolean
remember_clock (TptRelayJournal  *journal,
                gint64            now,
                GError          **error)
{
  if (!tpt_relay_journal_begin (journal, error))
    return FALSE;
  if (tpt_relay_journal_set_clock (journal, now, error) &&
      tpt_relay_journal_commit (journal, error))
    return TRUE;
  tpt_relay_journal_rollback (journal);

  return FALSE;
}

/* Events that nobody has read yet are not to go because somebody set the clock wrong. */
static gboolean
purge_journal (TptRelayKeeper   *self,
               TptRelayJournal  *journal,
               GError          **error)
{
  gint64 now = g_get_real_time () / 1000;
  gint64 before = now - (gint64) self->retention_days * DAY_MILLISECONDS;
  gint64 last = 0;

  if (!tpt_relay_journal_get_clock (journal, &last, error))
    return FALSE;
  if (!tpt_relay_clock_believe (&self->clock, last, now, g_get_monotonic_time () / 1000))
    {
      if (!self->has_complained)
        g_message ("The clock is %" G_GINT64_FORMAT " days ahead of when the relay last looked;"
                   " nothing is purged until a day has passed", (now - last) / DAY_MILLISECONDS);
      self->has_complained = TRUE;
      return TRUE;
    }
  self->has_complained = FALSE;

  return tpt_relay_journal_purge (journal, before, now, error) &&
         remember_clock (journal, now, error);
}

static gboolean
keep (TptRelayKeeper   *self,
      TptRelayJournal **journal,
      gboolean          purge)
{
  g_autoptr (GError) error = NULL;

  if (*journal == NULL)
    *journal = tpt_relay_journal_open (self->location, TPT_RELAY_JOURNAL_WRITER, &error);
  if (*journal != NULL && (!purge || purge_journal (self, *journal, &error)) &&
      tpt_relay_journal_checkpoint (*journal, &error))
    return TRUE;
  g_message ("The journal could not be looked after: %s", error->message);
  g_clear_object (journal);

  return FALSE;
}

static gint64
find_pause (gint64   took,
            gboolean good)
{
  return good ? MAX (CHECKPOINT_MILLISECONDS * G_TIME_SPAN_MILLISECOND, PAUSE_FACTOR * took)
              : FAILURE_SECONDS * G_TIME_SPAN_SECOND;
}

static gpointer
run (gpointer data)
{
  TptRelayKeeper *self = data;
  TptRelayJournal *journal = NULL;
  gint64 now = g_get_monotonic_time ();
  gint64 pause = find_pause (0, TRUE);
  gint64 next_purge = now + FIRST_PURGE_SECONDS * G_TIME_SPAN_SECOND;

  while (wait_until (self, now + pause))
    {
      gint64 start = g_get_monotonic_time ();
      gboolean purge = start >= next_purge;
      gboolean good = keep (self, &journal, purge);

      if (good)
        tpt_relay_metrics_add_kept ();
      now = g_get_monotonic_time ();
      pause = find_pause (purge ? 0 : now - start, good);
      if (purge)
        next_purge = now + PURGE_SECONDS * G_TIME_SPAN_SECOND;
    }
  g_clear_object (&journal);

  return NULL;
}

TptRelayKeeper *
tpt_relay_keeper_new (const char *location,
                      guint       retention_days)
{
  TptRelayKeeper *self = g_new0 (TptRelayKeeper, 1);

  self->location = g_strdup (location);
  self->retention_days = retention_days;
  g_mutex_init (&self->mutex);
  g_cond_init (&self->cond);
  tpt_relay_metrics_add_kept ();
  self->thread = g_thread_new ("keeper", run, self);

  return self;
}

void
tpt_relay_keeper_free (TptRelayKeeper *self)
{
  if (self == NULL)
    return;
  g_mutex_lock (&self->mutex);
  self->ended = TRUE;
  g_cond_signal (&self->cond);
  g_mutex_unlock (&self->mutex);
  g_thread_join (self->thread);
  g_mutex_clear (&self->mutex);
  g_cond_clear (&self->cond);
  g_free (self->location);
  g_free (self);
}
