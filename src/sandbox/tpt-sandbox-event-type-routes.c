/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-sandbox-event-type-edit.h"
#include "tpt-sandbox-owner.h"
#include "tpt-sandbox-serial.h"

static int
compare (TptSandboxEventType *first,
         TptSandboxEventType *second,
         const char          *field)
{
  if (g_str_equal (field, "position"))
    return (int) first->position - (int) second->position;
  if (g_str_equal (field, "created_at"))
    return (first->created_at > second->created_at) - (first->created_at < second->created_at);
  if (g_str_equal (field, "updated_at"))
    return (first->updated_at > second->updated_at) - (first->updated_at < second->updated_at);

  return g_utf8_collate (first->name, second->name);
}

/* @user_data: "name:asc,created_at:desc". */
static int
compare_cb (gconstpointer a,
            gconstpointer b,
            gpointer      user_data)
{
  TptSandboxEventType *first = *(TptSandboxEventType *const *) a;
  TptSandboxEventType *second = *(TptSandboxEventType *const *) b;
  g_auto (GStrv) keys = g_strsplit (user_data, ",", -1);

  for (char **key = keys; *key != NULL; key++)
    {
      g_auto (GStrv) parts = g_strsplit (*key, ":", 2);
      int order = parts[0] != NULL ? compare (first, second, parts[0]) : 0;

      if (order != 0)
        return g_strcmp0 (parts[1], "desc") == 0 ? -order : order;
    }

  return strcmp (first->uuid, second->uuid);
}

static gboolean
takes_part (TptSandboxEventType *event_type,
            TptSandboxUser      *user)
{
  for (guint i = 0; i < event_type->n_hosts; i++)
    {
      if (event_type->hosts[i] == user)
        return TRUE;
    }

  return FALSE;
}

static gboolean
is_listed (TptSandboxRequest   *request,
           TptSandboxEventType *event_type,
           TptSandboxUser      *user)
{
  const char *active = tpt_sandbox_request_get_query (request, "active");
  const char *managed = tpt_sandbox_request_get_query (request, "admin_managed");

  if (event_type->deleted_at != 0 || event_type->adhoc
      || event_type->hosts[0]->organization != request->user->organization)
    return FALSE;
  if (user != NULL && !takes_part (event_type, user))
    return FALSE;
  if (g_strcmp0 (managed, "true") == 0)
    return FALSE;

  return active == NULL || event_type->active == g_str_equal (active, "true");
}

static void
get_event_types (TptSandboxRequest *request)
{
  TptSandboxWorld *world = request->context->world;
  const char *sort = tpt_sandbox_request_get_query (request, "sort");
  TptSandboxUser *user = NULL;
  g_autoptr (GPtrArray) listed = g_ptr_array_new ();

  if (!tpt_sandbox_owner_read (request, &user))
    return;

  for (guint i = 0; i < world->event_types->len; i++)
    {
      if (is_listed (request, world->event_types->pdata[i], user))
        g_ptr_array_add (listed, world->event_types->pdata[i]);
    }
  g_ptr_array_sort_with_data (listed, compare_cb, (gpointer) (sort != NULL ? sort : "name:asc"));
  tpt_sandbox_reply_page (request, listed, tpt_sandbox_serial_event_type);
}

/* Deleted types stay readable here. */
static void
get_event_type (TptSandboxRequest *request)
{
  TptSandboxWorld *world = request->context->world;
  TptSandboxEventType *event_type = tpt_sandbox_world_find (world, world->event_types,
                                                            request->args[0]);

  if (event_type == NULL)
    tpt_sandbox_reply_missing (request);
  else if (event_type->hosts[0]->organization != request->user->organization)
    tpt_sandbox_reply_denied (request, "You do not have permission to access this resource.");
  else
    tpt_sandbox_reply_resource (request, 200,
                                tpt_sandbox_serial_event_type (request->context, event_type));
}

static JsonObject *
serialise_member (TptSandboxContext   *context,
                  TptSandboxEventType *event_type,
                  TptSandboxUser      *user)
{
  JsonObject *object = json_object_new ();

  tpt_sandbox_serial_set_uri (object, "uri", "event_type_memberships", user->membership);
  json_object_set_object_member (object, "event_type",
                                 tpt_sandbox_serial_event_type (context, event_type));
  json_object_set_object_member (object, "member", tpt_sandbox_serial_user (context, user));
  tpt_sandbox_serial_set_time (object, "created_at", event_type->created_at);
  tpt_sandbox_serial_set_time (object, "updated_at", event_type->updated_at);

  return object;
}

/* The hosts of one type: never more than fit on a page. */
static void
get_members (TptSandboxRequest *request)
{
  TptSandboxWorld *world = request->context->world;
  const char *uri = tpt_sandbox_request_get_query (request, "event_type");
  TptSandboxEventType *event_type = tpt_sandbox_world_find_uri (world, world->event_types,
                                                                "event_types", uri);
  JsonArray *collection;
  JsonObject *object;
  JsonObject *pagination;

  if (event_type == NULL || event_type->hosts[0]->organization != request->user->organization)
    {
      tpt_sandbox_reply_invalid (request, "event_type", "is invalid");
      return;
    }

  collection = json_array_new ();
  for (guint i = 0; i < event_type->n_hosts; i++)
    json_array_add_object_element (collection, serialise_member (request->context, event_type,
                                                                 event_type->hosts[i]));
  pagination = json_object_new ();
  json_object_set_int_member (pagination, "count", event_type->n_hosts);
  json_object_set_null_member (pagination, "next_page");
  json_object_set_null_member (pagination, "previous_page");
  json_object_set_null_member (pagination, "next_page_token");
  json_object_set_null_member (pagination, "previous_page_token");
  object = json_object_new ();
  json_object_set_array_member (object, "collection", collection);
  json_object_set_object_member (object, "pagination", pagination);
  tpt_sandbox_reply_json (request, 200, object);
}

const TptSandboxRoute tpt_sandbox_event_type_routes[] = {
  { "GET", "/event_types", "event_types:read", get_event_types },
  { "GET", "/event_types/{}", "event_types:read", get_event_type },
  { "POST", "/event_types", "event_types:write", tpt_sandbox_event_type_post },
  { "PATCH", "/event_types/{}", "event_types:write", tpt_sandbox_event_type_patch },
  { "POST", "/one_off_event_types", "event_types:write", tpt_sandbox_event_type_post_one_off },
  { "GET", "/event_type_memberships", "event_types:read", get_members },
  { NULL, NULL, NULL, NULL },
};
