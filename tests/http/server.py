#!/usr/bin/env python3
"""A stand-in for the API, for tests only: serves generated collections, and does wrong on order.

    server.py [--key KEY] [--tls CERTIFICATE PRIVATE-KEY]

Listens on a free port of 127.0.0.1, prints the port, and ends when its standard input does. Collections are made by
PUT /control/collections/NAME with a JSON object (see class Served); GET /control/log tells what was asked for since
the last DELETE of it. What one connection does never holds up another.
"""
import argparse
import asyncio
import json
import os
import ssl
import sys
import threading
import time
import urllib.parse

import faults
from records import Collection

REASONS = {200: "OK", 301: "Moved Permanently", 302: "Found", 400: "Bad Request", 401: "Unauthorized", 403: "Forbidden",
           404: "Not Found", 429: "Too Many Requests", 500: "Internal Server Error", 502: "Bad Gateway",
           503: "Service Unavailable"}
MOST_TAKE = 100


class Served:
    """A collection as it was ordered:

    records, seed, ids, status  see records.Collection
    latency     seconds before every answer
    hold        status documents beyond so many are kept back until PUT /control/open/NAME
    take        the greatest page (100)
    paging      false: no pagination headers
    overlap     so many records of a page stand on the page before it as well
    key         what the Authorization header must have
    on          record id: a list of faults (faults.py), one for each request in turn; the last one stays when it has
                "stay". Then all is well
    on_page     the same by page number (as text)
    mix         {"share": 0.02, "faults": [[fault, ...], ...]}: that share of the records has one of these lists
    """

    def __init__(self, order, key):
        self.collection = Collection(order["records"], order.get("seed", 1), order.get("ids", ()), order.get("status"))
        self.latency = order.get("latency", 0)
        self.hold = order.get("hold", 0)
        self.begun = 0
        self.opened = asyncio.Event()
        if "hold" not in order:
            self.opened.set()
        self.take = order.get("take", MOST_TAKE)
        self.paging = order.get("paging", True)
        self.overlap = order.get("overlap", 0)
        self.key = order.get("key", key)
        self.on = order.get("on", {})
        self.on_page = order.get("on_page", {})
        self.asked = {}
        self.listings = {}
        if "mix" in order:
            self.on = {**faults.mixed_in(self.collection, order["mix"]), **self.on}

    def fault(self, table, name):
        """The fault for this request, or None."""
        steps = table.get(name)
        if not steps:
            return None
        turn = self.asked.get((id(table), name), 0)
        self.asked[id(table), name] = turn + 1
        if turn < len(steps):
            return steps[turn]
        return steps[-1] if steps[-1].get("stay") else None

    def matching(self, query):
        wanted = (query.get("status", ["ALL"])[0], query.get("search", [""])[0], tuple(query.get("tags[]", ())))
        if wanted not in self.listings:
            self.listings[wanted] = self.collection.matching(*wanted)
        return self.listings[wanted]

    def page(self, query):
        """Rows and headers."""
        page = int(query.get("page", ["1"])[0])
        take = min(int(query.get("take", [str(MOST_TAKE)])[0]), self.take)
        numbers = self.matching(query)
        first = max(0, (page - 1) * take - (self.overlap if page > 1 else 0))
        rows = [self.collection.row(number) for number in numbers[first:page * take]]
        headers = [("pagination-page", page), ("pagination-take", take), ("pagination-count", len(numbers))]
        return rows, headers if self.paging else []


class Connection:
    """What a request came over, and how it is answered."""

    def __init__(self, reader, writer):
        self.reader = reader
        self.writer = writer
        self.open = True

    async def request(self):
        """(method, target, headers, body), or None at the end."""
        head = await self.reader.readuntil(b"\r\n\r\n")
        lines = head.decode("latin-1").split("\r\n")
        method, target, _ = lines[0].split(" ", 2)
        headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines[1:-2])}
        body = await self.reader.readexactly(int(headers.get("content-length", 0)))
        return method, target, headers, body

    def head(self, code, headers):
        lines = [f"HTTP/1.1 {code} {REASONS.get(code, 'Odd')}"] + [f"{name}: {value}" for name, value in headers]
        self.writer.write(("\r\n".join(lines) + "\r\n\r\n").encode("latin-1"))

    async def answer(self, code, body, headers=(), kind="application/json"):
        self.head(code, [("content-type", kind), ("content-length", len(body)), *headers])
        self.writer.write(body)
        await self.writer.drain()

    async def json(self, code, value, headers=()):
        await self.answer(code, json.dumps(value, ensure_ascii=False).encode(), headers)

    async def error(self, code, message, headers=(), **more):
        await self.json(code, {"status": code, "message": message, **more}, headers)


class Server:
    def __init__(self, key):
        self.key = key
        self.collections = {}
        self.log = []
        self.connections = 0

    async def serve(self, reader, writer):
        connection = Connection(reader, writer)
        number = self.connections
        self.connections += 1
        try:
            while connection.open:
                method, target, headers, body = await connection.request()
                if target.startswith("/control/"):
                    await self.control(connection, method, target, body)
                else:
                    await self.api(connection, number, method, target, headers)
        except (asyncio.IncompleteReadError, ConnectionError, ssl.SSLError):
            pass
        finally:
            writer.close()

    async def control(self, connection, method, target, body):
        what, _, name = target[len("/control/"):].partition("/")
        if (method, what) == ("PUT", "collections"):
            self.collections[urllib.parse.unquote(name)] = Served(json.loads(body), self.key)
            await connection.json(200, None)
        elif (method, what) == ("PUT", "open"):
            self.collections[urllib.parse.unquote(name)].opened.set()
            await connection.json(200, None)
        elif (method, what) == ("GET", "log"):
            await connection.json(200, self.log)
        elif (method, what) == ("DELETE", "log"):
            self.log = []
            await connection.json(200, None)
        else:
            await connection.error(404, "no such control")

    async def api(self, connection, number, method, target, headers):
        path, _, query = target.partition("?")
        parts = [urllib.parse.unquote(part) for part in path.split("/")[1:]]
        entry = {"time": time.monotonic(), "connection": number, "target": target, "agent": headers.get("user-agent")}
        self.log.append(entry)
        await self.route(connection, method, parts, urllib.parse.parse_qs(query, keep_blank_values=True), headers)

    async def route(self, connection, method, parts, query, headers):
        served = self.collections.get(parts[3]) if len(parts) > 3 else None
        if served is None or method != "GET" or parts[0] != "apps" or parts[2] != "collections" or parts[4] != "records":
            await connection.error(404, "Not found")
            return
        if served.latency:
            await asyncio.sleep(served.latency)
        if served.key and headers.get("authorization") != f"Bearer {served.key}":
            await connection.error(401, "Invalid API key")
        elif len(parts) == 5:
            await self.listing(connection, served, query)
        elif len(parts) == 7 and parts[6] == "status":
            await self.status(connection, served, parts[5])
        else:
            await connection.error(404, "Not found")

    async def listing(self, connection, served, query):
        rows, headers = served.page(query)
        fault = served.fault(served.on_page, query.get("page", ["1"])[0])
        if fault:
            await faults.commit(connection, fault, json.dumps(rows).encode(), headers)
        else:
            await connection.json(200, rows, headers)

    async def status(self, connection, served, name):
        served.begun += 1
        if served.begun > served.hold:
            await served.opened.wait()
        number = served.collection.number_of(name)
        fault = served.fault(served.on, name)
        if number is None:
            await connection.error(404, "Record not found")
        elif fault:
            await faults.commit(connection, fault, served.collection.body(number), [])
        else:
            await connection.answer(200, served.collection.body(number))


def end_with_input():
    sys.stdin.buffer.read()
    # Whatever is under way.
    os._exit(0)


async def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--key")
    parser.add_argument("--tls", nargs=2)
    options = parser.parse_args()
    context = None
    if options.tls:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(*options.tls)
    server = await asyncio.start_server(Server(options.key).serve, "127.0.0.1", 0, ssl=context, limit=2**22, backlog=512)
    print(server.sockets[0].getsockname()[1], flush=True)
    threading.Thread(target=end_with_input, daemon=True).start()
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(main())
