/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The sealed fields of one record, one after the other, without names: a later version may add
 * fields at the end, and reading past the end of an older record gives NULL and 0. */
typedef struct
{
  GByteArray *bytes;
  gsize offset;
  gboolean failed;
} TptPack;

void      tpt_pack_init        (TptPack            *self);
void      tpt_pack_clear       (TptPack            *self);
void      tpt_pack_put_int     (TptPack            *self,
                                gint64              value);
void      tpt_pack_put_string  (TptPack            *self,
                                const char         *value);
void      tpt_pack_put_blob    (TptPack            *self,
                                const guint8       *bytes,
                                gsize               length);
void      tpt_pack_put_strv    (TptPack            *self,
                                const char *const  *value);
void      tpt_pack_put_count   (TptPack            *self,
                                guint               count);
gint64    tpt_pack_take_int    (TptPack            *self);
char     *tpt_pack_take_string (TptPack            *self);
GByteArray *tpt_pack_take_blob (TptPack            *self);
GStrv     tpt_pack_take_strv   (TptPack            *self);
guint     tpt_pack_take_count  (TptPack            *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (TptPack, tpt_pack_clear)

G_END_DECLS
