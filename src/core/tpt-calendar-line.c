/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-calendar-line.h"

#include <string.h>

/* Bytes of a line without its end (RFC 5545, 3.1). */
#define MAX_LINE 75

/* Longer than anything that a calendar shows. */
#define MAX_TEXT 2000
#define MAX_PERSON 200

/* RFC 5321, 4.5.3.1.3 */
#define MAX_EMAIL 254

#define ZERO_WIDTH_NON_JOINER 0x200c
#define ZERO_WIDTH_JOINER 0x200d

/* A line longer than MAX_LINE goes on in the next one after a space; no character is torn. */
static void
add_line (GString    *text,
          const char *line)
{
  gsize used = 0;

  for (const char *at = line; *at != '\0'; at = g_utf8_next_char (at))
    {
      gsize length = (gsize) (g_utf8_next_char (at) - at);

      if (used + length > MAX_LINE)
        {
          g_string_append (text, "\r\n ");
          used = 1;
        }
      g_string_append_len (text, at, (gssize) length);
      used += length;
    }
  g_string_append (text, "\r\n");
}

/* Control characters end lines and strings; those of direction and without width make one text look
 * like another. The joiners stay: Persian, Hindi and emoji are wrong without them. */
static gboolean
is_dropped (gunichar character)
{
  GUnicodeType type = g_unichar_type (character);

  return type == G_UNICODE_CONTROL
         || (type == G_UNICODE_FORMAT && character != ZERO_WIDTH_JOINER
             && character != ZERO_WIDTH_NON_JOINER);
}

static gboolean
is_break (gunichar character)
{
  return character == '\n' || character == '\t' || character == 0x2028 || character == 0x2029;
}

/* What is left of @value that may be in a file: lines end with "\n", if there may be several. */
static char *
clean (const char *value,
       gsize       max_chars,
       gboolean    has_lines)
{
  g_autofree char *valid = g_utf8_make_valid (value, (gssize) strnlen (value, max_chars * 6));
  g_autoptr (GString) kept = g_string_new (NULL);
  gsize count = 0;

  for (const char *at = valid; *at != '\0' && count < max_chars; at = g_utf8_next_char (at))
    {
      gunichar character = g_utf8_get_char (at);

      if (is_break (character))
        g_string_append_c (kept, has_lines && character != '\t' ? '\n' : ' ');
      else if (!is_dropped (character))
        g_string_append_unichar (kept, character);
      else
        continue;
      count++;
    }

  return g_strstrip (g_string_free (g_steal_pointer (&kept), FALSE));
}

/* RFC 5545, 3.3.11 */
static char *
escape (const char *value)
{
  g_autoptr (GString) escaped = g_string_new (NULL);

  for (; *value != '\0'; value++)
    {
      if (*value == '\n')
        g_string_append (escaped, "\\n");
      else
        {
          if (strchr ("\\;,", *value) != NULL)
            g_string_append_c (escaped, '\\');
          g_string_append_c (escaped, *value);
        }
    }

  return g_string_free (g_steal_pointer (&escaped), FALSE);
}

/* What a parameter in quotes may hold: a quote itself comes escaped (RFC 5545, 3.2; RFC 6868). Some
 * programs take a backslash for an escape here as well. */
static char *
escape_quoted (const char *value)
{
  g_autoptr (GString) escaped = g_string_new (NULL);

  for (; *value != '\0'; value++)
    {
      if (*value == '"')
        g_string_append (escaped, "^'");
      else if (*value == '^')
        g_string_append (escaped, "^^");
      else if (*value == '\\')
        g_string_append_c (escaped, '/');
      else
        g_string_append_c (escaped, *value);
    }

  return g_string_free (g_steal_pointer (&escaped), FALSE);
}

/* An address that every program reads alike, as the URI of RFC 6068; %NULL: it is none. */
static char *
make_mailto (const char *email)
{
  const char *at = email != NULL ? strchr (email, '@') : NULL;
  g_autofree char *escaped = NULL;

  if (at == NULL || at == email || at[1] == '\0' || strchr (at + 1, '@') != NULL
      || strnlen (email, MAX_EMAIL + 1) > MAX_EMAIL || !g_utf8_validate (email, -1, NULL))
    return NULL;
  for (const char *next = email; *next != '\0'; next = g_utf8_next_char (next))
    {
      gunichar character = g_utf8_get_char (next);

      if (character == ' ' || is_break (character) || is_dropped (character)
          || character == ZERO_WIDTH_JOINER || character == ZERO_WIDTH_NON_JOINER)
        return NULL;
    }
  escaped = g_uri_escape_string (email, "@+!$*", FALSE);

  return g_strconcat ("mailto:", escaped, NULL);
}

/**
 * tpt_calendar_line_add_word:
 * @value: what the standard has a word for, a number or a URI: printable ASCII
 */
void
tpt_calendar_line_add_word (GString    *text,
                            const char *name,
                            const char *value)
{
  g_autofree char *line = g_strconcat (name, ":", value, NULL);

  add_line (text, line);
}

/** tpt_calendar_line_add_text: (nullable value): what anybody may have written */
void
tpt_calendar_line_add_text (GString    *text,
                            const char *name,
                            const char *value)
{
  g_autofree char *cleaned = value != NULL ? clean (value, MAX_TEXT, TRUE) : NULL;
  g_autofree char *escaped = NULL;

  if (cleaned == NULL || *cleaned == '\0')
    return;
  escaped = escape (cleaned);
  tpt_calendar_line_add_word (text, name, escaped);
}

/**
 * tpt_calendar_line_add_time: in UTC (RFC 5545, 3.3.5, form 2)
 *
 * Returns: whether there is such a time
 */
gboolean
tpt_calendar_line_add_time (GString    *text,
                            const char *name,
                            TptTime     time)
{
  g_autoptr (GDateTime) date = g_date_time_new_from_unix_utc (time / TPT_SECOND);
  g_autofree char *value = NULL;

  if (time == TPT_TIME_NONE || date == NULL)
    return FALSE;
  value = g_date_time_format (date, "%Y%m%dT%H%M%SZ");
  tpt_calendar_line_add_word (text, name, value);

  return TRUE;
}

/**
 * tpt_calendar_line_add_person:
 * @person: (nullable): a name
 * @email: (nullable)
 * @parameters: what else the line says of them, beginning with ";", or ""
 *
 * Returns: whether @email can be written to
 */
gboolean
tpt_calendar_line_add_person (GString    *text,
                              const char *name,
                              const char *person,
                              const char *email,
                              const char *parameters)
{
  g_autofree char *address = make_mailto (email);
  g_autofree char *cleaned = clean (person != NULL ? person : "", MAX_PERSON, FALSE);
  g_autofree char *quoted = escape_quoted (cleaned);
  g_autofree char *line = NULL;

  if (address == NULL)
    return FALSE;
  if (*quoted != '\0')
    line = g_strdup_printf ("%s;CN=\"%s\"%s:%s", name, quoted, parameters, address);
  else
    line = g_strdup_printf ("%s%s:%s", name, parameters, address);
  add_line (text, line);

  return TRUE;
}
