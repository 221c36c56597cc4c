/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tpt-grant.h"
#include "tpt-store.h"

G_BEGIN_DECLS

/* Scopes that requests were refused for, separated by spaces. */
#define TPT_SETTING_REFUSED_SCOPES "account.refused-scopes"

#define TPT_TYPE_PERMISSIONS (tpt_permissions_get_type ())

/**
 * TptPermissions:
 *
 * What the sign-in may do: what was granted, where somebody said so, and what it was refused for.
 * The latter is all there is with a personal token.
 *
 * Signal `changed`.
 */
G_DECLARE_FINAL_TYPE (TptPermissions, tpt_permissions, TPT, PERMISSIONS, GObject)

TptPermissions     *tpt_permissions_new         (TptStore        *store);
void                tpt_permissions_set_grant   (TptPermissions  *self,
                                                 const TptGrant  *grant,
                                                 const char      *refused);
void                tpt_permissions_learn       (TptPermissions  *self,
                                                 const GError    *error);
void                tpt_permissions_confirm     (TptPermissions  *self,
                                                 const char      *scope);
gboolean            tpt_permissions_is_personal (TptPermissions  *self);
const char *const  *tpt_permissions_get_granted (TptPermissions  *self);
const char *const  *tpt_permissions_get_missing (TptPermissions  *self);

G_END_DECLS
