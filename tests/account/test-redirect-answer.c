/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-redirect-answer.h"

#include <string.h>

#include "tpt-secret.h"
#include "tpt-test.h"

/* Not to be found by the search for what it stands for; no character of ASCII becomes a NUL. */
#define MASK 0x80

static void
mask (char *text)
{
  for (; *text != '\0'; text++)
    *text = (char) (*text ^ MASK);
}

static gboolean
is_at (const char *place,
       const char *masked,
       gsize       length)
{
  for (gsize i = 0; i < length; i++)
    {
      if ((char) (place[i] ^ MASK) != masked[i])
        return FALSE;
    }

  return TRUE;
}

/* How often the end of a text stands in what this program has, or had, from malloc (), which writes
 * over the first bytes of what it got back. */
static guint
count_in_heap (const char *whole)
{
  const char *masked = whole + strlen (whole) - 16;
  g_autofree char *maps = NULL;
  g_auto (GStrv) lines = NULL;
  gsize length = strlen (masked);
  guint count = 0;

  g_assert_true (g_file_get_contents ("/proc/self/maps", &maps, NULL, NULL));
  lines = g_strsplit (maps, "\n", -1);
  for (char **line = lines; *line != NULL; line++)
    {
      g_auto (GStrv) ends = g_strsplit_set (*line, "- ", 3);

      if (!g_str_has_suffix (*line, "[heap]"))
        continue;
      for (const char *place = GSIZE_TO_POINTER (g_ascii_strtoull (ends[0], NULL, 16)),
                      *end = GSIZE_TO_POINTER (g_ascii_strtoull (ends[1], NULL, 16));
           place + length <= end; place++)
        count += is_at (place, masked, length);
    }

  return count;
}

/* The code of a sign-in is nowhere any more once its answer was given back. */
static void
test_wiped (void)
{
  char *code = tpt_secret_make_random (24);
  char *query = g_strconcat ("x=1&code=", code, "&state=s", NULL);
  g_autofree char *masked = g_strdup (code);
  TptRedirectAnswer *answer = tpt_redirect_answer_parse (query);

  g_assert_nonnull (answer);
  g_assert_cmpstr (answer->code, ==, code);
  mask (masked);
  tpt_redirect_answer_free (answer);
  tpt_secret_free (query);
  tpt_secret_free (code);
  g_assert_cmpuint (count_in_heap (masked), ==, 0);
}

/* What is found is found: else the other test would say nothing. */
static void
test_search (void)
{
  char *code = tpt_secret_make_random (24);
  g_autofree char *masked = g_strdup (code);

  mask (masked);
  g_assert_cmpuint (count_in_heap (masked), ==, 1);
  tpt_secret_free (code);
  g_assert_cmpuint (count_in_heap (masked), ==, 0);
}

int
main (int    argc,
      char **argv)
{
  tpt_test_init (&argc, &argv);
  g_test_add_func ("/account/redirect-answer/search", test_search);
  g_test_add_func ("/account/redirect-answer/wiped", test_wiped);

  return g_test_run ();
}
