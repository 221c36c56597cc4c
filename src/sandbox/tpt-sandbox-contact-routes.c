/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-sandbox-request.h"
#include "tpt-sandbox-serial.h"

/* One stakeholder as a contact. The first member is what the pager names a record by. */
typedef struct
{
  const char *email;
  const TptSandboxPerson *person;
  const TptSandboxCustomer *customer;
} Contact;

static void
add_email (JsonArray  *emails,
           const char *text,
           gboolean    is_primary)
{
  JsonObject *email = json_object_new ();

  json_object_set_string_member (email, "email", text);
  json_object_set_boolean_member (email, "is_primary", is_primary);
  json_array_add_object_element (emails, email);
}

static JsonObject *
serialise (TptSandboxContext *context,
           gconstpointer      data)
{
  const Contact *contact = data;
  const TptSandboxUser *owner = context->world->users->pdata[0];
  JsonObject *object = json_object_new ();
  JsonArray *emails = json_array_new ();
  g_autofree char *uuid = g_compute_checksum_for_string (G_CHECKSUM_MD5, contact->email, -1);
  g_autofree char *private = g_strdup_printf ("p%.8s@home.example", uuid);

  /* In no order that tells which one counts. */
  add_email (emails, private, FALSE);
  add_email (emails, contact->email, TRUE);
  tpt_sandbox_serial_set_uri (object, "uri", "contacts", uuid);
  json_object_set_string_member (object, "name", contact->person->name);
  json_object_set_array_member (object, "emails", emails);
  json_object_set_array_member (object, "phone_numbers", json_array_new ());
  json_object_set_string_member (object, "timezone", contact->customer->timezone);
  json_object_set_string_member (object, "job_title", contact->person->role);
  json_object_set_string_member (object, "company", contact->customer->name);
  json_object_set_null_member (object, "country");
  json_object_set_array_member (object, "custom_fields", json_array_new ());
  tpt_sandbox_serial_set_time (object, "created_at", owner->created_at);
  tpt_sandbox_serial_set_time (object, "updated_at", owner->created_at);

  return object;
}

static gboolean
fits (TptSandboxRequest *request,
      const Contact     *contact)
{
  const char *email = tpt_sandbox_request_get_query (request, "email");
  const char *name = tpt_sandbox_request_get_query (request, "name");
  const char *company = tpt_sandbox_request_get_query (request, "company");

  return (email == NULL || g_ascii_strcasecmp (email, contact->email) == 0)
         && (name == NULL || g_str_equal (name, contact->person->name))
         && (company == NULL || g_str_equal (company, contact->customer->name));
}

/* The first half of the customers' people; the stranger's organisation has none. */
static void
get_contacts (TptSandboxRequest *request)
{
  TptSandboxWorld *world = request->context->world;
  g_autoptr (GPtrArray) contacts = g_ptr_array_new_with_free_func (g_free);
  TptSandboxUser *owner = world->users->pdata[0];
  guint n_customers = owner->organization == request->user->organization
                        ? (world->customers->len + 1) / 2 : 0;

  for (guint i = 0; i < n_customers; i++)
    {
      TptSandboxCustomer *customer = world->customers->pdata[i];

      for (guint j = 0; j < customer->n_people; j++)
        {
          Contact contact = { customer->people[j].email, &customer->people[j], customer };

          if (fits (request, &contact))
            g_ptr_array_add (contacts, g_memdup2 (&contact, sizeof contact));
        }
    }
  tpt_sandbox_reply_page (request, contacts, serialise);
}

static void
get_nothing (TptSandboxRequest *request)
{
  g_autoptr (GPtrArray) nothing = g_ptr_array_new ();

  tpt_sandbox_reply_page (request, nothing, serialise);
}

static void
refuse_plan (TptSandboxRequest *request)
{
  tpt_sandbox_reply_denied (request, "Please upgrade your Calendly account to Enterprise.");
}

/* Contacts, and the parts of Calendly that this account has nothing in or no plan for. */
const TptSandboxRoute tpt_sandbox_contact_routes[] = {
  { "GET", "/contacts", "contacts:read", get_contacts },
  { "GET", "/groups", "groups:read", get_nothing },
  { "GET", "/group_relationships", "groups:read", get_nothing },
  { "GET", "/routing_forms", "routing_forms:read", get_nothing },
  { "GET", "/meeting_recaps", "meeting_recaps:read", get_nothing },
  { "GET", "/activity_log_entries", "activity_log:read", refuse_plan },
  { "GET", "/outgoing_communications", "outgoing_communications:read", refuse_plan },
  { "POST", "/data_compliance/deletion/invitees", "data_compliance:write", refuse_plan },
  { "POST", "/data_compliance/deletion/events", "data_compliance:write", refuse_plan },
  { NULL, NULL, NULL, NULL },
};
