/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-customers-csv.h"

#include "tpt-config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "tpt-domain.h"
#include "tpt-email-list.h"
#include "tpt-text.h"

#define MAX_CADENCE_DAYS 3650

/* What is needed while the rows are read. */
typedef struct
{
  TptCustomersCsv *result;
  const char *const *own_domains;
  const char *const *free_mail;
  GPtrArray *header;                       /* the names of all columns */
  int column[TPT_CUSTOMERS_CSV_N_COLUMNS]; /* where each known one stands, -1 nowhere */
  GHashTable *by_id;                       /* external id → TptCustomer of result */
  GHashTable *by_name;                     /* case-folded name → TptCustomer of result */
} Reader;

static const char *const column_names[TPT_CUSTOMERS_CSV_N_COLUMNS] = {
  "name", "domains", "tier", "owner", "cadence_days", "external_id",
  "stakeholder_name", "stakeholder_email", "stakeholder_role",
};

static void
problem_free (TptCustomersCsvProblem *problem)
{
  g_free (problem->message);
  g_free (problem);
}

static void
add_problem (Reader          *reader,
             const TptCsvRow *row,
             char            *message)
{
  TptCustomersCsvProblem *problem = g_new0 (TptCustomersCsvProblem, 1);

  problem->row = row->number;
  problem->message = message;
  g_ptr_array_add (reader->result->problems, problem);
}

static char *
dup_cell (Reader                *reader,
          const TptCsvRow       *row,
          TptCustomersCsvColumn  column)
{
  int index = reader->column[column];

  return tpt_text_line (index < 0 ? "" : tpt_csv_row_get_cell (row, (guint) index));
}

static int
find_column (const char *name)
{
  for (int i = 0; i < TPT_CUSTOMERS_CSV_N_COLUMNS; i++)
    {
      if (g_ascii_strcasecmp (name, column_names[i]) == 0)
        return i;
    }

  return -1;
}

static gboolean
read_header (Reader           *reader,
             const GPtrArray  *rows,
             GError          **error)
{
  const TptCsvRow *row = g_ptr_array_index (rows, 0);

  for (int i = 0; i < TPT_CUSTOMERS_CSV_N_COLUMNS; i++)
    reader->column[i] = -1;

  for (guint i = 0; i < row->cells->len; i++)
    {
      char *name = tpt_text_line (tpt_csv_row_get_cell (row, i));
      int column = find_column (name);

      if (*name != '\0'
          && (g_ptr_array_find_with_equal_func (reader->header, name, g_str_equal, NULL)
              || (column >= 0 && reader->result->has_column[column])))
        {
          g_set_error (error, TPT_CSV_ERROR, TPT_CSV_ERROR_HEADER,
                       _("The header names the column “%s” twice."), name);
          g_free (name);
          return FALSE;
        }
      g_ptr_array_add (reader->header, name);
      if (column >= 0)
        {
          reader->column[column] = (int) i;
          reader->result->has_column[column] = TRUE;
        }
    }

  if (reader->column[TPT_CUSTOMERS_CSV_NAME] >= 0)
    return TRUE;
  g_set_error (error, TPT_CSV_ERROR, TPT_CSV_ERROR_HEADER,
               _("The first line has to name the columns, “name” among them, "
                 "with commas or semicolons between: %s"),
               "name,domains,tier,owner,cadence_days,external_id,"
               "stakeholder_name,stakeholder_email,stakeholder_role");

  return FALSE;
}

/* Strings that the rows of one customer repeat: the first that says anything counts, another is
 * told. */
static void
fill (Reader           *reader,
      const TptCsvRow  *row,
      const char       *column,
      char            **field,
      const char       *value)
{
  if (*value == '\0' || g_strcmp0 (*field, value) == 0)
    return;

  if (*field == NULL)
    *field = g_strdup (value);
  else
    add_problem (reader, row,
                 g_strdup_printf (_("%s is “%s” here and “%s” in an earlier row of this customer, "
                                    "which counts"),
                                  column, value, *field));
}

/* A column in which no row says anything has become nobody's field. */
static void
note_field (Reader     *reader,
            const char *name)
{
  GPtrArray *fields = reader->result->fields;

  if (!g_ptr_array_find_with_equal_func (fields, name, g_str_equal, NULL))
    g_ptr_array_add (fields, g_strdup (name));
}

static void
fill_fields (Reader          *reader,
             const TptCsvRow *row,
             TptCustomer     *customer)
{
  for (guint i = 0; i < reader->header->len; i++)
    {
      const char *name = g_ptr_array_index (reader->header, i);
      g_autofree char *value = tpt_text_trim (tpt_csv_row_get_cell (row, i));

      if (*name == '\0' || *value == '\0' || find_column (name) >= 0)
        continue;
      note_field (reader, name);
      if (!g_hash_table_contains (customer->fields, name))
        g_hash_table_insert (customer->fields, g_strdup (name), g_steal_pointer (&value));
    }
}

/* Fills @domains with those that a customer can have. %FALSE when the whole row is of no use. */
static gboolean
read_domains (Reader          *reader,
              const TptCsvRow *row,
              GPtrArray       *domains)
{
  g_autofree char *cell = dup_cell (reader, row, TPT_CUSTOMERS_CSV_DOMAINS);
  g_auto (GStrv) parts = g_strsplit (cell, ";", -1);

  for (char **part = parts; *part != NULL; part++)
    {
      g_autofree char *text = tpt_text_trim (*part);
      g_autofree char *domain = NULL;
      g_autofree char *problem = NULL;

      if (*text == '\0')
        continue;
      problem = tpt_domain_find_problem (text, reader->own_domains, reader->free_mail, &domain);
      if (problem == NULL)
        {
          g_ptr_array_add (domains, g_steal_pointer (&domain));
          continue;
        }
      add_problem (reader, row, g_steal_pointer (&problem));
      if (domain == NULL)
        return FALSE;
    }

  return TRUE;
}

static void
add_domains (TptCustomer *customer,
             GPtrArray   *domains)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  for (char **next = customer->domains; *next != NULL; next++)
    {
      g_hash_table_add (seen, *next);
      g_strv_builder_add (builder, *next);
    }
  for (guint i = 0; i < domains->len; i++)
    {
      if (g_hash_table_add (seen, g_ptr_array_index (domains, i)))
        g_strv_builder_add (builder, g_ptr_array_index (domains, i));
    }

  g_hash_table_remove_all (seen);
  g_strfreev (customer->domains);
  customer->domains = g_strv_builder_end (builder);
}

static gboolean
read_cadence (const char *text,
              int        *days)
{
  guint64 value = 0;

  *days = 0;
  if (*text != '\0' && !g_ascii_string_to_unsigned (text, 10, 1, MAX_CADENCE_DAYS, &value, NULL))
    return FALSE;
  *days = (int) value;

  return TRUE;
}

/* The customer that the row speaks of, made where it is the first of its rows. %NULL when it
 * names none. */
static TptCustomer *
find_customer (Reader          *reader,
               const TptCsvRow *row)
{
  g_autofree char *id = dup_cell (reader, row, TPT_CUSTOMERS_CSV_EXTERNAL_ID);
  g_autofree char *name = dup_cell (reader, row, TPT_CUSTOMERS_CSV_NAME);
  g_autofree char *key = tpt_text_fold (name);
  TptCustomer *customer = NULL;
  TptCustomer *named = *name != '\0' ? g_hash_table_lookup (reader->by_name, key) : NULL;

  if (*id != '\0')
    customer = g_hash_table_lookup (reader->by_id, id);
  if (customer == NULL && named != NULL && (*id == '\0' || named->external_id == NULL))
    customer = named;
  if (customer == NULL && *name == '\0')
    return NULL;

  if (customer == NULL)
    {
      customer = tpt_customer_new ();
      g_ptr_array_add (reader->result->customers, customer);
      g_array_append_val (reader->result->rows, row->number);
    }
  if (*id != '\0' && customer->external_id == NULL)
    {
      customer->external_id = g_strdup (id);
      g_hash_table_insert (reader->by_id, g_steal_pointer (&id), customer);
    }
  fill (reader, row, "name", &customer->name, name);
  if (named == NULL && *name != '\0')
    g_hash_table_insert (reader->by_name, g_steal_pointer (&key), customer);

  return customer;
}

/* The first of the addresses that is somebody's tells who it is. Another one may be somebody
 * else's: it stays there, which is told. */
static void
add_stakeholder (Reader          *reader,
                 const TptCsvRow *row,
                 TptCustomer     *customer)
{
  g_autofree char *name = dup_cell (reader, row, TPT_CUSTOMERS_CSV_STAKEHOLDER_NAME);
  g_autofree char *text = dup_cell (reader, row, TPT_CUSTOMERS_CSV_STAKEHOLDER_EMAIL);
  g_autofree char *role = dup_cell (reader, row, TPT_CUSTOMERS_CSV_STAKEHOLDER_ROLE);
  g_autofree char *bad = NULL;
  g_auto (GStrv) emails = tpt_email_list_parse (text, &bad);
  TptStakeholder *stakeholder = NULL;

  if (*name == '\0' && *emails == NULL)
    return;

  for (char **email = emails; *email != NULL && stakeholder == NULL; email++)
    stakeholder = tpt_customer_find_stakeholder (customer, *email);
  if (stakeholder == NULL)
    {
      stakeholder = tpt_stakeholder_new ();
      g_ptr_array_add (customer->stakeholders, stakeholder);
    }
  for (char **email = emails; *email != NULL; email++)
    {
      g_autofree char *normal = NULL;
      char *problem = tpt_email_list_find_problem (customer, stakeholder, *email, &normal);

      if (problem != NULL)
        add_problem (reader, row, problem);
      else
        tpt_stakeholder_add_email (stakeholder, *email);
    }
  fill (reader, row, "stakeholder_name", &stakeholder->name, name);
  fill (reader, row, "stakeholder_role", &stakeholder->role, role);
}

/* Everything that makes the whole row unusable, before any of it is taken. */
static char *
check_row (Reader          *reader,
           const TptCsvRow *row)
{
  g_autofree char *cadence = dup_cell (reader, row, TPT_CUSTOMERS_CSV_CADENCE_DAYS);
  g_autofree char *person = dup_cell (reader, row, TPT_CUSTOMERS_CSV_STAKEHOLDER_NAME);
  g_autofree char *email = dup_cell (reader, row, TPT_CUSTOMERS_CSV_STAKEHOLDER_EMAIL);
  g_autofree char *role = dup_cell (reader, row, TPT_CUSTOMERS_CSV_STAKEHOLDER_ROLE);
  g_autofree char *bad = NULL;
  g_auto (GStrv) emails = tpt_email_list_parse (email, &bad);
  int days;

  if (row->problem != NULL)
    return g_strdup (row->problem);
  if (row->cells->len != reader->header->len)
    return g_strdup_printf (_("The row has %u cells, the header has %u"), row->cells->len,
                            reader->header->len);
  if (!read_cadence (cadence, &days))
    return g_strdup_printf (_("cadence_days is “%s”; it has to be a whole number from 1 to %d"),
                            cadence,
                            MAX_CADENCE_DAYS);
  if (bad != NULL)
    return g_strdup_printf (_("“%s” is not an e-mail address"), bad);
  if (*role != '\0' && *person == '\0' && *emails == NULL)
    return g_strdup (_("A stakeholder needs a name or an e-mail address"));

  return NULL;
}

static void
read_row (Reader          *reader,
          const TptCsvRow *row)
{
  g_autoptr (GPtrArray) domains = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *tier = dup_cell (reader, row, TPT_CUSTOMERS_CSV_TIER);
  g_autofree char *owner = dup_cell (reader, row, TPT_CUSTOMERS_CSV_OWNER);
  g_autofree char *cadence = dup_cell (reader, row, TPT_CUSTOMERS_CSV_CADENCE_DAYS);
  char *problem = check_row (reader, row);
  TptCustomer *customer;
  int days = 0;

  if (problem != NULL)
    {
      add_problem (reader, row, problem);
      return;
    }
  if (!read_domains (reader, row, domains))
    return;
  customer = find_customer (reader, row);
  if (customer == NULL)
    {
      add_problem (reader, row, g_strdup (_("The customer has no name")));
      return;
    }

  add_domains (customer, domains);
  fill (reader, row, "tier", &customer->tier, tier);
  fill (reader, row, "owner", &customer->owner, owner);
  if (read_cadence (cadence, &days) && customer->cadence_days == 0)
    customer->cadence_days = days;
  add_stakeholder (reader, row, customer);
  fill_fields (reader, row, customer);
}

/**
 * tpt_customers_csv_parse:
 * @own_domains: (nullable): the domains of one's own organisation
 * @free_mail: (nullable): domains that belong to no company, beyond the built-in list
 *
 * Reads a list of customers: one row per stakeholder; rows of one customer share `external_id`,
 * else the name; several domains, and several e-mail addresses of a stakeholder, have a semicolon
 * between them; the first address is the one to write to. What is wrong in a row is reported with
 * its number and left out: the row, or the domain alone where only that cannot be a customer's, or
 * the address alone where it is somebody else's.
 *
 * Returns: (transfer full) (nullable): %NULL with %TPT_CSV_ERROR when the file as a whole is of
 *   no use
 */
TptCustomersCsv *
tpt_customers_csv_parse (GBytes             *bytes,
                         const char *const  *own_domains,
                         const char *const  *free_mail,
                         GError            **error)
{
  g_autoptr (GPtrArray) rows = NULL;
  g_autoptr (GPtrArray) header = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GHashTable) by_id = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GHashTable) by_name = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (TptCustomersCsv) result = NULL;
  Reader reader = { .own_domains = own_domains, .free_mail = free_mail };

  g_return_val_if_fail (bytes != NULL, NULL);

  rows = tpt_csv_parse (bytes, error);
  if (rows == NULL)
    return NULL;
  /* A line that says nothing says no more above the header than below it. */
  while (rows->len > 0 && tpt_csv_row_is_empty (g_ptr_array_index (rows, 0)))
    g_ptr_array_remove_index (rows, 0);
  if (rows->len == 0)
    {
      g_set_error_literal (error, TPT_CSV_ERROR, TPT_CSV_ERROR_EMPTY, _("The file is empty."));
      return NULL;
    }

  result = g_new0 (TptCustomersCsv, 1);
  result->customers = g_ptr_array_new_with_free_func (g_object_unref);
  result->rows = g_array_new (FALSE, FALSE, sizeof (guint));
  result->problems = g_ptr_array_new_with_free_func ((GDestroyNotify) problem_free);
  result->fields = g_ptr_array_new_with_free_func (g_free);
  reader.result = result;
  reader.header = header;
  reader.by_id = by_id;
  reader.by_name = by_name;
  if (!read_header (&reader, rows, error))
    return NULL;

  for (guint i = 1; i < rows->len; i++)
    {
      if (!tpt_csv_row_is_empty (g_ptr_array_index (rows, i)))
        read_row (&reader, g_ptr_array_index (rows, i));
    }

  return g_steal_pointer (&result);
}

void
tpt_customers_csv_free (TptCustomersCsv *self)
{
  if (self == NULL)
    return;

  g_ptr_array_unref (self->customers);
  g_array_unref (self->rows);
  g_ptr_array_unref (self->problems);
  g_ptr_array_unref (self->fields);
  g_free (self);
}
