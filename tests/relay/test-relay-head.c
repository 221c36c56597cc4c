/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include <string.h>

#include "tpt-relay-head.h"
#include "tpt-test.h"

#define HEAD                                                                                       \
  "POST /a/b?c=d&e HTTP/1.1\r\nHost: r\r\nX-One:  two \t\r\nx-one: three\r\n"                      \
  "Content-Length: 12\r\n\r\n"

static TptRelayHead *
parse (const char *text)
{
  guint status = 0;
  TptRelayHead *head = tpt_relay_head_parse (text, strlen (text), &status);

  g_assert_cmpuint (status, ==, 0);
  g_assert_nonnull (head);

  return head;
}

static void
test_parts (void)
{
  g_autoptr (TptRelayHead) head = parse (HEAD);

  g_assert_cmpstr (head->method, ==, "POST");
  g_assert_cmpstr (head->path, ==, "/a/b");
  g_assert_cmpstr (head->query, ==, "c=d&e");
  g_assert_cmpuint (head->length, ==, 12);
  g_assert_true (head->keep_alive);
  g_assert_false (head->expects_continue);
  g_assert_cmpstr (tpt_relay_head_get (head, "x-one"), ==, "two");
  g_assert_cmpuint (tpt_relay_head_count (head, "x-one"), ==, 2);
  g_assert_null (tpt_relay_head_get (head, "x-two"));
}

/* The end is found at the same byte however much has come, and never before. */
static void
test_end (void)
{
  gsize length = strlen (HEAD);
  g_autofree char *more = g_strconcat (HEAD, "body\nof lines", NULL);
  g_autofree char *filler = g_strnfill (TPT_RELAY_HEAD_MAX, 'x');

  for (gsize i = 0; i < length; i++)
    g_assert_cmpint (tpt_relay_head_find_end (HEAD, i), ==, -1);
  g_assert_cmpint (tpt_relay_head_find_end (more, length), ==, (gssize) length);
  g_assert_cmpint (tpt_relay_head_find_end (more, strlen (more)), ==, (gssize) length);
  g_assert_cmpint (tpt_relay_head_find_end ("a\n", 2), ==, -2);
  g_assert_cmpint (tpt_relay_head_find_end (filler, TPT_RELAY_HEAD_MAX - 1), ==, -1);
  g_assert_cmpint (tpt_relay_head_find_end (filler, TPT_RELAY_HEAD_MAX), ==, -2);
}

/* An end that comes too late is none; the last byte that may be one is. */
static void
test_late_end (void)
{
  g_autofree char *filler = g_strnfill (TPT_RELAY_HEAD_MAX - 4, 'x');
  g_autofree char *fits = g_strconcat (filler, "\r\n\r\n", NULL);
  g_autofree char *late = g_strconcat (filler, "x\r\n\r\n", NULL);

  g_assert_cmpint (tpt_relay_head_find_end (fits, strlen (fits)), ==, TPT_RELAY_HEAD_MAX);
  g_assert_cmpint (tpt_relay_head_find_end (late, strlen (late)), ==, -2);
}

/* A hundred fields, and not one more, however short they are. */
static void
test_many_fields (void)
{
  g_autoptr (GString) text = g_string_new ("GET / HTTP/1.1\r\nHost: r\r\n");
  g_autoptr (TptRelayHead) most = NULL;
  g_autofree char *full = NULL;
  guint status = 0;

  for (guint i = 1; i < 100; i++)
    g_string_append (text, "a:b\r\n");
  full = g_strconcat (text->str, "\r\n", NULL);
  most = parse (full);
  g_assert_cmpuint (most->names->len, ==, 100);
  g_string_append (text, "a:b\r\n\r\n");
  g_assert_null (tpt_relay_head_parse (text->str, text->len, &status));
  g_assert_cmpuint (status, ==, 400);
}

static void
test_keep_alive (void)
{
  g_autoptr (TptRelayHead) old = parse ("GET / HTTP/1.0\r\n\r\n");
  g_autoptr (TptRelayHead) close = parse ("GET / HTTP/1.1\r\nHost: r\r\nConnection: close\r\n\r\n");
  g_autoptr (TptRelayHead) kept = parse ("GET / HTTP/1.1\r\nHost: r\r\nConnection: Keep-Alive\r\n\r\n");

  g_assert_false (old->keep_alive);
  g_assert_false (close->keep_alive);
  g_assert_true (kept->keep_alive);
}

/* Any word but one ends the connection, in whichever of several fields it stands. */
static void
test_two_connections (void)
{
  g_autoptr (TptRelayHead) both =
    parse ("GET / HTTP/1.1\r\nHost: r\r\nConnection: keep-alive\r\nConnection: close\r\n\r\n");

  g_assert_false (both->keep_alive);
}

/* What a proxy would not take for white space is none here either. */
static void
test_form_feed (void)
{
  static const char *const texts[] = {
    "POST / HTTP/1.1\r\nHost: r\r\nContent-Length: \f3\r\n\r\n",
    "POST / HTTP/1.1\r\nHost: r\r\nContent-Length: 3\f\r\n\r\n",
    "GET / HTTP/1.1\r\nHost:\fr\r\n\r\n",
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      guint status = 0;

      g_assert_null (tpt_relay_head_parse (texts[i], strlen (texts[i]), &status));
      g_assert_cmpuint (status, ==, 400);
    }
}

static void
test_expect (void)
{
  g_autoptr (TptRelayHead) new =
    parse ("POST / HTTP/1.1\r\nHost: r\r\nContent-Length: 3\r\nExpect: 100-continue\r\n\r\n");
  g_autoptr (TptRelayHead) old =
    parse ("POST / HTTP/1.0\r\nContent-Length: 3\r\nExpect: 100-continue\r\n\r\n");

  g_assert_true (new->expects_continue);
  g_assert_false (old->expects_continue);
}

/* Whatever a stranger sends is refused or understood, and nothing past its end is read. */
static void
test_damage (void)
{
  static const char alphabet[] = "\r\n :\0\t%/?#.aH1\x80\xff";

  for (guint round = 0; round < 20000; round++)
    {
      gsize length = (gsize) g_test_rand_int_range (0, (int) strlen (HEAD) + 1);
      g_autofree char *bytes = g_memdup2 (HEAD, length);
      gssize end;

      for (int i = g_test_rand_int_range (0, 4); i > 0 && length > 0; i--)
        bytes[g_test_rand_int_range (0, (int) length)] =
          alphabet[g_test_rand_int_range (0, sizeof alphabet - 1)];
      end = tpt_relay_head_find_end (bytes, length);
      g_assert_cmpint (end, <=, (gssize) length);
      if (end > 0)
        {
          guint status = 0;
          g_autoptr (TptRelayHead) head = tpt_relay_head_parse (bytes, (gsize) end, &status);

          g_assert_true ((head == NULL) == (status >= 400));
          if (head != NULL)
            g_assert_cmpuint (head->length, <=, TPT_RELAY_BODY_MAX);
        }
    }
}

int
main (int    argc,
      char **argv)
{
  tpt_test_init (&argc, &argv);
  g_test_add_func ("/relay/head/parts", test_parts);
  g_test_add_func ("/relay/head/end", test_end);
  g_test_add_func ("/relay/head/late-end", test_late_end);
  g_test_add_func ("/relay/head/many-fields", test_many_fields);
  g_test_add_func ("/relay/head/keep-alive", test_keep_alive);
  g_test_add_func ("/relay/head/two-connections", test_two_connections);
  g_test_add_func ("/relay/head/form-feed", test_form_feed);
  g_test_add_func ("/relay/head/expect", test_expect);
  g_test_add_func ("/relay/head/damage", test_damage);

  return g_test_run ();
}
