/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-relay-audit-log.h"

#include <string.h>

#include "tpt-relay-audit.h"
#include "tpt-relay-error.h"
#include "tpt-test.h"

#define ROWS 7

/* Rows @first to ROWS as they are exported. Where some went with retention, the fifth says so. */
static GPtrArray *
make_log (gint64 first)
{
  GPtrArray *lines = g_ptr_array_new_with_free_func (g_free);
  guint8 previous[TPT_RELAY_HASH_SIZE] = { 0 };

  for (gint64 id = 1; id <= ROWS; id++)
    {
      g_autoptr (TptRelayAuditRecord) row = g_new0 (TptRelayAuditRecord, 1);

      row->id = id;
      row->at = G_GINT64_CONSTANT (1782340245000) + id / 2;
      row->what = g_strdup (id == 5 ? "audit-purged" : "device-enrolled");
      row->count = id % 3 + 1;
      row->detail = id == 5 ? g_strdup ("{\"through\":2}") : g_strdup ("{\"device\":\"d\"}");
      memcpy (row->previous, previous, sizeof previous);
      tpt_relay_audit_record_sum (row, row->hash);
      memcpy (previous, row->hash, sizeof previous);
      if (id >= first)
        g_ptr_array_add (lines, tpt_relay_audit_print (row));
    }

  return lines;
}

/* 0 where all is good, otherwise the number of the first bad line. */
static guint64
verify (GPtrArray  *lines,
        const char *wanted)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GInputStream) stream = NULL;
  g_auto (TptRelayAuditLog) log = { 0 };
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < lines->len; i++)
    g_string_append_printf (text, "%s\n", (const char *) lines->pdata[i]);
  stream = g_memory_input_stream_new_from_data (text->str, (gssize) text->len, NULL);
  if (tpt_relay_audit_log_verify (&log, stream, wanted, &error))
    {
      g_assert_no_error (error);
      g_assert_cmpuint (log.rows, ==, lines->len);
      g_assert_nonnull (strstr (lines->pdata[lines->len - 1], log.hash));
      return 0;
    }
  g_assert_error (error, TPT_RELAY_ERROR, TPT_RELAY_ERROR_AUDIT);

  return log.rows + 1;
}

static char *
dup_hash (GPtrArray *lines,
          guint      at)
{
  g_autoptr (TptRelayAuditRecord) row = tpt_relay_audit_parse (lines->pdata[at], NULL);

  return tpt_relay_audit_dup_hash (row);
}

static void
test_good (void)
{
  g_autoptr (GPtrArray) whole = make_log (1);
  g_autoptr (GPtrArray) rest = make_log (3);
  g_autofree char *last = dup_hash (whole, ROWS - 1);
  g_autofree char *second = dup_hash (whole, 1);

  g_assert_cmpuint (verify (whole, NULL), ==, 0);
  g_assert_cmpuint (verify (whole, last), ==, 0);
  g_assert_cmpuint (verify (rest, last), ==, 0);
  g_assert_cmpuint (verify (rest, second), ==, ROWS - 1);
}

/* Every line on its own: the first ones, one between, and the last, which only its hash tells
 * of. */
static void
test_deleted (void)
{
  for (gint64 first = 1; first <= 3; first += 2)
    {
      guint count = (guint) (ROWS - first + 1);
      g_autoptr (GPtrArray) good = make_log (first);
      g_autofree char *last = dup_hash (good, count - 1);

      for (guint i = 0; i < count; i++)
        {
          g_autoptr (GPtrArray) lines = make_log (first);

          g_ptr_array_remove_index (lines, i);
          /* What is missing before the first line is known at the end. */
          g_assert_cmpuint (verify (lines, last), ==, i > 0 && i < count - 1 ? i + 1 : count);
        }
    }
}

static void
test_reordered (void)
{
  for (gint64 first = 1; first <= 3; first += 2)
    {
      guint count = (guint) (ROWS - first + 1);

      for (guint i = 0; i + 1 < count; i++)
        {
          for (guint j = i + 1; j < count; j++)
            {
              g_autoptr (GPtrArray) lines = make_log (first);
              gpointer line = lines->pdata[i];
              guint64 wrong;

              lines->pdata[i] = lines->pdata[j];
              lines->pdata[j] = line;
              wrong = verify (lines, NULL);
              g_assert_cmpuint (wrong, ==, i > 0 ? i + 1 : 2);
            }
        }
    }
}

/* Each character of each line, one after the other. */
static void
test_edited (void)
{
  g_autoptr (GPtrArray) good = make_log (3);

  for (guint i = 0; i < good->len; i++)
    {
      gsize length = strlen (good->pdata[i]);

      for (gsize at = 0; at < length; at++)
        {
          g_autoptr (GPtrArray) lines = make_log (3);
          char *line = lines->pdata[i];

          line[at] = line[at] == '1' ? '2' : '1';
          g_assert_cmpuint (verify (lines, NULL), ==, i + 1);
        }
    }
}

static void
test_other (void)
{
  g_autoptr (GPtrArray) nothing = g_ptr_array_new ();
  g_autoptr (GPtrArray) blank = make_log (1);
  g_autoptr (GPtrArray) foreign = make_log (1);

  g_assert_cmpuint (verify (nothing, NULL), ==, 1);
  g_ptr_array_insert (blank, 3, g_strdup (""));
  g_assert_cmpuint (verify (blank, NULL), ==, 4);
  g_ptr_array_insert (foreign, 0, g_strdup ("{\"id\":1}"));
  g_assert_cmpuint (verify (foreign, NULL), ==, 1);
}

int
main (int    argc,
      char **argv)
{
  tpt_test_init (&argc, &argv);
  g_test_add_func ("/relay/audit-log/good", test_good);
  g_test_add_func ("/relay/audit-log/deleted", test_deleted);
  g_test_add_func ("/relay/audit-log/reordered", test_reordered);
  g_test_add_func ("/relay/audit-log/edited", test_edited);
  g_test_add_func ("/relay/audit-log/other", test_other);

  return g_test_run ();
}
