/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-fuzz.h"

/** tpt_fuzz_text: (transfer full): the input as a string, which ends at the first NUL as for C */
char *
tpt_fuzz_text (const guint8 *data,
               gsize         size)
{
  return g_strndup ((const char *) data, size);
}
