"""Random sources, the same for the same seed: mostly good documents, some odd, some wrong, some no JSON at all."""

import json
import random

NAMES = ["borrowers", "income", "assets", "a", "b c", "", "*", "(root)", "0", "17", "00", "1e3", "ünï", "🏠", "\u0000", "x\"y\\", "null", "a.b", "\u2028"]
CODES = ["invalid_type", "too_small", "custom", "", "c\u0001"]
KEYS = ["CHECK_INCOME", "CHECK_ASSETS", "K", ""]
TEXTS = ["Required", "Expected number, received string", "", "line\nbreak\ttab", "é € 🏠", "\u007f", "quote \" and \\", "x" * 300]
STATUSES = ["DRAFT", "QUEUED", "RUNNING", "CANCELLED", "COMPLETED", "FAILED", "PAUSED", ""]
TIMES = [0, 1, 1767323045, -1, 253402300799, 253402300800, 1.5, "2026-01-02T03:04:05Z", "2026-01-02t03:04:05.9+02:00", "2026-02-30T00:00:00Z",
         "2016-12-31T23:59:60Z", "soon", "", None, [], {}, True, "2024-02-29 12:00:00-05:30", 10 ** 15, 10 ** 14]
NUMBERS = ["0", "1", "17", "-1", "-0", "1.0", "1e3", "1E+3", "0.5", "999999999999999999", "1000000000000000000", "123456789012345678901234567890"]
# Text that is no JSON, without and with line ends.
RUBBISH = ["oops", "{", "[", "}", "]", ",", "\x0b", "\x0c", "{\"status\":}", "{\"status\":\"FAILED\",}", "\"\x01\"", "tru", "01", "1.", "{'a':1}", "nul",
           "\"\\x\"", "\"\\u12\"", "[1,]", "[{\"status\":\"FAILED\"},{]", "\ufeff", "-", "{\"status\":\"FAILED\"", "\"open", "[tru]", "[{},-]", "[[[["]


class Raw(str):
    """JSON text that stands for itself."""


class Generator:
    def __init__(self, seed):
        self.random = random.Random(seed)
        self.tidy = self.random.random() < 0.3
        self.one_line = True
        # How likely something is odd.
        self.odd = self.random.choice((0, 0.02, 0.1, 0.3))

    def chance(self, p):
        return self.random.random() < p

    def pick(self, *lists):
        return self.random.choice(self.random.choice(lists))

    def blank(self):
        if self.tidy:
            return ""
        return self.random.choice(("", "", "", " ", "\t", "\r", "  ") if self.one_line else ("", "", " ", "\n", "\r\n", "\n  "))

    def string(self, text):
        """A JSON string, with escapes at random; sometimes with what is no UTF-8."""
        out = json.dumps(text, ensure_ascii=self.chance(0.3))
        if self.chance(0.1) and text:
            at = self.random.randrange(len(text))
            units = text[at].encode("utf-16-be")
            escape = "".join(f"\\u{units[i] << 8 | units[i + 1]:04X}" for i in range(0, len(units), 2))
            out = json.dumps(text[:at], ensure_ascii=False)[:-1] + escape + json.dumps(text[at + 1:], ensure_ascii=False)[1:]
        if self.chance(self.odd / 4):
            odd = self.random.choice((r"\ud800", r"\udc00", r"\ud83c\u0041", r"\ud83c\udfe0", r"\/", "\udcc0\udc80", "\udced\udca0\udc80", "\udcf4\udc90\udc80\udc80"))
            out = out[:-1] + odd + '"'
        if self.chance(self.odd / 40):
            out = out[:-1] + self.random.choice(("\udcff", "\udcc3", "\udce2\udc82", "\x02")) + '"'
        return out

    def any(self, depth=0):
        """Any JSON."""
        kind = self.random.randrange(8 if depth < 4 else 6)
        if kind < 2:
            return Raw(self.string(self.pick(NAMES, TEXTS, CODES)))
        if kind < 4:
            return Raw(self.random.choice(NUMBERS))
        if kind < 6:
            return Raw(self.random.choice(("null", "true", "false")))
        if kind == 6:
            return [self.any(depth + 1) for _ in range(self.random.randrange(4))]
        return [(self.pick(NAMES, ("key", "status", "errors", "path")), self.any(depth + 1)) for _ in range(self.random.randrange(4))] or Raw("{}")

    def write(self, value):
        """Lists of pairs are objects."""
        b = self.blank
        if isinstance(value, Raw):
            return str(value)
        if isinstance(value, list):
            if value and isinstance(value[0], tuple):
                return b().join(("{", ("," + b()).join(b() + self.string(name) + b() + ":" + b() + self.write(child) + b() for name, child in value), "}"))
            return b().join(("[", ("," + b()).join(self.write(child) + b() for child in value), "]"))
        if isinstance(value, str):
            return self.string(value)
        return json.dumps(value)

    def scalar(self, *lists):
        return self.any() if self.chance(self.odd) else self.pick(*lists)

    def members(self, members):
        """Some left out, some repeated, some unknown, in any order."""
        out = [pair for pair in members if not self.chance(self.odd)]
        if self.chance(self.odd):
            out += [self.random.choice(members)] if members else []
        if self.chance(0.1):
            out.append((self.pick(NAMES, ("Status", "errors ", "keys", "warnings")), self.any()))
        if not self.tidy:
            self.random.shuffle(out)
        return out or Raw("{}")

    def segment(self):
        if self.chance(self.odd):
            return self.any()
        if self.chance(0.4):
            number = self.random.choice((0, 1, 2, 17, 300, 70000, 10 ** 9))
            return Raw(number) if self.chance(0.7) else str(number)
        return self.pick(NAMES[:5], NAMES)

    def issue(self):
        if self.chance(self.odd / 20):
            return self.any()
        path = [self.segment() for _ in range(self.random.choice((0, 1, 2, 3, 3, 5)))] if not self.chance(self.odd / 10) else self.any()
        issue = [("code", self.scalar(CODES)), ("path", path), ("message", self.scalar(TEXTS))]
        if self.chance(0.6):
            issue += [("expected", self.scalar(CODES)), ("received", self.any() if self.chance(0.2) else self.scalar(CODES))]
        return self.members(issue)

    def rule_error(self):
        if self.chance(self.odd / 20):
            return self.any()
        issues = [self.issue() for _ in range(self.random.choice((0, 1, 1, 2, 5)))]
        return self.members([("message", self.scalar(TEXTS)), ("errors", issues), ("key", self.scalar(KEYS))])

    def document(self):
        out = [("status", self.random.choice(STATUSES[:6]) if not self.chance(self.odd) else self.scalar(STATUSES))]
        if self.chance(0.8):
            out.append(("record_id" if self.chance(0.8) else "id", self.scalar([f"r{i}" for i in range(6)], ("",))))
        if self.chance(0.4):
            out.append(("collection_id", self.scalar(("c1", "c2"))))
        if self.chance(0.3):
            out.append(("app_id", self.scalar(("c", "a"))))
        if self.chance(0.3):
            out.append(("fetched_at", self.random.choice(TIMES)))
        if self.chance(0.8):
            out.append(("errors", [self.rule_error() for _ in range(self.random.choice((0, 1, 2, 4)))] if not self.chance(self.odd / 10) else self.any()))
        return self.members(out)

    def value(self):
        """A document, or an array of some, or something else."""
        if self.chance(self.odd / 4):
            return self.any()
        if self.chance(0.08):
            return [self.document() if not self.chance(self.odd) else self.any() for _ in range(self.random.randrange(5))]
        return self.document()

    def source(self):
        """(bytes, name, framing)"""
        framing = self.random.choice(("auto", "lines", "stream"))
        name = self.random.choice(("a.json", "a.ndjson", "a.jsonl.gz", ""))
        self.one_line = framing == "lines" or name.startswith("a.nd") or self.chance(0.5)
        out = self.random.choice(("", "", "", "\ufeff", "\n \n"))
        for _ in range(self.random.choice((0, 1, 2, 10, 30))):
            text = self.write(self.value())
            if self.chance(self.odd / 4):
                text = self.random.choice(RUBBISH)
            elif self.chance(self.odd / 8):
                text = text[:self.random.randrange(len(text)) + 1]
            out += text + self.random.choice(("\n", "\n", "\n", "\r\n", "\n\n", " ", " ", "") if self.chance(0.3) else ("\n",))
        if self.chance(0.1):
            out = out[:self.random.randrange(len(out) + 1)]
        return out.encode("utf-8", "surrogateescape"), name, framing
