/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include <json-glib/json-glib.h>

#include "tpt-json-write.h"
#include "tpt-relay-cluster.h"
#include "tpt-relay-code.h"
#include "tpt-relay-log.h"
#include "tpt-relay-routes.h"

typedef struct
{
  TptRelayContext *context;
  TptRelayRequest *request;
  GBytes          *key;
} Rolling;

static void
rolling_free (Rolling *rolling)
{
  g_bytes_unref (rolling->key);
  g_free (rolling);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Rolling, rolling_free)

static void
add_string (JsonBuilder *builder,
            const char  *name,
            const char  *value)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_string_value (builder, value);
}

static void
add_device (JsonBuilder    *builder,
            TptRelayDevice *device)
{
  const TptRelayDeviceRecord *record = tpt_relay_device_get_record (device);

  json_builder_begin_object (builder);
  add_string (builder, "device", record->name);
  add_string (builder, "user", record->user);
  add_string (builder, "organization", record->organization);
  add_string (builder, "role", record->role);
  json_builder_set_member_name (builder, "organization_feed");
  json_builder_add_boolean_value (builder, record->has_feed);
  json_builder_set_member_name (builder, "acked");
  json_builder_add_int_value (builder, tpt_relay_device_get_acked (device));
  json_builder_end_object (builder);
}

/* POST /v1/admin/devices: everyone who is enrolled. */
void
tpt_relay_admin_devices_route (TptRelayContext *context,
                               TptRelayRequest *request)
{
  g_autoptr (GPtrArray) devices = tpt_relay_directory_list (context->directory);
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonNode) root = NULL;
  g_autofree char *json = NULL;

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "devices");
  json_builder_begin_array (builder);
  for (guint i = 0; i < devices->len; i++)
    add_device (builder, devices->pdata[i]);
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  root = json_builder_get_root (builder);
  json = tpt_json_write (root, FALSE);
  tpt_relay_request_reply (request, 200, json);
}

/* Who was told that it did not work may have handed out codes since. */
static gboolean
write_roll (TptRelayJournal  *journal,
            gpointer          data,
            GError          **error)
{
  Rolling *rolling = data;

  if (!tpt_relay_request_begin (rolling->request))
    return TRUE;

  return tpt_relay_journal_roll_code_key (journal, rolling->key, error) &&
         tpt_relay_journal_add_audit (journal, g_get_real_time () / 1000, "codes-rolled", 1, error);
}

static void
answer_rolled (Rolling *rolling)
{
  tpt_relay_log_event ("codes-rolled", NULL);
  tpt_relay_request_reply (rolling->request, 204, "");
}

static void
looked_cb (gboolean has_looked,
           gpointer user_data)
{
  g_autoptr (Rolling) rolling = user_data;

  answer_rolled (rolling);
}

/* A look that was made before this may still be told of and bring the old key back, so one that is
 * made after it is waited for. */
static void
roll_written (gpointer      data,
              const GError *error)
{
  g_autoptr (Rolling) rolling = data;
  TptRelayContext *context = rolling->context;

  if (error != NULL || tpt_relay_request_is_over (rolling->request))
    {
      tpt_relay_request_problem (rolling->request, 503, "unavailable",
                                 "The journal cannot be written.");
      return;
    }
  tpt_relay_context_set_code_key (context, rolling->key);
  if (context->cluster != NULL)
    tpt_relay_cluster_look (context->cluster, looked_cb, g_steal_pointer (&rolling));
  else
    answer_rolled (rolling);
}

/* POST /v1/admin/codes/roll: no enrolment code that was handed out is good any more. */
void
tpt_relay_admin_codes_route (TptRelayContext *context,
                             TptRelayRequest *request)
{
  Rolling *rolling = g_new0 (Rolling, 1);

  rolling->context = context;
  rolling->request = request;
  rolling->key = tpt_relay_code_make_key ();
  tpt_relay_queue_push (context->queue, write_roll, roll_written, rolling);
}

/* POST /v1/admin/keys/reload: reads the file with the signing keys again. Whoever rolls a key has
 * the new one and the old one in it until Calendly signs with the new one. */
void
tpt_relay_admin_keys_route (TptRelayContext *context,
                            TptRelayRequest *request)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *json = NULL;

  if (!tpt_relay_context_reload_keys (context, &error))
    {
      tpt_relay_request_problem (request, 409, "bad_keys", error->message);
      return;
    }
  json = g_strdup_printf ("{\"keys\":%u}", g_strv_length (context->config->webhook_keys));
  tpt_relay_request_reply (request, 200, json);
}
