/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "sandbox-fixture.h"
#include "tpt-test.h"

/* A new single-use link of the owner's type with that slug. */
static char *
make_link (SandboxFixture *fixture,
           const char     *slug)
{
  g_autofree char *event_type = sandbox_fixture_event_type (fixture, slug);
  g_autofree char *body = g_strdup_printf ("{\"max_event_count\":1,\"owner\":\"%s\","
                                           "\"owner_type\":\"EventType\"}", event_type);
  g_autoptr (SandboxAnswer) answer = sandbox_fixture_ask (fixture, "POST", "/scheduling_links",
                                                          body);

  g_assert_cmpuint (answer->status, ==, 201);

  return g_strdup (json_object_get_string_member (sandbox_answer_member (answer, "resource"),
                                                  "booking_url"));
}

/* The @number-th time that the page offers, escaped for a form. */
static char *
get_start (SandboxAnswer *page,
           guint          number)
{
  const char *mark = "name=\"start\" value=\"";
  g_auto (GStrv) parts = g_strsplit (page->text, mark, -1);
  g_auto (GStrv) value = NULL;

  g_assert_cmpuint (g_strv_length (parts), >, number + 1);
  value = g_strsplit (parts[number + 1], "\"", 2);

  return g_uri_escape_string (value[0], NULL, FALSE);
}

static SandboxAnswer *
book (SandboxFixture *fixture,
      const char     *url,
      const char     *start,
      const char     *rest)
{
  g_autofree char *form = g_strconcat ("start=", start, "&", rest, NULL);

  return sandbox_fixture_post_form (fixture, url, form);
}

static TptSandboxInvitee *
get_newest (SandboxFixture *fixture)
{
  GPtrArray *invitees = tpt_sandbox_server_get_context (fixture->server)->world->invitees;

  return invitees->pdata[invitees->len - 1];
}

/* Opening leaves a link alive, a booking ends it. */
static void
test_link_dies_by_booking (SandboxFixture *fixture,
                           gconstpointer   data)
{
  g_autofree char *url = make_link (fixture, "customer-check-in");
  g_autofree char *with = g_strconcat (url, "?name=%3Cb%3EEve%3C%2Fb%3E&email=eve@kestrel.example"
                                            "&utm_content=tp-1&utm_source=%22x", NULL);
  g_autoptr (SandboxAnswer) opened = sandbox_fixture_ask (fixture, "GET", with, NULL);
  g_autoptr (SandboxAnswer) again = sandbox_fixture_ask (fixture, "GET", with, NULL);
  g_autofree char *start = get_start (opened, 0);
  g_autoptr (SandboxAnswer) booked = book (fixture, url, start,
                                           "name=%3Cb%3EEve%3C%2Fb%3E&email=eve@kestrel.example"
                                           "&utm_content=tp-1&guests=a@b.example");
  g_autoptr (SandboxAnswer) dead = sandbox_fixture_ask (fixture, "GET", with, NULL);
  g_autoptr (SandboxAnswer) twice = book (fixture, url, start, "name=Eve&email=e@f.example");
  TptSandboxInvitee *invitee = get_newest (fixture);

  g_assert_cmpuint (again->status, ==, 200);
  g_assert_nonnull (strstr (opened->text, "value=\"&lt;b&gt;Eve&lt;/b&gt;\""));
  g_assert_nonnull (strstr (opened->text, "name=\"utm_content\" value=\"tp-1\""));
  g_assert_nonnull (strstr (opened->text, "name=\"utm_source\" value=\"&quot;x\""));
  g_assert_null (strstr (opened->text, "<b>Eve"));
  g_assert_cmpuint (booked->status, ==, 200);
  g_assert_nonnull (strstr (booked->text, "/reschedulings/"));
  g_assert_cmpstr (invitee->name, ==, "<b>Eve</b>");
  g_assert_cmpstr (invitee->utm[3], ==, "tp-1");
  g_assert_cmpstr (invitee->event->guests, ==, "a@b.example");
  g_assert_cmpuint (dead->status, ==, 410);
  g_assert_nonnull (strstr (dead->text, "already used"));
  g_assert_cmpuint (twice->status, ==, 410);
  g_assert_true (invitee == get_newest (fixture));
}

static void
test_form_is_checked (SandboxFixture *fixture,
                      gconstpointer   data)
{
  g_autofree char *url = make_link (fixture, "product-demo");
  g_autoptr (SandboxAnswer) page = sandbox_fixture_ask (fixture, "GET", url, NULL);
  g_autofree char *start = get_start (page, 0);
  g_autofree char *later = get_start (page, 9);
  const char *person = "first_name=Eve&last_name=Ek&email=eve@kestrel.example";
  g_autofree char *answered = g_strconcat (person, "&a1=51%E2%80%93500&a2=Billing&a2=Mobile", NULL);
  g_autoptr (SandboxAnswer) no_mail = book (fixture, url, start, "first_name=Eve&email=nobody");
  g_autoptr (SandboxAnswer) no_answer = book (fixture, url, start, person);
  g_autoptr (SandboxAnswer) booked = NULL;
  g_autoptr (SandboxAnswer) filled = NULL;
  g_autofree char *other = make_link (fixture, "product-demo");
  TptSandboxInvitee *invitee;

  g_assert_cmpuint (no_mail->status, ==, 422);
  g_assert_cmpuint (no_answer->status, ==, 422);
  g_assert_nonnull (strstr (no_answer->text, "value=\"eve@kestrel.example\""));
  booked = book (fixture, url, later, answered);
  g_assert_cmpuint (booked->status, ==, 200);
  filled = book (fixture, other, later, answered);
  g_assert_cmpuint (filled->status, ==, 409);

  invitee = get_newest (fixture);
  g_assert_cmpstr (invitee->first_name, ==, "Eve");
  g_assert_cmpuint (json_array_get_length (invitee->answers), ==, 2);
  g_assert_cmpstr (json_object_get_string_member (
                     json_array_get_object_element (invitee->answers, 1), "answer"),
                   ==, "Billing\nMobile");
}

/* The page of a type can be booked again and again. */
static void
test_event_type_page (SandboxFixture *fixture,
                      gconstpointer   data)
{
  const char *path = "/robin-falk/customer-check-in";
  g_autoptr (SandboxAnswer) person = sandbox_fixture_ask (fixture, "GET", "/robin-falk", NULL);
  g_autoptr (SandboxAnswer) page = sandbox_fixture_ask (fixture, "GET", path, NULL);
  g_autofree char *start = get_start (page, 0);
  g_autoptr (SandboxAnswer) booked = book (fixture, path, start, "name=Eve&email=e@f.example");
  g_autoptr (SandboxAnswer) again = sandbox_fixture_ask (fixture, "GET", path, NULL);
  g_autofree char *next = get_start (again, 0);
  g_autoptr (SandboxAnswer) off = sandbox_fixture_ask (fixture, "GET",
                                                       "/robin-falk/intro-call-old", NULL);

  g_assert_nonnull (strstr (person->text, "href=\"/robin-falk/customer-check-in\""));
  g_assert_null (strstr (person->text, "renewal-conversation"));
  g_assert_cmpuint (booked->status, ==, 200);
  g_assert_cmpuint (again->status, ==, 200);
  g_assert_cmpstr (next, !=, start);
  g_assert_cmpuint (off->status, ==, 404);
}

static TptSandboxInvitee *
book_check_in (SandboxFixture *fixture)
{
  g_autoptr (SandboxAnswer) answer = sandbox_fixture_ask (
    fixture, "POST", "/_sandbox/book",
    "{\"event_type\":\"customer-check-in\",\"name\":\"Eve\",\"email\":\"eve@kestrel.example\","
    "\"utm_content\":\"tp-2\"}");

  g_assert_cmpuint (answer->status, ==, 200);

  return get_newest (fixture);
}

static void
test_reschedule_page (SandboxFixture *fixture,
                      gconstpointer   data)
{
  TptSandboxInvitee *first = book_check_in (fixture);
  g_autofree char *path = g_strconcat ("/reschedulings/", first->uuid, NULL);
  g_autoptr (SandboxAnswer) page = sandbox_fixture_ask (fixture, "GET", path, NULL);
  g_autofree char *start = get_start (page, 4);
  g_autoptr (SandboxAnswer) moved = book (fixture, path, start, "reason=Train%20late");
  g_autoptr (SandboxAnswer) twice = book (fixture, path, start, "");
  TptSandboxInvitee *second = get_newest (fixture);

  g_assert_cmpuint (moved->status, ==, 200);
  g_assert_cmpuint (twice->status, ==, 410);
  g_assert_true (first->rescheduled);
  g_assert_true (first->new_invitee == second);
  g_assert_true (second->old_invitee == first);
  g_assert_cmpstr (first->cancellation.reason, ==, "Train late");
  g_assert_cmpint (first->event->cancellation.at, !=, 0);
  g_assert_true (second->event != first->event);
  g_assert_null (second->utm[3]);

  sandbox_fixture_set_faults (fixture, "{\"utm_on_reschedule\":true}");
  first = book_check_in (fixture);
  g_free (path);
  path = g_strconcat ("/reschedulings/", first->uuid, NULL);
  sandbox_answer_free (moved);
  g_free (start);
  start = get_start (page, 7);
  moved = book (fixture, path, start, "");
  g_assert_cmpuint (moved->status, ==, 200);
  g_assert_cmpstr (get_newest (fixture)->utm[3], ==, "tp-2");
}

static void
test_cancel_page (SandboxFixture *fixture,
                  gconstpointer   data)
{
  TptSandboxInvitee *invitee = book_check_in (fixture);
  g_autofree char *path = g_strconcat ("/cancellations/", invitee->uuid, NULL);
  g_autoptr (SandboxAnswer) page = sandbox_fixture_ask (fixture, "GET", path, NULL);
  g_autoptr (SandboxAnswer) canceled = sandbox_fixture_post_form (fixture, path, "reason=");
  g_autoptr (SandboxAnswer) twice = sandbox_fixture_post_form (fixture, path, "reason=");

  g_assert_cmpuint (page->status, ==, 200);
  g_assert_cmpuint (canceled->status, ==, 200);
  g_assert_cmpuint (twice->status, ==, 410);
  g_assert_cmpstr (invitee->cancellation.type, ==, "invitee");
  g_assert_null (invitee->cancellation.reason);
  g_assert_false (invitee->rescheduled);
}

/* One of a group leaves, the others stay. */
static void
test_group (SandboxFixture *fixture,
            gconstpointer   data)
{
  const char *path = "/robin-falk/office-hours";
  g_autoptr (SandboxAnswer) page = sandbox_fixture_ask (fixture, "GET", path, NULL);
  g_autofree char *start = get_start (page, 3);
  g_autoptr (SandboxAnswer) first = book (fixture, path, start, "name=Eve&email=e@f.example");
  TptSandboxInvitee *eve = get_newest (fixture);
  g_autoptr (SandboxAnswer) second = book (fixture, path, start, "name=Ada&email=a@f.example");
  TptSandboxInvitee *ada = get_newest (fixture);
  g_autofree char *cancel = g_strconcat ("/cancellations/", eve->uuid, NULL);
  g_autoptr (SandboxAnswer) canceled = sandbox_fixture_post_form (fixture, cancel, "");

  g_assert_cmpuint (first->status, ==, 200);
  g_assert_cmpuint (second->status, ==, 200);
  g_assert_cmpuint (canceled->status, ==, 200);
  g_assert_true (eve->event == ada->event);
  g_assert_cmpint (eve->event->cancellation.at, ==, 0);
  g_assert_cmpint (eve->cancellation.at, !=, 0);
  g_assert_cmpint (ada->cancellation.at, ==, 0);
}

#define ADD(path, function)                                                              \
  g_test_add (path, SandboxFixture, NULL, sandbox_fixture_set_up, function,              \
              sandbox_fixture_tear_down)

int
main (int    argc,
      char **argv)
{
  tpt_test_init (&argc, &argv);

  ADD ("/sandbox/pages/link-dies-by-booking", test_link_dies_by_booking);
  ADD ("/sandbox/pages/form-is-checked", test_form_is_checked);
  ADD ("/sandbox/pages/event-type", test_event_type_page);
  ADD ("/sandbox/pages/reschedule", test_reschedule_page);
  ADD ("/sandbox/pages/cancel", test_cancel_page);
  ADD ("/sandbox/pages/group", test_group);

  return g_test_run ();
}
