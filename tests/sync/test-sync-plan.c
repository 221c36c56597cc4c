/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-sync-plan.h"

#include "tpt-api-endpoint.h"
#include "tpt-listener-client.h"
#include "tpt-listener-secret.h"
#include "tpt-scopes.h"
#include "tpt-sweep-batch.h"
#include "tpt-test.h"

#define NOW ((TptTime) 1790000000 * TPT_SECOND)

/* The day before that of 730 days ago, from its first second. */
#define OLDEST ((TptTime) (1790000000 / 86400 - 731) * TPT_DAY)
/* Where the near days begin and end: between two seconds. */
#define NEAR_BEGIN (NOW - 30 * TPT_DAY + TPT_SECOND / 2)
#define NEAR_END (NOW + 90 * TPT_DAY + TPT_SECOND / 2)

static void
assert_plan (const TptSyncPlan *plan,
             TptTime            start,
             TptTime            end,
             TptSweepKind       kind)
{
  g_assert_cmpint (plan->range.start, ==, start);
  g_assert_cmpint (plan->range.end, ==, end);
  g_assert_cmpint (plan->kind, ==, kind);
}

/* Everything begins with what is near. */
static void
assert_begin (const TptSyncHistory *history,
              gboolean              full,
              TptSweepKind          kind)
{
  TptSyncPlan plan = tpt_sync_plan_make (history, full);

  assert_plan (&plan, NEAR_BEGIN, NEAR_END, kind);
}

static void
test_plan_ranges (void)
{
  TptSyncHistory history = { .now = NOW };
  TptTimeRange asked = { NOW, NOW + TPT_DAY };
  TptSyncPlan plan;

  assert_begin (&history, FALSE, TPT_SWEEP_FULL);
  history.full_at = NOW - TPT_HOUR;
  assert_begin (&history, FALSE, TPT_SWEEP_NEAR);
  assert_begin (&history, TRUE, TPT_SWEEP_FULL);
  history.full_at = NOW - TPT_DAY;
  assert_begin (&history, FALSE, TPT_SWEEP_FULL);
  /* The clock was set back: what it said then is no reason to leave the rest alone. */
  history.full_at = NOW + TPT_DAY;
  assert_begin (&history, FALSE, TPT_SWEEP_FULL);

  plan = tpt_sync_plan_make_import (&asked, TPT_TIME_NONE);
  /* What starts with the day after is none of it. */
  assert_plan (&plan, asked.start, asked.end - TPT_SECOND / 2, TPT_SWEEP_IMPORT);
  g_assert_false (tpt_sync_plan_go_on (&plan, &history));
  plan = tpt_sync_plan_make_import (&asked, NOW + TPT_HOUR);
  g_assert_cmpint (plan.range.start, ==, NOW + TPT_HOUR);
  g_assert_cmpint (plan.begin, ==, NOW);
}

/* No time is in two parts or in none. */
static void
test_plan_parts (void)
{
  TptSyncHistory history = { .now = NOW };
  TptSyncPlan plan = tpt_sync_plan_make (&history, FALSE);

  g_assert_true (tpt_sync_plan_go_on (&plan, &history));
  assert_plan (&plan, OLDEST, NEAR_BEGIN, TPT_SWEEP_PAST);
  g_assert_true (tpt_sync_plan_go_on (&plan, &history));
  assert_plan (&plan, NEAR_END, TPT_TIME_NONE, TPT_SWEEP_AHEAD);
  g_assert_false (tpt_sync_plan_go_on (&plan, &history));

  history.full_at = NOW - TPT_HOUR;
  plan = tpt_sync_plan_make (&history, FALSE);
  g_assert_false (tpt_sync_plan_go_on (&plan, &history));
}

static void
assert_rest (const TptSyncHistory *history,
             TptTime               past_end,
             TptTime               ahead_start)
{
  TptSyncPlan plan = tpt_sync_plan_make (history, FALSE);

  assert_plan (&plan, NEAR_BEGIN, NEAR_END, TPT_SWEEP_FULL);
  g_assert_true (tpt_sync_plan_go_on (&plan, history));
  assert_plan (&plan, OLDEST, past_end, TPT_SWEEP_PAST);
  g_assert_cmpint (plan.begin, ==, NEAR_BEGIN);
  g_assert_true (tpt_sync_plan_go_on (&plan, history));
  assert_plan (&plan, ahead_start, TPT_TIME_NONE, TPT_SWEEP_AHEAD);
}

static void
test_plan_resume (void)
{
  TptSyncHistory history = { .now = NOW, .reached = NOW - 200 * TPT_DAY, .reached_at = NOW - 1 };

  assert_rest (&history, NOW - 200 * TPT_DAY + TPT_SECOND, NEAR_END);
  g_assert_cmpint (tpt_sync_plan_get_begin (&history), ==, NOW - 1);
  history.reached_ahead = NOW + 200 * TPT_DAY;
  assert_rest (&history, NOW - 200 * TPT_DAY + TPT_SECOND, NOW + 200 * TPT_DAY);
  /* Some hours later, the near days begin and end later. */
  history.reached = NOW - 30 * TPT_DAY + TPT_HOUR;
  history.reached_ahead = NOW + 90 * TPT_DAY - TPT_HOUR;
  assert_rest (&history, NEAR_BEGIN, NEAR_END);
  history.reached = OLDEST - TPT_DAY;
  assert_rest (&history, OLDEST, NEAR_END);
  history.reached = NOW - 200 * TPT_DAY;
  history.reached_at = NOW - TPT_DAY;
  assert_rest (&history, NEAR_BEGIN, NEAR_END);
  g_assert_cmpint (tpt_sync_plan_get_begin (&history), ==, NOW);
  history.reached_at = NOW + 1;
  assert_rest (&history, NEAR_BEGIN, NEAR_END);
  g_assert_cmpint (tpt_sync_plan_get_begin (&history), ==, NOW);
}

static void
test_plan_fraction (void)
{
  TptSyncHistory history = { .now = NOW };
  TptTimeRange asked = { NOW, NOW + 10 * TPT_DAY };
  TptSyncPlan plan = tpt_sync_plan_make_import (&asked, NOW + 4 * TPT_DAY);
  double before;

  g_assert_cmpfloat_with_epsilon (tpt_sync_plan_get_fraction (&plan, NOW + 5 * TPT_DAY, NOW), 0.5,
                                  1e-6);
  g_assert_cmpfloat (tpt_sync_plan_get_fraction (&plan, NOW - TPT_DAY, NOW), ==, 0);
  asked.start = TPT_TIME_NONE;
  plan = tpt_sync_plan_make_import (&asked, TPT_TIME_NONE);
  g_assert_cmpfloat (tpt_sync_plan_get_fraction (&plan, NOW, NOW), ==, 0);
  asked.start = asked.end = NOW;
  plan = tpt_sync_plan_make_import (&asked, TPT_TIME_NONE);
  g_assert_cmpfloat (tpt_sync_plan_get_fraction (&plan, NOW, NOW), ==, 0);

  plan = tpt_sync_plan_make (&history, FALSE);
  before = tpt_sync_plan_get_fraction (&plan, NEAR_END, NOW);
  g_assert_cmpfloat_with_epsilon (before, 120.0 / 820, 1e-9);
  g_assert_true (tpt_sync_plan_go_on (&plan, &history));
  g_assert_cmpfloat_with_epsilon (tpt_sync_plan_get_fraction (&plan, NEAR_BEGIN, NOW), before,
                                  1e-9);
  g_assert_cmpfloat_with_epsilon (tpt_sync_plan_get_fraction (&plan, OLDEST, NOW), 1, 1e-6);
  g_assert_true (tpt_sync_plan_go_on (&plan, &history));
  g_assert_cmpfloat (tpt_sync_plan_get_fraction (&plan, NOW + 99 * TPT_DAY, NOW), ==, 1);
}

static void
test_plan_pause (void)
{
  g_assert_cmpint (tpt_sync_plan_get_pause (FALSE, 0, 0.5), ==, 45 * TPT_SECOND);
  g_assert_cmpint (tpt_sync_plan_get_pause (TRUE, 0, 0.5), ==, 15 * TPT_MINUTE);
  for (guint failures = 1; failures < 40; failures++)
    {
      TptTime shortest = tpt_sync_plan_get_pause (FALSE, failures, 0);
      TptTime longest = tpt_sync_plan_get_pause (FALSE, failures, 1);

      g_assert_cmpint (shortest, >=, 22 * TPT_SECOND);
      g_assert_cmpint (shortest, <, longest);
      g_assert_cmpint (longest, <=, 2 * TPT_MINUTE);
      g_assert_cmpint (longest, <=, tpt_sync_plan_get_pause (FALSE, failures + 1, 1));
    }
}

static void
test_plan_invitees (void)
{
  g_autoptr (TptMeeting) fact = tpt_meeting_new ();
  g_autoptr (TptMeeting) stored = tpt_meeting_new ();
  TptInvitee *invitee = tpt_invitee_new ();

  fact->updated_at = stored->updated_at = NOW - 10 * TPT_DAY;
  fact->end = stored->end = NOW - TPT_HOUR;
  fact->invitees_total = fact->invitees_active = 1;
  stored->invitees_total = stored->invitees_active = 1;
  g_ptr_array_add (stored->invitees, invitee);

  g_assert_true (tpt_sweep_batch_needs_invitees (fact, NULL, NOW, FALSE));
  g_assert_true (tpt_sweep_batch_needs_invitees (fact, NULL, NOW, TRUE));
  invitee->seen_at = NOW - 5 * TPT_HOUR;
  g_assert_false (tpt_sweep_batch_needs_invitees (fact, stored, NOW, TRUE));
  g_assert_false (tpt_sweep_batch_needs_invitees (fact, stored, NOW, FALSE));
  invitee->seen_at = NOW - 6 * TPT_HOUR;
  g_assert_true (tpt_sweep_batch_needs_invitees (fact, stored, NOW, FALSE));
  /* Seen by the same sync, which began some time ago. */
  invitee->seen_at = NOW + 30 * TPT_MINUTE;
  g_assert_false (tpt_sweep_batch_needs_invitees (fact, stored, NOW, TRUE));
  /* Seen while the clock was ahead. */
  invitee->seen_at = NOW + 30 * TPT_DAY;
  g_assert_false (tpt_sweep_batch_needs_invitees (fact, stored, NOW, FALSE));
  g_assert_true (tpt_sweep_batch_needs_invitees (fact, stored, NOW, TRUE));
  fact->end = stored->end = NOW - 73 * TPT_HOUR;
  g_assert_false (tpt_sweep_batch_needs_invitees (fact, stored, NOW, FALSE));
  fact->invitees_total = 2;
  g_assert_true (tpt_sweep_batch_needs_invitees (fact, stored, NOW, FALSE));
  fact->invitees_total = 1;
  fact->updated_at++;
  g_assert_true (tpt_sweep_batch_needs_invitees (fact, stored, NOW, FALSE));
}

static TptInvitee *
add_invitee (TptMeeting *stored,
             TptTime     seen_at)
{
  TptInvitee *invitee = tpt_invitee_new ();

  invitee->seen_at = seen_at;
  g_ptr_array_add (stored->invitees, invitee);

  return invitee;
}

/* Of several bookings a webhook counts all and tells one. What does not add up then is asked for
 * until somebody has looked. */
static void
test_plan_half_told (void)
{
  g_autoptr (TptMeeting) fact = tpt_meeting_new ();
  g_autoptr (TptMeeting) stored = tpt_meeting_new ();
  TptInvitee *first = add_invitee (stored, NOW - TPT_HOUR);
  TptInvitee *second = add_invitee (stored, NOW - TPT_MINUTE);

  fact->end = stored->end = NOW + TPT_DAY;
  fact->invitees_total = stored->invitees_total = 2;
  fact->invitees_active = stored->invitees_active = 2;
  stored->source = TPT_SOURCE_WEBHOOK;
  stored->last_synced_at = NOW - TPT_MINUTE;
  g_assert_false (tpt_sweep_batch_needs_invitees (fact, stored, NOW, FALSE));

  fact->invitees_active = stored->invitees_active = 1;
  g_assert_true (tpt_sweep_batch_needs_invitees (fact, stored, NOW, FALSE));
  stored->source = TPT_SOURCE_POLL;
  g_assert_false (tpt_sweep_batch_needs_invitees (fact, stored, NOW, FALSE));
  stored->source = TPT_SOURCE_WEBHOOK;
  first->canceled = TRUE;
  g_assert_true (tpt_sweep_batch_needs_invitees (fact, stored, NOW, FALSE));
  first->canceled_at = NOW - TPT_HOUR;
  g_assert_false (tpt_sweep_batch_needs_invitees (fact, stored, NOW, FALSE));

  fact->invitees_total = stored->invitees_total = 3;
  g_assert_true (tpt_sweep_batch_needs_invitees (fact, stored, NOW, FALSE));
  second->seen_at = NOW;
  g_assert_false (tpt_sweep_batch_needs_invitees (fact, stored, NOW, FALSE));
}

static void
test_plan_scopes (void)
{
  const char *const old[] = { "default", NULL };
  const char *const some[] = { "users:read", "scheduled_events:write", NULL };
  g_auto (GStrv) none = tpt_scopes_get_missing (NULL);
  g_auto (GStrv) missing = tpt_scopes_get_missing (some);

  g_assert_cmpuint (g_strv_length (none), ==, 0);
  g_assert_true (tpt_scopes_grant (old, "webhooks:write"));
  g_assert_true (tpt_scopes_grant (some, "scheduled_events:read"));
  g_assert_false (tpt_scopes_grant (some, "event_types:read"));
  g_assert_true (g_strv_contains ((const char *const *) missing, "webhooks:write"));
  g_assert_false (g_strv_contains ((const char *const *) missing, "scheduled_events:read"));
  for (gsize i = 0; missing[i] != NULL; i++)
    g_assert_nonnull (tpt_scopes_get_feature (missing[i]));
}

/* Whatever a request may be refused for has the name of a feature. */
static void
test_plan_features (void)
{
  guint length;
  const TptApiEndpoint *endpoints = tpt_api_endpoint_list (&length);

  for (guint i = 0; i < length; i++)
    {
      g_test_message ("%s", endpoints[i].scope);
      g_assert_nonnull (tpt_scopes_get_feature (endpoints[i].scope));
    }
}

static void
test_plan_addresses (void)
{
  static const struct
  {
    const char *typed;
    const char *address;
  } cases[] = {
    { "https://relay.example.com", "https://relay.example.com" },
    { "  https://relay.example.com// \n", "https://relay.example.com" },
    { "https://relay.example.com/touchpoint/", "https://relay.example.com/touchpoint" },
    { "http://127.0.0.1:8080", "http://127.0.0.1:8080" },
    { "http://[::1]:8080", "http://[::1]:8080" },
    { "http://localhost:8080", "http://localhost:8080" },
    { "http://relay.example.com", NULL },
    { "http://127.0.0.1.example.com", NULL },
    { "https://user:word@relay.example.com", NULL },
    { "https://relay.example.com?x=1", NULL },
    { "https://", NULL },
    { "relay.example.com", NULL },
    { "javascript:alert(1)", NULL },
    { "", NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *address = tpt_listener_client_check_url (cases[i].typed, &error);

      g_assert_cmpstr (address, ==, cases[i].address);
      if (cases[i].address == NULL)
        g_assert_error (error, TPT_LISTENER_ERROR, TPT_LISTENER_ERROR_ADDRESS);
    }
}

/* What is in the keyring comes back whole, or not at all. */
static void
test_plan_secret (void)
{
  g_autoptr (TptListenerSecret) secret = tpt_listener_secret_new ();
  g_autoptr (TptListenerSecret) again = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;

  secret->url = g_strdup ("https://relay.example.com");
  secret->device = g_strdup ("d1");
  secret->token = g_strdup ("t\\=1;");
  secret->webhook_url = g_strdup ("https://relay.example.com/v1/calendly/webhook/c");
  tpt_relay_box_make_keys (secret->public_key, secret->secret_key);
  text = tpt_listener_secret_to_text (secret);
  again = tpt_listener_secret_from_text (text, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (again->token, ==, secret->token);
  g_assert_null (again->signing_key);
  g_assert_cmpmem (again->secret_key, TPT_RELAY_KEY_SIZE, secret->secret_key, TPT_RELAY_KEY_SIZE);

  for (gsize cut = 0; cut + 1 < strlen (text); cut += 7)
    {
      g_autofree char *part = g_strndup (text, cut);
      g_autoptr (GError) broken = NULL;

      g_assert_null (tpt_listener_secret_from_text (part, &broken));
      g_assert_error (broken, TPT_LISTENER_ERROR, TPT_LISTENER_ERROR_NOT_ENROLLED);
    }
}

int
main (int    argc,
      char **argv)
{
  tpt_test_init (&argc, &argv);

  g_test_add_func ("/sync/plan/ranges", test_plan_ranges);
  g_test_add_func ("/sync/plan/parts", test_plan_parts);
  g_test_add_func ("/sync/plan/resume", test_plan_resume);
  g_test_add_func ("/sync/plan/fraction", test_plan_fraction);
  g_test_add_func ("/sync/plan/pause", test_plan_pause);
  g_test_add_func ("/sync/plan/invitees", test_plan_invitees);
  g_test_add_func ("/sync/plan/half-told", test_plan_half_told);
  g_test_add_func ("/sync/plan/scopes", test_plan_scopes);
  g_test_add_func ("/sync/plan/features", test_plan_features);
  g_test_add_func ("/sync/plan/addresses", test_plan_addresses);
  g_test_add_func ("/sync/plan/secret", test_plan_secret);

  return g_test_run ();
}
