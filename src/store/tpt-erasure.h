/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tpt-store.h"

G_BEGIN_DECLS

gboolean tpt_erasure_run (TptSession  *session,
                          GError     **error);

G_END_DECLS
