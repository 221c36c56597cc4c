/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-keyring-item.h"

#include "tpt-config.h"

#include <glib/gi18n-lib.h>

static const SecretSchema SCHEMA = {
  .name = "io.github.touchpoint_desk.Secret",
  .flags = SECRET_SCHEMA_NONE,
  .attributes = {
    { "application", SECRET_SCHEMA_ATTRIBUTE_STRING },
    { "kind", SECRET_SCHEMA_ATTRIBUTE_STRING },
    { NULL, 0 },
  },
};

const SecretSchema *
tpt_keyring_item_get_schema (void)
{
  return &SCHEMA;
}

/* What the user reads in a keyring manager. */
const char *
tpt_keyring_item_get_label (TptSecretKind kind)
{
  switch (kind)
    {
    case TPT_SECRET_TOKENS:
      return _("Touchpoint: sign-in");
    case TPT_SECRET_DATABASE_KEY:
      return _("Touchpoint: key of the local records");
    case TPT_SECRET_RELAY:
      return _("Touchpoint: relay");
    default:
      g_return_val_if_reached (NULL);
    }
}

/* Returns: (transfer full) */
GHashTable *
tpt_keyring_item_make_attributes (const char    *application_id,
                                  TptSecretKind  kind)
{
  return secret_attributes_build (&SCHEMA, "application", application_id, "kind",
                                  tpt_secret_kind_to_string (kind), NULL);
}
