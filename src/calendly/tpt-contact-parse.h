/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tpt-contact.h"
#include "tpt-json-tree.h"

G_BEGIN_DECLS

TptContact *tpt_contact_parse (const TptJsonValue  *object,
                               GError             **error);

G_END_DECLS
