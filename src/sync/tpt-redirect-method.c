/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-redirect-method.h"

/* @name: (nullable): as it stands in the settings; what is not known there counts as "auto" */
TptRedirectMethod
tpt_redirect_method_from_string (const char *name)
{
  static const char *const names[] = { "auto", "bounce", "loopback", "scheme" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      if (g_strcmp0 (name, names[i]) == 0)
        return (TptRedirectMethod) i;
    }

  return TPT_REDIRECT_AUTO;
}
