/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-permissions.h"

#include "tpt-api-error.h"
#include "tpt-scopes.h"
#include "tpt-settings-table.h"

struct _TptPermissions
{
  GObject parent_instance;

  TptStore *store;
  TptGrantKind kind;
  GStrv granted;           /* NULL where nobody said */
  GStrv missing;           /* NULL while nobody is signed in */
};

enum
{
  SIGNAL_CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (TptPermissions, tpt_permissions, G_TYPE_OBJECT)

/* Adds those of @scopes that are new; %FALSE where none is. */
static gboolean
add_missing (TptPermissions    *self,
             const char *const *scopes)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  gboolean is_more = FALSE;

  g_strv_builder_addv (builder, (const char **) self->missing);
  for (gsize i = 0; scopes[i] != NULL; i++)
    {
      gboolean is_known = self->granted != NULL
                          && tpt_scopes_grant ((const char *const *) self->granted, scopes[i]);

      if (is_known || g_strv_contains ((const char *const *) self->missing, scopes[i]))
        continue;
      g_strv_builder_add (builder, scopes[i]);
      is_more = TRUE;
    }
  if (!is_more)
    return FALSE;

  g_strfreev (self->missing);
  self->missing = g_strv_builder_end (builder);

  return TRUE;
}

static gboolean
save_func (TptSession  *session,
           gpointer     user_data,
           GError     **error)
{
  return tpt_settings_table_set_text (session, TPT_SETTING_REFUSED_SCOPES, user_data, error);
}

/* It is learnt again by the next refusal. */
static void
saved_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (GError) error = NULL;

  if (!tpt_store_transact_finish (TPT_STORE (source), result, &error))
    g_message ("What the sign-in may not do was not written down: %s", error->message);
}

static void
save (TptPermissions *self)
{
  tpt_store_transact_async (self->store, save_func, g_strjoinv (" ", self->missing), g_free, NULL,
                            saved_cb, NULL);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static void
tpt_permissions_finalize (GObject *object)
{
  TptPermissions *self = TPT_PERMISSIONS (object);

  g_object_unref (self->store);
  g_strfreev (self->granted);
  g_strfreev (self->missing);

  G_OBJECT_CLASS (tpt_permissions_parent_class)->finalize (object);
}

static void
tpt_permissions_class_init (TptPermissionsClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = tpt_permissions_finalize;

  signals[SIGNAL_CHANGED] = g_signal_new ("changed", TPT_TYPE_PERMISSIONS, G_SIGNAL_RUN_LAST, 0,
                                          NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
tpt_permissions_init (TptPermissions *self)
{
}

TptPermissions *
tpt_permissions_new (TptStore *store)
{
  TptPermissions *self = g_object_new (TPT_TYPE_PERMISSIONS, NULL);

  self->store = g_object_ref (store);

  return self;
}

/**
 * tpt_permissions_set_grant:
 * @grant: (nullable): %NULL while nobody is signed in
 * @refused: (nullable): what %TPT_SETTING_REFUSED_SCOPES says
 */
void
tpt_permissions_set_grant (TptPermissions *self,
                           const TptGrant *grant,
                           const char     *refused)
{
  g_clear_pointer (&self->granted, g_strfreev);
  g_clear_pointer (&self->missing, g_strfreev);
  if (grant != NULL)
    {
      g_auto (GStrv) scopes = tpt_scopes_find (refused);

      self->kind = grant->kind;
      if (grant->scopes != NULL && grant->scopes[0] != NULL)
        self->granted = g_strdupv (grant->scopes);
      self->missing = tpt_scopes_get_missing ((const char *const *) self->granted);
      add_missing (self, (const char *const *) scopes);
    }
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

/**
 * tpt_permissions_learn:
 * @error: what a request was refused with; what is no question of scopes teaches nothing
 */
void
tpt_permissions_learn (TptPermissions *self,
                       const GError   *error)
{
  const char *const *scopes = tpt_api_error_get_scopes (error);

  if (self->missing == NULL || scopes == NULL || !add_missing (self, scopes))
    return;

  save (self);
}

/**
 * tpt_permissions_confirm:
 * @scope: a request that takes it has just been answered
 *
 * A refusal may be a mistake of the service, or of another day. What was not granted stays missing,
 * whatever the service lets pass.
 */
void
tpt_permissions_confirm (TptPermissions *self,
                         const char     *scope)
{
  g_autoptr (GStrvBuilder) builder = NULL;

  if (self->missing == NULL || !g_strv_contains ((const char *const *) self->missing, scope)
      || !tpt_scopes_grant ((const char *const *) self->granted, scope))
    return;

  builder = g_strv_builder_new ();
  for (char **next = self->missing; *next != NULL; next++)
    {
      if (!g_str_equal (*next, scope))
        g_strv_builder_add (builder, *next);
    }
  g_strfreev (self->missing);
  self->missing = g_strv_builder_end (builder);
  save (self);
}

/* Whether it is a personal token, and not a sign-in through the browser. */
gboolean
tpt_permissions_is_personal (TptPermissions *self)
{
  return self->kind == TPT_GRANT_PERSONAL;
}

/* Returns: (nullable): what was granted; %NULL where nobody said, as with a personal token */
const char *const *
tpt_permissions_get_granted (TptPermissions *self)
{
  return (const char *const *) self->granted;
}

/* Returns: (nullable): tpt_scopes_get_feature () says what each switches off */
const char *const *
tpt_permissions_get_missing (TptPermissions *self)
{
  return (const char *const *) self->missing;
}
