/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-api-fixture.h"
#include "tpt-api-pager.h"
#include "tpt-scheduled-event-client.h"

/* C-5: an answer cut off at every byte is an error, and never half of one. */
static void
test_truncated (gconstpointer name)
{
  g_autoptr (TptApiFixture) fixture = tpt_api_fixture_new ();
  gsize length;
  g_autofree char *whole = tpt_test_fixture (name, &length);
  g_autoptr (TptJsonTree) node = NULL;

  while (length > 0 && g_ascii_isspace (whole[length - 1]))
    whole[--length] = '\0';
  for (gsize cut = 0; cut <= length; cut++)
    {
      g_autofree char *part = g_strndup (whole, cut);
      const TptApiReply reply = { 200, NULL, part, { NULL } };
      g_autoptr (GError) error = NULL;

      tpt_api_fixture_script (fixture, &reply, 1);
      node = tpt_api_fixture_send (fixture, "GET", &error);
      if (cut == length)
        g_assert_no_error (error);
      else
        g_assert_error (error, TPT_API_ERROR, TPT_API_ERROR_PROTOCOL);
      g_assert_true ((node != NULL) == (cut == length));
    }
}

static char *
repeat (const char *head,
        const char *item,
        guint       count,
        const char *tail)
{
  GString *text = g_string_new (head);

  for (guint i = 0; i < count; i++)
    g_string_append (text, item);
  g_string_append (text, tail);

  return g_string_free (text, FALSE);
}

static gsize
peak_kib (void)
{
  g_autofree char *text = NULL;
  const char *line;

  g_assert_true (g_file_get_contents ("/proc/self/status", &text, NULL, NULL));
  line = strstr (text, "VmHWM:");
  g_assert_nonnull (line);

  return (gsize) g_ascii_strtoull (line + strlen ("VmHWM:"), NULL, 10);
}

/* J-1, C-9: bombs and oddities, large and small, with the size from which they are read on a
 * thread. What they are refused for, they do not cost before. */
static void
test_bombs (void)
{
  char *const bombs[] = {
    repeat ("", "[", 65, ""),
    repeat ("", "[", 100000, ""),
    repeat ("", "[", 1000000, ""),
    repeat ("", "{\"a\":", 1000000, "1"),
    repeat ("{\"a\":[0", ",0", 600000, "]}"),
    repeat ("{\"collection\":[{}", ",{}", 1000000, "]}"),
    repeat ("{\"a\":\"", "aaaaaaaaaa", 200000, "\"}"),
    repeat ("{\"a\":", "9", 400, "}"),
    repeat ("{\"a\":\"", "\\u0000", 1, "\"}"),
    repeat ("{\"a\":\"", "\\ud800", 1, "\"}"),
    repeat ("{\"a\":\"", "\xff", 1, "\"}"),
    repeat ("{\"a\":\"", "\xc0\xaf", 1, "\"}"),
    repeat ("// why\n", "{}", 1, ""),
    repeat ("var x = ", "{}", 1, ""),
    repeat ("{\"a\":1,\"\\u0061\":2", "", 0, "}"),
  };
  g_autoptr (TptApiFixture) fixture = tpt_api_fixture_new ();
  gsize before = peak_kib ();

  for (guint i = 0; i < G_N_ELEMENTS (bombs); i++)
    {
      g_autofree char *bomb = bombs[i];
      const TptApiReply reply = { 200, NULL, bomb, { NULL } };
      g_autoptr (GError) error = NULL;
      g_autoptr (TptJsonTree) node = NULL;

      tpt_api_fixture_script (fixture, &reply, 1);
      node = tpt_api_fixture_send (fixture, "GET", &error);
      g_assert_null (node);
      g_assert_error (error, TPT_API_ERROR, TPT_API_ERROR_PROTOCOL);

      /* As the body of a refusal it changes nothing about what is refused. */
      g_clear_error (&error);
      {
        const TptApiReply refusal = { 403, NULL, bomb, { NULL } };

        tpt_api_fixture_script (fixture, &refusal, 1);
        g_assert_null (tpt_api_fixture_send (fixture, "GET", &error));
        g_assert_error (error, TPT_API_ERROR, TPT_API_ERROR_PERMISSION);
      }
    }
  /* With the server, which holds what it sends, too. */
  g_test_message ("%" G_GSIZE_FORMAT " KiB", peak_kib () - before);
  g_assert_cmpuint (peak_kib () - before, <, 64 * 1024);
}

/* What is asked for as a page of events, between two good ones. */
static TptPage *
get_page (const char  *middle,
          GError     **error)
{
  const char *event = "{\"name\":\"x\",\"status\":\"active\",\"start_time\":\"2026-11-23T10:00:00Z\","
                      "\"end_time\":\"2026-11-23T10:30:00Z\",\"uri\":\"https://api.calendly.com/"
                      "scheduled_events/%s\"}";
  const TptScheduledEventFilter filter = { .user = "https://api.calendly.com/users/U" };
  g_autoptr (TptApiFixture) fixture = tpt_api_fixture_new ();
  g_autoptr (TptApiPager) pager = tpt_scheduled_event_client_list (fixture->client, &filter);
  g_autoptr (GString) before = g_string_new (event);
  g_autoptr (GString) after = g_string_new (event);
  g_autoptr (GAsyncResult) result = NULL;
  TptTestResult waiting = { NULL };
  g_autofree char *body = NULL;
  TptApiReply reply = { .status = 200 };

  g_string_replace (before, "%s", "B", 0);
  g_string_replace (after, "%s", "A", 0);
  body = g_strdup_printf ("{ \"a]\\\"\" : [1] ,\"collection\": [%s , %s,%s],\"pagination\":{}}",
                          before->str, middle, after->str);
  reply.body = body;
  tpt_api_fixture_script (fixture, &reply, 1);
  tpt_api_pager_all_async (pager, NULL, tpt_test_result_cb, &waiting);
  result = tpt_test_await (&waiting);

  return tpt_api_pager_all_finish (pager, result, error);
}

/* A customer's byte that is no text keeps one record away, and not the hundred of its page. */
static void
test_unreadable_record (void)
{
  g_autofree char *deep = repeat ("{\"uri\":\"https://x/M\",\"a\":", "[", 70, "");
  g_autofree char *closed = repeat (deep, "]", 70, "}");
  g_autofree char *long_text = repeat ("{\"uri\":\"https://x/M\",\"a\":\"", "0123456789", 120000,
                                       "\"}");
  const char *const records[][2] = {
    { "{\"no_show\":{\"uri\":\"https://x/N\"},\"uri\":\"https://x/M\",\"a\":\"\\u0000\"}", "NUL" },
    { "{\"a\":\"}]\\\"\\ud800\",\"uri\":\"https://x/M\"}", "surrogate" },
    { "{\"uri\":\"https://x/M\",\"a\":\"M\xfcller\"}", "UTF-8" },
    { "{\"uri\":\"https://x/M\",\"a\":\"\x01\"}", "Control" },
    { "{\"uri\":\"https://x/M\",\"uri\":\"https://x/O\"}", "Name" },
    { "{\"uri\":\"https://x/M\",\"a\":99999999999999999999}", "Number" },
    { closed, "deep" },
    { long_text, "long" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (records); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (TptPage) page = get_page (records[i][0], &error);
      const TptRecordFailure *failure;

      g_assert_no_error (error);
      g_assert_cmpuint (page->items->len, ==, 2);
      g_assert_cmpuint (page->failures->len, ==, 1);
      failure = g_ptr_array_index (page->failures, 0);
      g_assert_cmpstr (failure->uri, ==, "https://x/M");
      g_assert_nonnull (strstr (failure->reason, records[i][1]));
    }
}

/* What is not there to be read is not made up, and nothing of it gets into the reason. */
static void
test_unreadable_address (void)
{
  const char *const records[] = {
    "{\"uri\":\"\\u0000\"}", "{\"uri\":\"<b>\",\"a\":\"\\u0000\"}", "\"\\u0000\"", "{\"uri\":01}", "nul",
  };

  for (guint i = 0; i < G_N_ELEMENTS (records); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (TptPage) page = get_page (records[i], &error);
      const TptRecordFailure *failure;

      g_assert_no_error (error);
      g_assert_cmpuint (page->items->len, ==, 2);
      failure = g_ptr_array_index (page->failures, 0);
      g_assert_cmpstr (failure->uri, ==, "");
    }
}

/* A server whose every page names another one. */
static void
pages_cb (SoupServer        *server,
          SoupServerMessage *message,
          const char        *path,
          GHashTable        *query,
          gpointer           user_data)
{
  guint *served = user_data;
  g_autofree char *body = g_strdup_printf (
    "{\"collection\":[],\"pagination\":{\"next_page_token\":\"%u\"}}", ++*served);

  soup_server_message_set_status (message, 200, NULL);
  soup_server_message_set_response (message, "application/json", SOUP_MEMORY_COPY, body,
                                    strlen (body));
}

static void
serve_pages (TptApiFixture *fixture,
             guint         *served)
{
  soup_server_remove_handler (fixture->server, NULL);
  soup_server_add_handler (fixture->server, NULL, pages_cb, served, NULL);
}

/* Pages that go on for ever end, too. */
static void
test_endless (void)
{
  const TptScheduledEventFilter filter = { .user = "https://api.calendly.com/users/U" };
  g_autoptr (TptApiFixture) fixture = tpt_api_fixture_new ();
  g_autoptr (TptApiPager) pager = tpt_scheduled_event_client_list (fixture->client, &filter);
  TptTestResult waiting = { NULL };
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  guint served = 0;

  serve_pages (fixture, &served);
  tpt_api_pager_all_async (pager, NULL, tpt_test_result_cb, &waiting);
  result = tpt_test_await (&waiting);
  g_assert_null (tpt_api_pager_all_finish (pager, result, &error));
  g_assert_error (error, TPT_API_ERROR, TPT_API_ERROR_PROTOCOL);
  g_assert_cmpstr (error->message, ==, "Calendly’s answer makes no sense: its pages never end");
  g_assert_cmpuint (served, ==, 1000);
}

/* Who takes one page after the other gets beyond a hundred thousand records. */
static void
test_many_pages (void)
{
  const TptScheduledEventFilter filter = { .user = "https://api.calendly.com/users/U" };
  g_autoptr (TptApiFixture) fixture = tpt_api_fixture_new ();
  g_autoptr (TptApiPager) pager = tpt_scheduled_event_client_list (fixture->client, &filter);
  guint served = 0;

  serve_pages (fixture, &served);
  while (served < 1200)
    {
      TptTestResult waiting = { NULL };
      g_autoptr (GAsyncResult) result = NULL;
      g_autoptr (TptPage) page = NULL;
      g_autoptr (GError) error = NULL;

      tpt_api_pager_next_async (pager, NULL, tpt_test_result_cb, &waiting);
      result = tpt_test_await (&waiting);
      page = tpt_api_pager_next_finish (pager, result, &error);
      g_assert_no_error (error);
      g_assert_true (tpt_api_pager_has_next (pager));
    }
}

int
main (int    argc,
      char **argv)
{
  tpt_test_init (&argc, &argv);
  g_test_add_data_func ("/calendly/api-answers/truncated/user", "api/user-me.json",
                        test_truncated);
  g_test_add_data_func ("/calendly/api-answers/truncated/events", "api/scheduled-events.json",
                        test_truncated);
  g_test_add_data_func ("/calendly/api-answers/truncated/invitees", "api/invitees.json",
                        test_truncated);
  g_test_add_func ("/calendly/api-answers/bombs", test_bombs);
  g_test_add_func ("/calendly/api-answers/unreadable/record", test_unreadable_record);
  g_test_add_func ("/calendly/api-answers/unreadable/address", test_unreadable_address);
  g_test_add_func ("/calendly/api-answers/endless", test_endless);
  g_test_add_func ("/calendly/api-answers/many-pages", test_many_pages);

  return g_test_run ();
}
