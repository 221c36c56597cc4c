/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-vcard-line.h"

#include <string.h>

#include "tpt-text.h"

#define BOM "\xef\xbb\xbf"

static void
line_free (TptVcardLine *line)
{
  g_free (line->name);
  g_ptr_array_unref (line->parameters);
  g_free (line->value);
  g_free (line);
}

/* What is not UTF-8 is taken for what old programs on Windows wrote. */
static char *
to_utf8 (const char *text,
         gssize      length,
         const char *charset)
{
  char *converted = NULL;

  if (charset != NULL && g_ascii_strcasecmp (charset, "UTF-8") != 0)
    converted = g_convert (text, length, "UTF-8", charset, NULL, NULL, NULL);
  if (converted == NULL && g_utf8_validate (text, length, NULL))
    converted = length < 0 ? g_strdup (text) : g_strndup (text, (gsize) length);
  if (converted == NULL)
    converted = g_convert (text, length, "UTF-8", "WINDOWS-1252", NULL, NULL, NULL);

  return converted != NULL ? converted : g_utf8_make_valid (text, length);
}

/* The whole file as text that may hold other charsets yet, but no UTF-16 and no NUL. */
static char *
read_text (GBytes *bytes)
{
  gsize length;
  const char *data = g_bytes_get_data (bytes, &length);
  char *text = NULL;

  if (length >= 2 && (memcmp (data, "\xff\xfe", 2) == 0 || memcmp (data, "\xfe\xff", 2) == 0))
    text = g_convert (data, (gssize) length, "UTF-8", "UTF-16", NULL, NULL, NULL);
  if (text == NULL)
    {
      text = g_malloc (length + 1);
      for (gsize i = 0; i < length; i++)
        text[i] = data[i] != '\0' ? data[i] : ' ';
      text[length] = '\0';
    }
  if (g_str_has_prefix (text, BOM))
    memmove (text, text + strlen (BOM), strlen (text + strlen (BOM)) + 1);

  return text;
}

static gboolean
is_quoted_printable (const char *line)
{
  const char *colon = strchr (line, ':');
  g_autofree char *head = colon != NULL ? g_strndup (line, (gsize) (colon - line)) : NULL;
  g_autofree char *upper = head != NULL ? g_ascii_strup (head, -1) : NULL;

  return upper != NULL && strstr (upper, "QUOTED-PRINTABLE") != NULL;
}

/* Joins what was folded: a line that begins with a blank goes on (RFC 6350, section 3.2), and in
 * version 2.1 so does a quoted-printable one that ends with “=”. */
static GPtrArray *
unfold (const char *text)
{
  GPtrArray *lines = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GString) line = g_string_new (NULL);
  gboolean goes_on = FALSE;

  for (const char *next = text; *next != '\0';)
    {
      gsize length = strcspn (next, "\r\n");
      const char *start = next;

      next += length;
      next += *next == '\r' && next[1] == '\n' ? 2 : *next != '\0';
      if (!goes_on && length > 0 && (*start == ' ' || *start == '\t') && line->len > 0)
        {
          g_string_append_len (line, start + 1, (gssize) length - 1);
          continue;
        }
      if (!goes_on && line->len > 0)
        {
          g_ptr_array_add (lines, g_strndup (line->str, line->len));
          g_string_truncate (line, 0);
        }
      g_string_append_len (line, start, (gssize) length);
      goes_on = line->len > 0 && line->str[line->len - 1] == '=' && is_quoted_printable (line->str);
      if (goes_on)
        g_string_truncate (line, line->len - 1);
    }
  if (line->len > 0)
    g_ptr_array_add (lines, g_strndup (line->str, line->len));

  return lines;
}

static char *
decode_quoted (const char *text)
{
  GString *decoded = g_string_new (NULL);

  for (; *text != '\0'; text++)
    {
      if (*text == '=' && g_ascii_isxdigit (text[1]) && g_ascii_isxdigit (text[2]))
        {
          char letter = (char) (g_ascii_xdigit_value (text[1]) * 16
                                + g_ascii_xdigit_value (text[2]));

          if (letter != '\0')
            g_string_append_c (decoded, letter);
          text += 2;
        }
      else
        g_string_append_c (decoded, *text);
    }

  return g_string_free (decoded, FALSE);
}

/* Where the head ends: the first colon outside quotation marks. */
static const char *
find_colon (const char *line)
{
  gboolean quoted = FALSE;

  for (; *line != '\0'; line++)
    {
      if (*line == '"')
        quoted = !quoted;
      else if (*line == ':' && !quoted)
        return line;
    }

  return NULL;
}

static void
add_parameter (TptVcardLine *line,
               const char   *text)
{
  const char *equals = strchr (text, '=');
  g_autofree char *name =
    equals != NULL ? g_ascii_strup (text, equals - text) : g_ascii_strup (text, -1);
  g_autofree char *value = NULL;
  gsize length;

  if (equals == NULL)
    {
      g_ptr_array_add (line->parameters, g_steal_pointer (&name));
      return;
    }
  length = strlen (equals + 1);
  if (length >= 2 && equals[1] == '"' && equals[length] == '"')
    value = g_strndup (equals + 2, length - 2);
  else
    value = g_strdup (equals + 1);
  g_ptr_array_add (line->parameters, g_strconcat (name, "=", value, NULL));
}

static void
read_head (TptVcardLine *line,
           const char   *head)
{
  g_autoptr (GString) part = g_string_new (NULL);
  gboolean quoted = FALSE;
  const char *dot;

  for (;; head++)
    {
      if (*head == '"')
        quoted = !quoted;
      if (*head != '\0' && (*head != ';' || quoted))
        {
          g_string_append_c (part, *head);
          continue;
        }
      if (line->name != NULL)
        add_parameter (line, part->str);
      else
        {
          dot = strrchr (part->str, '.');
          line->name = g_ascii_strup (dot != NULL ? dot + 1 : part->str, -1);
        }
      g_string_truncate (part, 0);
      if (*head == '\0')
        return;
    }
}

static TptVcardLine *
read_line (const char *text)
{
  const char *colon = find_colon (text);
  g_autofree char *raw_head = colon != NULL ? g_strndup (text, (gsize) (colon - text)) : NULL;
  g_autofree char *head = NULL;
  g_autofree char *decoded = NULL;
  TptVcardLine *line;

  if (colon == NULL)
    return NULL;

  head = to_utf8 (raw_head, -1, NULL);
  line = g_new0 (TptVcardLine, 1);
  line->parameters = g_ptr_array_new_with_free_func (g_free);
  read_head (line, head);
  if (tpt_vcard_line_has (line, "ENCODING", "QUOTED-PRINTABLE"))
    decoded = decode_quoted (colon + 1);
  line->value = to_utf8 (decoded != NULL ? decoded : colon + 1, -1,
                         tpt_vcard_line_get (line, "CHARSET"));
  g_strstrip (line->value);

  return line;
}

/**
 * tpt_vcard_line_list:
 *
 * Returns: (transfer full) (element-type TptVcardLine): every property of all cards, in its order;
 *   what is none is left out
 */
GPtrArray *
tpt_vcard_line_list (GBytes *bytes)
{
  g_autofree char *text = read_text (bytes);
  g_autoptr (GPtrArray) raw = unfold (text);
  GPtrArray *lines = g_ptr_array_new_with_free_func ((GDestroyNotify) line_free);

  for (guint i = 0; i < raw->len; i++)
    {
      TptVcardLine *line = read_line (g_ptr_array_index (raw, i));

      if (line != NULL)
        g_ptr_array_add (lines, line);
    }

  return lines;
}

/** tpt_vcard_line_get: (transfer none) (nullable): the value of @parameter, in upper case */
const char *
tpt_vcard_line_get (const TptVcardLine *self,
                    const char         *parameter)
{
  gsize length = strlen (parameter);

  for (guint i = 0; i < self->parameters->len; i++)
    {
      const char *text = g_ptr_array_index (self->parameters, i);

      if (strncmp (text, parameter, length) == 0 && text[length] == '=')
        return text + length + 1;
    }

  return NULL;
}

/**
 * tpt_vcard_line_has:
 *
 * Whether @parameter has @value, among others, or @value stands alone as version 2.1 writes it.
 */
gboolean
tpt_vcard_line_has (const TptVcardLine *self,
                    const char         *parameter,
                    const char         *value)
{
  gsize length = strlen (parameter);

  for (guint i = 0; i < self->parameters->len; i++)
    {
      const char *text = g_ptr_array_index (self->parameters, i);
      g_auto (GStrv) values = NULL;

      if (g_ascii_strcasecmp (text, value) == 0)
        return TRUE;
      if (strncmp (text, parameter, length) != 0 || text[length] != '=')
        continue;
      values = g_strsplit (text + length + 1, ",", -1);
      for (char **next = values; *next != NULL; next++)
        {
          if (g_ascii_strcasecmp (*next, value) == 0)
            return TRUE;
        }
    }

  return FALSE;
}

/** tpt_vcard_line_unescape: (transfer full): RFC 6350, section 3.4; a line break becomes a blank */
char *
tpt_vcard_line_unescape (const char *text)
{
  g_autoptr (GString) plain = g_string_new (NULL);

  for (; *text != '\0'; text++)
    {
      if (*text != '\\' || text[1] == '\0')
        g_string_append_c (plain, *text);
      else
        {
          text++;
          g_string_append_c (plain, *text == 'n' || *text == 'N' ? '\n' : *text);
        }
    }

  return tpt_text_line (plain->str);
}

/** tpt_vcard_line_split: (transfer full) (element-type utf8): the parts, each unescaped */
GPtrArray *
tpt_vcard_line_split (const char *text,
                      char        separator)
{
  GPtrArray *parts = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GString) part = g_string_new (NULL);

  for (;; text++)
    {
      if (*text == '\\' && text[1] != '\0')
        {
          g_string_append_c (part, *text++);
          g_string_append_c (part, *text);
          continue;
        }
      if (*text != separator && *text != '\0')
        {
          g_string_append_c (part, *text);
          continue;
        }
      g_ptr_array_add (parts, tpt_vcard_line_unescape (part->str));
      g_string_truncate (part, 0);
      if (*text == '\0')
        return parts;
    }
}

/** tpt_vcard_line_is_card: whether @bytes begin as a file of vCards does */
gboolean
tpt_vcard_line_is_card (GBytes *bytes)
{
  g_autofree char *text = read_text (bytes);
  const char *start = text + strspn (text, " \t\r\n");

  return g_ascii_strncasecmp (start, "BEGIN:VCARD", strlen ("BEGIN:VCARD")) == 0;
}
