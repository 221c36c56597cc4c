/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What all of ui/ includes, read once: it takes longer than compiling what comes after it. It is
 * compiled by itself, and so has no guard. */
#include <adwaita.h>
