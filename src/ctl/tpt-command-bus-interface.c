/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-command-bus-interface.h"

/* Run: the words after the program's name and what came on stdin, for the exit status and what
 * goes to stdout and to stderr; a caller that goes away calls the command off. RunWithFile: the
 * same with what is in the file that they name, which the app may not be able to read. Message: a
 * line for stderr that cannot wait for the end. Progress: takes the place of the one before it. */
const char tpt_command_bus_interface_xml[]
  = "<node>"
    "  <interface name='" TPT_COMMAND_BUS_INTERFACE "'>"
    "    <method name='Run'>"
    "      <arg name='argv' type='as' direction='in'/>"
    "      <arg name='stdin' type='s' direction='in'/>"
    "      <arg name='exit' type='i' direction='out'/>"
    "      <arg name='stdout' type='s' direction='out'/>"
    "      <arg name='stderr' type='s' direction='out'/>"
    "    </method>"
    "    <method name='RunWithFile'>"
    "      <arg name='argv' type='as' direction='in'/>"
    "      <arg name='file' type='ay' direction='in'/>"
    "      <arg name='exit' type='i' direction='out'/>"
    "      <arg name='stdout' type='s' direction='out'/>"
    "      <arg name='stderr' type='s' direction='out'/>"
    "    </method>"
    "    <signal name='Message'>"
    "      <arg name='text' type='s'/>"
    "    </signal>"
    "    <signal name='Progress'>"
    "      <arg name='text' type='s'/>"
    "    </signal>"
    "  </interface>"
    "</node>";
