/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-config.h"

#include "tpt-slice-fill.h"

#define KEY "tpt-slice-fill"

typedef struct
{
  guint wanted;
  gboolean is_filling;
  gboolean has_new_rows;   /* which the frame has to lay out and paint, before there are more */
} Fill;

static Fill *
get_fill (TptSlice *slice)
{
  Fill *fill = g_object_get_data (G_OBJECT (slice), KEY);

  if (fill == NULL)
    {
      fill = g_new0 (Fill, 1);
      g_object_set_data_full (G_OBJECT (slice), KEY, fill, g_free);
    }

  return fill;
}

static gboolean
filling_cb (GtkWidget     *widget,
            GdkFrameClock *clock,
            gpointer       user_data)
{
  TptSlice *slice = user_data;
  Fill *fill = get_fill (slice);
  guint size = tpt_slice_get_size (slice);
  gboolean has_more = g_list_model_get_n_items (G_LIST_MODEL (slice)) == size;

  if (fill->has_new_rows)
    {
      fill->has_new_rows = FALSE;
      return G_SOURCE_CONTINUE;
    }
  fill->is_filling = has_more && size < fill->wanted;
  if (!fill->is_filling)
    return G_SOURCE_REMOVE;
  tpt_slice_set_size (slice, MIN (size + TPT_SLICE_STEP, fill->wanted));

  return G_SOURCE_CONTINUE;
}

/** tpt_slice_reset: before what is listed changes altogether: a few rows, and no more are wanted */
void
tpt_slice_reset (TptSlice *slice)
{
  g_return_if_fail (TPT_IS_SLICE (slice));

  get_fill (slice)->wanted = TPT_SLICE_STEP;
  tpt_slice_set_size (slice, TPT_SLICE_STEP);
}

/**
 * tpt_slice_fill:
 * @widget: whose frames they are, and who holds @slice
 * @wanted: so many rows, in the end
 *
 * Lets @slice grow by %TPT_SLICE_STEP rows with every frame: to make, measure and paint all rows in
 * one would hold up the keyboard. To be called again whenever there is more to list.
 */
void
tpt_slice_fill (TptSlice  *slice,
                GtkWidget *widget,
                guint      wanted)
{
  Fill *fill;

  g_return_if_fail (TPT_IS_SLICE (slice));
  g_return_if_fail (GTK_IS_WIDGET (widget));

  fill = get_fill (slice);
  fill->wanted = wanted;
  if (tpt_slice_get_size (slice) >= wanted)
    return;
  fill->has_new_rows = TRUE;
  if (!fill->is_filling)
    gtk_widget_add_tick_callback (widget, filling_cb, g_object_ref (slice), g_object_unref);
  fill->is_filling = TRUE;
}

/** tpt_slice_get_wanted: how many rows there may be as soon as all are made */
guint
tpt_slice_get_wanted (TptSlice *slice)
{
  g_return_val_if_fail (TPT_IS_SLICE (slice), 0);

  return get_fill (slice)->wanted;
}
