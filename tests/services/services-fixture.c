/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "services-fixture.h"

#include <sys/prctl.h>

#include "services-opening.h"
#include "tpt-api-client.h"
#include "tpt-memory-token-store.h"
#include "tpt-test.h"

/* The client waits no time at all between its tries. */
static GSource *
no_wait (guint    milliseconds,
         gpointer user_data)
{
  return g_timeout_source_new (0);
}

static gint64
real_now (gpointer user_data)
{
  return g_get_monotonic_time ();
}

static const TptApiTimer no_wait_timer = { real_now, no_wait, NULL };

static void
die_with_parent (gpointer user_data)
{
  prctl (PR_SET_PDEATHSIG, SIGKILL);
}

/* As if the disk had eaten what is in the database, all but its head; then opens it again. */
void
services_fixture_ruin (ServicesFixture *self)
{
  g_autofree char *path = g_strdup (tpt_store_get_path (self->services->store));
  g_autofree char *bytes = NULL;
  gsize length;

  services_fixture_close (self);
  g_assert_true (g_file_get_contents (path, &bytes, &length, NULL));
  memset (bytes + 100, 0xaa, length - 100);
  g_assert_true (g_file_set_contents (path, bytes, (gssize) length, NULL));
  services_fixture_open (self);
}

/* A program that ends with this one, its output ready to be read. */
GSubprocess *
services_fixture_spawn (const char *const *argv,
                        GDataInputStream **output)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocessLauncher) launcher =
    g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE);
  GSubprocess *process;

  g_subprocess_launcher_set_child_setup (launcher, die_with_parent, NULL, NULL);
  process = g_subprocess_launcher_spawnv (launcher, argv, &error);
  g_assert_no_error (error);
  *output = g_data_input_stream_new (g_subprocess_get_stdout_pipe (process));

  return process;
}

char *
services_fixture_read_line (GDataInputStream *input)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  TptTestResult waiting = { NULL };
  char *line;

  g_data_input_stream_read_line_async (input, G_PRIORITY_DEFAULT, NULL, tpt_test_result_cb,
                                       &waiting);
  result = tpt_test_await (&waiting);
  line = g_data_input_stream_read_line_finish (input, result, NULL, &error);
  g_assert_no_error (error);
  g_assert_nonnull (line);

  return line;
}

void
services_fixture_open (ServicesFixture *self)
{
  TptServicesOptions options = { .secrets = self->secrets };

  self->services = services_opening_open (&options);
  tpt_api_client_set_timer (self->services->client, &no_wait_timer);
}

void
services_fixture_close (ServicesFixture *self)
{
  services_opening_close (self->services);
  tpt_test_finalized (g_steal_pointer (&self->services));
}

/* @meetings: how many the stand-in's world shall have, as text. */
void
services_fixture_set_up (ServicesFixture *self,
                         gconstpointer    meetings)
{
  const char *argv[] = { g_getenv ("TOUCHPOINT_SANDBOX"), "--meetings", meetings, "--rate-limit",
                         "0", self->is_real_time ? NULL : "--now", SERVICES_NOW, NULL };
  g_autofree char *line = NULL;
  g_autoptr (JsonNode) ready = NULL;
  JsonObject *addresses;

  self->sandbox = services_fixture_spawn (argv, &self->sandbox_out);
  line = services_fixture_read_line (self->sandbox_out);
  ready = json_from_string (line, NULL);
  addresses = json_node_get_object (ready);
  self->control = g_strdup (json_object_get_string_member (addresses, "control"));
  g_setenv ("TOUCHPOINT_CALENDLY_API_URL", json_object_get_string_member (addresses, "api"), TRUE);
  g_setenv ("TOUCHPOINT_CALENDLY_AUTH_URL", json_object_get_string_member (addresses, "auth"),
            TRUE);
  g_setenv ("TOUCHPOINT_CLIENT_ID", "sandbox-client", TRUE);
  if (self->is_real_time)
    g_unsetenv ("TOUCHPOINT_NOW");
  else
    g_setenv ("TOUCHPOINT_NOW", SERVICES_NOW, TRUE);

  self->session = soup_session_new ();
  self->secrets = tpt_memory_token_store_new ();
  services_fixture_open (self);
}

void
services_fixture_tear_down (ServicesFixture *self,
                            gconstpointer    user_data)
{
  g_autoptr (GError) error = NULL;

  services_fixture_close (self);
  g_subprocess_send_signal (self->sandbox, SIGTERM);
  g_subprocess_wait (self->sandbox, NULL, &error);
  g_assert_no_error (error);
  g_clear_object (&self->sandbox_out);
  g_clear_object (&self->sandbox);
  g_clear_object (&self->session);
  g_clear_object (&self->secrets);
  g_free (self->control);
}

/* @path: under the stand-in's control address, or a whole address. */
JsonNode *
services_fixture_ask (ServicesFixture *self,
                      const char      *method,
                      const char      *path,
                      const char      *body)
{
  g_autofree char *address =
    *path == '/' ? g_strconcat (self->control, path, NULL) : g_strdup (path);
  g_autoptr (SoupMessage) message = soup_message_new (method, address);
  g_autoptr (GError) error = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autofree char *text = NULL;
  TptTestResult waiting = { NULL };

  if (body != NULL)
    {
      g_autoptr (GBytes) sent = g_bytes_new (body, strlen (body));

      soup_message_set_request_body_from_bytes (message, "application/json", sent);
    }
  soup_session_send_and_read_async (self->session, message, G_PRIORITY_DEFAULT, NULL,
                                    tpt_test_result_cb, &waiting);
  result = tpt_test_await (&waiting);
  bytes = soup_session_send_and_read_finish (self->session, result, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (soup_message_get_status (message), <, 300);
  if (g_bytes_get_size (bytes) == 0)
    return NULL;
  text = g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));

  return json_from_string (text, NULL);
}

JsonObject *
services_fixture_state (ServicesFixture *self,
                        JsonNode       **node)
{
  *node = services_fixture_ask (self, "GET", "/state", NULL);

  return json_node_get_object (*node);
}

gboolean
services_fixture_connect (ServicesFixture  *self,
                          const char       *token,
                          GError          **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  TptTestResult waiting = { NULL };

  tpt_connection_use_token_async (self->services->connection, token, NULL, tpt_test_result_cb,
                                  &waiting);
  result = tpt_test_await (&waiting);

  return tpt_connection_use_token_finish (self->services->connection, result, error);
}

gboolean
services_fixture_disconnect (ServicesFixture   *self,
                             gboolean           erase,
                             TptDisconnection  *outcome,
                             GError           **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  TptTestResult waiting = { NULL };

  tpt_connection_disconnect_async (self->services->connection, erase, NULL, tpt_test_result_cb,
                                   &waiting);
  result = tpt_test_await (&waiting);

  return tpt_connection_disconnect_finish (self->services->connection, result, outcome, error);
}

TptSyncReport *
services_fixture_sync (ServicesFixture       *self,
                       const TptSyncOptions  *options,
                       GError               **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  TptTestResult waiting = { NULL };

  tpt_engine_sync_async (self->services->engine, options, NULL, tpt_test_result_cb, &waiting);
  result = tpt_test_await (&waiting);

  return tpt_engine_sync_finish (self->services->engine, result, error);
}

/* Everything there is, all of which can be read. */
void
services_fixture_sync_all (ServicesFixture *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TptSyncReport) report =
    services_fixture_sync (self, &(TptSyncOptions) { .full = TRUE }, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (report->failed->len, ==, 0);
}

/* As one of every few minutes does it, at @time. */
void
services_fixture_sync_at (ServicesFixture *self,
                          TptTime          time)
{
  g_autoptr (TptSyncReport) report = NULL;
  g_autoptr (GError) error = NULL;

  tpt_clock_set (self->services->clock, time);
  report = services_fixture_sync (self, NULL, &error);
  g_assert_no_error (error);
}

/* Everything stored, superseded bookings too. */
GPtrArray *
services_fixture_meetings (ServicesFixture *self)
{
  TptMeetingQuery query = { .with_superseded = TRUE };
  g_autoptr (GError) error = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  TptTestResult waiting = { NULL };
  GPtrArray *meetings;

  tpt_store_list_meetings_async (self->services->store, &query, NULL, tpt_test_result_cb,
                                 &waiting);
  result = tpt_test_await (&waiting);
  meetings = tpt_store_list_meetings_finish (self->services->store, result, &error);
  g_assert_no_error (error);

  return meetings;
}

GPtrArray *
services_fixture_customers (ServicesFixture *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  TptTestResult waiting = { NULL };
  GPtrArray *customers;

  tpt_store_list_customers_async (self->services->store, NULL, tpt_test_result_cb, &waiting);
  result = tpt_test_await (&waiting);
  customers = tpt_store_list_customers_finish (self->services->store, result, &error);
  g_assert_no_error (error);

  return customers;
}

/* Returns: (transfer full): a type that one person can book with one host */
TptEventType *
services_fixture_event_type (ServicesFixture *self)
{
  g_autoptr (GPtrArray) types = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  TptTestResult waiting = { NULL };

  tpt_store_list_event_types_async (self->services->store, NULL, tpt_test_result_cb, &waiting);
  result = tpt_test_await (&waiting);
  types = tpt_store_list_event_types_finish (self->services->store, result, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < types->len; i++)
    {
      TptEventType *type = g_ptr_array_index (types, i);

      if (tpt_event_type_is_schedulable (type) && g_strcmp0 (type->kind, "solo") == 0
          && type->pooling_type == NULL)
        return g_object_ref (type);
    }
  g_assert_not_reached ();
}

/* Imports the stand-in's own list of customers. */
TptImportReport *
services_fixture_import (ServicesFixture *self)
{
  g_autofree char *address = g_strconcat (self->control, "/customers.csv", NULL);
  g_autoptr (SoupMessage) message = soup_message_new ("GET", address);
  g_autoptr (GError) error = NULL;
  g_autoptr (GAsyncResult) sent = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GBytes) csv = NULL;
  TptTestResult sending = { NULL }, waiting = { NULL };
  TptImportReport *report;

  soup_session_send_and_read_async (self->session, message, G_PRIORITY_DEFAULT, NULL,
                                    tpt_test_result_cb, &sending);
  sent = tpt_test_await (&sending);
  csv = soup_session_send_and_read_finish (self->session, sent, &error);
  g_assert_no_error (error);
  tpt_importer_import_async (self->services->importer, csv, NULL, tpt_test_result_cb, &waiting);
  result = tpt_test_await (&waiting);
  report = tpt_importer_import_finish (self->services->importer, result, &error);
  g_assert_no_error (error);

  return report;
}

static guint
count_requests (ServicesFixture *self,
                const char      *member,
                const char      *needle)
{
  g_autoptr (JsonNode) node = services_fixture_ask (self, "GET", "/requests", NULL);
  JsonArray *requests = json_object_get_array_member (json_node_get_object (node), "requests");
  guint count = 0;

  for (guint i = 0; i < json_array_get_length (requests); i++)
    {
      JsonObject *request = json_array_get_object_element (requests, i);
      const char *path = json_object_get_string_member (request, "path");
      const char *text = json_object_get_string_member_with_default (request, member, NULL);

      count += text != NULL && strstr (text, needle) != NULL
               && !g_str_has_prefix (path, "/_sandbox");
    }

  return count;
}

/* How many requests since the log was emptied have @needle in their path. */
guint
services_fixture_count_requests (ServicesFixture *self,
                                 const char      *needle)
{
  return count_requests (self, "path", needle);
}

/* The same for what stands behind the path. */
guint
services_fixture_count_queries (ServicesFixture *self,
                                const char      *needle)
{
  return count_requests (self, "query", needle);
}

/* Returns: (transfer none) (nullable): the booking of that URI, and its event */
TptInvitee *
services_fixture_find (GPtrArray   *meetings,
                       const char  *uri,
                       TptMeeting **meeting)
{
  for (guint i = 0; i < meetings->len; i++)
    {
      TptMeeting *candidate = g_ptr_array_index (meetings, i);

      for (guint j = 0; j < candidate->invitees->len; j++)
        {
          TptInvitee *invitee = g_ptr_array_index (candidate->invitees, j);

          if (g_strcmp0 (invitee->uri, uri) != 0)
            continue;
          if (meeting != NULL)
            *meeting = candidate;
          return invitee;
        }
    }

  return NULL;
}
