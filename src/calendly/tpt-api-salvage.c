/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-api-salvage.h"

#include <string.h>

#include "tpt-json-guard.h"

#define SPACE " \t\r\n"
#define MAX_URI 300
#define URI_CHARACTERS G_CSET_A_2_Z G_CSET_a_2_z G_CSET_DIGITS ":/._-"

/* The service puts at most a hundred on a page. */
#define MAX_RECORDS 1000

/* A piece of text between two places. */
typedef struct
{
  const char *at;
  const char *end;
} Piece;

static gboolean
skip_space (Piece *rest)
{
  while (rest->at < rest->end && strchr (SPACE, *rest->at) != NULL && *rest->at != '\0')
    rest->at++;

  return rest->at < rest->end;
}

/* Whether @character comes next; then it is behind. */
static gboolean
skip (Piece *rest,
      char   character)
{
  if (!skip_space (rest) || *rest->at != character)
    return FALSE;
  rest->at++;

  return TRUE;
}

/* A string ends at its quotation mark, whatever stands in it. */
static gboolean
skip_string (Piece *rest,
             Piece *text)
{
  if (!skip (rest, '"'))
    return FALSE;
  text->at = rest->at;
  while (rest->at < rest->end && *rest->at != '"')
    rest->at += *rest->at == '\\' && rest->at + 1 < rest->end ? 2 : 1;
  if (rest->at == rest->end)
    return FALSE;
  text->end = rest->at++;

  return TRUE;
}

/* To the bracket that closes the one that comes next. */
static gboolean
skip_container (Piece *rest)
{
  gsize depth = 0;
  Piece text;

  while (skip_space (rest))
    {
      if (*rest->at == '"')
        {
          if (!skip_string (rest, &text))
            return FALSE;
          continue;
        }
      depth += *rest->at == '{' || *rest->at == '[';
      depth -= *rest->at == '}' || *rest->at == ']';
      rest->at++;
      if (depth == 0)
        return TRUE;
    }

  return FALSE;
}

static gboolean
skip_value (Piece *rest,
            Piece *value)
{
  Piece text;
  gboolean skipped;

  if (!skip_space (rest))
    return FALSE;
  value->at = rest->at;
  if (*rest->at == '"')
    skipped = skip_string (rest, &text);
  else if (*rest->at == '{' || *rest->at == '[')
    skipped = skip_container (rest);
  else
    {
      while (rest->at < rest->end && strchr (SPACE ",]}", *rest->at) == NULL)
        rest->at++;
      skipped = rest->at > value->at;
    }
  value->end = rest->at;

  return skipped;
}

/* The first member of that name in an object, as far as its text can be followed. */
static gboolean
find_member (Piece       object,
             const char *name,
             Piece      *value)
{
  Piece found;

  if (!skip (&object, '{'))
    return FALSE;
  do
    {
      if (!skip_string (&object, &found) || !skip (&object, ':') || !skip_value (&object, value))
        return FALSE;
      if ((gsize) (found.end - found.at) == strlen (name)
          && memcmp (found.at, name, strlen (name)) == 0)
        return TRUE;
    }
  while (skip (&object, ','));

  return FALSE;
}

/* Only what an address of a record is made of, or nothing. */
static char *
find_uri (Piece record)
{
  Piece value;
  g_autofree char *uri = NULL;

  if (!find_member (record, "uri", &value) || value.end - value.at < 2
      || value.end - value.at > MAX_URI)
    return g_strdup ("");
  uri = g_strndup (value.at + 1, (gsize) (value.end - value.at) - 2);

  return g_strdup (uri[strspn (uri, URI_CHARACTERS)] == '\0' ? uri : "");
}

/* A record is an object: an array in its place cannot be meant for one. */
static void
append_failure (GString    *text,
                Piece       record,
                const char *reason)
{
  g_autofree char *uri = find_uri (record);
  g_autofree char *plain = g_strdelimit (g_strdup (reason), "\"\\", '\'');

  g_string_append_printf (text, "[\"%s\",\"%s\"]", uri, plain);
}

/* Whether all of the list could be followed; @failures: how many of it cannot be read. */
static gboolean
append_records (GString *text,
                Piece    list,
                guint   *failures)
{
  Piece rest = list;
  const char *kept = list.at;
  guint records = 0;
  Piece record;

  if (!skip (&rest, '['))
    return FALSE;
  do
    {
      g_autoptr (GError) reason = NULL;
      g_autoptr (TptJsonTree) tree = NULL;

      if (++records > MAX_RECORDS || !skip_value (&rest, &record))
        return FALSE;
      tree = tpt_json_guard_read (record.at, record.end - record.at, TPT_JSON_LIMITS_PAGE,
                                  &reason);
      if (tree != NULL)
        continue;
      g_string_append_len (text, kept, record.at - kept);
      append_failure (text, record, reason->message);
      kept = record.end;
      (*failures)++;
    }
  while (skip (&rest, ','));
  if (!skip (&rest, ']'))
    return FALSE;
  g_string_append_len (text, kept, list.end - kept);

  return TRUE;
}

/**
 * tpt_api_salvage:
 * @data: an answer that the guard refused as a whole
 *
 * What customers write stands in the records: a byte in one of them that is no text must not keep
 * all others away. Where the answer is a list, each record that cannot be read is replaced by
 * `[uri, reason]`; the guard still has to pass the result.
 *
 * Returns: (transfer full) (nullable): %NULL where that does not help
 */
GString *
tpt_api_salvage (const char *data,
                 gsize       length)
{
  Piece answer = { data, data + length };
  Piece list;
  guint failures = 0;
  GString *text;

  if (length > TPT_JSON_LIMITS_PAGE->size || !find_member (answer, "collection", &list))
    return NULL;

  text = g_string_new_len (data, list.at - data);
  if (append_records (text, list, &failures) && failures > 0)
    return g_string_append_len (text, list.end, answer.end - list.end);
  g_string_free (text, TRUE);

  return NULL;
}
