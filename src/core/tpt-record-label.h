/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What a record that cannot be taken calls itself, in one text: a name, and in the next line when
 * it starts (RFC 3339) or somebody's e-mail address. */

char *tpt_record_label_make  (const char  *name,
                              const char  *detail);
void  tpt_record_label_split (const char  *label,
                              char       **name,
                              char       **detail);

G_END_DECLS
