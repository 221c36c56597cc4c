/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-api-fixture.h"
#include "tpt-api-outcome.h"

#define SAY(title, message) "{\"title\":\"" title "\",\"message\":\"" message "\"}"

/* What stands for success in the column of codes. */
#define FINE -1

/* One row of the matrix, with the columns that all endpoints share: how often what may be
 * repeated is sent, and how often the rest. */
typedef struct
{
  guint status;
  const char *type;
  const char *body;
  const char *location;
  int code;
  guint repeated;
  guint once;
} Row;

static const Row rows[] = {
  { 200, NULL, "{}", NULL, FINE, 1, 1 },
  { 201, NULL, "{}", NULL, FINE, 1, 1 },
  { 202, NULL, "{}", NULL, FINE, 1, 1 },
  { 204, NULL, NULL, NULL, FINE, 1, 1 },
  { 200, "text/html", "<p>Sign in to the network</p>", NULL, TPT_API_ERROR_UNAVAILABLE, 1, 1 },
  { 200, NULL, "{\"resource\":", NULL, TPT_API_ERROR_PROTOCOL, 2, 1 },
  { 301, NULL, "{}", "http://127.0.0.1:9/", TPT_API_ERROR_UNAVAILABLE, 1, 1 },
  { 302, NULL, "{}", "http://127.0.0.1:9/", TPT_API_ERROR_UNAVAILABLE, 1, 1 },
  { 307, NULL, "{}", "http://127.0.0.1:9/", TPT_API_ERROR_UNAVAILABLE, 1, 1 },
  { 308, NULL, "{}", "/scheduled_events", TPT_API_ERROR_UNAVAILABLE, 1, 1 },
  { 400, NULL, SAY ("Invalid Argument", "The supplied parameters are invalid."), NULL,
    TPT_API_ERROR_INVALID, 1, 1 },
  { 401, NULL, SAY ("Unauthenticated", "The access token expired"), NULL,
    TPT_API_ERROR_UNAUTHORIZED, 2, 2 },
  { 401, "text/html", "<p>Sign in to the proxy</p>", NULL, TPT_API_ERROR_UNAVAILABLE, 1, 1 },
  { 401, NULL, NULL, NULL, TPT_API_ERROR_UNAUTHORIZED, 2, 2 },
  { 403, NULL, SAY ("Permission Denied", "You do not have permission"), NULL,
    TPT_API_ERROR_PERMISSION, 1, 1 },
  { 403, NULL, SAY ("Permission Denied", "Please upgrade to a paid Calendly account."), NULL,
    TPT_API_ERROR_PLAN, 1, 1 },
  { 403, NULL, "{\"title\":\"Insufficient scope\",\"required_scopes\":[\"a:read\",\"b:write\"]}",
    NULL, TPT_API_ERROR_SCOPE, 1, 1 },
  { 403, NULL, SAY ("Insufficient scope", "?"), NULL, TPT_API_ERROR_SCOPE, 1, 1 },
  { 403, NULL, SAY ("Permission Denied", "Event is already canceled"), NULL,
    TPT_API_ERROR_PERMISSION, 1, 1 },
  { 403, "text/html", "<p>Forbidden</p>", NULL, TPT_API_ERROR_PERMISSION, 1, 1 },
  { 404, NULL, "{}", NULL, TPT_API_ERROR_NOT_FOUND, 1, 1 },
  { 404, "text/html", "<p>Not Found</p>", NULL, TPT_API_ERROR_UNAVAILABLE, 1, 1 },
  { 410, "text/plain", "Gone", NULL, TPT_API_ERROR_UNAVAILABLE, 1, 1 },
  { 408, NULL, "{}", NULL, TPT_API_ERROR_UNAVAILABLE, 4, 1 },
  { 409, NULL, SAY ("Already Exists", "Hook with this url already exists"), NULL,
    TPT_API_ERROR_CONFLICT, 1, 1 },
  { 410, NULL, "{}", NULL, TPT_API_ERROR_NOT_FOUND, 1, 1 },
  { 422, NULL, "[]", NULL, TPT_API_ERROR_INVALID, 1, 1 },
  { 424, NULL, SAY ("External Calendar Error", "There is a problem accessing your calendar."),
    NULL, TPT_API_ERROR_EXTERNAL, 1, 1 },
  { 429, NULL, "{}", NULL, TPT_API_ERROR_RATE_LIMITED, 6, 6 },
  { 500, NULL, SAY ("Internal Server Error", "?"), NULL, TPT_API_ERROR_UNAVAILABLE, 4, 1 },
  { 501, NULL, "{}", NULL, TPT_API_ERROR_UNAVAILABLE, 1, 1 },
  { 502, "text/html", "<p>Bad Gateway</p>", NULL, TPT_API_ERROR_UNAVAILABLE, 4, 1 },
  { 503, NULL, "{}", NULL, TPT_API_ERROR_UNAVAILABLE, 4, 1 },
  { 504, NULL, "{}", NULL, TPT_API_ERROR_UNAVAILABLE, 4, 1 },
};

/* What may not be sent twice. */
static const char *const once[]
    = { "/scheduling_links", "/webhook_subscriptions", "/invitee_no_shows", NULL };

static gboolean
is_once (const TptApiEndpoint *endpoint)
{
  return g_str_equal (endpoint->method, "POST") && g_strv_contains (once, endpoint->path);
}

/* The answers that say that it is so already: what is to be deleted is gone, what is to be
 * canceled is canceled. */
static gboolean
is_fine (const TptApiEndpoint *endpoint,
         const Row            *row)
{
  if (row->code == FINE)
    return TRUE;
  if (g_str_equal (endpoint->method, "DELETE"))
    return row->code == TPT_API_ERROR_NOT_FOUND;

  return g_str_has_suffix (endpoint->path, "/cancellation") && row->body != NULL
         && strstr (row->body, "already canceled") != NULL;
}

static char *
make_path (const TptApiEndpoint *endpoint)
{
  g_auto (GStrv) parts = g_strsplit (endpoint->path, "*", -1);

  return g_strjoinv ("A-1_b", parts);
}

static TptJsonTree *
send (TptApiFixture         *fixture,
      const TptApiEndpoint  *endpoint,
      GError               **error)
{
  g_autofree char *path = make_path (endpoint);
  TptTestResult waiting = { NULL };
  g_autoptr (GAsyncResult) result = NULL;

  tpt_api_client_send_async (fixture->client, endpoint->method, path, NULL, NULL, NULL,
                             tpt_test_result_cb, &waiting);
  result = tpt_test_await (&waiting);

  return tpt_api_client_send_finish (fixture->client, result, error);
}

static void
check_refusal (const TptApiEndpoint *endpoint,
               const Row            *row,
               const GError         *error)
{
  const char *const *scopes = tpt_api_error_get_scopes (error);

  g_assert_error (error, TPT_API_ERROR, row->code);
  g_assert_cmpuint (strlen (error->message), >, 10);
  /* An answer that makes no sense refuses nothing. */
  g_assert_cmpstr (tpt_api_error_get_feature (error), ==,
                   row->code == TPT_API_ERROR_PROTOCOL ? NULL : endpoint->feature);
  if (row->code != TPT_API_ERROR_SCOPE)
    {
      g_assert_null (scopes);
      return;
    }
  g_assert_cmpuint (g_strv_length ((char **) scopes), ==, strstr (row->body, "a:read") ? 2 : 1);
  g_assert_cmpstr (scopes[0], ==, strstr (row->body, "a:read") ? "a:read" : endpoint->scope);
  g_assert_nonnull (strstr (error->message, scopes[0]));
}

static void
check_cell (TptApiFixture        *fixture,
            const TptApiEndpoint *endpoint,
            const Row            *row)
{
  const TptApiReply reply = { row->status, row->type, row->body,
                              { row->location != NULL ? "Location" : NULL, row->location, NULL } };
  g_autoptr (GError) error = NULL;
  g_autoptr (TptJsonTree) node = NULL;
  guint tries = is_once (endpoint) ? row->once : row->repeated;

  g_test_message ("%s %s: %u", endpoint->method, endpoint->path, row->status);
  tpt_api_fixture_script (fixture, &reply, 1);
  node = send (fixture, endpoint, &error);
  if (is_fine (endpoint, row))
    {
      g_assert_no_error (error);
      g_assert_nonnull (node);
      g_assert_cmpuint (fixture->requests->len, ==, 1);
      return;
    }
  g_assert_null (node);
  check_refusal (endpoint, row, error);
  /* What a person waits for is told in time, and not after all tries. */
  if (row->status == 429 && !g_str_equal (endpoint->method, "GET"))
    g_assert_cmpuint (fixture->requests->len, <=, tries);
  else
    g_assert_cmpuint (fixture->requests->len, ==, tries);
}

/* Every endpoint with every answer, through a real connection. */
static void
test_matrix (void)
{
  g_autoptr (TptApiFixture) fixture = tpt_api_fixture_new ();
  guint n_endpoints;
  const TptApiEndpoint *endpoints = tpt_api_endpoint_list (&n_endpoints);

  g_assert_cmpuint (n_endpoints, >=, 20);
  for (guint i = 0; i < n_endpoints; i++)
    {
      for (guint j = 0; j < G_N_ELEMENTS (rows); j++)
        check_cell (fixture, &endpoints[i], &rows[j]);
    }
}

/* An endpoint is found by what is written out before by an id, and by nothing longer or shorter. */
static void
test_find (void)
{
  guint n_endpoints;
  const TptApiEndpoint *endpoints = tpt_api_endpoint_list (&n_endpoints);

  for (guint i = 0; i < n_endpoints; i++)
    {
      g_autofree char *path = make_path (&endpoints[i]);
      g_autofree char *longer = g_strconcat (path, "/some/more/of/it", NULL);

      g_assert_true (tpt_api_endpoint_find (endpoints[i].method, path) == &endpoints[i]);
      g_assert_null (tpt_api_endpoint_find (endpoints[i].method, longer));
      g_assert_null (tpt_api_endpoint_find ("PUT", path));
    }
  g_assert_null (tpt_api_endpoint_find ("GET", ""));
  g_assert_null (tpt_api_endpoint_find ("GET", "/scheduled_events//invitees"));
  g_assert_null (tpt_api_endpoint_find ("GET", "/scheduled_events/"));
  g_assert_null (tpt_api_endpoint_find ("GET", "scheduled_events"));
}

/* What an error carries goes with its copies, and others have nothing to carry. */
static void
test_carried (void)
{
  const TptApiEndpoint *endpoint = tpt_api_endpoint_find ("GET", "/contacts");
  g_autoptr (GError) error
      = tpt_api_error_new (endpoint, TPT_API_ERROR_SCOPE, 403, NULL, NULL);
  g_autoptr (GError) copy = g_error_copy (error);
  g_autoptr (GError) plain = g_error_new_literal (TPT_API_ERROR, TPT_API_ERROR_PROTOCOL, "?");
  g_autoptr (GError) other = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_FAILED, "?");

  g_assert_cmpstr (error->message, ==,
                   "The sign-in lacks the permission for contacts: contacts:read");
  g_clear_error (&error);
  g_assert_cmpstr (tpt_api_error_get_feature (copy), ==, "contacts");
  g_assert_cmpstr (tpt_api_error_get_scopes (copy)[0], ==, "contacts:read");
  g_assert_null (tpt_api_error_get_feature (plain));
  g_assert_null (tpt_api_error_get_scopes (plain));
  g_assert_null (tpt_api_error_get_feature (other));
  g_assert_null (tpt_api_error_get_scopes (other));
}

int
main (int    argc,
      char **argv)
{
  tpt_test_init (&argc, &argv);
  g_test_add_func ("/calendly/api-outcome/matrix", test_matrix);
  g_test_add_func ("/calendly/api-outcome/find", test_find);
  g_test_add_func ("/calendly/api-outcome/carried", test_carried);

  return g_test_run ();
}
