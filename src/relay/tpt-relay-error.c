/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-relay-error.h"

G_DEFINE_QUARK (tpt-relay-error-quark, tpt_relay_error)
