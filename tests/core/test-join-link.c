/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-join-link.h"

static void
test_allowed (void)
{
  static const struct
  {
    const char *address;
    const char *host;
  } cases[] = {
    { "https://zoom.us/j/4815162342?pwd=a%20b#x", "zoom.us" },
    { "https://meet.google.com/abc-defg-hij", "meet.google.com" },
    { "HTTPS://Teams.Microsoft.com:8443/l/meetup-join/19%3ameeting", "Teams.Microsoft.com" },
    { "https://xn--bcher-kva.example/", "xn--bcher-kva.example" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *checked = tpt_join_link_check (cases[i].address);
      g_autofree char *host = tpt_join_link_host (cases[i].address);

      g_assert_nonnull (checked);
      g_assert_cmpstr (host, ==, cases[i].host);
      g_assert_true (g_str_has_prefix (checked, "https://"));
    }
}

static void
test_blocked (void)
{
  static const char *const cases[] = {
    NULL, "", "javascript:alert(1)", "JavaScript:alert(1)", "file:///etc/passwd",
    "data:text/html,x", "vbscript:x", "smb://server/share", "x-scheme:y", "http://zoom.us/j/1",
    "https://a@evil.example/", "https://zoom.us:secret@evil.example/", "HTTPS\t://zoom.us/",
    "https://zoom.us/\nj", "//evil.example",
    "zoom.us/j/1", "https://", "https:///path", "https://evil.example\\@zoom.us/", "https://[::1/",
    "https://zoom.us%2eevil.example/", "https://z\u043eom.us/", " https://zoom.us/",
    "https://zoom.us/ ",
    "https://127.0.0.1@evil.example", "ftp://zoom.us/", "tel:+491", "about:blank",
  };
  g_autofree char *long_one = g_strnfill (1 << 20, 'a');
  g_autofree char *huge = g_strconcat ("https://zoom.us/", long_one, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *checked = tpt_join_link_check (cases[i]);
      g_autofree char *host = tpt_join_link_host (cases[i]);

      g_assert_null (checked);
      g_assert_null (host);
    }
  g_assert_null (tpt_join_link_check (huge));
}

/* A service on this computer may do without TLS; nobody else's join link may point there. */
static void
test_service (void)
{
  g_autofree char *local = tpt_service_link_check ("http://127.0.0.1:8765/reschedulings/abc");
  g_autofree char *remote = tpt_service_link_check ("https://booking.example/reschedulings/abc");

  g_assert_cmpstr (local, ==, "http://127.0.0.1:8765/reschedulings/abc");
  g_assert_nonnull (remote);
  g_assert_null (tpt_service_link_check ("http://booking.example/reschedulings/abc"));
  g_assert_null (tpt_service_link_check ("http://127.0.0.1.evil.example/"));
  g_assert_null (tpt_service_link_check ("http://x@127.0.0.1/"));
  g_assert_null (tpt_service_link_check ("javascript:alert(1)"));
  g_assert_null (tpt_join_link_check ("http://127.0.0.1:8765/"));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/join-link/allowed", test_allowed);
  g_test_add_func ("/join-link/blocked", test_blocked);
  g_test_add_func ("/join-link/service", test_service);

  return g_test_run ();
}
