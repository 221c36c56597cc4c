/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-bench-store.h"

#include "tpt-customers-table.h"
#include "tpt-event-types-table.h"
#include "tpt-invitees-table.h"
#include "tpt-meetings-table.h"
#include "tpt-test.h"

/* Their products give 500 customers, and more people than one of them has meetings; beyond that, a
 * number is added. */
static const char *const places[] = {
  "Alder",  "Birch",  "Cedar",  "Delta",  "Ember",  "Falcon", "Granite", "Harbor", "Indigo",
  "Jasper", "Kestrel", "Lumen", "Meridian", "Nimbus", "Orchard", "Pioneer", "Quarry", "Raven",
  "Summit", "Tundra", "Umbra", "Vertex", "Willow", "Yarrow", "Zephyr",
};
static const char *const trades[] = {
  "Analytics", "Biotech", "Clinics", "Dynamics", "Energy", "Foods", "Group", "Health", "Insurance",
  "Labs", "Logistics", "Media", "Networks", "Optics", "Partners", "Robotics", "Software", "Studio",
  "Textiles", "Works",
};
static const char *const first_names[] = {
  "Ada", "Boris", "Chiara", "Dmitri", "Elena", "Farid", "Greta", "Haruka", "Ivan", "Joanna",
  "Kofi", "Lucía", "Marek", "Nils", "Olga", "Priya", "Quentin", "Rosa", "Søren", "Tomás",
};
static const char *const last_names[] = {
  "Åkerlund", "Brandt", "Castillo", "Dubois", "Eriksen", "Fischer", "Garcia", "Hoffmann", "Ito",
  "Jensen", "Kowalski", "Lindqvist", "Moreau", "Nair", "Okafor", "Petrov", "Quigley", "Rossi",
  "Sato", "Tanaka",
};
static const char *const titles[] = {
  "Check-in", "Quarterly Business Review", "Onboarding", "Roadmap session", "Renewal",
};

typedef struct
{
  guint customers;
  guint meetings;
  TptTime now;
  GPtrArray *made;         /* of TptCustomer */
} Filling;

static void
check (gboolean  done,
       GError  **error)
{
  g_assert_no_error (*error);
  g_assert_true (done);
}

static TptCustomer *
make_customer (guint number)
{
  const char *place = places[number % G_N_ELEMENTS (places)];
  const char *trade = trades[number / G_N_ELEMENTS (places) % G_N_ELEMENTS (trades)];
  guint round = number / (G_N_ELEMENTS (places) * G_N_ELEMENTS (trades));
  g_autofree char *suffix = round > 0 ? g_strdup_printf ("%u", round + 1) : g_strdup ("");
  g_autofree char *label = g_strconcat (place, "-", trade, suffix, ".example", NULL);
  TptCustomer *customer = tpt_customer_new ();

  customer->name = g_strdup_printf ("%s %s%s%s", place, trade, round > 0 ? " " : "", suffix);
  customer->tier = g_strdup (number % 3 == 0 ? "Enterprise" : "Growth");
  customer->owner = g_strdup ("robin@touchpoint.example");
  g_strfreev (customer->domains);
  customer->domains = g_new0 (char *, 2);
  customer->domains[0] = g_ascii_strdown (label, -1);
  for (guint i = 0; i < 2; i++)
    {
      TptStakeholder *person = tpt_stakeholder_new ();
      const char *first = first_names[(number + i * 7) % G_N_ELEMENTS (first_names)];
      const char *last = last_names[(number / 20 + i) % G_N_ELEMENTS (last_names)];
      g_autofree char *email = g_strdup_printf ("person%u@%s", i, customer->domains[0]);

      person->name = g_strdup_printf ("%s %s", first, last);
      tpt_stakeholder_add_email (person, email);
      g_ptr_array_add (customer->stakeholders, person);
    }

  return customer;
}

static TptInvitee *
make_invitee (TptMeeting  *meeting,
              TptCustomer *customer,
              guint        number)
{
  TptInvitee *invitee = tpt_invitee_new ();
  const char *first = first_names[number / 3 % G_N_ELEMENTS (first_names)];
  const char *last = last_names[number / 60 % G_N_ELEMENTS (last_names)];

  invitee->uri = g_strdup_printf ("https://api.example/scheduled_events/%08u/invitees/1", number);
  invitee->event = g_strdup (meeting->uri);
  invitee->name = g_strdup_printf ("%s %s", first, last);
  invitee->email = g_strdup_printf ("guest%u@%s", number % 11, customer->domains[0]);
  invitee->timezone = g_strdup ("Europe/Berlin");
  invitee->created_at = meeting->created_at;
  invitee->updated_at = meeting->updated_at;
  invitee->customer = customer->id;
  invitee->match = TPT_MATCH_DOMAIN;
  invitee->canceled = number % 11 == 0;
  tpt_invitee_add_answer (invitee, "What shall we talk about?", "The rollout, and who joins.", 0);

  return invitee;
}

/* Over the two years before and the month after now. */
static TptMeeting *
make_meeting (const Filling *filling,
              guint          number)
{
  TptMeeting *meeting = tpt_meeting_new ();
  gint64 minutes = (gint64) number * (760 * 24 * 60) / MAX (filling->meetings, 1);

  meeting->uri = g_strdup_printf ("https://api.example/scheduled_events/%08u", number);
  meeting->name = g_strdup (titles[number / 7 % G_N_ELEMENTS (titles)]);
  meeting->event_type = g_strdup ("https://api.example/event_types/review");
  meeting->start = filling->now - 730 * TPT_DAY + minutes * TPT_MINUTE;
  meeting->end = meeting->start + 45 * TPT_MINUTE;
  meeting->location_type = g_strdup ("zoom");
  meeting->join_url = g_strdup ("https://zoom.us/j/4815162342");
  meeting->created_at = meeting->start - 9 * TPT_DAY;
  meeting->updated_at = meeting->created_at;
  meeting->first_synced_at = meeting->created_at;
  meeting->last_synced_at = filling->now;
  meeting->canceled = number % 11 == 0;
  tpt_meeting_add_host (meeting, "https://api.example/users/robin", "Robin Falk",
                        "robin@touchpoint.example");

  return meeting;
}

static void
save_event_type (TptSession *session)
{
  g_autoptr (TptEventType) type = tpt_event_type_new ();
  g_autoptr (GError) error = NULL;

  type->uri = g_strdup ("https://api.example/event_types/review");
  type->slug = g_strdup ("review");
  type->name = g_strdup ("Quarterly Business Review");
  type->kind = g_strdup ("solo");
  type->type = g_strdup ("StandardEventType");
  type->scheduling_url = g_strdup ("https://booking.example/robin/review");
  type->duration = 45;
  type->active = TRUE;
  check (tpt_event_types_table_save (session, type, &error), &error);
}

static gboolean
fill (TptSession  *session,
      gpointer     user_data,
      GError     **error)
{
  Filling *filling = user_data;

  save_event_type (session);
  for (guint i = 0; i < filling->customers; i++)
    {
      TptCustomer *customer = make_customer (i);

      g_ptr_array_add (filling->made, customer);
      check (tpt_customers_table_save (session, customer, error), error);
    }
  for (guint i = 0; i < filling->meetings; i++)
    {
      g_autoptr (TptMeeting) meeting = make_meeting (filling, i);
      g_autoptr (TptInvitee) invitee =
        make_invitee (meeting, g_ptr_array_index (filling->made, i % filling->customers), i);

      check (tpt_meetings_table_save (session, meeting, error), error);
      check (tpt_invitees_table_save (session, invitee, error), error);
    }

  return TRUE;
}

/* A sealed database in the folder @directory. */
TptStore *
tpt_bench_store_open (const char *directory,
                      TptClock   *clock)
{
  g_autofree char *path = g_build_filename (directory, "touchpoint.db", NULL);
  g_autoptr (GBytes) key = g_bytes_new_take (g_malloc0 (TPT_STORE_KEY_BYTES), TPT_STORE_KEY_BYTES);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  TptTestResult waiting = { NULL };
  TptStore *store;

  tpt_store_open_async (path, key, clock, NULL, tpt_test_result_cb, &waiting);
  result = tpt_test_await (&waiting);
  store = tpt_store_open_finish (result, &error);
  check (store != NULL, &error);

  return store;
}

/* Closes @store and drops the caller's reference. */
void
tpt_bench_store_close (TptStore *store)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  TptTestResult waiting = { NULL };

  tpt_store_close_async (store, NULL, tpt_test_result_cb, &waiting);
  result = tpt_test_await (&waiting);
  check (tpt_store_close_finish (store, result, &error), &error);
  g_object_unref (store);
}

void
tpt_bench_store_write (TptStore     *store,
                       TptStoreFunc  func,
                       gpointer      data)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  TptTestResult waiting = { NULL };

  tpt_store_transact_async (store, func, data, NULL, NULL, tpt_test_result_cb, &waiting);
  result = tpt_test_await (&waiting);
  check (tpt_store_transact_finish (store, result, &error), &error);
}

/* One event type, @customers with two people each, and @meetings shared out among them. */
void
tpt_bench_store_fill (TptStore *store,
                      guint     customers,
                      guint     meetings)
{
  g_autoptr (GPtrArray) made = g_ptr_array_new_with_free_func (g_object_unref);
  Filling filling = { customers, meetings, tpt_clock_now (tpt_store_get_clock (store)), made };

  g_return_if_fail (customers > 0);

  tpt_bench_store_write (store, fill, &filling);
}

/* What the service tells of meeting @number of @meetings, with who booked it, in a store that was
 * filled with @customers: addresses of resources are in no order, as the service's are.
 * Returns: (transfer full) */
TptMeeting *
tpt_bench_store_make_fact (guint    number,
                           guint    customers,
                           guint    meetings,
                           TptTime  now)
{
  Filling filling = { customers, meetings, now, NULL };
  TptMeeting *meeting = make_meeting (&filling, number);
  g_autoptr (TptCustomer) customer = make_customer (number % customers);
  guint32 scattered = number * 2654435761u;
  TptInvitee *invitee;

  g_free (meeting->uri);
  meeting->uri = g_strdup_printf ("https://api.example/scheduled_events/%08x-%08x", scattered,
                                  number);
  meeting->invitees_total = meeting->invitees_active = 1;
  invitee = make_invitee (meeting, customer, number);
  g_free (invitee->uri);
  invitee->uri = g_strdup_printf ("%s/invitees/%08x", meeting->uri, ~scattered);
  invitee->match = TPT_MATCH_NONE;
  g_ptr_array_add (meeting->invitees, invitee);

  return meeting;
}

/* Returns: (transfer full) (element-type utf8): what a person may type to find something */
GPtrArray *
tpt_bench_store_get_words (void)
{
  GPtrArray *words = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < G_N_ELEMENTS (titles); i++)
    g_ptr_array_add (words, g_strdup (titles[i]));
  for (guint i = 0; i < G_N_ELEMENTS (first_names); i += 2)
    g_ptr_array_add (words, g_strdup_printf ("%s %s", first_names[i], last_names[i]));
  for (guint i = 0; i < G_N_ELEMENTS (places); i += 3)
    g_ptr_array_add (words, g_strdup_printf ("%s %s", places[i],
                                             trades[i % G_N_ELEMENTS (trades)]));
  for (guint i = 1; i < G_N_ELEMENTS (places); i += 6)
    g_ptr_array_add (words, g_strdup_printf ("guest3@%s", places[i]));

  return words;
}
