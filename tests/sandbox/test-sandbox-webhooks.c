/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "sandbox-fixture.h"
#include "tpt-sandbox-sender.h"
#include "tpt-test.h"

#define KEY "k3y"

/* Somebody's end of a webhook: keeps what comes and answers with @status. */
typedef struct
{
  SandboxFixture sandbox;
  SoupServer *server;
  char *url;
  GPtrArray *bodies;
  GPtrArray *signatures;
  guint status;
  guint refusals;
  guint wanted;
} Hook;

static void
hook_cb (SoupServer        *server,
         SoupServerMessage *message,
         const char        *path,
         GHashTable        *query,
         gpointer           user_data)
{
  Hook *hook = user_data;
  SoupMessageBody *body = soup_server_message_get_request_body (message);
  const char *signature = soup_message_headers_get_one (
    soup_server_message_get_request_headers (message), "Calendly-Webhook-Signature");

  /* Nobody should follow a redirect to here. */
  if (g_str_equal (path, "/elsewhere"))
    {
      soup_server_message_set_status (message, 200, NULL);
      return;
    }
  g_ptr_array_add (hook->bodies, g_strndup (body->data, (gsize) body->length));
  g_ptr_array_add (hook->signatures, g_strdup (signature != NULL ? signature : ""));
  if (hook->refusals > 0)
    {
      hook->refusals--;
      soup_server_message_set_status (message, 500, NULL);
    }
  else
    {
      soup_server_message_set_status (message, hook->status, NULL);
      soup_message_headers_replace (soup_server_message_get_response_headers (message),
                                    "Location", "/elsewhere");
    }
}

static void
set_up (Hook         *hook,
        gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoslist (GUri) uris = NULL;

  sandbox_fixture_set_up (&hook->sandbox, NULL);
  hook->bodies = g_ptr_array_new_with_free_func (g_free);
  hook->signatures = g_ptr_array_new_with_free_func (g_free);
  hook->status = 200;
  hook->server = soup_server_new (NULL, NULL);
  soup_server_add_handler (hook->server, NULL, hook_cb, hook, NULL);
  soup_server_listen_local (hook->server, 0, SOUP_SERVER_LISTEN_IPV4_ONLY, &error);
  g_assert_no_error (error);
  uris = soup_server_get_uris (hook->server);
  hook->url = g_strdup_printf ("http://127.0.0.1:%d/hook", g_uri_get_port (uris->data));
}

static void
tear_down (Hook         *hook,
           gconstpointer data)
{
  sandbox_fixture_tear_down (&hook->sandbox, NULL);
  soup_server_disconnect (hook->server);
  g_clear_object (&hook->server);
  g_clear_pointer (&hook->bodies, g_ptr_array_unref);
  g_clear_pointer (&hook->signatures, g_ptr_array_unref);
  g_clear_pointer (&hook->url, g_free);
}

static void
subscribe (Hook       *hook,
           const char *key)
{
  g_autofree char *escaped = sandbox_fixture_organization (&hook->sandbox);
  g_autofree char *organization = g_uri_unescape_string (escaped, NULL);
  g_autofree char *body = g_strdup_printf (
    "{\"url\":\"%s\",\"organization\":\"%s\",\"scope\":\"organization\",%s"
    "\"events\":[\"invitee.created\",\"invitee.canceled\",\"invitee_no_show.created\"]}",
    hook->url, organization, key != NULL ? "\"signing_key\":\"" KEY "\"," : "");
  g_autoptr (SandboxAnswer) answer = sandbox_fixture_ask (&hook->sandbox, "POST",
                                                          "/webhook_subscriptions", body);

  g_assert_cmpuint (answer->status, ==, 201);
  g_assert_null (strstr (answer->text, KEY));
  g_assert_nonnull (soup_message_headers_get_one (answer->headers, "Location"));
}

static char *
control (Hook       *hook,
         const char *path,
         const char *body)
{
  g_autofree char *full = g_strconcat ("/_sandbox/", path, NULL);
  g_autoptr (SandboxAnswer) answer = sandbox_fixture_ask (&hook->sandbox, "POST", full, body);

  g_assert_cmpuint (answer->status, ==, 200);

  return g_strdup (json_object_get_string_member (sandbox_answer_member (answer, "invitee"),
                                                  "uri"));
}

static char *
book (Hook *hook)
{
  return control (hook, "book", "{\"event_type\":\"customer-check-in\",\"name\":\"Eve\","
                                "\"email\":\"eve@kestrel.example\"}");
}

static gboolean
has_come (gpointer user_data)
{
  Hook *hook = user_data;

  return hook->bodies->len >= hook->wanted;
}

static void
await (Hook *hook,
       guint wanted)
{
  hook->wanted = wanted;
  tpt_test_await_func (has_come, hook);
  g_assert_cmpuint (hook->bodies->len, ==, wanted);
}

static JsonObject *
parse (Hook      *hook,
       guint      index,
       JsonNode **node)
{
  *node = json_from_string (hook->bodies->pdata[index], NULL);
  g_assert_nonnull (*node);

  return json_node_get_object (*node);
}

static const char *
get_kind (Hook *hook,
          guint index)
{
  g_autoptr (JsonNode) node = NULL;

  return g_intern_string (json_object_get_string_member (parse (hook, index, &node), "event"));
}

/* Signed over time, a dot and the raw body; keys in alphabetical order; no calendar entry
 * inside. */
static void
test_signature (Hook         *hook,
                gconstpointer data)
{
  g_autofree char *invitee = NULL;
  g_autofree char *signed_text = NULL;
  g_autofree char *mac = NULL;
  g_autofree char *header = NULL;
  g_autoptr (JsonNode) node = NULL;
  g_auto (GStrv) parts = NULL;
  JsonObject *payload;

  subscribe (hook, KEY);
  invitee = book (hook);
  await (hook, 1);

  parts = g_strsplit_set (hook->signatures->pdata[0], "=,", -1);
  g_assert_cmpuint (g_strv_length (parts), ==, 4);
  signed_text = g_strconcat (parts[1], ".", hook->bodies->pdata[0], NULL);
  mac = g_compute_hmac_for_string (G_CHECKSUM_SHA256, (const guchar *) KEY, strlen (KEY),
                                   signed_text, -1);
  header = g_strconcat ("t=", parts[1], ",v1=", mac, NULL);
  g_assert_cmpstr (hook->signatures->pdata[0], ==, header);

  g_assert_true (g_str_has_prefix (hook->bodies->pdata[0], "{\"created_at\":"));
  payload = json_object_get_object_member (parse (hook, 0, &node), "payload");
  g_assert_cmpstr (json_object_get_string_member (payload, "uri"), ==, invitee);
  g_assert_false (json_object_has_member (payload, "cancellation"));
  g_assert_false (json_object_has_member (
    json_object_get_object_member (payload, "scheduled_event"), "calendar_event"));
}

static void
test_unsigned (Hook         *hook,
               gconstpointer data)
{
  g_autofree char *invitee = NULL;

  subscribe (hook, NULL);
  invitee = book (hook);
  await (hook, 1);
  g_assert_cmpstr (hook->signatures->pdata[0], ==, "");
}

static void
test_kinds (Hook         *hook,
            gconstpointer data)
{
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;
  g_autofree char *third = NULL;
  g_autofree char *body = NULL;
  g_autofree char *quiet = NULL;
  g_autofree char *cancel = NULL;
  guint created = 0;

  subscribe (hook, KEY);
  first = book (hook);
  await (hook, 1);
  body = g_strdup_printf ("{\"invitee\":\"%s\"}", first);
  second = control (hook, "reschedule", body);
  await (hook, 3);
  for (guint i = 1; i < 3; i++)
    created += g_str_equal (get_kind (hook, i), "invitee.created");
  g_assert_cmpuint (created, ==, 1);

  quiet = control (hook, "book", "{\"event_type\":\"quick-call\",\"name\":\"A\",\"quiet\":true,"
                                 "\"email\":\"a@b.example\"}");
  cancel = g_strdup_printf ("{\"invitee\":\"%s\",\"by\":\"host\",\"reason\":\"Ill\"}", second);
  third = control (hook, "cancel", cancel);
  await (hook, 4);
  g_assert_cmpstr (get_kind (hook, 3), ==, "invitee.canceled");
  g_assert_nonnull (strstr (hook->bodies->pdata[3], "\"canceler_type\":\"host\""));
}

/* Refused messages come again with a fresh signature, and "retry_started_at" shows it meanwhile. */
static void
test_retries (Hook         *hook,
              gconstpointer data)
{
  g_autofree char *invitee = NULL;

  hook->refusals = 2;
  sandbox_fixture_set_faults (&hook->sandbox, "{\"webhook\":{\"retry_seconds\":0.01}}");
  subscribe (hook, KEY);
  invitee = book (hook);
  await (hook, 3);
  g_assert_cmpstr (hook->bodies->pdata[0], ==, hook->bodies->pdata[2]);
}

static gboolean
is_disabled (gpointer user_data)
{
  Hook *hook = user_data;
  TptSandboxContext *context = tpt_sandbox_server_get_context (hook->sandbox.server);
  TptSandboxSubscription *subscription = tpt_sandbox_sender_list (context->sender)->pdata[0];

  return subscription->disabled;
}

/* A redirect is a failure; when the patience is over the subscription is off and nothing is sent
 * any more. */
static void
test_disabled (Hook         *hook,
               gconstpointer data)
{
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;
  g_autoptr (SandboxAnswer) state = NULL;
  guint attempts;

  hook->status = 302;
  sandbox_fixture_set_faults (&hook->sandbox, "{\"webhook\":{\"retry_seconds\":0.01,"
                                              "\"give_up_seconds\":0.1}}");
  subscribe (hook, KEY);
  first = book (hook);
  tpt_test_await_func (is_disabled, hook);
  attempts = hook->bodies->len;
  g_assert_cmpuint (attempts, >, 1);

  second = book (hook);
  state = sandbox_fixture_ask (&hook->sandbox, "GET", "/_sandbox/state", NULL);
  g_assert_cmpuint (hook->bodies->len, ==, attempts);
  g_assert_nonnull (strstr (state->text, "\"state\":\"disabled\",\"retry_started_at\":\"2026-"));
}

static void
test_tricks (Hook         *hook,
             gconstpointer data)
{
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;
  g_autofree char *third = NULL;

  subscribe (hook, KEY);
  sandbox_fixture_set_faults (&hook->sandbox, "{\"webhook\":{\"duplicate\":true}}");
  first = book (hook);
  await (hook, 2);
  g_assert_cmpstr (hook->bodies->pdata[0], ==, hook->bodies->pdata[1]);

  sandbox_fixture_set_faults (&hook->sandbox, "{\"webhook\":{\"drop\":1}}");
  second = book (hook);
  third = book (hook);
  await (hook, 3);
  g_assert_nonnull (strstr (hook->bodies->pdata[2], third));
}

#define ADD(path, function) g_test_add (path, Hook, NULL, set_up, function, tear_down)

int
main (int    argc,
      char **argv)
{
  tpt_test_init (&argc, &argv);

  ADD ("/sandbox/webhooks/signature", test_signature);
  ADD ("/sandbox/webhooks/unsigned", test_unsigned);
  ADD ("/sandbox/webhooks/kinds", test_kinds);
  ADD ("/sandbox/webhooks/retries", test_retries);
  ADD ("/sandbox/webhooks/disabled", test_disabled);
  ADD ("/sandbox/webhooks/tricks", test_tricks);

  return g_test_run ();
}
