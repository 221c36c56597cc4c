/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-sandbox-history.h"
#include "tpt-sandbox-names.h"
#include "tpt-sandbox-staff.h"

/* A name that breaks whatever treats text as markup, as ASCII or as left-to-right. */
#define TRICKY_NAME  "<b>x</b> & \"Ω\" שלום"
#define TRICKY_INDEX 3

static const char *const tiers[] = { "enterprise", "growth", "starter" };
static const guint cadences[] = { 30, 45, 60, 90 };
static const char *const job_titles[] = {
  "Head of Operations", "IT Manager", "Project Lead", "CFO", "Customer Champion", "Product Owner",
};

static void
add_person (TptSandboxWorld        *world,
            TptSandboxCustomer     *customer,
            const TptSandboxRegion *region,
            const char             *domain)
{
  TptSandboxPerson *person = &customer->people[customer->n_people];
  guint given = tpt_sandbox_random_below (&world->random, TPT_SANDBOX_GIVEN_NAMES / 4);
  guint family = tpt_sandbox_random_below (&world->random, TPT_SANDBOX_FAMILY_NAMES);
  guint title = tpt_sandbox_random_below (&world->random, G_N_ELEMENTS (job_titles));
  g_autofree char *name = NULL;
  g_autofree char *email = NULL;

  /* Each of the four draws from its own quarter of the given names, so no two are the same. */
  given += customer->n_people * (TPT_SANDBOX_GIVEN_NAMES / 4);
  name = g_strconcat (region->given[given], " ", region->family[family], NULL);
  email = tpt_sandbox_names_email (name, domain);
  person->name = tpt_sandbox_world_text (world, name);
  person->email = tpt_sandbox_world_text (world, email);
  person->role = job_titles[title];
  customer->n_people++;
}

static TptSandboxTemper
choose_temper (guint index)
{
  switch (index % 10)
    {
    case 4:
    case 8:
      return TPT_SANDBOX_TEMPER_QUIET;
    case 2:
    case 6:
      return TPT_SANDBOX_TEMPER_FLAKY;
    case 9:
      return TPT_SANDBOX_TEMPER_NEW;
    default:
      return TPT_SANDBOX_TEMPER_HEALTHY;
    }
}

static void
add_customer (TptSandboxWorld *world,
              guint            index)
{
  TptSandboxCustomer *customer = g_new0 (TptSandboxCustomer, 1);
  const TptSandboxRegion *region = tpt_sandbox_names_region (index);
  g_autofree char *company = tpt_sandbox_names_company (index);
  g_autofree char *slug = tpt_sandbox_names_slug (company);
  g_autofree char *domain = g_strconcat (slug, ".example", NULL);
  g_autofree char *domains = g_strdup (domain);
  g_autofree char *id = g_strdup_printf ("crm-%05u", index + 1);
  guint people = 1 + tpt_sandbox_random_below (&world->random, 4);

  if (index % 5 == 3)
    {
      g_free (domains);
      domains = g_strdup_printf ("%s;%s-group.example", domain, slug);
    }

  customer->uuid = tpt_sandbox_world_text (world, id);
  customer->name = tpt_sandbox_world_text (world, index == TRICKY_INDEX ? TRICKY_NAME : company);
  customer->domains = tpt_sandbox_world_text (world, domains);
  customer->tier = tiers[tpt_sandbox_random_below (&world->random, G_N_ELEMENTS (tiers))];
  customer->timezone = region->timezone;
  customer->cadence_days = cadences[tpt_sandbox_random_below (&world->random,
                                                              G_N_ELEMENTS (cadences))];
  customer->temper = choose_temper (index);
  for (guint i = 0; i < people; i++)
    add_person (world, customer, region, domain);
  g_ptr_array_add (world->customers, customer);
}

static void
append_field (GString    *csv,
              const char *field,
              char        end)
{
  if (field[strcspn (field, ",\"\r\n")] == '\0')
    {
      g_string_append (csv, field);
    }
  else
    {
      g_auto (GStrv) parts = g_strsplit (field, "\"", -1);
      g_autofree char *quoted = g_strjoinv ("\"\"", parts);

      g_string_append_printf (csv, "\"%s\"", quoted);
    }
  g_string_append_c (csv, end);
}

void
tpt_sandbox_customers_fill (TptSandboxWorld *world,
                            guint            n_customers)
{
  for (guint i = 0; i < n_customers; i++)
    add_customer (world, i);
}

/* The customers as a CRM would export them: RFC 4180, one row a person, every third one cared
 * for by a colleague. */
char *
tpt_sandbox_customers_csv (TptSandboxWorld *world)
{
  GString *csv = g_string_new ("name,domains,tier,owner,cadence_days,external_id,"
                               "stakeholder_name,stakeholder_email,stakeholder_role\r\n");

  for (guint i = 0; i < world->customers->len; i++)
    {
      TptSandboxCustomer *customer = world->customers->pdata[i];
      TptSandboxUser *owner = world->users->pdata[i % 3 == 2 ? TPT_SANDBOX_STAFF_ADMIN
                                                             : TPT_SANDBOX_STAFF_OWNER];
      g_autofree char *cadence = g_strdup_printf ("%u", customer->cadence_days);

      for (guint j = 0; j < customer->n_people; j++)
        {
          append_field (csv, customer->name, ',');
          append_field (csv, customer->domains, ',');
          append_field (csv, customer->tier, ',');
          append_field (csv, owner->email, ',');
          append_field (csv, cadence, ',');
          append_field (csv, customer->uuid, ',');
          append_field (csv, customer->people[j].name, ',');
          append_field (csv, customer->people[j].email, ',');
          append_field (csv, customer->people[j].role, '\r');
          g_string_append_c (csv, '\n');
        }
    }

  return g_string_free (csv, FALSE);
}
