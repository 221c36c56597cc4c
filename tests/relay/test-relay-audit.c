/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-relay-audit.h"

#include <sodium.h>
#include <string.h>

#include "tpt-relay-error.h"
#include "tpt-test.h"

#define ROWS 7

/* A log of @count rows as it would be exported. */
static GPtrArray *
make_log (guint count)
{
  GPtrArray *lines = g_ptr_array_new_with_free_func (g_free);
  guint8 previous[TPT_RELAY_HASH_SIZE] = { 0 };

  for (guint i = 0; i < count; i++)
    {
      g_autoptr (TptRelayAuditRecord) record = g_new0 (TptRelayAuditRecord, 1);
      g_autofree char *number = g_strdup_printf ("%u", i);

      record->id = i + 1;
      record->at = G_GINT64_CONSTANT (1782340245000) + i / 2;
      record->what = g_strdup (i % 2 == 0 ? "enrolled" : "wrong-signature");
      record->count = 1 + i % 3;
      record->detail = i % 2 == 0 ? tpt_relay_audit_describe ("device", number, NULL)
                                  : g_strdup ("{}");
      memcpy (record->previous, previous, sizeof previous);
      tpt_relay_audit_record_sum (record, record->hash);
      memcpy (previous, record->hash, sizeof previous);
      g_ptr_array_add (lines, tpt_relay_audit_print (record));
    }

  return lines;
}

/* The number of the first line that is wrong, or the number of lines. */
static guint
verify (GPtrArray *lines)
{
  g_autoptr (TptRelayAuditRecord) before = NULL;

  for (guint i = 0; i < lines->len; i++)
    {
      g_autoptr (TptRelayAuditRecord) record = tpt_relay_audit_parse (lines->pdata[i], NULL);

      if (record == NULL || !tpt_relay_audit_follows (record, before, NULL))
        return i;
      g_clear_pointer (&before, tpt_relay_audit_record_free);
      before = g_steal_pointer (&record);
    }

  return lines->len;
}

static void
test_good (void)
{
  g_autoptr (GPtrArray) lines = make_log (ROWS);
  g_autoptr (TptRelayAuditRecord) record = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_cmpuint (verify (lines), ==, ROWS);
  record = tpt_relay_audit_parse (lines->pdata[2], &error);
  g_assert_no_error (error);
  g_assert_cmpint (record->id, ==, 3);
  g_assert_cmpstr (record->what, ==, "enrolled");
  g_assert_cmpstr (record->detail, ==, "{\"device\":\"2\"}");
}

/* As anybody could compute it with other tools. */
static void
test_hash (void)
{
  TptRelayAuditRecord record = { .id = 1, .at = 1000, .what = (char *) "enrolled", .count = 1,
                                 .detail = (char *) "{}" };
  g_autofree char *zeros = g_strnfill (64, '0');
  g_autofree char *text = g_strdup_printf ("%s\n1\n1000\nenrolled\n1\n{}", zeros);
  g_autofree char *expected = g_compute_checksum_for_string (G_CHECKSUM_SHA256, text, -1);
  char hash[65];

  tpt_relay_audit_record_sum (&record, record.hash);
  sodium_bin2hex (hash, sizeof hash, record.hash, sizeof record.hash);
  g_assert_cmpstr (hash, ==, expected);
}

static void
test_deleted (void)
{
  for (guint i = 0; i < ROWS - 1; i++)
    {
      g_autoptr (GPtrArray) lines = make_log (ROWS);

      g_ptr_array_remove_index (lines, i);
      g_assert_cmpuint (verify (lines), ==, i);
    }
}

static void
test_reordered (void)
{
  for (guint i = 0; i < ROWS; i++)
    {
      for (guint j = i + 1; j < ROWS; j++)
        {
          g_autoptr (GPtrArray) lines = make_log (ROWS);
          gpointer line = lines->pdata[i];

          lines->pdata[i] = lines->pdata[j];
          lines->pdata[j] = line;
          g_assert_cmpuint (verify (lines), ==, i);
        }
    }
}

static void
test_repeated (void)
{
  for (guint i = 0; i < ROWS; i++)
    {
      g_autoptr (GPtrArray) lines = make_log (ROWS);

      g_ptr_array_insert (lines, (gint) i, g_strdup (lines->pdata[i]));
      g_assert_cmpuint (verify (lines), ==, i + 1);
    }
}

/* Every byte of every line, changed in every way that leaves a line of JSON. */
static void
test_edited (void)
{
  g_autoptr (GPtrArray) good = make_log (3);
  guint tried = 0;

  for (guint i = 0; i < good->len; i++)
    {
      gsize length = strlen (good->pdata[i]);

      for (gsize at = 0; at < length; at++)
        {
          for (guint bit = 0; bit < 7; bit++)
            {
              g_autoptr (GPtrArray) lines = make_log (3);
              char *line = lines->pdata[i];
              guint wrong;

              line[at] = (char) (line[at] ^ (1 << bit));
              wrong = verify (lines);
              /* A letter of a hash in upper case is the same hash. */
              if (wrong == lines->len && g_ascii_strcasecmp (line, good->pdata[i]) == 0)
                continue;
              g_assert_cmpuint (wrong, ==, i);
              tried++;
            }
        }
    }
  g_assert_cmpuint (tried, >, 3000);
}

static void
test_no_line (void)
{
  static const char *const lines[] = {
    "", "[]", "{}", "null", "{\"id\":1}",
    ("{\"id\":\"1\",\"at\":1,\"what\":\"a\",\"count\":1,\"detail\":\"{}\",\"previous\":\"\","
     "\"hash\":\"\"}"),
  };

  for (guint i = 0; i < G_N_ELEMENTS (lines); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (tpt_relay_audit_parse (lines[i], &error));
      g_assert_error (error, TPT_RELAY_ERROR, TPT_RELAY_ERROR_AUDIT);
    }
}

int
main (int    argc,
      char **argv)
{
  tpt_test_init (&argc, &argv);
  g_test_add_func ("/relay/audit/good", test_good);
  g_test_add_func ("/relay/audit/hash", test_hash);
  g_test_add_func ("/relay/audit/deleted", test_deleted);
  g_test_add_func ("/relay/audit/reordered", test_reordered);
  g_test_add_func ("/relay/audit/repeated", test_repeated);
  g_test_add_func ("/relay/audit/edited", test_edited);
  g_test_add_func ("/relay/audit/no-line", test_no_line);

  return g_test_run ();
}
