/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-fault-vfs.h"

#include <glib/gstdio.h>
#include <sqlite3.h>
#include <string.h>

#include "tpt-disk-model.h"

/* https://www.sqlite.org/vfs.html */

typedef struct
{
  sqlite3_file base;       /* first */
  sqlite3_file *real;
  char *path;              /* NULL for one that has no name */
} FaultFile;

static struct
{
  sqlite3_vfs *real;
  sqlite3_vfs vfs;
  gboolean is_registered;
  TptDiskModel *model;

  TptFault fault;
  guint operation;         /* the one that fails, from 1 on */
  gboolean for_ever;
  guint count;
  gboolean has_struck;
  guint opened;
  gboolean is_lying;
} disk;

/* Whether this operation fails. */
static gboolean
strikes (gboolean is_write,
         gboolean is_sync)
{
  switch (disk.fault)
    {
    case TPT_FAULT_FULL:
    case TPT_FAULT_SHORT:
      if (!is_write)
        return FALSE;
      break;
    case TPT_FAULT_SYNC:
      if (!is_sync)
        return FALSE;
      break;
    case TPT_FAULT_NONE:
    case TPT_FAULT_ERROR:
    case TPT_FAULT_POWER:
    default:
      break;
    }
  disk.count++;
  if (disk.fault == TPT_FAULT_NONE || disk.count < disk.operation
      || (disk.count > disk.operation && !disk.for_ever && disk.fault != TPT_FAULT_POWER))
    return FALSE;
  disk.has_struck = TRUE;

  return TRUE;
}

static int
close_cb (sqlite3_file *file)
{
  FaultFile *self = (FaultFile *) file;
  int result = self->real->pMethods->xClose (self->real);

  g_free (self->real);
  g_free (self->path);

  return result;
}

static int
read_cb (sqlite3_file  *file,
         void          *buffer,
         int            length,
         sqlite3_int64  offset)
{
  FaultFile *self = (FaultFile *) file;

  if (strikes (FALSE, FALSE))
    return SQLITE_IOERR_READ;

  return self->real->pMethods->xRead (self->real, buffer, length, offset);
}

static int
write_cb (sqlite3_file  *file,
          const void    *buffer,
          int            length,
          sqlite3_int64  offset)
{
  FaultFile *self = (FaultFile *) file;

  if (strikes (TRUE, FALSE))
    {
      if (disk.fault == TPT_FAULT_SHORT)
        self->real->pMethods->xWrite (self->real, buffer, length / 2, offset);
      return disk.fault == TPT_FAULT_FULL ? SQLITE_FULL : SQLITE_IOERR_WRITE;
    }
  if (self->path != NULL)
    tpt_disk_model_write (disk.model, self->path, buffer, (gsize) length, (gsize) offset);

  return self->real->pMethods->xWrite (self->real, buffer, length, offset);
}

static int
truncate_cb (sqlite3_file  *file,
             sqlite3_int64  size)
{
  FaultFile *self = (FaultFile *) file;

  if (strikes (FALSE, FALSE))
    return SQLITE_IOERR_TRUNCATE;
  if (self->path != NULL)
    tpt_disk_model_truncate (disk.model, self->path, (gsize) size);

  return self->real->pMethods->xTruncate (self->real, size);
}

/* The real disk is not waited for: it does not lose its power. */
static int
sync_cb (sqlite3_file *file,
         int           flags)
{
  FaultFile *self = (FaultFile *) file;

  if (strikes (FALSE, TRUE))
    return SQLITE_IOERR_FSYNC;
  if (self->path != NULL && !disk.is_lying)
    tpt_disk_model_sync (disk.model, self->path);

  return SQLITE_OK;
}

static int
file_size_cb (sqlite3_file  *file,
              sqlite3_int64 *size)
{
  FaultFile *self = (FaultFile *) file;

  if (strikes (FALSE, FALSE))
    return SQLITE_IOERR_FSTAT;

  return self->real->pMethods->xFileSize (self->real, size);
}

static int
lock_cb (sqlite3_file *file,
         int           level)
{
  FaultFile *self = (FaultFile *) file;

  return self->real->pMethods->xLock (self->real, level);
}

static int
unlock_cb (sqlite3_file *file,
           int           level)
{
  FaultFile *self = (FaultFile *) file;

  return self->real->pMethods->xUnlock (self->real, level);
}

static int
check_reserved_lock_cb (sqlite3_file *file,
                        int          *result)
{
  FaultFile *self = (FaultFile *) file;

  return self->real->pMethods->xCheckReservedLock (self->real, result);
}

static int
file_control_cb (sqlite3_file *file,
                 int           operation,
                 void         *argument)
{
  FaultFile *self = (FaultFile *) file;

  return self->real->pMethods->xFileControl (self->real, operation, argument);
}

/* A plain disk, which promises nothing about what a power cut leaves of a sector's neighbors. */
static int
sector_size_cb (sqlite3_file *file)
{
  return TPT_DISK_MODEL_SECTOR;
}

static int
characteristics_cb (sqlite3_file *file)
{
  return 0;
}

/* The index of a log is memory that several connections share; without power it is gone, and who
 * opens the database next makes it anew. */
static int
shm_map_cb (sqlite3_file   *file,
            int             region,
            int             size,
            int             extend,
            void volatile **memory)
{
  FaultFile *self = (FaultFile *) file;

  return self->real->pMethods->xShmMap (self->real, region, size, extend, memory);
}

static int
shm_lock_cb (sqlite3_file *file,
             int           offset,
             int           count,
             int           flags)
{
  FaultFile *self = (FaultFile *) file;

  return self->real->pMethods->xShmLock (self->real, offset, count, flags);
}

static void
shm_barrier_cb (sqlite3_file *file)
{
  FaultFile *self = (FaultFile *) file;

  self->real->pMethods->xShmBarrier (self->real);
}

static int
shm_unmap_cb (sqlite3_file *file,
              int           delete)
{
  FaultFile *self = (FaultFile *) file;

  return self->real->pMethods->xShmUnmap (self->real, delete);
}

/* Version 2: with shared memory, which exclusive locking does not need, and without mapping. */
static const sqlite3_io_methods methods = {
  .iVersion = 2,
  .xClose = close_cb,
  .xRead = read_cb,
  .xWrite = write_cb,
  .xTruncate = truncate_cb,
  .xSync = sync_cb,
  .xFileSize = file_size_cb,
  .xLock = lock_cb,
  .xUnlock = unlock_cb,
  .xCheckReservedLock = check_reserved_lock_cb,
  .xFileControl = file_control_cb,
  .xSectorSize = sector_size_cb,
  .xDeviceCharacteristics = characteristics_cb,
  .xShmMap = shm_map_cb,
  .xShmLock = shm_lock_cb,
  .xShmBarrier = shm_barrier_cb,
  .xShmUnmap = shm_unmap_cb,
};

static int
open_cb (sqlite3_vfs  *vfs,
         const char   *path,
         sqlite3_file *file,
         int           flags,
         int          *out_flags)
{
  FaultFile *self = (FaultFile *) file;
  int result;

  self->base.pMethods = NULL;
  if (strikes (FALSE, FALSE))
    return SQLITE_CANTOPEN;
  if (path != NULL)
    tpt_disk_model_open (disk.model, path);
  self->real = g_malloc0 ((gsize) disk.real->szOsFile);
  result = disk.real->xOpen (disk.real, path, self->real, flags, out_flags);
  if (result != SQLITE_OK)
    {
      g_free (self->real);
      return result;
    }
  self->path = g_strdup (path);
  self->base.pMethods = &methods;
  disk.opened += (flags & SQLITE_OPEN_MAIN_DB) != 0;

  return SQLITE_OK;
}

static int
delete_cb (sqlite3_vfs *vfs,
           const char  *path,
           int          sync_folder)
{
  if (strikes (FALSE, FALSE))
    return SQLITE_IOERR_DELETE;
  tpt_disk_model_remove (disk.model, path, sync_folder && !disk.is_lying);

  return disk.real->xDelete (disk.real, path, 0);
}

static int
access_cb (sqlite3_vfs *vfs,
           const char  *path,
           int          flags,
           int         *result)
{
  if (strikes (FALSE, FALSE))
    return SQLITE_IOERR_ACCESS;

  return disk.real->xAccess (disk.real, path, flags, result);
}

/** tpt_fault_vfs_install: from here on databases are opened on this disk, which works at first */
void
tpt_fault_vfs_install (void)
{
  if (!disk.is_registered)
    {
      disk.real = sqlite3_vfs_find (NULL);
      disk.vfs = *disk.real;
      disk.vfs.iVersion = 1;
      disk.vfs.zName = "tpt-fault";
      disk.vfs.szOsFile = sizeof (FaultFile);
      disk.vfs.xOpen = open_cb;
      disk.vfs.xDelete = delete_cb;
      disk.vfs.xAccess = access_cb;
      disk.is_registered = TRUE;
    }
  disk.model = tpt_disk_model_new ();
  disk.is_lying = FALSE;
  disk.opened = 0;
  tpt_fault_vfs_arm (TPT_FAULT_NONE, 0, FALSE);
  g_assert_cmpint (sqlite3_vfs_register (&disk.vfs, 1), ==, SQLITE_OK);
}

void
tpt_fault_vfs_uninstall (void)
{
  g_assert_cmpint (sqlite3_vfs_unregister (&disk.vfs), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_vfs_register (disk.real, 1), ==, SQLITE_OK);
  g_clear_pointer (&disk.model, tpt_disk_model_free);
}

/**
 * tpt_fault_vfs_arm:
 * @operation: which one, counted from here and from 1 on, meets @fault
 * @for_ever: all after it, too
 */
void
tpt_fault_vfs_arm (TptFault fault,
                   guint    operation,
                   gboolean for_ever)
{
  disk.fault = fault;
  disk.operation = operation;
  disk.for_ever = for_ever;
  disk.count = 0;
  disk.has_struck = FALSE;
}

guint
tpt_fault_vfs_get_count (void)
{
  return disk.count;
}

gboolean
tpt_fault_vfs_has_struck (void)
{
  return disk.has_struck;
}

/** tpt_fault_vfs_get_opened: how many times a database was opened */
guint
tpt_fault_vfs_get_opened (void)
{
  return disk.opened;
}

/** tpt_fault_vfs_set_lying: the disk says that data is safe when it is not */
void
tpt_fault_vfs_set_lying (gboolean lying)
{
  disk.is_lying = lying;
}

/** tpt_fault_vfs_power_on: after everything was closed: leaves in the files what has survived */
void
tpt_fault_vfs_power_on (TptSurvival survival,
                        guint32     seed)
{
  tpt_disk_model_power_on (disk.model, survival, seed);
  tpt_fault_vfs_arm (TPT_FAULT_NONE, 0, FALSE);
}
