// SPDX-FileCopyrightText: Touchpoint contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// What somebody would write in an afternoon: the signature checked, each webhook in a transaction of its own.
'use strict';

const crypto = require('crypto');
const http = require('http');
const path = require('path');
const Database = require('better-sqlite3');

const key = 'the-app-key';
const database = new Database(path.join(process.argv[2], 'node.db'));
database.pragma('journal_mode = WAL');
database.pragma('synchronous = FULL');
database.exec('CREATE TABLE deliveries (key TEXT PRIMARY KEY) WITHOUT ROWID;' +
  'CREATE TABLE events (seq INTEGER PRIMARY KEY AUTOINCREMENT, host TEXT, body BLOB);' +
  'CREATE INDEX events_by_host ON events (host, seq);');
const addDelivery = database.prepare('INSERT OR IGNORE INTO deliveries VALUES (?)');
const addEvent = database.prepare('INSERT INTO events (host, body) VALUES (?, ?)');
const store = database.transaction((name, hosts, body) => {
  if (addDelivery.run(name).changes === 0) return;
  for (const host of hosts) addEvent.run(host, body);
});

function isSigned(header, body) {
  const match = /^t=(\d+),v1=([0-9a-f]{64})$/.exec(header || '');
  if (!match) return false;
  const mac = crypto.createHmac('sha256', key).update(`${match[1]}.`).update(body).digest();
  return crypto.timingSafeEqual(mac, Buffer.from(match[2], 'hex'));
}

function take(request, response, body) {
  let status = 401;
  if (isSigned(request.headers['calendly-webhook-signature'], body)) {
    const { created_at: at, event, payload } = JSON.parse(body);
    const hosts = payload.scheduled_event.event_memberships.map((member) => member.user);
    store([at, event, payload.uri].join('\0'), hosts, body);
    status = 200;
  }
  response.writeHead(status, { 'Content-Type': 'application/json', 'Content-Length': 2 });
  response.end('{}');
}

const server = http.createServer((request, response) => {
  const parts = [];
  request.on('data', (part) => parts.push(part));
  request.on('end', () => take(request, response, Buffer.concat(parts)));
});
server.listen(0, '127.0.0.1', 1024, () => {
  console.log(JSON.stringify({ port: String(server.address().port) }));
});
process.on('SIGTERM', () => process.exit(0));
