/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-api-fixture.h"
#include "tpt-config.h"

#define OK { 200, NULL, "{\"resource\":{}}", { NULL } }

#define SCRIPT(fixture, ...)                                                                       \
  static const TptApiReply replies[] = { __VA_ARGS__ };                                            \
  tpt_api_fixture_script (fixture, replies, G_N_ELEMENTS (replies))

static void
test_get (void)
{
  g_autoptr (TptApiFixture) fixture = tpt_api_fixture_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (TptJsonTree) node = NULL;

  SCRIPT (fixture, OK);
  node = tpt_api_fixture_send (fixture, "GET", &error);
  g_assert_no_error (error);
  g_assert_true (tpt_json_value_get_member (tpt_json_tree_get_root (node), "resource") != NULL);
  g_assert_cmpstr (g_ptr_array_index (fixture->requests, 0), ==,
                   "GET /scheduled_events?a=b token-1");
  g_assert_cmpstr (fixture->user_agent, ==, TPT_USER_AGENT);
  g_assert_cmpuint (tpt_api_client_get_requests (fixture->client), ==, 1);
  g_assert_cmpuint (tpt_api_client_get_retries (fixture->client), ==, 0);
}

static void
test_no_content (void)
{
  g_autoptr (TptApiFixture) fixture = tpt_api_fixture_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (TptJsonTree) node = NULL;

  SCRIPT (fixture, { 204, NULL, NULL, { NULL } });
  node = tpt_api_fixture_send (fixture, "DELETE", &error);
  g_assert_no_error (error);
  g_assert_true (tpt_json_tree_get_root (node)->kind == TPT_JSON_NULL);
}

/* Status by status: what it becomes, and how often it is asked for. */
static void
test_statuses (void)
{
  static const struct
  {
    const char *method;
    guint status;
    const char *body;
    TptApiError code;
    guint requests;
    const char *text;
  } cases[] = {
    { "GET", 400,
      "{\"title\":\"Invalid Argument\",\"message\":\"The supplied parameters are "
      "invalid.\",\"details\":"
      "[{\"parameter\":\"count\",\"message\":\"is too big\"}]}",
      TPT_API_ERROR_INVALID, 1, "count: is too big" },
    { "GET", 401, "{\"title\":\"Unauthenticated\",\"message\":\"The access token expired\"}",
      TPT_API_ERROR_UNAUTHORIZED, 2, NULL },
    { "GET", 403, "{\"title\":\"Permission Denied\",\"message\":\"You do not have permission\"}",
      TPT_API_ERROR_PERMISSION, 1, "You do not have permission" },
    { "GET", 403,
      "{\"title\":\"Permission Denied\",\"message\":\"Please upgrade to a paid Calendly "
      "account.\"}",
      TPT_API_ERROR_PLAN, 1, "upgrade" },
    { "GET", 403,
      "{\"title\":\"Insufficient "
      "scope\",\"message\":\"…\",\"required_scopes\":[\"webhooks:write\",7]}",
      TPT_API_ERROR_SCOPE, 1, "webhooks:write" },
    { "GET", 403, "not JSON", TPT_API_ERROR_PERMISSION, 1, NULL },
    { "GET", 404, "{}", TPT_API_ERROR_NOT_FOUND, 1, NULL },
    { "GET", 409, "{\"message\":\"Hook with this url already exists\"}", TPT_API_ERROR_CONFLICT, 1,
      "already exists" },
    { "GET", 410, "{}", TPT_API_ERROR_NOT_FOUND, 1, NULL },
    { "GET", 422, "[]", TPT_API_ERROR_INVALID, 1, NULL },
    { "GET", 424, "{\"message\":\"There is a problem accessing your calendar.\"}",
      TPT_API_ERROR_EXTERNAL, 1, "calendar" },
    { "GET", 429, "{}", TPT_API_ERROR_RATE_LIMITED, 6, NULL },
    { "GET", 500, "{}", TPT_API_ERROR_UNAVAILABLE, 4, NULL },
    { "GET", 501, "{}", TPT_API_ERROR_UNAVAILABLE, 1, NULL },
    { "GET", 502, "<html>", TPT_API_ERROR_UNAVAILABLE, 4, NULL },
    { "GET", 504, "{}", TPT_API_ERROR_UNAVAILABLE, 4, NULL },
    { "POST", 500, "{}", TPT_API_ERROR_UNAVAILABLE, 1, NULL },
    { "POST", 401, "{}", TPT_API_ERROR_UNAUTHORIZED, 2, NULL },
    { "DELETE", 503, "{}", TPT_API_ERROR_UNAVAILABLE, 4, NULL },
  };
  g_autoptr (TptApiFixture) fixture = tpt_api_fixture_new ();

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const TptApiReply reply = { cases[i].status, NULL, cases[i].body, { NULL } };
      g_autoptr (GError) error = NULL;
      g_autoptr (TptJsonTree) node = NULL;

      tpt_api_fixture_script (fixture, &reply, 1);
      node = tpt_api_fixture_send (fixture, cases[i].method, &error);
      g_assert_null (node);
      g_assert_error (error, TPT_API_ERROR, (int) cases[i].code);
      g_assert_cmpuint (fixture->requests->len, ==, cases[i].requests);
      if (cases[i].text != NULL)
        g_assert_nonnull (strstr (error->message, cases[i].text));
    }
}

/* What the service calls its scopes is cut, and not through a character. */
static void
test_scopes (void)
{
  const TptApiReply reply = { 403, NULL,
                              "{\"title\":\"Insufficient scope\",\"required_scopes\":"
                              "[\"xäääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääää\"]}",
                              { NULL } };
  g_autoptr (TptApiFixture) fixture = tpt_api_fixture_new ();
  g_autoptr (TptJsonTree) node = NULL;
  g_autoptr (GError) error = NULL;

  tpt_api_fixture_script (fixture, &reply, 1);
  node = tpt_api_fixture_send (fixture, "GET", &error);
  g_assert_error (error, TPT_API_ERROR, TPT_API_ERROR_SCOPE);
  g_assert_true (g_utf8_validate (error->message, -1, NULL));
  g_assert_nonnull (strstr (error->message, "xäää"));
}

/* A 401 asks for another token once, and goes on with it. */
static void
test_refresh (void)
{
  g_autoptr (TptApiFixture) fixture = tpt_api_fixture_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (TptJsonTree) node = NULL;

  SCRIPT (fixture, { 401, NULL, "{}", { NULL } }, { 503, NULL, "{}", { NULL } }, OK);
  node = tpt_api_fixture_send (fixture, "GET", &error);
  g_assert_no_error (error);
  g_assert_cmpuint (fixture->requests->len, ==, 3);
  g_assert_cmpstr (g_ptr_array_index (fixture->requests, 0), ==,
                   "GET /scheduled_events?a=b token-1");
  g_assert_cmpstr (g_ptr_array_index (fixture->requests, 1), ==,
                   "GET /scheduled_events?a=b token-2");
  /* The retry of the 503 does not reject the new one, too. */
  g_assert_cmpstr (g_ptr_array_index (fixture->requests, 2), ==,
                   "GET /scheduled_events?a=b token-2");
}

/* The bytes of an answer that says 200 and is none. */
static void
test_nonsense (void)
{
  static const struct
  {
    const char *type;
    const char *body;
    TptApiError code;
  } cases[] = {
    { "text/html", "<html>Please sign in to the network</html>", TPT_API_ERROR_UNAVAILABLE },
    { "text/html", "{}", TPT_API_ERROR_UNAVAILABLE },
    { "application/json", "", TPT_API_ERROR_PROTOCOL },
    { "application/json", "{\"collection\":[", TPT_API_ERROR_PROTOCOL },
    { "application/json", "\xef\xbb\xbf{}", TPT_API_ERROR_PROTOCOL },
    { "application/json", "{\"a\":\"\xe9\"}", TPT_API_ERROR_PROTOCOL },
    { "application/json", "{} {}", TPT_API_ERROR_PROTOCOL },
    { "application/json", "{\"a\":1,\"a\":2}", TPT_API_ERROR_PROTOCOL },
    { "application/json", "{\"a\":99999999999999999999}", TPT_API_ERROR_PROTOCOL },
  };
  g_autoptr (TptApiFixture) fixture = tpt_api_fixture_new ();

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const TptApiReply reply = { 200, cases[i].type, cases[i].body, { NULL } };
      g_autoptr (GError) error = NULL;
      g_autoptr (TptJsonTree) node = NULL;

      tpt_api_fixture_script (fixture, &reply, 1);
      node = tpt_api_fixture_send (fixture, "GET", &error);
      g_assert_null (node);
      g_assert_error (error, TPT_API_ERROR, (int) cases[i].code);
    }
}

/* What makes no sense is asked for once more, for it may have been cut off. */
static void
test_second_look (void)
{
  g_autoptr (TptApiFixture) fixture = tpt_api_fixture_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (TptJsonTree) node = NULL;

  SCRIPT (fixture, { 200, NULL, "{\"a\":", { NULL } }, OK);
  node = tpt_api_fixture_send (fixture, "GET", &error);
  g_assert_no_error (error);
  g_assert_cmpuint (fixture->requests->len, ==, 2);
}

static guint
send_limited (TptApiFixture *fixture,
              const char    *name,
              const char    *value)
{
  const TptApiReply replies[] = { { 429, NULL, "{}", { name, value, NULL } }, OK };
  g_autoptr (GError) error = NULL;
  g_autoptr (TptJsonTree) node = NULL;

  tpt_api_fixture_script (fixture, replies, 2);
  node = tpt_api_fixture_send (fixture, "GET", &error);
  g_assert_no_error (error);
  g_assert_cmpuint (fixture->requests->len, ==, 2);
  g_assert_cmpuint (fixture->waits->len, ==, 1);

  return g_array_index (fixture->waits, guint, 0);
}

/* Waits as long as it is told, within reason. */
static void
test_limited (void)
{
  static const struct
  {
    const char *name;
    const char *value;
    guint least;
    guint most;
  } cases[] = {
    { "Retry-After", "7", 7000, 8000 },
    { "Retry-After", "0", 0, 1000 },
    { "Retry-After", "1000000000", 900000, 901000 },
    { "Retry-After", "99999999999999999999", 900000, 901000 },
    { "Retry-After", "-1", 200, 2000 },
    { "Retry-After", "soon", 200, 2000 },
    { "Retry-After", "Wed, 21 Oct 2015 07:28:00 GMT", 0, 1000 },
    { "Retry-After", "Wed, 21 Oct 2099 07:28:00 GMT", 900000, 901000 },
    { "X-RateLimit-Reset", "33", 33000, 34000 },
    { "X-Other", "1", 200, 2000 },
  };
  g_autoptr (TptApiFixture) fixture = tpt_api_fixture_new ();

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      guint wait = send_limited (fixture, cases[i].name, cases[i].value);

      g_assert_cmpuint (wait, >=, cases[i].least);
      g_assert_cmpuint (wait, <=, cases[i].most);
    }
}

/* With nothing left the next request waits for the window, and whoever waits for a link is told
 * at once. */
static void
test_paced (void)
{
  g_autoptr (TptApiFixture) fixture = tpt_api_fixture_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (TptJsonTree) first = NULL;
  g_autoptr (TptJsonTree) second = NULL;
  g_autoptr (TptJsonTree) third = NULL;

  SCRIPT (fixture,
          { 200, NULL, "{}", { "X-RateLimit-Remaining", "0", "X-RateLimit-Reset", "60", NULL } });
  first = tpt_api_fixture_send (fixture, "GET", NULL);
  g_assert_nonnull (first);
  g_assert_cmpuint (fixture->waits->len, ==, 0);

  third = tpt_api_fixture_send (fixture, "POST", &error);
  g_assert_null (third);
  g_assert_error (error, TPT_API_ERROR, TPT_API_ERROR_RATE_LIMITED);
  g_assert_cmpuint (fixture->requests->len, ==, 1);

  second = tpt_api_fixture_send (fixture, "GET", NULL);
  g_assert_nonnull (second);
  g_assert_cmpuint (fixture->waits->len, ==, 1);
  g_assert_cmpuint (g_array_index (fixture->waits, guint, 0), >=, 60000);
}

/* What only reads leaves a part of the window to who waits for an answer. */
static void
test_reserve (void)
{
  g_autoptr (TptApiFixture) fixture = tpt_api_fixture_new ();
  g_autoptr (TptJsonTree) first = NULL;
  g_autoptr (TptJsonTree) second = NULL;
  g_autoptr (TptJsonTree) third = NULL;

  SCRIPT (fixture, { 200, NULL, "{}", { "X-RateLimit-Limit", "500", "X-RateLimit-Remaining", "20",
                                        "X-RateLimit-Reset", "60" } });
  first = tpt_api_fixture_send (fixture, "GET", NULL);
  second = tpt_api_fixture_send (fixture, "POST", NULL);
  g_assert_nonnull (second);
  g_assert_cmpuint (fixture->waits->len, ==, 0);
  third = tpt_api_fixture_send (fixture, "GET", NULL);
  g_assert_nonnull (third);
  g_assert_cmpuint (fixture->waits->len, ==, 1);
}

int
main (int    argc,
      char **argv)
{
  tpt_test_init (&argc, &argv);
  g_test_add_func ("/calendly/api-client/get", test_get);
  g_test_add_func ("/calendly/api-client/no-content", test_no_content);
  g_test_add_func ("/calendly/api-client/statuses", test_statuses);
  g_test_add_func ("/calendly/api-client/scopes", test_scopes);
  g_test_add_func ("/calendly/api-client/refresh", test_refresh);
  g_test_add_func ("/calendly/api-client/nonsense", test_nonsense);
  g_test_add_func ("/calendly/api-client/second-look", test_second_look);
  g_test_add_func ("/calendly/api-client/limited", test_limited);
  g_test_add_func ("/calendly/api-client/paced", test_paced);
  g_test_add_func ("/calendly/api-client/reserve", test_reserve);

  return g_test_run ();
}
