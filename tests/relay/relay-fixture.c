/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "relay-fixture.h"

#include <gio/gunixsocketaddress.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <sys/prctl.h>

#include "tpt-test.h"
#include "tpt-webhook-signature.h"

/* A read that takes longer is a failure, and ends the test. */
#define WAIT_SECONDS 20
#define USERS "https://api.calendly.com/users/"

static void
write_file (const char *directory,
            const char *name,
            const char *text)
{
  g_autofree char *path = g_build_filename (directory, name, NULL);
  g_autoptr (GError) error = NULL;

  g_file_set_contents_full (path, text, -1, G_FILE_SET_CONTENTS_NONE, 0600, &error);
  g_assert_no_error (error);
}

/* @listen: (nullable): a free port where it is NULL; "unix" for a socket in the directory
 * @more_config: lines; one with another journal is the first */
Relay *
relay_new (const char *listen,
           const char *more_config)
{
  Relay *self = g_new0 (Relay, 1);
  g_autofree char *url = NULL;
  g_autofree char *socket_path = NULL;
  g_autofree char *journal = NULL;
  g_autofree char *text = NULL;

  self->directory = tpt_test_make_dir ();
  self->calendly = relay_calendly_new ();
  self->config = g_build_filename (self->directory, "relay.conf", NULL);
  self->program = g_test_build_filename (G_TEST_BUILT, "..", "src", "relay", "touchpoint-relay",
                                         NULL);
  url = relay_calendly_get_url (self->calendly);
  socket_path = g_strdup_printf ("unix:%s/relay.sock", self->directory);
  if (!g_str_has_prefix (more_config, "journal="))
    journal = g_strdup_printf ("journal=sqlite:%s/journal.db\n", self->directory);
  text = g_strdup_printf (
      "[relay]\nlisten=%s\npublic_url=https://relay.example.com/\n%sorganizations=%s;\n"
      "calendly_api_url=%s\n%s[keys]\nwebhook_signing_keys=%s/keys\n",
      listen != NULL ? socket_path : "tcp:127.0.0.1:0", journal != NULL ? journal : "",
      RELAY_ORGANIZATION, url, more_config, self->directory);
  write_file (self->directory, "relay.conf", text);
  write_file (self->directory, "keys", RELAY_KEY "\nthe-old-key\n");

  return self;
}

static void
die_with_parent_cb (gpointer user_data)
{
  prctl (PR_SET_PDEATHSIG, SIGKILL);
}

/* A program that does not outlive a test which fails. */
GSubprocess *
relay_spawn (GSubprocessFlags    flags,
             const char *const  *argv)
{
  g_autoptr (GSubprocessLauncher) launcher = g_subprocess_launcher_new (flags);
  g_autoptr (GError) error = NULL;
  GSubprocess *process;

  g_subprocess_launcher_set_child_setup (launcher, die_with_parent_cb, NULL, NULL);
  process = g_subprocess_launcher_spawnv (launcher, argv, &error);
  g_assert_no_error (error);

  return process;
}

static void
learn_address (Relay      *self,
               const char *line)
{
  g_auto (GStrv) parts = g_strsplit (line, "\"", -1);
  const char *listen = parts[3];

  g_assert_cmpstr (parts[1], ==, "listen");
  g_free (self->listen);
  self->listen = g_strdup (listen);
  g_clear_object (&self->address);
  if (g_str_has_prefix (listen, "unix:"))
    self->address = G_SOCKET_CONNECTABLE (g_unix_socket_address_new (listen + 5));
  else
    self->address = g_network_address_parse (listen + 4, 0, NULL);
}

/* Reads the line that the program prints when it is ready. */
void
relay_await_ready (Relay *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GDataInputStream) out = NULL;
  g_autofree char *line = NULL;

  out = g_data_input_stream_new (g_subprocess_get_stdout_pipe (self->process));
  line = g_data_input_stream_read_line_utf8 (out, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_nonnull (line);
  learn_address (self, line);
}

void
relay_start (Relay *self)
{
  const char *const argv[] = { self->program, "--config", self->config, NULL };

  self->process = relay_spawn (G_SUBPROCESS_FLAGS_STDOUT_PIPE, argv);
  relay_await_ready (self);
}

void
relay_stop (Relay *self)
{
  g_subprocess_send_signal (self->process, SIGTERM);
  g_assert_true (g_subprocess_wait (self->process, NULL, NULL));
  g_assert_true (g_subprocess_get_if_exited (self->process));
  g_assert_cmpint (g_subprocess_get_exit_status (self->process), ==, 0);
  g_clear_object (&self->process);
}

void
relay_kill (Relay *self)
{
  g_subprocess_send_signal (self->process, SIGKILL);
  g_assert_true (g_subprocess_wait (self->process, NULL, NULL));
  g_clear_object (&self->process);
}

void
relay_free (Relay *self)
{
  if (self->process != NULL)
    relay_stop (self);
  relay_calendly_free (self->calendly);
  tpt_test_remove_dir (self->directory);
  g_clear_object (&self->address);
  g_free (self->directory);
  g_free (self->config);
  g_free (self->program);
  g_free (self->listen);
  g_free (self);
}

/* Runs a subcommand; its output and what it complained of, together. */
char *
relay_run (Relay      *self,
           const char *command,
           int        *status)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocess) process =
    g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_MERGE, &error,
                      self->program, "--config", self->config, command, NULL);
  char *out = NULL;

  g_assert_no_error (error);
  g_assert_true (g_subprocess_communicate_utf8 (process, NULL, NULL, &out, NULL, &error));
  g_assert_no_error (error);
  if (status != NULL)
    *status = g_subprocess_get_exit_status (process);
  else
    g_assert_cmpint (g_subprocess_get_exit_status (process), ==, 0);
  g_strchomp (out);

  return out;
}

GSocketConnection *
relay_connect (Relay *self)
{
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  g_autoptr (GError) error = NULL;
  GSocketConnection *connection;

  g_socket_client_set_timeout (client, WAIT_SECONDS);
  g_socket_client_set_enable_proxy (client, FALSE);
  connection = g_socket_client_connect (client, self->address, NULL, &error);
  g_assert_no_error (error);

  return connection;
}

/* Until the other side closes; a reset counts as that. */
char *
relay_read_all (GSocketConnection *connection)
{
  GInputStream *in = g_io_stream_get_input_stream (G_IO_STREAM (connection));
  GString *text = g_string_new (NULL);
  char bytes[4096];
  gssize got;
  g_autoptr (GError) error = NULL;

  while ((got = g_input_stream_read (in, bytes, sizeof bytes, NULL, &error)) > 0)
    g_string_append_len (text, bytes, got);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT))
    g_error ("The relay kept a connection open for %d s", WAIT_SECONDS);

  return g_string_free (text, FALSE);
}

static void
send_bytes (GSocketConnection *connection,
            const char        *bytes,
            gsize              length)
{
  /* The relay may refuse before it has read everything; what it said is looked at by the caller. */
  g_output_stream_write_all (g_io_stream_get_output_stream (G_IO_STREAM (connection)), bytes,
                             length,
                             NULL, NULL, NULL);
}

/* Sends exactly these bytes and returns everything that came back. */
char *
relay_raw (Relay      *self,
           const char *bytes,
           gssize      length)
{
  g_autoptr (GSocketConnection) connection = relay_connect (self);

  send_bytes (connection, bytes, length < 0 ? strlen (bytes) : (gsize) length);

  return relay_read_all (connection);
}

Reply *
reply_parse (const char *text)
{
  Reply *reply = g_new0 (Reply, 1);
  const char *end = strstr (text, "\r\n\r\n");

  if (!g_str_has_prefix (text, "HTTP/1.1 ") || end == NULL)
    g_error ("No answer: %s", text);
  reply->status = (guint) g_ascii_strtoull (text + 9, NULL, 10);
  reply->head = g_strndup (text, (gsize) (end - text));
  reply->body = g_strdup (end + 4);

  return reply;
}

void
reply_free (Reply *self)
{
  g_free (self->head);
  g_free (self->body);
  g_free (self);
}

/* Whose answer is read later. @fields: whole header lines, each with its CRLF */
GSocketConnection *
relay_send (Relay      *self,
            const char *method,
            const char *path,
            const char *fields,
            const char *body)
{
  GSocketConnection *connection = relay_connect (self);
  g_autofree char *text = g_strdup_printf ("%s %s HTTP/1.1\r\nHost: relay\r\nConnection: close\r\n"
                                           "Content-Length: %" G_GSIZE_FORMAT "\r\n%s\r\n%s",
                                           method, path, strlen (body), fields, body);

  send_bytes (connection, text, strlen (text));

  return connection;
}

Reply *
relay_ask (Relay      *self,
           const char *method,
           const char *path,
           const char *fields,
           const char *body)
{
  g_autoptr (GSocketConnection) connection = relay_send (self, method, path, fields, body);
  g_autofree char *answer = relay_read_all (connection);

  return reply_parse (answer);
}

Reply *
relay_ask_as (Relay      *self,
              Device     *device,
              const char *method,
              const char *path,
              const char *body)
{
  g_autofree char *fields = g_strdup_printf ("Authorization: Bearer %s\r\n",
                                             device->enrolment->token);

  return relay_ask (self, method, path, fields, body);
}

/* Posts a webhook that was signed @age seconds ago; the status. */
guint
relay_post (Relay      *self,
            const char *path,
            const char *key,
            gint64      age,
            const char *body)
{
  gint64 time = g_get_real_time () / G_USEC_PER_SEC - age;
  g_autofree char *signature = tpt_webhook_signature_sign (time, body, strlen (body), key);
  g_autofree char *fields = g_strdup_printf ("Calendly-Webhook-Signature: %s\r\n", signature);
  g_autoptr (Reply) reply = relay_ask (self, "POST", path, fields, body);

  return reply->status;
}

/* A booking at @host, unlike every one with another number. */
char *
relay_body (const char *host,
            guint       number)
{
  return g_strdup_printf (
    "{\"created_at\":\"2026-06-24T22:30:45.%06uZ\",\"created_by\":\"" USERS "SOMEONE\","
    "\"event\":\"invitee.created\",\"payload\":{\"name\":\"Zo\xc3\xab <b>\","
    "\"scheduled_event\":{\"event_memberships\":[{\"user\":\"" USERS "%s\"}]},"
    "\"uri\":\"https://api.calendly.com/scheduled_events/E%u/invitees/I%u\"}}",
    number, host, number, number);
}

/* The same with 220 KiB beside it, in four pieces: a text has no more than 64. */
char *
relay_large_body (const char *host,
                  guint       number)
{
  g_autofree char *filler = g_strnfill (55 * 1024, 'x');
  g_autofree char *body = relay_body (host, number);

  return g_strdup_printf ("{\"fillers\":[\"%s\",\"%s\",\"%s\",\"%s\"],%s", filler, filler, filler,
                          filler, body + 1);
}

guint
relay_book (Relay      *self,
            const char *host,
            guint       number)
{
  g_autofree char *body = relay_body (host, number);

  return relay_post (self, RELAY_MAIN, RELAY_KEY, 0, body);
}

/* What a desktop posts to enrol. @device: (nullable): its keys are used */
char *
relay_enrolment (const char *code,
                 const char *token,
                 const char *subscription,
                 gboolean    feed,
                 Device     *device)
{
  guint8 public_key[TPT_RELAY_KEY_SIZE], secret_key[TPT_RELAY_KEY_SIZE];
  g_autofree char *key = NULL;
  TptRelayEnrolmentRequest request = { 0 };

  tpt_relay_box_make_keys (public_key, secret_key);
  key = tpt_relay_box_encode (device != NULL ? device->public_key : public_key, TPT_RELAY_KEY_SIZE);
  request.enrolment_code = (char *) code;
  request.calendly_token = (char *) token;
  request.public_key = key;
  request.name = (char *) "a laptop";
  request.subscription = (char *) subscription;
  request.organization_feed = feed;

  return tpt_relay_enrolment_request_encode (&request);
}

/* @device: (nullable): its keys are used */
Reply *
relay_try_enrol (Relay      *self,
                 const char *code,
                 const char *token,
                 const char *subscription,
                 gboolean    feed,
                 Device     *device)
{
  g_autofree char *body = relay_enrolment (code, token, subscription, feed, device);

  return relay_ask (self, "POST", "/v1/devices", "", body);
}

Device *
relay_enrol (Relay      *self,
             const char *token,
             const char *subscription,
             gboolean    feed)
{
  Device *device = g_new0 (Device, 1);
  g_autofree char *code = relay_run (self, "enrol-code", NULL);
  g_autoptr (Reply) reply = NULL;
  g_autoptr (GError) error = NULL;

  tpt_relay_box_make_keys (device->public_key, device->secret_key);
  reply = relay_try_enrol (self, code, token, subscription, feed, device);
  if (reply->status != 201)
    g_error ("Not enrolled: %s", reply->body);
  device->enrolment = tpt_relay_enrolment_decode (reply->body, -1, &error);
  g_assert_no_error (error);

  return device;
}

void
device_free (Device *self)
{
  g_clear_pointer (&self->enrolment, tpt_relay_enrolment_free);
  g_free (self);
}

/* The webhook's body out of a stream's data, byte for byte. */
char *
device_open (Device     *self,
             const char *data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TptRelayWebhook) webhook = tpt_relay_webhook_decode (data, &error);
  g_autoptr (GBytes) body = NULL;

  g_assert_no_error (error);
  body = tpt_relay_box_open (webhook->relay_key, self->secret_key, webhook->nonce, webhook->box,
                             &error);
  g_assert_no_error (error);

  return g_strndup (g_bytes_get_data (body, NULL), g_bytes_get_size (body));
}

guint
relay_ack (Relay      *self,
           Device     *device,
           const char *cursor)
{
  g_autofree char *body = g_strdup_printf ("{\"cursor\":\"%s\"}", cursor);
  g_autoptr (Reply) reply = relay_ask_as (self, device, "POST", "/v1/events/ack", body);

  return reply->status;
}
