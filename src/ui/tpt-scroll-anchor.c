/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-scroll-anchor.h"

#define KEY "tpt-scroll-anchor"

/* What came may be laid out in several frames, each of which takes its time where rows are many. */
#define HOLD (2 * G_TIME_SPAN_SECOND)

/* Held by the scrolled window. */
typedef struct
{
  GtkAdjustment *adjustment;
  GdkFrameClock *clock;
  gulong layout;
  GtkWidget *row;          /* weak */
  double place;            /* of the row, from the upper edge of what is seen */
  double value;            /* as it was left here; another one is the user's */
  gint64 until;            /* monotonic; 0 before the first frame */
} Anchor;

static void
anchor_free (Anchor *anchor)
{
  /* A clock that went away with its window has forgotten it. */
  if (g_signal_handler_is_connected (anchor->clock, anchor->layout))
    g_signal_handler_disconnect (anchor->clock, anchor->layout);
  g_clear_weak_pointer (&anchor->row);
  g_object_unref (anchor->clock);
  g_object_unref (anchor->adjustment);
  g_free (anchor);
}

static gboolean
is_held (Anchor *anchor)
{
  return anchor != NULL && anchor->row != NULL
         && (anchor->until == 0 || g_get_monotonic_time () <= anchor->until)
         && gtk_adjustment_get_value (anchor->adjustment) == anchor->value;
}

/* After everything has its place and before it is painted: GTK lays out once more when the value
 * changes here, so that nobody sees the row move. */
static void
layout_cb (GtkWidget *scroller)
{
  Anchor *anchor = g_object_get_data (G_OBJECT (scroller), KEY);
  graphene_rect_t place;

  if (!is_held (anchor) || !gtk_widget_compute_bounds (anchor->row, scroller, &place))
    {
      g_object_set_data (G_OBJECT (scroller), KEY, NULL);
      return;
    }
  if (anchor->until == 0)
    anchor->until = g_get_monotonic_time () + HOLD;
  gtk_adjustment_set_value (anchor->adjustment,
                            anchor->value + place.origin.y - anchor->place);
  anchor->value = gtk_adjustment_get_value (anchor->adjustment);
}

/* The first row that can be seen, where the list began above that. */
static GtkWidget *
find_row (GtkListBox *const  boxes[2],
          GtkWidget         *scroller,
          double            *y)
{
  gboolean has_begun = FALSE;

  for (int i = 0; i < 2 && boxes[i] != NULL; i++)
    {
      GtkWidget *row = gtk_widget_get_first_child (GTK_WIDGET (boxes[i]));

      for (; row != NULL; row = gtk_widget_get_next_sibling (row))
        {
          graphene_rect_t place;

          /* One that has just come has no place yet. */
          if (!gtk_widget_get_mapped (row) || !gtk_widget_compute_bounds (row, scroller, &place)
              || place.size.height <= 0)
            continue;
          *y = place.origin.y;
          if (place.origin.y + place.size.height > 0)
            return has_begun || place.origin.y < 0 ? row : NULL;
          has_begun = TRUE;
        }
    }

  return NULL;
}

/**
 * tpt_scroll_anchor_hold:
 * @above: a list that is about to change, or has just done so
 * @below: (nullable): the next one on the same page
 *
 * Keeps what is being read where it is, when rows come or go further up: somebody who is about to
 * press a button shall not press that of another row.
 */
void
tpt_scroll_anchor_hold (GtkListBox *above,
                        GtkListBox *below)
{
  GtkListBox *const boxes[2] = { above, below };
  GtkWidget *scroller;
  GtkWidget *row;
  Anchor *anchor;
  double y = 0;

  g_return_if_fail (GTK_IS_LIST_BOX (above));
  g_return_if_fail (below == NULL || GTK_IS_LIST_BOX (below));

  scroller = gtk_widget_get_ancestor (GTK_WIDGET (above), GTK_TYPE_SCROLLED_WINDOW);
  if (scroller == NULL || !gtk_widget_get_mapped (scroller))
    return;
  anchor = g_object_get_data (G_OBJECT (scroller), KEY);
  if (is_held (anchor))
    {
      anchor->until = 0;
      return;
    }
  row = find_row (boxes, scroller, &y);
  if (row == NULL)
    return;

  anchor = g_new0 (Anchor, 1);
  anchor->adjustment =
    g_object_ref (gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (scroller)));
  anchor->clock = g_object_ref (gtk_widget_get_frame_clock (scroller));
  g_set_weak_pointer (&anchor->row, row);
  anchor->place = y;
  anchor->value = gtk_adjustment_get_value (anchor->adjustment);
  anchor->layout = g_signal_connect_object (anchor->clock, "layout", G_CALLBACK (layout_cb),
                                            scroller, G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  g_object_set_data_full (G_OBJECT (scroller), KEY, anchor, (GDestroyNotify) anchor_free);
}
