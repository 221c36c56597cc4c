/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* One property of a vCard, unfolded. */
typedef struct
{
  char *name;              /* upper case, without its group */
  GPtrArray *parameters;   /* (element-type utf8) “NAME=value” with the name in upper case; of
                            * version 2.1 also a value alone, in upper case */
  char *value;             /* valid UTF-8, decoded, escapes still in it */
} TptVcardLine;

GPtrArray  *tpt_vcard_line_list         (GBytes              *bytes);
const char *tpt_vcard_line_get          (const TptVcardLine  *self,
                                         const char          *parameter);
gboolean    tpt_vcard_line_has          (const TptVcardLine  *self,
                                         const char          *parameter,
                                         const char          *value);
char       *tpt_vcard_line_unescape     (const char          *text);
GPtrArray  *tpt_vcard_line_split        (const char          *text,
                                         char                 separator);
gboolean    tpt_vcard_line_is_card      (GBytes              *bytes);

G_END_DECLS
