/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * TptFault:
 * @TPT_FAULT_NONE: operations are only counted
 * @TPT_FAULT_ERROR: an operation fails
 * @TPT_FAULT_FULL: a write finds the disk full
 * @TPT_FAULT_SHORT: a write is done in part, and fails
 * @TPT_FAULT_SYNC: bringing data to the disk fails; other operations are not counted
 * @TPT_FAULT_POWER: from here on the machine is off
 */
typedef enum
{
  TPT_FAULT_NONE,
  TPT_FAULT_ERROR,
  TPT_FAULT_FULL,
  TPT_FAULT_SHORT,
  TPT_FAULT_SYNC,
  TPT_FAULT_POWER,
} TptFault;

/**
 * TptSurvival:
 * @TPT_SURVIVAL_NONE: what was not brought to the disk is gone
 * @TPT_SURVIVAL_SOME: some of the writes are there, the later ones perhaps without the earlier ones
 * @TPT_SURVIVAL_TORN: of each write, some sectors are there
 */
typedef enum
{
  TPT_SURVIVAL_NONE,
  TPT_SURVIVAL_SOME,
  TPT_SURVIVAL_TORN,
} TptSurvival;

/* A disk for SQLite that fails on demand. While it is installed, every database that is opened lies
 * on it: what is written goes to the real file at once, and what of it would survive a power cut is
 * kept in mind. */

void     tpt_fault_vfs_install     (void);
void     tpt_fault_vfs_uninstall   (void);
void     tpt_fault_vfs_arm         (TptFault     fault,
                                    guint        operation,
                                    gboolean     for_ever);
guint    tpt_fault_vfs_get_count   (void);
gboolean tpt_fault_vfs_has_struck  (void);
guint    tpt_fault_vfs_get_opened  (void);
void     tpt_fault_vfs_set_lying   (gboolean     lying);
void     tpt_fault_vfs_power_on    (TptSurvival  survival,
                                    guint32      seed);

G_END_DECLS
