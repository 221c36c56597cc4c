/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-test.h"

#include "tpt-api-error.h"
#include "tpt-event-type-parse.h"
#include "tpt-invitee-parse.h"
#include "tpt-json-guard.h"
#include "tpt-page.h"
#include "tpt-resource-uri.h"
#include "tpt-scheduled-event-parse.h"
#include "tpt-user-parse.h"

#define API "https://api.calendly.com/"

static TptTime
at (const char *text)
{
  TptTime time = TPT_TIME_NONE;

  g_assert_true (tpt_time_parse (text, &time, NULL));

  return time;
}

/* What a text means that stands in this file. */
static TptJsonTree *
read_text (const char *text)
{
  g_autoptr (GError) error = NULL;
  TptJsonTree *tree = tpt_json_guard_read (text, -1, TPT_JSON_LIMITS_PAGE, &error);

  g_assert_no_error (error);

  return tree;
}

static TptJsonTree *
load (const char *name)
{
  g_autofree char *path = g_strdup_printf ("api/%s.json", name);
  gsize length;
  g_autofree char *text = tpt_test_fixture (path, &length);
  g_autoptr (GError) error = NULL;
  TptJsonTree *tree = tpt_json_guard_read (text, (gssize) length, TPT_JSON_LIMITS_PAGE, &error);

  g_assert_no_error (error);

  return tree;
}

static TptPage *
load_page (const char         *name,
           TptRecordParseFunc  parse)
{
  g_autoptr (TptJsonTree) tree = load (name);
  g_autoptr (GError) error = NULL;
  TptPage *page = tpt_page_parse (tpt_json_tree_get_root (tree), parse, &error);

  g_assert_no_error (error);

  return page;
}

static void
test_user (void)
{
  g_autoptr (TptJsonTree) tree = load ("user-me");
  g_autoptr (GError) error = NULL;
  const TptJsonValue *resource =
    tpt_json_value_get_member (tpt_json_tree_get_root (tree), "resource");
  g_autoptr (TptUser) user = tpt_user_parse (resource, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (user->uri, ==, API "users/EBHAAFHDCAEQTSEZ");
  g_assert_cmpstr (user->email, ==, "robin@northwind.example");
  g_assert_cmpstr (user->organization, ==, API "organizations/AAAAAAAAAAAAAAAA");
  g_assert_cmpstr (user->timezone, ==, "America/New_York");
  g_assert_null (user->role);
}

static void
test_events (void)
{
  g_autoptr (TptPage) page
      = load_page ("scheduled-events", (TptRecordParseFunc) tpt_scheduled_event_parse);
  TptMeeting *first, *canceled, *physical, *nowhere;
  TptHost *host;

  g_assert_cmpuint (page->items->len, ==, 4);
  g_assert_cmpuint (page->failures->len, ==, 0);
  g_assert_cmpstr (page->next_page_token, ==, "sNjq4TvMDfUHEl7z");

  first = g_ptr_array_index (page->items, 0);
  g_assert_cmpstr (first->uri, ==, API "scheduled_events/GBGBDCAADAEDCRZ2");
  g_assert_cmpint (first->start, ==, at ("2026-11-24T15:00:00Z"));
  g_assert_cmpint (first->end, ==, at ("2026-11-24T15:45:00Z"));
  g_assert_cmpint (first->updated_at, ==, at ("2026-11-02T08:09:10.678Z"));
  g_assert_cmpstr (first->location_type, ==, "zoom");
  g_assert_cmpstr (first->join_url, ==, "https://us05web.zoom.us/j/10000000001");
  g_assert_cmpint (first->invitees_total, ==, 226);
  g_assert_cmpint (first->invitees_active, ==, 224);
  g_assert_cmpint (first->invitees_limit, ==, 300);
  g_assert_cmpuint (first->hosts->len, ==, 2);
  host = g_ptr_array_index (first->hosts, 1);
  g_assert_cmpstr (host->uri, ==, API "users/00000000-0000-4000-8000-0000000000a1");
  g_assert_null (host->name);
  g_assert_cmpstr (first->guests[0], ==, "guest@acme.example");
  g_assert_null (first->guests[1]);
  g_assert_false (first->canceled);

  canceled = g_ptr_array_index (page->items, 1);
  g_assert_true (canceled->canceled);
  g_assert_null (canceled->name);
  g_assert_null (canceled->join_url);
  g_assert_cmpint (canceled->canceler, ==, TPT_CANCELER_INVITEE);
  g_assert_cmpstr (canceled->canceled_by, ==, "Ada Lovelace");
  g_assert_null (canceled->cancel_reason);
  g_assert_cmpint (canceled->canceled_at, ==, at ("2026-11-20T10:00:00Z"));
  g_assert_null (canceled->guests[0]);

  physical = g_ptr_array_index (page->items, 2);
  g_assert_cmpstr (physical->name, ==, "<b>Onboarding</b> & \"Ω\" שלום");
  g_assert_cmpstr (physical->location, ==, "12 Main Street\nSecond floor");
  g_assert_null (physical->event_type);
  g_assert_cmpint (physical->start, ==, at ("2026-11-25T09:00:00.123Z"));

  nowhere = g_ptr_array_index (page->items, 3);
  g_assert_null (nowhere->location_type);
  g_assert_null (nowhere->location);
}

/* One bad record is set aside with its address and the reason; the page goes on. */
static void
test_bad_records (void)
{
  g_autoptr (TptPage) page = load_page ("scheduled-events-bad-records",
                                        (TptRecordParseFunc) tpt_scheduled_event_parse);
  static const char *const expected[][3] = {
    { API "scheduled_events/BADTIME", "event.start_time", "Quarterly Business Review\nsoon" },
    { API "scheduled_events/BADSTATUS", "event.status",
      "Quarterly Business Review\n2026-11-24T15:00:00.000000Z" },
    { "", "not an object", NULL },
    { "", "event.uri", "Quarterly Business Review\n2026-11-24T15:00:00.000000Z" },
  };

  g_assert_cmpuint (page->items->len, ==, 2);
  g_assert_cmpuint (page->failures->len, ==, G_N_ELEMENTS (expected));
  for (guint i = 0; i < page->failures->len; i++)
    {
      TptRecordFailure *failure = g_ptr_array_index (page->failures, i);

      g_assert_cmpstr (failure->uri, ==, expected[i][0]);
      g_assert_nonnull (strstr (failure->reason, expected[i][1]));
      g_assert_cmpstr (failure->label, ==, expected[i][2]);
    }
  g_assert_null (page->next_page_token);
}

static void
test_invitees (void)
{
  g_autoptr (TptPage) page = load_page ("invitees", (TptRecordParseFunc) tpt_invitee_parse);
  TptInvitee *first, *rescheduled, *absent;
  TptAnswer *answer;

  g_assert_cmpuint (page->items->len, ==, 3);
  first = g_ptr_array_index (page->items, 0);
  g_assert_cmpstr (first->email, ==, "Ada@Acme.example");
  g_assert_cmpstr (first->event, ==, API "scheduled_events/GBGBDCAADAEDCRZ2");
  g_assert_cmpstr (first->tracking.utm_content, ==, "tp_4f3c2b1a");
  g_assert_null (first->tracking.utm_term);
  g_assert_cmpuint (first->answers->len, ==, 2);
  answer = g_ptr_array_index (first->answers, 1);
  g_assert_cmpstr (answer->answer, ==, "Answer 1\nAnswer 2");
  g_assert_cmpint (answer->position, ==, 1);
  g_assert_null (first->payment_json);
  g_assert_false (first->canceled);

  rescheduled = g_ptr_array_index (page->items, 1);
  g_assert_true (rescheduled->canceled);
  g_assert_true (rescheduled->rescheduled);
  g_assert_cmpstr (rescheduled->new_invitee, ==, API "scheduled_events/NEW/invitees/CCCC");
  g_assert_cmpint (rescheduled->canceler, ==, TPT_CANCELER_INVITEE);
  g_assert_nonnull (strstr (rescheduled->payment_json, "\"provider\":\"stripe\""));
  g_assert_nonnull (rescheduled->reconfirmation_json);
  g_assert_false (rescheduled->confirmed);

  absent = g_ptr_array_index (page->items, 2);
  g_assert_cmpstr (absent->name, ==, "Grace Hopper");
  g_assert_cmpstr (absent->no_show_uri, ==, API "invitee_no_shows/FFFF");
  g_assert_cmpint (absent->no_show_at, ==, at ("2026-11-24T16:00:00Z"));
  g_assert_cmpstr (absent->old_invitee, ==, API "scheduled_events/OLD/invitees/EEEE");
  g_assert_null (absent->timezone);
}

static void
test_event_types (void)
{
  g_autoptr (TptPage) page = load_page ("event-types", (TptRecordParseFunc) tpt_event_type_parse);
  TptEventType *first, *second;

  g_assert_cmpuint (page->items->len, ==, 2);
  first = g_ptr_array_index (page->items, 0);
  g_assert_cmpstr (first->category, ==, "qbr");
  g_assert_cmpint (first->duration, ==, 45);
  g_assert_cmpstr (first->location_kind, ==, "zoom_conference");
  g_assert_cmpstr (first->profile_owner, ==, API "users/EBHAAFHDCAEQTSEZ");
  g_assert_true (first->active);
  g_assert_false (first->deleted);

  second = g_ptr_array_index (page->items, 1);
  g_assert_null (second->name);
  g_assert_null (second->profile_owner);
  g_assert_null (second->location_kind);
  g_assert_cmpstr (second->category, ==, "other");
  g_assert_true (second->deleted);
  g_assert_true (second->secret);
}

static void
test_categories (void)
{
  static const char *const cases[][2] = {
    { "QBR", "qbr" },           { "Quarterly business review", "qbr" },
    { "Weekly check-in", "check-in" },    { "Monthly Sync", "check-in" },
    { "Product demo", "demo" }, { "Democracy talk", "other" },
    { "Kick-off", "onboarding" },         { "Onboarding session", "onboarding" },
    { "15 Minute Meeting", "other" },     { "", "other" },
    { "Synchronised swimming", "other" }, { "Catch up with Ω", "check-in" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    g_assert_cmpstr (tpt_event_type_guess_category (cases[i][0]), ==, cases[i][1]);
  g_assert_cmpstr (tpt_event_type_guess_category (NULL), ==, "other");
}

/* Replaces each field by each kind of value: a record comes out, or an error that names the
 * field. Never a crash. */
/* The first record of a fixture, so that it can be changed. */
static JsonObject *
load_record (const char *fixture)
{
  g_autofree char *path = g_strdup_printf ("api/%s.json", fixture);
  g_autofree char *text = tpt_test_fixture (path, NULL);
  g_autoptr (JsonNode) page = tpt_json_guard_parse (text, -1, NULL);
  JsonArray *array = json_object_get_array_member (json_node_get_object (page), "collection");

  return json_object_ref (json_array_get_object_element (array, 0));
}

static gpointer
parse_object (JsonObject          *object,
              TptRecordParseFunc   parse,
              GError             **error)
{
  g_autoptr (JsonNode) node = json_node_init_object (json_node_alloc (), object);
  g_autofree char *text = json_to_string (node, FALSE);
  g_autoptr (TptJsonTree) tree = read_text (text);

  return parse (tpt_json_tree_get_root (tree), error);
}

/* Puts one wrong value after the other in the place of @name. Returns: how many were refused */
static guint
mutate_member (JsonObject         *record,
               const char         *name,
               TptRecordParseFunc  parse,
               const char         *noun)
{
  static const char *const values[] = {
    "null", "true", "7", "-1.5", "\"x\"", "\"\"", "[]", "[1]", "{}", "[{}]", "9223372036854775807"
  };
  guint refused = 0;

  for (guint i = 0; i < G_N_ELEMENTS (values); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GObject) item = NULL;

      json_object_set_member (record, name, json_from_string (values[i], NULL));
      item = parse_object (record, parse, &error);
      g_assert_true ((item == NULL) == (error != NULL));
      if (error == NULL)
        continue;
      refused++;
      g_assert_error (error, TPT_API_ERROR, TPT_API_ERROR_PROTOCOL);
      g_assert_true (g_str_has_prefix (error->message, noun));
      g_assert_nonnull (strstr (error->message, name));
    }

  return refused;
}

static void
mutate (const char         *fixture,
        TptRecordParseFunc  parse,
        const char         *noun)
{
  g_autoptr (JsonObject) record = load_record (fixture);
  g_autoptr (GList) members = json_object_get_members (record);
  guint refused = 0;

  for (GList *member = members; member != NULL; member = member->next)
    {
      g_autofree char *name = g_strdup (member->data);
      g_autoptr (JsonNode) saved = json_node_copy (json_object_get_member (record, name));

      refused += mutate_member (record, name, parse, noun);
      json_object_set_member (record, name, g_steal_pointer (&saved));
    }
  g_assert_cmpuint (refused, >, 30);
}

static void
test_mutations (void)
{
  mutate ("scheduled-events", (TptRecordParseFunc) tpt_scheduled_event_parse, "event.");
  mutate ("invitees", (TptRecordParseFunc) tpt_invitee_parse, "invitee.");
  mutate ("event-types", (TptRecordParseFunc) tpt_event_type_parse, "event_type.");
}

/* Whatever can be missing, is. */
static void
test_absence (void)
{
  g_autoptr (TptJsonTree) node = read_text (
    "{\"uri\":\"u\",\"status\":\"active\",\"start_time\":\"2026-01-01T00:00:00Z\","
    "\"end_time\":\"2026-01-01T01:00:00Z\"}");
  g_autoptr (TptJsonTree) booking = read_text (
    "{\"uri\":\"" API "scheduled_events/A/invitees/B\",\"event\":\"e\","
    "\"email\":\"a@b.example\",\"status\":\"canceled\"}");
  g_autoptr (GError) error = NULL;
  g_autoptr (TptMeeting) meeting =
    tpt_scheduled_event_parse (tpt_json_tree_get_root (node), &error);
  g_autoptr (TptInvitee) invitee =
    tpt_invitee_parse (tpt_json_tree_get_root (booking), &error);

  g_assert_no_error (error);
  g_assert_cmpuint (meeting->hosts->len, ==, 0);
  g_assert_true (invitee->canceled);
  g_assert_cmpint (invitee->canceled_at, ==, TPT_TIME_NONE);
}

/* Cut anywhere, a page is refused as a whole. */
static void
test_truncated (void)
{
  gsize length;
  g_autofree char *text = tpt_test_fixture ("api/invitees.json", &length);

  while (length > 0 && text[length - 1] == '\n')
    length--;
  for (gsize cut = 0; cut < length; cut++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (TptJsonTree) node =
        tpt_json_guard_read (text, (gssize) cut, TPT_JSON_LIMITS_PAGE, &error);

      g_assert_null (node);
      g_assert_nonnull (error);
    }
}

static void
test_no_page (void)
{
  static const char *const bodies[]
      = { "[]",
          "null",
          "{}",
          "{\"collection\":null}",
          "{\"collection\":{}}",
          "{\"collection\":[],\"pagination\":[]}",
          "{\"collection\":[],\"pagination\":{\"next_page_token\":7}}" };

  for (guint i = 0; i < G_N_ELEMENTS (bodies); i++)
    {
      g_autoptr (TptJsonTree) node = read_text (bodies[i]);
      g_autoptr (GError) error = NULL;

      g_assert_null (tpt_page_parse (tpt_json_tree_get_root (node),
                                     (TptRecordParseFunc) tpt_invitee_parse, &error));
      g_assert_error (error, TPT_API_ERROR, TPT_API_ERROR_PROTOCOL);
      g_assert_true (g_str_has_prefix (error->message, "Calendly’s answer makes no sense: "));
    }
}

/* Answers of 2020 name the next page by its address alone; a list without pagination is one page.
 */
static void
test_old_pagination (void)
{
  g_autoptr (TptJsonTree) old = read_text (
    "{\"collection\":[],\"pagination\":{\"count\":1,\"next_page\":"
    "\"https://api.calendly.com/x?count=1&page_token=a%2Bb\"}}");
  g_autoptr (TptJsonTree) bare = read_text (
    "{\"collection\":[]}");
  g_autoptr (TptPage) first = tpt_page_parse (tpt_json_tree_get_root (old),
                                              (TptRecordParseFunc) tpt_invitee_parse, NULL);
  g_autoptr (TptPage) second = tpt_page_parse (tpt_json_tree_get_root (bare),
                                               (TptRecordParseFunc) tpt_invitee_parse, NULL);

  g_assert_cmpstr (first->next_page_token, ==, "a+b");
  g_assert_null (second->next_page_token);
}

static void
test_paths (void)
{
  static const char *const good[][3] = {
    { API "scheduled_events/GBGBDCAADAEDCRZ2", "scheduled_events",
      "/scheduled_events/GBGBDCAADAEDCRZ2" },
    { "https://calendly.com/scheduled_events/7b3c1f10-52f5-4d3a-9a51-2f6f6ac1b111",
      "scheduled_events", "/scheduled_events/7b3c1f10-52f5-4d3a-9a51-2f6f6ac1b111" },
    { API "scheduled_events/A/invitees/B", "invitees", "/scheduled_events/A/invitees/B" },
    { API "webhook_subscriptions/A_b-1", "webhook_subscriptions", "/webhook_subscriptions/A_b-1" },
  };
  static const char *const bad[] = {
    "http://169.254.169.254/users/A",          "https://api.calendly.com.evil/users/A",
    "https://api.calendly.com@evil/users/A",   "//evil/users/A",
    "https://evilcalendly.com/users/A",        "https://x@api.calendly.com/users/A",
    API "users/",                              API "users/..",
    API "users/A?x=1",                         API "users/A/B",
    API "users/A/invitees/B",                  API "users/%2e%2e",
    API "organizations/A",                     "users/A",
    "",                                        API "users/A\n",
    API "user/A",                              API "users2/A",
    API "users/A/",                            API "/users/A",
    API "users",                               "https://api.calendly.com",
    "https://api.calendly/users/A",            API "scheduled_events/E/invitees/users/A",
    "https://",                                API "users/A/users/B",
  };

  for (guint i = 0; i < G_N_ELEMENTS (good); i++)
    {
      g_autofree char *path = tpt_resource_uri_get_path (good[i][0], good[i][1], NULL);

      g_assert_cmpstr (path, ==, good[i][2]);
    }
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *path = tpt_resource_uri_get_path (bad[i], "users", &error);

      g_assert_null (path);
      g_assert_error (error, TPT_API_ERROR, TPT_API_ERROR_PROTOCOL);
    }
  g_assert_null (tpt_resource_uri_get_path (NULL, "users", NULL));
}

/* Only another booking can have come before or after one: the others are refused, or absent. */
static void
test_neighbors (void)
{
  static const char *const cases[] = {
    "\"" API "scheduled_events/E/invitees/I\"", "\"" API "scheduled_events/F\"",
    "\"2026-11-23T10:00:00Z\"", "null", "\"\"", "\"" API "scheduled_events/F/invitees/J\"",
  };

  for (gsize i = 0; i < 2 * G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = g_strdup_printf (
        "{\"uri\":\"" API "scheduled_events/E/invitees/I\",\"event\":\"" API "scheduled_events/E\","
        "\"email\":\"a@b.example\",\"status\":\"active\",\"%s\":%s}",
        i % 2 == 0 ? "old_invitee" : "new_invitee", cases[i / 2]);
      g_autoptr (TptJsonTree) tree = read_text (text);
      g_autoptr (TptInvitee) invitee = tpt_invitee_parse (tpt_json_tree_get_root (tree), NULL);

      g_assert_cmpint (invitee != NULL, ==, i / 2 > 2);
      if (invitee != NULL)
        g_assert_cmpint (invitee->old_invitee != NULL || invitee->new_invitee != NULL, ==,
                         i / 2 > 4);
    }
}

int
main (int    argc,
      char **argv)
{
  tpt_test_init (&argc, &argv);
  g_test_add_func ("/calendly/records/user", test_user);
  g_test_add_func ("/calendly/records/events", test_events);
  g_test_add_func ("/calendly/records/bad", test_bad_records);
  g_test_add_func ("/calendly/records/invitees", test_invitees);
  g_test_add_func ("/calendly/records/neighbors", test_neighbors);
  g_test_add_func ("/calendly/records/event-types", test_event_types);
  g_test_add_func ("/calendly/records/categories", test_categories);
  g_test_add_func ("/calendly/records/mutations", test_mutations);
  g_test_add_func ("/calendly/records/absence", test_absence);
  g_test_add_func ("/calendly/records/truncated", test_truncated);
  g_test_add_func ("/calendly/records/no-page", test_no_page);
  g_test_add_func ("/calendly/records/old-pagination", test_old_pagination);
  g_test_add_func ("/calendly/records/paths", test_paths);

  return g_test_run ();
}
