/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include <string.h>

#include "tpt-json-write.h"
#include "tpt-relay-audit.h"
#include "tpt-relay-delivery.h"
#include "tpt-relay-log.h"
#include "tpt-relay-rooms.h"
#include "tpt-relay-routes.h"
#include "tpt-relay-space.h"

typedef struct
{
  TptRelayContext *context;
  TptRelayRequest *request;
  TptRelayDevice  *device;
  const char      *by;
  gboolean         was_there;
} Ending;

/* What two asked for at once was done once, and the log says so once. */
static gboolean
write_end (TptRelayJournal  *journal,
           gpointer          data,
           GError          **error)
{
  Ending *ending = data;
  const TptRelayDeviceRecord *record = tpt_relay_device_get_record (ending->device);
  g_autofree char *detail = tpt_relay_audit_describe ("device", record->name, "by", ending->by,
                                                      NULL);

  if (!tpt_relay_journal_end_device (journal, record->id, &ending->was_there, error))
    return FALSE;

  return !ending->was_there ||
         tpt_relay_journal_write_audit (journal, g_get_real_time () / 1000, "device-ended", 1,
                                        detail, error);
}

static void
tell_end (Ending *ending)
{
  const TptRelayDeviceRecord *record = tpt_relay_device_get_record (ending->device);

  tpt_relay_directory_remove (ending->context->directory, ending->device);
  tpt_relay_context_end_streams (ending->context, ending->device);
  tpt_relay_context_count (ending->context, TPT_RELAY_METRIC_DEVICES_ENDED);
  tpt_relay_log_event ("device-ended", "device", record->name, "by", ending->by, NULL);
}

static void
end_written (gpointer      data,
             const GError *error)
{
  Ending *ending = data;

  if (error != NULL)
    {
      tpt_relay_request_problem (ending->request, 503, "unavailable",
                                 "The journal cannot be written.");
    }
  else
    {
      if (ending->was_there)
        tell_end (ending);
      tpt_relay_request_reply (ending->request, 204, "");
    }
  tpt_relay_device_unref (ending->device);
  g_free (ending);
}

static void
end_device (TptRelayContext *context,
            TptRelayRequest *request,
            TptRelayDevice  *device,
            const char      *by)
{
  Ending *ending = g_new0 (Ending, 1);

  ending->context = context;
  ending->request = request;
  ending->device = tpt_relay_device_ref (device);
  ending->by = by;
  tpt_relay_queue_push (context->queue, write_end, end_written, ending);
}

/* DELETE /v1/devices/{device} */
void
tpt_relay_device_end_route (TptRelayContext *context,
                            TptRelayRequest *request)
{
  end_device (context, request, request->device, "device");
}

/* POST /v1/admin/devices/{device}/end: of a laptop that is lost, or of somebody who has left. */
void
tpt_relay_admin_end_route (TptRelayContext *context,
                           TptRelayRequest *request)
{
  TptRelayDevice *device = tpt_relay_directory_find_name (context->directory, request->argument);

  if (device != NULL)
    end_device (context, request, device, "operator");
  else
    tpt_relay_request_problem (request, 404, "not_found", "There is no such device.");
}

/* A webhook in all but its sender. */
static GBytes *
make_test_body (TptRelayDevice *device)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  g_autofree char *created_at = g_date_time_format (now, "%Y-%m-%dT%H:%M:%S.%fZ");
  g_autofree char *id = g_uuid_string_random ();
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonNode) root = NULL;
  char *text;

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "event");
  json_builder_add_string_value (builder, "touchpoint.test");
  json_builder_set_member_name (builder, "created_at");
  json_builder_add_string_value (builder, created_at);
  json_builder_set_member_name (builder, "created_by");
  json_builder_add_string_value (builder, tpt_relay_device_get_record (device)->user);
  json_builder_set_member_name (builder, "payload");
  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "uri");
  json_builder_add_string_value (builder, id);
  json_builder_end_object (builder);
  json_builder_end_object (builder);
  root = json_builder_get_root (builder);
  text = tpt_json_write (root, FALSE);

  return g_bytes_new_take (text, strlen (text));
}

/* POST /v1/devices/{device}/test: through journal and stream like any other, to this device
 * alone. */
void
tpt_relay_device_test_route (TptRelayContext *context,
                             TptRelayRequest *request)
{
  TptRelayDevice *device = request->device;
  g_autoptr (GPtrArray) receivers = NULL;
  g_autoptr (TptWebhookPayload) payload = NULL;
  gsize length;
  const void *body;

  if (!tpt_relay_space_admit (context, request) ||
      !tpt_relay_rooms_admit (context->rooms, request, tpt_relay_device_get_record (device)->user,
                              tpt_relay_device_test_route))
    return;
  g_bytes_unref (request->body);
  request->body = make_test_body (device);
  body = g_bytes_get_data (request->body, &length);
  payload = tpt_webhook_payload_parse (body, length, NULL);
  g_assert (payload != NULL);
  receivers = g_ptr_array_new ();
  g_ptr_array_add (receivers, device);
  tpt_relay_delivery_store (context, request, TPT_RELAY_DELIVERY_UNCLAIMED, payload, receivers,
                            FALSE, 202);
}
