/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-fuzz.h"

#include "tpt-customers-csv.h"

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        gsize         size)
{
  const char *const own[] = { "brightwater.example", NULL };
  const char *const free_mail[] = { "gmail.com", NULL };
  g_autoptr (GBytes) bytes = g_bytes_new (data, size);
  g_autoptr (GError) error = NULL;
  g_autoptr (TptCustomersCsv) csv = tpt_customers_csv_parse (bytes, own, free_mail, &error);

  if (csv == NULL)
    {
      g_assert_nonnull (error);
      return 0;
    }
  for (guint i = 0; i < csv->customers->len; i++)
    {
      TptCustomer *customer = g_ptr_array_index (csv->customers, i);

      g_assert_nonnull (customer->name);
      g_assert_true (g_utf8_validate (customer->name, -1, NULL));
    }

  return 0;
}
