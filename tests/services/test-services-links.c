/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "services-fixture.h"

#include "tpt-test.h"

static void
prepare (ServicesFixture *fixture)
{
  g_autoptr (TptImportReport) import = NULL;
  g_autoptr (TptSyncReport) report = NULL;
  g_autoptr (GError) error = NULL;

  services_fixture_connect (fixture, "sandbox-pat", &error);
  g_assert_no_error (error);
  report = services_fixture_sync (fixture, NULL, &error);
  g_assert_no_error (error);
  import = services_fixture_import (fixture);
  g_assert_cmpuint (import->created, >, 0);
  g_assert_cmpuint (import->rematched, >, 0);
}

static TptLink *
make_link (ServicesFixture  *fixture,
           TptCustomer      *customer,
           TptLinkKind       kind,
           GError          **error)
{
  TptLinkRequest request = { .customer = customer, .kind = kind, .origin = "cli" };
  g_autoptr (GAsyncResult) result = NULL;
  TptTestResult waiting = { NULL };

  tpt_link_maker_make_async (fixture->services->link_maker, &request, NULL, tpt_test_result_cb,
                             &waiting);
  result = tpt_test_await (&waiting);

  return tpt_link_maker_make_finish (fixture->services->link_maker, result, error);
}

/* Returns: (transfer full): the line of the ledger as it stands now */
static TptLink *
reload (ServicesFixture *fixture,
        TptLink         *link)
{
  g_autoptr (GPtrArray) links = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  TptTestResult waiting = { NULL };

  tpt_store_list_links_async (fixture->services->store, 0, NULL, tpt_test_result_cb, &waiting);
  result = tpt_test_await (&waiting);
  links = tpt_store_list_links_finish (fixture->services->store, result, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < links->len; i++)
    {
      if (g_strcmp0 (((TptLink *) g_ptr_array_index (links, i))->id, link->id) == 0)
        return g_object_ref (g_ptr_array_index (links, i));
    }

  return NULL;
}

static char *
book (ServicesFixture *fixture,
      TptLink         *link,
      const char      *utm_content)
{
  g_autofree char *body = g_strdup_printf (
    "{\"link\":\"%s\",\"name\":\"Ada\",\"email\":\"%s\",\"utm_content\":\"%s\"}",
    link->booking_url, link->invitee_email, utm_content);
  g_autoptr (JsonNode) answer = services_fixture_ask (fixture, "POST", "/book", body);
  JsonObject *invitee =
    json_object_get_object_member (json_node_get_object (answer), "invitee");

  return g_strdup (json_object_get_string_member (invitee, "uri"));
}

static char *
do_with (ServicesFixture *fixture,
         const char      *deed,
         const char      *uri)
{
  g_autofree char *body = g_strdup_printf ("{\"invitee\":\"%s\"}", uri);
  g_autoptr (JsonNode) answer = services_fixture_ask (fixture, "POST", deed, body);
  JsonObject *invitee =
    json_object_get_object_member (json_node_get_object (answer), "invitee");

  return g_strdup (json_object_get_string_member (invitee, "uri"));
}

static void
sync_now (ServicesFixture *fixture)
{
  g_autoptr (TptSyncReport) report = NULL;
  g_autoptr (GError) error = NULL;

  report = services_fixture_sync (fixture, NULL, &error);
  g_assert_no_error (error);
}

/* Made, booked, moved, called off: the ledger knows each time. */
static void
test_links_story (ServicesFixture *fixture,
                  gconstpointer    user_data)
{
  g_autoptr (GPtrArray) customers = NULL;
  g_autoptr (TptLink) link = NULL;
  g_autoptr (TptLink) open = NULL;
  g_autoptr (TptLink) booked = NULL;
  g_autoptr (TptLink) moved = NULL;
  g_autoptr (TptLink) canceled = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;
  g_autofree char *third = NULL;

  prepare (fixture);
  customers = services_fixture_customers (fixture);
  link = make_link (fixture, g_ptr_array_index (customers, 0), TPT_LINK_SINGLE_USE, &error);
  g_assert_no_error (error);
  g_assert_nonnull (link->invitee_email);
  g_assert_true (strstr (link->url, link->id) != NULL);
  g_assert_true (g_str_has_prefix (link->url, link->booking_url));
  open = reload (fixture, link);
  g_assert_cmpint (open->state, ==, TPT_LINK_OPEN);
  g_assert_cmpstr (open->origin, ==, "cli");

  first = book (fixture, link, link->id);
  sync_now (fixture);
  booked = reload (fixture, link);
  g_assert_cmpint (booked->state, ==, TPT_LINK_BOOKED);
  g_assert_cmpint (booked->attribution, ==, TPT_ATTRIBUTION_TRACKING);
  g_assert_cmpstr (booked->invitee, ==, first);
  g_assert_cmpint (booked->booked_at, !=, TPT_TIME_NONE);

  second = do_with (fixture, "/reschedule", first);
  sync_now (fixture);
  moved = reload (fixture, link);
  g_assert_cmpint (moved->state, ==, TPT_LINK_RESCHEDULED);
  g_assert_cmpstr (moved->invitee, ==, second);
  g_assert_cmpint (moved->booked_at, ==, booked->booked_at);

  third = do_with (fixture, "/cancel", second);
  g_assert_cmpstr (third, ==, second);
  sync_now (fixture);
  canceled = reload (fixture, link);
  g_assert_cmpint (canceled->state, ==, TPT_LINK_CANCELED);
}

/* The tracking id got lost on the way: tied by person and event type, and marked as a guess. */
static void
test_links_inferred (ServicesFixture *fixture,
                     gconstpointer    user_data)
{
  g_autoptr (GPtrArray) customers = NULL;
  g_autoptr (TptLink) link = NULL;
  g_autoptr (TptLink) booked = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *body = NULL;
  g_autoptr (JsonNode) answer = NULL;

  prepare (fixture);
  customers = services_fixture_customers (fixture);
  link = make_link (fixture, g_ptr_array_index (customers, 1), TPT_LINK_SINGLE_USE, &error);
  g_assert_no_error (error);
  body = g_strdup_printf ("{\"link\":\"%s\",\"name\":\"Ada\",\"email\":\"%s\"}",
                          link->booking_url, link->invitee_email);
  answer = services_fixture_ask (fixture, "POST", "/book", body);
  sync_now (fixture);
  booked = reload (fixture, link);
  g_assert_cmpint (booked->state, ==, TPT_LINK_BOOKED);
  g_assert_cmpint (booked->attribution, ==, TPT_ATTRIBUTION_INFERRED);
}

/* Of two links for the same person each is good for one booking, so two bookings use up both. */
static void
test_links_inferred_twice (ServicesFixture *fixture,
                           gconstpointer    user_data)
{
  g_autoptr (GPtrArray) customers = NULL;
  g_autoptr (GHashTable) bookings = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  TptLink *links[2];
  g_autoptr (GError) error = NULL;

  prepare (fixture);
  customers = services_fixture_customers (fixture);
  for (guint i = 0; i < G_N_ELEMENTS (links); i++)
    {
      links[i] = make_link (fixture, g_ptr_array_index (customers, 1), TPT_LINK_SINGLE_USE, &error);
      g_assert_no_error (error);
    }
  for (guint i = 0; i < G_N_ELEMENTS (links); i++)
    {
      g_autofree char *body = g_strdup_printf ("{\"link\":\"%s\",\"name\":\"Ada\","
                                               "\"email\":\"%s\"}",
                                               links[i]->booking_url, links[i]->invitee_email);

      json_node_unref (services_fixture_ask (fixture, "POST", "/book", body));
    }
  sync_now (fixture);
  for (guint i = 0; i < G_N_ELEMENTS (links); i++)
    {
      g_autoptr (TptLink) booked = reload (fixture, links[i]);

      g_assert_cmpint (booked->state, ==, TPT_LINK_BOOKED);
      g_assert_cmpint (booked->attribution, ==, TPT_ATTRIBUTION_INFERRED);
      g_assert_true (g_hash_table_add (bookings, g_strdup (booked->invitee)));
      g_object_unref (links[i]);
    }
}

/* A link that can be used again: every booking made with it is told to be, not only the newest. */
static void
test_links_reusable (ServicesFixture *fixture,
                     gconstpointer    user_data)
{
  g_autoptr (GPtrArray) customers = NULL;
  g_autoptr (GPtrArray) meetings = NULL;
  g_autoptr (TptLink) link = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *body = NULL;
  guint booked = 0;

  prepare (fixture);
  customers = services_fixture_customers (fixture);
  link = make_link (fixture, g_ptr_array_index (customers, 0), TPT_LINK_REUSABLE, &error);
  g_assert_no_error (error);
  body = g_strdup_printf ("{\"event_type\":\"%s\",\"name\":\"Ada\",\"email\":\"%s\","
                          "\"utm_content\":\"%s\"}",
                          link->event_type, link->invitee_email, link->id);
  for (guint i = 0; i < 2; i++)
    json_node_unref (services_fixture_ask (fixture, "POST", "/book", body));
  sync_now (fixture);
  meetings = services_fixture_meetings (fixture);
  for (guint i = 0; i < meetings->len; i++)
    {
      TptMeeting *meeting = g_ptr_array_index (meetings, i);
      TptInvitee *invitee = tpt_meeting_get_invitee (meeting, 0);

      booked += invitee != NULL && g_strcmp0 (invitee->link_id, link->id) == 0;
    }
  g_assert_cmpuint (booked, ==, 2);
}

/* No link, no trace: neither while the service is down nor without a sign-in. */
static void
test_links_refused (ServicesFixture *fixture,
                    gconstpointer    user_data)
{
  g_autoptr (GPtrArray) customers = NULL;
  g_autoptr (TptLink) reusable = NULL;
  g_autoptr (GError) down = NULL;
  g_autoptr (GError) gone = NULL;
  g_autoptr (GError) error = NULL;

  prepare (fixture);
  customers = services_fixture_customers (fixture);
  services_fixture_ask (fixture, "PUT", "/faults",
                        "{\"rules\":[{\"path\":\"/scheduling_links\",\"times\":100,"
                        "\"status\":503}]}");
  g_assert_null (
    make_link (fixture, g_ptr_array_index (customers, 0), TPT_LINK_SINGLE_USE, &down));
  g_assert_error (down, TPT_CONNECTION_ERROR, TPT_CONNECTION_ERROR_OFFLINE);
  reusable = make_link (fixture, g_ptr_array_index (customers, 0), TPT_LINK_REUSABLE, &error);
  g_assert_no_error (error);
  g_assert_true (strstr (reusable->url, reusable->id) != NULL);

  services_fixture_disconnect (fixture, FALSE, NULL, &error);
  g_assert_no_error (error);
  g_assert_null (
    make_link (fixture, g_ptr_array_index (customers, 0), TPT_LINK_SINGLE_USE, &gone));
  g_assert_error (gone, TPT_CONNECTION_ERROR, TPT_CONNECTION_ERROR_NOT_CONNECTED);
}

/* The same list twice changes nothing the second time; by hand only what can be a customer. */
static void
test_links_import (ServicesFixture *fixture,
                   gconstpointer    user_data)
{
  g_autoptr (TptImportReport) again = NULL;
  g_autoptr (TptCustomer) customer = tpt_customer_new ();
  g_autoptr (TptCustomer) added = NULL;
  g_autoptr (GAsyncResult) first = NULL;
  g_autoptr (GAsyncResult) second = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) exists = NULL;
  TptTestResult adding = { NULL }, repeating = { NULL };
  TptImporter *importer;

  prepare (fixture);
  importer = fixture->services->importer;
  again = services_fixture_import (fixture);
  g_assert_cmpuint (again->created + again->updated, ==, 0);
  g_assert_cmpuint (again->unchanged, >, 0);

  customer->name = g_strdup ("<b>x</b> & \"Ω\" שלום (new)");
  g_strfreev (customer->domains);
  customer->domains = g_strsplit ("Example-New.com", ";", -1);
  tpt_importer_add_async (importer, customer, NULL, tpt_test_result_cb, &adding);
  first = tpt_test_await (&adding);
  added = tpt_importer_add_finish (importer, first, &error);
  g_assert_no_error (error);
  g_assert_cmpint (added->id, !=, 0);
  g_assert_cmpstr (added->domains[0], ==, "example-new.com");

  added->id = 0;
  tpt_importer_add_async (importer, added, NULL, tpt_test_result_cb, &repeating);
  second = tpt_test_await (&repeating);
  g_assert_null (tpt_importer_add_finish (importer, second, &exists));
  g_assert_error (exists, TPT_IMPORTER_ERROR, TPT_IMPORTER_ERROR_EXISTS);
}

/* Erased: nothing of before is known any more, and everything can begin again. */
static void
test_links_erased (ServicesFixture *fixture,
                   gconstpointer    user_data)
{
  g_autoptr (GPtrArray) customers = NULL;
  g_autoptr (GPtrArray) meetings = NULL;
  g_autoptr (GError) error = NULL;

  prepare (fixture);
  services_fixture_disconnect (fixture, TRUE, NULL, &error);
  g_assert_no_error (error);
  customers = services_fixture_customers (fixture);
  g_assert_cmpuint (customers->len, ==, 0);

  services_fixture_connect (fixture, "sandbox-pat", &error);
  g_assert_no_error (error);
  sync_now (fixture);
  meetings = services_fixture_meetings (fixture);
  g_assert_cmpuint (meetings->len, >, 0);
  for (guint i = 0; i < meetings->len; i++)
    {
      TptMeeting *meeting = g_ptr_array_index (meetings, i);

      for (guint j = 0; j < meeting->invitees->len; j++)
        g_assert_cmpint (((TptInvitee *) g_ptr_array_index (meeting->invitees, j))->customer, ==,
                         0);
    }
}

/* Before the first sync there is no event type here, which does not mean that there is none: they
 * are asked for, and why they do not come is told. */
static void
test_links_unlisted (ServicesFixture *fixture,
                     gconstpointer    user_data)
{
  g_autoptr (TptImportReport) import = NULL;
  g_autoptr (GPtrArray) customers = NULL;
  g_autoptr (TptLink) none = NULL;
  g_autoptr (TptLink) link = NULL;
  g_autoptr (GError) refusal = NULL;
  g_autoptr (GError) error = NULL;

  services_fixture_connect (fixture, "sandbox-pat", &error);
  g_assert_no_error (error);
  import = services_fixture_import (fixture);
  customers = services_fixture_customers (fixture);
  services_fixture_ask (fixture, "PUT", "/faults",
                        "{\"rules\":[{\"path\":\"/event_types\",\"status\":403,\"body\":"
                        "{\"title\":\"Insufficient scope\",\"message\":\"-\",\"required_scopes\":"
                        "[\"event_types:read\"]}}]}");
  none = make_link (fixture, g_ptr_array_index (customers, 0), TPT_LINK_SINGLE_USE, &refusal);
  g_assert_null (none);
  g_assert_error (refusal, TPT_CONNECTION_ERROR, TPT_CONNECTION_ERROR_NOT_PERMITTED);
  g_assert_nonnull (strstr (refusal->message, "event_types:read"));

  services_fixture_ask (fixture, "PUT", "/faults", "{}");
  link = make_link (fixture, g_ptr_array_index (customers, 0), TPT_LINK_SINGLE_USE, &error);
  g_assert_no_error (error);
  g_assert_nonnull (link->event_type);
  g_assert_nonnull (link->reason);
}

int
main (int    argc,
      char **argv)
{
  static const struct
  {
    const char *path;
    void (*func) (ServicesFixture *, gconstpointer);
  } tests[] = {
    { "/services/links/story", test_links_story },
    { "/services/links/inferred", test_links_inferred },
    { "/services/links/inferred-twice", test_links_inferred_twice },
    { "/services/links/reusable", test_links_reusable },
    { "/services/links/refused", test_links_refused },
    { "/services/links/import", test_links_import },
    { "/services/links/erased", test_links_erased },
    { "/services/links/unlisted", test_links_unlisted },
  };

  tpt_test_init (&argc, &argv);

  for (gsize i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, ServicesFixture, "120", services_fixture_set_up, tests[i].func,
                services_fixture_tear_down);

  return g_test_run ();
}
