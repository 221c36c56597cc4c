/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-fold-layout.h"

struct _TptFoldLayout
{
  GtkLayoutManager parent_instance;

  int threshold;
  int spacing;
  int side;
  gboolean homogeneous;
};

enum
{
  PROP_THRESHOLD = 1,
  PROP_SPACING,
  PROP_SIDE,
  PROP_HOMOGENEOUS,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (TptFoldLayout, tpt_fold_layout, GTK_TYPE_LAYOUT_MANAGER)

static int
measure_child (GtkWidget      *child,
               GtkOrientation  orientation,
               int             for_size,
               gboolean        natural)
{
  int minimum_size, natural_size;

  gtk_widget_measure (child, orientation, for_size, &minimum_size, &natural_size, NULL, NULL);

  return natural ? natural_size : minimum_size;
}

static GtkWidget *
next_visible (GtkWidget *child)
{
  while (child != NULL && !gtk_widget_should_layout (child))
    child = gtk_widget_get_next_sibling (child);

  return child;
}

static GtkWidget *
first_child (GtkWidget *widget)
{
  return next_visible (gtk_widget_get_first_child (widget));
}

static GtkWidget *
next_child (GtkWidget *child)
{
  return next_visible (gtk_widget_get_next_sibling (child));
}

static int
count_children (GtkWidget *widget)
{
  int count = 0;

  for (GtkWidget *child = first_child (widget); child != NULL; child = next_child (child))
    count++;

  return count;
}

/* The width that the children take side by side. */
static int
get_row_width (TptFoldLayout *self,
               GtkWidget     *widget,
               gboolean       natural)
{
  int sum = 0, widest = 0, count = 0;

  for (GtkWidget *child = first_child (widget); child != NULL; child = next_child (child))
    {
      int width = measure_child (child, GTK_ORIENTATION_HORIZONTAL, -1, natural);

      sum += width;
      widest = MAX (widest, width);
      count++;
    }
  if (self->homogeneous)
    sum = widest * count;

  return sum + MAX (count - 1, 0) * self->spacing;
}

static int
get_threshold (TptFoldLayout *self,
               GtkWidget     *widget)
{
  int minimum = get_row_width (self, widget, FALSE);

  return MAX (minimum, self->threshold > 0 ? self->threshold : get_row_width (self, widget, TRUE));
}

/* Gives every child its natural width, and what is left over to those that expand; where it is
 * too narrow for that, the ones that expand give way down to their minimum. */
static int *
distribute (TptFoldLayout *self,
            GtkWidget     *widget,
            int            width)
{
  int count = count_children (widget);
  int available = width - MAX (count - 1, 0) * self->spacing;
  g_autofree GtkRequestedSize *sizes = g_new0 (GtkRequestedSize, (gsize) MAX (count, 1));
  int *widths = g_new0 (int, (gsize) MAX (count, 1));
  int i = 0, expanding = 0, rest = available;

  for (GtkWidget *child = first_child (widget); child != NULL; child = next_child (child), i++)
    {
      gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &sizes[i].minimum_size,
                          &sizes[i].natural_size, NULL, NULL);
      rest -= sizes[i].minimum_size;
      if (gtk_widget_compute_expand (child, GTK_ORIENTATION_HORIZONTAL))
        expanding++;
      else if (self->side > 0)
        sizes[i].natural_size = MAX (sizes[i].minimum_size, self->side);
    }
  if (self->homogeneous)
    {
      for (i = 0; i < count; i++)
        widths[i] = available / count;
      return widths;
    }

  if (self->side == 0)
    rest = gtk_distribute_natural_allocation (MAX (rest, 0), (guint) count, sizes);
  i = 0;
  for (GtkWidget *child = first_child (widget); child != NULL && self->side > 0;
       child = next_child (child), i++)
    {
      int more = MIN (MAX (rest, 0), sizes[i].natural_size - sizes[i].minimum_size);

      if (gtk_widget_compute_expand (child, GTK_ORIENTATION_HORIZONTAL))
        continue;
      sizes[i].minimum_size += more;
      rest -= more;
    }
  i = 0;
  for (GtkWidget *child = first_child (widget); child != NULL; child = next_child (child), i++)
    {
      widths[i] = sizes[i].minimum_size;
      if (expanding > 0 && gtk_widget_compute_expand (child, GTK_ORIENTATION_HORIZONTAL))
        widths[i] += rest / expanding;
    }

  return widths;
}

static GtkSizeRequestMode
tpt_fold_layout_get_request_mode (GtkLayoutManager *manager,
                                  GtkWidget        *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
measure_width (TptFoldLayout *self,
               GtkWidget     *widget,
               int           *minimum,
               int           *natural)
{
  for (GtkWidget *child = first_child (widget); child != NULL; child = next_child (child))
    *minimum = MAX (*minimum, measure_child (child, GTK_ORIENTATION_HORIZONTAL, -1, FALSE));
  *natural = MAX (*minimum, get_row_width (self, widget, TRUE));
}

static void
measure_height (TptFoldLayout *self,
                GtkWidget     *widget,
                int            width,
                int           *minimum,
                int           *natural)
{
  gboolean side_by_side = width < 0 || width >= get_threshold (self, widget);
  g_autofree int *widths = side_by_side && width >= 0 ? distribute (self, widget, width) : NULL;
  int i = 0;

  for (GtkWidget *child = first_child (widget); child != NULL; child = next_child (child), i++)
    {
      int for_size = widths != NULL ? widths[i] : width;
      int low = measure_child (child, GTK_ORIENTATION_VERTICAL, for_size, FALSE);
      int high = measure_child (child, GTK_ORIENTATION_VERTICAL, for_size, TRUE);
      int gap = i > 0 ? self->spacing : 0;

      *minimum = side_by_side ? MAX (*minimum, low) : *minimum + low + gap;
      *natural = side_by_side ? MAX (*natural, high) : *natural + high + gap;
    }
}

static void
tpt_fold_layout_measure (GtkLayoutManager *manager,
                         GtkWidget        *widget,
                         GtkOrientation    orientation,
                         int               for_size,
                         int              *minimum,
                         int              *natural,
                         int              *minimum_baseline,
                         int              *natural_baseline)
{
  TptFoldLayout *self = TPT_FOLD_LAYOUT (manager);

  *minimum = 0;
  *natural = 0;
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    measure_width (self, widget, minimum, natural);
  else
    measure_height (self, widget, for_size, minimum, natural);
}

static void
allocate_row (TptFoldLayout *self,
              GtkWidget     *widget,
              int            width,
              int            height)
{
  g_autofree int *widths = distribute (self, widget, width);
  gboolean mirrored = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  int x = 0, i = 0;

  for (GtkWidget *child = first_child (widget); child != NULL; child = next_child (child), i++)
    {
      GtkAllocation place = { mirrored ? width - x - widths[i] : x, 0, widths[i], height };

      gtk_widget_size_allocate (child, &place, -1);
      x += widths[i] + self->spacing;
    }
}

static void
tpt_fold_layout_allocate (GtkLayoutManager *manager,
                          GtkWidget        *widget,
                          int               width,
                          int               height,
                          int               baseline)
{
  TptFoldLayout *self = TPT_FOLD_LAYOUT (manager);
  int y = 0;

  if (width >= get_threshold (self, widget))
    {
      allocate_row (self, widget, width, height);
      return;
    }
  for (GtkWidget *child = first_child (widget); child != NULL; child = next_child (child))
    {
      int needed = measure_child (child, GTK_ORIENTATION_VERTICAL, width, TRUE);
      int least = measure_child (child, GTK_ORIENTATION_VERTICAL, width, FALSE);
      GtkAllocation place = { 0, y, width, MAX (least, MIN (needed, height - y)) };

      gtk_widget_size_allocate (child, &place, -1);
      y += place.height + self->spacing;
    }
}

static void
tpt_fold_layout_get_property (GObject    *object,
                              guint       property_id,
                              GValue     *value,
                              GParamSpec *pspec)
{
  TptFoldLayout *self = TPT_FOLD_LAYOUT (object);

  switch (property_id)
    {
    case PROP_THRESHOLD:
      g_value_set_int (value, self->threshold);
      break;
    case PROP_SPACING:
      g_value_set_int (value, self->spacing);
      break;
    case PROP_SIDE:
      g_value_set_int (value, self->side);
      break;
    case PROP_HOMOGENEOUS:
      g_value_set_boolean (value, self->homogeneous);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
tpt_fold_layout_set_property (GObject      *object,
                              guint         property_id,
                              const GValue *value,
                              GParamSpec   *pspec)
{
  TptFoldLayout *self = TPT_FOLD_LAYOUT (object);

  switch (property_id)
    {
    case PROP_THRESHOLD:
      self->threshold = g_value_get_int (value);
      break;
    case PROP_SPACING:
      self->spacing = g_value_get_int (value);
      break;
    case PROP_SIDE:
      self->side = g_value_get_int (value);
      break;
    case PROP_HOMOGENEOUS:
      self->homogeneous = g_value_get_boolean (value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
  gtk_layout_manager_layout_changed (GTK_LAYOUT_MANAGER (self));
}

static void
tpt_fold_layout_class_init (TptFoldLayoutClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkLayoutManagerClass *manager_class = GTK_LAYOUT_MANAGER_CLASS (klass);
  GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS;

  object_class->get_property = tpt_fold_layout_get_property;
  object_class->set_property = tpt_fold_layout_set_property;
  manager_class->get_request_mode = tpt_fold_layout_get_request_mode;
  manager_class->measure = tpt_fold_layout_measure;
  manager_class->allocate = tpt_fold_layout_allocate;

  properties[PROP_THRESHOLD] = g_param_spec_int ("threshold", NULL, NULL, 0, G_MAXINT, 0, flags);
  properties[PROP_SPACING] = g_param_spec_int ("spacing", NULL, NULL, 0, G_MAXINT, 0, flags);
  properties[PROP_SIDE] = g_param_spec_int ("side", NULL, NULL, 0, G_MAXINT, 0, flags);
  properties[PROP_HOMOGENEOUS] = g_param_spec_boolean ("homogeneous", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
tpt_fold_layout_init (TptFoldLayout *self)
{
}
