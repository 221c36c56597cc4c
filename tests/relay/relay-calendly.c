/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "relay-calendly.h"

#include <libsoup/soup.h>
#include <string.h>

struct _RelayCalendly
{
  GMainContext *context;
  GMainLoop    *loop;
  GThread      *thread;
  SoupServer   *server;
  guint         port;
  gint          asked;
  const char   *owner_role; /* atomic; NULL as in the table */
  const char   *owner_organization; /* as well */
  gint          is_held; /* atomic */
  GPtrArray    *held;    /* the thread's: requests that are not answered yet */
};

typedef struct
{
  const char *token;
  const char *user;
  const char *organization;
  const char *role;
} Person;

static const Person people[] = {
  { "tok-alice", "ALICE", "AAAA", "user" },
  { "tok-bob", "BOB", "AAAA", "user" },
  { "tok-owner", "OWNER", "AAAA", "owner" },
  { "tok-admin", "ADMIN", "AAAA", "admin" },
  { "tok-foreign", "FRED", "ZZZZ", "owner" },
};

static const Person *
find_person (SoupServerMessage *message)
{
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (message);
  const char *value = soup_message_headers_get_one (headers, "Authorization");
  const char *agent = soup_message_headers_get_one (headers, "User-Agent");

  if (value == NULL || agent == NULL || !g_str_has_prefix (agent, "Touchpoint/"))
    return NULL;
  for (guint i = 0; i < G_N_ELEMENTS (people); i++)
    {
      if (g_str_has_prefix (value, "Bearer ") && strcmp (value + 7, people[i].token) == 0)
        return &people[i];
    }

  return NULL;
}

static char *
answer (const Person *person,
        const char   *role,
        const char   *organization,
        const char   *path,
        GHashTable   *query)
{
  g_autofree char *user = g_strdup_printf ("https://api.calendly.com/users/%s", person->user);

  if (strcmp (path, "/users/me") == 0)
    return g_strdup_printf ("{\"resource\":{\"uri\":\"%s\"}}", user);
  if (query == NULL || g_strcmp0 (g_hash_table_lookup (query, "user"), user) != 0)
    return NULL;

  return g_strdup_printf ("{\"collection\":[{\"role\":\"%s\",\"organization\":"
                          "\"https://api.calendly.com/organizations/%s\","
                          "\"user\":{\"uri\":\"%s\"}}],"
                          "\"pagination\":{\"count\":1,\"next_page_token\":null}}",
                          role, organization, user);
}

static void
hold (RelayCalendly     *self,
      SoupServerMessage *message)
{
  if (!g_atomic_int_get (&self->is_held))
    return;
  soup_server_message_pause (message);
  g_ptr_array_add (self->held, g_object_ref (message));
}

static gboolean
release_cb (gpointer user_data)
{
  RelayCalendly *self = user_data;

  for (guint i = 0; i < self->held->len; i++)
    soup_server_message_unpause (self->held->pdata[i]);
  g_ptr_array_set_size (self->held, 0);

  return G_SOURCE_REMOVE;
}

static void
handler_cb (SoupServer        *server,
            SoupServerMessage *message,
            const char        *path,
            GHashTable        *query,
            gpointer           user_data)
{
  RelayCalendly *self = user_data;
  const Person *person = find_person (message);
  const char *authorization =
    soup_message_headers_get_one (soup_server_message_get_request_headers (message),
                                  "Authorization");
  const char *role = NULL;
  const char *organization = NULL;
  g_autofree char *json = NULL;

  hold (self, message);
  g_atomic_int_inc (&self->asked);
  if (g_strcmp0 (authorization, "Bearer tok-broken") == 0)
    {
      soup_server_message_set_status (message, 500, NULL);
      return;
    }
  if (person == NULL)
    {
      soup_server_message_set_status (message, 401, NULL);
      return;
    }
  if (strcmp (person->user, "OWNER") == 0)
    {
      role = g_atomic_pointer_get (&self->owner_role);
      organization = g_atomic_pointer_get (&self->owner_organization);
    }
  json = answer (person, role != NULL ? role : person->role,
                 organization != NULL ? organization : person->organization, path, query);
  soup_server_message_set_status (message, json != NULL ? 200 : 404, NULL);
  if (json != NULL)
    soup_server_message_set_response (message, "application/json", SOUP_MEMORY_COPY, json,
                                      strlen (json));
}

static gpointer
run (gpointer data)
{
  RelayCalendly *self = data;

  g_main_context_push_thread_default (self->context);
  g_main_loop_run (self->loop);
  g_main_context_pop_thread_default (self->context);

  return NULL;
}

RelayCalendly *
relay_calendly_new (void)
{
  RelayCalendly *self = g_new0 (RelayCalendly, 1);
  g_autoptr (GError) error = NULL;
  GSList *uris;

  self->held = g_ptr_array_new_with_free_func (g_object_unref);
  self->context = g_main_context_new ();
  self->loop = g_main_loop_new (self->context, FALSE);
  g_main_context_push_thread_default (self->context);
  self->server = soup_server_new (NULL, NULL);
  soup_server_add_handler (self->server, NULL, handler_cb, self, NULL);
  soup_server_listen_local (self->server, 0, SOUP_SERVER_LISTEN_IPV4_ONLY, &error);
  g_assert_no_error (error);
  g_main_context_pop_thread_default (self->context);
  uris = soup_server_get_uris (self->server);
  self->port = (guint) g_uri_get_port (uris->data);
  g_slist_free_full (uris, (GDestroyNotify) g_uri_unref);
  self->thread = g_thread_new ("calendly", run, self);

  return self;
}

char *
relay_calendly_get_url (RelayCalendly *self)
{
  return g_strdup_printf ("http://127.0.0.1:%u", self->port);
}

/* How many requests came. */
guint
relay_calendly_get_asked (RelayCalendly *self)
{
  return (guint) g_atomic_int_get (&self->asked);
}

/* @role: (nullable): what OWNER is from now on; a literal */
void
relay_calendly_set_owner_role (RelayCalendly *self,
                               const char    *role)
{
  g_atomic_pointer_set (&self->owner_role, role);
}

/* @organization: (nullable): the last part of the URI of the one in which OWNER is from now on; a
 * literal */
void
relay_calendly_set_owner_organization (RelayCalendly *self,
                                       const char    *organization)
{
  g_atomic_pointer_set (&self->owner_organization, organization);
}

/* Whether it lets its callers wait; who has waited is answered when it no longer does. */
void
relay_calendly_set_held (RelayCalendly *self,
                         gboolean       is_held)
{
  g_atomic_int_set (&self->is_held, is_held);
  if (!is_held)
    g_main_context_invoke (self->context, release_cb, self);
}

static gboolean
quit_cb (gpointer loop)
{
  g_main_loop_quit (loop);

  return G_SOURCE_REMOVE;
}

/* A loop that is told to quit before its thread has come to run it runs for ever: so it is told by
 * a source of its own. */
void
relay_calendly_free (RelayCalendly *self)
{
  g_autoptr (GSource) quit = g_idle_source_new ();

  g_source_set_callback (quit, quit_cb, self->loop, NULL);
  g_source_attach (quit, self->context);
  g_thread_join (self->thread);
  soup_server_disconnect (self->server);
  g_object_unref (self->server);
  g_ptr_array_unref (self->held);
  g_main_loop_unref (self->loop);
  g_main_context_unref (self->context);
  g_free (self);
}
