/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-account-error.h"
#include "tpt-keyring.h"
#include "tpt-keyring-fixture.h"

#define ROOT   "/org/freedesktop/secrets"
#define ITEM   ROOT "/collection/login/1"
#define PROMPT ROOT "/prompt/1"

/* A service that asks before it deletes, as others than GNOME's do: Secret Service API 0.2. */
static const char INTERFACES[]
    = "<node>"
      "<interface name='org.freedesktop.Secret.Service'>"
      "<method name='OpenSession'><arg type='s' direction='in'/><arg type='v' direction='in'/>"
      "<arg type='v' direction='out'/><arg type='o' direction='out'/></method>"
      "<method name='SearchItems'><arg type='a{ss}' direction='in'/>"
      "<arg type='ao' direction='out'/><arg type='ao' direction='out'/></method>"
      "<property name='Collections' type='ao' access='read'/></interface>"
      "<interface name='org.freedesktop.Secret.Item'>"
      "<method name='Delete'><arg type='o' direction='out'/></method>"
      "<property name='Locked' type='b' access='read'/>"
      "<property name='Attributes' type='a{ss}' access='read'/>"
      "<property name='Label' type='s' access='read'/>"
      "<property name='Type' type='s' access='read'/>"
      "<property name='Created' type='t' access='read'/>"
      "<property name='Modified' type='t' access='read'/></interface>"
      "<interface name='org.freedesktop.Secret.Prompt'>"
      "<method name='Prompt'><arg type='s' direction='in'/></method>"
      "<method name='Dismiss'/>"
      "<signal name='Completed'><arg type='b'/><arg type='v'/></signal></interface></node>";

static guint prompts;

static GVariant *
answer (const char *method)
{
  static const char *const none[] = { NULL };
  static const char *const items[] = { ITEM, NULL };

  if (g_str_equal (method, "OpenSession"))
    return g_variant_new ("(vo)", g_variant_new_string (""), ROOT "/session/1");
  if (g_str_equal (method, "SearchItems"))
    return g_variant_new ("(^ao^ao)", items, none);
  if (g_str_equal (method, "Delete"))
    return g_variant_new ("(o)", PROMPT);

  return NULL;
}

static void
call_cb (GDBusConnection       *connection,
         const char            *sender,
         const char            *path,
         const char            *interface,
         const char            *method,
         GVariant              *parameters,
         GDBusMethodInvocation *invocation,
         gpointer               user_data)
{
  const char *algorithm = NULL;

  if (g_str_equal (method, "OpenSession"))
    g_variant_get_child (parameters, 0, "&s", &algorithm);
  if (algorithm != NULL && !g_str_equal (algorithm, "plain"))
    {
      g_dbus_method_invocation_return_error_literal (invocation, G_DBUS_ERROR,
                                                     G_DBUS_ERROR_NOT_SUPPORTED, "plain only");
      return;
    }
  g_dbus_method_invocation_return_value (invocation, answer (method));
  if (!g_str_equal (method, "Prompt"))
    return;
  prompts++;
  g_dbus_connection_emit_signal (connection, NULL, PROMPT, interface, "Completed",
                                 g_variant_new ("(bv)", TRUE, g_variant_new_string ("")), NULL);
}

static GVariant *
get_cb (GDBusConnection  *connection,
        const char       *sender,
        const char       *path,
        const char       *interface,
        const char       *property,
        GError          **error,
        gpointer          user_data)
{
  if (g_str_equal (property, "Collections"))
    return g_variant_new_array (G_VARIANT_TYPE_OBJECT_PATH, NULL, 0);
  if (g_str_equal (property, "Attributes"))
    return g_variant_new_array (G_VARIANT_TYPE ("{ss}"), NULL, 0);
  if (g_str_equal (property, "Locked"))
    return g_variant_new_boolean (FALSE);
  if (g_str_equal (property, "Created") || g_str_equal (property, "Modified"))
    return g_variant_new_uint64 (1);

  return g_variant_new_string (property);
}

/* Whoever says no to the question keeps the secret, and that is told. */
static void
test_delete (void)
{
  static const GDBusInterfaceVTable vtable = { .method_call = call_cb, .get_property = get_cb };
  static const char *const paths[] = { ROOT, ITEM, PROMPT };
  TptKeyringFixture *session = tpt_keyring_fixture_new ();
  g_autoptr (GDBusNodeInfo) info = g_dbus_node_info_new_for_xml (INTERFACES, NULL);
  g_autoptr (GDBusConnection) connection = g_bus_get_sync (G_BUS_TYPE_SESSION, NULL, NULL);
  g_autoptr (TptTokenStore) store = tpt_keyring_new ("io.github.touchpoint_desk.Test");
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  TptTestResult waiting = { NULL };
  guint objects[G_N_ELEMENTS (paths)];
  guint name;

  g_dbus_connection_set_exit_on_close (connection, FALSE);
  for (guint i = 0; i < G_N_ELEMENTS (paths); i++)
    objects[i] = g_dbus_connection_register_object (connection, paths[i], info->interfaces[i],
                                                    &vtable, NULL, NULL, NULL);
  name = g_bus_own_name_on_connection (connection, "org.freedesktop.secrets", 0, NULL, NULL, NULL,
                                       NULL);
  tpt_token_store_clear_async (store, TPT_SECRET_TOKENS, NULL, tpt_test_result_cb, &waiting);
  result = tpt_test_await (&waiting);
  g_assert_false (tpt_token_store_clear_finish (store, result, &error));
  g_assert_error (error, TPT_ACCOUNT_ERROR, TPT_ACCOUNT_ERROR_REFUSED);
  g_assert_true (tpt_account_error_is_keyring (error));
  g_assert_cmpuint (prompts, ==, 1);
  g_bus_unown_name (name);
  for (guint i = 0; i < G_N_ELEMENTS (paths); i++)
    g_dbus_connection_unregister_object (connection, objects[i]);
  tpt_keyring_fixture_free (session);
}

int
main (int    argc,
      char **argv)
{
  tpt_test_init (&argc, &argv);
  g_test_add_func ("/account/keyring-dismissed/delete", test_delete);

  return g_test_run ();
}
