/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-relay-calendly.h"

#include <libsoup/soup.h>
#include <string.h>

#include "tpt-config.h"
#include "tpt-json-guard.h"
#include "tpt-relay-error.h"
#include "tpt-relay-turnstile.h"

#define TIMEOUT_SECONDS 20
/* So many are asked at once, as many wait as are answered before they are given up. */
#define AT_ONCE_MAX      8
#define WAITING_MAX      64
#define QUESTION_SECONDS 25
#define TOKEN_MAX_BYTES 4096
#define ANSWER_MAX      (512 * 1024)
#define READ_SIZE       (16 * 1024)

/**
 * TptRelayCalendly:
 *
 * Calendly, as far as it is asked who somebody is. However many want to know, it is asked by a few
 * at a time: a relay that hands on every flood would soon be a stranger there. Main thread only.
 */
struct _TptRelayCalendly
{
  char              *api_url;
  char             **organizations;
  GCancellable      *stopping;
  gulong             stopped;   /* handler */
  TptRelayTurnstile *turnstile; /* for GTask, a reference to each that waits */
  GQueue             questions; /* of GTask, borrowed */
};

/* What the steps of identify pass on; it is there as long as the question. The token is wiped with
 * it. */
typedef struct
{
  TptRelayCalendly *calendly;
  GTask            *task; /* borrowed */
  GCancellable     *cancellable;
  guint             deadline;
  gboolean          is_asked;
  SoupSession      *session;
  SoupMessage      *message;
  GByteArray       *answer;
  char             *preferred;
  char             *authorization;
  TptRelayIdentity *identity;
  gboolean        (*take) (GTask *task, JsonObject *root, GError **error);
} Identify;

static void ask (GTask      *task,
                 const char *path);
static void calendly_clear (gpointer data);

void
tpt_relay_identity_free (TptRelayIdentity *self)
{
  if (self == NULL)
    return;
  g_free (self->user);
  g_free (self->organization);
  g_free (self->role);
  g_free (self);
}

static void
identify_free (gpointer data)
{
  Identify *identify = data;
  TptRelayCalendly *calendly = identify->calendly;

  g_queue_remove (&calendly->questions, identify->task);
  if (identify->is_asked)
    tpt_relay_turnstile_leave (calendly->turnstile);
  g_rc_box_release_full (calendly, calendly_clear);
  g_clear_handle_id (&identify->deadline, g_source_remove);
  g_clear_object (&identify->cancellable);
  g_clear_object (&identify->message);
  g_clear_object (&identify->session);
  g_byte_array_unref (identify->answer);
  g_free (identify->preferred);
  explicit_bzero (identify->authorization, strlen (identify->authorization));
  g_free (identify->authorization);
  g_clear_pointer (&identify->identity, tpt_relay_identity_free);
  g_free (identify);
}

static const char *
get_string (JsonObject *object,
            const char *name)
{
  JsonNode *node = object != NULL ? json_object_get_member (object, name) : NULL;

  return node != NULL && json_node_get_value_type (node) == G_TYPE_STRING
           ? json_node_get_string (node)
           : NULL;
}

static JsonObject *
get_object (JsonObject *object,
            const char *name)
{
  JsonNode *node = object != NULL ? json_object_get_member (object, name) : NULL;

  return node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}

static gboolean
fail (GError         **error,
      TptRelayError    code,
      const char      *why)
{
  g_set_error_literal (error, TPT_RELAY_ERROR, (int) code, why);
  return FALSE;
}

static gboolean
is_of_user (JsonObject *membership,
            Identify   *identify)
{
  const char *user = get_string (get_object (membership, "user"), "uri");
  const char *organization = get_string (membership, "organization");

  return user != NULL && organization != NULL && get_string (membership, "role") != NULL &&
         strcmp (user, identify->identity->user) == 0 &&
         g_strv_contains ((const char *const *) identify->calendly->organizations, organization);
}

/* The first that is served, but the preferred one before all others. */
static JsonObject *
find_membership (Identify  *identify,
                 JsonArray *memberships)
{
  JsonObject *found = NULL;

  for (guint i = 0; i < json_array_get_length (memberships); i++)
    {
      JsonNode *element = json_array_get_element (memberships, i);
      JsonObject *membership = NULL;

      if (JSON_NODE_HOLDS_OBJECT (element))
        membership = json_node_get_object (element);
      if (membership == NULL || !is_of_user (membership, identify))
        continue;
      if (g_strcmp0 (get_string (membership, "organization"), identify->preferred) == 0)
        return membership;
      if (found == NULL)
        found = membership;
    }

  return found;
}

static gboolean
take_memberships (GTask       *task,
                  JsonObject  *root,
                  GError     **error)
{
  Identify *identify = g_task_get_task_data (task);
  JsonNode *node = json_object_get_member (root, "collection");
  JsonObject *membership;

  if (node == NULL || !JSON_NODE_HOLDS_ARRAY (node))
    return fail (error, TPT_RELAY_ERROR_UNREACHABLE, "Calendly's answer has no collection.");
  membership = find_membership (identify, json_node_get_array (node));
  if (membership != NULL)
    {
      identify->identity->organization = g_strdup (get_string (membership, "organization"));
      identify->identity->role = g_strdup (get_string (membership, "role"));
    }
  g_task_return_pointer (task, g_steal_pointer (&identify->identity),
                         (GDestroyNotify) tpt_relay_identity_free);

  return TRUE;
}

static gboolean
take_user (GTask       *task,
           JsonObject  *root,
           GError     **error)
{
  Identify *identify = g_task_get_task_data (task);
  const char *user = get_string (get_object (root, "resource"), "uri");
  g_autofree char *escaped = NULL;
  g_autofree char *path = NULL;

  if (user == NULL)
    return fail (error, TPT_RELAY_ERROR_UNREACHABLE, "Calendly's answer names no user.");
  identify->identity = g_new0 (TptRelayIdentity, 1);
  identify->identity->user = g_strdup (user);
  identify->take = take_memberships;
  escaped = g_uri_escape_string (user, NULL, FALSE);
  path = g_strdup_printf ("/organization_memberships?user=%s&count=100", escaped);
  ask (task, path);

  return TRUE;
}

static gboolean
take_answer (GTask   *task,
             GError **error)
{
  Identify *identify = g_task_get_task_data (task);
  guint status = soup_message_get_status (identify->message);
  g_autoptr (JsonNode) root = NULL;

  if (status == 401 || status == 403)
    return fail (error, TPT_RELAY_ERROR_REFUSED, "Calendly does not accept the token.");
  if (status != 200)
    {
      g_set_error (error, TPT_RELAY_ERROR, TPT_RELAY_ERROR_UNREACHABLE,
                   "Calendly answered with status %u.", status);
      return FALSE;
    }
  root = tpt_json_guard_parse ((const char *) identify->answer->data,
                               (gssize) identify->answer->len, NULL);
  if (root == NULL || !JSON_NODE_HOLDS_OBJECT (root))
    return fail (error, TPT_RELAY_ERROR_UNREACHABLE, "Calendly's answer is no JSON object.");

  return identify->take (task, json_node_get_object (root), error);
}

static void
read_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Identify *identify = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = g_input_stream_read_bytes_finish (G_INPUT_STREAM (source), result,
                                                               &error);

  if (bytes == NULL)
    {
      g_task_return_new_error (task, TPT_RELAY_ERROR, TPT_RELAY_ERROR_UNREACHABLE,
                               "Calendly's answer broke off.");
      return;
    }
  if (g_bytes_get_size (bytes) == 0)
    {
      if (!take_answer (task, &error))
        g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  g_byte_array_append (identify->answer, g_bytes_get_data (bytes, NULL),
                       (guint) g_bytes_get_size (bytes));
  if (identify->answer->len > ANSWER_MAX)
    {
      g_task_return_new_error (task, TPT_RELAY_ERROR, TPT_RELAY_ERROR_UNREACHABLE,
                               "Calendly's answer is too long.");
      return;
    }
  g_input_stream_read_bytes_async (G_INPUT_STREAM (source), READ_SIZE, G_PRIORITY_DEFAULT,
                                   g_task_get_cancellable (task), read_cb, g_object_ref (task));
}

static void
send_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GInputStream) stream = soup_session_send_finish (SOUP_SESSION (source), result,
                                                              &error);

  if (stream == NULL)
    {
      g_task_return_new_error (task, TPT_RELAY_ERROR, TPT_RELAY_ERROR_UNREACHABLE,
                               "Calendly cannot be reached: %s", error->message);
      return;
    }
  g_input_stream_read_bytes_async (stream, READ_SIZE, G_PRIORITY_DEFAULT,
                                   g_task_get_cancellable (task), read_cb, g_object_ref (task));
}

/* No redirect is followed: the token goes to the configured host and nowhere else. */
static void
ask (GTask      *task,
     const char *path)
{
  Identify *identify = g_task_get_task_data (task);
  g_autofree char *url = g_strconcat (identify->calendly->api_url, path, NULL);
  SoupMessageHeaders *headers;

  g_set_object (&identify->message, NULL);
  identify->message = soup_message_new ("GET", url);
  g_assert (identify->message != NULL);
  soup_message_add_flags (identify->message, SOUP_MESSAGE_NO_REDIRECT);
  headers = soup_message_get_request_headers (identify->message);
  soup_message_headers_replace (headers, "Authorization", identify->authorization);
  soup_message_headers_replace (headers, "Accept", "application/json");
  g_byte_array_set_size (identify->answer, 0);
  soup_session_send_async (identify->session, identify->message, G_PRIORITY_DEFAULT,
                           g_task_get_cancellable (task), send_cb, g_object_ref (task));
}

static void
enter_cb (gpointer who)
{
  g_autoptr (GTask) task = who;
  Identify *identify = g_task_get_task_data (task);

  identify->is_asked = TRUE;
  identify->session = soup_session_new_with_options ("user-agent", TPT_USER_AGENT,
                                                     "timeout", TIMEOUT_SECONDS, NULL);
  /* A small compressed answer can become a large one. */
  soup_session_remove_feature_by_type (identify->session, SOUP_TYPE_CONTENT_DECODER);
  ask (task, "/users/me");
}

/* One that waits ends here; one that has been asked ends where its answer is awaited. */
static void
give_up (GTask *task)
{
  Identify *identify = g_task_get_task_data (task);

  if (identify->is_asked)
    {
      g_cancellable_cancel (identify->cancellable);
      return;
    }
  if (!tpt_relay_turnstile_step_out (identify->calendly->turnstile, task))
    return;
  g_task_return_new_error (task, TPT_RELAY_ERROR, TPT_RELAY_ERROR_UNREACHABLE,
                           "Too many wait for Calendly.");
  g_object_unref (task);
}

static gboolean
deadline_cb (gpointer user_data)
{
  Identify *identify = user_data;

  identify->deadline = 0;
  give_up (identify->task);

  return G_SOURCE_REMOVE;
}

static void
stopping_cb (GCancellable *stopping,
             gpointer      user_data)
{
  TptRelayCalendly *self = user_data;
  g_autoptr (GPtrArray) all = g_ptr_array_new_with_free_func (g_object_unref);

  for (GList *link = self->questions.head; link != NULL; link = link->next)
    g_ptr_array_add (all, g_object_ref (link->data));
  for (guint i = 0; i < all->len; i++)
    give_up (all->pdata[i]);
}

static void
calendly_clear (gpointer data)
{
  TptRelayCalendly *self = data;

  tpt_relay_turnstile_free (self->turnstile);
  g_free (self->api_url);
  g_strfreev (self->organizations);
  g_object_unref (self->stopping);
}

/**
 * tpt_relay_calendly_new:
 * @api_url: without a slash at its end
 * @organizations: URIs of those that are served
 * @stopping: ends all questions
 */
TptRelayCalendly *
tpt_relay_calendly_new (const char         *api_url,
                        const char *const  *organizations,
                        GCancellable       *stopping)
{
  TptRelayCalendly *self = g_rc_box_new0 (TptRelayCalendly);

  self->api_url = g_strdup (api_url);
  self->organizations = g_strdupv ((char **) organizations);
  self->stopping = g_object_ref (stopping);
  self->turnstile = tpt_relay_turnstile_new (AT_ONCE_MAX, WAITING_MAX, enter_cb);
  g_queue_init (&self->questions);
  self->stopped = g_cancellable_connect (stopping, G_CALLBACK (stopping_cb), self, NULL);

  return self;
}

/* After @stopping. */
void
tpt_relay_calendly_free (TptRelayCalendly *self)
{
  if (self == NULL)
    return;
  g_cancellable_disconnect (self->stopping, self->stopped);
  g_rc_box_release_full (self, calendly_clear);
}

/**
 * tpt_relay_calendly_identify_async:
 * @token: the user's; used twice and forgotten
 * @preferred: (nullable): URI of the organization that is looked for first, where the user is in
 *   several that are served
 *
 * Asks GET /users/me, then GET /organization_memberships for that user. A session of its own, which
 * remembers nothing of the one who asked before.
 */
void
tpt_relay_calendly_identify_async (TptRelayCalendly    *self,
                                   const char          *token,
                                   const char          *preferred,
                                   GAsyncReadyCallback  callback,
                                   gpointer             user_data)
{
  Identify *identify = g_new0 (Identify, 1);
  g_autoptr (GTask) task = NULL;

  identify->cancellable = g_cancellable_new ();
  task = g_task_new (NULL, identify->cancellable, callback, user_data);
  g_task_set_source_tag (task, tpt_relay_calendly_identify_async);
  g_task_set_check_cancellable (task, FALSE);
  identify->calendly = g_rc_box_acquire (self);
  identify->task = task;
  identify->answer = g_byte_array_new ();
  identify->preferred = g_strdup (preferred);
  identify->authorization = g_strconcat ("Bearer ", token, NULL);
  identify->take = take_user;
  g_task_set_task_data (task, identify, identify_free);
  g_queue_push_tail (&self->questions, task);
  identify->deadline = g_timeout_add_seconds (QUESTION_SECONDS, deadline_cb, identify);
  g_object_ref (task);
  if (!g_cancellable_is_cancelled (self->stopping) &&
      tpt_relay_turnstile_line_up (self->turnstile, task))
    return;
  g_task_return_new_error (task, TPT_RELAY_ERROR, TPT_RELAY_ERROR_UNREACHABLE,
                           "Too many wait for Calendly.");
  g_object_unref (task);
}

/**
 * tpt_relay_calendly_identify_finish:
 *
 * Returns: (transfer full): without an organization where the user is in none that is served; NULL
 *   with TPT_RELAY_ERROR_REFUSED for an unknown token, _UNREACHABLE where Calendly gave no usable
 *   answer
 */
TptRelayIdentity *
tpt_relay_calendly_identify_finish (GAsyncResult  *result,
                                    GError       **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, tpt_relay_calendly_identify_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/* Anything else could become a header of its own on the way to Calendly. */
gboolean
tpt_relay_calendly_is_token (const char *text)
{
  gsize length = strlen (text);

  for (const char *c = text; *c != '\0'; c++)
    {
      if (!g_ascii_isgraph (*c))
        return FALSE;
    }

  return length > 0 && length <= TOKEN_MAX_BYTES;
}
