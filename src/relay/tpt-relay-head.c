/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-relay-head.h"

#include <string.h>

#define FIELDS_MAX 100
#define NOT_FOUND (-1)
#define BROKEN (-2)

void
tpt_relay_head_free (TptRelayHead *self)
{
  if (self == NULL)
    return;
  g_free (self->method);
  g_free (self->path);
  g_free (self->query);
  g_ptr_array_unref (self->names);
  g_ptr_array_unref (self->values);
  g_free (self);
}

/**
 * tpt_relay_head_find_end:
 *
 * Returns: how many bytes the head has with its empty line; -1 while it is not complete; -2 where
 *   it can never be one: a line that ends without CR, or more than TPT_RELAY_HEAD_MAX
 */
gssize
tpt_relay_head_find_end (const char *bytes,
                         gsize       length)
{
  const char *at = bytes;
  const char *end;
  const char *line = bytes;

  /* There may be no bytes at all, and no place to add anything to. */
  if (length == 0)
    return NOT_FOUND;
  end = bytes + length;
  while (at < end && (at = memchr (at, '\n', (gsize) (end - at))) != NULL)
    {
      if (at == bytes || at[-1] != '\r')
        return BROKEN;
      if (at - line == 1)
        return at + 1 - bytes <= TPT_RELAY_HEAD_MAX ? at + 1 - bytes : BROKEN;
      line = ++at;
    }

  return length < TPT_RELAY_HEAD_MAX ? NOT_FOUND : BROKEN;
}

/* RFC 9110 section 5.6.2. */
static gboolean
is_token (const char *text)
{
  static const char extra[] = "!#$%&'*+-.^_`|~";

  if (*text == '\0')
    return FALSE;
  for (; *text != '\0'; text++)
    {
      if (!g_ascii_isalnum (*text) && strchr (extra, *text) == NULL)
        return FALSE;
    }

  return TRUE;
}

/* `METHOD SP /target SP HTTP/1.x`: origin form only, so that no second host can hide in it. */
static gboolean
parse_request_line (TptRelayHead *self,
                    const char   *line)
{
  g_auto (GStrv) parts = g_strsplit (line, " ", 4);
  char *question;

  if (g_strv_length (parts) != 3 || !is_token (parts[0]) || parts[1][0] != '/')
    return FALSE;
  for (const char *c = parts[1]; *c != '\0'; c++)
    {
      if (!g_ascii_isgraph (*c) || *c == '#')
        return FALSE;
    }
  if (strcmp (parts[2], "HTTP/1.1") == 0)
    self->keep_alive = TRUE;
  else if (strcmp (parts[2], "HTTP/1.0") != 0)
    return FALSE;

  self->method = g_strdup (parts[0]);
  question = strchr (parts[1], '?');
  if (question != NULL)
    {
      *question = '\0';
      self->query = g_strdup (question + 1);
    }
  self->path = g_strdup (parts[1]);

  return TRUE;
}

/* Blanks and tabs only (RFC 9110 section 5.6.3): a form feed is no white space of a header's. */
static const char *
strip (char *value)
{
  gsize length;

  value += strspn (value, " \t");
  length = strlen (value);
  while (length > 0 && (value[length - 1] == ' ' || value[length - 1] == '\t'))
    value[--length] = '\0';

  return value;
}

/* A name that starts with white space would be a folded line (obsolete by RFC 9112 section 5.2),
 * one that ends with it a way to hide a field from a proxy; neither is a token. */
static gboolean
parse_field (TptRelayHead *self,
             char         *line)
{
  char *colon = strchr (line, ':');
  const char *value;

  if (colon == NULL || self->names->len >= FIELDS_MAX)
    return FALSE;
  *colon = '\0';
  if (!is_token (line))
    return FALSE;
  value = strip (colon + 1);
  for (const char *c = value; *c != '\0'; c++)
    {
      if ((guchar) *c < 0x20 ? *c != '\t' : *c == 0x7f)
        return FALSE;
    }
  g_ptr_array_add (self->names, g_ascii_strdown (line, -1));
  g_ptr_array_add (self->values, g_strdup (value));

  return TRUE;
}

static gboolean
parse_lines (TptRelayHead *self,
             const char   *bytes,
             gsize         length)
{
  g_autofree char *text = g_strndup (bytes, length);
  g_auto (GStrv) lines = NULL;

  /* A NUL cuts the copy short. */
  if (strlen (text) != length)
    return FALSE;
  lines = g_strsplit (text, "\r\n", -1);
  if (!parse_request_line (self, lines[0]))
    return FALSE;
  for (guint i = 1; lines[i] != NULL && lines[i][0] != '\0'; i++)
    {
      if (strchr (lines[i], '\r') != NULL || !parse_field (self, lines[i]))
        return FALSE;
    }

  return TRUE;
}

/* 0, or the status that refuses the body which is announced. */
static guint
parse_framing (TptRelayHead *self)
{
  const char *length = tpt_relay_head_get (self, "content-length");
  const char *expect = tpt_relay_head_get (self, "expect");
  guint64 value;

  if (tpt_relay_head_count (self, "host") > 1 || tpt_relay_head_count (self, "content-length") > 1)
    return 400;
  if (self->keep_alive && tpt_relay_head_count (self, "host") == 0)
    return 400;
  if (tpt_relay_head_count (self, "transfer-encoding") > 0)
    return 411;
  if (length != NULL)
    {
      if (length[0] == '\0' || strspn (length, "0123456789") != strlen (length))
        return 400;
      if (!g_ascii_string_to_unsigned (length, 10, 0, TPT_RELAY_BODY_MAX, &value, NULL))
        return 413;
      self->length = (gsize) value;
    }
  if (tpt_relay_head_count (self, "content-encoding") > 0)
    return 415;
  if (expect != NULL && g_ascii_strcasecmp (expect, "100-continue") != 0)
    return 417;
  /* A client of HTTP/1.0 would take the word for the answer (RFC 9110 section 10.1.1). */
  self->expects_continue = expect != NULL && self->keep_alive;

  return 0;
}

/**
 * tpt_relay_head_parse:
 * @length: as tpt_relay_head_find_end () said
 * @status: (out): why it was refused: 400 malformed, 411 a Transfer-Encoding, 413 a body beyond
 *   TPT_RELAY_BODY_MAX, 415 a Content-Encoding, 417 an unknown expectation
 *
 * Reads a request's head by RFC 9112 and nothing besides: what two readers could understand in two
 * ways is refused, since a proxy stands before us.
 *
 * Returns: (transfer full): NULL with @status
 */
TptRelayHead *
tpt_relay_head_parse (const char *bytes,
                      gsize       length,
                      guint      *status)
{
  g_autoptr (TptRelayHead) self = g_new0 (TptRelayHead, 1);

  self->names = g_ptr_array_new_with_free_func (g_free);
  self->values = g_ptr_array_new_with_free_func (g_free);
  if (!parse_lines (self, bytes, length))
    {
      *status = 400;
      return NULL;
    }
  *status = parse_framing (self);
  if (*status != 0)
    return NULL;

  for (guint i = 0; i < self->names->len; i++)
    {
      if (strcmp (self->names->pdata[i], "connection") == 0 &&
          g_ascii_strcasecmp (self->values->pdata[i], "keep-alive") != 0)
        self->keep_alive = FALSE;
    }

  return g_steal_pointer (&self);
}

/* The first value of the field; NULL where there is none. @name in lower case. */
const char *
tpt_relay_head_get (const TptRelayHead *self,
                    const char         *name)
{
  for (guint i = 0; i < self->names->len; i++)
    {
      if (strcmp (self->names->pdata[i], name) == 0)
        return self->values->pdata[i];
    }

  return NULL;
}

guint
tpt_relay_head_count (const TptRelayHead *self,
                      const char         *name)
{
  guint count = 0;

  for (guint i = 0; i < self->names->len; i++)
    count += strcmp (self->names->pdata[i], name) == 0;

  return count;
}
