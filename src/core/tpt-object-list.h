/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define TPT_TYPE_OBJECT_LIST (tpt_object_list_get_type ())

/* A GListModel whose items are known by a key, so that a reload changes only what is different. */
G_DECLARE_FINAL_TYPE (TptObjectList, tpt_object_list, TPT, OBJECT_LIST, GObject)

/**
 * TptObjectKeyFunc:
 *
 * Returns: (transfer none): the key of @object: unique in a list, and the same for as long as
 *   the object is in it
 */
typedef const char *(*TptObjectKeyFunc) (gpointer object);

/**
 * TptObjectEqualFunc:
 *
 * Returns: whether a view would show @a and @b alike, so that the one that is there may stay
 */
typedef gboolean (*TptObjectEqualFunc) (gpointer a,
                                        gpointer b);

TptObjectList *tpt_object_list_new    (GType               item_type,
                                       TptObjectKeyFunc    key,
                                       TptObjectEqualFunc  equal);
gpointer       tpt_object_list_find   (TptObjectList      *self,
                                       const char         *key);
void           tpt_object_list_update (TptObjectList      *self,
                                       GPtrArray          *items);

G_END_DECLS
