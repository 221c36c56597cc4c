/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-customer-fields.h"
#include "tpt-inbox-world.h"

/* @fields: names and values in turn; nothing else is said of the customer. */
static TptCustomer *
make_customer (gint64             row,
               const char *const *fields)
{
  TptCustomer *customer = tpt_customer_new ();

  customer->id = row;
  for (; *fields != NULL; fields += 2)
    g_hash_table_replace (customer->fields, g_strdup (fields[0]), g_strdup (fields[1]));

  return customer;
}

#define FIELDS(row, ...) make_customer (row, (const char *const[]) { __VA_ARGS__, NULL })

/* @wanted: (transfer full) */
static TptMatchReceipt
write_fields (TptInboxWorld *world,
              TptCustomer   *wanted)
{
  TptMatchReceipt receipt =
    tpt_inbox_world_act (world, tpt_match_act_new_customer (wanted, TPT_CUSTOMER_FIELDS));

  g_object_unref (wanted);

  return receipt;
}

static void
import (TptInboxWorld *world,
        const char    *list)
{
  g_autoptr (TptImportReport) report = tpt_inbox_world_import (world, list);

  g_assert_cmpuint (report->errors->len, ==, 0);
}

static void
assert_acme (TptInboxWorld *world,
             const char    *fields)
{
  g_autofree char *dump = tpt_inbox_world_dump (world);
  g_autofree char *line = g_strdup_printf ("Acme [acme.com] (null) (null) 0%s\n", fields);

  g_test_message ("%s", dump);
  g_assert_nonnull (strstr (dump, line));
}

/* A list fills them; what somebody writes stays, and what they take out is open to lists again. */
static void
test_lists (TptInboxWorld *world,
            gconstpointer  user_data)
{
  gint64 acme = tpt_inbox_world_add_customer (world, "Acme", "acme.com", "");
  g_autofree char *before = NULL;
  TptMatchReceipt receipt;

  import (world, "name,Region,Seats\nAcme,North,12\n");
  assert_acme (world, " Region=North Seats=12");
  before = tpt_inbox_world_dump (world);

  receipt = write_fields (world, FIELDS (acme, "Region", "South", "Contract", "K-7"));
  assert_acme (world, " Contract=K-7* Region=South*");
  import (world, "name,Region,Seats\nAcme,West,14\n");
  assert_acme (world, " Contract=K-7* Region=South* Seats=14");

  /* What the list said since is not what was written. */
  g_assert_true (tpt_inbox_world_undo (world, receipt.action, NULL));
  assert_acme (world, " Region=North Seats=14");
  import (world, "name,Region,Seats\nAcme,North,12\n");
  receipt = write_fields (world, FIELDS (acme, "Seats", "99"));
  assert_acme (world, " Seats=99*");
  tpt_inbox_world_assert_undone (world, receipt.action, before);
}

/* One after the other, each back to the one before; the same once more is nothing to take back. */
static void
test_steps (TptInboxWorld *world,
            gconstpointer  user_data)
{
  gint64 acme = tpt_inbox_world_add_customer (world, "Acme", "acme.com", "");
  TptMatchReceipt first = write_fields (world, FIELDS (acme, "Region", "North"));
  TptMatchReceipt second = write_fields (world, FIELDS (acme, "Region", "South", "Seats", "12"));
  TptMatchReceipt third = write_fields (world, FIELDS (acme, "Seats", "12", "Region", "South"));

  assert_acme (world, " Region=South* Seats=12*");
  g_assert_cmpint (third.action, ==, 0);
  g_assert_true (tpt_inbox_world_undo (world, second.action, NULL));
  assert_acme (world, " Region=North*");
  g_assert_true (tpt_inbox_world_undo (world, first.action, NULL));
  assert_acme (world, "");
}

/* The other one's fields fill what is not there; apart again, both are as they were. */
static void
test_merge (TptInboxWorld *world,
            gconstpointer  user_data)
{
  gint64 acme = tpt_inbox_world_add_customer (world, "Acme", "acme.com", "");
  gint64 beta = tpt_inbox_world_add_customer (world, "Beta", "", "");
  g_autofree char *before = NULL;
  TptMatchReceipt receipt;

  write_fields (world, FIELDS (acme, "Region", "North"));
  write_fields (world, FIELDS (beta, "Region", "South", "Seats", "12"));
  before = tpt_inbox_world_dump (world);

  receipt = tpt_inbox_world_act (world, tpt_match_act_new_merge (acme, beta));
  assert_acme (world, " Region=North* Seats=12*");
  tpt_inbox_world_assert_undone (world, receipt.action, before);
  import (world, "name,Region,Seats\nAcme,West,14\n");
  assert_acme (world, " Region=North* Seats=14");
}

/* A new customer has what its form says, by hand. */
static void
test_new (TptInboxWorld *world,
          gconstpointer  user_data)
{
  g_autoptr (TptCustomer) form = FIELDS (0, "Region", "North");
  g_autoptr (TptCustomer) draft = tpt_customer_new ();
  g_autofree char *dump = NULL;

  form->name = g_strdup ("Acme");
  g_assert_cmphex (tpt_customer_compare (draft, form), ==, TPT_CUSTOMER_NAME | TPT_CUSTOMER_FIELDS);
  tpt_customer_write (draft, form, TPT_CUSTOMER_NAME | TPT_CUSTOMER_FIELDS);
  tpt_inbox_world_act (world, tpt_match_act_new_create (draft, NULL));
  dump = tpt_inbox_world_dump (world);
  g_assert_nonnull (strstr (dump, " #1 Region=North*\n"));
  import (world, "name,Region\nAcme,West\n");
  g_free (dump);
  dump = tpt_inbox_world_dump (world);
  g_assert_nonnull (strstr (dump, " #1 Region=North*\n"));
}

int
main (int   argc,
      char *argv[])
{
  static const struct
  {
    const char *name;
    void (*func) (TptInboxWorld *, gconstpointer);
  } tests[] = {
    { "/field-edit/lists", test_lists },
    { "/field-edit/steps", test_steps },
    { "/field-edit/merge", test_merge },
    { "/field-edit/new", test_new },
  };

  tpt_test_init (&argc, &argv);

  for (gsize i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].name, TptInboxWorld, NULL, tpt_inbox_world_set_up, tests[i].func,
                tpt_inbox_world_tear_down);

  return g_test_run ();
}
