/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "services-worker.h"

#include <stdio.h>

#include "tpt-test.h"

#define KILLS 12

/* What a worker said before it began. */
typedef struct
{
  ServicesWorker base;
  gint64 full_at;
  guint stored;
  guint near;              /* 30 days back, 90 ahead */
  gint64 first;            /* the earliest start */
} Worker;

static void
worker_start (Worker     *self,
              const char *home)
{
  const char *line = services_worker_start (&self->base, home, "sync", NULL, NULL);

  g_assert_cmpint (sscanf (line, "begins %" G_GINT64_FORMAT " %u %u %" G_GINT64_FORMAT,
                           &self->full_at, &self->stored, &self->near, &self->first),
                   ==, 4);
}

static void
worker_finish (Worker     *self,
               const char *home)
{
  worker_start (self, home);
  g_free (services_worker_finish (&self->base));
}

/* How many meetings of a dump start later than @first. */
static guint
count_later (const char *dump,
             gint64      first)
{
  g_auto (GStrv) lines = g_strsplit (dump, "\n", -1);
  guint count = 0;

  for (guint i = 0; lines[i] != NULL; i++)
    {
      g_auto (GStrv) words = g_strsplit (lines[i], " ", -1);
      guint length = g_strv_length (words);

      /* Bookings are indented; the name of a meeting may have any number of words. */
      if (length >= 5 && *words[0] != '\0'
          && g_ascii_strtoll (words[length - 3], NULL, 10) > first)
        count++;
    }

  return count;
}

/* What was stored before the kill: the near days first, then the past from new to old, and what
 * comes after them at last. */
static void
check_order (const Worker *found,
             const Worker *calm,
             const char   *wanted,
             guint         ahead)
{
  g_assert_cmpint (found->full_at, ==, 0);
  if (found->stored == 0)
    return;
  if (found->stored > found->near)
    g_assert_cmpuint (found->near, ==, calm->near);
  if (found->near == calm->near)
    g_assert_cmpuint (found->stored, >=, count_later (wanted, found->first) - ahead);
  if (found->first > calm->first)
    g_assert_cmpuint (found->stored, <=, calm->stored - ahead);
}

/* How many start after the near days: what is neither near nor past. */
static guint
count_ahead (const char *wanted)
{
  TptTime now;

  g_assert_true (tpt_time_parse (SERVICES_NOW, &now, NULL));

  return count_later (wanted, now + 90 * TPT_DAY);
}

/* Killed at any point of the first sync, it has what is near before anything else, goes on where it
 * was, and ends in the same record as one that nobody disturbed. */
static void
test_first_sync_killed (ServicesFixture *fixture,
                        gconstpointer    user_data)
{
  g_autofree char *calm_home = tpt_test_make_dir ();
  g_autofree char *rough_home = tpt_test_make_dir ();
  g_autofree char *wanted = NULL;
  g_autofree char *got = NULL;
  Worker calm = { { NULL, NULL, NULL }, 0, 0, 0, 0 };
  Worker rough = { { NULL, NULL, NULL }, 0, 0, 0, 0 };
  guint stored = 0;

  worker_finish (&calm, calm_home);
  services_fixture_ask (fixture, "DELETE", "/requests", NULL);
  worker_finish (&calm, calm_home);
  g_assert_cmpint (calm.full_at, !=, 0);
  g_assert_cmpuint (calm.near, >, 0);
  g_assert_cmpuint (calm.stored, >, 1000);
  g_assert_cmpuint (services_fixture_count_requests (fixture, "/invitees"), ==, 0);
  wanted = services_worker_dump (calm_home);

  /* At least until there is something to go on from. */
  for (guint i = 0; i < KILLS || stored == 0; i++)
    {
      services_fixture_ask (fixture, "DELETE", "/requests", NULL);
      worker_start (&rough, rough_home);
      g_assert_cmpuint (rough.stored, >=, stored);
      check_order (&rough, &calm, wanted, count_ahead (wanted));
      stored = rough.stored;
      services_worker_kill (&rough.base, fixture, (guint) g_test_rand_int_range (0, 240));
    }

  services_fixture_ask (fixture, "DELETE", "/requests", NULL);
  worker_finish (&rough, rough_home);
  g_test_message ("%u of %u meetings were there after %d kills", rough.stored, calm.stored, KILLS);
  g_assert_cmpuint (rough.stored, >, 0);
  g_assert_cmpuint (services_fixture_count_requests (fixture, "/invitees"), ==,
                    calm.stored - rough.stored);
  got = services_worker_dump (rough_home);
  g_assert_cmpstr (got, ==, wanted);

  services_fixture_ask (fixture, "DELETE", "/requests", NULL);
  worker_finish (&rough, rough_home);
  g_assert_cmpint (rough.full_at, !=, 0);
  g_assert_cmpuint (services_fixture_count_requests (fixture, "/invitees"), ==, 0);
  tpt_test_remove_dir (calm_home);
  tpt_test_remove_dir (rough_home);
}

int
main (int    argc,
      char **argv)
{
  tpt_test_init (&argc, &argv);
  g_test_add ("/services/first-sync/killed", ServicesFixture, "2400", services_fixture_set_up,
              test_first_sync_killed, services_fixture_tear_down);

  return g_test_run ();
}
