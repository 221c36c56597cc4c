/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-api-exchange.h"

#include "tpt-config.h"

#include <glib/gi18n-lib.h>

#include "tpt-tls.h"
#include "tpt-unreachable.h"

/* What is decoded counts, not what is sent: 300 KB of gzip can be 300 MB. */
#define MAX_BODY   (8 * 1024 * 1024)
/* Most answers fit; a larger buffer would be a mapping of its own for each of them. */
#define CHUNK      (8 * 1024)
/* No service is believed that more than this is to come before it came. */
#define MAX_GUESS  (256 * 1024)
/* Of connections for one request. A server of HTTP/2 that says of each that it has not looked at
 * the request (RFC 9113, section 6.8) is called again by libsoup at once, without an end. */
#define MAX_CALLS  3
/* How long libsoup has for ending what it was told to end. It does not look at that while a window
 * of HTTP/2 is closed to what is being sent (RFC 9113, section 5.2). */
#define GRACE_MS   200

/* Lives as long as libsoup works for it, which may be longer than somebody waits. */
typedef struct
{
  GTask *task;             /* NULL once it has been answered */
  SoupMessage *message;
  GInputStream *stream;
  GByteArray *body;        /* with room behind what was read */
  guint length;            /* of what was read */
  GCancellable
      *inner; /* ends the exchange, be it for the caller, the deadline or a body without end */
  GCancellable *outer;
  gulong outer_handler;
  GSource *deadline;
  GSource *grace;          /* once @inner is cancelled */
  gulong network_handler;
  guint calls;             /* connections begun */
  gboolean late;
  gboolean outdated;       /* the other end speaks nothing newer than TLS 1.1 */
} Exchange;

static void read_on (Exchange *exchange);

static void
clear_source (GSource **source)
{
  if (*source != NULL)
    g_source_destroy (*source);
  g_clear_pointer (source, g_source_unref);
}

static void
exchange_free (Exchange *exchange)
{
  /* A stream that is not at its end would be drained on close, so that the connection can be used
   * again. */
  if (exchange->stream != NULL && !g_input_stream_is_closed (exchange->stream))
    g_cancellable_cancel (exchange->inner);
  if (exchange->outer != NULL)
    g_cancellable_disconnect (exchange->outer, exchange->outer_handler);
  clear_source (&exchange->deadline);
  clear_source (&exchange->grace);
  g_clear_object (&exchange->stream);
  g_signal_handler_disconnect (exchange->message, exchange->network_handler);
  g_clear_object (&exchange->message);
  g_clear_object (&exchange->inner);
  g_clear_object (&exchange->outer);
  g_clear_pointer (&exchange->body, g_byte_array_unref);
  g_free (exchange);
}

/* What is wrong with a certificate, which GnuTLS calls unacceptable. Returns: (nullable) */
static const char *
word_certificate (GTlsCertificateFlags flags)
{
  if ((flags & G_TLS_CERTIFICATE_BAD_IDENTITY) != 0)
    return _("its certificate is that of another host");
  if ((flags & G_TLS_CERTIFICATE_EXPIRED) != 0)
    return _("its certificate has expired; is the clock of this computer right?");
  if ((flags & G_TLS_CERTIFICATE_NOT_ACTIVATED) != 0)
    return _("its certificate is not valid yet; is the clock of this computer right?");
  if ((flags & G_TLS_CERTIFICATE_REVOKED) != 0)
    return _("its certificate was revoked");
  if ((flags & G_TLS_CERTIFICATE_UNKNOWN_CA) != 0)
    return _("nobody whom this computer trusts has signed its certificate");

  return NULL;
}

/* What is told of @error: (transfer full) */
static GError *
explain (Exchange *exchange,
         GError   *error)
{
  gboolean was_ended = g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  const char *distrust =
    word_certificate (soup_message_get_tls_peer_certificate_errors (exchange->message));
  GError *told = NULL;

  if (exchange->outdated)
    told = g_error_new_literal (G_TLS_ERROR, G_TLS_ERROR_HANDSHAKE,
                                _ ("the encryption that is offered is out of date"));
  else if (was_ended && exchange->calls > MAX_CALLS)
    told = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CONNECTION_CLOSED,
                                _ ("it ends each connection without an answer"));
  else if (was_ended && exchange->late)
    told = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_TIMED_OUT, "Deadline");
  else if (distrust != NULL && g_error_matches (error, G_TLS_ERROR, G_TLS_ERROR_BAD_CERTIFICATE))
    told = g_error_new_literal (G_TLS_ERROR, G_TLS_ERROR_BAD_CERTIFICATE, distrust);
  else if (was_ended || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_MESSAGE_TOO_LARGE))
    return error;
  else
    told = g_error_new_literal (error->domain, error->code, tpt_unreachable_get_reason (error));
  /* The words of a library are for who looks for the fault. */
  g_info ("No answer from Calendly: %s", error->message);
  g_error_free (error);

  return told;
}

/* @error: (transfer full) */
static void
tell (Exchange *exchange,
      GError   *error)
{
  g_autoptr (GTask) task = g_steal_pointer (&exchange->task);

  g_task_return_error (task, explain (exchange, error));
}

/* The last that libsoup has to do with it. */
static void
end_with_error (Exchange *exchange,
                GError   *error)
{
  if (exchange->task != NULL)
    tell (exchange, error);
  else
    g_error_free (error);
  exchange_free (exchange);
}

static gboolean
grace_cb (gpointer user_data)
{
  Exchange *exchange = user_data;

  tell (exchange, g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CANCELLED, "Abandoned"));

  return G_SOURCE_REMOVE;
}

/* Tells libsoup to end it, which may be done before this returns. */
static void
end (Exchange *exchange)
{
  if (exchange->grace == NULL && exchange->task != NULL)
    {
      exchange->grace = g_timeout_source_new (GRACE_MS);
      g_source_set_callback (exchange->grace, grace_cb, exchange, NULL);
      g_source_attach (exchange->grace, g_task_get_context (exchange->task));
    }
  g_cancellable_cancel (exchange->inner);
}

static gboolean
deadline_cb (gpointer user_data)
{
  Exchange *exchange = user_data;

  exchange->late = TRUE;
  end (exchange);

  return G_SOURCE_REMOVE;
}

/* GnuTLS still takes TLS 1.0 and 1.1 (RFC 8996 says no one should); nothing has been sent at this
 * point, and a token must not be. Whoever is called too often is not called any more. */
static void
network_event_cb (SoupMessage        *message,
                  GSocketClientEvent  event,
                  GIOStream          *connection,
                  gpointer            user_data)
{
  Exchange *exchange = user_data;

  if (event == G_SOCKET_CLIENT_RESOLVING)
    exchange->calls++;
  exchange->outdated |= tpt_tls_is_outdated (event, connection);
  if (exchange->outdated || exchange->calls > MAX_CALLS)
    end (exchange);
}

static void
outer_cancelled_cb (GCancellable *outer,
                    gpointer      user_data)
{
  end (user_data);
}

/* How much of the answer is asked for first: all of it and the place where its end shows, where the
 * service says how much that is. */
static guint
guess_size (SoupMessage *message)
{
  SoupMessageHeaders *headers = soup_message_get_response_headers (message);
  goffset length = 0;

  if (soup_message_headers_get_encoding (headers) == SOUP_ENCODING_CONTENT_LENGTH)
    length = soup_message_headers_get_content_length (headers);

  return length > 0 && length < MAX_GUESS ? (guint) length + 1 : CHUNK;
}

static void
end_of_body (Exchange *exchange)
{
  g_autoptr (GTask) task = g_steal_pointer (&exchange->task);

  /* At its end there is nothing left to wait for, so this does not block. */
  g_input_stream_close (exchange->stream, NULL, NULL);
  g_byte_array_set_size (exchange->body, exchange->length);
  if (task != NULL)
    g_task_return_pointer (task, g_steal_pointer (&exchange->body),
                           (GDestroyNotify) g_byte_array_unref);
  exchange_free (exchange);
}

/* Whether to go on after a read that brought @length bytes. */
static gboolean
take_read (Exchange *exchange,
           gssize    length,
           GError   *error)
{
  if (length < 0)
    {
      end_with_error (exchange, error);
      return FALSE;
    }
  if (length == 0)
    {
      end_of_body (exchange);
      return FALSE;
    }
  exchange->length += (guint) length;
  if (exchange->length > MAX_BODY)
    {
      end_with_error (exchange,
                      g_error_new_literal (G_IO_ERROR, G_IO_ERROR_MESSAGE_TOO_LARGE,
                                           _ ("the answer is larger than any that makes sense")));
      return FALSE;
    }
  if (exchange->length == exchange->body->len)
    g_byte_array_set_size (exchange->body, exchange->length + CHUNK);

  return TRUE;
}

static void
read_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  GError *error = NULL;
  gssize length = g_input_stream_read_finish (G_INPUT_STREAM (source), result, &error);

  if (take_read (user_data, length, error))
    read_on (user_data);
}

/* What has arrived is read at once: a small answer whole, without a turn of the main loop for each
 * of its pieces. What has not is waited for. */
static void
read_on (Exchange *exchange)
{
  GPollableInputStream *pollable =
    G_IS_POLLABLE_INPUT_STREAM (exchange->stream)
      && g_pollable_input_stream_can_poll (G_POLLABLE_INPUT_STREAM (exchange->stream))
    ? G_POLLABLE_INPUT_STREAM (exchange->stream)
    : NULL;
  g_autoptr (GError) error = NULL;

  while (pollable != NULL)
    {
      gssize length = g_pollable_input_stream_read_nonblocking (
        pollable, exchange->body->data + exchange->length, exchange->body->len - exchange->length,
        exchange->inner, &error);

      if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_WOULD_BLOCK))
        break;
      if (!take_read (exchange, length, g_steal_pointer (&error)))
        return;
    }
  g_input_stream_read_async (exchange->stream, exchange->body->data + exchange->length,
                             exchange->body->len - exchange->length, G_PRIORITY_DEFAULT,
                             exchange->inner, read_cb, exchange);
}

static void
sent_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  Exchange *exchange = user_data;
  GError *error = NULL;

  exchange->stream = soup_session_send_finish (SOUP_SESSION (source), result, &error);
  if (exchange->stream == NULL)
    {
      end_with_error (exchange, error);
      return;
    }
  g_byte_array_set_size (exchange->body, guess_size (exchange->message));
  read_on (exchange);
}

/**
 * tpt_api_exchange_async:
 * @deadline_ms: how long it may take from the first byte of the request to the last of the answer
 * @cancellable: (nullable): to be cancelled on this thread
 *
 * Sends @message and reads the answer's body, whatever its status, up to 8 MiB.
 */
void
tpt_api_exchange_async (SoupSession         *session,
                        SoupMessage         *message,
                        guint                deadline_ms,
                        GCancellable        *cancellable,
                        GAsyncReadyCallback  callback,
                        gpointer             user_data)
{
  Exchange *exchange = g_new0 (Exchange, 1);

  exchange->task = g_task_new (session, NULL, callback, user_data);
  g_task_set_source_tag (exchange->task, tpt_api_exchange_async);
  exchange->message = g_object_ref (message);
  exchange->network_handler
      = g_signal_connect (message, "network-event", G_CALLBACK (network_event_cb), exchange);
  exchange->body = g_byte_array_new ();
  exchange->inner = g_cancellable_new ();
  exchange->deadline = g_timeout_source_new (deadline_ms);
  g_source_set_callback (exchange->deadline, deadline_cb, exchange, NULL);
  g_source_attach (exchange->deadline, g_task_get_context (exchange->task));
  if (cancellable != NULL)
    {
      exchange->outer = g_object_ref (cancellable);
      exchange->outer_handler
          = g_cancellable_connect (cancellable, G_CALLBACK (outer_cancelled_cb), exchange, NULL);
    }

  soup_session_send_async (session, message, G_PRIORITY_DEFAULT, exchange->inner, sent_cb,
                           exchange);
}

/**
 * tpt_api_exchange_finish:
 *
 * Returns: (transfer full) (nullable): the body; %NULL with an error of the transport,
 *   %G_IO_ERROR_TIMED_OUT past the
 *   deadline, or %G_IO_ERROR_MESSAGE_TOO_LARGE
 */
GByteArray *
tpt_api_exchange_finish (SoupSession   *session,
                         GAsyncResult  *result,
                         GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, session), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
