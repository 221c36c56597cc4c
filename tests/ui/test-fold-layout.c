/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-fold-box.h"
#include "tpt-test-screen.h"

static GtkWidget *
add_child (GtkWidget *box,
           int        width,
           int        height,
           gboolean   expand)
{
  GtkWidget *child = adw_bin_new ();

  gtk_widget_set_size_request (child, width, height);
  gtk_widget_set_hexpand (child, expand);
  gtk_widget_set_parent (child, box);

  return child;
}

static void
allocate (GtkWidget *box,
          int        width)
{
  GtkAllocation place = { 0, 0, width, 0 };

  gtk_widget_measure (box, GTK_ORIENTATION_VERTICAL, width, NULL, &place.height, NULL, NULL);
  gtk_widget_size_allocate (box, &place, -1);
}

static void
assert_place (GtkWidget *child,
              int        x,
              int        y,
              int        width)
{
  graphene_rect_t bounds;

  g_assert_true (gtk_widget_compute_bounds (child, gtk_widget_get_parent (child), &bounds));
  g_assert_cmpfloat (bounds.origin.x, ==, x);
  g_assert_cmpfloat (bounds.origin.y, ==, y);
  g_assert_cmpfloat (bounds.size.width, ==, width);
}

/* Side by side from the threshold on: what does not expand has its width, the rest goes to what
 * does. */
static void
test_threshold (void)
{
  GtkWidget *box = g_object_new (TPT_TYPE_FOLD_BOX, "threshold", 300, "spacing", 10, NULL);
  GtkWidget *first = add_child (box, 100, 20, TRUE);
  GtkWidget *second = add_child (box, 60, 30, FALSE);
  int minimum, natural;

  g_object_ref_sink (box);
  gtk_widget_measure (box, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, &natural, NULL, NULL);
  g_assert_cmpint (minimum, ==, 100);
  g_assert_cmpint (natural, ==, 170);
  allocate (box, 300);
  assert_place (first, 0, 0, 230);
  assert_place (second, 240, 0, 60);
  allocate (box, 299);
  assert_place (first, 0, 0, 299);
  assert_place (second, 0, 30, 299);
  gtk_widget_measure (box, GTK_ORIENTATION_VERTICAL, 299, &minimum, NULL, NULL, NULL);
  g_assert_cmpint (minimum, ==, 60);
  gtk_widget_set_visible (second, FALSE);
  gtk_widget_measure (box, GTK_ORIENTATION_VERTICAL, 299, &minimum, NULL, NULL, NULL);
  g_assert_cmpint (minimum, ==, 20);
  g_object_unref (box);
}

static void
test_side (void)
{
  GtkWidget *box = g_object_new (TPT_TYPE_FOLD_BOX, "threshold", 300, "side", 120, NULL);
  GtkWidget *first = add_child (box, 100, 20, TRUE);
  GtkWidget *second = add_child (box, 60, 30, FALSE);

  g_object_ref_sink (box);
  allocate (box, 400);
  assert_place (first, 0, 0, 280);
  assert_place (second, 280, 0, 120);
  g_object_unref (box);
}

static void
test_mirrored (void)
{
  GtkWidget *box = g_object_new (TPT_TYPE_FOLD_BOX, "homogeneous", TRUE, "spacing", 20, NULL);
  GtkWidget *first = add_child (box, 50, 20, FALSE);
  GtkWidget *second = add_child (box, 100, 20, FALSE);

  g_object_ref_sink (box);
  gtk_widget_set_direction (box, GTK_TEXT_DIR_RTL);
  allocate (box, 220);
  assert_place (first, 120, 0, 100);
  assert_place (second, 0, 0, 100);
  g_object_unref (box);
}

int
main (int    argc,
      char **argv)
{
  tpt_test_screen_init (&argc, &argv);
  g_test_add_func ("/ui/fold-layout/threshold", test_threshold);
  g_test_add_func ("/ui/fold-layout/side", test_side);
  g_test_add_func ("/ui/fold-layout/mirrored", test_mirrored);

  return g_test_run ();
}
