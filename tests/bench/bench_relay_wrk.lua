-- SPDX-FileCopyrightText: Touchpoint contributors
-- SPDX-License-Identifier: GPL-3.0-or-later

-- Sends the requests of a file, one after the other: lengths in the first line, then all of them.

local requests = {}
local at = 0

function init (args)
  local file = assert (io.open (args[1], "rb"))
  for length in file:read ("*l"):gmatch ("%d+") do
    requests[#requests + 1] = file:read (tonumber (length))
  end
  file:close ()
  -- Nothing to find among so much, and it would be looked for again and again.
  collectgarbage ("stop")
end

function request ()
  at = at % #requests + 1
  return requests[at]
end

function done (summary, latency, report)
  local bad = summary.errors.status + summary.errors.read + summary.errors.timeout
  io.write (string.format ("%.0f a second, median %.2f, p99 %.2f ms, %d not answered with 200, %d requests",
    summary.requests / summary.duration * 1e6, latency:percentile (50) / 1000, latency:percentile (99) / 1000, bad,
    summary.requests))
end
