/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

char       *tpt_domain_normalize        (const char         *text);
const char *tpt_domain_get_parent       (const char         *domain);
const char *tpt_domain_get_registrable  (const char         *domain);
gboolean    tpt_domain_is_within        (const char         *domain,
                                         const char         *ancestor);
gboolean    tpt_domain_is_public_suffix (const char         *domain);
gboolean    tpt_domain_is_free_mail     (const char         *domain,
                                         const char *const  *more);
char       *tpt_domain_find_problem     (const char         *text,
                                         const char *const  *own_domains,
                                         const char *const  *free_mail,
                                         char              **domain);

G_END_DECLS
