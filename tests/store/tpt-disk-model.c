/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-disk-model.h"

#include <glib/gstdio.h>
#include <string.h>

struct _TptDiskModel
{
  GHashTable *files;       /* char * → DiskFile * */
};

/* A change that is not safe yet. */
typedef struct
{
  gsize offset;            /* of a write; or what to truncate to */
  GBytes *bytes;           /* NULL: truncate */
} Change;

typedef struct
{
  GByteArray *safe;        /* NULL: after a power cut there may be no such file */
  GPtrArray *changes;
  gboolean is_removed;
} DiskFile;

static void
change_free (Change *change)
{
  g_clear_pointer (&change->bytes, g_bytes_unref);
  g_free (change);
}

static void
file_free (DiskFile *file)
{
  g_clear_pointer (&file->safe, g_byte_array_unref);
  g_ptr_array_unref (file->changes);
  g_free (file);
}

TptDiskModel *
tpt_disk_model_new (void)
{
  TptDiskModel *self = g_new0 (TptDiskModel, 1);

  self->files = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) file_free);

  return self;
}

void
tpt_disk_model_free (TptDiskModel *self)
{
  g_hash_table_unref (self->files);
  g_free (self);
}

/** tpt_disk_model_open: what was there before anybody looked is safe */
void
tpt_disk_model_open (TptDiskModel *self,
                     const char   *path)
{
  DiskFile *file = g_hash_table_lookup (self->files, path);
  g_autofree char *bytes = NULL;
  gsize length;

  if (file != NULL)
    {
      file->is_removed = FALSE;
      return;
    }
  file = g_new0 (DiskFile, 1);
  file->changes = g_ptr_array_new_with_free_func ((GDestroyNotify) change_free);
  if (g_file_get_contents (path, &bytes, &length, NULL))
    {
      file->safe = g_byte_array_new ();
      g_byte_array_append (file->safe, (const guint8 *) bytes, (guint) length);
    }
  g_hash_table_insert (self->files, g_strdup (path), file);
}

static void
add_change (TptDiskModel *self,
            const char   *path,
            gsize         offset,
            GBytes       *bytes)
{
  DiskFile *file = g_hash_table_lookup (self->files, path);
  Change *change = g_new0 (Change, 1);

  change->offset = offset;
  change->bytes = bytes;
  g_ptr_array_add (file->changes, change);
}

void
tpt_disk_model_write (TptDiskModel  *self,
                      const char    *path,
                      gconstpointer  bytes,
                      gsize          length,
                      gsize          offset)
{
  add_change (self, path, offset, g_bytes_new (bytes, length));
}

void
tpt_disk_model_truncate (TptDiskModel *self,
                         const char   *path,
                         gsize         size)
{
  add_change (self, path, size, NULL);
}

static void
resize (GByteArray *bytes,
        gsize       size)
{
  guint before = bytes->len;

  g_byte_array_set_size (bytes, (guint) size);
  if (size > before)
    memset (bytes->data + before, 0, size - before);
}

static void
put (GByteArray   *target,
     gsize         offset,
     const guint8 *bytes,
     gsize         length)
{
  if (target->len < offset + length)
    resize (target, offset + length);
  memcpy (target->data + offset, bytes, length);
}

static void
apply (GByteArray   *target,
       const Change *change)
{
  gsize length;
  const guint8 *bytes;

  if (change->bytes == NULL)
    {
      resize (target, change->offset);
      return;
    }
  bytes = g_bytes_get_data (change->bytes, &length);
  put (target, change->offset, bytes, length);
}

/* Only some sectors of it. */
static void
apply_torn (GByteArray   *target,
            const Change *change,
            GRand        *rand)
{
  gsize length;
  const guint8 *bytes = g_bytes_get_data (change->bytes, &length);

  for (gsize i = 0; i < length; i += TPT_DISK_MODEL_SECTOR)
    {
      if (g_rand_boolean (rand))
        put (target, change->offset + i, bytes + i, MIN (TPT_DISK_MODEL_SECTOR, length - i));
    }
}

void
tpt_disk_model_sync (TptDiskModel *self,
                     const char   *path)
{
  DiskFile *file = g_hash_table_lookup (self->files, path);

  if (file->safe == NULL)
    file->safe = g_byte_array_new ();
  for (guint i = 0; i < file->changes->len; i++)
    apply (file->safe, g_ptr_array_index (file->changes, i));
  g_ptr_array_set_size (file->changes, 0);
}

/** tpt_disk_model_remove: @is_safe: the folder was brought to the disk as well */
void
tpt_disk_model_remove (TptDiskModel *self,
                       const char   *path,
                       gboolean      is_safe)
{
  DiskFile *file;

  tpt_disk_model_open (self, path);
  file = g_hash_table_lookup (self->files, path);
  file->is_removed = TRUE;
  g_ptr_array_set_size (file->changes, 0);
  if (is_safe)
    g_clear_pointer (&file->safe, g_byte_array_unref);
}

/* A new file that was not safe may not be there; a removal that was not may not have been. */
static gboolean
is_there (DiskFile    *file,
          TptSurvival  survival,
          GRand       *rand)
{
  gboolean is_later = survival != TPT_SURVIVAL_NONE && g_rand_boolean (rand);

  if (file->is_removed)
    return file->safe != NULL && !is_later;

  return file->safe != NULL || is_later;
}

static void
survive (const char  *path,
         DiskFile    *file,
         TptSurvival  survival,
         GRand       *rand)
{
  if (!is_there (file, survival, rand))
    {
      g_unlink (path);
      return;
    }
  if (file->safe == NULL)
    file->safe = g_byte_array_new ();
  for (guint i = 0; i < file->changes->len; i++)
    {
      const Change *change = g_ptr_array_index (file->changes, i);

      if (survival == TPT_SURVIVAL_SOME && g_rand_boolean (rand))
        apply (file->safe, change);
      else if (survival == TPT_SURVIVAL_TORN && change->bytes != NULL)
        apply_torn (file->safe, change, rand);
    }
  g_assert_true (g_file_set_contents_full (path, (const char *) file->safe->data, file->safe->len,
                                           G_FILE_SET_CONTENTS_NONE, 0600, NULL));
}

/** tpt_disk_model_power_on: writes the files as they are then, and forgets them */
void
tpt_disk_model_power_on (TptDiskModel *self,
                         TptSurvival   survival,
                         guint32       seed)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (seed);
  g_autoptr (GList) paths = g_list_sort (g_hash_table_get_keys (self->files),
                                         (GCompareFunc) g_strcmp0);

  for (GList *l = paths; l != NULL; l = l->next)
    survive (l->data, g_hash_table_lookup (self->files, l->data), survival, rand);
  g_hash_table_remove_all (self->files);
}
