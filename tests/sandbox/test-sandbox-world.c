/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-sandbox-clock.h"
#include "tpt-sandbox-history.h"
#include "tpt-sandbox-server.h"
#include "tpt-sandbox-staff.h"
#include "tpt-test.h"

#define NOW       G_GINT64_CONSTANT (1772616000000000)
#define CUSTOMERS 25
#define MEETINGS  400

static TptSandboxWorld *
make_world_at (guint64 seed,
               gint64  now)
{
  TptSandboxWorld *world = tpt_sandbox_world_new (seed);

  tpt_sandbox_staff_fill (world, now);
  tpt_sandbox_catalogue_fill (world, now);
  tpt_sandbox_customers_fill (world, CUSTOMERS);
  tpt_sandbox_history_fill (world, MEETINGS, 80, now);

  return world;
}

static TptSandboxWorld *
make_world (guint64 seed)
{
  return make_world_at (seed, NOW);
}

/* Everything that a client could see, in one text. */
static char *
describe (TptSandboxWorld *world)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < world->invitees->len; i++)
    {
      TptSandboxInvitee *invitee = world->invitees->pdata[i];

      g_string_append_printf (text, "%s %s %s %s %" G_GINT64_FORMAT " %" G_GINT64_FORMAT " %s %s\n",
                              invitee->uuid, invitee->event->uuid, invitee->name, invitee->email,
                              invitee->created_at, invitee->event->start,
                              invitee->cancellation.by, invitee->no_show);
    }

  return g_string_free (text, FALSE);
}

static void
test_same_seed (void)
{
  g_autoptr (TptSandboxWorld) first = make_world (7);
  g_autoptr (TptSandboxWorld) second = make_world (7);
  g_autoptr (TptSandboxWorld) other = make_world (8);
  g_autofree char *first_text = describe (first);
  g_autofree char *second_text = describe (second);
  g_autofree char *other_text = describe (other);
  g_autofree char *first_csv = tpt_sandbox_customers_csv (first);
  g_autofree char *second_csv = tpt_sandbox_customers_csv (second);

  g_assert_cmpstr (first_text, ==, second_text);
  g_assert_cmpstr (first_csv, ==, second_csv);
  g_assert_cmpstr (first_text, !=, other_text);
}

static void
check_chain (TptSandboxInvitee *invitee)
{
  TptSandboxInvitee *newer = invitee->new_invitee;

  g_assert_cmpint (invitee->rescheduled, ==, newer != NULL);
  if (newer == NULL)
    return;
  g_assert_true (newer->old_invitee == invitee);
  g_assert_true (newer->event != invitee->event);
  g_assert_cmpint (invitee->cancellation.at, ==, newer->created_at);
  g_assert_cmpint (invitee->event->cancellation.at, !=, 0);
}

/* No record contradicts another, whatever the dice said. */
static void
test_consistent (void)
{
  for (guint64 seed = 1; seed <= 20; seed++)
    {
      g_autoptr (TptSandboxWorld) world = make_world (seed);

      g_assert_cmpuint (world->events->len, ==, MEETINGS);
      for (guint i = 0; i < world->invitees->len; i++)
        {
          TptSandboxInvitee *invitee = world->invitees->pdata[i];
          TptSandboxEvent *event = invitee->event;

          check_chain (invitee);
          g_assert_cmpint (invitee->created_at, <=, NOW);
          g_assert_cmpint (invitee->created_at, <=, event->start);
          g_assert_cmpint (event->created_at, <=, invitee->created_at);
          g_assert_cmpint (event->end, >, event->start);
          g_assert_cmpint (invitee->updated_at, <=, NOW);
          if (invitee->cancellation.at != 0)
            g_assert_cmpint (invitee->cancellation.at, >=, invitee->created_at);
          if (invitee->no_show != NULL)
            g_assert_cmpint (invitee->no_show_at, >=, event->start);
          if (event->event_type->limit == 1)
            g_assert_cmpint (event->cancellation.at, ==, invitee->cancellation.at);
        }
    }
}

/* A client reads 24 months back: on no weekday there is anything older, though nobody meets on a
 * weekend. */
static void
test_oldest (void)
{
  for (int day = 0; day < 7; day++)
    {
      gint64 now = NOW + day * TPT_SANDBOX_DAY;

      for (guint64 seed = 1; seed <= 20; seed++)
        {
          g_autoptr (TptSandboxWorld) world = make_world_at (seed, now);

          for (guint i = 0; i < world->events->len; i++)
            {
              TptSandboxEvent *event = world->events->pdata[i];
              g_autoptr (GDateTime) start = NULL;
              g_autoptr (GDateTime) local = NULL;

              g_assert_cmpint (event->start, >=, now - 731 * TPT_SANDBOX_DAY);
              start = g_date_time_new_from_unix_utc (event->start / TPT_SANDBOX_SECOND);
              local = g_date_time_to_timezone (start, event->hosts[0]->zone);
              if (event->start < now - TPT_SANDBOX_DAY)
                g_assert_cmpint (g_date_time_get_day_of_week (local), <=, 5);
            }
        }
    }
}

static guint
chain_length (TptSandboxInvitee *invitee)
{
  guint length = 1;

  while ((invitee = invitee->old_invitee) != NULL)
    length++;

  return length;
}

/* What a demonstration and the tests of others count on being there. */
static void
test_variety (void)
{
  g_autoptr (TptSandboxWorld) world = make_world (1);
  guint chains = 0, by_host = 0, by_invitee = 0, no_shows = 0, groups = 0, free_mail = 0;
  guint internal = 0, today = 0, ahead = 0, nameless = 0;

  for (guint i = 0; i < world->invitees->len; i++)
    {
      TptSandboxInvitee *invitee = world->invitees->pdata[i];
      gboolean gone = invitee->cancellation.at != 0 && !invitee->rescheduled;

      chains += chain_length (invitee) > 2;
      by_host += gone && g_str_equal (invitee->cancellation.type, "host");
      by_invitee += gone && g_str_equal (invitee->cancellation.type, "invitee");
      no_shows += invitee->no_show != NULL;
      groups += invitee->event->invitees->len > 1;
      free_mail += g_str_has_suffix (invitee->email, "@gmail.com");
      internal += g_str_has_suffix (invitee->email, "@" TPT_SANDBOX_OWN_DOMAIN);
      today += ABS (invitee->event->start - NOW) < 8 * TPT_SANDBOX_HOUR && !gone;
      ahead += invitee->event->start > NOW;
      nameless += invitee->event->name == NULL;
    }

  g_assert_cmpuint (chains, >, 0);
  g_assert_cmpuint (by_host, >, 3);
  g_assert_cmpuint (by_invitee, >, 10);
  g_assert_cmpuint (no_shows, >, 5);
  g_assert_cmpuint (groups, >, 10);
  g_assert_cmpuint (free_mail, >, 0);
  g_assert_cmpuint (internal, >, 0);
  g_assert_cmpuint (today, >, 2);
  g_assert_cmpuint (ahead, >, 15);
  g_assert_cmpuint (nameless, >, 0);
}

static void
test_quiet_customers (void)
{
  g_autoptr (TptSandboxWorld) world = make_world (1);
  guint quiet = 0;

  for (guint i = 0; i < world->customers->len; i++)
    {
      TptSandboxCustomer *customer = world->customers->pdata[i];

      if (customer->temper != TPT_SANDBOX_TEMPER_QUIET)
        continue;
      quiet++;
      for (guint j = 0; j < world->invitees->len; j++)
        {
          TptSandboxInvitee *invitee = world->invitees->pdata[j];

          if (g_str_equal (invitee->email, customer->people[0].email)
              && invitee->event->event_type->limit == 1)
            g_assert_cmpint (invitee->event->start, <, NOW - 60 * TPT_SANDBOX_DAY);
        }
    }
  g_assert_cmpuint (quiet, ==, 5);
}

static void
test_csv (void)
{
  g_autoptr (TptSandboxWorld) world = make_world (1);
  g_autofree char *csv = tpt_sandbox_customers_csv (world);
  g_auto (GStrv) lines = g_strsplit (csv, "\r\n", -1);

  g_assert_cmpstr (lines[0], ==, "name,domains,tier,owner,cadence_days,external_id,"
                                 "stakeholder_name,stakeholder_email,stakeholder_role");
  g_assert_nonnull (strstr (csv, "\r\n\"<b>x</b> & \"\"Ω\"\" שלום\",cedar-stone-foods.example;"));
  g_assert_cmpuint (g_strv_length (lines), >, CUSTOMERS);
}

int
main (int    argc,
      char **argv)
{
  tpt_test_init (&argc, &argv);

  g_test_add_func ("/sandbox/world/same-seed", test_same_seed);
  g_test_add_func ("/sandbox/world/consistent", test_consistent);
  g_test_add_func ("/sandbox/world/oldest", test_oldest);
  g_test_add_func ("/sandbox/world/variety", test_variety);
  g_test_add_func ("/sandbox/world/quiet-customers", test_quiet_customers);
  g_test_add_func ("/sandbox/world/csv", test_csv);

  return g_test_run ();
}
