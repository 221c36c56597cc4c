/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-vcard.h"

#include "tpt-config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "tpt-text.h"
#include "tpt-vcard-line.h"

/* RFC 6350, section 5.3 */
#define LAST_RANK 100

/* One card while it is read. */
typedef struct
{
  TptPersonCard *card;
  char *structured;        /* the name in its parts, for a card that has no other */
  char *title;
  GArray *ranks;           /* (element-type int) of the card's addresses, in their order */
  guint depth;             /* cards within the card: an agent's, which is somebody else */
  gboolean is_group;
} Reader;

static void
set_once (char **field,
          char  *value)
{
  if (*field == NULL && value != NULL && *value != '\0')
    *field = value;
  else
    g_free (value);
}

static char *
drop_scheme (char       *text,
             const char *scheme)
{
  if (g_ascii_strncasecmp (text, scheme, strlen (scheme)) == 0)
    memmove (text, text + strlen (scheme), strlen (text + strlen (scheme)) + 1);

  return text;
}

/* “Family;Given;Additional;…” as people say it. */
static char *
join_name (const char *value)
{
  g_autoptr (GPtrArray) parts = tpt_vcard_line_split (value, ';');
  const char *family = g_ptr_array_index (parts, 0);
  const char *given = parts->len > 1 ? g_ptr_array_index (parts, 1) : "";
  g_autofree char *name = NULL;

  name = g_strjoin (" ", given, family, NULL);

  return tpt_text_trim (name);
}

/* The organisation itself, without its units. */
static char *
take_organization (const char *value)
{
  g_autoptr (GPtrArray) parts = tpt_vcard_line_split (value, ';');

  return g_strdup (g_ptr_array_index (parts, 0));
}

/* RFC 6350, section 5.3: from 1, the most preferred, to 100; before that it was yes or no. */
static int
get_rank (const TptVcardLine *line)
{
  const char *text = tpt_vcard_line_get (line, "PREF");
  guint64 rank;

  if (text != NULL && g_ascii_string_to_unsigned (text, 10, 1, LAST_RANK, &rank, NULL))
    return (int) rank;

  return text != NULL || tpt_vcard_line_has (line, "TYPE", "PREF") ? 1 : LAST_RANK + 1;
}

/* Behind those that count as much. */
static void
add_email (Reader             *reader,
           const TptVcardLine *line)
{
  char *email = drop_scheme (tpt_vcard_line_unescape (line->value), "mailto:");
  int rank = get_rank (line);
  guint place = reader->ranks->len;

  if (*email == '\0')
    {
      g_free (email);
      return;
    }
  while (place > 0 && g_array_index (reader->ranks, int, place - 1) > rank)
    place--;
  g_array_insert_val (reader->ranks, place, rank);
  g_ptr_array_insert (reader->card->emails, (int) place, email);
}

static void
set_zone (Reader             *reader,
          const TptVcardLine *line)
{
  g_autofree char *name = tpt_vcard_line_unescape (line->value);
  gboolean is_name = strchr (name, '/') != NULL;
  g_autoptr (GTimeZone) zone = is_name ? g_time_zone_new_identifier (name) : NULL;

  if (zone != NULL)
    set_once (&reader->card->timezone, g_steal_pointer (&name));
}

static void
read_property (Reader             *reader,
               const TptVcardLine *line)
{
  TptPersonCard *card = reader->card;

  if (g_str_equal (line->name, "FN"))
    set_once (&card->name, tpt_vcard_line_unescape (line->value));
  else if (g_str_equal (line->name, "N"))
    set_once (&reader->structured, join_name (line->value));
  else if (g_str_equal (line->name, "ORG"))
    set_once (&card->organization, take_organization (line->value));
  else if (g_str_equal (line->name, "ROLE"))
    set_once (&card->role, tpt_vcard_line_unescape (line->value));
  else if (g_str_equal (line->name, "TITLE"))
    set_once (&reader->title, tpt_vcard_line_unescape (line->value));
  else if (g_str_equal (line->name, "EMAIL"))
    add_email (reader, line);
  else if (g_str_equal (line->name, "TEL"))
    set_once (&card->phone, drop_scheme (tpt_vcard_line_unescape (line->value), "tel:"));
  else if (g_str_equal (line->name, "TZ"))
    set_zone (reader, line);
  else if (g_str_equal (line->name, "KIND") || g_str_equal (line->name, "X-ADDRESSBOOKSERVER-KIND"))
    reader->is_group |= g_ascii_strcasecmp (line->value, "group") == 0;
}

static void
finish_card (Reader    *reader,
             GPtrArray *cards,
             gboolean   is_whole)
{
  TptPersonCard *card = reader->card;

  if (card == NULL)
    return;
  g_clear_pointer (&reader->ranks, g_array_unref);
  set_once (&card->name, g_steal_pointer (&reader->structured));
  set_once (&card->role, g_steal_pointer (&reader->title));
  if (!is_whole)
    card->problem = g_strdup (_("The card has no end"));
  if (reader->is_group && is_whole)
    tpt_person_card_free (card);
  else
    g_ptr_array_add (cards, card);
  *reader = (Reader) { 0 };
}

static void
begin_card (Reader *reader,
            guint   number)
{
  reader->card = tpt_person_card_new (number);
  reader->ranks = g_array_new (FALSE, FALSE, sizeof (int));
}

/**
 * tpt_vcard_parse:
 *
 * Reads vCards of version 4.0 (RFC 6350), 3.0 (RFC 2426) and 2.1 as address books write them:
 * folded lines, quoted-printable, other charsets, groups, parameters with and without a name.
 *
 * Returns: (transfer full) (element-type TptPersonCard): the people, in their order; lists of
 *   people are left out
 */
GPtrArray *
tpt_vcard_parse (GBytes *bytes)
{
  g_autoptr (GPtrArray) lines = NULL;
  GPtrArray *cards =
    g_ptr_array_new_with_free_func ((GDestroyNotify) tpt_person_card_free);
  Reader reader = { 0 };
  guint number = 0;

  g_return_val_if_fail (bytes != NULL, cards);

  lines = tpt_vcard_line_list (bytes);
  for (guint i = 0; i < lines->len; i++)
    {
      const TptVcardLine *line = g_ptr_array_index (lines, i);
      gboolean is_edge = g_ascii_strcasecmp (line->value, "VCARD") == 0;

      if (is_edge && g_str_equal (line->name, "BEGIN"))
        {
          if (reader.card == NULL)
            begin_card (&reader, ++number);
          else
            reader.depth++;
        }
      else if (is_edge && g_str_equal (line->name, "END"))
        {
          if (reader.depth > 0)
            reader.depth--;
          else
            finish_card (&reader, cards, TRUE);
        }
      else if (reader.card != NULL && reader.depth == 0)
        read_property (&reader, line);
    }
  finish_card (&reader, cards, FALSE);

  return cards;
}

/** tpt_vcard_is_card: whether @bytes begin as a file of vCards does */
gboolean
tpt_vcard_is_card (GBytes *bytes)
{
  return tpt_vcard_line_is_card (bytes);
}
