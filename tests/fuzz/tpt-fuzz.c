/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-fuzz.h"

/** tpt_fuzz_text: (transfer full): the input as a string that ends at its first NUL, as C sees it */
char *
tpt_fuzz_text (const guint8 *data,
               gsize         size)
{
  return g_strndup ((const char *) data, size);
}
