/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tpt-config.h"

/* What both ends of the bus agree on. */
#define TPT_COMMAND_BUS_INTERFACE TPT_APP_ID ".Commands"

extern const char tpt_command_bus_interface_xml[];
