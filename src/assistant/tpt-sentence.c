/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-sentence.h"

#include <string.h>

#define SERVICE "(?: calendly| booking| scheduling| single-use| meeting)*"
#define ARTICLE "(?: an?| the| my| our| your)?"
#define SHOW "(?:show|list|display|find|open|see|get|what(?: are)?|which)"
#define MEETING "(?:bookings?|meetings?|events?|appointments?|calls?)"
#define FIRST "(?<name>.+?)"
#define NAME " " FIRST
#define ME "(?<me> with (?:me|us))?"
#define PLEASE "^(?:please |can you |could you |would you )?"

/* A way to say something. The first that fits decides; a sentence is matched without its case,
 * quotation marks and final punctuation, and with single blanks. */
typedef struct
{
  const char *intent;
  const char *pattern;
} Wording;

static const Wording wordings[] = {
  { "last-scheduled",
    PLEASE "when (?:did|has|have)" NAME
    " last (?:time )?(?:schedule(?:d)?|book(?:ed)?|met|meet|meeting)" ME "$" },
  { "last-scheduled",
    PLEASE "when (?:did|have) (?<me>i|we) last "
    "(?:meet|met|see|seen|schedule(?:d)?|talk|speak)(?: to| with)?" NAME "$" },
  { "last-scheduled",
    PLEASE "(?:when was |when |what was |show )?(?:the |my |our )?last (?:time )?"
    "(?:" MEETING "|scheduled|booked)(?: with| of| for| by| from)?" NAME
    "(?: (?:scheduled|booked))?" ME "$" },
  { "last-scheduled", "^" FIRST " last " MEETING ME "$" },
  { "show-bookings",
    PLEASE SHOW "?(?: me)?(?: all)?" ARTICLE SERVICE " ?" MEETING
    "(?: for| of| with| from| by| does| has)?" NAME "(?: (?:have|has|booked))?" ME "$" },
  { "show-bookings",
    PLEASE SHOW "(?: me)?(?: all)?" NAME "(?:'s|’s)?" SERVICE " " MEETING ME "$" },
  { "show-bookings", "^" FIRST "(?:'s|’s)?" SERVICE " " MEETING ME "$" },
  { "send-link",
    PLEASE "(?:send|give|share|make|create|copy|get|generate|mail)?(?: me)?"
    ARTICLE SERVICE " ?links?(?: to| for| with)?" NAME "$" },
  { "send-link", PLEASE "(?:send|give|mail)(?: to)?" NAME ARTICLE SERVICE " links?$" },
  { "send-link",
    PLEASE "(?:book|schedule|invite|set up)" ARTICLE
    "(?: (?:time|meeting|call|slot|follow-up|check-in))?(?: with| for)?" NAME "$" },
};

/* Curly and straight quotation marks mean the same, and no name needs them. Blanks
 * become single ones, and the last punctuation goes. */
static char *
simplify (const char *text)
{
  g_autofree char *valid = g_utf8_make_valid (text, -1);
  g_autoptr (GString) simple = g_string_new (NULL);
  gboolean blank = TRUE;

  for (const char *next = valid; *next != '\0'; next = g_utf8_next_char (next))
    {
      gunichar letter = g_utf8_get_char (next);

      if (letter == '"' || letter == 0x201c || letter == 0x201d || letter == 0x201e
          || letter == 0xab
          || letter == 0xbb)
        continue;
      if (g_unichar_isspace (letter) || g_unichar_iscntrl (letter))
        {
          blank = TRUE;
          continue;
        }
      if (blank && simple->len > 0)
        g_string_append_c (simple, ' ');
      g_string_append_unichar (simple, letter);
      blank = FALSE;
    }

  while (simple->len > 0 && strchr ("?!. ", simple->str[simple->len - 1]) != NULL)
    g_string_truncate (simple, simple->len - 1);

  return g_string_free (g_steal_pointer (&simple), FALSE);
}

static char *
clean_name (const char *text)
{
  g_autofree char *name = g_strstrip (g_strdup (text));
  gsize length = strlen (name);

  if (length >= 2 && name[0] == '\'' && name[length - 1] == '\'')
    {
      name[length - 1] = '\0';
      memmove (name, name + 1, length - 1);
    }

  return g_steal_pointer (&name);
}

static TptSentence *
try_wording (const Wording *wording,
             const char    *text)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GRegex) regex = g_regex_new (wording->pattern, G_REGEX_CASELESS, 0, &error);
  g_autoptr (GMatchInfo) match = NULL;
  g_autofree char *name = NULL;
  g_autofree char *me = NULL;
  TptSentence *self;

  g_assert_no_error (error);
  if (!g_regex_match (regex, text, 0, &match))
    return NULL;

  name = g_match_info_fetch_named (match, "name");
  me = g_match_info_fetch_named (match, "me");
  self = g_new0 (TptSentence, 1);
  self->intent = wording->intent;
  self->name = clean_name (name);
  self->with_me = me != NULL && *me != '\0';

  return self;
}

/**
 * tpt_sentence_parse:
 *
 * Understands three requests, each in many words: a link for somebody, when somebody last
 * scheduled, and somebody's bookings. Everything happens on this machine.
 *
 * Returns: (transfer full) (nullable): %NULL for a sentence that is none of them
 */
TptSentence *
tpt_sentence_parse (const char *text)
{
  g_autofree char *simple = NULL;

  g_return_val_if_fail (text != NULL, NULL);

  simple = simplify (text);
  for (gsize i = 0; i < G_N_ELEMENTS (wordings); i++)
    {
      TptSentence *sentence = try_wording (&wordings[i], simple);

      if (sentence != NULL && *sentence->name != '\0')
        return sentence;
      g_clear_pointer (&sentence, tpt_sentence_free);
    }

  return NULL;
}

void
tpt_sentence_free (TptSentence *self)
{
  if (self == NULL)
    return;

  g_free (self->name);
  g_free (self);
}
