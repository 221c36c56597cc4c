/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A column of a batch, in the form in which PostgreSQL takes an array over the wire. */
typedef struct _Array Array;

Array        *array_new_ints  (void);
Array        *array_new_bytes (void);
void          array_free      (Array        *self);
void          array_add_int   (Array        *self,
                               gint64        number);
void          array_add_bytes (Array        *self,
                               gconstpointer bytes,
                               gsize         length);
void          array_add_null  (Array        *self);
void          array_clear     (Array        *self);
guint         array_get_type  (Array        *self);
gconstpointer array_get_data  (Array        *self);
gsize         array_get_size  (Array        *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Array, array_free)

G_END_DECLS
