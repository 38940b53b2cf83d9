"""What the server does wrong. A fault is an object with a `kind`:

    code      {code, message, retry_after, body, type, errors}: this status code, by default with an error body
    state     {state}: a status document with this status and no errors
    body      {body, type, headers}: 200 with this text
    json      {value}: the same with this JSON value, indented over several lines
    pretty    the right body, indented
    gzip      the right body, compressed
    bomb      {size}: compressed; blanks before the document, so many bytes of them
    large     {size}: a document of about so many bytes, streamed
    trickle   {pause, bytes}: the right body in pieces of so many bytes
    hang      {seconds}: nothing comes for so long; then the right body
    reset     {after}: the connection is reset after so many bytes of the body
    short     {after}: the connection is closed after so many bytes, though more were promised
    chunked   {after}: the same without a length: the last chunk never comes
    refuse    the connection is closed before any answer
    endless   a page with rows that never ends
"""
import asyncio
import gzip
import json
import socket
import struct
import zlib

from records import mixed

BLOCK = 1 << 20


def mixed_in(collection, mix):
    """The faults of `mix["share"]` of all records: their lists, dealt out in turn."""
    on = {}
    for number in range(collection.count):
        if mixed(collection.seed + 77, number) % 1000000 < mix["share"] * 1000000:
            on[collection.id_of(number)] = mix["faults"][len(on) % len(mix["faults"])]
    return on


async def chunk(connection, data):
    connection.writer.write(b"%x\r\n%s\r\n" % (len(data), data))
    await connection.writer.drain()


def start_chunks(connection, *headers):
    connection.head(200, [("content-type", "application/json"), ("transfer-encoding", "chunked"), *headers])


def reset(connection):
    """Ends the connection so that the other side sees a reset, not an end."""
    raw = connection.writer.get_extra_info("socket")
    raw.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    connection.writer.transport.abort()
    connection.open = False


async def part(connection, body, headers, after):
    """The head and the first bytes of a body that will be cut off."""
    connection.head(200, [("content-type", "application/json"), ("content-length", len(body)), *headers])
    connection.writer.write(body[:after])
    await connection.writer.drain()


async def commit_code(connection, fault, body, headers):
    more = [("retry-after", fault["retry_after"])] if "retry_after" in fault else []
    more += [tuple(header) for header in fault.get("headers", ())]
    if "body" in fault:
        await connection.answer(fault["code"], fault["body"].encode(), more, fault.get("type", "text/html"))
    else:
        named = {"errors": fault["errors"]} if "errors" in fault else {}
        await connection.error(fault["code"], fault.get("message", "On order"), more, **named)


async def commit_state(connection, fault, body, headers):
    await connection.json(200, {"status": fault["state"]})


async def commit_body(connection, fault, body, headers):
    await connection.answer(200, fault["body"].encode(), [tuple(header) for header in fault.get("headers", headers)],
                            fault.get("type", "application/json"))


async def commit_json(connection, fault, body, headers):
    await connection.answer(200, json.dumps(fault["value"], indent=2).encode(), headers)


async def commit_pretty(connection, fault, body, headers):
    text = json.dumps(json.loads(body), indent=2, ensure_ascii=False).replace("\n", fault.get("newline", "\n"))
    await connection.answer(200, text.encode(), headers)


async def commit_gzip(connection, fault, body, headers):
    await connection.answer(200, gzip.compress(body), [("content-encoding", "gzip"), *headers])


async def commit_bomb(connection, fault, body, headers):
    """Blocks that end on a byte (Z_SYNC_FLUSH) can be repeated as they are; only the checksum has to be made."""
    blanks = b" " * BLOCK
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    block = packer.compress(blanks) + packer.flush(zlib.Z_FULL_FLUSH)
    check = 0
    start_chunks(connection, ("content-encoding", "gzip"))
    await chunk(connection, b"\x1f\x8b\x08\0\0\0\0\0\0\xff")
    for _ in range(fault["size"] // BLOCK):
        check = zlib.crc32(blanks, check)
        await chunk(connection, block)
        # All of it may fit into the socket, and others have their turn meanwhile.
        await asyncio.sleep(0)
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    length = fault["size"] // BLOCK * BLOCK + len(body)
    await chunk(connection, packer.compress(body) + packer.flush() +
                struct.pack("<II", zlib.crc32(body, check), length & 0xFFFFFFFF))
    await chunk(connection, b"")


async def commit_large(connection, fault, body, headers):
    """Rule errors until the size is reached, as the payload of a huge record has them."""
    issues = ", ".join(json.dumps({
        "code": "invalid_type", "expected": "number", "received": "string", "path": ["borrowers", number, "income"],
        "message": "Expected number, received string"}) for number in range(1000))
    rule = ('{"message": "Income must be complete", "errors": [%s], "key": "CHECK_INCOME"}' % issues).encode()
    start_chunks(connection)
    await chunk(connection, b'{"status": "FAILED", "errors": [' + rule)
    for _ in range(max(0, fault["size"] // len(rule) - 1)):
        await chunk(connection, b", " + rule)
    await chunk(connection, b"]}")
    await chunk(connection, b"")


async def commit_trickle(connection, fault, body, headers):
    connection.head(200, [("content-type", "application/json"), ("content-length", len(body)), *headers])
    for start in range(0, len(body), fault["bytes"]):
        connection.writer.write(body[start:start + fault["bytes"]])
        await connection.writer.drain()
        await asyncio.sleep(fault["pause"])


async def commit_hang(connection, fault, body, headers):
    await asyncio.sleep(fault["seconds"])
    await connection.answer(200, body, headers)


async def commit_reset(connection, fault, body, headers):
    await part(connection, body, headers, fault["after"])
    # What was written must have left, or the reset overtakes it.
    await asyncio.sleep(0.005)
    reset(connection)


async def commit_short(connection, fault, body, headers):
    await part(connection, body, headers, fault["after"])
    connection.open = False


async def commit_chunked(connection, fault, body, headers):
    start_chunks(connection, *headers)
    await chunk(connection, body[:fault["after"]])
    connection.open = False


async def commit_refuse(connection, fault, body, headers):
    connection.open = False


async def commit_endless(connection, fault, body, headers):
    """The rows of the page over and over, so that no row is new."""
    start_chunks(connection, *headers)
    await chunk(connection, body.rstrip(b"]"))
    while True:
        await chunk(connection, b"," + body.strip(b"[]"))


COMMITS = {name[len("commit_"):]: function for name, function in list(globals().items()) if name.startswith("commit_")}


async def commit(connection, fault, body, headers):
    """body and headers: of the right answer."""
    await COMMITS[fault["kind"]](connection, fault, body, headers)
