/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-import-tally.h"

#include "tpt-settings-table.h"

#define CREATED "sync.import-created"
#define UPDATED "sync.import-updated"
#define UNCHANGED "sync.import-unchanged"

/* How many pages had records that could not be read; what those were has a setting a page. */
#define BAD_PAGES "sync.import-bad-pages"
#define FAILURES_TYPE "a(ss)"

/* The events that start where the import has come to, which it looks at again when it goes on. */
#define EDGE "sync.import-edge"
#define EDGE_AT "sync.import-edge-at"

/* Behind each of the names: the same of the import that waits behind this one. */
#define ASIDE "-aside"

static const char *const numbers[] = { CREATED, UPDATED, UNCHANGED, BAD_PAGES, EDGE_AT };

static char *
make_page_name (gint64 number)
{
  return g_strdup_printf (BAD_PAGES "/%" G_GINT64_FORMAT, number);
}

static gboolean
load_count (TptSession  *session,
            const char  *name,
            guint       *count,
            GError     **error)
{
  gint64 value;

  if (!tpt_settings_table_get_int (session, name, &value, error))
    return FALSE;
  *count = (guint) value;

  return TRUE;
}

static gboolean
load_page (TptSession     *session,
           gint64          number,
           TptSyncReport  *report,
           GHashTable     *counted,
           GError        **error)
{
  g_autofree char *name = make_page_name (number);
  g_autofree char *text = NULL;
  g_autoptr (GVariant) failures = NULL;
  GVariantIter iter;
  const char *uri, *reason;

  if (!tpt_settings_table_get_sealed (session, name, &text, error))
    return FALSE;
  if (text != NULL)
    failures = g_variant_parse (G_VARIANT_TYPE (FAILURES_TYPE), text, NULL, NULL, NULL);
  if (failures == NULL)
    return TRUE;

  g_variant_iter_init (&iter, failures);
  while (g_variant_iter_next (&iter, "(&s&s)", &uri, &reason))
    {
      tpt_sync_report_add_failure (report, uri, reason);
      g_hash_table_add (counted, g_strdup (uri));
    }

  return TRUE;
}

/** tpt_import_tally_count: how many events were taken in or found unchanged */
gboolean
tpt_import_tally_count (TptSession  *session,
                        guint       *synced,
                        GError     **error)
{
  guint created, updated, unchanged;

  if (!load_count (session, CREATED, &created, error)
      || !load_count (session, UPDATED, &updated, error)
      || !load_count (session, UNCHANGED, &unchanged, error))
    return FALSE;
  *synced = created + updated + unchanged;

  return TRUE;
}

/**
 * tpt_import_tally_load:
 * @report: becomes what was done so far
 * @counted: (element-type utf8): gets the URIs of what is in it and may come again
 */
gboolean
tpt_import_tally_load (TptSession     *session,
                       TptSyncReport  *report,
                       GHashTable     *counted,
                       GError        **error)
{
  g_autofree char *edge = NULL;
  g_auto (GStrv) uris = NULL;
  gint64 bad_pages;

  if (!load_count (session, CREATED, &report->created, error)
      || !load_count (session, UPDATED, &report->updated, error)
      || !load_count (session, UNCHANGED, &report->unchanged, error)
      || !tpt_import_tally_count (session, &report->synced, error)
      || !tpt_settings_table_get_int (session, BAD_PAGES, &bad_pages, error)
      || !tpt_settings_table_get_text (session, EDGE, &edge, error))
    return FALSE;
  g_ptr_array_set_size (report->failed, 0);
  for (gint64 i = 1; i <= bad_pages; i++)
    {
      if (!load_page (session, i, report, counted, error))
        return FALSE;
    }
  uris = g_strsplit (edge != NULL ? edge : "", " ", -1);
  for (char **next = uris; *next != NULL; next++)
    g_hash_table_add (counted, g_strdup (*next));

  return TRUE;
}

static gboolean
add_count (TptSession  *session,
           const char  *name,
           guint        more,
           GError     **error)
{
  gint64 value;

  return tpt_settings_table_get_int (session, name, &value, error)
         && tpt_settings_table_set_int (session, name, value + more, error);
}

static gboolean
add_failures (TptSession   *session,
              GPtrArray    *failures,
              GError      **error)
{
  GVariantBuilder builder;
  g_autoptr (GVariant) page = NULL;
  g_autofree char *name = NULL;
  g_autofree char *text = NULL;
  gint64 bad_pages;

  if (failures->len == 0)
    return TRUE;
  if (!tpt_settings_table_get_int (session, BAD_PAGES, &bad_pages, error))
    return FALSE;

  g_variant_builder_init (&builder, G_VARIANT_TYPE (FAILURES_TYPE));
  for (guint i = 0; i < failures->len; i++)
    {
      const TptRecordFailure *failure = g_ptr_array_index (failures, i);

      g_variant_builder_add (&builder, "(ss)", failure->uri, failure->reason);
    }
  page = g_variant_ref_sink (g_variant_builder_end (&builder));
  text = g_variant_print (page, FALSE);
  name = make_page_name (bad_pages + 1);

  return tpt_settings_table_set_sealed (session, name, text, error)
         && tpt_settings_table_set_int (session, BAD_PAGES, bad_pages + 1, error);
}

/* A page may begin where the one before it ended. */
static gboolean
save_edge (TptSession           *session,
           const TptSweepBatch  *batch,
           GError              **error)
{
  g_autofree char *before = NULL;
  g_autofree char *edge = NULL;
  gint64 at;

  if (batch->reached == TPT_TIME_NONE)
    return TRUE;
  if (!tpt_settings_table_get_int (session, EDGE_AT, &at, error)
      || !tpt_settings_table_get_text (session, EDGE, &before, error))
    return FALSE;
  edge = at == batch->reached && before != NULL ? g_strjoin (" ", before, batch->edge->str, NULL)
                                                : g_strdup (batch->edge->str);

  return tpt_settings_table_set_int (session, EDGE_AT, batch->reached, error)
         && tpt_settings_table_set_text (session, EDGE, edge, error);
}

/* In the transaction that takes in what @batch brought. */
gboolean
tpt_import_tally_add (TptSession            *session,
                      const TptSweepBatch   *batch,
                      const TptApplyCounts  *counts,
                      GError               **error)
{
  return add_count (session, CREATED, counts->created, error)
         && add_count (session, UPDATED, counts->updated, error)
         && add_count (session, UNCHANGED, counts->unchanged + batch->unchanged, error)
         && add_failures (session, batch->failures, error)
         && save_edge (session, batch, error);
}

gboolean
tpt_import_tally_forget (TptSession  *session,
                         GError     **error)
{
  gint64 bad_pages;

  if (!tpt_settings_table_get_int (session, BAD_PAGES, &bad_pages, error))
    return FALSE;
  for (gint64 i = 1; i <= bad_pages; i++)
    {
      g_autofree char *name = make_page_name (i);

      if (!tpt_settings_table_set_sealed (session, name, NULL, error))
        return FALSE;
    }
  for (gsize i = 0; i < G_N_ELEMENTS (numbers); i++)
    {
      if (!tpt_settings_table_set_int (session, numbers[i], 0, error))
        return FALSE;
    }

  return tpt_settings_table_set_text (session, EDGE, NULL, error);
}

static gboolean
swap_number (TptSession  *session,
             const char  *name,
             GError     **error)
{
  g_autofree char *aside = g_strconcat (name, ASIDE, NULL);
  gint64 first, second;

  return tpt_settings_table_get_int (session, name, &first, error)
         && tpt_settings_table_get_int (session, aside, &second, error)
         && tpt_settings_table_set_int (session, name, second, error)
         && tpt_settings_table_set_int (session, aside, first, error);
}

static gboolean
swap_edge (TptSession  *session,
           GError     **error)
{
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;

  return tpt_settings_table_get_text (session, EDGE, &first, error)
         && tpt_settings_table_get_text (session, EDGE ASIDE, &second, error)
         && tpt_settings_table_set_text (session, EDGE, second, error)
         && tpt_settings_table_set_text (session, EDGE ASIDE, first, error);
}

static gboolean
swap_page (TptSession  *session,
           gint64       number,
           GError     **error)
{
  g_autofree char *name = make_page_name (number);
  g_autofree char *aside = g_strconcat (name, ASIDE, NULL);
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;

  return tpt_settings_table_get_sealed (session, name, &first, error)
         && tpt_settings_table_get_sealed (session, aside, &second, error)
         && tpt_settings_table_set_sealed (session, name, second, error)
         && tpt_settings_table_set_sealed (session, aside, first, error);
}

/** tpt_import_tally_swap: what this import did changes places with what the one did that waits */
gboolean
tpt_import_tally_swap (TptSession  *session,
                       GError     **error)
{
  gint64 pages, pages_aside;

  if (!tpt_settings_table_get_int (session, BAD_PAGES, &pages, error)
      || !tpt_settings_table_get_int (session, BAD_PAGES ASIDE, &pages_aside, error))
    return FALSE;
  for (gint64 i = 1; i <= MAX (pages, pages_aside); i++)
    {
      if (!swap_page (session, i, error))
        return FALSE;
    }
  for (gsize i = 0; i < G_N_ELEMENTS (numbers); i++)
    {
      if (!swap_number (session, numbers[i], error))
        return FALSE;
    }

  return swap_edge (session, error);
}
