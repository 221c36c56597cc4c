/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-test.h"
#include "tpt-user.h"

#define DESKTOP "JST-9"

static void
assert_zone (TptUser    *user,
             const char *identifier,
             const char *unknown)
{
  g_autoptr (GTimeZone) zone = tpt_user_make_zone (user);

  g_assert_cmpstr (g_time_zone_get_identifier (zone), ==, identifier);
  g_assert_cmpstr (tpt_user_get_unknown_zone (user), ==, unknown);
}

/* Nobody takes the desktop's time for that of an account which names another. */
static void
test_user_zone (void)
{
  static const struct
  {
    const char *timezone;
    const char *identifier;
    const char *unknown;
  } cases[] = {
    { "Europe/Berlin", "Europe/Berlin", NULL },
    { "Mars/Base", "UTC", "Mars/Base" },
    { "Europe/../../passwd", "UTC", "Europe/../../passwd" },
    { "", DESKTOP, NULL },
    { NULL, DESKTOP, NULL },
  };

  assert_zone (NULL, DESKTOP, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (TptUser) user = tpt_user_new ();

      user->timezone = g_strdup (cases[i].timezone);
      assert_zone (user, cases[i].identifier, cases[i].unknown);
    }
}

/* A machine without the time zone database knows no zone at all. */
static void
test_user_no_database (void)
{
  g_autoptr (TptUser) user = tpt_user_new ();

  user->timezone = g_strdup ("Asia/Tokyo");
  g_setenv ("TZDIR", "/nonexistent", TRUE);
  assert_zone (user, "UTC", "Asia/Tokyo");
  g_unsetenv ("TZDIR");
  assert_zone (user, "Asia/Tokyo", NULL);
}

int
main (int    argc,
      char **argv)
{
  g_setenv ("TZ", DESKTOP, TRUE);
  tpt_test_init (&argc, &argv);

  g_test_add_func ("/user/zone", test_user_zone);
  g_test_add_func ("/user/no-database", test_user_no_database);

  return g_test_run ();
}
