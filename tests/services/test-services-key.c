/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include "tpt-database-key.h"
#include "tpt-memory-token-store.h"
#include "tpt-store.h"
#include "tpt-test.h"

#define SHARED_TYPE_KEYRING (shared_keyring_get_type ())

G_DECLARE_FINAL_TYPE (SharedKeyring, shared_keyring, SHARED, KEYRING, GObject)

/* A keyring in which another process makes a key right after we have found none. */
struct _SharedKeyring
{
  GObject parent_instance;

  TptTokenStore *secrets;
  char *lock_path;
  char *of_other;          /* the key that is still to come from there */
  guint saved;
};

static void shared_keyring_iface_init (TptTokenStoreInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (SharedKeyring, shared_keyring, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (TPT_TYPE_TOKEN_STORE,
                                                      shared_keyring_iface_init))

/* Whether somebody has it, be it this process. */
static gboolean
is_locked (const char *path)
{
  int fd = open (path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  gboolean locked;

  g_assert_cmpint (fd, >=, 0);
  locked = flock (fd, LOCK_EX | LOCK_NB) != 0;
  close (fd);

  return locked;
}

static gboolean
shared_keyring_lookup (TptTokenStore  *store,
                       TptSecretKind   kind,
                       char          **secret,
                       GCancellable   *cancellable,
                       GError        **error)
{
  SharedKeyring *self = SHARED_KEYRING (store);
  g_autofree char *of_other = g_steal_pointer (&self->of_other);
  gboolean done = tpt_token_store_lookup (self->secrets, kind, secret, cancellable, error);

  if (of_other != NULL)
    tpt_token_store_save (self->secrets, kind, of_other, NULL, NULL);

  return done;
}

static gboolean
shared_keyring_save (TptTokenStore  *store,
                     TptSecretKind   kind,
                     const char     *secret,
                     GCancellable   *cancellable,
                     GError        **error)
{
  SharedKeyring *self = SHARED_KEYRING (store);

  g_assert_true (is_locked (self->lock_path));
  self->saved++;

  return tpt_token_store_save (self->secrets, kind, secret, cancellable, error);
}

static void
shared_keyring_iface_init (TptTokenStoreInterface *iface)
{
  iface->lookup = shared_keyring_lookup;
  iface->save = shared_keyring_save;
}

static void
shared_keyring_finalize (GObject *object)
{
  SharedKeyring *self = SHARED_KEYRING (object);

  g_object_unref (self->secrets);
  g_free (self->lock_path);
  g_free (self->of_other);

  G_OBJECT_CLASS (shared_keyring_parent_class)->finalize (object);
}

static void
shared_keyring_class_init (SharedKeyringClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = shared_keyring_finalize;
}

static void
shared_keyring_init (SharedKeyring *self)
{
  self->secrets = tpt_memory_token_store_new ();
}

static SharedKeyring *
make_keyring (const char *folder)
{
  SharedKeyring *self = g_object_new (SHARED_TYPE_KEYRING, NULL);

  self->lock_path = g_build_filename (folder, "lock", NULL);

  return self;
}

static GBytes *
get_key (SharedKeyring *keyring)
{
  g_autoptr (GError) error = NULL;
  GBytes *key = tpt_database_key_get (TPT_TOKEN_STORE (keyring), keyring->lock_path, TRUE, NULL,
                                      &error);

  g_assert_no_error (error);

  return key;
}

/* Two processes at the first start: the key of the first is the key of both, for what the first has
 * sealed with it could never be read again. */
static void
test_second (void)
{
  const guchar bytes[TPT_STORE_KEY_BYTES] = "the key of the first to come";
  g_autofree char *folder = tpt_test_make_dir ();
  g_autoptr (SharedKeyring) keyring = make_keyring (folder);
  g_autoptr (GBytes) first = g_bytes_new (bytes, sizeof bytes);
  g_autoptr (GBytes) second = NULL;

  keyring->of_other = g_base64_encode (bytes, sizeof bytes);
  second = get_key (keyring);
  g_assert_true (g_bytes_equal (first, second));
  g_assert_cmpuint (keyring->saved, ==, 0);
  g_assert_false (is_locked (keyring->lock_path));
  tpt_test_remove_dir (folder);
}

static void
test_alone (void)
{
  g_autofree char *folder = tpt_test_make_dir ();
  g_autoptr (SharedKeyring) keyring = make_keyring (folder);
  g_autoptr (GBytes) made = get_key (keyring);
  g_autoptr (GBytes) found = get_key (keyring);

  g_assert_cmpuint (g_bytes_get_size (made), ==, TPT_STORE_KEY_BYTES);
  g_assert_true (g_bytes_equal (made, found));
  g_assert_cmpuint (keyring->saved, ==, 1);
  g_assert_false (is_locked (keyring->lock_path));
  tpt_test_remove_dir (folder);
}

int
main (int    argc,
      char **argv)
{
  tpt_test_init (&argc, &argv);

  g_test_add_func ("/services/key/second", test_second);
  g_test_add_func ("/services/key/alone", test_alone);

  return g_test_run ();
}
