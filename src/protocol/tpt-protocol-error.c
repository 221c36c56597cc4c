/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-protocol-error.h"

G_DEFINE_QUARK (tpt-protocol-error-quark, tpt_protocol_error)
