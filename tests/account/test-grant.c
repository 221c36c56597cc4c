/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-account-error.h"
#include "tpt-grant.h"
#include "tpt-redirect-answer.h"
#include "tpt-test.h"

#define NOW (1800000000 * TPT_SECOND)

static TptGrant *
respond (const char  *text,
         GError     **error)
{
  g_autoptr (JsonNode) node = json_from_string (text, NULL);

  g_assert_nonnull (node);

  return tpt_grant_new_response (node, "client", NOW, error);
}

static void
test_response (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TptGrant) grant = respond ("{\"token_type\":\"Bearer\",\"expires_in\":7200,\"access_"
                                        "token\":\"a\",\"refresh_token\":\"r\","
                                        "\"scope\":\" users:read  webhooks:write "
                                        "\",\"owner\":\"o\",\"organization\":\"g\",\"new\":{}}",
                                        &error);
  g_autofree char *text = NULL;
  g_autoptr (TptGrant) again = NULL;

  g_assert_no_error (error);
  g_assert_cmpuint (g_strv_length (grant->scopes), ==, 2);
  g_assert_cmpstr (grant->scopes[1], ==, "webhooks:write");

  text = tpt_grant_to_string (grant);
  again = tpt_grant_parse (text, &error);
  g_assert_no_error (error);
  g_assert_cmpint (again->kind, ==, TPT_GRANT_OAUTH);
  g_assert_cmpstr (again->access_token, ==, "a");
  g_assert_cmpstr (again->refresh_token, ==, "r");
  g_assert_cmpint (again->expires_at, ==, NOW + 7200 * TPT_SECOND);
  g_assert_cmpstr (again->owner, ==, "o");
  g_assert_cmpstr (again->organization, ==, "g");
  g_assert_cmpstr (again->client_id, ==, "client");
  g_assert_cmpstr (again->scopes[0], ==, "users:read");
}

/* A lifetime that makes no sense is the documented one, and nothing lives for years. */
static void
test_lifetimes (void)
{
  static const struct
  {
    const char *text;
    gint64 seconds;
  } cases[] = {
    { "3600", 3600 },     { "0", 7200 },        { "-5", 7200 },
    { "\"1800\"", 1800 }, { "\"soon\"", 7200 }, { "null", 7200 },
    { "[]", 7200 },       { "1e3", 7200 },      { "99999999999", 30 * 24 * 3600 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text
          = g_strdup_printf ("{\"access_token\":\"a\",\"expires_in\":%s}", cases[i].text);
      g_autoptr (TptGrant) grant = respond (text, NULL);

      g_assert_nonnull (grant);
      g_assert_cmpint (grant->expires_at, ==, NOW + cases[i].seconds * TPT_SECOND);
      g_assert_null (grant->refresh_token);
    }
}

static void
test_no_token (void)
{
  static const char *const cases[] = { "null",
                                       "[]",
                                       "{}",
                                       "{\"access_token\":7}",
                                       "{\"access_token\":\"\"}",
                                       "{\"access_token\":\"a\\r\\nX-Other: b\"}",
                                       "{\"access_token\":\"a b\"}",
                                       "{\"access_token\":\"\\u00e4\"}" };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (respond (cases[i], &error));
      g_assert_error (error, TPT_ACCOUNT_ERROR, TPT_ACCOUNT_ERROR_UNAVAILABLE);
    }
}

static void
test_personal (void)
{
  g_autoptr (TptGrant) grant = tpt_grant_new_personal ("secret");
  g_autofree char *text = tpt_grant_to_string (grant);
  g_autoptr (TptGrant) again = tpt_grant_parse (text, NULL);

  g_assert_cmpint (again->kind, ==, TPT_GRANT_PERSONAL);
  g_assert_cmpstr (again->access_token, ==, "secret");
  g_assert_cmpint (again->expires_at, ==, TPT_TIME_NONE);
  g_assert_null (again->refresh_token);
}

static void
test_broken (void)
{
  static const char *const cases[] = { "", "x", "[]", "{}", "{\"kind\":\"other\"}",
                                       "{\"kind\":\"oauth\",\"expires_at\":\"soon\"}" };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (tpt_grant_parse (cases[i], &error));
      g_assert_error (error, TPT_ACCOUNT_ERROR, TPT_ACCOUNT_ERROR_BROKEN);
    }
}

/* What a stranger writes into the description is cut to a length that can be shown. */
static void
test_answer (void)
{
  g_autofree char *text = g_strnfill (1000, 'x');
  g_autofree char *query = g_strdup_printf ("error=e&error_description=%s&other=1&flag", text);
  g_autoptr (TptRedirectAnswer) answer = tpt_redirect_answer_parse (query);
  g_autoptr (GError) error = tpt_redirect_answer_to_error (answer);

  g_assert_cmpuint (strlen (answer->description), ==, 200);
  g_assert_error (error, TPT_ACCOUNT_ERROR, TPT_ACCOUNT_ERROR_EXCHANGE);
  g_assert_null (tpt_redirect_answer_parse (NULL));
  g_assert_null (tpt_redirect_answer_parse ("state=a&state=b"));
  g_assert_null (tpt_redirect_answer_parse ("state=%"));
  g_assert_null (tpt_redirect_answer_parse ("state=%00"));
}

int
main (int    argc,
      char **argv)
{
  tpt_test_init (&argc, &argv);
  g_test_add_func ("/account/grant/response", test_response);
  g_test_add_func ("/account/grant/lifetimes", test_lifetimes);
  g_test_add_func ("/account/grant/no-token", test_no_token);
  g_test_add_func ("/account/grant/personal", test_personal);
  g_test_add_func ("/account/grant/broken", test_broken);
  g_test_add_func ("/account/grant/answer", test_answer);

  return g_test_run ();
}
