/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-customers-table.h"

#include "tpt-session.h"
#include "tpt-stakeholders-table.h"

#define TABLE "customers"
#define SELECT_CUSTOMERS                                                                           \
  "SELECT id, status, cadence_days, renewal_at, created_at, sealed FROM customers "

#define COLUMN_SEALED 5

static void
pack_customer (TptPack     *pack,
               TptCustomer *customer)
{
  g_autofree const char **by_hand =
    (const char **) g_hash_table_get_keys_as_array (customer->fields_by_hand, NULL);
  GHashTableIter iter;
  gpointer key, value;

  tpt_pack_put_string (pack, customer->name);
  tpt_pack_put_strv (pack, (const char *const *) customer->domains);
  tpt_pack_put_string (pack, customer->tier);
  tpt_pack_put_string (pack, customer->owner);
  tpt_pack_put_string (pack, customer->external_id);
  tpt_pack_put_count (pack, g_hash_table_size (customer->fields));
  g_hash_table_iter_init (&iter, customer->fields);
  while (g_hash_table_iter_next (&iter, &key, &value))
    {
      tpt_pack_put_string (pack, key);
      tpt_pack_put_string (pack, value);
    }
  tpt_pack_put_int (pack, customer->by_hand);
  tpt_pack_put_strv (pack, by_hand);
}

static void
unpack_customer (TptPack     *pack,
                 TptCustomer *customer)
{
  g_auto (GStrv) by_hand = NULL;
  guint count;

  customer->name = tpt_pack_take_string (pack);
  g_strfreev (customer->domains);
  customer->domains = tpt_pack_take_strv (pack);
  customer->tier = tpt_pack_take_string (pack);
  customer->owner = tpt_pack_take_string (pack);
  customer->external_id = tpt_pack_take_string (pack);
  count = tpt_pack_take_count (pack);
  for (guint i = 0; i < count; i++)
    {
      char *key = tpt_pack_take_string (pack);
      char *value = tpt_pack_take_string (pack);

      g_hash_table_replace (customer->fields, key != NULL ? key : g_strdup (""), value);
    }
  customer->by_hand = (TptCustomerParts) tpt_pack_take_int (pack);
  by_hand = tpt_pack_take_strv (pack);
  for (char **name = by_hand; *name != NULL; name++)
    g_hash_table_add (customer->fields_by_hand, g_strdup (*name));
}

static TptCustomer *
read_customer (TptSession    *session,
               TptStatement  *statement,
               GError       **error)
{
  g_autoptr (TptCustomer) customer = tpt_customer_new ();
  g_auto (TptPack) pack = { 0 };

  tpt_pack_init (&pack);
  customer->id = tpt_statement_get_int (statement, 0);
  customer->status = (TptCustomerStatus) tpt_statement_get_int (statement, 1);
  customer->cadence_days = (int) tpt_statement_get_int (statement, 2);
  customer->renewal_at = tpt_statement_get_int (statement, 3);
  customer->created_at = tpt_statement_get_int (statement, 4);
  if (!tpt_session_unseal (session, TABLE, "sealed", customer->id, statement, COLUMN_SEALED, &pack,
                           error))
    return NULL;
  unpack_customer (&pack, customer);
  if (!tpt_session_check_pack (&pack, TABLE, customer->id, error)
      || !tpt_stakeholders_table_list (session, customer->id, customer->stakeholders, error))
    return NULL;

  return g_steal_pointer (&customer);
}

/** tpt_customers_table_list: (element-type TptCustomer): all, each with its stakeholders */
gboolean
tpt_customers_table_list (TptSession  *session,
                          GPtrArray  **customers,
                          GError     **error)
{
  g_autoptr (GPtrArray) found = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (TptStatement) statement = NULL;

  statement = tpt_session_get (session, SELECT_CUSTOMERS "ORDER BY id");
  while (tpt_statement_next (statement))
    {
      TptCustomer *customer = read_customer (session, statement, error);

      if (customer == NULL)
        return FALSE;
      g_ptr_array_add (found, customer);
    }
  *customers = g_steal_pointer (&found);

  return tpt_statement_check (statement, error);
}

static gboolean
find_one (TptSession   *session,
          const char   *sql,
          gint64        key,
          TptCustomer **customer,
          GError      **error)
{
  g_autoptr (TptStatement) statement = tpt_session_get (session, sql);

  *customer = NULL;
  tpt_statement_bind_int (statement, 1, key);
  if (!tpt_statement_next (statement))
    return tpt_statement_check (statement, error);
  *customer = read_customer (session, statement, error);

  return *customer != NULL;
}

gboolean
tpt_customers_table_load (TptSession   *session,
                          gint64        row,
                          TptCustomer **customer,
                          GError      **error)
{
  return find_one (session, SELECT_CUSTOMERS "WHERE id = ?1", row, customer, error);
}

/** tpt_customers_table_find_name: in any case of its letters; the oldest where several have it */
gboolean
tpt_customers_table_find_name (TptSession   *session,
                               const char   *name,
                               TptCustomer **customer,
                               GError      **error)
{
  return find_one (session, SELECT_CUSTOMERS "WHERE name_key = ?1 ORDER BY id LIMIT 1",
                   tpt_session_text_key (session, "customer", name), customer, error);
}

gboolean
tpt_customers_table_find_external (TptSession   *session,
                                   const char   *external_id,
                                   TptCustomer **customer,
                                   GError      **error)
{
  return find_one (session, SELECT_CUSTOMERS "WHERE external_key = ?1 ORDER BY id LIMIT 1",
                   tpt_session_text_key (session, "external id", external_id), customer, error);
}

gboolean
tpt_customers_table_count (TptSession  *session,
                           gint64      *count,
                           GError     **error)
{
  return tpt_sqlite_query_int (session->sqlite, "SELECT count(*) FROM customers", count, error);
}

static gboolean
write_customer (TptSession   *session,
                TptCustomer  *customer,
                GError      **error)
{
  g_autoptr (GByteArray) sealed = NULL;
  g_autoptr (TptStatement) statement = NULL;
  g_auto (TptPack) pack = { 0 };

  tpt_pack_init (&pack);
  pack_customer (&pack, customer);
  sealed = tpt_session_seal (session, TABLE, "sealed", customer->id, &pack);
  statement = tpt_session_get (session,
    "INSERT INTO customers (id, name_key, external_key, status, cadence_days, renewal_at, "
    "created_at, sealed) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8) ON CONFLICT (id) DO UPDATE SET "
    "name_key = excluded.name_key, external_key = excluded.external_key, "
    "status = excluded.status, cadence_days = excluded.cadence_days, "
    "renewal_at = excluded.renewal_at, created_at = excluded.created_at, "
    "sealed = excluded.sealed");
  tpt_statement_bind_int (statement, 1, customer->id);
  tpt_statement_bind_row (statement, 2, tpt_session_text_key (session, "customer", customer->name));
  tpt_statement_bind_row (statement, 3,
                          tpt_session_text_key (session, "external id", customer->external_id));
  tpt_statement_bind_int (statement, 4, customer->status);
  tpt_statement_bind_int (statement, 5, customer->cadence_days);
  tpt_statement_bind_int (statement, 6, customer->renewal_at);
  tpt_statement_bind_int (statement, 7, customer->created_at);
  tpt_statement_bind_blob (statement, 8, sealed);

  return tpt_statement_run (statement, error);
}

/**
 * tpt_customers_table_save:
 *
 * Writes @customer, new where its row is 0, and the stakeholders that it holds; stakeholders that
 * it does not hold stay as they are. Sets the rows, and the time of creation where there is none.
 */
gboolean
tpt_customers_table_save (TptSession   *session,
                          TptCustomer  *customer,
                          GError      **error)
{
  if (customer->id == 0
      && !tpt_sqlite_query_int (session->sqlite,
                                "SELECT coalesce (max (id), 0) + 1 FROM customers", &customer->id,
                                error))
    return FALSE;
  if (customer->created_at == TPT_TIME_NONE)
    customer->created_at = tpt_clock_now (session->clock);
  if (!write_customer (session, customer, error))
    return FALSE;
  for (guint i = 0; i < customer->stakeholders->len; i++)
    {
      TptStakeholder *stakeholder = g_ptr_array_index (customer->stakeholders, i);

      stakeholder->customer = customer->id;
      if (!tpt_stakeholders_table_save (session, stakeholder, error))
        return FALSE;
    }
  tpt_session_mark (session, TPT_CHANGE_CUSTOMERS, customer->id);

  return TRUE;
}

/**
 * tpt_customers_table_remove:
 *
 * With its stakeholders; its meetings and links stay, and belong to nobody.
 */
gboolean
tpt_customers_table_remove (TptSession  *session,
                            gint64       row,
                            GError     **error)
{
  g_autoptr (TptStatement) orphans = NULL;
  g_autoptr (TptStatement) statement = NULL;

  orphans = tpt_session_get (session, "SELECT DISTINCT meeting FROM invitees WHERE customer = ?1");
  tpt_statement_bind_int (orphans, 1, row);
  while (tpt_statement_next (orphans))
    tpt_session_mark_meeting (session, tpt_statement_get_int (orphans, 0));
  if (!tpt_statement_check (orphans, error))
    return FALSE;
  statement = tpt_session_get (session, "DELETE FROM customers WHERE id = ?1");
  tpt_statement_bind_int (statement, 1, row);
  tpt_session_mark (session, TPT_CHANGE_CUSTOMERS, row);
  tpt_session_mark (session, TPT_CHANGE_LINKS, row);

  return tpt_statement_run (statement, error);
}
