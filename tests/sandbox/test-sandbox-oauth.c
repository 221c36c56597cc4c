/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "sandbox-fixture.h"
#include "tpt-test.h"

#define VERIFIER "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"
#define REDIRECT "http%3A%2F%2F127.0.0.1%3A4711%2Fcallback"
/* The pair of verifier and challenge is that of RFC 7636, Appendix B. */
#define ASKED                                                              \
  "client_id=sandbox-client&response_type=code&redirect_uri=" REDIRECT     \
  "&state=st%26te&code_challenge=E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM" \
  "&code_challenge_method=S256"

/* The value of @name in the query of the answer's Location. */
static char *
get_location (SandboxAnswer *answer,
              const char    *name)
{
  const char *location = soup_message_headers_get_one (answer->headers, "Location");
  g_autoptr (GHashTable) query = NULL;

  g_assert_cmpuint (answer->status, ==, 302);
  g_assert_true (g_str_has_prefix (location, "http://127.0.0.1:4711/callback?"));
  query = soup_form_decode (strchr (location, '?') + 1);

  return g_strdup (g_hash_table_lookup (query, name));
}

static char *
get_code (SandboxFixture *fixture,
          const char     *rest)
{
  g_autofree char *form = g_strconcat (ASKED "&decision=allow", rest, NULL);
  g_autoptr (SandboxAnswer) answer = sandbox_fixture_post_form (fixture, "/oauth/authorize", form);
  g_autofree char *state = get_location (answer, "state");

  g_assert_cmpstr (state, ==, "st&te");

  return get_location (answer, "code");
}

static SandboxAnswer *
redeem (SandboxFixture *fixture,
        const char     *code,
        const char     *verifier)
{
  g_autofree char *form = g_strconcat (
    "grant_type=authorization_code&client_id=sandbox-client&redirect_uri=" REDIRECT
    "&code=", code, "&code_verifier=", verifier, NULL);

  return sandbox_fixture_post_form (fixture, "/oauth/token", form);
}

static SandboxAnswer *
refresh (SandboxFixture *fixture,
         const char     *token)
{
  g_autofree char *form = g_strdup_printf (
    "grant_type=refresh_token&client_id=sandbox-client&refresh_token=%s", token);

  return sandbox_fixture_post_form (fixture, "/oauth/token", form);
}

static guint
ask_with (SandboxFixture *fixture,
          const char     *token,
          const char     *path,
          const char     *expected)
{
  SoupMessage *message = sandbox_fixture_message (fixture, "GET", path, NULL);
  g_autofree char *bearer = g_strconcat ("Bearer ", token, NULL);
  g_autoptr (SandboxAnswer) answer = NULL;

  soup_message_headers_replace (soup_message_get_request_headers (message),
                                "Authorization", bearer);
  answer = sandbox_fixture_send (fixture, message);
  g_assert_nonnull (strstr (answer->text, expected));

  return answer->status;
}

static const char *
get (SandboxAnswer *answer,
     const char    *name)
{
  return json_object_get_string_member (sandbox_answer_object (answer), name);
}

static void
test_flow (SandboxFixture *fixture,
           gconstpointer   data)
{
  g_autofree char *code = get_code (fixture, "&scope=users:read&scope=event_types:read");
  g_autoptr (SandboxAnswer) wrong = redeem (fixture, code, VERIFIER "x");
  g_autoptr (SandboxAnswer) pair = redeem (fixture, code, VERIFIER);

  g_assert_cmpuint (wrong->status, ==, 400);
  g_assert_cmpstr (get (wrong, "error"), ==, "invalid_grant");
  g_assert_cmpuint (pair->status, ==, 200);
  g_assert_cmpstr (get (pair, "scope"), ==, "users:read event_types:read");
  g_assert_cmpuint (strlen (get (pair, "access_token")), >, 255);
  g_assert_cmpuint (strlen (get (pair, "refresh_token")), ==, 64);
  g_assert_cmpuint (ask_with (fixture, get (pair, "access_token"), "/users/me", "Robin"), ==, 200);
  g_assert_cmpuint (ask_with (fixture, get (pair, "access_token"), "/contacts",
                              "\"required_scopes\":[\"contacts:read\"]"), ==, 403);
}

static void
test_consent_page (SandboxFixture *fixture,
                   gconstpointer   data)
{
  g_autoptr (SandboxAnswer) page = sandbox_fixture_ask (
    fixture, "GET", "/oauth/authorize?" ASKED "&scope=users:read%20shares:write", NULL);
  g_autoptr (SandboxAnswer) denied = sandbox_fixture_post_form (fixture, "/oauth/authorize",
                                                                ASKED "&decision=deny");
  g_autofree char *error = get_location (denied, "error");
  g_autofree char *state = get_location (denied, "state");
  g_autoptr (SandboxAnswer) unknown = sandbox_fixture_ask (
    fixture, "GET", "/oauth/authorize?client_id=x&redirect_uri=" REDIRECT, NULL);
  g_autoptr (SandboxAnswer) scope = sandbox_fixture_ask (
    fixture, "GET", "/oauth/authorize?" ASKED "&scope=invitees:read", NULL);
  g_autofree char *scope_error = get_location (scope, "error");

  g_assert_cmpuint (page->status, ==, 200);
  g_assert_nonnull (strstr (page->text, "value=\"shares:write\" checked"));
  g_assert_nonnull (strstr (page->text, "name=\"decision\" value=\"deny\""));
  g_assert_nonnull (strstr (page->text, "name=\"state\" value=\"st&amp;te\""));
  g_assert_cmpstr (error, ==, "access_denied");
  g_assert_cmpstr (state, ==, "st&te");
  g_assert_cmpuint (unknown->status, ==, 401);
  g_assert_cmpstr (scope_error, ==, "invalid_scope");
}

static void
test_native_needs_pkce (SandboxFixture *fixture,
                        gconstpointer   data)
{
  g_autoptr (SandboxAnswer) answer = sandbox_fixture_ask (
    fixture, "GET",
    "/oauth/authorize?client_id=sandbox-client&response_type=code&redirect_uri=" REDIRECT, NULL);
  g_autofree char *error = get_location (answer, "error");

  g_assert_cmpstr (error, ==, "invalid_request");
}

/* A refresh token is good for one use; its second use ends the whole family. */
static void
test_rotation (SandboxFixture *fixture,
               gconstpointer   data)
{
  g_autofree char *code = get_code (fixture, "&scope=users:read");
  g_autoptr (SandboxAnswer) first = redeem (fixture, code, VERIFIER);
  g_autoptr (SandboxAnswer) second = refresh (fixture, get (first, "refresh_token"));
  g_autoptr (SandboxAnswer) again = NULL;
  g_autoptr (SandboxAnswer) dead = NULL;

  g_assert_cmpuint (second->status, ==, 200);
  g_assert_cmpstr (get (second, "refresh_token"), !=, get (first, "refresh_token"));
  again = refresh (fixture, get (first, "refresh_token"));
  g_assert_cmpuint (again->status, ==, 400);
  g_assert_cmpstr (get (again, "error"), ==, "invalid_grant");
  g_assert_cmpuint (ask_with (fixture, get (second, "access_token"), "/users/me", "was revoked"),
                    ==, 401);
  dead = refresh (fixture, get (second, "refresh_token"));
  g_assert_cmpuint (dead->status, ==, 400);
}

static void
test_expiry (SandboxFixture *fixture,
             gconstpointer   data)
{
  g_autofree char *code = get_code (fixture, "&scope=users:read");
  g_autofree char *late = get_code (fixture, "&scope=users:read");
  g_autoptr (SandboxAnswer) pair = redeem (fixture, code, VERIFIER);
  g_autoptr (SandboxAnswer) clock = sandbox_fixture_ask (fixture, "POST", "/_sandbox/clock",
                                                         "{\"advance_seconds\":7201}");
  g_autoptr (SandboxAnswer) answer = redeem (fixture, late, VERIFIER);
  g_autoptr (SandboxAnswer) renewed = refresh (fixture, get (pair, "refresh_token"));

  g_assert_cmpuint (clock->status, ==, 200);
  g_assert_cmpuint (answer->status, ==, 400);
  g_assert_cmpuint (ask_with (fixture, get (pair, "access_token"), "/users/me", "token expired"),
                    ==, 401);
  g_assert_cmpuint (ask_with (fixture, get (renewed, "access_token"), "/users/me", "Robin"),
                    ==, 200);
}

static void
test_revoke (SandboxFixture *fixture,
             gconstpointer   data)
{
  g_autofree char *code = get_code (fixture, "&scope=users:read");
  g_autoptr (SandboxAnswer) pair = redeem (fixture, code, VERIFIER);
  g_autofree char *form = g_strconcat ("client_id=sandbox-client&token=",
                                       get (pair, "refresh_token"), NULL);
  g_autoptr (SandboxAnswer) revoked = sandbox_fixture_post_form (fixture, "/oauth/revoke", form);
  g_autofree char *question = g_strconcat ("client_id=sandbox-client&token=",
                                           get (pair, "access_token"), NULL);
  g_autoptr (SandboxAnswer) state = sandbox_fixture_post_form (fixture, "/oauth/introspect",
                                                               question);

  g_assert_cmpuint (revoked->status, ==, 200);
  g_assert_cmpstr (state->text, ==, "{\"active\":false}");
  g_assert_cmpuint (ask_with (fixture, get (pair, "access_token"), "/users/me", "was revoked"),
                    ==, 401);
}

static void
test_eight_tokens (SandboxFixture *fixture,
                   gconstpointer   data)
{
  g_autofree char *code = get_code (fixture, "&scope=users:read");
  g_autoptr (SandboxAnswer) pair = redeem (fixture, code, VERIFIER);

  for (guint i = 0; i < 7; i++)
    {
      SandboxAnswer *next = refresh (fixture, get (pair, "refresh_token"));

      g_assert_cmpuint (next->status, ==, 200);
      sandbox_answer_free (pair);
      pair = next;
    }
  {
    g_autoptr (SandboxAnswer) ninth = refresh (fixture, get (pair, "refresh_token"));

    g_assert_cmpuint (ninth->status, ==, 429);
  }
}

/* A web app has a secret and needs no PKCE. */
static void
test_web_client (SandboxFixture *fixture,
                 gconstpointer   data)
{
  const char *asked = "client_id=sandbox-web&response_type=code&redirect_uri=" REDIRECT
                      "&decision=allow&scope=users:read";
  g_autoptr (SandboxAnswer) consent = sandbox_fixture_post_form (fixture, "/oauth/authorize",
                                                                 asked);
  g_autofree char *code = get_location (consent, "code");
  g_autofree char *form = g_strconcat (
    "grant_type=authorization_code&client_id=sandbox-web&redirect_uri=" REDIRECT
    "&code=", code, NULL);
  g_autofree char *with = g_strconcat (form, "&client_secret=sandbox-secret", NULL);
  g_autoptr (SandboxAnswer) without = sandbox_fixture_post_form (fixture, "/oauth/token", form);
  g_autoptr (SandboxAnswer) pair = sandbox_fixture_post_form (fixture, "/oauth/token", with);

  g_assert_cmpuint (without->status, ==, 401);
  g_assert_cmpstr (get (without, "error"), ==, "invalid_client");
  g_assert_cmpuint (pair->status, ==, 200);
}

#define ADD(path, function)                                                              \
  g_test_add (path, SandboxFixture, NULL, sandbox_fixture_set_up, function,              \
              sandbox_fixture_tear_down)

int
main (int    argc,
      char **argv)
{
  tpt_test_init (&argc, &argv);

  ADD ("/sandbox/oauth/flow", test_flow);
  ADD ("/sandbox/oauth/consent-page", test_consent_page);
  ADD ("/sandbox/oauth/native-needs-pkce", test_native_needs_pkce);
  ADD ("/sandbox/oauth/rotation", test_rotation);
  ADD ("/sandbox/oauth/expiry", test_expiry);
  ADD ("/sandbox/oauth/revoke", test_revoke);
  ADD ("/sandbox/oauth/eight-tokens", test_eight_tokens);
  ADD ("/sandbox/oauth/web-client", test_web_client);

  return g_test_run ();
}
