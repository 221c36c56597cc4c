/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include <pthread.h>
#include <string.h>

#include "jansson-opinion.h"
#include "tpt-json-guard.h"
#include "tpt-json-write.h"
#include "tpt-test.h"

/* Bytes as in the table: a string literal with its NULs. */
#define BYTES(text) text, sizeof text - 1

typedef struct
{
  const char       *bytes;
  gsize             length;
  TptProtocolError  code;
} BadText;

static const BadText bad_texts[] = {
  { BYTES (""), TPT_PROTOCOL_ERROR_JSON },
  { BYTES (" \n"), TPT_PROTOCOL_ERROR_JSON },
  { BYTES ("\xef\xbb\xbf{}"), TPT_PROTOCOL_ERROR_JSON },
  { BYTES ("{}x"), TPT_PROTOCOL_ERROR_JSON },
  { BYTES ("{}{}"), TPT_PROTOCOL_ERROR_JSON },
  { BYTES ("{}\0"), TPT_PROTOCOL_ERROR_JSON },
  { BYTES ("/* */{}"), TPT_PROTOCOL_ERROR_JSON },
  { BYTES ("{} // end"), TPT_PROTOCOL_ERROR_JSON },
  { BYTES ("var x = {};"), TPT_PROTOCOL_ERROR_JSON },
  { BYTES ("{\"a\":1,}"), TPT_PROTOCOL_ERROR_JSON },
  { BYTES ("[1,]"), TPT_PROTOCOL_ERROR_JSON },
  { BYTES ("[1 2]"), TPT_PROTOCOL_ERROR_JSON },
  { BYTES ("[1"), TPT_PROTOCOL_ERROR_JSON },
  { BYTES ("]"), TPT_PROTOCOL_ERROR_JSON },
  { BYTES ("{\"a\" 1}"), TPT_PROTOCOL_ERROR_JSON },
  { BYTES ("{a:1}"), TPT_PROTOCOL_ERROR_JSON },
  { BYTES ("{'a':1}"), TPT_PROTOCOL_ERROR_JSON },
  { BYTES ("{\"a\":1,\"a\":2}"), TPT_PROTOCOL_ERROR_JSON },
  { BYTES ("{\"a\":1,\"\\u0061\":2}"), TPT_PROTOCOL_ERROR_JSON },
  { BYTES ("\"a\0b\""), TPT_PROTOCOL_ERROR_JSON },
  { BYTES ("\"\\u0000\""), TPT_PROTOCOL_ERROR_JSON },
  { BYTES ("\"\\ud800\""), TPT_PROTOCOL_ERROR_JSON },
  { BYTES ("\"\\ud800\\u0041\""), TPT_PROTOCOL_ERROR_JSON },
  { BYTES ("\"\\udc00\""), TPT_PROTOCOL_ERROR_JSON },
  { BYTES ("\"\\x41\""), TPT_PROTOCOL_ERROR_JSON },
  { BYTES ("\"\\u12g4\""), TPT_PROTOCOL_ERROR_JSON },
  { BYTES ("\"\\"), TPT_PROTOCOL_ERROR_JSON },
  { BYTES ("\"\\u12"), TPT_PROTOCOL_ERROR_JSON },
  { BYTES ("\"\x01\""), TPT_PROTOCOL_ERROR_JSON },
  { BYTES ("\"a\\n\x1f\""), TPT_PROTOCOL_ERROR_JSON },
  { BYTES ("\"a"), TPT_PROTOCOL_ERROR_JSON },
  { BYTES ("\"\xc3\x28\""), TPT_PROTOCOL_ERROR_JSON },
  { BYTES ("\"\xed\xa0\x80\""), TPT_PROTOCOL_ERROR_JSON },
  { BYTES ("\"\xc0\xaf\""), TPT_PROTOCOL_ERROR_JSON },
  { BYTES ("tru"), TPT_PROTOCOL_ERROR_JSON },
  { BYTES ("True"), TPT_PROTOCOL_ERROR_JSON },
  { BYTES ("nul"), TPT_PROTOCOL_ERROR_JSON },
  { BYTES ("truefalse"), TPT_PROTOCOL_ERROR_JSON },
  { BYTES ("NaN"), TPT_PROTOCOL_ERROR_JSON },
  { BYTES ("Infinity"), TPT_PROTOCOL_ERROR_JSON },
  { BYTES ("-"), TPT_PROTOCOL_ERROR_JSON },
  { BYTES ("+1"), TPT_PROTOCOL_ERROR_JSON },
  { BYTES ("01"), TPT_PROTOCOL_ERROR_JSON },
  { BYTES ("0x10"), TPT_PROTOCOL_ERROR_JSON },
  { BYTES ("1."), TPT_PROTOCOL_ERROR_JSON },
  { BYTES (".5"), TPT_PROTOCOL_ERROR_JSON },
  { BYTES ("1e"), TPT_PROTOCOL_ERROR_JSON },
  { BYTES ("1e+"), TPT_PROTOCOL_ERROR_JSON },
  { BYTES ("9223372036854775808"), TPT_PROTOCOL_ERROR_LIMIT },
  { BYTES ("-9223372036854775809"), TPT_PROTOCOL_ERROR_LIMIT },
  { BYTES ("99999999999999999999"), TPT_PROTOCOL_ERROR_LIMIT },
  { BYTES ("1e400"), TPT_PROTOCOL_ERROR_LIMIT },
  { BYTES ("-1e400"), TPT_PROTOCOL_ERROR_LIMIT },
};

static const char *const good_texts[] = {
  "{}",
  "[]",
  " \t\r\n[ 1 , 2 ] \n",
  "null",
  "true",
  "\"x\"",
  "0",
  "-0",
  "-1",
  "1.5e3",
  "1E5",
  "1e-400",
  "9223372036854775807",
  "-9223372036854775808",
  "{\"a\":{\"a\":1},\"b\":[{\"a\":1},{\"a\":2}]}",
  "{\"\":\"\",\" \":null}",
  "\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u00e9\\ud83d\\ude00\"",
  "\"<b>x</b> & \xce\xa9 \xd7\xa9\xd7\x9c\xd7\x95\xd7\x9d \x7f\"",
  "{\"a\\u0062\":1,\"a\\\\u0062\":2}",
};

static void
assert_refused (const char           *bytes,
                gsize                 length,
                const TptJsonLimits  *limits,
                TptProtocolError      code)
{
  g_autoptr (GError) error = NULL;
  /* A copy without room behind it: a sanitizer sees a read past the end. */
  g_autofree char *copy = g_memdup2 (bytes, length);
  JsonNode *node = tpt_json_guard_parse_limited (copy, (gssize) length, limits, &error);

  if (node != NULL)
    g_error ("Was taken: %.*s", (int) length, bytes);
  g_assert_error (error, TPT_PROTOCOL_ERROR, (int) code);
}

static void
test_bad (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (bad_texts); i++)
    {
      g_autofree char *shown = g_strescape (bad_texts[i].bytes, NULL);

      g_test_message ("%s", shown);
      assert_refused (bad_texts[i].bytes, bad_texts[i].length, TPT_JSON_LIMITS_PAGE,
                      bad_texts[i].code);
    }
}

/* Both take it and mean the same, or both refuse it. Jansson's understanding comes back as text in
 * its plainest form, which leaves json-glib nothing to get wrong. */
static void
compare_with_jansson (const char *bytes,
                      gsize       length)
{
  g_autofree char *theirs = jansson_opinion (bytes, length);
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) ours = tpt_json_guard_parse (bytes, (gssize) length, &error);
  g_autoptr (JsonNode) meant = NULL;

  if ((ours == NULL) != (theirs == NULL))
    g_error ("We say %s, Jansson says %s: %.*s", ours != NULL ? "yes" : error->message,
             theirs != NULL ? "yes" : "no", (int) length, bytes);
  if (ours == NULL)
    return;
  meant = json_from_string (theirs, &error);
  g_assert_no_error (error);
  if (!json_node_equal (ours, meant))
    g_error ("Jansson understands %s from: %.*s", theirs, (int) length, bytes);
}

static void
test_good (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (good_texts); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (JsonNode) node = tpt_json_guard_parse (good_texts[i], -1, &error);

      g_test_message ("%s", good_texts[i]);
      g_assert_no_error (error);
      g_assert_nonnull (node);
      compare_with_jansson (good_texts[i], strlen (good_texts[i]));
    }
}

static char *
repeat (const char *text,
        guint       times)
{
  GString *out = g_string_new (NULL);

  for (guint i = 0; i < times; i++)
    g_string_append (out, text);

  return g_string_free (out, FALSE);
}

static gpointer
deep_thread (gpointer data)
{
  g_autofree char *open_100k = repeat ("[", 100000);
  g_autofree char *names_100k = repeat ("{\"a\":", 100000);
  g_autofree char *open_64 = repeat ("[", 64);
  g_autofree char *close_64 = repeat ("]", 64);
  g_autofree char *just = g_strconcat (open_64, close_64, NULL);
  g_autofree char *beyond = g_strconcat ("[", open_64, close_64, "]", NULL);
  g_autoptr (JsonNode) node = tpt_json_guard_parse (just, -1, NULL);

  g_assert_nonnull (node);
  assert_refused (beyond, strlen (beyond), TPT_JSON_LIMITS_WEBHOOK, TPT_PROTOCOL_ERROR_LIMIT);
  assert_refused (open_100k, strlen (open_100k), TPT_JSON_LIMITS_WEBHOOK, TPT_PROTOCOL_ERROR_LIMIT);
  assert_refused (names_100k, strlen (names_100k), TPT_JSON_LIMITS_PAGE, TPT_PROTOCOL_ERROR_LIMIT);

  return NULL;
}

/* On a stack of 256 KiB: what a network sends must not run a thread out of it. */
static void
test_depth (void)
{
  pthread_attr_t attributes;
  pthread_t thread;

  g_assert_cmpint (pthread_attr_init (&attributes), ==, 0);
  g_assert_cmpint (pthread_attr_setstacksize (&attributes, 256 * 1024), ==, 0);
  g_assert_cmpint (pthread_create (&thread, &attributes, deep_thread, NULL), ==, 0);
  g_assert_cmpint (pthread_join (thread, NULL), ==, 0);
  pthread_attr_destroy (&attributes);
}

static void
test_limits (void)
{
  const TptJsonLimits tight = { 100, 2, 5, 4, 2, 3 };
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) just = tpt_json_guard_parse_limited ("{\"a\":[1,2,3]}", -1, &tight, &error);
  g_autofree char *long_text = repeat (" ", 100);
  g_autofree char *too_long = g_strconcat (long_text, "1", NULL);

  g_assert_no_error (error);
  g_assert_nonnull (just);
  assert_refused (BYTES ("[1,2,3,4]"), &tight, TPT_PROTOCOL_ERROR_LIMIT);
  assert_refused (BYTES ("{\"a\":1,\"b\":1,\"c\":1}"), &tight, TPT_PROTOCOL_ERROR_LIMIT);
  assert_refused (BYTES ("[[1,2],[3,4]]"), &tight, TPT_PROTOCOL_ERROR_LIMIT);
  assert_refused (BYTES ("[[[1]]]"), &tight, TPT_PROTOCOL_ERROR_LIMIT);
  assert_refused (BYTES ("\"12345\""), &tight, TPT_PROTOCOL_ERROR_LIMIT);
  assert_refused (BYTES ("\"\\n2345\""), &tight, TPT_PROTOCOL_ERROR_LIMIT);
  assert_refused (too_long, 101, &tight, TPT_PROTOCOL_ERROR_LIMIT);
}

/* A real body cut at every byte is never taken. */
static void
test_cut (void)
{
  const char *whole = "{\"event\":\"invitee.created\",\"n\":[1,-2.5e1,null,true,\"\\u00e9\"],"
                      "\"o\":{}}";

  for (gsize length = 0; length < strlen (whole); length++)
    assert_refused (whole, length, TPT_JSON_LIMITS_WEBHOOK, TPT_PROTOCOL_ERROR_JSON);
}

/* Damages good texts at random places and asks Jansson for its opinion. */
static void
test_differential (void)
{
  static const char alphabet[] = "{}[]:,\"\\ \n0123456789.eE+-truefalsnu/*abxd\xc3\xa9\xf0\x01";

  for (guint round = 0; round < 20000; round++)
    {
      guint pick = (guint) g_test_rand_int_range (0, G_N_ELEMENTS (good_texts));
      g_autoptr (GString) text = g_string_new (good_texts[pick]);
      int changes = g_test_rand_int_range (1, 4);

      for (int i = 0; i < changes; i++)
        {
          gssize place = g_test_rand_int_range (0, (int) text->len + 1);
          char c = alphabet[g_test_rand_int_range (0, sizeof alphabet - 1)];

          if (g_test_rand_bit () && place < (gssize) text->len)
            g_string_erase (text, place, 1);
          else
            g_string_insert_c (text, place, c);
        }
      compare_with_jansson (text->str, text->len);
    }
}

/* Strings are looked at eight bytes at once: every byte at every place, and every length. */
static void
test_bytes (void)
{
  for (guint length = 1; length <= 18; length++)
    {
      for (guint place = 0; place < length; place++)
        {
          for (guint byte = 0; byte < 256; byte++)
            {
              g_autoptr (TptJsonTree) tree = NULL;
              char text[24] = "\"aaaaaaaaaaaaaaaaaa";
              gboolean is_plain = byte >= 0x20 && byte < 0x80 && byte != '"' && byte != '\\';

              text[1 + place] = (char) byte;
              text[1 + length] = '"';
              tree = tpt_json_guard_read (text, (gssize) length + 2, TPT_JSON_LIMITS_PAGE, NULL);
              g_assert_true ((tree != NULL) == is_plain);
              if (tree == NULL)
                continue;
              text[1 + length] = '\0';
              g_assert_cmpstr (tpt_json_value_get_text (tpt_json_tree_get_root (tree)), ==,
                               text + 1);
            }
        }
    }
}

/* A character beyond ASCII, whole and cut short, at every place of a word. */
static void
test_characters (void)
{
  static const char *const characters[] = { "\u00fc", "\u20ac", "\U0001f600" };

  for (guint i = 0; i < G_N_ELEMENTS (characters); i++)
    {
      gsize size = strlen (characters[i]);

      for (guint before = 0; before <= 17; before++)
        {
          for (gsize cut = 0; cut < size; cut++)
            {
              g_autofree char *filler = g_strnfill (before, 'a');
              g_autofree char *half = g_strndup (characters[i], size - cut);
              g_autofree char *text = g_strdup_printf ("\"%s%saaaaaaaaa%s\"", filler,
                                                       characters[i], half);
              g_autoptr (TptJsonTree) tree = NULL;

              tree = tpt_json_guard_read (text, -1, TPT_JSON_LIMITS_PAGE, NULL);
              g_assert_true ((tree != NULL) == (cut == 0));
            }
        }
    }
}

/* Every control character is written so that every parser takes it. */
static void
test_written_controls (void)
{
  for (char control = 1; control < 0x20; control++)
    {
      g_autofree char *name = g_strdup_printf ("a%cb%cc", control, control);
      g_autoptr (JsonNode) node = json_node_init_string (json_node_alloc (), name);
      g_autoptr (JsonNode) again = NULL;
      g_autoptr (GError) error = NULL;
      g_autofree char *text = tpt_json_write (node, FALSE);

      again = tpt_json_guard_parse (text, -1, &error);
      g_assert_no_error (error);
      g_assert_cmpstr (json_node_get_string (again), ==, name);
    }
}

/* Numbers, too, and what only looks like one in a string stays as it is. */
static void
test_written_numbers (void)
{
  static const char *const texts[] = {
    "[1e+92,-2.5e-07,1e-300,1.0,0.5,-7]",
    "{\"1e+92.0\":\"1e+92.0\"}",
    "[1e+92,\"\\\"1e+92.0\\\\\",1e+92,\"\\u001f1e-7.0\",3]",
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (JsonNode) node = tpt_json_guard_parse (texts[i], -1, &error);
      g_autoptr (JsonNode) again = NULL;
      g_autofree char *text = NULL;
      g_autofree char *pretty = NULL;

      g_assert_no_error (error);
      text = tpt_json_write (node, FALSE);
      pretty = tpt_json_write (node, TRUE);
      again = tpt_json_guard_parse (text, -1, &error);
      g_assert_no_error (error);
      g_assert_true (json_node_equal (again, node));
      g_clear_pointer (&again, json_node_unref);
      again = tpt_json_guard_parse (pretty, -1, &error);
      g_assert_no_error (error);
      g_assert_true (json_node_equal (again, node));
    }
}

int
main (int    argc,
      char **argv)
{
  tpt_test_init (&argc, &argv);
  g_test_add_func ("/json-guard/written-controls", test_written_controls);
  g_test_add_func ("/json-guard/written-numbers", test_written_numbers);
  g_test_add_func ("/json-guard/bad", test_bad);
  g_test_add_func ("/json-guard/good", test_good);
  g_test_add_func ("/json-guard/depth", test_depth);
  g_test_add_func ("/json-guard/limits", test_limits);
  g_test_add_func ("/json-guard/cut", test_cut);
  g_test_add_func ("/json-guard/bytes", test_bytes);
  g_test_add_func ("/json-guard/characters", test_characters);
  g_test_add_func ("/json-guard/differential", test_differential);

  return g_test_run ();
}
