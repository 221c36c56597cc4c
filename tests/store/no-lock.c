/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Preloaded: a file system without locks, as some network mounts are. */

#include <errno.h>
#include <sys/file.h>

int
flock (int fd,
       int operation)
{
  errno = ENOLCK;

  return -1;
}
