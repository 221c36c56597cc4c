/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-config.h"

#include "tpt-fields-group.h"

#include "tpt-customer-fields.h"
#include "tpt-field.h"
#include "tpt-literal.h"

#include <glib/gi18n.h>

/* What other customers have is offered here, too, but not a list of a hundred columns. */
#define MAX_OFFERED 20

/* One field in the form: a name that is known, or a row to write it. */
typedef struct
{
  char *known;
  AdwEntryRow *name;       /* NULL where the name is known */
  AdwEntryRow *value;
} Field;

struct _TptFieldsGroup
{
  AdwPreferencesGroup parent_instance;

  GArray *fields;          /* (element-type Field) */
  gboolean is_ready;

  /* Template widgets */
  GtkListBox *list;
  AdwActionRow *add;
  GtkLabel *problem;
};

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (TptFieldsGroup, tpt_fields_group, ADW_TYPE_PREFERENCES_GROUP)

static void
changed_cb (TptFieldsGroup *self)
{
  if (self->is_ready)
    g_signal_emit (self, signals[CHANGED], 0);
}

/* Above the row that adds one. */
static AdwEntryRow *
add_row (TptFieldsGroup *self,
         const char     *title,
         const char     *text)
{
  GtkWidget *row = adw_entry_row_new ();
  int place = gtk_list_box_row_get_index (GTK_LIST_BOX_ROW (self->add));

  adw_entry_row_set_activates_default (ADW_ENTRY_ROW (row), TRUE);
  tpt_field_set_title (ADW_ENTRY_ROW (row), title);
  tpt_field_set_text (ADW_ENTRY_ROW (row), text);
  gtk_list_box_insert (self->list, row, place);
  g_signal_connect_object (row, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);

  return ADW_ENTRY_ROW (row);
}

static void
add_known (TptFieldsGroup *self,
           const char     *name,
           const char     *value)
{
  g_autofree char *title = tpt_literal_line (name);
  Field field = { g_strdup (name), NULL, add_row (self, title, value) };

  g_array_append_val (self->fields, field);
}

static void
add_cb (TptFieldsGroup *self)
{
  AdwEntryRow *name = add_row (self, _("Name of the Field"), "");
  /* Translators: of a field */
  AdwEntryRow *value = add_row (self, C_("field", "Value"), "");
  Field field = { NULL, name, value };

  g_array_append_val (self->fields, field);
  gtk_widget_grab_focus (GTK_WIDGET (name));
}

/* Adds to @all the names that @customer has and @all has not. */
static void
offer (TptCustomer *all,
       TptCustomer *customer)
{
  g_auto (GStrv) names = tpt_customer_fields_list_names (customer);

  for (char **name = names; *name != NULL && g_hash_table_size (all->fields) < MAX_OFFERED; name++)
    {
      if (!g_hash_table_contains (all->fields, *name))
        g_hash_table_insert (all->fields, g_strdup (*name), NULL);
    }
}

static char *
dup_name (const Field *field)
{
  return field->known != NULL ? g_strdup (field->known) : tpt_field_dup_text (field->name);
}

static void
field_clear (gpointer data)
{
  Field *field = data;

  g_free (field->known);
}

static void
tpt_fields_group_finalize (GObject *object)
{
  g_array_unref (TPT_FIELDS_GROUP (object)->fields);

  G_OBJECT_CLASS (tpt_fields_group_parent_class)->finalize (object);
}

static void
tpt_fields_group_class_init (TptFieldsGroupClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = tpt_fields_group_finalize;

  signals[CHANGED] = g_signal_new ("changed", TPT_TYPE_FIELDS_GROUP, G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/touchpoint/ui/customers/tpt-fields-group.ui");
  gtk_widget_class_bind_template_child (widget_class, TptFieldsGroup, list);
  gtk_widget_class_bind_template_child (widget_class, TptFieldsGroup, add);
  gtk_widget_class_bind_template_child (widget_class, TptFieldsGroup, problem);
  gtk_widget_class_bind_template_callback (widget_class, add_cb);
}

static void
tpt_fields_group_init (TptFieldsGroup *self)
{
  self->fields = g_array_new (FALSE, FALSE, sizeof (Field));
  g_array_set_clear_func (self->fields, field_clear);
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * tpt_fields_group_set_customer:
 * @customer: as it is stored, or one of which nothing is known
 *
 * To be called once. Shows its fields, and those of others, empty.
 */
void
tpt_fields_group_set_customer (TptFieldsGroup *self,
                               TptPortfolio   *portfolio,
                               TptCustomer    *customer)
{
  g_autoptr (TptCustomer) all = tpt_customer_new ();
  g_auto (GStrv) names = tpt_customer_fields_list_names (customer);
  guint count = g_list_model_get_n_items (G_LIST_MODEL (portfolio));

  g_return_if_fail (TPT_IS_FIELDS_GROUP (self));
  g_return_if_fail (!self->is_ready);

  for (char **name = names; *name != NULL; name++)
    g_hash_table_insert (all->fields, g_strdup (*name), NULL);
  for (guint i = 0; i < count; i++)
    {
      g_autoptr (TptCustomerItem) item = g_list_model_get_item (G_LIST_MODEL (portfolio), i);

      offer (all, tpt_customer_item_get_customer (item));
    }
  g_strfreev (names);
  names = tpt_customer_fields_list_names (all);
  for (char **name = names; *name != NULL; name++)
    add_known (self, *name, g_hash_table_lookup (customer->fields, *name));
  self->is_ready = TRUE;
}

/* Returns: (transfer full) (nullable): what is wrong with the name of @field */
static char *
find_problem (TptFieldsGroup *self,
              const Field    *field,
              const char     *name)
{
  g_autofree char *folded = g_utf8_casefold (name, -1);

  if (*name == '\0')
    return g_strdup (_("A field needs a name."));
  for (guint i = 0; i < self->fields->len; i++)
    {
      const Field *other = &g_array_index (self->fields, Field, i);
      g_autofree char *text = dup_name (other);
      g_autofree char *twin = g_utf8_casefold (text, -1);

      if (other != field && g_str_equal (twin, folded))
        return g_strdup_printf (_("There is a field called “%s” already."), text);
    }

  return NULL;
}

/* Returns: (transfer full) (nullable): what is wrong with @field, which else is one of @wanted's */
static char *
take_field (TptFieldsGroup *self,
            const Field    *field,
            TptCustomer    *wanted)
{
  g_autofree char *value = tpt_field_dup_text (field->value);
  g_autofree char *name = dup_name (field);
  char *problem = NULL;

  /* Names that lists have told apart are told apart here. */
  if (field->known == NULL && (*name != '\0' || *value != '\0'))
    problem = find_problem (self, field, name);
  if (problem == NULL && *value != '\0')
    g_hash_table_replace (wanted->fields, g_steal_pointer (&name), g_steal_pointer (&value));

  return problem;
}

/**
 * tpt_fields_group_take:
 * @wanted: gets the fields that have a value
 *
 * Tells what is wrong. Returns: whether nothing is
 */
gboolean
tpt_fields_group_take (TptFieldsGroup *self,
                       TptCustomer    *wanted)
{
  g_autofree char *first = NULL;

  g_return_val_if_fail (TPT_IS_FIELDS_GROUP (self), FALSE);

  for (guint i = 0; i < self->fields->len; i++)
    {
      const Field *field = &g_array_index (self->fields, Field, i);
      g_autofree char *problem = take_field (self, field, wanted);

      if (field->name != NULL)
        tpt_field_set_problem (field->name, problem);
      if (first == NULL)
        first = g_steal_pointer (&problem);
    }
  tpt_field_tell (self->problem, first);

  return first == NULL;
}
