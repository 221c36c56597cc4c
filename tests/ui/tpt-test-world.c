/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-test-world.h"

#include "tpt-customers-table.h"
#include "tpt-event-types-table.h"
#include "tpt-invitees-table.h"
#include "tpt-links-table.h"
#include "tpt-meetings-table.h"
#include "tpt-test.h"

typedef struct
{
  TptTestWorld *world;
  TptTime now;
  guint serial;
} Filling;

typedef struct
{
  const char *name;
  const char *domain;
  const char *tier;
  const char *person;
  const char *email;
  const char *role;
  const char *zone;
  TptCustomerStatus status;
  int months;              /* of history */
  int last_days;           /* ago */
  int next_days;           /* ahead, 0 nothing booked */
} Sample;

static const Sample samples[] = {
  { "Nordlicht Logistik", "nordlicht.example", "Enterprise", "Ada Brandt",
    "ada.brandt@nordlicht.example", "Head of Operations", "Europe/Berlin",
    TPT_CUSTOMER_ACTIVE, 12, 6, 1 },
  { "Kumo Analytics", "kumo.example", "Enterprise", "Haruka Sato", "haruka.sato@kumo.example",
    "Chief Data Officer", "Asia/Tokyo", TPT_CUSTOMER_ACTIVE, 12, 12, 12 },
  { "Brightwater Clinics", "brightwater.example", "Growth", "Joanna Okafor",
    "joanna.okafor@brightwater.example", "Programme Lead", "America/New_York", TPT_CUSTOMER_ACTIVE,
    9, 95, 0 },
  { "Åkerlund & Söner", "akerlund.example", "Growth", "Nils Åkerlund", "nils@akerlund.example",
    "Owner", "Europe/Stockholm", TPT_CUSTOMER_ACTIVE, 6, 40, 0 },
  { "Hazelnut Studio", "hazelnut.example", "Starter", "Priya Nair", "priya@hazelnut.example",
    "Design Director", "Asia/Kolkata", TPT_CUSTOMER_PROSPECT, 0, 0, 0 },
  { TPT_TEST_HOSTILE, "hostile.example", "<i>Tier</i>", TPT_TEST_HOSTILE, "x@hostile.example",
    "%s%n", "Asia/Jerusalem", TPT_CUSTOMER_INACTIVE, 3, 20, 3 },
};

static void
check (gboolean  done,
       GError  **error)
{
  g_assert_no_error (*error);
  g_assert_true (done);
}

static char *
make_uri (Filling    *filling,
          const char *kind)
{
  return g_strdup_printf ("https://api.example/%s/%06u", kind, ++filling->serial);
}

static void
save_invitee (TptSession     *session,
              Filling        *filling,
              TptMeeting     *meeting,
              TptCustomer    *customer,
              TptInvitee     *invitee)
{
  g_autoptr (GError) error = NULL;
  TptStakeholder *person = customer->stakeholders->len > 0
                           ? g_ptr_array_index (customer->stakeholders, 0) : NULL;

  if (invitee->uri == NULL)
    invitee->uri = make_uri (filling, "invitees");
  invitee->event = g_strdup (meeting->uri);
  invitee->name = g_strdup (person != NULL ? person->name : "Somebody");
  invitee->email = g_strdup (person != NULL ? tpt_stakeholder_get_email (person)
                                             : "somebody@example.com");
  invitee->timezone = g_strdup (person != NULL ? person->timezone : NULL);
  invitee->created_at = meeting->start - 9 * TPT_DAY;
  invitee->updated_at = invitee->created_at;
  invitee->customer = customer->id;
  invitee->stakeholder = person != NULL ? person->id : 0;
  invitee->match = TPT_MATCH_STAKEHOLDER;
  invitee->reschedule_url = g_strdup ("https://booking.example/reschedulings/abc");
  tpt_invitee_add_answer (invitee, "What shall we talk about?",
                          "The rollout in the second region, and who joins from our side.", 0);
  check (tpt_invitees_table_save (session, invitee, &error), &error);
}

static TptMeeting *
save_meeting (TptSession *session,
              Filling    *filling,
              const char *name,
              TptTime     start,
              const char *join_url)
{
  g_autoptr (GError) error = NULL;
  TptMeeting *meeting = tpt_meeting_new ();

  meeting->uri = make_uri (filling, "scheduled_events");
  meeting->name = g_strdup (name);
  meeting->event_type = g_strdup ("https://api.example/event_types/qbr");
  meeting->start = start;
  meeting->end = start + 45 * TPT_MINUTE;
  meeting->location_type = g_strdup ("zoom");
  meeting->join_url = g_strdup (join_url);
  meeting->created_at = start - 9 * TPT_DAY;
  meeting->updated_at = meeting->created_at;
  meeting->first_synced_at = meeting->created_at;
  meeting->last_synced_at = filling->now;
  tpt_meeting_add_host (meeting, "https://api.example/users/robin", "Robin Falk",
                        "robin@touchpoint.example");
  check (tpt_meetings_table_save (session, meeting, &error), &error);

  return meeting;
}

static void
save_one (TptSession  *session,
          Filling     *filling,
          TptCustomer *customer,
          const char  *name,
          TptTime      start,
          int          kind)
{
  g_autoptr (TptInvitee) invitee = tpt_invitee_new ();
  g_autoptr (TptMeeting) meeting = NULL;

  meeting = save_meeting (session, filling, name, start, "https://zoom.us/j/4815162342");
  if (kind == 1)
    {
      invitee->canceled = TRUE;
      invitee->canceler = TPT_CANCELER_INVITEE;
      invitee->canceled_by = g_strdup ("Ada Brandt");
      invitee->canceled_at = start - 5 * TPT_HOUR;
      invitee->cancel_reason = g_strdup ("Something urgent came up, sorry!");
    }
  if (kind == 2)
    {
      invitee->no_show_at = start + TPT_HOUR;
      invitee->no_show_uri = g_strdup ("https://api.example/invitee_no_shows/1");
    }
  save_invitee (session, filling, meeting, customer, invitee);
}

/* Two bookings of one chain: the first was replaced by the second. */
static void
save_moved (TptSession  *session,
            Filling     *filling,
            TptCustomer *customer,
            const char  *name,
            TptTime      start)
{
  g_autoptr (TptInvitee) old = tpt_invitee_new ();
  g_autoptr (TptInvitee) new = tpt_invitee_new ();
  g_autoptr (TptMeeting) before = NULL;
  g_autoptr (TptMeeting) after = NULL;

  old->uri = make_uri (filling, "invitees");
  new->uri = make_uri (filling, "invitees");
  old->new_invitee = g_strdup (new->uri);
  new->old_invitee = g_strdup (old->uri);
  old->canceled = TRUE;
  old->rescheduled = TRUE;
  before = save_meeting (session, filling, name, start - 2 * TPT_DAY, NULL);
  after = save_meeting (session, filling, name, start, "https://zoom.us/j/4815162342");
  save_invitee (session, filling, before, customer, old);
  save_invitee (session, filling, after, customer, new);
}

static void
save_history (TptSession   *session,
              Filling      *filling,
              TptCustomer  *customer,
              const Sample *sample)
{
  static const char *const names[] = { "Check-in", "Quarterly review", "Roadmap session" };

  for (int i = 0; i < sample->months; i++)
    {
      TptTime start = filling->now - (sample->last_days + i * 27) * TPT_DAY + (i % 5) * TPT_HOUR;
      const char *name = names[i % 3];

      save_one (session, filling, customer, name, start, i % 7 == 3 ? 1 : i % 7 == 5 ? 2 : 0);
      if (i % 4 == 0)
        save_one (session, filling, customer, "Check-in", start - 6 * TPT_DAY, 0);
    }
  if (sample->next_days > 0)
    save_moved (session, filling, customer, "Quarterly review",
                filling->now + sample->next_days * TPT_DAY + 30 * TPT_MINUTE);
}

static void
save_link (TptSession   *session,
           Filling      *filling,
           TptCustomer  *customer,
           TptLinkState  state,
           int           days)
{
  g_autoptr (TptLink) link = tpt_link_new ();
  g_autoptr (GError) error = NULL;

  link->id = tpt_link_make_id ();
  link->booking_url = g_strdup ("https://booking.example/d/abc/quarterly-review");
  link->url = g_strdup_printf ("%s?utm_content=%s", link->booking_url, link->id);
  link->event_type = g_strdup ("https://api.example/event_types/qbr");
  link->event_type_name = g_strdup ("Quarterly review");
  link->customer = customer->id;
  link->customer_name = g_strdup (customer->name);
  link->invitee_name = g_strdup (samples[0].person);
  link->invitee_email = g_strdup (samples[0].email);
  link->origin = g_strdup ("shortcut");
  link->created_at = filling->now - days * TPT_DAY;
  link->state = state;
  if (state != TPT_LINK_OPEN)
    {
      link->booked_at = link->created_at + 5 * TPT_HOUR;
      link->attribution = TPT_ATTRIBUTION_TRACKING;
    }
  check (tpt_links_table_save (session, link, &error), &error);
}

static void
save_event_type (TptSession *session,
                 const char *slug,
                 const char *name,
                 const char *category,
                 int         minutes)
{
  g_autoptr (TptEventType) type = tpt_event_type_new ();
  g_autoptr (GError) error = NULL;

  type->uri = g_strdup_printf ("https://api.example/event_types/%s", slug);
  type->slug = g_strdup (slug);
  type->name = g_strdup (name);
  type->category = g_strdup (category);
  type->kind = g_strdup ("solo");
  type->type = g_strdup ("StandardEventType");
  type->scheduling_url = g_strdup ("https://booking.example/robin");
  type->duration = minutes;
  type->active = TRUE;
  check (tpt_event_types_table_save (session, type, &error), &error);
}

static TptCustomer *
save_customer (TptSession   *session,
               Filling      *filling,
               const Sample *sample)
{
  g_autoptr (GError) error = NULL;
  TptCustomer *customer = tpt_customer_new ();

  customer->name = g_strdup (sample->name);
  customer->tier = g_strdup (sample->tier);
  customer->owner = g_strdup ("robin@touchpoint.example");
  customer->status = sample->status;
  customer->created_at = filling->now - 400 * TPT_DAY;
  if (sample->domain != NULL)
    {
      g_strfreev (customer->domains);
      customer->domains = g_strsplit (sample->domain, ";", -1);
    }
  if (sample->person != NULL)
    {
      TptStakeholder *person = tpt_stakeholder_new ();

      person->name = g_strdup (sample->person);
      tpt_stakeholder_add_email (person, sample->email);
      person->role = g_strdup (sample->role);
      person->timezone = g_strdup (sample->zone);
      g_ptr_array_add (customer->stakeholders, person);
    }
  check (tpt_customers_table_save (session, customer, &error), &error);

  return customer;
}

static gboolean
fill (TptSession  *session,
      gpointer     user_data,
      GError     **error)
{
  Filling *filling = user_data;
  gint64 *const rows[] = {
    &filling->world->busy, NULL, &filling->world->quiet, NULL, &filling->world->fresh,
    &filling->world->hostile,
  };

  save_event_type (session, "qbr", "Quarterly review", "qbr", 45);
  save_event_type (session, "check-in", "Check-in", "check-in", 30);
  save_event_type (session, "onboarding", "Onboarding workshop", "onboarding", 90);
  for (gsize i = 0; i < G_N_ELEMENTS (samples); i++)
    {
      g_autoptr (TptCustomer) customer = save_customer (session, filling, &samples[i]);

      if (rows[i] != NULL)
        *rows[i] = customer->id;
      save_history (session, filling, customer, &samples[i]);
      if (i == 0)
        {
          save_link (session, filling, customer, TPT_LINK_OPEN, 1);
          save_link (session, filling, customer, TPT_LINK_BOOKED, 12);
          save_link (session, filling, customer, TPT_LINK_CANCELED, 40);
        }
    }

  return TRUE;
}

/* Runs @func on the store's thread, and waits until it is committed. */
void
tpt_test_world_write (TptTestWorld *self,
                      TptStoreFunc  func,
                      gpointer      data)
{
  TptTestResult waiting = { NULL };
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  tpt_store_transact_async (self->store, func, data, NULL, NULL, tpt_test_result_cb, &waiting);
  result = tpt_test_await (&waiting);
  check (tpt_store_transact_finish (self->store, result, &error), &error);
}

static gboolean
is_counted (gpointer user_data)
{
  TptTestWorld *self = user_data;

  return tpt_portfolio_get_state (self->workspace->portfolio) == TPT_PORTFOLIO_READY;
}

TptTestWorld *
tpt_test_world_new (TptTestWorldKind   kind,
                    TptConnectionState state)
{
  TptTestWorld *self = g_new0 (TptTestWorld, 1);
  TptTestResult waiting = { NULL };
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) key = g_bytes_new_take (g_malloc0 (TPT_STORE_KEY_BYTES), TPT_STORE_KEY_BYTES);
  Filling filling = { .world = self };

  check (tpt_time_parse (TPT_TEST_NOW, &filling.now, &error), &error);
  self->clock = tpt_clock_new_frozen (filling.now);
  tpt_store_open_async (":memory:", key, self->clock, NULL, tpt_test_result_cb, &waiting);
  result = tpt_test_await (&waiting);
  self->store = tpt_store_open_finish (result, &error);
  check (self->store != NULL, &error);
  if (kind == TPT_TEST_WORLD_FULL)
    tpt_test_world_write (self, fill, &filling);
  self->connection = tpt_test_connection_new (state);
  self->engine = tpt_test_engine_new ();
  self->link_maker = tpt_test_link_maker_new ();
  self->workspace = tpt_workspace_new (self->clock, self->store, self->connection, self->engine,
                                       self->link_maker, NULL, NULL);

  return self;
}

/* Everything, as Disconnect does it when somebody wants nothing kept. */
void
tpt_test_world_erase (TptTestWorld *self)
{
  TptTestResult waiting = { NULL };
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  tpt_store_erase_async (self->store, NULL, tpt_test_result_cb, &waiting);
  result = tpt_test_await (&waiting);
  g_assert_true (tpt_store_erase_finish (self->store, result, &error));
  g_assert_no_error (error);
}

/* Waits until all names and figures are there. */
void
tpt_test_world_await (TptTestWorld *self)
{
  tpt_test_await_func (is_counted, self);
}

/* Closes the store: from now on it can't be read. */
void
tpt_test_world_close (TptTestWorld *self)
{
  TptTestResult waiting = { NULL };
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  tpt_store_close_async (self->store, NULL, tpt_test_result_cb, &waiting);
  result = tpt_test_await (&waiting);
  check (tpt_store_close_finish (self->store, result, &error), &error);
  self->closed = TRUE;
}

/* Ends the world, and proves that no page kept it. */
void
tpt_test_world_free (TptTestWorld *self)
{
  while (g_main_context_iteration (NULL, FALSE))
    ;
  tpt_test_finalized (self->workspace);
  if (!self->closed)
    tpt_test_world_close (self);
  g_object_unref (self->link_maker);
  g_object_unref (self->engine);
  g_object_unref (self->connection);
  g_object_unref (self->store);
  g_object_unref (self->clock);
  g_free (self);
}

typedef struct
{
  Filling filling;
  const char *name;
  gint64 *row;
  gint64 customer;
  TptTime start;
  const char *join_url;
} Adding;

static gboolean
add_customer (TptSession  *session,
              gpointer     user_data,
              GError     **error)
{
  Adding *adding = user_data;
  Sample sample = { .name = adding->name, .status = TPT_CUSTOMER_ACTIVE };
  g_autoptr (TptCustomer) customer = save_customer (session, &adding->filling, &sample);

  *adding->row = customer->id;

  return TRUE;
}

void
tpt_test_world_add_customer (TptTestWorld *self,
                             const char   *name,
                             gint64       *row)
{
  Adding adding = {
    .filling = { self, tpt_clock_now (self->clock), 0 }, .name = name, .row = row,
  };

  tpt_test_world_write (self, add_customer, &adding);
}

static gboolean
add_meeting (TptSession  *session,
             gpointer     user_data,
             GError     **error)
{
  Adding *adding = user_data;
  g_autoptr (TptInvitee) invitee = tpt_invitee_new ();
  g_autoptr (TptCustomer) customer = NULL;
  g_autoptr (TptMeeting) meeting = NULL;

  if (!tpt_customers_table_load (session, adding->customer, &customer, error))
    return FALSE;
  adding->filling.serial = g_random_int ();
  meeting = save_meeting (session, &adding->filling, adding->name, adding->start, adding->join_url);
  save_invitee (session, &adding->filling, meeting, customer, invitee);

  return TRUE;
}

void
tpt_test_world_add_meeting (TptTestWorld *self,
                            gint64        customer,
                            const char   *name,
                            TptTime       start,
                            const char   *join_url)
{
  Adding adding = {
    .filling = { self, tpt_clock_now (self->clock), 0 }, .name = name, .customer = customer,
    .start = start, .join_url = join_url,
  };

  tpt_test_world_write (self, add_meeting, &adding);
}
