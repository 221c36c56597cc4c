/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tpt-seal.h"
#include "tpt-sqlite.h"

G_BEGIN_DECLS

/* "Tpt1": tells our files from other SQLite databases. */
#define TPT_SCHEMA_APPLICATION_ID 0x54707431
#define TPT_SCHEMA_VERSION 5

/* From the version before to @version. In @sql, key_of (text) is the blind index of an address. */
typedef struct
{
  int version;
  const char *sql;
  gboolean (*func) (TptSqlite  *sqlite,
                    TptSeal    *seal,
                    GError    **error); /* or NULL */
  gboolean rebuilds;       /* tables are dropped that others refer to */
} TptSchemaStep;

extern const TptSchemaStep tpt_schema_steps[];

gboolean tpt_schema_check   (TptSqlite            *sqlite,
                             TptSeal              *seal,
                             int                   newest,
                             GError              **error);
gboolean tpt_schema_migrate (TptSqlite            *sqlite,
                             TptSeal              *seal,
                             const char           *path,
                             const TptSchemaStep  *steps,
                             int                   newest,
                             GError              **error);

G_END_DECLS
