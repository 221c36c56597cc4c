/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "sandbox-fixture.h"
#include "tpt-test.h"

static SandboxAnswer *
get_me (SandboxFixture *fixture)
{
  return sandbox_fixture_ask (fixture, "GET", "/users/me", NULL);
}

static guint
get_status (SandboxFixture *fixture)
{
  g_autoptr (SandboxAnswer) answer = get_me (fixture);

  return answer->status;
}

static void
test_times (SandboxFixture *fixture,
            gconstpointer   data)
{
  sandbox_fixture_set_faults (fixture, "{\"rules\":[{\"path\":\"/users/*\",\"method\":\"GET\","
                                       "\"status\":503,\"times\":2,\"skip\":1,"
                                       "\"headers\":{\"Retry-After\":\"7\"}}]}");
  g_assert_cmpuint (get_status (fixture), ==, 200);
  g_assert_cmpuint (get_status (fixture), ==, 503);
  {
    g_autoptr (SandboxAnswer) answer = get_me (fixture);

    g_assert_cmpuint (answer->status, ==, 503);
    g_assert_cmpstr (soup_message_headers_get_one (answer->headers, "Retry-After"), ==, "7");
  }
  g_assert_cmpuint (get_status (fixture), ==, 200);
}

static void
test_html (SandboxFixture *fixture,
           gconstpointer   data)
{
  g_autoptr (SandboxAnswer) answer = NULL;

  sandbox_fixture_set_faults (fixture, "{\"rules\":[{\"status\":502,\"html\":true}]}");
  answer = get_me (fixture);
  g_assert_cmpuint (answer->status, ==, 502);
  g_assert_cmpstr (soup_message_headers_get_content_type (answer->headers, NULL), ==, "text/html");
  g_assert_null (answer->json);
}

/* The connection ends in the middle of the body, or before it. */
static void
test_broken_connection (SandboxFixture *fixture,
                        gconstpointer   data)
{
  sandbox_fixture_set_faults (fixture, "{\"rules\":[{\"truncate\":20,\"times\":1}]}");
  {
    g_autoptr (SandboxAnswer) answer = get_me (fixture);

    g_assert_cmpuint (answer->status, ==, 0);
    g_assert_cmpint (soup_message_headers_get_content_length (answer->headers), >, 100);
  }
  sandbox_fixture_set_faults (fixture, "{\"rules\":[{\"drop\":true,\"delay_ms\":5,"
                                       "\"path\":\"/scheduling_links\"}]}");
  {
    g_autoptr (SandboxAnswer) answer = sandbox_fixture_ask (fixture, "POST", "/scheduling_links",
                                                            "{}");

    g_assert_cmpuint (answer->status, ==, 0);
  }
  g_assert_cmpuint (get_status (fixture), ==, 200);
}

/* "after": the booking is made and only its answer is lost. */
static void
test_lost_answer (SandboxFixture *fixture,
                  gconstpointer   data)
{
  TptSandboxWorld *world = tpt_sandbox_server_get_context (fixture->server)->world;
  g_autofree char *event_type = sandbox_fixture_event_type (fixture, "customer-check-in");
  g_autofree char *body = g_strdup_printf ("{\"max_event_count\":1,\"owner\":\"%s\","
                                           "\"owner_type\":\"EventType\"}", event_type);
  g_autoptr (SandboxAnswer) answer = NULL;

  sandbox_fixture_set_faults (fixture, "{\"rules\":[{\"path\":\"/scheduling_links\",\"status\":504,"
                                       "\"after\":true,\"delay_ms\":20}]}");
  answer = sandbox_fixture_ask (fixture, "POST", "/scheduling_links", body);
  g_assert_cmpuint (answer->status, ==, 504);
  g_assert_cmpuint (world->links->len, ==, 1);
}

/* The client gives up before a delayed answer is due, and the server goes on. */
static void
test_impatient_client (SandboxFixture *fixture,
                       gconstpointer   data)
{
  g_autoptr (SoupMessage) message = sandbox_fixture_message (fixture, "GET", "/users/me", NULL);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  TptTestResult waiting = { NULL };

  sandbox_fixture_set_faults (fixture, "{\"rules\":[{\"delay_ms\":60000,\"times\":1}]}");
  soup_session_send_and_read_async (fixture->session, message, G_PRIORITY_DEFAULT, cancellable,
                                    tpt_test_result_cb, &waiting);
  for (guint i = 0; i < 50; i++)
    g_main_context_iteration (NULL, FALSE);
  g_cancellable_cancel (cancellable);
  result = tpt_test_await (&waiting);
  g_assert_null (soup_session_send_and_read_finish (fixture->session, result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpuint (get_status (fixture), ==, 200);
}

static void
test_rate_limit (SandboxFixture *fixture,
                 gconstpointer   data)
{
  g_autoptr (SandboxAnswer) first = get_me (fixture);
  g_autoptr (SandboxAnswer) clock = NULL;

  g_assert_cmpstr (soup_message_headers_get_one (first->headers, "X-RateLimit-Limit"), ==, "500");
  g_assert_cmpstr (soup_message_headers_get_one (first->headers, "X-RateLimit-Remaining"),
                   ==, "499");
  for (guint i = 1; i < 500; i++)
    g_assert_cmpuint (get_status (fixture), ==, 200);
  {
    g_autoptr (SandboxAnswer) last = get_me (fixture);
    const char *reset = soup_message_headers_get_one (last->headers, "X-RateLimit-Reset");

    g_assert_cmpuint (last->status, ==, 429);
    g_assert_cmpstr (soup_message_headers_get_one (last->headers, "X-RateLimit-Remaining"),
                     ==, "0");
    g_assert_cmpuint (g_ascii_strtoull (reset, NULL, 10), <=, 60);
  }
  clock = sandbox_fixture_ask (fixture, "POST", "/_sandbox/clock", "{\"advance_seconds\":61}");
  g_assert_cmpuint (clock->status, ==, 200);
  g_assert_cmpuint (get_status (fixture), ==, 200);
}

static void
test_request_log (SandboxFixture *fixture,
                  gconstpointer   data)
{
  g_autoptr (SandboxAnswer) cleared = sandbox_fixture_ask (fixture, "DELETE",
                                                           "/_sandbox/requests", NULL);
  g_autoptr (SandboxAnswer) me = sandbox_fixture_ask (fixture, "GET", "/users/me?a=b", NULL);
  g_autoptr (SandboxAnswer) log = sandbox_fixture_ask (fixture, "GET", "/_sandbox/requests", NULL);
  JsonArray *requests = json_object_get_array_member (sandbox_answer_object (log), "requests");
  JsonObject *request;

  g_assert_cmpuint (cleared->status, ==, 204);
  /* It hangs up, and says so. */
  g_assert_true (soup_message_headers_header_contains (cleared->headers, "Connection", "close"));
  g_assert_cmpuint (json_array_get_length (requests), ==, 1);
  request = json_array_get_object_element (requests, 0);
  g_assert_cmpstr (json_object_get_string_member (request, "path"), ==, "/users/me");
  g_assert_cmpstr (json_object_get_string_member (request, "query"), ==, "a=b");
  g_assert_cmpint (json_object_get_int_member (request, "status"), ==, 200);
  g_assert_cmpuint (me->status, ==, 200);
}

#define ADD(path, function)                                                              \
  g_test_add (path, SandboxFixture, NULL, sandbox_fixture_set_up, function,              \
              sandbox_fixture_tear_down)

int
main (int    argc,
      char **argv)
{
  tpt_test_init (&argc, &argv);

  ADD ("/sandbox/faults/times", test_times);
  ADD ("/sandbox/faults/html", test_html);
  ADD ("/sandbox/faults/broken-connection", test_broken_connection);
  ADD ("/sandbox/faults/lost-answer", test_lost_answer);
  ADD ("/sandbox/faults/impatient-client", test_impatient_client);
  ADD ("/sandbox/faults/rate-limit", test_rate_limit);
  ADD ("/sandbox/faults/request-log", test_request_log);

  return g_test_run ();
}
