/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "sandbox-fixture.h"
#include "tpt-test.h"

/* All URIs of a list, page by page, following next_page_token or next_page as it is. */
static GPtrArray *
collect (SandboxFixture *fixture,
         const char     *query,
         gboolean        by_url)
{
  GPtrArray *uris = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *organization = sandbox_fixture_organization (fixture);
  g_autofree char *path = g_strconcat ("/scheduled_events?organization=", organization, query,
                                       NULL);
  g_autofree char *url = g_strdup (path);

  while (url != NULL)
    {
      g_autoptr (SandboxAnswer) answer = sandbox_fixture_ask (fixture, "GET", url, NULL);
      JsonArray *page = json_object_get_array_member (sandbox_answer_object (answer), "collection");
      JsonObject *pagination = sandbox_answer_member (answer, "pagination");
      const char *token = json_object_get_string_member (pagination, "next_page_token");
      g_autofree char *escaped = token != NULL ? g_uri_escape_string (token, NULL, FALSE) : NULL;

      for (guint i = 0; i < json_array_get_length (page); i++)
        g_ptr_array_add (uris, g_strdup (json_object_get_string_member (
                                 json_array_get_object_element (page, i), "uri")));
      g_free (url);
      if (by_url)
        url = g_strdup (json_object_get_string_member (pagination, "next_page"));
      else
        url = token != NULL ? g_strconcat (path, "&page_token=", escaped, NULL) : NULL;
    }

  return uris;
}

static void
assert_all_different (GPtrArray *uris)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < uris->len; i++)
    g_assert_true (g_hash_table_add (seen, uris->pdata[i]));
}

static void
test_pages (SandboxFixture *fixture,
            gconstpointer   data)
{
  g_autoptr (GPtrArray) small = collect (fixture, "&count=7&sort=start_time:asc", FALSE);
  g_autoptr (GPtrArray) large = collect (fixture, "&count=100&sort=start_time:desc", TRUE);

  g_assert_cmpuint (small->len, ==, 120);
  g_assert_cmpuint (large->len, ==, 120);
  assert_all_different (small);
  for (guint i = 0; i < 120; i++)
    g_assert_cmpstr (small->pdata[i], ==, large->pdata[119 - i]);
}

/* Follows previous_page from the last page of seven to the first: as many as there are before. */
static void
test_pages_back (SandboxFixture *fixture,
                 gconstpointer   data)
{
  g_autofree char *organization = sandbox_fixture_organization (fixture);
  g_autofree char *url = g_strconcat ("/scheduled_events?count=7&sort=start_time:desc"
                                      "&status=active&organization=", organization, NULL);
  guint forth = 0;
  guint back = 0;
  gboolean forward = TRUE;

  while (url != NULL)
    {
      g_autoptr (SandboxAnswer) answer = sandbox_fixture_ask (fixture, "GET", url, NULL);
      JsonArray *page = json_object_get_array_member (sandbox_answer_object (answer), "collection");
      JsonObject *pagination = sandbox_answer_member (answer, "pagination");
      const char *next = json_object_get_string_member (pagination, "next_page");
      const char *previous = json_object_get_string_member (pagination, "previous_page");

      if (forward && next != NULL)
        forth += json_array_get_length (page);
      else if (!forward)
        back += json_array_get_length (page);
      forward = forward && next != NULL;
      g_free (url);
      url = g_strdup (forward ? next : previous);
    }
  g_assert_cmpuint (forth, >, 0);
  g_assert_cmpuint (back, ==, forth);
}

/* A booking between two pages moves no record into or out of the rest. */
static void
test_pages_stand (SandboxFixture *fixture,
                  gconstpointer   data)
{
  g_autofree char *organization = sandbox_fixture_organization (fixture);
  g_autofree char *path = g_strconcat ("/scheduled_events?count=10&sort=start_time:asc"
                                       "&organization=", organization, NULL);
  g_autoptr (SandboxAnswer) first = sandbox_fixture_ask (fixture, "GET", path, NULL);
  g_autofree char *next = g_strdup (json_object_get_string_member (
    sandbox_answer_member (first, "pagination"), "next_page"));
  g_autoptr (SandboxAnswer) before = sandbox_fixture_ask (fixture, "GET", next, NULL);
  g_autoptr (SandboxAnswer) booked = sandbox_fixture_ask (
    fixture, "POST", "/_sandbox/book",
    "{\"event_type\":\"quick-call\",\"name\":\"A\",\"email\":\"a@b.example\","
    "\"start\":\"2020-01-01T10:00:00Z\"}");
  g_autoptr (SandboxAnswer) after = sandbox_fixture_ask (fixture, "GET", next, NULL);
  JsonArray *one = json_object_get_array_member (sandbox_answer_object (before), "collection");
  JsonArray *two = json_object_get_array_member (sandbox_answer_object (after), "collection");

  g_assert_cmpuint (booked->status, ==, 200);
  for (guint i = 0; i < 10; i++)
    g_assert_true (json_node_equal (json_array_get_element (one, i),
                                    json_array_get_element (two, i)));
}

static void
test_filters (SandboxFixture *fixture,
              gconstpointer   data)
{
  TptSandboxWorld *world = tpt_sandbox_server_get_context (fixture->server)->world;
  GPtrArray *events = tpt_sandbox_world_get_events (world);
  TptSandboxEvent *event = events->pdata[60];
  TptSandboxInvitee *invitee = event->invitees->pdata[0];
  g_autofree char *start = tpt_sandbox_time_format (event->start);
  g_autofree char *exact = g_strdup_printf ("&min_start_time=%s&max_start_time=%s", start, start);
  g_autofree char *by_mail = g_strconcat ("&invitee_email=", invitee->email, NULL);
  g_autoptr (GPtrArray) active = collect (fixture, "&status=active", FALSE);
  g_autoptr (GPtrArray) canceled = collect (fixture, "&status=canceled", FALSE);
  g_autoptr (GPtrArray) at_start = collect (fixture, exact, FALSE);
  g_autoptr (GPtrArray) of_mail = collect (fixture, by_mail, FALSE);
  guint expected = 0;

  for (guint i = 0; i < events->len; i++)
    expected += ((TptSandboxEvent *) events->pdata[i])->start == event->start;
  g_assert_cmpuint (active->len + canceled->len, ==, 120);
  g_assert_cmpuint (canceled->len, >, 0);
  g_assert_cmpuint (at_start->len, ==, expected);
  g_assert_cmpuint (of_mail->len, >, 0);
  g_assert_cmpuint (of_mail->len, <, 120);
}

#define ADD(path, function)                                                              \
  g_test_add (path, SandboxFixture, NULL, sandbox_fixture_set_up, function,              \
              sandbox_fixture_tear_down)

int
main (int    argc,
      char **argv)
{
  tpt_test_init (&argc, &argv);

  ADD ("/sandbox/events/pages", test_pages);
  ADD ("/sandbox/events/pages-back", test_pages_back);
  ADD ("/sandbox/events/pages-stand", test_pages_stand);
  ADD ("/sandbox/events/filters", test_filters);

  return g_test_run ();
}
