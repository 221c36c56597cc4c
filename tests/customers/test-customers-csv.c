/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-customers-csv.h"
#include "tpt-test.h"

#define HEADER \
  "name,domains,tier,owner,cadence_days,external_id," \
  "stakeholder_name,stakeholder_email,stakeholder_role\n"

static const char *const own_domains[] = { "ours.example", NULL };

static TptCustomersCsv *
parse (const char *text)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static (text, strlen (text));
  g_autoptr (GError) error = NULL;
  TptCustomersCsv *csv = tpt_customers_csv_parse (bytes, own_domains, NULL, &error);

  g_assert_no_error (error);

  return csv;
}

static void
assert_refused (const char  *text,
                TptCsvError  code,
                const char  *word)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static (text, strlen (text));
  g_autoptr (GError) error = NULL;
  g_autoptr (TptCustomersCsv) csv = tpt_customers_csv_parse (bytes, NULL, NULL, &error);

  g_assert_null (csv);
  g_assert_error (error, TPT_CSV_ERROR, (int) code);
  g_assert_nonnull (strstr (error->message, word));
}

static void
assert_problem (TptCustomersCsv *csv,
                guint            index,
                guint            row,
                const char      *word)
{
  TptCustomersCsvProblem *problem;

  g_assert_cmpuint (index, <, csv->problems->len);
  problem = g_ptr_array_index (csv->problems, index);
  g_assert_cmpuint (problem->row, ==, row);
  if (strstr (problem->message, word) == NULL)
    g_error ("“%s” is not in “%s”", word, problem->message);
}

static void
test_customers_csv_group (void)
{
  g_autoptr (TptCustomersCsv) csv = parse (HEADER
    "Acme,acme.com;acme.co.uk,gold,csm@ours.example,45,A-1,Ana Silva,Ana@Acme.com,CTO\n"
    "Acme,acme.com;acme.io,,,,A-1,Bo Li,bo@acme.com,\n"
    "\n"
    "Acme,,,,,A-2,,,\n"
    "beta ltd,,,,,,Cy,,Buyer\n"
    "Beta LTD,beta.example,,,,,,,\n");
  TptCustomer *acme, *other, *beta;
  TptStakeholder *ana;

  g_assert_cmpuint (csv->problems->len, ==, 1);
  assert_problem (csv, 0, 7, "beta ltd");
  g_assert_cmpuint (csv->customers->len, ==, 3);

  acme = g_ptr_array_index (csv->customers, 0);
  g_assert_cmpstr (acme->name, ==, "Acme");
  g_assert_cmpstr (acme->domains[0], ==, "acme.com");
  g_assert_cmpstr (acme->domains[1], ==, "acme.co.uk");
  g_assert_cmpstr (acme->domains[2], ==, "acme.io");
  g_assert_null (acme->domains[3]);
  g_assert_cmpstr (acme->tier, ==, "gold");
  g_assert_cmpstr (acme->owner, ==, "csm@ours.example");
  g_assert_cmpint (acme->cadence_days, ==, 45);
  g_assert_cmpstr (acme->external_id, ==, "A-1");
  g_assert_cmpuint (acme->stakeholders->len, ==, 2);
  ana = g_ptr_array_index (acme->stakeholders, 0);
  g_assert_cmpstr (ana->name, ==, "Ana Silva");
  g_assert_cmpstr (tpt_stakeholder_get_email (ana), ==, "ana@acme.com");
  g_assert_cmpstr (ana->role, ==, "CTO");

  other = g_ptr_array_index (csv->customers, 1);
  g_assert_cmpstr (other->external_id, ==, "A-2");
  g_assert_cmpuint (other->stakeholders->len, ==, 0);

  beta = g_ptr_array_index (csv->customers, 2);
  g_assert_cmpstr (beta->name, ==, "beta ltd");
  g_assert_cmpstr (beta->domains[0], ==, "beta.example");
  g_assert_cmpuint (beta->stakeholders->len, ==, 1);
}

static void
test_customers_csv_columns (void)
{
  g_autoptr (TptCustomersCsv) csv = parse ("Region,NAME , Plan,Unused\n"
                                          "EMEA,Acme,pro,\n,Beta,, \nAPAC,,,not taken\n");
  TptCustomer *acme = g_ptr_array_index (csv->customers, 0);
  TptCustomer *beta = g_ptr_array_index (csv->customers, 1);

  g_assert_cmpstr (acme->name, ==, "Acme");
  g_assert_cmpstr (g_hash_table_lookup (acme->fields, "Region"), ==, "EMEA");
  g_assert_cmpstr (g_hash_table_lookup (acme->fields, "Plan"), ==, "pro");
  g_assert_cmpuint (g_hash_table_size (beta->fields), ==, 0);
  /* Only of those that somebody has by now. */
  g_assert_cmpuint (csv->fields->len, ==, 2);
  g_assert_cmpstr (g_ptr_array_index (csv->fields, 0), ==, "Region");
  g_assert_cmpstr (g_ptr_array_index (csv->fields, 1), ==, "Plan");
  g_assert_true (csv->has_column[TPT_CUSTOMERS_CSV_NAME]);
  g_assert_false (csv->has_column[TPT_CUSTOMERS_CSV_TIER]);
}

/* Lines that say nothing count, above the header as below it. */
static void
test_customers_csv_empty_lines (void)
{
  g_autoptr (TptCustomersCsv) csv = parse ("\r\n,,\nname,Region\n\nAcme,EMEA\nBeta\n");
  const TptCustomersCsvProblem *problem;

  g_assert_cmpuint (csv->customers->len, ==, 1);
  g_assert_cmpuint (csv->problems->len, ==, 1);
  problem = g_ptr_array_index (csv->problems, 0);
  g_assert_cmpuint (problem->row, ==, 6);
}

/* What is copied from a web page or typed with Alt+Enter has blanks that nobody sees. */
static void
test_customers_csv_blanks (void)
{
  g_autoptr (TptCustomersCsv) csv = parse (
    "\357\273\277\357\273\277name\302\240,domains,cadence_days,external_id,stakeholder_name,stakeholder_email,Plan\n"
    "\"Line\r\nBreak\302\240Inc\342\200\213\",\302\240nb.example\342\200\213;\302\240nb2.example,30\302\240,\342\200\257A-1,Ann\tLee,"
    "\"\357\273\277ann@nb.example\302\240;\n\302\240;ann@home.example\342\200\213\",\"\302\240pro\nplus \"\n"
    "\302\240,\342\200\213,,,,,\n"
    "Line Break Inc,,,A-1,\302\240Bo\302\240,\342\200\213,\n");
  TptCustomer *customer = g_ptr_array_index (csv->customers, 0);
  TptStakeholder *ann = g_ptr_array_index (customer->stakeholders, 0);
  TptStakeholder *bo = g_ptr_array_index (customer->stakeholders, 1);

  g_assert_cmpuint (csv->problems->len, ==, 0);
  g_assert_cmpuint (csv->customers->len, ==, 1);
  g_assert_cmpstr (customer->name, ==, "Line Break Inc");
  g_assert_cmpstr (customer->domains[0], ==, "nb.example");
  g_assert_cmpstr (customer->domains[1], ==, "nb2.example");
  g_assert_cmpint (customer->cadence_days, ==, 30);
  g_assert_cmpstr (customer->external_id, ==, "A-1");
  g_assert_cmpstr (g_hash_table_lookup (customer->fields, "Plan"), ==, "pro\nplus");
  g_assert_cmpuint (customer->stakeholders->len, ==, 2);
  g_assert_cmpstr (ann->name, ==, "Ann Lee");
  g_assert_cmpstr (ann->emails[0], ==, "ann@nb.example");
  g_assert_cmpstr (ann->emails[1], ==, "ann@home.example");
  g_assert_cmpstr (bo->name, ==, "Bo");
}

static void
test_customers_csv_rows (void)
{
  g_autoptr (TptCustomersCsv) csv = parse (HEADER
    "Acme,acme.com,,,0,,,,\n"
    "Beta,beta.example,,,30.5,,,,\n"
    "Gamma,,,,,,Ana,not-an-address,\n"
    "Delta,,,,,,,,Boss\n"
    "Epsilon,a,b\n"
    ",zeta.example,,,,,,,\n"
    "Eta,\"eta.example\"x,,,,,,,\n"
    "Theta,not a domain,,,,,,,\n"
    "Iota,iota.example,,,,,,,\n");

  g_assert_cmpuint (csv->problems->len, ==, 8);
  assert_problem (csv, 0, 2, "cadence_days");
  assert_problem (csv, 1, 3, "30.5");
  assert_problem (csv, 2, 4, "not-an-address");
  assert_problem (csv, 3, 5, "name or an e-mail");
  assert_problem (csv, 4, 6, "3 cells");
  assert_problem (csv, 5, 7, "no name");
  assert_problem (csv, 6, 8, "quotation mark");
  assert_problem (csv, 7, 9, "not a domain");
  g_assert_cmpuint (csv->customers->len, ==, 1);
  g_assert_cmpstr (((TptCustomer *) g_ptr_array_index (csv->customers, 0))->name, ==, "Iota");
}

/* The domain is refused, the rest of its row is taken. */
static void
test_customers_csv_domains (void)
{
  g_autoptr (TptCustomersCsv) csv = parse (HEADER
    "Acme,gmail.com; acme.com ;co.uk;mail.ours.example,,,,,Ana,ana@gmail.com,\n");
  TptCustomer *acme = g_ptr_array_index (csv->customers, 0);

  g_assert_cmpuint (csv->problems->len, ==, 3);
  assert_problem (csv, 0, 2, "gmail.com");
  assert_problem (csv, 1, 2, "public suffix");
  assert_problem (csv, 2, 2, "own organisation");
  g_assert_cmpuint (g_strv_length (acme->domains), ==, 1);
  g_assert_cmpstr (acme->domains[0], ==, "acme.com");
  g_assert_nonnull (tpt_customer_find_stakeholder (acme, "ana@gmail.com"));
}

static void
assert_emails (TptCustomer *customer,
               guint        index,
               const char  *expected)
{
  TptStakeholder *person;
  g_autofree char *emails = NULL;

  g_assert_cmpuint (index, <, customer->stakeholders->len);
  person = g_ptr_array_index (customer->stakeholders, index);
  emails = g_strjoinv (" ", person->emails);
  g_assert_cmpstr (emails, ==, expected);
}

/* Any of the addresses tells who it is; new ones go behind, and one that is somebody else's stays
 * there. */
static void
test_customers_csv_emails (void)
{
  g_autoptr (TptCustomersCsv) csv = parse ("name,stakeholder_name,stakeholder_email\n"
    "Acme,Ana,Ana@Acme.com; ana@HOME.example ;;ANA@acme.com\n"
    "Acme,Bo,bo@acme.com\n"
    "Acme,,new@acme.com;ana@home.example;bo@acme.com\n"
    "Acme,Cy,cy@acme.com;no address;cy@home.example\n"
    "Acme,Dee,;\n"
    "Beta,Ana,ana@acme.com;b@beta.example\n");
  TptCustomer *acme, *beta;

  g_assert_cmpuint (csv->customers->len, ==, 2);
  acme = g_ptr_array_index (csv->customers, 0);
  beta = g_ptr_array_index (csv->customers, 1);
  g_assert_cmpuint (acme->stakeholders->len, ==, 3);
  assert_emails (acme, 0, "ana@acme.com ana@home.example new@acme.com");
  assert_emails (acme, 1, "bo@acme.com");
  assert_emails (acme, 2, "");
  assert_emails (beta, 0, "ana@acme.com b@beta.example");
  g_assert_cmpuint (csv->problems->len, ==, 2);
  assert_problem (csv, 0, 4, "bo@acme.com is an address of Bo already");
  assert_problem (csv, 1, 5, "“no address” is not an e-mail address");
  g_assert_cmpuint (csv->rows->len, ==, 2);
  g_assert_cmpuint (g_array_index (csv->rows, guint, 0), ==, 2);
  g_assert_cmpuint (g_array_index (csv->rows, guint, 1), ==, 7);
}

static void
test_customers_csv_contradiction (void)
{
  g_autoptr (TptCustomersCsv) csv = parse ("name,tier\nAcme,gold\nAcme,silver\n");

  g_assert_cmpuint (csv->customers->len, ==, 1);
  g_assert_cmpstr (((TptCustomer *) g_ptr_array_index (csv->customers, 0))->tier, ==, "gold");
  g_assert_cmpuint (csv->problems->len, ==, 1);
  assert_problem (csv, 0, 3, "silver");
}

static void
test_customers_csv_refused (void)
{
  assert_refused ("", TPT_CSV_ERROR_EMPTY, "is empty");
  assert_refused ("\xef\xbb\xbf\r\n , \302\240\n", TPT_CSV_ERROR_EMPTY, "is empty");
  assert_refused ("Acme;acme.com\n", TPT_CSV_ERROR_HEADER, "name");
  assert_refused ("domains,tier\nacme.com,gold\n", TPT_CSV_ERROR_HEADER, "name");
  assert_refused ("name,tier,Tier\n", TPT_CSV_ERROR_HEADER, "Tier");
  assert_refused ("name\nM\xfcller\n", TPT_CSV_ERROR_ENCODING, "UTF-8");
}

static void
test_customers_csv_hostile (void)
{
  g_autoptr (TptCustomersCsv) csv
    = parse ("name,domains\n\"<b>x</b> & \"\"Ω\"\" שלום\",\n=cmd()|x,\n");

  g_assert_cmpuint (csv->problems->len, ==, 0);
  g_assert_cmpstr (((TptCustomer *) g_ptr_array_index (csv->customers, 0))->name, ==,
                   "<b>x</b> & \"Ω\" שלום");
  g_assert_cmpstr (((TptCustomer *) g_ptr_array_index (csv->customers, 1))->name, ==, "=cmd()|x");
}

/* As a spreadsheet in German or French saves it. */
static void
test_customers_csv_semicolons (void)
{
  g_autoptr (TptCustomersCsv) csv = parse (
    "\xef\xbb\xbfname;domains;stakeholder_email;Umsatz\r\n"
    "Müller, Söhne & Co;\"mueller.com;mueller.de\";\"a@mueller.com;b@mueller.de\";1,5\r\n");
  TptCustomer *customer;

  g_assert_cmpuint (csv->problems->len, ==, 0);
  g_assert_cmpuint (csv->customers->len, ==, 1);
  customer = g_ptr_array_index (csv->customers, 0);
  g_assert_cmpstr (customer->name, ==, "Müller, Söhne & Co");
  g_assert_cmpuint (g_strv_length (customer->domains), ==, 2);
  g_assert_nonnull (tpt_customer_find_stakeholder (customer, "b@mueller.de"));
  g_assert_cmpstr (g_hash_table_lookup (customer->fields, "Umsatz"), ==, "1,5");
}

int
main (int   argc,
      char *argv[])
{
  tpt_test_init (&argc, &argv);

  g_test_add_func ("/customers-csv/semicolons", test_customers_csv_semicolons);
  g_test_add_func ("/customers-csv/group", test_customers_csv_group);
  g_test_add_func ("/customers-csv/columns", test_customers_csv_columns);
  g_test_add_func ("/customers-csv/empty-lines", test_customers_csv_empty_lines);
  g_test_add_func ("/customers-csv/blanks", test_customers_csv_blanks);
  g_test_add_func ("/customers-csv/rows", test_customers_csv_rows);
  g_test_add_func ("/customers-csv/domains", test_customers_csv_domains);
  g_test_add_func ("/customers-csv/emails", test_customers_csv_emails);
  g_test_add_func ("/customers-csv/contradiction", test_customers_csv_contradiction);
  g_test_add_func ("/customers-csv/refused", test_customers_csv_refused);
  g_test_add_func ("/customers-csv/hostile", test_customers_csv_hostile);

  return g_test_run ();
}
