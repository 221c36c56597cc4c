/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-import-page.h"
#include "tpt-importer.h"
#include "tpt-test-desk.h"
#include "tpt-test-screen.h"
#include "tpt-test.h"

#define HEADER "name,domains,cadence_days\n"

typedef struct
{
  TptTestDesk *desk;
  GtkWidget *page;
  GFile *file;
} Fixture;

static Fixture *
fixture_new (void)
{
  Fixture *self = g_new0 (Fixture, 1);
  g_autoptr (GFileIOStream) stream = NULL;
  g_autoptr (GError) error = NULL;

  self->desk = tpt_test_desk_new (NULL);
  self->page = tpt_import_page_new ();
  self->file = g_file_new_tmp ("customers-XXXXXX.csv", &stream, &error);
  g_assert_no_error (error);
  self->desk->world->workspace->importer =
    tpt_importer_new (self->desk->world->store, self->desk->matcher, NULL);
  tpt_import_page_set_workspace (TPT_IMPORT_PAGE (self->page), self->desk->world->workspace);
  tpt_test_desk_show (self->desk, self->page);

  return self;
}

static void
fixture_free (Fixture *self)
{
  g_assert_true (g_file_delete (self->file, NULL, NULL));
  g_object_unref (self->file);
  tpt_test_desk_free (self->desk);
  g_free (self);
}

static gboolean
is_told (gpointer user_data)
{
  Fixture *self = user_data;

  return g_str_equal (tpt_import_page_get_step (TPT_IMPORT_PAGE (self->page)), "report");
}

static gboolean
is_refused (gpointer user_data)
{
  Fixture *self = user_data;

  return tpt_import_page_get_problem (TPT_IMPORT_PAGE (self->page)) != NULL;
}

static void
import_until (Fixture    *self,
              const char *text,
              gboolean  (*condition) (gpointer))
{
  g_autoptr (GError) error = NULL;

  g_file_replace_contents (self->file, text, strlen (text), NULL, FALSE, G_FILE_CREATE_NONE, NULL,
                           NULL, &error);
  g_assert_no_error (error);
  tpt_import_page_import_file (TPT_IMPORT_PAGE (self->page), self->file);
  tpt_test_await_func (condition, self);
  tpt_test_screen_settle (self->desk->window);
}

static void
import (Fixture    *self,
        const char *text)
{
  import_until (self, text, is_told);
}

static guint
count_rows (Fixture *self)
{
  return tpt_test_screen_count (self->page, ADW_TYPE_ACTION_ROW);
}

/* One column is wrong in each of many rows: the window is not held up to list them all. */
static void
test_many (void)
{
  Fixture *self = fixture_new ();
  g_autoptr (GString) text = g_string_new (HEADER);

  for (guint i = 0; i < 120; i++)
    g_string_append_printf (text, "Late %u,late%u.com,monthly\n", i, i);
  import (self, text->str);
  g_assert_cmpuint (count_rows (self), ==, 50);
  tpt_test_screen_press (self->page, "Show More of 120");
  g_assert_cmpuint (count_rows (self), ==, 100);
  tpt_test_screen_press (self->page, "Show More of 120");
  tpt_test_screen_await (self->page, "Show More", FALSE);
  g_assert_cmpuint (count_rows (self), ==, 120);
  tpt_test_screen_shoot (self->desk->window, "import-many");
  /* The next report is about itself. */
  import (self, HEADER "Late,late.com,monthly\n");
  tpt_test_screen_await (self->page, "Show More", FALSE);
  g_assert_cmpuint (count_rows (self), ==, 1);
  fixture_free (self);
}

/* What is called nearly as a column that has a meaning becomes a field, and is told as one. */
static void
test_fields (void)
{
  Fixture *self = fixture_new ();

  import (self, "name,domain,E-Mail,tier\nLate,late.com,ada@late.com,gold\n");
  tpt_test_screen_await (self->page, "became fields of the customers: domain, E-Mail", TRUE);
  tpt_test_screen_shoot (self->desk->window, "import-fields");
  import (self, "name,domains\nLate,late.com\n");
  tpt_test_screen_await (self->page, "of the customers", FALSE);
  fixture_free (self);
}

/* Returns: (nullable): the label of that text that is under @widget */
static GtkLabel *
find_label (GtkWidget  *widget,
            const char *text)
{
  GtkLabel *found = NULL;

  if (GTK_IS_LABEL (widget) && strstr (gtk_label_get_text (GTK_LABEL (widget)), text) != NULL)
    return GTK_LABEL (widget);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_label (child, text);

  return found;
}

static void
assert_suggested (Fixture    *self,
                  const char *label,
                  gboolean    wanted)
{
  GtkWidget *button =
    gtk_widget_get_ancestor (GTK_WIDGET (find_label (self->page, label)), GTK_TYPE_BUTTON);

  g_assert_true (gtk_widget_has_css_class (button, "suggested-action") == wanted);
}

/* A file that brought nobody is not told as one that did, whether it is empty or all wrong. */
static void
test_nothing (void)
{
  Fixture *self = fixture_new ();

  import (self, HEADER);
  tpt_test_screen_await (self->page, "Nothing Imported", TRUE);
  tpt_test_screen_await (self->page, "There is no customer in this file.", TRUE);
  assert_suggested (self, "Continue", FALSE);
  tpt_test_screen_await (self->page, "Choose Another File…", TRUE);
  import (self, HEADER "Late,late.com,monthly\n");
  tpt_test_screen_await (self->page, "Nothing Imported", TRUE);
  tpt_test_screen_await (self->page, "No part of this file could be used.", TRUE);
  import (self, HEADER "Late,late.com,30\nLater,later.com,monthly\n");
  tpt_test_screen_await (self->page, "Imported, but 1 Row Needs a Look", TRUE);
  import (self, HEADER "Late,late.com,30\n");
  tpt_test_screen_await (self->page, "Customers Imported", TRUE);
  assert_suggested (self, "Continue", TRUE);
  tpt_test_screen_await (self->page, "1 unchanged", TRUE);
  tpt_test_screen_await (self->page, "Choose Another File", FALSE);
  fixture_free (self);
}

/* A name of a column that is broken over two lines is still what has to be typed. */
static void
test_columns (void)
{
  Fixture *self = fixture_new ();
  GtkWidget *expander = tpt_test_screen_find (self->page, GTK_TYPE_EXPANDER, 0);
  GtkLabel *label;

  gtk_expander_set_expanded (GTK_EXPANDER (expander), TRUE);
  tpt_test_screen_settle (self->desk->window);
  tpt_test_screen_shoot (self->desk->window, "import-sample");
  tpt_test_screen_assert_plain (GTK_WIDGET (find_label (expander, "cadence_days")), 3);
  import_until (self, "company,website\n", is_refused);
  tpt_test_screen_shoot (self->desk->window, "import-refused");
  label = find_label (self->page, "The first line has to name the columns");
  tpt_test_screen_assert_plain (GTK_WIDGET (label), 3);
  fixture_free (self);
}

int
main (int   argc,
      char *argv[])
{
  tpt_test_screen_init (&argc, &argv);

  g_test_add_func ("/import-page/many", test_many);
  g_test_add_func ("/import-page/fields", test_fields);
  g_test_add_func ("/import-page/nothing", test_nothing);
  g_test_add_func ("/import-page/columns", test_columns);

  return g_test_run ();
}
