/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-listener-stream.h"

#include "tpt-config.h"

#include <glib/gi18n-lib.h>
#include <libsoup/soup.h>

#include "tpt-listener-error.h"
#include "tpt-secret.h"

#define CHUNK 65536

/* Until the relay has said how often it gives a sign of life. */
#define FIRST_HEARTBEAT 25

struct _TptListenerStream
{
  GObject parent_instance;

  char *url;
  char *token;
  TptRelayFrameFunc func;
  gpointer func_data;

  /* owned */
  SoupSession *session;
  TptRelayParser *parser;
  GInputStream *body;
  GCancellable *silence;   /* canceled when the other side has been silent for too long */
  GTask *held;             /* the run, while it must not read on */
  guint heartbeat;
  guint timer;
  guint retry_after;       /* seconds */
  gboolean is_silent;
  gboolean is_held;
};

G_DEFINE_FINAL_TYPE (TptListenerStream, tpt_listener_stream, G_TYPE_OBJECT)

static void read_next (GTask *task);

static gboolean
silence_cb (gpointer user_data)
{
  TptListenerStream *self = user_data;

  self->timer = 0;
  self->is_silent = TRUE;
  g_cancellable_cancel (self->silence);

  return G_SOURCE_REMOVE;
}

/* One heartbeat may get lost, and another be late, before the connection counts as dead. */
static void
expect_sign_of_life (TptListenerStream *self)
{
  g_clear_handle_id (&self->timer, g_source_remove);
  self->timer = g_timeout_add (self->heartbeat * 2500, silence_cb, self);
}

static void
end (GTask        *task,
     const GError *reason)
{
  TptListenerStream *self = g_task_get_source_object (task);

  g_clear_handle_id (&self->timer, g_source_remove);
  g_clear_object (&self->body);
  soup_session_abort (self->session);
  if (self->is_silent)
    g_task_return_new_error (task, TPT_LISTENER_ERROR, TPT_LISTENER_ERROR_UNREACHABLE, "%s",
                             _ ("The relay has fallen silent."));
  else if (reason == NULL)
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, tpt_listener_error_from_transport (reason));
}

static void
canceled_cb (GCancellable      *cancellable,
             TptListenerStream *self)
{
  g_cancellable_cancel (self->silence);
  tpt_listener_stream_hold (self, FALSE);
}

/* A relay that does not know the device answers in its own words; a proxy with nobody behind it
 * says 404, too. */
static GError *
read_status (TptListenerStream *self,
             SoupMessage       *message)
{
  SoupMessageHeaders *headers = soup_message_get_response_headers (message);
  const char *type = soup_message_headers_get_content_type (headers, NULL);
  const char *after = soup_message_headers_get_one (headers, "Retry-After");
  guint status = soup_message_get_status (message);
  guint64 seconds;

  if (after != NULL && g_ascii_string_to_unsigned (after, 10, 0, G_MAXUINT16, &seconds, NULL))
    self->retry_after = (guint) seconds;
  if (status == SOUP_STATUS_NOT_FOUND && g_strcmp0 (type, "application/json") == 0)
    status = SOUP_STATUS_UNAUTHORIZED;

  return tpt_listener_error_from_status (status, NULL);
}

static void
bytes_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes =
    g_input_stream_read_bytes_finish (G_INPUT_STREAM (source), result, &error);
  g_autoptr (GPtrArray) frames =
    g_ptr_array_new_with_free_func ((GDestroyNotify) tpt_relay_frame_free);
  TptListenerStream *self = g_task_get_source_object (task);

  /* What had come in before a hang-up comes again. */
  if (bytes != NULL && g_cancellable_set_error_if_cancelled (self->silence, &error))
    g_clear_pointer (&bytes, g_bytes_unref);
  if (bytes == NULL || g_bytes_get_size (bytes) == 0)
    {
      end (task, error);
      return;
    }

  expect_sign_of_life (self);
  if (!tpt_relay_parser_feed (self->parser, g_bytes_get_data (bytes, NULL),
                              g_bytes_get_size (bytes), frames, &error))
    {
      end (task, error);
      return;
    }
  /* Who is told may hang up; what is left of it comes again, too. */
  for (guint i = 0; i < frames->len && !g_cancellable_is_cancelled (self->silence); i++)
    self->func (g_ptr_array_index (frames, i), self->func_data);
  read_next (task);
}

static void
read_next (GTask *task)
{
  TptListenerStream *self = g_task_get_source_object (task);

  if (self->is_held)
    {
      /* A relay that is not listened to cannot be heard. */
      g_clear_handle_id (&self->timer, g_source_remove);
      self->held = g_object_ref (task);
      return;
    }
  g_input_stream_read_bytes_async (self->body, CHUNK, G_PRIORITY_DEFAULT, self->silence, bytes_cb,
                                   g_object_ref (task));
}

static void
send_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  TptListenerStream *self = g_task_get_source_object (task);
  SoupMessage *message = soup_session_get_async_result_message (SOUP_SESSION (source), result);
  const char *type;

  self->body = soup_session_send_finish (SOUP_SESSION (source), result, &error);
  if (self->body == NULL)
    {
      end (task, error);
      return;
    }
  if (soup_message_get_status (message) != SOUP_STATUS_OK)
    {
      error = read_status (self, message);
      end (task, error);
      return;
    }

  type = soup_message_headers_get_content_type (soup_message_get_response_headers (message), NULL);
  if (g_strcmp0 (type, "text/event-stream") != 0)
    {
      error = tpt_listener_error_from_status (0, NULL);
      end (task, error);
      return;
    }
  expect_sign_of_life (self);
  read_next (task);
}

static void
tpt_listener_stream_finalize (GObject *object)
{
  TptListenerStream *self = TPT_LISTENER_STREAM (object);

  g_clear_handle_id (&self->timer, g_source_remove);
  g_free (self->url);
  tpt_secret_free (self->token);
  g_clear_object (&self->body);
  g_clear_object (&self->held);
  g_object_unref (self->silence);
  g_object_unref (self->session);
  tpt_relay_parser_free (self->parser);

  G_OBJECT_CLASS (tpt_listener_stream_parent_class)->finalize (object);
}

static void
tpt_listener_stream_class_init (TptListenerStreamClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = tpt_listener_stream_finalize;
}

static void
tpt_listener_stream_init (TptListenerStream *self)
{
  self->session = soup_session_new_with_options ("user-agent", TPT_USER_AGENT, "timeout", 0u,
                                                 "idle-timeout", 0u, NULL);
  soup_session_remove_feature_by_type (self->session, SOUP_TYPE_CONTENT_DECODER);
  self->silence = g_cancellable_new ();
  self->parser = tpt_relay_parser_new ();
  self->heartbeat = FIRST_HEARTBEAT;
}

/**
 * tpt_listener_stream_new:
 * @url: the relay's address, without a slash at its end
 * @token: the device's
 */
TptListenerStream *
tpt_listener_stream_new (const char        *url,
                         const char        *token,
                         TptRelayFrameFunc  func,
                         gpointer           func_data)
{
  TptListenerStream *self = g_object_new (TPT_TYPE_LISTENER_STREAM, NULL);

  self->url = g_strdup (url);
  self->token = g_strdup (token);
  self->func = func;
  self->func_data = func_data;

  return self;
}

/* What the relay's hello said; a foolish figure is not believed. */
void
tpt_listener_stream_set_heartbeat (TptListenerStream *self,
                                   guint              seconds)
{
  g_return_if_fail (TPT_IS_LISTENER_STREAM (self));

  self->heartbeat = CLAMP (seconds, 1, 300);
  if (self->timer != 0)
    expect_sign_of_life (self);
}

/* How long the relay wants to be left alone, by its stream or by its refusal; 0 where it did not
 * say. */
TptTime
tpt_listener_stream_get_retry (TptListenerStream *self)
{
  TptTime retry = MAX (tpt_relay_parser_get_retry (self->parser), 0) * (TPT_SECOND / 1000);

  return MAX (retry, self->retry_after * TPT_SECOND);
}

/**
 * tpt_listener_stream_hold:
 *
 * While it is held, no more is read than what is on its way; the network's own flow control then
 * holds the relay.
 */
void
tpt_listener_stream_hold (TptListenerStream *self,
                          gboolean           is_held)
{
  g_autoptr (GTask) task = NULL;

  self->is_held = is_held;
  if (is_held)
    return;
  task = g_steal_pointer (&self->held);
  if (task == NULL)
    return;
  expect_sign_of_life (self);
  read_next (task);
}

/**
 * tpt_listener_stream_run_async:
 * @cursor: (nullable): the last event that was kept; without it the stream begins after the last
 *   ack
 *
 * Ends when the connection does: with %TRUE where the relay closed it, else with an error.
 */
void
tpt_listener_stream_run_async (TptListenerStream   *self,
                               const char          *cursor,
                               GCancellable        *cancellable,
                               GAsyncReadyCallback  callback,
                               gpointer             user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  g_autofree char *address = g_strconcat (self->url, "/v1/events", NULL);
  char *bearer;
  g_autoptr (SoupMessage) message = soup_message_new (SOUP_METHOD_GET, address);
  SoupMessageHeaders *headers;

  g_task_set_source_tag (task, tpt_listener_stream_run_async);
  if (message == NULL)
    {
      g_task_return_new_error (task, TPT_LISTENER_ERROR, TPT_LISTENER_ERROR_ADDRESS,
                               _ ("“%s” is no address."), self->url);
      return;
    }
  if (cancellable != NULL)
    g_signal_connect_object (cancellable, "cancelled", G_CALLBACK (canceled_cb), self, 0);

  soup_message_add_flags (message, SOUP_MESSAGE_NO_REDIRECT);
  headers = soup_message_get_request_headers (message);
  bearer = g_strconcat ("Bearer ", self->token, NULL);
  soup_message_headers_replace (headers, "Authorization", bearer);
  tpt_secret_free (bearer);
  soup_message_headers_replace (headers, "Accept", "text/event-stream");
  if (cursor != NULL)
    soup_message_headers_replace (headers, "Last-Event-ID", cursor);
  expect_sign_of_life (self);
  soup_session_send_async (self->session, message, G_PRIORITY_DEFAULT, self->silence, send_cb,
                           g_object_ref (task));
}

gboolean
tpt_listener_stream_run_finish (TptListenerStream  *self,
                                GAsyncResult       *result,
                                GError            **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
