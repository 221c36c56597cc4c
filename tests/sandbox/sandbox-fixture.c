/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "sandbox-fixture.h"

#include "tpt-test.h"

void
sandbox_fixture_set_up (SandboxFixture *fixture,
                        gconstpointer   data)
{
  TptSandboxOptions options = TPT_SANDBOX_OPTIONS_INIT;
  g_autoptr (GError) error = NULL;

  g_assert_true (tpt_sandbox_time_parse (SANDBOX_NOW, &options.now));
  options.meetings = 120;
  fixture->server = tpt_sandbox_server_new (&options, &error);
  g_assert_no_error (error);
  fixture->session = soup_session_new ();
  soup_session_set_user_agent (fixture->session, "test/1");
}

void
sandbox_fixture_tear_down (SandboxFixture *fixture,
                           gconstpointer   data)
{
  soup_session_abort (fixture->session);
  g_clear_object (&fixture->session);
  tpt_test_finalized (fixture->server);
}

void
sandbox_answer_free (SandboxAnswer *answer)
{
  g_free (answer->text);
  g_clear_pointer (&answer->json, json_node_unref);
  soup_message_headers_unref (answer->headers);
  g_free (answer);
}

/* A request with the owner's token; a path that starts with "http" goes as it is. */
SoupMessage *
sandbox_fixture_message (SandboxFixture *fixture,
                         const char     *method,
                         const char     *path,
                         const char     *body)
{
  const char *base = g_str_has_prefix (path, "http")
                       ? "" : tpt_sandbox_server_get_base (fixture->server);
  g_autofree char *url = g_strconcat (base, path, NULL);
  SoupMessage *message = soup_message_new (method, url);

  g_assert_nonnull (message);
  soup_message_headers_replace (soup_message_get_request_headers (message),
                                "Authorization", "Bearer sandbox-pat");
  soup_message_add_flags (message, SOUP_MESSAGE_NO_REDIRECT);
  if (body != NULL)
    {
      g_autoptr (GBytes) bytes = g_bytes_new (body, strlen (body));

      soup_message_set_request_body_from_bytes (message, "application/json", bytes);
    }

  return message;
}

/* Sends @message, which becomes ours. A broken connection gives status 0. */
SandboxAnswer *
sandbox_fixture_send (SandboxFixture *fixture,
                      SoupMessage    *message)
{
  SandboxAnswer *answer = g_new0 (SandboxAnswer, 1);
  TptTestResult waiting = { NULL };
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GBytes) body = NULL;
  const char *data;
  gsize length;

  soup_session_send_and_read_async (fixture->session, message, G_PRIORITY_DEFAULT, NULL,
                                    tpt_test_result_cb, &waiting);
  result = tpt_test_await (&waiting);
  body = soup_session_send_and_read_finish (fixture->session, result, NULL);

  answer->headers = soup_message_headers_ref (soup_message_get_response_headers (message));
  if (body != NULL)
    answer->status = soup_message_get_status (message);
  g_object_unref (message);
  if (body == NULL)
    return answer;
  data = g_bytes_get_data (body, &length);
  answer->text = g_strndup (data != NULL ? data : "", length);
  answer->json = json_from_string (answer->text, NULL);

  return answer;
}

SandboxAnswer *
sandbox_fixture_ask (SandboxFixture *fixture,
                     const char     *method,
                     const char     *path,
                     const char     *body)
{
  return sandbox_fixture_send (fixture, sandbox_fixture_message (fixture, method, path, body));
}

SandboxAnswer *
sandbox_fixture_post_form (SandboxFixture *fixture,
                           const char     *path,
                           const char     *form)
{
  SoupMessage *message = sandbox_fixture_message (fixture, "POST", path, NULL);
  g_autoptr (GBytes) bytes = g_bytes_new (form, strlen (form));

  soup_message_headers_remove (soup_message_get_request_headers (message), "Authorization");
  soup_message_set_request_body_from_bytes (message, "application/x-www-form-urlencoded", bytes);

  return sandbox_fixture_send (fixture, message);
}

JsonObject *
sandbox_answer_object (SandboxAnswer *answer)
{
  g_assert_nonnull (answer->json);

  return json_node_get_object (answer->json);
}

/* An object inside the answer, such as "resource". */
JsonObject *
sandbox_answer_member (SandboxAnswer *answer,
                       const char    *name)
{
  JsonObject *object = json_object_get_object_member (sandbox_answer_object (answer), name);

  g_assert_nonnull (object);

  return object;
}

/* The organisation's URI, escaped for a query. */
char *
sandbox_fixture_organization (SandboxFixture *fixture)
{
  g_autoptr (SandboxAnswer) me = sandbox_fixture_ask (fixture, "GET", "/users/me", NULL);
  JsonObject *user = sandbox_answer_member (me, "resource");

  return g_uri_escape_string (json_object_get_string_member (user, "current_organization"),
                              NULL, FALSE);
}

/* The URI of the owner's event type with that slug. */
char *
sandbox_fixture_event_type (SandboxFixture *fixture,
                            const char     *slug)
{
  TptSandboxWorld *world = tpt_sandbox_server_get_context (fixture->server)->world;

  for (guint i = 0; i < world->event_types->len; i++)
    {
      TptSandboxEventType *event_type = world->event_types->pdata[i];

      if (g_str_equal (event_type->slug, slug))
        return g_strconcat (TPT_SANDBOX_API "/event_types/", event_type->uuid, NULL);
    }
  g_assert_not_reached ();
}

void
sandbox_fixture_set_faults (SandboxFixture *fixture,
                            const char     *json)
{
  g_autoptr (SandboxAnswer) answer = sandbox_fixture_ask (fixture, "PUT", "/_sandbox/faults", json);

  g_assert_cmpuint (answer->status, ==, 200);
}
