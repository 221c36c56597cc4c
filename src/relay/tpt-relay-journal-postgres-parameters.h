/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>
#include <libpq-fe.h>

G_BEGIN_DECLS

#define PARAMETERS_MAX 10

/* What a command is given, in the wire's form; zeroed at first. What was added must live until the
 * command has been sent. */
typedef struct
{
  int         count;
  Oid         types[PARAMETERS_MAX];
  const char *values[PARAMETERS_MAX];
  int         lengths[PARAMETERS_MAX];
  int         formats[PARAMETERS_MAX];
  gint64      numbers[PARAMETERS_MAX];
} Parameters;

void parameters_add (Parameters *parameters,
                     char        type,
                     va_list    *values);

G_END_DECLS
