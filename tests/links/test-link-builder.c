/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include <gio/gio.h>

#include "tpt-link-builder.h"
#include "tpt-test.h"

static char *
build (const TptLinkDraft *draft)
{
  g_autoptr (GError) error = NULL;
  char *url = tpt_link_builder_build (draft, &error);

  g_assert_no_error (error);

  return url;
}

static void
test_link_builder_whole (void)
{
  g_autofree char *url = build (&(TptLinkDraft) {
    .booking_url = "https://calendly.com/d/abc-def/check-in",
    .name = "Ana María & Co", .email = "ana+qbr@acme.com",
    .id = "Id_1-x", .origin = "customer-page", .campaign = "check in", .customer = 12 });

  g_assert_cmpstr (url, ==,
                   "https://calendly.com/d/abc-def/check-in?name=Ana%20Mar%C3%ADa%20%26%20Co"
                   "&email=ana%2Bqbr%40acme.com&utm_source=touchpoint&utm_medium=customer-page"
                   "&utm_campaign=check-in&utm_term=customer-12&utm_content=Id_1-x");
}

static void
test_link_builder_kept (void)
{
  g_autofree char *url = build (&(TptLinkDraft) {
    .booking_url = "http://127.0.0.1:8080/d/a?month=2026-11&utm_content=old&name=X&a1=2,3#top",
    .id = "new" });
  g_autofree char *bare = build (&(TptLinkDraft) { .booking_url = "https://calendly.com/x?" });

  g_assert_cmpstr (url, ==,
                   "http://127.0.0.1:8080/d/a?month=2026-11&a1=2,3&utm_source=touchpoint"
                   "&utm_content=new#top");
  g_assert_cmpstr (bare, ==, "https://calendly.com/x?utm_source=touchpoint");
}

/* Whatever a name holds, it stays one value of one key, and its letters come back. */
static void
test_link_builder_escaping (void)
{
  static const char *const names[] = {
    "<b>x</b> & \"Ω\" שלום", "a&utm_content=forged", "100% #1 ?", "a+b=c;d", "名前", "'--",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *url = build (&(TptLinkDraft) {
        .booking_url = "https://calendly.com/d/a", .name = names[i], .id = "mine" });
      g_autoptr (GUri) uri = g_uri_parse (url, G_URI_FLAGS_ENCODED, NULL);
      g_autoptr (GHashTable) query = g_uri_parse_params (g_uri_get_query (uri), -1, "&",
                                                         G_URI_PARAMS_NONE, NULL);

      g_assert_cmpstr (g_hash_table_lookup (query, "name"), ==, names[i]);
      g_assert_cmpstr (g_hash_table_lookup (query, "utm_content"), ==, "mine");
      g_assert_cmpuint (g_hash_table_size (query), ==, 3);
      g_assert_null (strchr (url, '+'));
    }
}

static void
test_link_builder_invisible (void)
{
  g_autofree char *url = build (&(TptLinkDraft) {
    .booking_url = "https://calendly.com/d/a", .name = "A\n\xe2\x80\xae" "B\xff", .email = " " });
  g_autofree char *letters = g_strnfill (5000, 'x');
  g_autofree char *huge = build (&(TptLinkDraft) { .booking_url = "https://calendly.com/d/a",
                                                   .name = letters });

  g_assert_cmpstr (url, ==, "https://calendly.com/d/a?name=AB%EF%BF%BD&utm_source=touchpoint");
  g_assert_cmpuint (strlen (huge), <, 300);
}

static void
test_link_builder_refused (void)
{
  static const char *const urls[] = { "", "javascript:alert(1)", "ftp://calendly.com/a",
                                      "calendly.com/a", "https:///a" };

  for (gsize i = 0; i < G_N_ELEMENTS (urls); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *url = tpt_link_builder_build (&(TptLinkDraft) { .booking_url = urls[i] },
                                                     &error);

      g_assert_null (url);
      g_assert_error (error, TPT_LINK_BUILDER_ERROR, TPT_LINK_BUILDER_ERROR_ADDRESS);
    }
}

int
main (int   argc,
      char *argv[])
{
  tpt_test_init (&argc, &argv);

  g_test_add_func ("/link-builder/whole", test_link_builder_whole);
  g_test_add_func ("/link-builder/kept", test_link_builder_kept);
  g_test_add_func ("/link-builder/escaping", test_link_builder_escaping);
  g_test_add_func ("/link-builder/invisible", test_link_builder_invisible);
  g_test_add_func ("/link-builder/refused", test_link_builder_refused);

  return g_test_run ();
}
