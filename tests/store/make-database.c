/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Makes the database of this version of the program for tests/fixtures/db, when a new step of the
 * schema is about to be released: see the README there. */

#include "tpt-test-record.h"

int
main (int    argc,
      char **argv)
{
  if (argc != 2)
    {
      g_printerr ("Usage: make-database FILE\n");
      return 2;
    }
  tpt_test_record_make (argv[1]);

  return 0;
}
