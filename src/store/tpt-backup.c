/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-backup.h"

#include "tpt-pack.h"

#define FORMAT 1
#define PLACE "backup"

/* Linked or ignored by hand, not shown up by our own mark, confirmed: the values of TptMatchReason
 * and TptNoShow as they are stored. */
#define DECIDED "(match IN (7, 8) OR no_show_local <> 0 OR confirmed <> 0)"

/* With all of their invitees: a meeting that looks complete is not pulled again. An index that is
 * damaged must not hide any. */
#define DECIDED_MEETINGS "(SELECT meeting FROM invitees NOT INDEXED WHERE " DECIDED ")"

typedef struct
{
  const char *name;
  TptBackupPart part;
  int since;               /* version of the schema that brought it */
  gboolean is_local;       /* nothing in it is pulled */
  const char *sql;
} Table;

/* In such an order that nothing refers to what comes later. Settings called `sync.…` say how far
 * pulling has come: without what was pulled they would be wrong. */
static const Table tables[] = {
  { "settings", TPT_BACKUP_ENTRIES, 1, FALSE,
    "SELECT * FROM settings WHERE name NOT GLOB 'sync.*'" },
  { "customers", TPT_BACKUP_ENTRIES, 1, TRUE, "SELECT * FROM customers" },
  { "stakeholders", TPT_BACKUP_ENTRIES, 1, TRUE, "SELECT * FROM stakeholders" },
  { "stakeholder_emails", TPT_BACKUP_ENTRIES, 5, TRUE, "SELECT * FROM stakeholder_emails" },
  { "links", TPT_BACKUP_ENTRIES, 1, TRUE, "SELECT * FROM links" },
  { "match_rules", TPT_BACKUP_ENTRIES, 2, TRUE, "SELECT * FROM match_rules" },
  { "meetings", TPT_BACKUP_DECISIONS, 1, FALSE,
    "SELECT * FROM meetings WHERE id IN " DECIDED_MEETINGS },
  { "hosts", TPT_BACKUP_DECISIONS, 1, FALSE,
    "SELECT * FROM hosts WHERE meeting IN " DECIDED_MEETINGS },
  { "invitees", TPT_BACKUP_DECISIONS, 1, FALSE,
    "SELECT * FROM invitees NOT INDEXED WHERE meeting IN " DECIDED_MEETINGS },
};

/* A blob is sealed at its place; one that does not open is damaged, and so is no backup. */
static gboolean
put_blob (TptPack       *pack,
          TptSeal       *seal,
          const char    *table,
          gint64         row,
          TptStatement  *statement,
          int            column,
          GError       **error)
{
  g_autoptr (GByteArray) plain = g_byte_array_new ();
  gsize length;
  const guint8 *bytes = tpt_statement_get_blob (statement, column, &length);

  if (!tpt_seal_open (seal, table, tpt_statement_get_name (statement, column), row, bytes, length,
                      plain, error))
    return FALSE;
  tpt_pack_put_blob (pack, bytes, length);

  return TRUE;
}

static gboolean
put_row (TptPack       *pack,
         TptSeal       *seal,
         const char    *table,
         TptStatement  *statement,
         GError       **error)
{
  gint64 row = tpt_statement_get_int (statement, 0);

  for (int i = 0; i < tpt_statement_get_width (statement); i++)
    {
      int type = tpt_statement_get_type (statement, i);

      tpt_pack_put_int (pack, type);
      if (type == SQLITE_INTEGER)
        tpt_pack_put_int (pack, tpt_statement_get_int (statement, i));
      else if (type == SQLITE_TEXT)
        tpt_pack_put_string (pack, tpt_statement_get_text (statement, i));
      else if (type == SQLITE_BLOB && !put_blob (pack, seal, table, row, statement, i, error))
        return FALSE;
    }

  return TRUE;
}

/* The columns by name, then each row after a 1, then a 0. */
static gboolean
put_table (TptPack      *pack,
           TptSqlite    *sqlite,
           TptSeal      *seal,
           const Table  *table,
           gboolean     *is_empty,
           GError      **error)
{
  g_autoptr (TptStatement) statement = tpt_sqlite_get (sqlite, table->sql);
  int width = tpt_statement_get_width (statement);

  tpt_pack_put_string (pack, table->name);
  tpt_pack_put_count (pack, (guint) width);
  for (int i = 0; i < width; i++)
    tpt_pack_put_string (pack, tpt_statement_get_name (statement, i));
  while (tpt_statement_next (statement))
    {
      tpt_pack_put_count (pack, 1);
      if (!put_row (pack, seal, table->name, statement, error))
        return FALSE;
      *is_empty = *is_empty && !table->is_local;
    }
  tpt_pack_put_count (pack, 0);

  return tpt_statement_check (statement, error);
}

/** tpt_backup_new: without any part yet */
TptBackup *
tpt_backup_new (TptTime now)
{
  TptBackup *self = g_new0 (TptBackup, 1);

  self->taken_at = now;
  self->is_empty = TRUE;

  return self;
}

/**
 * tpt_backup_read:
 *
 * Reads one part of what is in @sqlite, of whatever version of the schema. Damage that is found on
 * the way is %TPT_STORE_ERROR_CORRUPT; then @self is as it was.
 */
gboolean
tpt_backup_read (TptBackup      *self,
                 TptBackupPart   part,
                 TptSqlite      *sqlite,
                 TptSeal        *seal,
                 GError        **error)
{
  g_auto (TptPack) pack = { 0 };
  gint64 version;

  if (!tpt_sqlite_query_int (sqlite, "PRAGMA user_version", &version, error))
    return FALSE;
  tpt_pack_init (&pack);
  for (gsize i = 0; i < G_N_ELEMENTS (tables); i++)
    {
      if (tables[i].part == part && tables[i].since <= version
          && !put_table (&pack, sqlite, seal, &tables[i], &self->is_empty, error))
        return FALSE;
    }
  self->version = (int) version;
  self->rows[part] = g_steal_pointer (&pack.bytes);

  return TRUE;
}

/** tpt_backup_take: all parts, or %NULL */
TptBackup *
tpt_backup_take (TptSqlite  *sqlite,
                 TptSeal    *seal,
                 TptTime     now,
                 GError    **error)
{
  g_autoptr (TptBackup) self = tpt_backup_new (now);

  for (TptBackupPart part = 0; part < TPT_BACKUP_N_PARTS; part++)
    {
      if (!tpt_backup_read (self, part, sqlite, seal, error))
        return NULL;
    }

  return g_steal_pointer (&self);
}

void
tpt_backup_free (TptBackup *self)
{
  for (TptBackupPart part = 0; part < TPT_BACKUP_N_PARTS; part++)
    g_clear_pointer (&self->rows[part], g_byte_array_unref);
  g_free (self);
}

/** tpt_backup_close: (transfer full): with all its parts, as it may lie on a disk */
GByteArray *
tpt_backup_close (TptBackup *self,
                  TptSeal   *seal)
{
  GByteArray *sealed = g_byte_array_new ();
  g_auto (TptPack) pack = { 0 };

  tpt_pack_init (&pack);
  tpt_pack_put_int (&pack, FORMAT);
  tpt_pack_put_int (&pack, self->version);
  tpt_pack_put_int (&pack, self->taken_at);
  for (TptBackupPart part = 0; part < TPT_BACKUP_N_PARTS; part++)
    tpt_pack_put_blob (&pack, self->rows[part]->data, self->rows[part]->len);
  tpt_seal_close (seal, PLACE, PLACE, FORMAT, pack.bytes, sealed);

  return sealed;
}

/**
 * tpt_backup_open:
 *
 * What tpt_backup_close() gave with the same key: else %TPT_STORE_ERROR_CORRUPT.
 */
TptBackup *
tpt_backup_open (const guint8  *bytes,
                 gsize          length,
                 TptSeal       *seal,
                 GError       **error)
{
  g_autoptr (TptBackup) self = g_new0 (TptBackup, 1);
  g_auto (TptPack) pack = { 0 };

  tpt_pack_init (&pack);
  if (!tpt_seal_open (seal, PLACE, PLACE, FORMAT, bytes, length, pack.bytes, error))
    return NULL;
  if (tpt_pack_take_int (&pack) == FORMAT)
    {
      self->version = (int) tpt_pack_take_int (&pack);
      self->taken_at = tpt_pack_take_int (&pack);
      for (TptBackupPart part = 0; part < TPT_BACKUP_N_PARTS; part++)
        self->rows[part] = tpt_pack_take_blob (&pack);
    }
  if (self->rows[0] == NULL || pack.failed)
    {
      g_set_error_literal (error, TPT_STORE_ERROR, TPT_STORE_ERROR_CORRUPT,
                           "The backup cannot be read");
      return NULL;
    }

  return g_steal_pointer (&self);
}

static const Table *
find_table (const char *name)
{
  for (gsize i = 0; i < G_N_ELEMENTS (tables); i++)
    {
      if (g_str_equal (tables[i].name, name))
        return &tables[i];
    }

  return NULL;
}

/** tpt_backup_reads: whether something of @table goes into that part of a backup */
gboolean
tpt_backup_reads (TptBackupPart  part,
                  const char    *table)
{
  const Table *found = find_table (table);

  return found != NULL && found->part == part;
}

/** tpt_backup_is_only_for: whether nobody else has anything that is in @table */
gboolean
tpt_backup_is_only_for (const char *table)
{
  const Table *found = find_table (table);

  return found != NULL && found->is_local;
}

/* @keep: owns what is bound until the statement was run. */
static void
bind_field (TptStatement *statement,
            int           index,
            TptPack      *pack,
            GPtrArray    *keep)
{
  gint64 type = tpt_pack_take_int (pack);
  GByteArray *blob;
  char *text;

  if (type == SQLITE_INTEGER)
    tpt_statement_bind_int (statement, index, tpt_pack_take_int (pack));
  else if (type == SQLITE_TEXT)
    {
      text = tpt_pack_take_string (pack);
      g_ptr_array_add (keep, g_bytes_new_take (text, 0));
      tpt_statement_bind_text (statement, index, text);
    }
  else if (type == SQLITE_BLOB)
    {
      blob = tpt_pack_take_blob (pack);
      tpt_statement_bind_blob (statement, index, blob);
      g_ptr_array_add (keep, g_byte_array_free_to_bytes (blob));
    }
}

static char *
make_insert (const char *table,
             GStrv       columns)
{
  g_autofree char *names = g_strjoinv (", ", columns);
  g_autoptr (GString) places = g_string_new (NULL);

  for (guint i = 0; columns[i] != NULL; i++)
    g_string_append_printf (places, i == 0 ? "?%u" : ", ?%u", i + 1);

  return g_strdup_printf ("INSERT INTO %s (%s) VALUES (%s)", table, names, places->str);
}

static gboolean
restore_table (TptPack    *pack,
               TptSqlite  *sqlite,
               GError    **error)
{
  g_autofree char *table = tpt_pack_take_string (pack);
  g_auto (GStrv) columns = tpt_pack_take_strv (pack);
  g_autofree char *sql = make_insert (table, columns);
  guint width = g_strv_length (columns);

  while (!pack->failed && tpt_pack_take_count (pack) == 1)
    {
      g_autoptr (GPtrArray) keep = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
      g_autoptr (TptStatement) statement = tpt_sqlite_get (sqlite, sql);

      for (guint i = 0; i < width; i++)
        bind_field (statement, (int) i + 1, pack, keep);
      if (!tpt_statement_run (statement, error))
        return FALSE;
    }

  return TRUE;
}

static gboolean
restore_part (GByteArray  *rows,
              TptSqlite   *sqlite,
              GError     **error)
{
  TptPack pack = { rows, 0, FALSE };

  if (rows == NULL)
    return TRUE;
  while (!pack.failed && pack.offset < pack.bytes->len)
    {
      if (!restore_table (&pack, sqlite, error))
        return FALSE;
    }
  if (!pack.failed)
    return TRUE;
  g_set_error_literal (error, TPT_STORE_ERROR, TPT_STORE_ERROR_CORRUPT,
                       "The backup cannot be read");

  return FALSE;
}

static gboolean
restore_parts (TptBackup  *self,
               TptSqlite  *sqlite,
               GError    **error)
{
  for (TptBackupPart part = 0; part < TPT_BACKUP_N_PARTS; part++)
    {
      if (!restore_part (self->rows[part], sqlite, error))
        return FALSE;
    }

  return TRUE;
}

/* An earlier booking of a chain may be of a meeting that is pulled again only later: that one joins
 * the chain then. And a decision may be older than the customers: who is gone by now is nobody. */
static gboolean
untie (TptSqlite  *sqlite,
       GError    **error)
{
  return tpt_sqlite_execute (sqlite,
                             "UPDATE invitees SET previous = NULL "
                             "WHERE previous NOT IN (SELECT id FROM invitees);"
                             "UPDATE invitees SET customer = NULL, match = 0 "
                             "WHERE customer NOT IN (SELECT id FROM customers);"
                             "UPDATE invitees SET stakeholder = NULL "
                             "WHERE stakeholder NOT IN (SELECT id FROM stakeholders)", error);
}

static gboolean
count_all (TptSqlite        *sqlite,
           TptBackupCounts  *counts,
           GError          **error)
{
  return tpt_sqlite_query_int (sqlite, "SELECT count (*) FROM customers", &counts->customers, error)
         && tpt_sqlite_query_int (sqlite, "SELECT count (*) FROM stakeholders",
                                  &counts->stakeholders, error)
         && tpt_sqlite_query_int (sqlite, "SELECT count (*) FROM links", &counts->links, error)
         && tpt_sqlite_query_int (sqlite, "SELECT count (*) FROM invitees WHERE " DECIDED,
                                  &counts->decisions, error);
}

/**
 * tpt_backup_restore:
 * @sqlite: an empty database of the version that @self is of
 *
 * Puts every row where it was, all of them or none.
 */
gboolean
tpt_backup_restore (TptBackup        *self,
                    TptSqlite        *sqlite,
                    TptBackupCounts  *counts,
                    GError          **error)
{
  if (tpt_sqlite_execute (sqlite, "BEGIN IMMEDIATE; PRAGMA defer_foreign_keys = ON", error)
      && restore_parts (self, sqlite, error)
      && untie (sqlite, error)
      && count_all (sqlite, counts, error)
      && tpt_sqlite_execute (sqlite, "COMMIT", error))
    return TRUE;
  /* The file is not used any more then. */
  tpt_sqlite_rollback (sqlite, NULL);

  return FALSE;
}
