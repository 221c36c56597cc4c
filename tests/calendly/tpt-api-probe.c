/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include <json-glib/json-glib.h>
#include <locale.h>

#include "tpt-api-client.h"
#include "tpt-test.h"

/* tpt-api-probe ADDRESS METHOD DEADLINE-MS [CERTIFICATES]: one call of the real client, for tests
 * that are not written in C. Prints {"code":…,"message":…,"requests":…,"retries":…}, code −1 being
 * success. */

#define PROBE_TYPE_TOKENS (probe_tokens_get_type ())
G_DECLARE_FINAL_TYPE (ProbeTokens, probe_tokens, PROBE, TOKENS, GObject)

struct _ProbeTokens
{
  GObject parent_instance;
};

static void probe_tokens_iface_init (TptTokenSourceInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (ProbeTokens,
                               probe_tokens,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (TPT_TYPE_TOKEN_SOURCE,
                                                      probe_tokens_iface_init))

static void
get_token_async (TptTokenSource      *source,
                 const char          *rejected,
                 GCancellable        *cancellable,
                 GAsyncReadyCallback  callback,
                 gpointer             user_data)
{
  g_autoptr (GTask) task = g_task_new (source, cancellable, callback, user_data);

  g_task_return_pointer (task, g_strdup ("sandbox-pat"), g_free);
}

static char *
get_token_finish (TptTokenSource  *source,
                  GAsyncResult    *result,
                  GError         **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
probe_tokens_iface_init (TptTokenSourceInterface *iface)
{
  iface->get_token_async = get_token_async;
  iface->get_token_finish = get_token_finish;
}

static void
probe_tokens_class_init (ProbeTokensClass *klass)
{
}

static void
probe_tokens_init (ProbeTokens *self)
{
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
  g_autoptr (ProbeTokens) tokens = NULL;
  g_autoptr (GTlsDatabase) trust = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (JsonNode) node = NULL;
  g_autoptr (GError) error = NULL;
  TptTestResult waiting = { NULL };

  setlocale (LC_ALL, "");
  if (argc < 4)
    return 2;
  tokens = g_object_new (PROBE_TYPE_TOKENS, NULL);
  client = tpt_api_client_new (argv[1], TPT_TOKEN_SOURCE (tokens));
  tpt_api_client_set_deadline (client, (guint) g_ascii_strtoull (argv[3], NULL, 10));
  if (argc > 4)
    {
      trust = g_tls_file_database_new (argv[4], &error);
      g_assert_no_error (error);
      tpt_api_client_set_trust (client, trust);
    }
  tpt_api_client_send_async (client, argv[2],
                             g_str_equal (argv[2], "POST") ? "/scheduling_links" : "/users/me",
                             NULL, NULL, NULL, tpt_test_result_cb, &waiting);
  result = tpt_test_await (&waiting);
  node = tpt_api_client_send_finish (client, result, &error);
  g_assert_true ((node != NULL) == (error == NULL));
  report (client, error);

  return 0;
}
