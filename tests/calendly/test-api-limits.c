/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-api-fixture.h"

#define WINDOW (60 * G_USEC_PER_SEC)

/* An API that allows so many requests in a minute of the fixture's time, and says so. */
typedef struct
{
  TptApiFixture *fixture;
  int limit;
  int used;
  gint64 window_end;
  guint served;
  guint refused;
  guint open;              /* requests that have come and were not answered yet */
  guint most_open;
} Budget;

/* One of many calls at once. */
typedef struct
{
  guint left;
  guint failed;
  gboolean done;
} Crowd;

static void
set_header (SoupServerMessage *message,
            const char        *name,
            gint64             value)
{
  g_autofree char *text = g_strdup_printf ("%" G_GINT64_FORMAT, value);

  soup_message_headers_replace (soup_server_message_get_response_headers (message), name, text);
}

static void
finished_cb (SoupServerMessage *message,
             gpointer           user_data)
{
  Budget *budget = user_data;

  budget->open--;
}

static gboolean
unpause_cb (gpointer user_data)
{
  soup_server_message_unpause (user_data);

  return G_SOURCE_REMOVE;
}

static void
budget_cb (SoupServer        *server,
           SoupServerMessage *message,
           const char        *path,
           GHashTable        *query,
           gpointer           user_data)
{
  Budget *self = user_data;

  if (self->fixture->now >= self->window_end)
    {
      self->used = 0;
      self->window_end = self->fixture->now + WINDOW;
    }
  self->open++;
  self->most_open = MAX (self->most_open, self->open);
  g_signal_connect (message, "finished", G_CALLBACK (finished_cb), self);
  self->served++;
  set_header (message, "X-RateLimit-Limit", self->limit);
  set_header (message, "X-RateLimit-Reset",
              (self->window_end - self->fixture->now + G_USEC_PER_SEC - 1) / G_USEC_PER_SEC);
  set_header (message, "X-RateLimit-Remaining", MAX (self->limit - self->used - 1, 0));
  if (self->used++ < self->limit)
    {
      soup_server_message_set_status (message, 200, NULL);
      soup_server_message_set_response (message, "application/json", SOUP_MEMORY_STATIC, "{}", 2);
    }
  else
    {
      self->refused++;
      soup_server_message_set_status (message, 429, NULL);
    }
  /* A while later, so that the next come while this one is open. */
  soup_server_message_pause (message);
  g_timeout_add_full (G_PRIORITY_DEFAULT, 1, unpause_cb, g_object_ref (message), g_object_unref);
}

static void
sent_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  Crowd *crowd = user_data;
  g_autoptr (TptJsonTree) node = tpt_api_client_send_finish (TPT_API_CLIENT (source), result, NULL);

  crowd->left--;
  crowd->failed += node == NULL;
  crowd->done = crowd->left == 0;
}

static void
send_crowd (TptApiFixture *fixture,
            Crowd         *crowd,
            guint          size,
            GCancellable  *cancellable)
{
  crowd->left += size;
  for (guint i = 0; i < size; i++)
    tpt_api_client_send_async (fixture->client, "GET", "/scheduled_events", NULL, NULL,
                               cancellable, sent_cb, crowd);
}

static TptApiFixture *
set_up (Budget *budget,
        int     limit)
{
  TptApiFixture *fixture = tpt_api_fixture_new ();

  budget->fixture = fixture;
  budget->limit = limit;
  soup_server_remove_handler (fixture->server, NULL);
  soup_server_add_handler (fixture->server, NULL, budget_cb, budget, NULL);

  return fixture;
}

/* However many come at once, no more are sent than the plan allows: none is refused, each is sent
 * once, and only so many are open at a time. */
static void
test_budget (gconstpointer data)
{
  int limit = GPOINTER_TO_INT (data);
  guint size = (guint) limit * 2 + 50;
  Budget budget = { .fixture = NULL };
  g_autoptr (TptApiFixture) fixture = set_up (&budget, limit);
  Crowd crowd = { 0, 0, FALSE };

  send_crowd (fixture, &crowd, size, NULL);
  tpt_test_await_bool (&crowd.done);
  g_assert_cmpuint (crowd.failed, ==, 0);
  g_assert_cmpuint (budget.refused, ==, 0);
  g_assert_cmpuint (budget.served, ==, size);
  g_assert_cmpuint (budget.most_open, >, 1);
  g_assert_cmpuint (budget.most_open, <=, 8);
  /* It did have to wait, and for minutes. */
  g_assert_cmpint (fixture->now, >=, 2 * WINDOW);
}

/* What a person waits for goes before everything that waits for a connection. */
static void
test_urgent (void)
{
  Budget budget = { .fixture = NULL };
  g_autoptr (TptApiFixture) fixture = set_up (&budget, 10000);
  Crowd crowd = { 0, 0, FALSE };
  Crowd person = { 1, 0, FALSE };

  send_crowd (fixture, &crowd, 200, NULL);
  tpt_api_client_send_async (fixture->client, "POST", "/scheduling_links", NULL, NULL, NULL,
                             sent_cb, &person);
  tpt_test_await_bool (&person.done);
  g_assert_cmpuint (person.failed, ==, 0);
  g_assert_cmpuint (crowd.left, >=, 200 - 3 * 8);
  tpt_test_await_bool (&crowd.done);
  g_assert_cmpuint (crowd.failed, ==, 0);
}

/* Calls that wait for a connection can be canceled, and nothing of theirs is sent. */
static void
test_cancelled (void)
{
  Budget budget = { .fixture = NULL };
  g_autoptr (TptApiFixture) fixture = set_up (&budget, 10000);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  Crowd stays = { 0, 0, FALSE };
  Crowd goes = { 0, 0, FALSE };

  send_crowd (fixture, &stays, 20, NULL);
  send_crowd (fixture, &goes, 50, cancellable);
  g_cancellable_cancel (cancellable);
  tpt_test_await_bool (&goes.done);
  g_assert_cmpuint (goes.failed, ==, 50);
  tpt_test_await_bool (&stays.done);
  g_assert_cmpuint (stays.failed, ==, 0);
  g_assert_cmpuint (budget.served, ==, 20);
}

/* Anywhere between nothing and a bound that doubles, and not the same for everybody. */
static void
test_jitter (void)
{
  static const TptApiReply reply = { 503, NULL, "{}", { NULL } };
  static const guint bounds[] = { 500, 1000, 2000 };
  g_autoptr (TptApiFixture) fixture = tpt_api_fixture_new ();
  guint low = 0;
  guint high = 0;

  for (guint i = 0; i < 64; i++)
    {
      g_autoptr (TptJsonTree) node = NULL;

      tpt_api_fixture_script (fixture, &reply, 1);
      node = tpt_api_fixture_send (fixture, "GET", NULL);
      g_assert_null (node);
      g_assert_cmpuint (fixture->waits->len, ==, G_N_ELEMENTS (bounds));
      for (guint j = 0; j < G_N_ELEMENTS (bounds); j++)
        {
          guint wait = g_array_index (fixture->waits, guint, j);

          g_assert_cmpuint (wait, <=, bounds[j]);
          low += wait < bounds[j] / 4;
          high += wait > bounds[j] * 3 / 4;
        }
    }
  /* Of 192 about 48 each; that one of them stays below 10 happens once in 10¹³ runs. */
  g_assert_cmpuint (low, >=, 10);
  g_assert_cmpuint (high, >=, 10);
}

int
main (int    argc,
      char **argv)
{
  tpt_test_init (&argc, &argv);
  g_test_add_data_func ("/calendly/api-limits/free", GINT_TO_POINTER (50), test_budget);
  g_test_add_data_func ("/calendly/api-limits/paid", GINT_TO_POINTER (500), test_budget);
  g_test_add_func ("/calendly/api-limits/urgent", test_urgent);
  g_test_add_func ("/calendly/api-limits/cancelled", test_cancelled);
  g_test_add_func ("/calendly/api-limits/jitter", test_jitter);

  return g_test_run ();
}
