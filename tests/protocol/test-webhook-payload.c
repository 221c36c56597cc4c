/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include <string.h>

#include "tpt-test.h"
#include "tpt-webhook-payload.h"

static TptWebhookPayload *
parse (const char *text)
{
  g_autoptr (GError) error = NULL;
  TptWebhookPayload *payload = tpt_webhook_payload_parse (text, strlen (text), &error);

  g_assert_no_error (error);
  g_assert_nonnull (payload);

  return payload;
}

static void
test_invitee (void)
{
  g_autoptr (TptWebhookPayload) payload = parse (
      "{\"created_at\":\"2026-06-24T22:30:45.105381Z\",\"created_by\":\"u:9\","
      "\"event\":\"invitee.created\",\"payload\":{\"uri\":\"i:1\",\"no_show\":null,"
      "\"scheduled_event\":{\"event_memberships\":[{\"user\":\"u:1\"},{\"user\":\"u:2\"},"
      "{\"user\":\"u:1\"},{\"user\":7},\"x\"]}}}");

  g_assert_cmpstr (payload->event, ==, "invitee.created");
  g_assert_cmpstr (payload->created_at, ==, "2026-06-24T22:30:45.105381Z");
  g_assert_cmpstr (payload->created_by, ==, "u:9");
  g_assert_cmpstr (payload->uri, ==, "i:1");
  g_assert_null (payload->no_show_uri);
  g_assert_true (g_strv_equal ((const char *const *) payload->hosts,
                               (const char *const[]) { "u:1", "u:2", NULL }));
  g_assert_true (tpt_json_value_get_member (payload->payload, "scheduled_event") != NULL);
}

/* Without members the subscription's owner is the host; without either there is none. */
static void
test_hosts (void)
{
  g_autoptr (TptWebhookPayload) by_owner = parse (
      "{\"created_at\":\"x\",\"created_by\":\"u:9\",\"event\":\"e\","
      "\"payload\":{\"uri\":\"i:1\",\"scheduled_event\":{\"event_memberships\":[]}}}");
  g_autoptr (TptWebhookPayload) by_nobody = parse (
      "{\"created_at\":\"x\",\"event\":\"e\",\"payload\":{\"uri\":\"i:1\"}}");
  g_autoptr (TptWebhookPayload) odd = parse (
      "{\"created_at\":\"x\",\"created_by\":5,\"event\":\"e\","
      "\"payload\":{\"uri\":\"i:1\",\"no_show\":[],\"scheduled_event\":\"s\"}}");

  g_assert_cmpuint (g_strv_length (by_owner->hosts), ==, 1);
  g_assert_cmpstr (by_owner->hosts[0], ==, "u:9");
  g_assert_cmpuint (g_strv_length (by_nobody->hosts), ==, 0);
  g_assert_cmpuint (g_strv_length (odd->hosts), ==, 0);
  g_assert_null (odd->created_by);
}

static char *
key_of (const char *created_at,
        const char *event,
        const char *uri,
        const char *no_show)
{
  g_autofree char *text = g_strdup_printf (
      "{\"created_at\":\"%s\",\"event\":\"%s\",\"payload\":{\"uri\":\"%s\",\"no_show\":%s}}",
      created_at, event, uri, no_show);
  g_autoptr (TptWebhookPayload) payload = parse (text);

  return tpt_webhook_payload_dup_key (payload);
}

static void
test_key (void)
{
  g_autoptr (GHashTable) keys = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autofree char *again = key_of ("a", "b", "c", "null");

  g_hash_table_add (keys, key_of ("a", "b", "c", "null"));
  g_hash_table_add (keys, key_of ("ab", "", "c", "null"));
  g_hash_table_add (keys, key_of ("", "ab", "c", "null"));
  g_hash_table_add (keys, key_of ("a", "bc", "", "null"));
  g_hash_table_add (keys, key_of ("a", "b", "c", "{\"uri\":\"d\"}"));
  g_hash_table_add (keys, key_of ("a", "b", "c", "{\"uri\":\"e\"}"));
  g_hash_table_add (keys, key_of ("a", "b", "cd", "null"));
  g_assert_cmpuint (g_hash_table_size (keys), ==, 7);
  g_assert_true (g_hash_table_contains (keys, again));
  g_assert_cmpuint (strlen (again), ==, 64);
}

static void
test_bad (void)
{
  static const char *const shapes[] = {
    "[]",
    "\"text\"",
    "{}",
    "{\"created_at\":\"x\",\"event\":\"e\"}",
    "{\"created_at\":\"x\",\"event\":\"e\",\"payload\":null}",
    "{\"created_at\":\"x\",\"event\":\"e\",\"payload\":[]}",
    "{\"created_at\":\"x\",\"event\":\"e\",\"payload\":{}}",
    "{\"created_at\":\"x\",\"event\":\"e\",\"payload\":{\"uri\":null}}",
    "{\"created_at\":\"x\",\"event\":\"e\",\"payload\":{\"uri\":7}}",
    "{\"created_at\":\"x\",\"event\":7,\"payload\":{\"uri\":\"i\"}}",
    "{\"created_at\":7,\"event\":\"e\",\"payload\":{\"uri\":\"i\"}}",
    "{\"event\":\"e\",\"payload\":{\"uri\":\"i\"}}",
  };

  for (guint i = 0; i < G_N_ELEMENTS (shapes); i++)
    {
      g_autoptr (GError) error = NULL;

      g_test_message ("%s", shapes[i]);
      g_assert_null (tpt_webhook_payload_parse (shapes[i], strlen (shapes[i]), &error));
      g_assert_error (error, TPT_PROTOCOL_ERROR, TPT_PROTOCOL_ERROR_SHAPE);
    }
  g_assert_null (tpt_webhook_payload_parse ("", 0, NULL));
  g_assert_null (tpt_webhook_payload_parse (NULL, 0, NULL));
}

int
main (int    argc,
      char **argv)
{
  tpt_test_init (&argc, &argv);
  g_test_add_func ("/webhook-payload/invitee", test_invitee);
  g_test_add_func ("/webhook-payload/hosts", test_hosts);
  g_test_add_func ("/webhook-payload/key", test_key);
  g_test_add_func ("/webhook-payload/bad", test_bad);

  return g_test_run ();
}
