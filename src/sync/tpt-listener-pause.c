/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-listener-pause.h"

#define FIRST (TPT_SECOND / 2)
#define LONGEST (60 * TPT_SECOND)
#define LEAST (TPT_SECOND / 10)

/* A relay may ask for more patience than we would have, but not for a day's. */
#define LONGEST_WANTED (10 * 60 * TPT_SECOND)

/* A stream that lived so long was a good one. */
#define GOOD_WHILE (30 * TPT_SECOND)

#define FIRST_LOOK (3 * TPT_SECOND)
#define LONGEST_LOOK TPT_MINUTE

/**
 * tpt_listener_pause_get:
 * @breaks: how often the stream broke in a row before this time
 * @wanted: how long the relay asked for; at most 0 where it did not
 * @part: 0…1, at random
 *
 * Any part of a span that doubles each time, so that a relay that comes back is not run over by all
 * its desktops at once. It comes on top of what the relay asked for, because it asks all of them
 * for the same.
 */
TptTime
tpt_listener_pause_get (guint   breaks,
                        TptTime wanted,
                        double  part)
{
  TptTime span = MIN (FIRST << MIN (breaks, 10), LONGEST);

  return CLAMP (wanted, 0, LONGEST_WANTED) + MAX (LEAST, (TptTime) ((double) span * part));
}

/**
 * tpt_listener_pause_note:
 * @lived: how long the stream that has just ended was live
 *
 * Returns: the breaks in a row before this one. One hello is no proof of health: what breaks again
 *   after a moment is called less and less often all the same
 */
guint
tpt_listener_pause_note (guint   breaks,
                         TptTime lived)
{
  return lived >= GOOD_WHILE ? 0 : breaks;
}

/**
 * tpt_listener_pause_look:
 * @looks: how often a relay that was heard again has made somebody look in vain lately
 * @since: how long ago the last look was
 *
 * Returns: how long to wait before the service is asked once more whether it still tells the relay.
 *   A relay that comes and goes all the time costs the service few requests, and nobody who has
 *   lost a subscription waits for longer than a minute
 */
TptTime
tpt_listener_pause_look (guint   looks,
                         TptTime since)
{
  return MAX (MIN (FIRST_LOOK << MIN (looks, 10), LONGEST_LOOK) - MAX (since, 0), 0);
}
