/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-relay-log.h"

#include <string.h>

#include "relay-admin.h"
#include "tpt-json-guard.h"
#include "tpt-test.h"

#define SENTINEL "Zentinel"

static JsonObject *
parse_line (const char  *line,
            JsonNode   **root)
{
  g_autoptr (GError) error = NULL;

  *root = tpt_json_guard_parse (line, -1, &error);
  g_assert_no_error (error);
  g_assert_true (JSON_NODE_HOLDS_OBJECT (*root));

  return json_node_get_object (*root);
}

/* Whatever is in a message, it stays one line and one object. */
static void
test_line (void)
{
  static const char *const messages[] = {
    "", "plain", "two\nlines\r", "\"quoted\" \\ {}", "\x01\x1f\t", "\xff\xfe broken", "Zo\xc3\xab",
  };

  for (guint i = 0; i < G_N_ELEMENTS (messages); i++)
    {
      const GLogField fields[] = { { "MESSAGE", messages[i], -1 }, { "CODE_FILE", "secret.c", -1 },
                                   { "TPT_device", "abcdef", 3 } };
      g_autofree char *valid = g_utf8_make_valid (messages[i], -1);
      g_autofree char *line = tpt_relay_log_print (G_LOG_LEVEL_WARNING, fields, 3);
      g_autoptr (JsonNode) root = NULL;
      JsonObject *object = parse_line (line, &root);

      g_assert_null (strchr (line, '\n'));
      g_assert_cmpuint (json_object_get_size (object), ==, 4);
      g_assert_cmpstr (json_object_get_string_member (object, "message"), ==, valid);
      g_assert_cmpstr (json_object_get_string_member (object, "level"), ==, "warning");
      g_assert_cmpstr (json_object_get_string_member (object, "device"), ==, "abc");
    }
}

/* The relay with its standard error in a file. */
static void
start_with_log (Relay *relay)
{
  g_autofree char *command = g_strdup_printf ("exec \"$@\" 2>%s/log", relay->directory);
  const char *const argv[] = { "/bin/sh", "-c", command, "sh", relay->program, "--config",
                               relay->config, NULL };

  relay->process = relay_spawn (G_SUBPROCESS_FLAGS_STDOUT_PIPE, argv);
  relay_await_ready (relay);
}

/* @text: (nullable): what was read where it is no file */
static void
assert_clean (Relay      *relay,
              const char *name,
              const char *text,
              gsize       length,
              GPtrArray  *secrets)
{
  g_autofree char *path = g_build_filename (relay->directory, name, NULL);
  g_autofree char *contents = NULL;

  if (text == NULL)
    {
      g_assert_true (g_file_get_contents (path, &contents, &length, NULL));
      text = contents;
    }
  g_assert_cmpuint (length, >, 0);
  for (guint i = 0; i < secrets->len; i++)
    {
      if (memmem (text, length, secrets->pdata[i], strlen (secrets->pdata[i])) != NULL)
        g_error ("%s holds %s", name, (const char *) secrets->pdata[i]);
    }
}

/* Everything that a stranger, a desktop, Calendly and the operator can say, with names, addresses
 * and secrets in it. */
static void
live_a_day (Relay     *relay,
            GPtrArray *secrets)
{
  static const char body[] =
    "{\"created_at\":\"2026-06-24T22:30:45.000001Z\",\"created_by\":\"https://api.calendly.com/"
    "users/ALICE\",\"event\":\"invitee.created\",\"payload\":{\"email\":\"" SENTINEL "@x.example\","
    "\"name\":\"" SENTINEL "\",\"questions_and_answers\":[{\"answer\":\"" SENTINEL "\"}],"
    "\"scheduled_event\":{\"event_guests\":[{\"email\":\"" SENTINEL "@y.example\"}],"
    "\"event_memberships\":[{\"user\":\"https://api.calendly.com/users/ALICE\","
    "\"user_email\":\"" SENTINEL "@z.example\"}]},\"uri\":\"" SENTINEL "\"}}";
  g_autoptr (Device) alice = relay_enrol (relay, "tok-alice", "personal", FALSE);
  g_autofree char *code = relay_run (relay, "enrol-code", NULL);
  g_autofree char *authorization = g_strdup_printf ("Authorization: Bearer %s\r\nCookie: " SENTINEL
                                                    "\r\nUser-Agent: " SENTINEL "\r\n",
                                                    alice->enrolment->token);
  g_autofree char *path = g_strdup_printf ("/v1/devices/%s", alice->enrolment->device);

  g_ptr_array_add (secrets, g_strdup (alice->enrolment->token));
  g_ptr_array_add (secrets, g_strdup (code));
  g_assert_cmpuint (relay_post (relay, RELAY_MAIN, RELAY_KEY, 0, body), ==, 200);
  g_assert_cmpuint (relay_post (relay, RELAY_MAIN, RELAY_KEY, 0, body), ==, 200);
  g_assert_cmpuint (relay_post (relay, RELAY_MAIN, SENTINEL, 0, body), ==, 401);
  g_assert_cmpuint (relay_post (relay, RELAY_MAIN, RELAY_KEY, 9999, "{" SENTINEL), ==, 200);
  reply_free (relay_try_enrol (relay, code, SENTINEL, "app", FALSE, alice));
  reply_free (relay_try_enrol (relay, SENTINEL, "tok-broken", "app", FALSE, alice));
  reply_free (relay_ask (relay, "GET", "/v1/events?after=" SENTINEL, authorization, ""));
  reply_free (relay_ask (relay, "GET", "/" SENTINEL "?code=" SENTINEL, "", ""));
  reply_free (relay_ask (relay, "GET", "/oauth/callback?code=" SENTINEL "&state=" SENTINEL, "",
                         ""));
  reply_free (relay_ask (relay, "POST", "/v1/events/ack", authorization, SENTINEL));
  reply_free (relay_ask (relay, SENTINEL, "/ " SENTINEL, SENTINEL "\r\n", ""));
  reply_free (relay_ask_admin (relay, "POST", "/v1/admin/erase", "{\"email_hash\":\"" SENTINEL "\"}"));
  reply_free (relay_ask_admin (relay, "POST", "/v1/admin/keys/reload", SENTINEL));
  reply_free (relay_knock_admin (relay, "POST", "/v1/admin/devices",
                                 "Authorization: Bearer " SENTINEL "\r\n", ""));
  reply_free (relay_ask_as (relay, alice, "POST", path, SENTINEL));
  reply_free (relay_ask_as (relay, alice, "DELETE", path, SENTINEL));
}

/* None of it is in the log, in the metrics, in the audit log or in the journal's files. */
static void
test_sentinels (void)
{
  g_autoptr (Relay) relay = relay_new (NULL, "");
  g_autoptr (GPtrArray) secrets = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (Reply) metrics = NULL;
  g_autoptr (Reply) audit = NULL;
  g_autofree char *path = g_build_filename (relay->directory, "log", NULL);
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;

  g_ptr_array_add (secrets, g_strdup (SENTINEL));
  g_ptr_array_add (secrets, g_ascii_strdown (SENTINEL, -1));
  g_ptr_array_add (secrets, g_strdup ("tok-"));
  g_ptr_array_add (secrets, g_strdup (RELAY_KEY));
  g_ptr_array_add (secrets, g_strdup (RELAY_ADMIN_TOKEN));
  relay_add_admin (relay);
  start_with_log (relay);
  live_a_day (relay, secrets);
  metrics = relay_ask_admin (relay, "GET", "/metrics", "");
  assert_clean (relay, "metrics", metrics->body, strlen (metrics->body), secrets);
  audit = relay_ask_admin (relay, "POST", "/v1/admin/audit", "");
  assert_clean (relay, "audit", audit->body, strlen (audit->body), secrets);
  assert_clean (relay, "journal.db-wal", NULL, 0, secrets);
  relay_stop (relay);
  assert_clean (relay, "journal.db", NULL, 0, secrets);
  assert_clean (relay, "journal.db-wal", NULL, 0, secrets);
  assert_clean (relay, "log", NULL, 0, secrets);

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  g_assert_nonnull (strstr (text, "\"message\":\"started\""));
  g_assert_nonnull (strstr (text, "\"glib\":\"2."));
  g_assert_nonnull (strstr (text, "\"libsoup\":\"3."));
  g_assert_nonnull (strstr (text, "\"sqlite\":\"3."));
  g_assert_nonnull (strstr (text, "\"gnutls\":\"3."));
  g_assert_nonnull (strstr (text, "\"libsodium\":\"1."));
#ifdef TPT_HAVE_POSTGRES
  g_assert_nonnull (strstr (text, "\"libpq\":\"1"));
#endif
  g_assert_nonnull (strstr (text, "\"message\":\"device-enrolled\""));
  g_assert_nonnull (strstr (text, "\"message\":\"audit-head\""));
  lines = g_strsplit (text, "\n", -1);
  for (guint i = 0; lines[i][0] != '\0'; i++)
    {
      g_autoptr (JsonNode) root = NULL;

      parse_line (lines[i], &root);
    }
}

int
main (int    argc,
      char **argv)
{
  tpt_test_init (&argc, &argv);
  g_test_add_func ("/relay/log/line", test_line);
  g_test_add_func ("/relay/log/sentinels", test_sentinels);

  return g_test_run ();
}
