/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-turns.h"

#include "tpt-test.h"

#define TASKS 5

static TptTurns turns;
static GString *story;
static guint running;

/* The last begins before the first has ended, if nobody keeps it from that. */
static gboolean
end_cb (gpointer user_data)
{
  g_autoptr (GTask) task = user_data;

  running--;
  g_string_append_printf (story, "-%d", GPOINTER_TO_INT (g_task_get_task_data (task)));
  g_task_return_boolean (task, TRUE);

  return G_SOURCE_REMOVE;
}

static void
begin (GTask *task)
{
  int number = GPOINTER_TO_INT (g_task_get_task_data (task));

  g_assert_cmpuint (running, ==, 0);
  running++;
  g_string_append_printf (story, "+%d", number);
  if (number % 2 == 0)
    end_cb (task);
  else
    g_timeout_add ((guint) (TASKS - number), end_cb, task);
}

static void
test_order (void)
{
  g_autoptr (GObject) source = g_object_new (G_TYPE_OBJECT, NULL);
  TptTestResult waiting[TASKS] = { { NULL } };

  story = g_string_new (NULL);
  for (int i = 0; i < TASKS; i++)
    {
      GTask *task = g_task_new (source, NULL, tpt_test_result_cb, &waiting[i]);

      g_task_set_task_data (task, GINT_TO_POINTER (i + 1), NULL);
      tpt_turns_push (&turns, task, begin);
    }
  for (int i = 0; i < TASKS; i++)
    {
      g_autoptr (GAsyncResult) result = tpt_test_await (&waiting[i]);

      g_assert_true (g_task_propagate_boolean (G_TASK (result), NULL));
    }
  g_assert_cmpstr (story->str, ==, "+1-1+2-2+3-3+4-4+5-5");
  g_string_free (story, TRUE);
}

int
main (int    argc,
      char **argv)
{
  tpt_test_init (&argc, &argv);
  g_test_add_func ("/sync/turns/order", test_order);

  return g_test_run ();
}
