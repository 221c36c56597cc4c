/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-slice.h"

#define DEFAULT_SIZE 10

struct _TptSlice
{
  GObject parent_instance;

  GListModel *model;
  gulong changed;
  guint size;
  GPtrArray *items;        /* (element-type GObject): what was told so far */
};

static GType
tpt_slice_get_item_type (GListModel *model)
{
  TptSlice *self = TPT_SLICE (model);

  return self->model != NULL ? g_list_model_get_item_type (self->model) : G_TYPE_OBJECT;
}

static guint
tpt_slice_get_n_items (GListModel *model)
{
  return TPT_SLICE (model)->items->len;
}

static gpointer
tpt_slice_get_item (GListModel *model,
                    guint       position)
{
  TptSlice *self = TPT_SLICE (model);

  return position < self->items->len ? g_object_ref (g_ptr_array_index (self->items, position))
                                     : NULL;
}

static void
list_model_init (GListModelInterface *interface)
{
  interface->get_item_type = tpt_slice_get_item_type;
  interface->get_n_items = tpt_slice_get_n_items;
  interface->get_item = tpt_slice_get_item;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (TptSlice, tpt_slice, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_init))

/* Takes @removed items out at @position, and @added ones of the model, which stand there by now,
 * in. */
static void
splice (TptSlice *self,
        guint     position,
        guint     removed,
        guint     added)
{
  if (removed == 0 && added == 0)
    return;
  if (removed > 0)
    g_ptr_array_remove_range (self->items, position, removed);
  for (guint i = position; i < position + added; i++)
    g_ptr_array_insert (self->items, (int) i, g_list_model_get_item (self->model, i));
  g_list_model_items_changed (G_LIST_MODEL (self), position, removed, added);
}

/* Lets the end follow the size. */
static void
adjust (TptSlice *self)
{
  guint total = self->model != NULL ? g_list_model_get_n_items (self->model) : 0;
  guint wanted = MIN (total, self->size);
  guint length = self->items->len;

  if (length > wanted)
    splice (self, wanted, length - wanted, 0);
  else
    splice (self, length, 0, wanted - length);
}

/* First what has no room any more goes, then the change is made, then the end is filled up. */
static void
changed_cb (TptSlice *self,
            guint     position,
            guint     removed,
            guint     added)
{
  guint length = self->items->len;
  guint surplus;

  if (position < self->size)
    {
      removed = MIN (removed, length - position);
      added = MIN (added, self->size - position);
      surplus = length - removed + added > self->size ? length - removed + added - self->size : 0;
      splice (self, length - surplus, surplus, 0);
      splice (self, position, removed, added);
    }
  adjust (self);
}

static void
tpt_slice_dispose (GObject *object)
{
  TptSlice *self = TPT_SLICE (object);

  if (self->model != NULL)
    g_clear_signal_handler (&self->changed, self->model);
  g_clear_object (&self->model);

  G_OBJECT_CLASS (tpt_slice_parent_class)->dispose (object);
}

static void
tpt_slice_finalize (GObject *object)
{
  g_ptr_array_unref (TPT_SLICE (object)->items);

  G_OBJECT_CLASS (tpt_slice_parent_class)->finalize (object);
}

static void
tpt_slice_class_init (TptSliceClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = tpt_slice_dispose;
  G_OBJECT_CLASS (klass)->finalize = tpt_slice_finalize;
}

static void
tpt_slice_init (TptSlice *self)
{
  self->size = DEFAULT_SIZE;
  self->items = g_ptr_array_new_with_free_func (g_object_unref);
}

/**
 * tpt_slice_new:
 * @model: (transfer none)
 *
 * Returns: (transfer full): the first @size items of @model. Where one comes or goes, GTK's own
 *   tells that everything behind it has changed: all rows there are made anew, folded up and
 *   without the focus that one of them had. This one tells of that item alone, and of the last.
 */
TptSlice *
tpt_slice_new (GListModel *model,
               guint       size)
{
  TptSlice *self = g_object_new (TPT_TYPE_SLICE, NULL);

  self->size = size;
  tpt_slice_set_model (self, model);

  return self;
}

/* @model: (transfer none); once */
void
tpt_slice_set_model (TptSlice   *self,
                     GListModel *model)
{
  g_return_if_fail (TPT_IS_SLICE (self));
  g_return_if_fail (G_IS_LIST_MODEL (model));
  g_return_if_fail (self->model == NULL);

  self->model = g_object_ref (model);
  self->changed = g_signal_connect_swapped (model, "items-changed", G_CALLBACK (changed_cb), self);
  adjust (self);
}

guint
tpt_slice_get_size (TptSlice *self)
{
  g_return_val_if_fail (TPT_IS_SLICE (self), 0);

  return self->size;
}

void
tpt_slice_set_size (TptSlice *self,
                    guint     size)
{
  g_return_if_fail (TPT_IS_SLICE (self));

  self->size = size;
  adjust (self);
}
