/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-record-label.h"

#include <string.h>

/* Whoever sends what cannot be read may send a lot of it. */
#define MOST_LETTERS 200

static char *
make_line (const char *text)
{
  g_autofree char *valid = g_utf8_make_valid (text != NULL ? text : "", -1);

  g_strdelimit (valid, "\n\r", ' ');
  if (g_utf8_strlen (valid, -1) > MOST_LETTERS)
    *g_utf8_offset_to_pointer (valid, MOST_LETTERS) = '\0';

  return g_strdup (g_strstrip (valid));
}

/** tpt_record_label_make: (transfer full) (nullable): %NULL where neither is known */
char *
tpt_record_label_make (const char *name,
                       const char *detail)
{
  g_autofree char *first = make_line (name);
  g_autofree char *second = make_line (detail);

  if (*first == '\0' && *second == '\0')
    return NULL;

  return g_strjoin ("\n", first, second, NULL);
}

/**
 * tpt_record_label_split:
 * @label: (nullable)
 * @name: (out) (transfer full) (nullable)
 * @detail: (out) (transfer full) (nullable)
 */
void
tpt_record_label_split (const char  *label,
                        char       **name,
                        char       **detail)
{
  const char *end = label != NULL ? strchr (label, '\n') : NULL;

  *name = *detail = NULL;
  if (end == NULL)
    return;
  if (end > label)
    *name = g_strndup (label, end - label);
  if (end[1] != '\0')
    *detail = g_strdup (end + 1);
}
