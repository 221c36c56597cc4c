/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tpt-services.h"

G_BEGIN_DECLS

/* Opening and closing all of it, and waiting for that; and the keyring of a program that has
 * none. */
TptServices   *services_opening_open         (const TptServicesOptions *options);
void           services_opening_close        (TptServices              *services);
TptTokenStore *services_opening_make_secrets (const char               *tokens);

G_END_DECLS
