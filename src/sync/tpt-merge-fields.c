/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-merge-fields.h"

#define STRING_AT(record, offset) G_STRUCT_MEMBER (const char *, record, offset)
#define TIME_AT(record, offset) G_STRUCT_MEMBER (TptTime, record, offset)
#define CANCELER_AT(record, offset) G_STRUCT_MEMBER (TptCanceler, record, offset)

/* Copies into @out the greater string of each field; NULL is the least, so nothing known gets lost.
 * With @b the same record as @a, or NULL, it copies @a's. */
void
tpt_merge_strings (gpointer       out,
                   gconstpointer  a,
                   gconstpointer  b,
                   const gsize   *fields)
{
  for (gsize i = 0; fields[i] != TPT_MERGE_END; i++)
    {
      const char *first = STRING_AT (a, fields[i]);
      const char *second = b != NULL && b != a ? STRING_AT (b, fields[i]) : NULL;
      const char *greater = g_strcmp0 (first, second) >= 0 ? first : second;

      G_STRUCT_MEMBER (char *, out, fields[i]) = g_strdup (greater);
    }
}

/* The same for times: the later one, TPT_TIME_NONE being the least. */
void
tpt_merge_times (gpointer       out,
                 gconstpointer  a,
                 gconstpointer  b,
                 const gsize   *fields)
{
  for (gsize i = 0; fields[i] != TPT_MERGE_END; i++)
    {
      TptTime first = TIME_AT (a, fields[i]);
      TptTime second = b != NULL ? TIME_AT (b, fields[i]) : first;

      G_STRUCT_MEMBER (TptTime, out, fields[i]) = MAX (first, second);
    }
}

static int
compare_cancellations (gconstpointer               a,
                       gconstpointer               b,
                       const TptMergeCancellation *fields)
{
  int order;

  if (TIME_AT (a, fields->at) != TIME_AT (b, fields->at))
    return TIME_AT (a, fields->at) < TIME_AT (b, fields->at) ? -1 : 1;
  if (CANCELER_AT (a, fields->canceler) != CANCELER_AT (b, fields->canceler))
    return CANCELER_AT (a, fields->canceler) < CANCELER_AT (b, fields->canceler) ? -1 : 1;

  order = g_strcmp0 (STRING_AT (a, fields->by), STRING_AT (b, fields->by));
  if (order != 0)
    return order;

  return g_strcmp0 (STRING_AT (a, fields->reason), STRING_AT (b, fields->reason));
}

/* Copies the greater of the two statements into @out, unmixed. */
void
tpt_merge_cancellation (gpointer                    out,
                        gconstpointer               a,
                        gconstpointer               b,
                        const TptMergeCancellation *fields)
{
  gconstpointer from = compare_cancellations (a, b, fields) >= 0 ? a : b;

  G_STRUCT_MEMBER (TptTime, out, fields->at) = TIME_AT (from, fields->at);
  G_STRUCT_MEMBER (TptCanceler, out, fields->canceler) = CANCELER_AT (from, fields->canceler);
  G_STRUCT_MEMBER (char *, out, fields->by) = g_strdup (STRING_AT (from, fields->by));
  G_STRUCT_MEMBER (char *, out, fields->reason) = g_strdup (STRING_AT (from, fields->reason));
}

gboolean
tpt_merge_are_strings_same (gconstpointer  a,
                            gconstpointer  b,
                            const gsize   *fields)
{
  for (gsize i = 0; fields[i] != TPT_MERGE_END; i++)
    {
      if (g_strcmp0 (STRING_AT (a, fields[i]), STRING_AT (b, fields[i])) != 0)
        return FALSE;
    }

  return TRUE;
}

gboolean
tpt_merge_are_times_same (gconstpointer  a,
                          gconstpointer  b,
                          const gsize   *fields)
{
  for (gsize i = 0; fields[i] != TPT_MERGE_END; i++)
    {
      if (TIME_AT (a, fields[i]) != TIME_AT (b, fields[i]))
        return FALSE;
    }

  return TRUE;
}

gboolean
tpt_merge_is_cancellation_same (gconstpointer               a,
                                gconstpointer               b,
                                const TptMergeCancellation *fields)
{
  return compare_cancellations (a, b, fields) == 0;
}
