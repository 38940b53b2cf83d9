"""JSON text (RFC 8259) with the place of everything, for reading.py.

Structure is found here, one character at a time; what a string or a number is worth is Python's own json to say. Bytes
are looked at as Latin-1, so that an index is an offset in bytes. Two things are as in errata and not as in the RFC:
bytes in strings that are UTF-8 in form but not in value (C0 80, ED A0 80) are let through, to become U+FFFD, and an
unpaired surrogate escape is U+FFFD.
"""

import json
import re

WHITE = " \t\r\n"
NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?")
# The characters that a string is made of; what is none of them is an error.
PIECE = re.compile("|".join((
    r'[\x20\x21\x23-\x5b\x5d-\x7f]+', r'\\["\\/bfnrt]', r"\\u[0-9a-fA-F]{4}",
    "[\xc0-\xdf][\x80-\xbf]", "[\xe0-\xef][\x80-\xbf]{2}", "[\xf0-\xf7][\x80-\xbf]{3}")))
ESCAPE = re.compile(
    r"(?P<whole>\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2})|(?P<lone>\\u[dD][89a-fA-F][0-9a-fA-F]{2})|\\.")
WORDS = {"n": "null", "t": "true", "f": "false"}


class Malformed(Exception):
    """Not JSON, or too deep: offset is on the line of the trouble."""

    def __init__(self, offset):
        super().__init__(offset)
        self.offset = offset


class CutOff(Exception):
    """The text ends in the middle."""


class Node:
    """A value: kind, text (decoded; numbers as sent), members or elements, [start, end)."""

    def __init__(self, kind, start):
        self.kind = kind
        self.start = start
        self.end = start
        self.text = None
        self.repaired = False
        self.children = []


class Parser:
    """Parses values in text[:end]."""

    def __init__(self, text, end, depth_limit=256):
        self.text = text
        self.end = end
        self.depth_limit = depth_limit

    def skip(self, at):
        while at < self.end and self.text[at] in WHITE:
            at += 1
        if at >= self.end:
            raise CutOff
        return at

    def value(self, at, depth=0):
        """The value that begins right at `at`."""
        first = self.text[at]
        node = Node(first, at)
        if first in "{[":
            if depth >= self.depth_limit:
                raise Malformed(at)
            (self.object if first == "{" else self.array)(node, at + 1, depth + 1)
        elif first == '"':
            self.string(node)
        elif first in WORDS:
            self.word(node, WORDS[first])
        elif first in "-0123456789":
            self.number(node)
        else:
            raise Malformed(at)
        return node

    def word(self, node, word):
        node.kind = word
        for number, char in enumerate(word):
            if node.start + number >= self.end:
                raise CutOff
            if self.text[node.start + number] != char:
                raise Malformed(node.start + number)
        node.end = node.start + len(word)

    def number(self, node):
        match = NUMBER.match(self.text, node.start, self.end)
        node.kind = "number"
        tail = match.end() if match else node.start
        rest = self.text[tail:min(tail + 2, self.end)]
        if not match:
            # A minus alone.
            if node.start + 1 >= self.end:
                raise CutOff
            raise Malformed(node.start + 1)
        if (rest[:1] == "." and "." not in match.group() and "e" not in match.group().lower()) or (
                rest[:1] in ("e", "E") and "e" not in match.group().lower()):
            # A fraction or an exponent without digits.
            at = tail + 1
            if rest[:1] in ("e", "E") and self.text[at:at + 1] in ("+", "-"):
                at += 1
            if at >= self.end:
                raise CutOff
            raise Malformed(at)
        node.text = match.group()
        node.end = tail
        json.loads(node.text)

    def string(self, node):
        at = node.start + 1
        while at < self.end and self.text[at] != '"':
            match = PIECE.match(self.text, at, self.end)
            if not match:
                if self.cut(at):
                    raise CutOff
                raise Malformed(at)
            at = match.end()
        if at >= self.end:
            raise CutOff
        node.kind = "string"
        node.end = at + 1
        raw = ESCAPE.sub(lambda match: r"\ufffd" if match["lone"] else match[0], self.text[node.start:node.end])
        as_bytes = raw.encode("latin-1")
        try:
            decoded = as_bytes.decode()
        except UnicodeDecodeError:
            node.repaired = True
            decoded = as_bytes.decode(errors="replace")
        node.text = json.loads(decoded)

    def cut(self, at):
        """Could what is left be the beginning of a piece?"""
        rest = self.text[at:self.end]
        if rest[0] == "\\":
            return bool(re.fullmatch(r"\\(?:u[0-9a-fA-F]{0,3})?", rest))
        need = 1 if "\xc0" <= rest[0] <= "\xdf" else 2 if "\xe0" <= rest[0] <= "\xef" else 3 if "\xf0" <= rest[0] <= "\xf7" else 0
        return 0 < len(rest) <= need and all("\x80" <= char <= "\xbf" for char in rest[1:])

    def array(self, node, at, depth):
        at = self.skip(at)
        if self.text[at] != "]":
            while True:
                child = self.value(at, depth)
                node.children.append(child)
                at = self.skip(child.end)
                if self.text[at] == "]":
                    break
                if self.text[at] != ",":
                    raise Malformed(at)
                at = self.skip(at + 1)
        node.end = at + 1

    def object(self, node, at, depth):
        at = self.skip(at)
        if self.text[at] != "}":
            while True:
                if self.text[at] != '"':
                    raise Malformed(at)
                name = Node('"', at)
                self.string(name)
                at = self.skip(name.end)
                if self.text[at] != ":":
                    raise Malformed(at)
                child = self.value(self.skip(at + 1), depth)
                node.children.append((name, child))
                at = self.skip(child.end)
                if self.text[at] == "}":
                    break
                if self.text[at] != ",":
                    raise Malformed(at)
                at = self.skip(at + 1)
        node.end = at + 1


def quote(text):
    """A JSON string with the shortest escapes."""
    short = {'"': '\\"', "\\": "\\\\", "\b": "\\b", "\f": "\\f", "\n": "\\n", "\r": "\\r", "\t": "\\t"}
    return '"' + "".join(short.get(c) or (f"\\u{ord(c):04x}" if c < " " else c) for c in text) + '"'


def compact(node):
    """The value without white space; and whether bytes in it had to be repaired."""
    if node.kind in "{[":
        repaired = False
        parts = []
        for child in node.children:
            text, wrong = compact(child[1] if node.kind == "{" else child)
            if node.kind == "{":
                text = quote(child[0].text) + ":" + text
                wrong = wrong or child[0].repaired
            repaired = repaired or wrong
            parts.append(text)
        return node.kind + ",".join(parts) + ("}" if node.kind == "{" else "]"), repaired
    if node.kind == "string":
        return quote(node.text), node.repaired
    return node.text if node.kind == "number" else node.kind, False
