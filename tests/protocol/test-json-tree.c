/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-json-guard.h"
#include "tpt-test.h"

static TptJsonTree *
read_text (const char *text)
{
  g_autoptr (GError) error = NULL;
  TptJsonTree *tree = tpt_json_guard_read (text, -1, TPT_JSON_LIMITS_PAGE, &error);

  g_assert_no_error (error);

  return tree;
}

static void
test_members (void)
{
  g_autoptr (TptJsonTree) tree = read_text (
    "{\"a\":{\"b\":[1,{\"c\":2}],\"d\":true},\"ab\":\"x\",\"\":null,\"b\":-7,\"e\":1.5}");
  const TptJsonValue *root = tpt_json_tree_get_root (tree);
  const TptJsonValue *inner = tpt_json_value_get_member (root, "a");
  const TptJsonValue *array = tpt_json_value_get_member (inner, "b");

  g_assert_cmpuint (root->size, ==, 5);
  g_assert_cmpuint (root->span, ==, 11);
  g_assert_cmpint (tpt_json_value_get_member (root, "b")->integer, ==, -7);
  g_assert_cmpfloat (tpt_json_value_get_member (root, "e")->real, ==, 1.5);
  g_assert_true (tpt_json_value_get_member (inner, "d")->boolean);
  g_assert_cmpint (tpt_json_value_get_member (root, "")->kind, ==, TPT_JSON_NULL);
  g_assert_cmpstr (tpt_json_value_get_text (tpt_json_value_get_member (root, "ab")), ==, "x");
  g_assert_true (tpt_json_value_get_array (array) == array);
  g_assert_null (tpt_json_value_get_object (array));
  g_assert_null (tpt_json_value_get_member (root, "c"));
  g_assert_null (tpt_json_value_get_member (array, "c"));
  g_assert_null (tpt_json_value_get_member (NULL, "c"));
  g_assert_null (tpt_json_value_get_text (inner));
}

static void
test_walk (void)
{
  g_autoptr (TptJsonTree) tree = read_text ("[[],{},[[1],2],\"\",{\"a\":[3]}]");
  const TptJsonValue *root = tpt_json_tree_get_root (tree);
  const TptJsonKind kinds[] = {
    TPT_JSON_ARRAY, TPT_JSON_OBJECT, TPT_JSON_ARRAY, TPT_JSON_STRING, TPT_JSON_OBJECT,
  };
  guint count = 0;

  for (const TptJsonValue *item = tpt_json_value_get_first (root); item != NULL;
       item = tpt_json_value_get_next (root, item))
    {
      g_assert_cmpuint (count, <, G_N_ELEMENTS (kinds));
      g_assert_cmpint (item->kind, ==, kinds[count++]);
      g_assert_null (item->name);
    }
  g_assert_cmpuint (count, ==, root->size);
  g_assert_null (tpt_json_value_get_first (tpt_json_value_get_first (root)));
  g_assert_null (tpt_json_value_get_first (NULL));
}

/* Far more values than a text of that length has as a rule. */
static void
test_dense (void)
{
  g_autoptr (GString) text = g_string_new ("[0");
  g_autoptr (TptJsonTree) tree = NULL;
  const TptJsonValue *root;
  gint64 expected = 0;

  for (guint i = 1; i < 50000; i++)
    g_string_append_printf (text, ",%u", i % 10);
  g_string_append_c (text, ']');
  tree = read_text (text->str);
  root = tpt_json_tree_get_root (tree);
  g_assert_cmpuint (root->size, ==, 50000);
  for (const TptJsonValue *item = tpt_json_value_get_first (root); item != NULL;
       item = tpt_json_value_get_next (root, item))
    g_assert_cmpint (item->integer, ==, expected++ % 10);
  g_assert_cmpint (expected, ==, 50000);
}

/* A name that was there before is seen among few members and among many, wherever it stands, and
 * not mixed up with one of an object inside. */
static void
test_names (void)
{
  for (guint size = 1; size < 100; size += 7)
    {
      g_autoptr (GString) text = g_string_new ("{");

      for (guint i = 0; i < size; i++)
        g_string_append_printf (text, "\"name %u\":{\"name 0\":[],\"name %u\":%u},", i, size, i);
      for (guint i = 0; i <= size; i++)
        {
          g_autofree char *whole = g_strdup_printf ("%s\"name %u\":0}", text->str, i);
          g_autoptr (GError) error = NULL;
          g_autoptr (TptJsonTree) tree =
            tpt_json_guard_read (whole, -1, TPT_JSON_LIMITS_PAGE, &error);

          g_assert_true ((tree != NULL) == (i == size));
          if (tree == NULL)
            g_assert_error (error, TPT_PROTOCOL_ERROR, TPT_PROTOCOL_ERROR_JSON);
        }
    }
}

/* What is decoded is never longer than what it is decoded from: all strings fit into one piece. */
static void
test_strings (void)
{
  g_autoptr (TptJsonTree) tree = read_text (
    "[\"\",\"\\u00e9\\ud83d\\ude00\\n\",\"é😀\",\"\",{\"\\u0061\":\"\\\\\"}]");
  const TptJsonValue *root = tpt_json_tree_get_root (tree);
  const TptJsonValue *item = tpt_json_value_get_first (root);
  const char *const texts[] = { "", "é😀\n", "é😀", "" };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_assert_cmpstr (tpt_json_value_get_text (item), ==, texts[i]);
      item = tpt_json_value_get_next (root, item);
    }
  g_assert_cmpstr (tpt_json_value_get_text (tpt_json_value_get_member (item, "a")), ==, "\\");
}

static void
test_bad_byte (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TptJsonTree) tree =
    tpt_json_guard_read ("{\"a long name\":\"and é\xff\"}", -1, TPT_JSON_LIMITS_PAGE, &error);

  g_assert_null (tree);
  g_assert_error (error, TPT_PROTOCOL_ERROR, TPT_PROTOCOL_ERROR_JSON);
  g_assert_cmpstr (error->message, ==, "Not UTF-8 at byte 22");
}

static void
test_node (void)
{
  const char *text = "{\"a\":[1,-2.5,null,true,\"x\"],\"b\":{},\"c\":[]}";
  g_autoptr (TptJsonTree) tree = read_text (text);
  g_autoptr (JsonNode) node = tpt_json_value_to_node (tpt_json_tree_get_root (tree));
  g_autofree char *again = json_to_string (node, FALSE);

  g_assert_cmpstr (again, ==, text);
}

int
main (int    argc,
      char **argv)
{
  tpt_test_init (&argc, &argv);
  g_test_add_func ("/json-tree/members", test_members);
  g_test_add_func ("/json-tree/walk", test_walk);
  g_test_add_func ("/json-tree/dense", test_dense);
  g_test_add_func ("/json-tree/names", test_names);
  g_test_add_func ("/json-tree/strings", test_strings);
  g_test_add_func ("/json-tree/bad-byte", test_bad_byte);
  g_test_add_func ("/json-tree/node", test_node);

  return g_test_run ();
}
