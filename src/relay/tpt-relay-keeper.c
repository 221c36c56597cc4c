/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-relay-keeper.h"

#include "tpt-relay-clock.h"
#include "tpt-relay-journal.h"
#include "tpt-relay-metrics.h"
#include "tpt-relay-space.h"

/* Nobody writes during a checkpoint, so they are made often, while there is little to move; but not
 * so often that they took more than a tenth of the time of a slow disk. */
#define CHECKPOINT_MILLISECONDS 100
#define PAUSE_FACTOR 10
#define PAUSE_SECONDS_MAX 60
#define FAILURE_SECONDS 2
#define FIRST_PURGE_SECONDS 2
#define PURGE_SECONDS 3600
#define DAY_MILLISECONDS   (24 * G_GINT64_CONSTANT (3600000))

struct _TptRelayKeeper
{
  char     *location;
  guint     retention_days;
  GMutex    mutex;
  GCond     cond;
  gboolean  ended;
  GArray   *questions; /* of Question, under the mutex */
  GThread  *thread;
  /* the thread's */
  TptRelayJournal *journal;
  TptRelayClock    clock;
  gboolean         has_complained;
};

/* Somebody wants to know how much there is. */
typedef struct
{
  TptRelayKeeperDone  done;
  gpointer            user_data;
} Question;

typedef struct
{
  GArray                *questions;
  TptRelayJournalCounts  counts;
  gboolean               has_counts;
} Report;

static gboolean
tell_cb (gpointer user_data)
{
  Report *report = user_data;

  for (guint i = 0; i < report->questions->len; i++)
    {
      Question *question = &g_array_index (report->questions, Question, i);

      question->done (report->has_counts ? &report->counts : NULL, question->user_data);
    }

  return G_SOURCE_REMOVE;
}

static void
report_free (gpointer data)
{
  Report *report = data;

  g_array_unref (report->questions);
  g_free (report);
}

/* Takes the questions that there are, or NULL. The mutex is held. */
static GArray *
take_questions (TptRelayKeeper *self)
{
  GArray *questions = self->questions;

  if (questions->len == 0)
    return NULL;
  self->questions = g_array_new (FALSE, FALSE, sizeof (Question));

  return questions;
}

/* @questions: (transfer full). All that wait share one count. A journal that does not answer is
 * opened anew when it is looked after next. */
static void
answer (TptRelayKeeper *self,
        GArray         *questions)
{
  Report *report = g_new0 (Report, 1);
  g_autoptr (GSource) source = g_idle_source_new ();

  report->questions = questions;
  report->has_counts = self->journal != NULL &&
                       tpt_relay_journal_get_counts (self->journal, &report->counts, NULL);
  if (!report->has_counts)
    g_clear_object (&self->journal);
  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_callback (source, tell_cb, report, report_free);
  g_source_attach (source, NULL);
}

/* Answers meanwhile who asks. Returns: whether to go on */
static gboolean
wait_until (TptRelayKeeper *self,
            gint64          time)
{
  gboolean is_time = FALSE;
  gboolean ended;

  g_mutex_lock (&self->mutex);
  while (!self->ended && !is_time)
    {
      GArray *questions = take_questions (self);

      if (questions == NULL)
        {
          is_time = !g_cond_wait_until (&self->cond, &self->mutex, time);
          continue;
        }
      g_mutex_unlock (&self->mutex);
      answer (self, questions);
      g_mutex_lock (&self->mutex);
    }
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
keep (TptRelayKeeper *self,
      gboolean        purge)
{
  g_autoptr (GError) error = NULL;

  if (self->journal == NULL)
    self->journal = tpt_relay_journal_open (self->location, TPT_RELAY_JOURNAL_WRITER, &error);
  if (self->journal != NULL && tpt_relay_space_look (self->journal, &error) &&
      (!purge || purge_journal (self, self->journal, &error)) &&
      tpt_relay_journal_checkpoint (self->journal, &error))
    return TRUE;
  g_message ("The journal could not be looked after: %s", error->message);
  g_clear_object (&self->journal);

  return FALSE;
}

static gint64
find_pause (gint64   took,
            gboolean good)
{
  return good ? CLAMP (PAUSE_FACTOR * took, CHECKPOINT_MILLISECONDS * G_TIME_SPAN_MILLISECOND,
                       PAUSE_SECONDS_MAX * G_TIME_SPAN_SECOND)
              : FAILURE_SECONDS * G_TIME_SPAN_SECOND;
}

static gpointer
run (gpointer data)
{
  TptRelayKeeper *self = data;
  gint64 now = g_get_monotonic_time ();
  gint64 pause = 0;
  gint64 next_purge = now + FIRST_PURGE_SECONDS * G_TIME_SPAN_SECOND;

  while (wait_until (self, now + pause))
    {
      gint64 start = g_get_monotonic_time ();
      gboolean purge = start >= next_purge;
      gboolean good = keep (self, purge);

      if (good)
        tpt_relay_metrics_add_kept ();
      now = g_get_monotonic_time ();
      pause = find_pause (purge ? 0 : now - start, good);
      if (purge)
        next_purge = now + PURGE_SECONDS * G_TIME_SPAN_SECOND;
    }
  g_clear_object (&self->journal);

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
  self->questions = g_array_new (FALSE, FALSE, sizeof (Question));
  tpt_relay_metrics_add_kept ();
  self->thread = g_thread_new ("keeper", run, self);

  return self;
}

/* @done: called once; not soon where the journal does not answer */
void
tpt_relay_keeper_count (TptRelayKeeper     *self,
                        TptRelayKeeperDone  done,
                        gpointer            user_data)
{
  Question question = { done, user_data };

  g_mutex_lock (&self->mutex);
  g_array_append_val (self->questions, question);
  g_cond_signal (&self->cond);
  g_mutex_unlock (&self->mutex);
}

/* Who has asked and was not answered is told from the main loop that there is no answer. */
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
  answer (self, self->questions);
  g_mutex_clear (&self->mutex);
  g_cond_clear (&self->cond);
  g_free (self->location);
  g_free (self);
}
