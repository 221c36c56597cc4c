/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Preloaded: a file system without locks, as some network mounts are. With TPT_NO_LOCK=record only
 * without those of parts of a file, which the database takes. */

#include <asm/fcntl.h>
#include <errno.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

/* The C library's own header makes one of the last two. */
int flock   (int fd,
             int operation);
int fcntl   (int fd,
             int command,
             ...);
int fcntl64 (int fd,
             int command,
             ...);

static int
is_without (const char *kind)
{
  const char *wanted = getenv ("TPT_NO_LOCK");

  return strcmp (wanted != NULL ? wanted : "file", kind) == 0;
}

static int
call (int   fd,
      int   command,
      void *argument)
{
  if (is_without ("record") && (command == F_SETLK || command == F_SETLKW))
    {
      errno = ENOLCK;
      return -1;
    }

  return (int) syscall (SYS_fcntl, fd, command, argument);
}

int
flock (int fd,
       int operation)
{
  if (!is_without ("file"))
    return (int) syscall (SYS_flock, fd, operation);
  errno = ENOLCK;

  return -1;
}

int
fcntl (int fd,
       int command,
       ...)
{
  va_list arguments;
  void *argument;

  va_start (arguments, command);
  argument = va_arg (arguments, void *);
  va_end (arguments);

  return call (fd, command, argument);
}

int
fcntl64 (int fd,
         int command,
         ...)
{
  va_list arguments;
  void *argument;

  va_start (arguments, command);
  argument = va_arg (arguments, void *);
  va_end (arguments);

  return call (fd, command, argument);
}
