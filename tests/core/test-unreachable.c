/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-test.h"
#include "tpt-unreachable.h"

#define RAW "Could not connect to 192.0.2.1: what the system calls it"

/* Whatever happens is told in a person's words, and nothing in those of a library. */
static void
test_reasons (void)
{
  const struct
  {
    GQuark domain;
    int code;
    const char *says;
  } rows[] = {
    { G_IO_ERROR, G_IO_ERROR_CONNECTION_REFUSED, "nothing answers" },
    { G_IO_ERROR, G_IO_ERROR_NETWORK_UNREACHABLE, "online?" },
    { G_IO_ERROR, G_IO_ERROR_HOST_UNREACHABLE, "online?" },
    { G_IO_ERROR, G_IO_ERROR_HOST_NOT_FOUND, "no such address" },
    { G_IO_ERROR, G_IO_ERROR_TIMED_OUT, "does not answer" },
    { G_RESOLVER_ERROR, G_RESOLVER_ERROR_NOT_FOUND, "no such address" },
    { G_RESOLVER_ERROR, G_RESOLVER_ERROR_TEMPORARY_FAILURE, "online?" },
    { G_IO_ERROR, G_IO_ERROR_PROXY_FAILED, "complete answer" },
    { G_IO_ERROR, G_IO_ERROR_PARTIAL_INPUT, "complete answer" },
    { G_IO_ERROR, G_IO_ERROR_CONNECTION_CLOSED, "complete answer" },
    { G_TLS_ERROR, G_TLS_ERROR_HANDSHAKE, "encrypted" },
    { G_TLS_ERROR, G_TLS_ERROR_BAD_CERTIFICATE, "trusts" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GError) error = g_error_new_literal (rows[i].domain, rows[i].code, RAW);
      const char *reason = tpt_unreachable_get_reason (error);

      g_assert_nonnull (strstr (reason, rows[i].says));
      g_assert_null (strstr (reason, "192.0.2.1"));
    }
}

/* Who calls a proxy that is not there shall not look for the fault elsewhere. */
static void
test_proxy (void)
{
  g_autoptr (GError) error =
    g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CONNECTION_REFUSED, RAW);

  g_setenv ("https_proxy", "http://127.0.0.1:1", TRUE);
  g_assert_nonnull (strstr (tpt_unreachable_get_reason (error), "proxy"));
  g_setenv ("https_proxy", "", TRUE);
  g_assert_null (strstr (tpt_unreachable_get_reason (error), "proxy"));
  g_unsetenv ("https_proxy");
}

int
main (int    argc,
      char **argv)
{
  tpt_test_init (&argc, &argv);
  g_test_add_func ("/unreachable/reasons", test_reasons);
  g_test_add_func ("/unreachable/proxy", test_proxy);

  return g_test_run ();
}
