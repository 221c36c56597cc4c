/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tpt-fault-vfs.h"

G_BEGIN_DECLS

/* What of the files is on the disk for certain, and what would be lost without power. */
typedef struct _TptDiskModel TptDiskModel;

#define TPT_DISK_MODEL_SECTOR 512

TptDiskModel *tpt_disk_model_new      (void);
void          tpt_disk_model_free     (TptDiskModel  *self);
void          tpt_disk_model_open     (TptDiskModel  *self,
                                       const char    *path);
void          tpt_disk_model_write    (TptDiskModel  *self,
                                       const char    *path,
                                       gconstpointer  bytes,
                                       gsize          length,
                                       gsize          offset);
void          tpt_disk_model_truncate (TptDiskModel  *self,
                                       const char    *path,
                                       gsize          size);
void          tpt_disk_model_sync     (TptDiskModel  *self,
                                       const char    *path);
void          tpt_disk_model_remove   (TptDiskModel  *self,
                                       const char    *path,
                                       gboolean       is_safe);
void          tpt_disk_model_power_on (TptDiskModel  *self,
                                       TptSurvival    survival,
                                       guint32        seed);

G_END_DECLS
