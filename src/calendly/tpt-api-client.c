/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-api-client.h"

#include <libsoup/soup.h>

#include "tpt-api-answer.h"
#include "tpt-api-call.h"
#include "tpt-api-exchange.h"
#include "tpt-api-limits.h"
#include "tpt-api-outcome.h"
#include "tpt-api-retry.h"
#include "tpt-api-session.h"

#define CONNECTIONS 8
#define DEADLINE_MS (60 * 1000)

/* A person does not wait longer than this for a link or a booking; whoever reads in the
 * background does. */
#define MAX_URGENT_WAIT_MS 5000

struct _TptApiClient
{
  GObject parent_instance;

  char *base_url;
  TptTokenSource *tokens;
  TptApiSession *session;
  TptApiLimits limits;
  GQueue waiting;          /* (element-type GTask): for a connection */
  TptApiTimer timer;
  guint deadline_ms;
  guint requests;
  guint retries;
};

G_DEFINE_FINAL_TYPE (TptApiClient, tpt_api_client, G_TYPE_OBJECT)

static void pace (GTask *task);

static void
return_error (GTask  *task,
              GError *error)
{
  g_task_return_error (task, error);
  g_object_unref (task);
}

static gboolean
waited_cb (gpointer user_data)
{
  GTask *task = user_data;
  TptApiCall *call = g_task_get_task_data (task);

  tpt_api_call_wait (call, NULL);
  if (g_task_return_error_if_cancelled (task))
    g_object_unref (task);
  else
    pace (task);

  return G_SOURCE_REMOVE;
}

/* Takes up the call again after @milliseconds, or at once when it is canceled. */
static void
wait_and_pace (GTask *task,
               guint  milliseconds)
{
  TptApiClient *self = g_task_get_source_object (task);
  TptApiCall *call = g_task_get_task_data (task);

  tpt_api_call_wait (call, self->timer.after (milliseconds, self->timer.user_data));
  tpt_api_call_end_wait_with (call, g_task_get_cancellable (task));
  g_source_set_callback (call->wait, waited_cb, task, NULL);
  g_source_attach (call->wait, g_task_get_context (task));
}

/* A request has ended, and others may go. One that has to wait for the limits leaves its place to
 * the next. */
static void
answered (TptApiClient       *self,
          SoupMessageHeaders *headers)
{
  tpt_api_limits_answered (&self->limits, headers, self->timer.now (self->timer.user_data));
  while (self->limits.in_flight < CONNECTIONS && !g_queue_is_empty (&self->waiting))
    {
      GTask *task = g_queue_pop_head (&self->waiting);

      tpt_api_call_wait (g_task_get_task_data (task), NULL);
      pace (task);
    }
}

static gboolean
cancelled_cb (GCancellable *cancellable,
              gpointer      user_data)
{
  GTask *task = user_data;
  TptApiClient *self = g_task_get_source_object (task);
  TptApiCall *call = g_task_get_task_data (task);

  g_queue_remove (&self->waiting, task);
  tpt_api_call_wait (call, NULL);
  g_task_return_error_if_cancelled (task);
  g_object_unref (task);

  return G_SOURCE_REMOVE;
}

/* Takes up the call when a connection is free; what a person waits for goes first. */
static void
queue (GTask *task)
{
  TptApiClient *self = g_task_get_source_object (task);
  TptApiCall *call = g_task_get_task_data (task);

  if (g_task_get_cancellable (task) != NULL)
    {
      tpt_api_call_wait (call, g_cancellable_source_new (g_task_get_cancellable (task)));
      g_source_set_callback (call->wait, G_SOURCE_FUNC (cancelled_cb), task, NULL);
      g_source_attach (call->wait, g_task_get_context (task));
    }
  if (call->urgent)
    g_queue_push_head (&self->waiting, task);
  else
    g_queue_push_tail (&self->waiting, task);
}

/* Sends it again where @action and the tries that are left say so; else it becomes @error. */
static void
retry_or_return (GTask              *task,
                 TptApiAction        action,
                 SoupMessageHeaders *headers,
                 GError             *error)
{
  TptApiClient *self = g_task_get_source_object (task);
  TptApiCall *call = g_task_get_task_data (task);
  guint delay_ms;

  if (!tpt_api_retry_decide (action, call->tries, headers, &delay_ms)
      || (call->urgent && delay_ms > MAX_URGENT_WAIT_MS))
    {
      return_error (task, error);
      return;
    }
  g_error_free (error);
  self->retries++;
  wait_and_pace (task, delay_ms);
}

static void
return_answer (GTask       *task,
               TptJsonTree *answer)
{
  TptApiClient *self = g_task_get_source_object (task);
  TptApiCall *call = g_task_get_task_data (task);

  tpt_token_source_note_answer (self->tokens, call->endpoint->scope);
  g_task_return_pointer (task, answer, (GDestroyNotify) tpt_json_tree_free);
  g_object_unref (task);
}

/* @answer is what could be read, or @error says why not. */
static void
take_answer (GTask       *task,
             TptJsonTree *answer,
             GError      *error)
{
  TptApiCall *call = g_task_get_task_data (task);

  if (answer != NULL)
    return_answer (task, answer);
  else if (call->tries == 1 && call->endpoint->repeatable
           && g_error_matches (error, TPT_API_ERROR, TPT_API_ERROR_PROTOCOL))
    /* A chunked body that was cut off looks complete to libsoup, so it may be that and no more. */
    retry_or_return (task, TPT_API_ACTION_REPEAT, NULL, error);
  else
    return_error (task, error);
}

static void
answer_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  GError *error = NULL;
  TptJsonTree *answer = tpt_api_answer_read_finish (result, &error);

  take_answer (user_data, answer, error);
}

static void
refresh (GTask *task)
{
  TptApiCall *call = g_task_get_task_data (task);

  call->refused = TRUE;
  call->rejected = g_steal_pointer (&call->token);
  pace (task);
}

static void
judge (GTask      *task,
       GByteArray *body)
{
  TptApiClient *self = g_task_get_source_object (task);
  TptApiCall *call = g_task_get_task_data (task);
  SoupMessageHeaders *headers = soup_message_get_response_headers (call->message);
  guint status = soup_message_get_status (call->message);
  g_autoptr (TptJsonTree) tree
      = SOUP_STATUS_IS_SUCCESSFUL (status) ? NULL : tpt_api_answer_peek (call->message, body);
  const TptJsonValue *root = tree != NULL ? tpt_json_tree_get_root (tree) : NULL;
  TptApiOutcome outcome = tpt_api_outcome_decide (call->endpoint, status, root, NULL);
  GError *error = NULL;

  if (tpt_api_answer_is_foreign (status, body, tree))
    take_answer (task, NULL, tpt_api_error_new (call->endpoint, TPT_API_ERROR_UNAVAILABLE, 0, NULL,
                                                NULL));
  else if (outcome.action == TPT_API_ACTION_READ && tpt_api_answer_is_large (body))
    tpt_api_answer_read_async (call->message, body, call->endpoint,
                               g_task_get_cancellable (task), answer_cb, task);
  else if (outcome.action == TPT_API_ACTION_READ)
    {
      TptJsonTree *answer = tpt_api_answer_read (call->message, body, call->endpoint, &error);

      take_answer (task, answer, error);
    }
  else if (outcome.action == TPT_API_ACTION_DONE)
    return_answer (task, tpt_json_tree_new_null ());
  else if (outcome.action == TPT_API_ACTION_REFRESH && !call->refused)
    refresh (task);
  else
    {
      error = tpt_api_error_new (call->endpoint, outcome.code, status, root, NULL);
      tpt_token_source_note_refusal (self->tokens, error);
      retry_or_return (task, outcome.action, headers, error);
    }
}

static void
exchange_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  GTask *task = user_data;
  TptApiClient *self = g_task_get_source_object (task);
  TptApiCall *call = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (GByteArray) body = tpt_api_exchange_finish (SOUP_SESSION (source), result, &error);

  answered (self, soup_message_get_response_headers (call->message));
  if (body == NULL)
    {
      TptApiOutcome outcome = tpt_api_outcome_decide (call->endpoint, 0, NULL, error);

      tpt_api_session_doubt (self->session, SOUP_SESSION (source));
      retry_or_return (task, outcome.action, NULL,
                       tpt_api_error_new (call->endpoint, outcome.code, 0, NULL, error));
      return;
    }
  judge (task, body);
}

/* With @token, or not at all for @error. */
static void
send (GTask  *task,
      char   *token,
      GError *error)
{
  TptApiClient *self = g_task_get_source_object (task);
  TptApiCall *call = g_task_get_task_data (task);

  if (token == NULL || !tpt_api_call_take_token (call, token, &error))
    {
      answered (self, NULL);
      return_error (task, error);
      return;
    }

  call->tries++;
  self->requests++;
  tpt_api_exchange_async (tpt_api_session_get (self->session), call->message, self->deadline_ms,
                          g_task_get_cancellable (task), exchange_cb, task);
}

static void
token_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  GError *error = NULL;
  char *token = tpt_token_source_get_token_finish (TPT_TOKEN_SOURCE (source), result, &error);

  send (user_data, token, error);
}

/* Most requests go off with the token of the one before; only some have to wait for one. */
static void
send_with_token (GTask *task)
{
  TptApiClient *self = g_task_get_source_object (task);
  TptApiCall *call = g_task_get_task_data (task);
  GCancellable *cancellable = g_task_get_cancellable (task);
  char *token = NULL;

  if (call->rejected == NULL && !g_cancellable_is_cancelled (cancellable))
    token = tpt_token_source_dup_token (self->tokens);
  if (token != NULL)
    send (task, token, NULL);
  else
    tpt_token_source_get_token_async (self->tokens, call->rejected, cancellable, token_cb, task);
}

/* Begins a request, later where the limits say so. */
static void
pace (GTask *task)
{
  TptApiClient *self = g_task_get_source_object (task);
  TptApiCall *call = g_task_get_task_data (task);
  gint64 delay_ms = tpt_api_limits_get_delay (&self->limits,
                                              self->timer.now (self->timer.user_data), call->urgent)
                    / 1000;

  if (call->urgent && delay_ms > MAX_URGENT_WAIT_MS)
    return_error (task, tpt_api_error_new (call->endpoint, TPT_API_ERROR_RATE_LIMITED,
                                           TPT_API_STATUS_LIMITED, NULL, NULL));
  else if (delay_ms > 0)
    wait_and_pace (task, (guint) delay_ms + 1);
  else if (self->limits.in_flight >= CONNECTIONS)
    queue (task);
  else
    {
      tpt_api_limits_sent (&self->limits);
      send_with_token (task);
    }
}

static void
tpt_api_client_finalize (GObject *object)
{
  TptApiClient *self = TPT_API_CLIENT (object);

  g_clear_object (&self->tokens);
  tpt_api_session_free (self->session);
  g_free (self->base_url);

  G_OBJECT_CLASS (tpt_api_client_parent_class)->finalize (object);
}

static void
tpt_api_client_class_init (TptApiClientClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = tpt_api_client_finalize;
}

static void
tpt_api_client_init (TptApiClient *self)
{
  self->timer = tpt_api_timer_system;
  self->deadline_ms = DEADLINE_MS;
  self->session = tpt_api_session_new (CONNECTIONS);
}

/**
 * tpt_api_client_new:
 * @base_url: such as `https://api.calendly.com`
 * @tokens: where the bearer tokens come from
 */
TptApiClient *
tpt_api_client_new (const char     *base_url,
                    TptTokenSource *tokens)
{
  TptApiClient *self;

  g_return_val_if_fail (base_url != NULL, NULL);
  g_return_val_if_fail (TPT_IS_TOKEN_SOURCE (tokens), NULL);

  self = g_object_new (TPT_TYPE_API_CLIENT, NULL);
  self->base_url = g_strdup (base_url);
  if (g_str_has_suffix (base_url, "/"))
    self->base_url[strlen (base_url) - 1] = '\0';
  self->tokens = g_object_ref (tokens);

  return self;
}

/** tpt_api_client_set_timer: how to wait between requests, where not as the system does */
void
tpt_api_client_set_timer (TptApiClient      *self,
                          const TptApiTimer *timer)
{
  g_return_if_fail (TPT_IS_API_CLIENT (self));

  self->timer = *timer;
}

/**
 * tpt_api_client_set_trust:
 * @trust: who says that the service is the service, instead of those whom the system trusts
 */
void
tpt_api_client_set_trust (TptApiClient *self,
                          GTlsDatabase *trust)
{
  g_return_if_fail (TPT_IS_API_CLIENT (self));

  tpt_api_session_set_trust (self->session, trust);
}

/**
 * tpt_api_client_set_deadline:
 *
 * How long one request may take, answer included; a minute where not set
 */
void
tpt_api_client_set_deadline (TptApiClient *self,
                             guint         milliseconds)
{
  g_return_if_fail (TPT_IS_API_CLIENT (self));

  self->deadline_ms = milliseconds;
}

/** tpt_api_client_get_requests: how many requests were sent, retries included */
guint
tpt_api_client_get_requests (TptApiClient *self)
{
  g_return_val_if_fail (TPT_IS_API_CLIENT (self), 0);

  return self->requests;
}

/** tpt_api_client_get_retries: how many of them repeated one that had failed */
guint
tpt_api_client_get_retries (TptApiClient *self)
{
  g_return_val_if_fail (TPT_IS_API_CLIENT (self), 0);

  return self->retries;
}

/**
 * tpt_api_client_send_async:
 * @method: "GET", "POST", "DELETE"
 * @path: begins with a slash, put together from parts that were looked at; with @method one of
 *   tpt_api_endpoint_list()
 * @query: (nullable): as tpt_api_query_new() makes it
 * @body: (nullable): what to send
 *
 * Sends a request, again where tpt_api_outcome_decide() says that this makes sense; whatever
 * changes something only if it need not wait long.
 */
void
tpt_api_client_send_async (TptApiClient        *self,
                           const char          *method,
                           const char          *path,
                           const char          *query,
                           JsonNode            *body,
                           GCancellable        *cancellable,
                           GAsyncReadyCallback  callback,
                           gpointer             user_data)
{
  const TptApiEndpoint *endpoint;
  g_autofree char *address = NULL;
  GTask *task;

  g_return_if_fail (TPT_IS_API_CLIENT (self));
  g_return_if_fail (method != NULL);
  g_return_if_fail (path != NULL && *path == '/');
  endpoint = tpt_api_endpoint_find (method, path);
  g_return_if_fail (endpoint != NULL);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, tpt_api_client_send_async);
  address = g_strconcat (self->base_url, path, query != NULL && *query != '\0' ? "?" : NULL, query,
                         NULL);
  g_task_set_task_data (task, tpt_api_call_new (endpoint, address, body),
                        (GDestroyNotify) tpt_api_call_free);
  pace (task);
}

/**
 * tpt_api_client_send_finish:
 *
 * Returns: (transfer full) (nullable): the answer; JSON's null where there is nothing to read: the
 *   service answers with nothing (204), or says that what was asked for is so already. %NULL with
 *   %TPT_API_ERROR, %G_IO_ERROR_CANCELLED, or what the token source reported
 */
TptJsonTree *
tpt_api_client_send_finish (TptApiClient  *self,
                            GAsyncResult  *result,
                            GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
