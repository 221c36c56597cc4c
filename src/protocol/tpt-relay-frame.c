/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-relay-frame.h"

#include <string.h>

#define BYTE_ORDER_MARK "\xef\xbb\xbf"

struct _TptRelayParser
{
  GString  *line;
  GString  *data;
  char     *event;
  char     *id;
  int       retry;
  gboolean  has_data;
  gboolean  is_first_line;
  gboolean  skip_newline; /* the last byte was CR: an LF now belongs to it */
};

void
tpt_relay_frame_free (TptRelayFrame *frame)
{
  if (frame == NULL)
    return;
  g_free (frame->event);
  g_free (frame->id);
  g_free (frame->data);
  g_free (frame);
}

static gboolean
is_one_line (const char *text)
{
  return strpbrk (text, "\r\n") == NULL;
}

/**
 * tpt_relay_frame_append:
 * @event: one line
 * @id: (nullable): one line
 * @data: may have several lines
 *
 * Writes one event of a text/event-stream (WHATWG HTML, section 9.2).
 */
void
tpt_relay_frame_append (GString    *stream,
                        const char *event,
                        const char *id,
                        const char *data)
{
  g_auto (GStrv) lines = NULL;

  g_return_if_fail (event != NULL && is_one_line (event));
  g_return_if_fail (id == NULL || is_one_line (id));
  g_return_if_fail (data != NULL && strchr (data, '\r') == NULL);

  g_string_append_printf (stream, "event: %s\n", event);
  if (id != NULL)
    g_string_append_printf (stream, "id: %s\n", id);
  lines = g_strsplit (data, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    {
      g_string_append (stream, "data: ");
      g_string_append (stream, lines[i]);
      g_string_append_c (stream, '\n');
    }
  if (lines[0] == NULL)
    g_string_append (stream, "data:\n");
  g_string_append_c (stream, '\n');
}

/* A line that readers skip: a heartbeat. */
void
tpt_relay_frame_append_comment (GString    *stream,
                                const char *comment)
{
  g_return_if_fail (comment != NULL && is_one_line (comment));

  g_string_append_printf (stream, ": %s\n\n", comment);
}

/* How long a reader should wait before it connects again. */
void
tpt_relay_frame_append_retry (GString *stream,
                              guint    milliseconds)
{
  g_string_append_printf (stream, "retry: %u\n\n", milliseconds);
}

static void
dispatch (TptRelayParser *self,
          GPtrArray      *frames)
{
  if (self->has_data)
    {
      TptRelayFrame *frame = g_new0 (TptRelayFrame, 1);

      g_string_truncate (self->data, self->data->len - 1);
      frame->event = self->event != NULL && self->event[0] != '\0' ? g_strdup (self->event)
                                                                   : g_strdup ("message");
      frame->id = g_steal_pointer (&self->id);
      frame->data = g_strndup (self->data->str, self->data->len);
      g_ptr_array_add (frames, frame);
    }
  g_string_truncate (self->data, 0);
  self->has_data = FALSE;
  g_clear_pointer (&self->event, g_free);
  g_clear_pointer (&self->id, g_free);
}

static void
take_retry (TptRelayParser *self,
            const char     *value)
{
  guint64 milliseconds;

  if (g_ascii_string_to_unsigned (value, 10, 0, G_MAXINT, &milliseconds, NULL))
    self->retry = (int) milliseconds;
}

static void
take_field (TptRelayParser *self,
            const char     *name,
            const char     *value)
{
  if (strcmp (name, "data") == 0)
    {
      g_string_append (self->data, value);
      g_string_append_c (self->data, '\n');
      self->has_data = TRUE;
    }
  else if (strcmp (name, "event") == 0)
    {
      g_free (self->event);
      self->event = g_strdup (value);
    }
  else if (strcmp (name, "id") == 0)
    {
      g_free (self->id);
      self->id = g_strdup (value);
    }
  else if (strcmp (name, "retry") == 0)
    {
      take_retry (self, value);
    }
}

static void
take_line (TptRelayParser *self,
           GPtrArray      *frames)
{
  char *line = self->line->str;
  char *value;

  if (self->is_first_line && g_str_has_prefix (line, BYTE_ORDER_MARK))
    line += strlen (BYTE_ORDER_MARK);
  self->is_first_line = FALSE;

  if (line[0] == '\0')
    {
      dispatch (self, frames);
    }
  else if (line[0] != ':')
    {
      value = strchr (line, ':');
      if (value != NULL)
        *value++ = '\0';
      if (value != NULL && *value == ' ')
        value++;
      take_field (self, line, value != NULL ? value : "");
    }
  g_string_truncate (self->line, 0);
}

TptRelayParser *
tpt_relay_parser_new (void)
{
  TptRelayParser *self = g_new0 (TptRelayParser, 1);

  self->line = g_string_new (NULL);
  self->data = g_string_new (NULL);
  self->retry = -1;
  self->is_first_line = TRUE;

  return self;
}

void
tpt_relay_parser_free (TptRelayParser *self)
{
  if (self == NULL)
    return;
  g_string_free (self->line, TRUE);
  g_string_free (self->data, TRUE);
  g_free (self->event);
  g_free (self->id);
  g_free (self);
}

/**
 * tpt_relay_parser_feed:
 * @bytes: the next bytes of a stream, cut anywhere
 * @frames: (element-type TptRelayFrame): complete events are appended
 *
 * Reads a text/event-stream piece by piece. Comments and unknown fields are skipped; whoever wants
 * to know that the peer lives looks at the bytes themselves.
 *
 * Returns: FALSE with TPT_PROTOCOL_ERROR_JSON for a NUL or broken UTF-8 in a line, _LIMIT for an
 *   event beyond TPT_RELAY_FRAME_MAX; the parser is of no use from then on
 */
gboolean
tpt_relay_parser_feed (TptRelayParser  *self,
                       const void      *bytes,
                       gsize            length,
                       GPtrArray       *frames,
                       GError         **error)
{
  const char *text = bytes;

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (frames != NULL, FALSE);

  for (gsize i = 0; i < length; i++)
    {
      gboolean is_end = text[i] == '\r' || (text[i] == '\n' && !self->skip_newline);
      gboolean is_swallowed = text[i] == '\n' && self->skip_newline;

      self->skip_newline = text[i] == '\r';
      if (is_end && !g_utf8_validate_len (self->line->str, self->line->len, NULL))
        {
          g_set_error_literal (error, TPT_PROTOCOL_ERROR, TPT_PROTOCOL_ERROR_JSON,
                               "The stream is not UTF-8");
          return FALSE;
        }
      if (is_end)
        take_line (self, frames);
      else if (!is_swallowed)
        g_string_append_c (self->line, text[i]);
      if (self->line->len + self->data->len > TPT_RELAY_FRAME_MAX)
        {
          g_set_error_literal (error, TPT_PROTOCOL_ERROR, TPT_PROTOCOL_ERROR_LIMIT,
                               "An event of the stream is too long");
          return FALSE;
        }
    }

  return TRUE;
}

/* Milliseconds of the last `retry:`, -1 where none came. */
int
tpt_relay_parser_get_retry (TptRelayParser *self)
{
  g_return_val_if_fail (self != NULL, -1);

  return self->retry;
}
