/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-record-json.h"

void
tpt_json_add_text (JsonBuilder *builder,
                   const char  *member,
                   const char  *text)
{
  g_autofree char *valid = text != NULL ? g_utf8_make_valid (text, -1) : NULL;

  json_builder_set_member_name (builder, member);
  if (valid != NULL)
    json_builder_add_string_value (builder, valid);
  else
    json_builder_add_null_value (builder);
}

void
tpt_json_add_time (JsonBuilder *builder,
                   const char  *member,
                   TptTime      time)
{
  g_autofree char *text = tpt_time_format (time);

  tpt_json_add_text (builder, member, text);
}

void
tpt_json_add_int (JsonBuilder *builder,
                  const char  *member,
                  gint64       value)
{
  json_builder_set_member_name (builder, member);
  json_builder_add_int_value (builder, value);
}

void
tpt_json_add_bool (JsonBuilder *builder,
                   const char  *member,
                   gboolean     value)
{
  json_builder_set_member_name (builder, member);
  json_builder_add_boolean_value (builder, value);
}

/** tpt_json_add_strv: @texts may be %NULL: then the list is empty */
void
tpt_json_add_strv (JsonBuilder       *builder,
                   const char        *member,
                   const char *const *texts)
{
  json_builder_set_member_name (builder, member);
  json_builder_begin_array (builder);
  for (; texts != NULL && *texts != NULL; texts++)
    json_builder_add_string_value (builder, *texts);
  json_builder_end_array (builder);
}

void
tpt_user_to_json (JsonBuilder *builder,
                  TptUser     *user)
{
  if (user == NULL)
    {
      json_builder_add_null_value (builder);
      return;
    }

  json_builder_begin_object (builder);
  tpt_json_add_text (builder, "uri", user->uri);
  tpt_json_add_text (builder, "name", user->name);
  tpt_json_add_text (builder, "email", user->email);
  tpt_json_add_text (builder, "organization", user->organization);
  tpt_json_add_text (builder, "timezone", user->timezone);
  json_builder_end_object (builder);
}

static void
add_stakeholders (JsonBuilder *builder,
                  TptCustomer *customer)
{
  json_builder_set_member_name (builder, "stakeholders");
  json_builder_begin_array (builder);
  for (guint i = 0; i < customer->stakeholders->len; i++)
    {
      TptStakeholder *stakeholder = g_ptr_array_index (customer->stakeholders, i);

      json_builder_begin_object (builder);
      tpt_json_add_int (builder, "id", stakeholder->id);
      tpt_json_add_text (builder, "name", stakeholder->name);
      tpt_json_add_text (builder, "email", tpt_stakeholder_get_email (stakeholder));
      tpt_json_add_strv (builder, "emails", (const char *const *) stakeholder->emails);
      tpt_json_add_text (builder, "role", stakeholder->role);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
}

static void
add_fields (JsonBuilder *builder,
            TptCustomer *customer)
{
  g_autoptr (GList) names = g_list_sort (g_hash_table_get_keys (customer->fields),
                                         (GCompareFunc) g_strcmp0);

  json_builder_set_member_name (builder, "fields");
  json_builder_begin_object (builder);
  for (GList *name = names; name != NULL; name = name->next)
    tpt_json_add_text (builder, name->data, g_hash_table_lookup (customer->fields, name->data));
  json_builder_end_object (builder);
}

void
tpt_customer_to_json (JsonBuilder *builder,
                      TptCustomer *customer)
{
  json_builder_begin_object (builder);
  tpt_json_add_int (builder, "id", customer->id);
  tpt_json_add_text (builder, "name", customer->name);
  tpt_json_add_strv (builder, "domains", (const char *const *) customer->domains);
  tpt_json_add_text (builder, "tier", customer->tier);
  tpt_json_add_text (builder, "owner", customer->owner);
  json_builder_set_member_name (builder, "cadence_days");
  if (customer->cadence_days > 0)
    json_builder_add_int_value (builder, customer->cadence_days);
  else
    json_builder_add_null_value (builder);
  tpt_json_add_text (builder, "status", tpt_customer_status_to_string (customer->status));
  tpt_json_add_time (builder, "renewal_at", customer->renewal_at);
  tpt_json_add_text (builder, "external_id", customer->external_id);
  add_stakeholders (builder, customer);
  add_fields (builder, customer);
  tpt_json_add_time (builder, "created_at", customer->created_at);
  json_builder_end_object (builder);
}

void
tpt_event_type_to_json (JsonBuilder  *builder,
                        TptEventType *event_type)
{
  json_builder_begin_object (builder);
  tpt_json_add_text (builder, "uri", event_type->uri);
  tpt_json_add_text (builder, "name", event_type->name);
  tpt_json_add_text (builder, "slug", event_type->slug);
  tpt_json_add_int (builder, "duration", event_type->duration);
  tpt_json_add_text (builder, "kind", event_type->kind);
  tpt_json_add_text (builder, "pooling_type", event_type->pooling_type);
  tpt_json_add_text (builder, "category", tpt_event_type_get_category (event_type));
  tpt_json_add_text (builder, "scheduling_url", event_type->scheduling_url);
  tpt_json_add_bool (builder, "active", event_type->active && !event_type->deleted);
  json_builder_end_object (builder);
}

static void
add_link_people (JsonBuilder  *builder,
                 TptLink      *link,
                 TptDirectory *directory)
{
  TptCustomer *customer = tpt_directory_find_customer (directory, link->customer);

  json_builder_set_member_name (builder, "customer");
  json_builder_begin_object (builder);
  tpt_json_add_int (builder, "id", link->customer);
  tpt_json_add_text (builder, "name", customer != NULL ? customer->name : link->customer_name);
  json_builder_end_object (builder);

  json_builder_set_member_name (builder, "stakeholder");
  if (link->invitee_email == NULL && link->invitee_name == NULL)
    {
      json_builder_add_null_value (builder);
      return;
    }
  json_builder_begin_object (builder);
  tpt_json_add_text (builder, "name", link->invitee_name);
  tpt_json_add_text (builder, "email", link->invitee_email);
  json_builder_end_object (builder);
}

void
tpt_link_to_json (JsonBuilder  *builder,
                  TptLink      *link,
                  TptDirectory *directory)
{
  json_builder_begin_object (builder);
  tpt_json_add_text (builder, "id", link->id);
  tpt_json_add_text (builder, "url", link->url);
  tpt_json_add_text (builder, "booking_url", link->booking_url);
  tpt_json_add_text (builder, "kind", tpt_link_kind_to_string (link->kind));
  tpt_json_add_text (builder, "event_type", link->event_type);
  tpt_json_add_text (builder, "event_type_name", link->event_type_name);
  add_link_people (builder, link, directory);
  tpt_json_add_text (builder, "origin", link->origin);
  tpt_json_add_time (builder, "created_at", link->created_at);
  tpt_json_add_text (builder, "state", tpt_link_state_to_string (link->state));
  if (link->booked_at != TPT_TIME_NONE)
    {
      tpt_json_add_time (builder, "booked_at", link->booked_at);
      tpt_json_add_text (builder, "invitee", link->invitee);
      tpt_json_add_text (builder, "meeting", link->meeting);
      tpt_json_add_text (builder, "attribution", tpt_attribution_to_string (link->attribution));
    }
  json_builder_end_object (builder);
}
