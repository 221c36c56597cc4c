/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-view-memory.h"

#include "tpt-config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "tpt-api-error.h"
#include "tpt-collection.h"
#include "tpt-set-aside-table.h"
#include "tpt-settings-table.h"

#define WANTED "everyone.wanted"
#define REFUSED_AT "everyone.refused-at"
#define REFUSAL "everyone.refusal"
#define WORDS "everyone.refusal-words"

/* What was set aside is forgotten with the meetings: what concerns the account's own comes again,
 * since everything is looked at anew. */
static gboolean
forget_set_aside (TptSession  *session,
                  GError     **error)
{
  g_autoptr (GPtrArray) records = NULL;

  if (!tpt_set_aside_table_list (session, &records, error))
    return FALSE;
  for (guint i = 0; i < records->len; i++)
    {
      const TptSetAside *record = g_ptr_array_index (records, i);

      if (!tpt_set_aside_table_remove (session, record->uri, error))
        return FALSE;
    }

  return TRUE;
}

TptViewRefusal
tpt_view_refusal_of (const GError *error)
{
  if (g_error_matches (error, TPT_API_ERROR, TPT_API_ERROR_PLAN))
    return TPT_VIEW_REFUSAL_PLAN;
  if (g_error_matches (error, TPT_API_ERROR, TPT_API_ERROR_SCOPE)
      || g_error_matches (error, TPT_API_ERROR, TPT_API_ERROR_PERMISSION))
    return TPT_VIEW_REFUSAL_ROLE;

  return TPT_VIEW_REFUSAL_FAULT;
}

/**
 * tpt_view_refusal_get_words:
 *
 * What the role or the plan does not allow is named here, so only the service's words are wanted.
 *
 * Returns: (nullable)
 */
const char *
tpt_view_refusal_get_words (const GError *error)
{
  if (g_error_matches (error, TPT_API_ERROR, TPT_API_ERROR_PLAN)
      || g_error_matches (error, TPT_API_ERROR, TPT_API_ERROR_PERMISSION))
    return tpt_api_error_get_words (error);

  return error->message;
}

/* Returns: (transfer full): a sentence of its own */
static char *
end_sentence (const char *text)
{
  gboolean is_ended = *text != '\0' && strchr (".?!", text[strlen (text) - 1]) != NULL;

  return g_strconcat (text, is_ended ? "" : ".", NULL);
}

/* Returns: (transfer full): why everybody's meetings do not come, and what comes instead */
char *
tpt_view_memory_word_refusal (const TptViewMemory *memory)
{
  g_autofree char *words = NULL;

  if (memory->words == NULL)
    return g_strdup (_ ("Calendly did not permit this account to see everyone’s meetings. Your own "
                        "still come; Touchpoint asks again every day, and when your role "
                        "changes."));
  words = end_sentence (memory->words);
  if (memory->refusal == TPT_VIEW_REFUSAL_PLAN)
    /* Translators: Calendly's own words */
    return g_strdup_printf (_ ("Your Calendly plan does not include everyone’s meetings: %s Your "
                               "own still come; Touchpoint asks again every day."),
                            words);
  if (memory->refusal == TPT_VIEW_REFUSAL_ROLE)
    /* Translators: Calendly's own words, or a sentence that says which permission is missing */
    return g_strdup_printf (_ ("Calendly did not permit this account to see everyone’s meetings: "
                               "%s Your own still come; Touchpoint asks again every day, and when "
                               "your role changes."),
                            words);

  /* Translators: a sentence that says why */
  return g_strdup_printf (_ ("Everyone’s meetings did not come: %s Your own still come; Touchpoint "
                             "asks again in an hour."),
                          words);
}

gboolean
tpt_view_memory_load (TptSession     *session,
                      TptViewMemory  *memory,
                      GError        **error)
{
  gint64 wanted, refusal;

  if (!tpt_settings_table_get_int (session, WANTED, &wanted, error)
      || !tpt_settings_table_get_int (session, REFUSED_AT, &memory->refused_at, error)
      || !tpt_settings_table_get_int (session, REFUSAL, &refusal, error)
      || !tpt_settings_table_get_sealed (session, WORDS, &memory->words, error))
    return FALSE;
  memory->is_wanted = wanted != 0;
  memory->refusal = (TptViewRefusal) refusal;

  return TRUE;
}

/**
 * tpt_view_memory_set_refusal:
 * @memory: (nullable): of which only the refusal counts; %NULL where there is none
 */
gboolean
tpt_view_memory_set_refusal (TptSession           *session,
                             const TptViewMemory  *memory,
                             GError              **error)
{
  static const TptViewMemory none = { 0 };

  if (memory == NULL)
    memory = &none;

  return tpt_settings_table_set_int (session, REFUSED_AT, memory->refused_at, error)
         && tpt_settings_table_set_int (session, REFUSAL, memory->refusal, error)
         && tpt_settings_table_set_sealed (session, WORDS, memory->words, error);
}

/**
 * tpt_view_memory_switch:
 * @counts: (out): the meetings that were removed
 *
 * To everybody's meetings, or back to the account's own: then those that only colleagues host go.
 * In both cases the next sync looks at everything.
 */
gboolean
tpt_view_memory_switch (TptSession            *session,
                        TptUser               *account,
                        gboolean               everyone,
                        TptColleagueMeetings  *counts,
                        GError               **error)
{
  *counts = (TptColleagueMeetings) { 0 };
  if (!everyone
      && !(tpt_colleague_meetings_remove (session, account, counts, error)
           && forget_set_aside (session, error)))
    return FALSE;

  return tpt_settings_table_set_int (session, WANTED, everyone, error)
         && tpt_view_memory_set_refusal (session, NULL, error)
         && tpt_settings_table_set_int (session, TPT_SETTING_FULL_AT, TPT_TIME_NONE, error)
         && tpt_settings_table_set_int (session, TPT_SETTING_REACHED, TPT_TIME_NONE, error)
         && tpt_settings_table_set_int (session, TPT_SETTING_REACHED_AHEAD, TPT_TIME_NONE, error)
         && tpt_settings_table_set_int (session, TPT_SETTING_REACHED_AT, TPT_TIME_NONE, error);
}
