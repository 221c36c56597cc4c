/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-object-list.h"

struct _TptObjectList
{
  GObject parent_instance;

  GType item_type;
  TptObjectKeyFunc key;
  TptObjectEqualFunc equal;
  GPtrArray *items;
};

static GType
tpt_object_list_get_item_type (GListModel *model)
{
  return TPT_OBJECT_LIST (model)->item_type;
}

static guint
tpt_object_list_get_n_items (GListModel *model)
{
  return TPT_OBJECT_LIST (model)->items->len;
}

static gpointer
tpt_object_list_get_item (GListModel *model,
                          guint       position)
{
  TptObjectList *self = TPT_OBJECT_LIST (model);

  if (position >= self->items->len)
    return NULL;

  return g_object_ref (g_ptr_array_index (self->items, position));
}

static void
list_model_init (GListModelInterface *interface)
{
  interface->get_item_type = tpt_object_list_get_item_type;
  interface->get_n_items = tpt_object_list_get_n_items;
  interface->get_item = tpt_object_list_get_item;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (TptObjectList, tpt_object_list, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_init))

static gboolean
is_same (TptObjectList *self,
         guint          position,
         GPtrArray     *items,
         guint          other)
{
  gpointer a = g_ptr_array_index (self->items, position);
  gpointer b = g_ptr_array_index (items, other);

  return a == b
         || (g_strcmp0 (self->key (a), self->key (b)) == 0 && self->equal != NULL
             && self->equal (a, b));
}

static void
tpt_object_list_finalize (GObject *object)
{
  TptObjectList *self = TPT_OBJECT_LIST (object);

  g_ptr_array_unref (self->items);

  G_OBJECT_CLASS (tpt_object_list_parent_class)->finalize (object);
}

static void
tpt_object_list_class_init (TptObjectListClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = tpt_object_list_finalize;
}

static void
tpt_object_list_init (TptObjectList *self)
{
  self->items = g_ptr_array_new_with_free_func (g_object_unref);
}

/**
 * tpt_object_list_new:
 * @equal: (nullable): without it, only the same object counts as unchanged
 */
TptObjectList *
tpt_object_list_new (GType              item_type,
                     TptObjectKeyFunc   key,
                     TptObjectEqualFunc equal)
{
  TptObjectList *self;

  g_return_val_if_fail (g_type_is_a (item_type, G_TYPE_OBJECT), NULL);
  g_return_val_if_fail (key != NULL, NULL);

  self = g_object_new (TPT_TYPE_OBJECT_LIST, NULL);
  self->item_type = item_type;
  self->key = key;
  self->equal = equal;

  return self;
}

/** tpt_object_list_find: (transfer none) (nullable): the item with that key */
gpointer
tpt_object_list_find (TptObjectList *self,
                      const char    *key)
{
  g_return_val_if_fail (TPT_IS_OBJECT_LIST (self), NULL);

  for (guint i = 0; i < self->items->len; i++)
    {
      gpointer item = g_ptr_array_index (self->items, i);

      if (g_strcmp0 (self->key (item), key) == 0)
        return item;
    }

  return NULL;
}

/**
 * tpt_object_list_update:
 * @items: (element-type GObject): what the list shall hold, in order
 *
 * Replaces the contents, with one signal that names the smallest span that covers every
 * change, and none where nothing
 * changed: selection, scrolling and focus in a view stay where they are.
 */
void
tpt_object_list_update (TptObjectList *self,
                        GPtrArray     *items)
{
  guint start = 0, old_end, new_end;

  g_return_if_fail (TPT_IS_OBJECT_LIST (self));
  g_return_if_fail (items != NULL);

  old_end = self->items->len;
  new_end = items->len;
  while (start < old_end && start < new_end
         && is_same (self, start, items, start))
    start++;
  while (old_end > start && new_end > start
         && is_same (self, old_end - 1, items, new_end - 1))
    {
      old_end--;
      new_end--;
    }
  if (start == old_end && start == new_end)
    return;

  if (old_end > start)
    g_ptr_array_remove_range (self->items, start, old_end - start);
  for (guint i = start; i < new_end; i++)
    g_ptr_array_insert (self->items, (int) i, g_object_ref (g_ptr_array_index (items, i)));
  g_list_model_items_changed (G_LIST_MODEL (self), start, old_end - start, new_end - start);
}
