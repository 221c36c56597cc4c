/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Domains at which anybody can have an address. Sorted by bytes: the look-up is a binary search. */
extern const char *const tpt_free_mail_domains[];
extern const gsize tpt_free_mail_n_domains;

G_END_DECLS
