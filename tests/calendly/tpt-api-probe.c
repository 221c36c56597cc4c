/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include <json-glib/json-glib.h>
#include <locale.h>

#include "tpt-api-client.h"
#include "tpt-test-tokens.h"
#include "tpt-test.h"

/* tpt-api-probe ADDRESS METHOD DEADLINE-MS [CERTIFICATES]: one call of the real client, for tests
 * that are not written in C; with TPT_BODY=N the body of a POST has more than N bytes. Prints
 * {"code":…,"message":…,"requests":…,"retries":…}, code −1 being success. */

static JsonNode *
make_body (const char *length)
{
  g_autofree char *filler = g_strnfill (g_ascii_strtoull (length, NULL, 10), 'x');
  g_autofree char *text = g_strdup_printf ("{\"filler\":\"%s\"}", filler);

  return json_from_string (text, NULL);
}

static void
report (TptApiClient *client,
        const GError *error)
{
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);
  JsonObject *object = json_object_new ();
  g_autofree char *text = NULL;

  g_assert_true (error == NULL || error->domain == TPT_API_ERROR);
  json_object_set_int_member (object, "code", error != NULL ? error->code : -1);
  json_object_set_string_member (object, "message", error != NULL ? error->message : "");
  json_object_set_int_member (object, "requests", tpt_api_client_get_requests (client));
  json_object_set_int_member (object, "retries", tpt_api_client_get_retries (client));
  json_node_take_object (node, object);
  text = json_to_string (node, FALSE);
  g_print ("%s\n", text);
}

int
main (int    argc,
      char **argv)
{
  g_autoptr (TptApiClient) client = NULL;
  g_autoptr (TptTestTokens) tokens = NULL;
  g_autoptr (GTlsDatabase) trust = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (TptJsonTree) answer = NULL;
  g_autoptr (JsonNode) body = NULL;
  g_autoptr (GError) error = NULL;
  TptTestResult waiting = { NULL };

  setlocale (LC_ALL, "");
  if (argc < 4)
    return 2;
  tokens = tpt_test_tokens_new ("sandbox-pat");
  client = tpt_api_client_new (argv[1], TPT_TOKEN_SOURCE (tokens));
  tpt_api_client_set_deadline (client, (guint) g_ascii_strtoull (argv[3], NULL, 10));
  if (argc > 4)
    {
      trust = g_tls_file_database_new (argv[4], &error);
      g_assert_no_error (error);
      tpt_api_client_set_trust (client, trust);
    }
  if (g_getenv ("TPT_BODY") != NULL)
    body = make_body (g_getenv ("TPT_BODY"));
  tpt_api_client_send_async (client, argv[2],
                             g_str_equal (argv[2], "POST") ? "/scheduling_links" : "/users/me",
                             NULL, body, NULL, tpt_test_result_cb, &waiting);
  result = tpt_test_await (&waiting);
  answer = tpt_api_client_send_finish (client, result, &error);
  g_assert_true ((answer != NULL) == (error == NULL));
  report (client, error);

  return 0;
}
