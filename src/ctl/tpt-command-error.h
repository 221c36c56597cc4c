/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define TPT_COMMAND_ERROR (tpt_command_error_quark ())

/**
 * TptCommandError:
 * @TPT_COMMAND_ERROR_USAGE: typed wrongly
 * @TPT_COMMAND_ERROR_NOT_FOUND: nothing of that name, or several things
 * @TPT_COMMAND_ERROR_CANCELED: interrupted; the message says what is left of it
 */
typedef enum
{
  TPT_COMMAND_ERROR_USAGE,
  TPT_COMMAND_ERROR_NOT_FOUND,
  TPT_COMMAND_ERROR_CANCELED,
} TptCommandError;

GQuark tpt_command_error_quark (void);

G_END_DECLS
