/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-literal.h"

/* Longer than any honest name, short enough for a label that has to be laid out in a frame. */
#define LINE_CHARS  240
#define BLOCK_CHARS 20000

/* Where a text has no place to break, laying it out takes the square of its length: this many
 * characters are milliseconds, and 20000 half a minute. Longer than any honest address. */
#define RUN_CHARS 1000

/* Vietnamese needs two, Hebrew with cantillation three; a tower of them would be drawn over the
 * lines around it. */
#define MAX_MARKS 4

#define FIRST_STRONG_ISOLATE "\u2068"
#define POP_ISOLATE "\u2069"

static gboolean
is_bidi_control (gunichar character)
{
  return character == 0x061c || character == 0x200e || character == 0x200f
         || (character >= 0x202a && character <= 0x202e)
         || (character >= 0x2066 && character <= 0x2069);
}

/* Characters that take no place on the screen, and so could make two different names look alike.
 * The joiners U+200C and U+200D stay: Persian, Hindi and emoji are wrong without them. */
static gboolean
is_invisible (gunichar character)
{
  return is_bidi_control (character) || character == 0x200b || character == 0x2060
         || character == 0xfeff || character == 0x00ad || character == 0x2028 || character == 0x2029
         || (character >= 0xe0000 && character <= 0xe007f);
}

static void
append_character (GString  *result,
                  gunichar  character,
                  gboolean  block)
{
  if (character == '\n' || character == '\t')
    g_string_append_c (result, block ? (char) character : ' ');
  else if (character == '\r')
    return;
  else if (character < 0x20)
    g_string_append_unichar (result, 0x2400 + character);
  else if (character == 0x7f)
    g_string_append_unichar (result, 0x2421);
  else if (g_unichar_iscntrl (character) || is_invisible (character))
    g_string_append_printf (result, "[U+%04X]", character);
  else
    g_string_append_unichar (result, character);
}

/* Whether a line may end beside it: at blanks, and anywhere in the scripts that have none. */
static gboolean
may_break (gunichar character)
{
  return g_unichar_isspace (character) || g_unichar_iswide (character)
         || g_unichar_break_type (character) == G_UNICODE_BREAK_COMPLEX_CONTEXT;
}

static char *
make_literal (const char *text,
              gboolean    block,
              guint       max_chars)
{
  g_autofree char *valid = NULL;
  GString *result = g_string_new (NULL);
  const char *next;
  guint count = 0, marks = 0, run = 0;

  /* Cut before it is checked: a name of a megabyte costs no more than one of a line. */
  valid = g_utf8_make_valid (text, (gssize) strnlen (text, (gsize) max_chars * 6));
  for (next = valid; *next != '\0' && count < max_chars; next = g_utf8_next_char (next))
    {
      gunichar character = g_utf8_get_char (next);

      marks = g_unichar_ismark (character) ? marks + 1 : 0;
      if (marks > MAX_MARKS)
        continue;
      run = may_break (character) ? 0 : run + 1;
      if (run == RUN_CHARS + 1)
        g_string_append (result, "…");
      if (run > RUN_CHARS)
        continue;
      append_character (result, character, block);
      count++;
    }
  if (*next != '\0')
    g_string_append (result, "…");

  return g_string_free (result, FALSE);
}

static gboolean
has_right_to_left (const char *text)
{
  for (; *text != '\0'; text = g_utf8_next_char (text))
    {
      gunichar character = g_utf8_get_char (text);

      /* Hebrew to Arabic Extended, the presentation forms, and the old scripts of the second
       * plane. */
      if ((character >= 0x0590 && character <= 0x08ff)
          || (character >= 0xfb1d && character <= 0xfdff)
          || (character >= 0xfe70 && character <= 0xfeff)
          || (character >= 0x10800 && character <= 0x10fff)
          || (character >= 0x1e800 && character <= 0x1efff))
        return TRUE;
    }

  return FALSE;
}

/**
 * tpt_literal_line:
 * @text: (nullable): what somebody else wrote
 *
 * Returns: (transfer full): @text as a label of one line may show it: valid UTF-8 of a bounded
 *   length, where control characters and those that reorder or hide text are visible. Never
 *   markup; it is for set_text ()
 */
char *
tpt_literal_line (const char *text)
{
  return make_literal (text != NULL ? text : "", FALSE, LINE_CHARS);
}

/** tpt_literal_block: the same for a text of several lines */
char *
tpt_literal_block (const char *text)
{
  return make_literal (text != NULL ? text : "", TRUE, BLOCK_CHARS);
}

/**
 * tpt_literal_part:
 * @text: (nullable): what somebody else wrote
 *
 * Returns: (transfer full): the same as tpt_literal_line (), isolated where it holds text from
 *   right to left, so that it cannot reorder the sentence that it becomes a part of (Unicode
 *   Standard Annex 9, section 2.4)
 */
char *
tpt_literal_part (const char *text)
{
  g_autofree char *line = tpt_literal_line (text);

  if (!has_right_to_left (line))
    return g_steal_pointer (&line);

  return g_strconcat (FIRST_STRONG_ISOLATE, line, POP_ISOLATE, NULL);
}
