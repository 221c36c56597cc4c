/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-auth-fixture.h"

#include "tpt-secret.h"

static void
respond (SoupServerMessage *message,
         guint              status,
         const char        *body)
{
  soup_server_message_set_status (message, status, NULL);
  soup_server_message_set_response (message, "application/json", SOUP_MEMORY_COPY, body,
                                    strlen (body));
}

static void
respond_pair (TptAuthFixture    *self,
              SoupServerMessage *message)
{
  g_autofree char *body = NULL;

  self->number++;
  if (self->before_answer != NULL)
    self->before_answer ();
  body
      = g_strdup_printf ("{\"token_type\":\"Bearer\",\"expires_in\":7200,\"created_at\":1548689183,"
                         "\"access_token\":\"access-%u\",\"refresh_token\":\"refresh-%u\","
                         "\"scope\":\"users:read scheduled_events:read\","
                         "\"owner\":\"https://api.calendly.com/users/A\"%s}",
                         self->number, self->number, self->extra != NULL ? self->extra : "");
  if (self->lose_answer)
    {
      self->lose_answer = FALSE;
      g_io_stream_close (soup_server_message_steal_connection (message), NULL, NULL);
      return;
    }
  respond (message, 200, body);
}

static gboolean
accepts_code (TptAuthFixture *self,
              GHashTable     *form)
{
  const char *verifier = g_hash_table_lookup (form, "code_verifier");
  g_autofree char *challenge = verifier != NULL ? tpt_secret_make_challenge (verifier) : NULL;
  gboolean right = g_strcmp0 (g_hash_table_lookup (form, "code"), self->code) == 0
                   && g_strcmp0 (challenge, self->challenge) == 0
                   && g_strcmp0 (g_hash_table_lookup (form, "client_id"), "client") == 0;

  if (right)
    g_clear_pointer (&self->code, g_free);

  return right;
}

static gboolean
accepts_refresh (TptAuthFixture *self,
                 GHashTable     *form)
{
  g_autofree char *newest = g_strdup_printf ("refresh-%u", self->number);
  gboolean right = g_strcmp0 (g_hash_table_lookup (form, "refresh_token"), newest) == 0;

  self->refreshes += right;

  return right;
}

static void
token_cb (SoupServer        *server,
          SoupServerMessage *message,
          const char        *path,
          GHashTable        *query,
          gpointer           user_data)
{
  TptAuthFixture *self = user_data;
  SoupMessageBody *body = soup_server_message_get_request_body (message);
  g_autofree char *text = g_strndup (body->data, (gsize) body->length);
  GHashTable *form = soup_form_decode (text);
  const char *type = g_hash_table_lookup (form, "grant_type");

  g_ptr_array_add (self->forms, form);
  if (self->fail_times > 0)
    {
      self->fail_times--;
      respond (message, self->fail_status, self->fail_body);
    }
  else if (g_str_equal (path, "/oauth/revoke"))
    {
      if (self->before_answer != NULL)
        self->before_answer ();
      respond (message, 200, "{}");
    }
  else if ((g_strcmp0 (type, "authorization_code") == 0 && accepts_code (self, form))
           || (g_strcmp0 (type, "refresh_token") == 0 && accepts_refresh (self, form)))
    respond_pair (self, message);
  else
    respond (message, 400,
             "{\"error\":\"invalid_grant\",\"error_description\":\"It is invalid.\"}");
}

TptAuthFixture *
tpt_auth_fixture_new (void)
{
  TptAuthFixture *self = g_new0 (TptAuthFixture, 1);
  g_autoptr (GError) error = NULL;
  GSList *uris;

  self->forms = g_ptr_array_new_with_free_func ((GDestroyNotify) g_hash_table_unref);
  self->server = soup_server_new ("server-header", NULL, NULL);
  soup_server_add_handler (self->server, "/oauth", token_cb, self, NULL);
  soup_server_listen_local (self->server, 0, SOUP_SERVER_LISTEN_IPV4_ONLY, &error);
  g_assert_no_error (error);
  uris = soup_server_get_uris (self->server);
  self->address = g_strdup_printf ("http://127.0.0.1:%d", g_uri_get_port (uris->data));
  g_slist_free_full (uris, (GDestroyNotify) g_uri_unref);

  return self;
}

void
tpt_auth_fixture_free (TptAuthFixture *self)
{
  soup_server_disconnect (self->server);
  g_object_unref (self->server);
  g_free (self->address);
  g_ptr_array_unref (self->forms);
  g_free (self->code);
  g_free (self->challenge);
  g_free (self);
}

const char *
tpt_auth_fixture_get_field (TptAuthFixture *self,
                            guint           form,
                            const char     *name)
{
  g_assert_cmpuint (form, <, self->forms->len);

  return g_hash_table_lookup (g_ptr_array_index (self->forms, form), name);
}

/* The newest pair as a grant. */
TptGrant *
tpt_auth_fixture_make_grant (TptAuthFixture *self,
                             TptTime         expires_at)
{
  TptGrant *grant = g_new0 (TptGrant, 1);

  grant->access_token = g_strdup_printf ("access-%u", self->number);
  grant->refresh_token = g_strdup_printf ("refresh-%u", self->number);
  grant->expires_at = expires_at;
  grant->scopes = g_new0 (char *, 1);
  grant->owner = g_strdup ("https://api.calendly.com/users/A");
  grant->client_id = g_strdup ("client");

  return grant;
}

/* Returns: (transfer full) (nullable): the token that @refresh comes up with */
char *
tpt_auth_fixture_await (TptTokenRefresh  *refresh,
                        const char       *rejected,
                        GError          **error)
{
  TptTestResult waiting = { NULL };
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (TptGrant) grant = NULL;

  tpt_token_refresh_get_async (refresh, rejected, NULL, tpt_test_result_cb, &waiting);
  result = tpt_test_await (&waiting);
  grant = tpt_token_refresh_get_finish (refresh, result, error);

  return grant != NULL ? g_strdup (grant->access_token) : NULL;
}
