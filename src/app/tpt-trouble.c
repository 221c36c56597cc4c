/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-config.h"

#include "tpt-trouble.h"

#include <glib/gi18n.h>

/* What a person reads when the record cannot be opened, and what can be done about it. */
typedef struct
{
  const char *icon_name;
  const char *title;
  const char *text;
  TptRemedy remedies;
} Trouble;

static const Trouble troubles[] = {
  [TPT_SERVICES_ERROR_KEYRING_ABSENT] = {
    "dialog-password-symbolic", N_("No Keyring"),
    N_("Touchpoint keeps its key and your sign-in in the keyring of the desktop, and none is "
       "running. Start one, such as GNOME Keyring or KWallet, and try again."),
    TPT_REMEDY_RETRY | TPT_REMEDY_SESSION_ONLY },
  [TPT_SERVICES_ERROR_KEYRING_LOCKED] = {
    "system-lock-screen-symbolic", N_("The Keyring Is Locked"),
    N_("Your meetings are sealed with a key in the keyring. Unlock the keyring and try again."),
    TPT_REMEDY_RETRY | TPT_REMEDY_SESSION_ONLY },
  [TPT_SERVICES_ERROR_KEYRING_REFUSED] = {
    "dialog-password-symbolic", N_("The Keyring Refuses"),
    N_("The keyring answered, but did not hand out the key of your record."),
    TPT_REMEDY_RETRY | TPT_REMEDY_SESSION_ONLY },
  [TPT_SERVICES_ERROR_KEY_MISSING] = {
    "dialog-password-symbolic", N_("The Key Is Missing"),
    N_("Your record is sealed with a key that this keyring does not have. If you have moved to a "
       "new computer, restore the keyring as well, and try again. Nothing was changed."),
    TPT_REMEDY_RETRY | TPT_REMEDY_START_ANEW | TPT_REMEDY_SESSION_ONLY },
  [TPT_SERVICES_ERROR_BUSY] = {
    "system-run-symbolic", N_("Your Record Is in Use"),
    N_("Another program works with it at the moment. Wait until it is done, and try again."),
    TPT_REMEDY_RETRY },
  [TPT_SERVICES_ERROR_NEWER] = {
    "software-update-available-symbolic", N_("Made by a Newer Version"),
    N_("Your record was written by a newer version of Touchpoint. Update Touchpoint to open it. "
       "Nothing was changed."),
    TPT_REMEDY_RETRY | TPT_REMEDY_SESSION_ONLY },
  [TPT_SERVICES_ERROR_CORRUPT] = {
    "dialog-warning-symbolic", N_("Your Record Is Damaged"),
    N_("The file of your record cannot be read. Restore it from a backup and try again. It was "
       "left as it is."),
    TPT_REMEDY_RETRY | TPT_REMEDY_SESSION_ONLY },
  [TPT_SERVICES_ERROR_READ_ONLY] = {
    "drive-harddisk-symbolic", N_("The Disk Cannot Be Written"),
    N_("Touchpoint may not write into its folder. Allow it, or mount the disk so that it can be "
       "written, and try again. Nothing was changed."),
    TPT_REMEDY_RETRY | TPT_REMEDY_SESSION_ONLY },
  [TPT_SERVICES_ERROR_FULL] = {
    "drive-harddisk-symbolic", N_("The Disk Is Full"),
    N_("There is no room left to work in. Free some, and try again. Nothing was lost."),
    TPT_REMEDY_RETRY | TPT_REMEDY_SESSION_ONLY },
  [TPT_SERVICES_ERROR_FOREIGN] = {
    "dialog-warning-symbolic", N_("Something Else Is in the Place of Your Record"), NULL,
    TPT_REMEDY_RETRY | TPT_REMEDY_SESSION_ONLY },
  [TPT_SERVICES_ERROR_ENVIRONMENT] = {
    "dialog-warning-symbolic", N_("A Setting Makes No Sense"), NULL, TPT_REMEDY_NONE },
  [TPT_SERVICES_ERROR_FAILED] = {
    "dialog-warning-symbolic", N_("Your Record Cannot Be Opened"), NULL,
    TPT_REMEDY_RETRY | TPT_REMEDY_SESSION_ONLY },
};

/**
 * tpt_trouble_show:
 * @error: of %TPT_SERVICES_ERROR
 *
 * Shows in @window why the record could not be opened; the technical words of @error stand below.
 */
void
tpt_trouble_show (TptWindow    *window,
                  const GError *error)
{
  const Trouble *trouble = &troubles[TPT_SERVICES_ERROR_FAILED];
  g_autofree char *text = NULL;

  g_return_if_fail (TPT_IS_WINDOW (window));
  g_return_if_fail (error != NULL);

  if (error->domain == TPT_SERVICES_ERROR && (gsize) error->code < G_N_ELEMENTS (troubles))
    trouble = &troubles[error->code];
  if (trouble->text == NULL)
    text = g_strdup (error->message);
  else if (error->code == TPT_SERVICES_ERROR_BUSY)
    text = g_strdup_printf ("%s\n\n%s", _(trouble->text), error->message);
  else
    text = g_strdup (_(trouble->text));

  tpt_window_show_trouble (window, trouble->icon_name, _(trouble->title), text, trouble->remedies);
}
