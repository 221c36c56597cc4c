# SPDX-FileCopyrightText: Touchpoint contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A TCP proxy on this machine that spoils what comes back, as networks do.

    with FaultProxy(port) as proxy:
        proxy.set(cut=1000, times=2)

What can be set, for the next `times` connections or, without it, for all:

    refuse=True      hangs up before a byte has passed
    black_hole=True  takes everything and never answers
    latency=S        waits before the first byte of the answer
    rate=N           N bytes of the answer a second, one at a time
    cut=N            hangs up properly after N bytes of the answer
    reset=N          the same with a reset
    half_close=N     ends its side after N bytes and goes on listening
    stall=N          says nothing more after N bytes
    corrupt=N        flips the lowest bit of byte N of the answer
"""
import select
import socket
import struct
import threading

CHUNK = 16384


def reset(connection):
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    connection.close()


class Stop(Exception):
    """This connection has done what it was to do."""


class FaultProxy:
    def __init__(self, port, host="127.0.0.1"):
        self.target = (host, port)
        self.lock = threading.Lock()
        self.faults, self.times = {}, None
        self.connections = 0
        self.over = threading.Event()
        self.listener = socket.create_server(("127.0.0.1", 0), backlog=64)
        self.port = self.listener.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"
        threading.Thread(target=self._accept, daemon=True).start()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()

    def close(self):
        self.over.set()
        # A thread that waits for the next connection does not see that its socket is closed.
        self.listener.shutdown(socket.SHUT_RDWR)
        self.listener.close()

    def set(self, times=None, **faults):
        with self.lock:
            self.faults, self.times, self.connections = faults, times, 0

    def _take(self):
        with self.lock:
            self.connections += 1
            if self.times is not None and self.connections > self.times:
                return {}
            return dict(self.faults)

    def _accept(self):
        while not self.over.is_set():
            try:
                client, _ = self.listener.accept()
            except OSError:
                return
            threading.Thread(target=self._serve, args=(client, self._take()), daemon=True).start()

    def _serve(self, client, faults):
        if faults.get("refuse"):
            reset(client)
            return
        if faults.get("black_hole"):
            self._swallow(client)
            return
        with socket.create_connection(self.target) as server:
            try:
                self._relay(client, server, faults)
            except (OSError, Stop):
                pass
            finally:
                client.close()

    def _swallow(self, client):
        client.settimeout(0.2)
        while not self.over.is_set():
            try:
                if not client.recv(CHUNK):
                    break
            except TimeoutError:
                pass
            except OSError:
                break
        client.close()

    def _relay(self, client, server, faults):
        """One thread for both ways: a socket that another thread reads from could not be closed."""
        sent, both = 0, {client: server, server: client}
        while server in both and not self.over.is_set():
            for source in select.select(list(both), [], [], 0.2)[0]:
                data = source.recv(CHUNK)
                if not data:
                    both.pop(source).shutdown(socket.SHUT_WR)
                elif source is client:
                    server.sendall(data)
                else:
                    if sent == 0 and "latency" in faults:
                        self.over.wait(faults["latency"])
                    sent = self._pass_on(client, data, sent, faults)

    def _pass_on(self, client, data, sent, faults):
        """Sends as much of data as is to be sent; returns how much of the answer has passed."""
        data = bytearray(data)
        at = faults.get("corrupt", -1) - sent
        if 0 <= at < len(data):
            data[at] ^= 1
        limit = min((faults[name] for name in ("cut", "reset", "half_close", "stall") if name in faults), default=None)
        end = limit is not None and sent + len(data) >= limit
        if end:
            del data[max(limit - sent, 0):]
        self._send(client, data, faults.get("rate"))
        if end:
            self._finish(client, faults)
        return sent + len(data)

    def _send(self, client, data, rate):
        if rate is None:
            client.sendall(data)
            return
        for byte in data:
            client.sendall(bytes([byte]))
            if self.over.wait(1 / rate):
                raise Stop

    def _finish(self, client, faults):
        if "reset" in faults:
            # What was sent has to be taken before the reset that would discard it.
            self.over.wait(0.02)
            reset(client)
        elif "half_close" in faults:
            client.shutdown(socket.SHUT_WR)
            self._swallow(client)
        elif "stall" in faults:
            self._swallow(client)
        raise Stop
