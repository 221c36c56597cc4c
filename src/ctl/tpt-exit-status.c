/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-exit-status.h"

#include "tpt-command-error.h"

static TptExit
of_connection (TptConnectionError code)
{
  switch (code)
    {
    case TPT_CONNECTION_ERROR_NOT_CONNECTED:
    case TPT_CONNECTION_ERROR_RECONNECT:
      return TPT_EXIT_NOT_CONNECTED;
    case TPT_CONNECTION_ERROR_OFFLINE:
    case TPT_CONNECTION_ERROR_WAY_BACK:
      return TPT_EXIT_OFFLINE;
    case TPT_CONNECTION_ERROR_NOT_PERMITTED:
      return TPT_EXIT_NOT_PERMITTED;
    case TPT_CONNECTION_ERROR_DENIED:
    case TPT_CONNECTION_ERROR_REJECTED:
    case TPT_CONNECTION_ERROR_OTHER_ACCOUNT:
    case TPT_CONNECTION_ERROR_TIMEOUT:
    case TPT_CONNECTION_ERROR_KEYRING:
    case TPT_CONNECTION_ERROR_FAILED:
    default:
      return TPT_EXIT_FAILED;
    }
}

/** tpt_exit_status_of: the one place that turns an error into a status */
TptExit
tpt_exit_status_of (const GError *error)
{
  if (error->domain == TPT_CONNECTION_ERROR)
    return of_connection ((TptConnectionError) error->code);
  if (g_error_matches (error, TPT_COMMAND_ERROR, TPT_COMMAND_ERROR_USAGE))
    return TPT_EXIT_USAGE;

  return TPT_EXIT_FAILED;
}
