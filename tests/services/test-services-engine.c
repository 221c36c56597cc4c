/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "services-fixture.h"

#include "tpt-account-error.h"
#include "tpt-fake-pulse.h"
#include "tpt-memory-token-store.h"
#include "tpt-set-aside-table.h"
#include "tpt-settings-table.h"
#include "tpt-test.h"

/* What the engine does by itself, in a time that passes when the test says so. */
typedef struct
{
  ServicesFixture base;
  TptFakePulse pulse;
  guint syncs;             /* that have ended well */
} Fixture;

static void
synced_cb (Fixture *fixture)
{
  fixture->syncs += tpt_engine_get_state (fixture->base.services->engine) == TPT_ENGINE_IDLE;
}

static void
set_up (Fixture       *fixture,
        gconstpointer  user_data)
{
  g_autoptr (GError) error = NULL;
  TptEngine *engine;

  services_fixture_set_up (&fixture->base, "240");
  engine = fixture->base.services->engine;
  tpt_fake_pulse_init (&fixture->pulse);
  tpt_engine_set_timer (engine, &fixture->pulse.timer);
  g_signal_connect_swapped (engine, "notify::state", G_CALLBACK (synced_cb), fixture);
  services_fixture_connect (&fixture->base, "sandbox-pat", &error);
  g_assert_no_error (error);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  user_data)
{
  services_fixture_tear_down (&fixture->base, user_data);
  tpt_fake_pulse_clear (&fixture->pulse);
}

static void
settle (Fixture *fixture)
{
  tpt_test_await_func (tpt_fake_pulse_is_calm, &fixture->pulse);
}

static gboolean
is_begun (gpointer user_data)
{
  return !tpt_fake_pulse_is_waiting (user_data);
}

/* The pause is over, and what comes of it, too. */
static void
pass (Fixture *fixture)
{
  tpt_fake_pulse_pass (&fixture->pulse);
  tpt_test_await_func (is_begun, &fixture->pulse);
  settle (fixture);
}

static void
start (Fixture *fixture)
{
  tpt_services_start (fixture->base.services);
  settle (fixture);
  g_assert_cmpuint (fixture->syncs, ==, 1);
  fixture->syncs = 0;
  services_fixture_ask (&fixture->base, "DELETE", "/requests", NULL);
}

static void
set_offline (Fixture  *fixture,
             gboolean  is_offline)
{
  services_fixture_ask (&fixture->base, "PUT", "/faults",
                        is_offline ? "{\"rules\":[{\"drop\":true}]}" : "{}");
}

static void
assert_offline (Fixture *fixture)
{
  TptEngine *engine = fixture->base.services->engine;

  g_assert_cmpint (tpt_engine_get_state (engine), ==, TPT_ENGINE_OFFLINE);
  g_assert_cmpstr (tpt_engine_get_message (engine), !=, "");
  g_assert_cmpint (fixture->pulse.pause, <=, 2 * TPT_MINUTE);
}

/* A night away is one sync, not as many as there would have been: what a clock says then does not
 * matter. */
static void
test_engine_away (Fixture       *fixture,
                  gconstpointer  user_data)
{
  TptClock *clock = fixture->base.services->clock;

  start (fixture);
  g_assert_cmpint (fixture->pulse.pause, ==, 45 * TPT_SECOND);
  tpt_clock_set (clock, tpt_clock_now (clock) + 8 * TPT_HOUR);
  for (guint i = 0; i < 480; i++)
    tpt_engine_wake (fixture->base.services->engine);
  settle (fixture);
  g_assert_cmpuint (fixture->syncs, ==, 1);
  g_assert_cmpint (fixture->pulse.pause, ==, 45 * TPT_SECOND);
}

/* Whatever the clock jumps to, there is one sync a beat, the record stays whole, and once the clock
 * is right again it goes on as before. */
static void
test_engine_clock_jumps (Fixture       *fixture,
                         gconstpointer  user_data)
{
  TptClock *clock = fixture->base.services->clock;
  TptTime now = tpt_clock_now (clock);
  const TptTime jumps[] = {
    now + 2 * TPT_HOUR, now - 10 * TPT_DAY, now + 5 * 365 * TPT_DAY, TPT_SECOND,
    (TptTime) 2147483647 * TPT_SECOND, now,
  };
  g_autoptr (GPtrArray) before = NULL;
  g_autoptr (GPtrArray) after = NULL;

  start (fixture);
  before = services_fixture_meetings (&fixture->base);
  for (gsize i = 0; i < G_N_ELEMENTS (jumps); i++)
    {
      tpt_clock_set (clock, jumps[i]);
      fixture->syncs = 0;
      pass (fixture);
      g_assert_cmpuint (fixture->syncs, ==, 1);
      g_assert_cmpint (fixture->pulse.pause, ==, 45 * TPT_SECOND);
    }
  after = services_fixture_meetings (&fixture->base);
  g_assert_cmpuint (after->len, ==, before->len);

  services_fixture_ask (&fixture->base, "DELETE", "/requests", NULL);
  pass (fixture);
  g_assert_cmpuint (services_fixture_count_requests (&fixture->base, "/invitees"), ==, 0);
}

/* Started without a network; it comes and goes: each time it is back there is one sync, without
 * anybody asking. */
static void
test_engine_network (Fixture       *fixture,
                     gconstpointer  user_data)
{
  GNetworkMonitor *monitor = g_network_monitor_get_default ();

  set_offline (fixture, TRUE);
  tpt_services_start (fixture->base.services);
  settle (fixture);
  for (guint i = 0; i < 20; i++)
    {
      assert_offline (fixture);
      g_signal_emit_by_name (monitor, "network-changed", FALSE);
      g_assert_cmpint (fixture->pulse.pause, >, 0);

      set_offline (fixture, FALSE);
      fixture->syncs = 0;
      g_signal_emit_by_name (monitor, "network-changed", TRUE);
      settle (fixture);
      g_assert_cmpuint (fixture->syncs, ==, 1);
      g_assert_null (tpt_engine_get_message (fixture->base.services->engine));

      set_offline (fixture, TRUE);
      pass (fixture);
    }
}

/* The network is there all the time, but the service is not: it is asked again and again, and soon
 * found when it is back. */
static void
test_engine_service_back (Fixture       *fixture,
                          gconstpointer  user_data)
{
  start (fixture);
  set_offline (fixture, TRUE);
  for (guint i = 0; i < 12; i++)
    {
      pass (fixture);
      assert_offline (fixture);
    }
  set_offline (fixture, FALSE);
  fixture->syncs = 0;
  pass (fixture);
  g_assert_cmpuint (fixture->syncs, ==, 1);
  g_assert_cmpint (fixture->pulse.pause, ==, 45 * TPT_SECOND);
}

static gboolean
is_syncing (gpointer user_data)
{
  return tpt_engine_get_state (user_data) == TPT_ENGINE_SYNCING;
}

/* Something was missed while a sync went on, which may have been past it: there is one more. */
static void
test_engine_doubt (Fixture       *fixture,
                   gconstpointer  user_data)
{
  TptEngine *engine = fixture->base.services->engine;

  start (fixture);
  services_fixture_ask (&fixture->base, "PUT", "/faults", "{\"rules\":[{\"delay_ms\":100}]}");
  tpt_fake_pulse_pass (&fixture->pulse);
  tpt_test_await_func (is_syncing, engine);
  for (guint i = 0; i < 10; i++)
    tpt_engine_wake (engine);
  settle (fixture);
  g_assert_cmpuint (fixture->syncs, ==, 2);
}

/* An invitee of an event that is still ahead, and the event. */
static char *
find_booking (Fixture  *fixture,
              char    **event)
{
  g_autoptr (JsonNode) node = NULL;
  JsonObject *state = services_fixture_state (&fixture->base, &node);
  JsonArray *invitees = json_object_get_array_member (state, "invitees");
  g_autoptr (GPtrArray) meetings = services_fixture_meetings (&fixture->base);

  for (guint i = 0; i < json_array_get_length (invitees); i++)
    {
      JsonObject *object = json_array_get_object_element (invitees, i);
      const char *uri = json_object_get_string_member (object, "uri");
      TptMeeting *meeting = NULL;
      TptInvitee *invitee = services_fixture_find (meetings, uri, &meeting);

      if (invitee == NULL || meeting->invitees->len != 1 || meeting->canceled
          || meeting->start < tpt_clock_now (fixture->base.services->clock) + TPT_DAY)
        continue;
      *event = g_strdup (meeting->uri);
      return g_strdup (uri);
    }
  g_assert_not_reached ();
}

static TptMeeting *
find_meeting (Fixture    *fixture,
              const char *event)
{
  g_autoptr (GPtrArray) meetings = services_fixture_meetings (&fixture->base);

  for (guint i = 0; i < meetings->len; i++)
    {
      TptMeeting *meeting = g_ptr_array_index (meetings, i);

      if (g_str_equal (meeting->uri, event))
        return g_object_ref (meeting);
    }
  g_assert_not_reached ();
}

static guint
count_invitees (Fixture    *fixture,
                const char *event)
{
  g_autoptr (TptMeeting) meeting = find_meeting (fixture, event);

  return meeting->invitees->len;
}

static gboolean
age_func (TptSession  *session,
          gpointer     nothing,
          GError     **error)
{
  return tpt_settings_table_set_text (session, "sync.read-by", "0.0.1", error);
}

static gboolean
list_func (TptSession  *session,
           gpointer     list,
           GError     **error)
{
  return tpt_set_aside_table_list (session, list, error);
}

static void
transact (Fixture      *fixture,
          TptStoreFunc  func,
          gpointer      data)
{
  TptStore *store = fixture->base.services->store;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  TptTestResult waiting = { NULL };

  tpt_store_transact_async (store, func, data, NULL, NULL, tpt_test_result_cb, &waiting);
  result = tpt_test_await (&waiting);
  tpt_store_transact_finish (store, result, &error);
  g_assert_no_error (error);
}

static guint
count_set_aside (Fixture *fixture)
{
  g_autoptr (GPtrArray) list = NULL;

  transact (fixture, list_func, &list);

  return list->len;
}

/* The meeting whose booking cannot be read is named. */
static void
assert_named (Fixture    *fixture,
              const char *event)
{
  g_autoptr (TptMeeting) meeting = find_meeting (fixture, event);
  g_autoptr (GPtrArray) list = NULL;
  g_autofree char *start = tpt_time_format (meeting->start);
  g_autofree char *label = g_strdup_printf ("%s\n%s", meeting->name, start);

  transact (fixture, list_func, &list);
  g_assert_cmpstr (((TptSetAside *) g_ptr_array_index (list, 0))->label, ==, label);
}

/* From now on, for so many times, the booking of @event comes without what makes it one. */
static void
spoil (Fixture    *fixture,
       const char *event,
       const char *invitee,
       guint       times)
{
  g_autofree char *faults = g_strdup_printf (
    "{\"rules\":[{\"path\":\"%s/invitees\",\"times\":%u,\"status\":200,\"body\":"
    "{\"collection\":[{\"uri\":\"%s\"}],\"pagination\":{\"count\":1,\"next_page\":null,"
    "\"previous_page\":null,\"next_page_token\":null,\"previous_page_token\":null}}}]}",
    strstr (event, "/scheduled_events/"), times, invitee);

  services_fixture_ask (&fixture->base, "PUT", "/faults", faults);
}

/* A record that cannot be read is set aside and left alone; who asks for a sync has it tried again,
 * and so does a newer version of the program, once. */
static void
test_engine_set_aside (Fixture       *fixture,
                       gconstpointer  user_data)
{
  g_autofree char *event = NULL;
  g_autofree char *invitee = NULL;
  g_autoptr (TptSyncReport) report = NULL;
  g_autoptr (GError) error = NULL;

  start (fixture);
  invitee = find_booking (fixture, &event);
  services_fixture_disconnect (&fixture->base, TRUE, NULL, &error);
  g_assert_no_error (error);
  spoil (fixture, event, invitee, 2);
  services_fixture_connect (&fixture->base, "sandbox-pat", &error);
  g_assert_no_error (error);
  settle (fixture);
  g_assert_cmpuint (count_set_aside (fixture), ==, 1);
  g_assert_cmpuint (count_invitees (fixture, event), ==, 0);
  assert_named (fixture, event);

  services_fixture_ask (&fixture->base, "DELETE", "/requests", NULL);
  pass (fixture);
  g_assert_cmpuint (services_fixture_count_requests (&fixture->base, "/invitees"), ==, 0);
  report = services_fixture_sync (&fixture->base, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (report->failed->len, ==, 1);
  g_assert_cmpuint (services_fixture_count_requests (&fixture->base, "/invitees"), ==, 1);

  transact (fixture, age_func, NULL);
  pass (fixture);
  g_assert_cmpuint (services_fixture_count_requests (&fixture->base, "/invitees"), ==, 2);
  g_assert_cmpuint (count_set_aside (fixture), ==, 0);
  g_assert_cmpuint (count_invitees (fixture, event), ==, 1);
  pass (fixture);
  g_assert_cmpuint (services_fixture_count_requests (&fixture->base, "/invitees"), ==, 2);
}

/* What was set aside does not outlive what it was of: a booking that its meeting has no more, an
 * event type that is told again as it was before. */
static void
test_engine_set_aside_gone (Fixture       *fixture,
                            gconstpointer  user_data)
{
  TptServices *services = fixture->base.services;
  g_autofree char *event = NULL;
  g_autofree char *invitee = NULL;
  g_autofree char *gone = NULL;
  g_autofree char *faults = NULL;
  g_autoptr (TptEventType) type = NULL;
  g_autoptr (TptSyncReport) report = NULL;
  g_autoptr (GError) error = NULL;

  start (fixture);
  type = services_fixture_event_type (&fixture->base);
  invitee = find_booking (fixture, &event);
  services_fixture_disconnect (&fixture->base, TRUE, NULL, &error);
  g_assert_no_error (error);
  gone = g_strconcat (event, "/invitees/GONE", NULL);
  spoil (fixture, event, gone, 1);
  services_fixture_connect (&fixture->base, "sandbox-pat", &error);
  g_assert_no_error (error);
  settle (fixture);
  g_assert_cmpuint (count_set_aside (fixture), ==, 1);
  report = services_fixture_sync (&fixture->base, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (report->failed->len, ==, 0);
  g_assert_cmpuint (count_invitees (fixture, event), ==, 1);
  g_assert_cmpuint (count_set_aside (fixture), ==, 0);

  faults = g_strdup_printf ("{\"rules\":[{\"path\":\"/event_types\",\"times\":1,\"status\":200,"
                            "\"body\":{\"collection\":[{\"uri\":\"%s\"}]}}]}", type->uri);
  services_fixture_ask (&fixture->base, "PUT", "/faults", faults);
  for (guint i = 1; i < 3; i++)
    {
      g_autoptr (TptSyncReport) full = NULL;

      tpt_clock_set (services->clock, tpt_clock_now (services->clock) + TPT_MINUTE);
      full = services_fixture_sync (&fixture->base, &(TptSyncOptions) { .full = TRUE }, &error);
      g_assert_no_error (error);
      g_assert_cmpuint (full->failed->len, ==, 2 - i);
      g_assert_cmpuint (count_set_aside (fixture), ==, 2 - i);
    }
}

static void
set_locked (Fixture  *fixture,
            gboolean  is_locked)
{
  g_autoptr (GError) refusal =
    g_error_new_literal (TPT_ACCOUNT_ERROR, TPT_ACCOUNT_ERROR_LOCKED, "Locked");

  tpt_memory_token_store_set_failure (TPT_MEMORY_TOKEN_STORE (fixture->base.secrets),
                                      is_locked ? refusal : NULL, FALSE);
}

/* K-2: who does not unlock the keyring is asked again when he wants something, not every two
 * minutes; once it is open, it goes on without a click. */
static void
test_engine_locked (Fixture       *fixture,
                    gconstpointer  user_data)
{
  TptMemoryTokenStore *secrets = TPT_MEMORY_TOKEN_STORE (fixture->base.secrets);
  TptEngine *engine = fixture->base.services->engine;
  g_autoptr (GError) error = NULL;
  guint asked;

  start (fixture);
  services_fixture_ask (&fixture->base, "PUT", "/faults", "{\"rules\":[{\"status\":401}]}");
  set_locked (fixture, TRUE);
  pass (fixture);
  asked = tpt_memory_token_store_get_refusals (secrets);
  g_assert_cmpuint (asked, >, 0);
  pass (fixture);
  pass (fixture);
  g_assert_cmpuint (tpt_memory_token_store_get_refusals (secrets), ==, asked);
  g_assert_nonnull (tpt_engine_get_message (engine));

  g_assert_null (services_fixture_sync (&fixture->base, NULL, &error));
  g_assert_error (error, TPT_CONNECTION_ERROR, TPT_CONNECTION_ERROR_KEYRING);
  g_assert_cmpuint (tpt_memory_token_store_get_refusals (secrets), >, asked);

  set_offline (fixture, FALSE);
  set_locked (fixture, FALSE);
  pass (fixture);
  g_assert_null (tpt_engine_get_message (engine));
}

int
main (int    argc,
      char **argv)
{
  static const struct
  {
    const char *path;
    void (*func) (Fixture *, gconstpointer);
  } tests[] = {
    { "/services/engine/away", test_engine_away },
    { "/services/engine/clock-jumps", test_engine_clock_jumps },
    { "/services/engine/network", test_engine_network },
    { "/services/engine/service-back", test_engine_service_back },
    { "/services/engine/doubt", test_engine_doubt },
    { "/services/engine/locked", test_engine_locked },
    { "/services/engine/set-aside", test_engine_set_aside },
    { "/services/engine/set-aside-gone", test_engine_set_aside_gone },
  };

  tpt_test_init (&argc, &argv);
  for (gsize i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, Fixture, NULL, set_up, tests[i].func, tear_down);

  return g_test_run ();
}
