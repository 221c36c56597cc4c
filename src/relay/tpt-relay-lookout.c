/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-relay-lookout.h"

#include <errno.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include "tpt-relay-metrics.h"

#define NET_MILLISECONDS 250

struct _TptRelayLookout
{
  char                *location;
  TptRelayLookoutNews  news;
  gpointer             user_data;
  int                  wake;
  GMutex               mutex;
  GArray              *questions; /* of Question, under the mutex */
  gint                 is_over;   /* atomic */
  GThread             *thread;
  /* the thread's */
  TptRelayJournal     *journal;
  TptRelayChanges      changes;
  gboolean             has_complained;
};

/* Somebody waits for a look that begins later than now. */
typedef struct
{
  TptRelayLookoutDone  done;
  gpointer             user_data;
} Question;

/* What goes to the main thread together: first the news, then who asked for them. */
typedef struct
{
  TptRelayLookoutNews  news;
  gpointer             user_data;
  TptRelayChanges      changes;
  gboolean             has_changes;
  GArray              *questions;
} Report;

static gboolean
tell_cb (gpointer user_data)
{
  Report *report = user_data;

  if (report->has_changes)
    report->news (&report->changes, report->user_data);
  for (guint i = 0; i < report->questions->len; i++)
    {
      Question *question = &g_array_index (report->questions, Question, i);

      question->done (report->has_changes, question->user_data);
    }

  return G_SOURCE_REMOVE;
}

static void
report_free (gpointer data)
{
  Report *report = data;

  tpt_relay_changes_clear (&report->changes);
  g_array_unref (report->questions);
  g_free (report);
}

static gboolean
is_empty (const TptRelayChanges *changes)
{
  return changes->devices == NULL && changes->news->len == 0 && changes->acked->len == 0;
}

static void
hand_over (TptRelayLookout *self,
           GArray          *questions,
           gboolean         has_changes)
{
  g_autoptr (GSource) source = NULL;
  Report *report;

  if (questions->len == 0 && (!has_changes || is_empty (&self->changes)))
    return;
  report = g_new0 (Report, 1);
  report->news = self->news;
  report->user_data = self->user_data;
  report->questions = g_array_ref (questions);
  report->has_changes = has_changes;
  if (has_changes)
    {
      report->changes = self->changes;
      self->changes = (TptRelayChanges) { .head = report->changes.head,
                                          .revision = report->changes.revision,
                                          .acks = report->changes.acks };
    }
  source = g_idle_source_new ();
  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_callback (source, tell_cb, report, report_free);
  g_source_attach (source, NULL);
}

/* Said once, until it works again. */
static void
complain (TptRelayLookout *self,
          const GError    *error)
{
  if (!self->has_complained)
    g_message ("What other relays do cannot be seen: %s", error->message);
  self->has_complained = TRUE;
}

/* What a look that broke off had already counted as told would be told to nobody. */
static gboolean
look (TptRelayLookout *self)
{
  TptRelayChanges before = { .head = self->changes.head, .revision = self->changes.revision,
                             .acks = self->changes.acks };
  g_autoptr (GError) error = NULL;

  if (self->journal == NULL)
    self->journal = tpt_relay_journal_open (self->location, TPT_RELAY_JOURNAL_READER, &error);
  if (self->journal == NULL ||
      !tpt_relay_journal_get_changes (self->journal, &self->changes, &error))
    {
      self->changes.head = before.head;
      self->changes.revision = before.revision;
      self->changes.acks = before.acks;
      complain (self, error);
      return FALSE;
    }
  self->has_complained = FALSE;
  tpt_relay_metrics_add_looked ();

  return TRUE;
}

static void
wait (TptRelayLookout *self,
      gboolean         is_good)
{
  struct pollfd fd = { self->wake, POLLIN, 0 };
  guint64 ignored;

  if (!is_good || !tpt_relay_journal_wait (self->journal, self->wake, NET_MILLISECONDS, NULL))
    poll (&fd, 1, NET_MILLISECONDS);
  if (read (self->wake, &ignored, sizeof ignored) < 0 && errno != EAGAIN)
    g_message ("eventfd: %s", g_strerror (errno));
}

static GArray *
take_questions (TptRelayLookout *self)
{
  GArray *questions;

  g_mutex_lock (&self->mutex);
  questions = self->questions;
  self->questions = g_array_new (FALSE, FALSE, sizeof (Question));
  g_mutex_unlock (&self->mutex);

  return questions;
}

static gpointer
run (gpointer data)
{
  TptRelayLookout *self = data;

  while (!g_atomic_int_get (&self->is_over))
    {
      g_autoptr (GArray) questions = take_questions (self);
      gboolean is_good = look (self);

      hand_over (self, questions, is_good);
      wait (self, is_good);
    }
  g_clear_object (&self->journal);

  return NULL;
}

/**
 * tpt_relay_lookout_new:
 * @head: from which events on there is news; of everything else all is
 */
TptRelayLookout *
tpt_relay_lookout_new (const char          *location,
                       gint64               head,
                       TptRelayLookoutNews  news,
                       gpointer             user_data)
{
  TptRelayLookout *self = g_new0 (TptRelayLookout, 1);

  self->location = g_strdup (location);
  self->news = news;
  self->user_data = user_data;
  self->changes = (TptRelayChanges) { .head = head, .revision = -1, .acks = -1 };
  self->questions = g_array_new (FALSE, FALSE, sizeof (Question));
  g_mutex_init (&self->mutex);
  self->wake = eventfd (0, EFD_CLOEXEC | EFD_NONBLOCK);
  if (self->wake < 0)
    g_error ("eventfd: %s", g_strerror (errno));
  tpt_relay_metrics_add_looked ();
  self->thread = g_thread_new ("lookout", run, self);

  return self;
}

static void
wake (TptRelayLookout *self)
{
  guint64 one = 1;

  /* EAGAIN: the counter is full, so the thread is awake already. */
  if (write (self->wake, &one, sizeof one) < 0 && errno != EAGAIN)
    g_error ("eventfd: %s", g_strerror (errno));
}

/* @done: called on the main thread when a look that began after this has been told of, or when the
 * journal could not be read. */
void
tpt_relay_lookout_ask (TptRelayLookout     *self,
                       TptRelayLookoutDone  done,
                       gpointer             user_data)
{
  Question question = { done, user_data };

  g_mutex_lock (&self->mutex);
  g_array_append_val (self->questions, question);
  g_mutex_unlock (&self->mutex);
  wake (self);
}

/* Who has asked and was not answered is answered now. Nothing is told from then on. */
void
tpt_relay_lookout_free (TptRelayLookout *self)
{
  if (self == NULL)
    return;
  g_atomic_int_set (&self->is_over, TRUE);
  wake (self);
  g_thread_join (self->thread);
  hand_over (self, self->questions, FALSE);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_array_unref (self->questions);
  tpt_relay_changes_clear (&self->changes);
  g_mutex_clear (&self->mutex);
  close (self->wake);
  g_free (self->location);
  g_free (self);
}
