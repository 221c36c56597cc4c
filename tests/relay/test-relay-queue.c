/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-relay-queue.h"
#include "tpt-test.h"

typedef struct
{
  GThread  *writer;
  GThread  *teller;
  gboolean  fails;
  gboolean  failed;
  gboolean  done;
} Job;

static gboolean
write_job (TptRelayJournal  *journal,
           gpointer          data,
           GError          **error)
{
  Job *job = data;

  job->writer = g_thread_self ();
  if (job->fails)
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NO_SPACE, "full");

  return !job->fails;
}

static void
job_done (gpointer      data,
          const GError *error)
{
  Job *job = data;

  job->teller = g_thread_self ();
  job->failed = error != NULL;
  job->done = TRUE;
}

static TptRelayQueue *
open_queue (const char *directory)
{
  g_autofree char *location = g_strdup_printf ("sqlite:%s/journal.db", directory);
  g_autoptr (GError) error = NULL;
  TptRelayJournal *journal = tpt_relay_journal_open (location, TPT_RELAY_JOURNAL_WRITER, &error);

  g_assert_no_error (error);

  return tpt_relay_queue_new (location, journal);
}

/* Also where nobody runs the main loop when the batch is on the disk: while the relay ends, the
 * routes' data are being freed on the main thread. */
static void
test_teller (void)
{
  g_autofree char *directory = tpt_test_make_dir ();
  TptRelayQueue *queue = open_queue (directory);
  Job job = { NULL, NULL, FALSE, FALSE, FALSE };

  tpt_relay_queue_push (queue, write_job, job_done, &job);
  tpt_relay_queue_free (queue);
  tpt_test_await_bool (&job.done);
  g_assert_true (job.teller == g_thread_self ());
  g_assert_true (job.writer != g_thread_self ());
  g_assert_false (job.failed);
  tpt_test_remove_dir (directory);
}

/* After a batch that failed the next one is written. */
static void
test_failure (void)
{
  g_autofree char *directory = tpt_test_make_dir ();
  TptRelayQueue *queue = open_queue (directory);
  Job bad = { NULL, NULL, TRUE, FALSE, FALSE };
  Job good = { NULL, NULL, FALSE, FALSE, FALSE };

  g_test_expect_message ("touchpoint-relay", G_LOG_LEVEL_MESSAGE,
                         "A batch of 1 was not written: full");
  tpt_relay_queue_push (queue, write_job, job_done, &bad);
  tpt_test_await_bool (&bad.done);
  g_assert_true (bad.failed);
  g_test_assert_expected_messages ();
  tpt_relay_queue_push (queue, write_job, job_done, &good);
  tpt_test_await_bool (&good.done);
  g_assert_false (good.failed);
  tpt_relay_queue_free (queue);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  tpt_test_remove_dir (directory);
}

int
main (int    argc,
      char **argv)
{
  tpt_test_init (&argc, &argv);
  g_test_add_func ("/relay/queue/teller", test_teller);
  g_test_add_func ("/relay/queue/failure", test_failure);

  return g_test_run ();
}
