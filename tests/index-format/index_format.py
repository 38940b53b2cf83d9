"""Reads the written form of an index as docs/index-format.md has it, with nothing but struct.

As a program, given files, it prints their groups by key, code and pattern, one a line. As a test: the index of each
sample and case file has the counts that the library tells and the groups that errata finds in it, and that of
examples/loans.ndjson holds, issue by issue, what Python's json finds in the file.
"""
import json
import os
import pathlib
import re
import struct
import subprocess
import sys
import tempfile

ABSENT = 0xFFFFFFFF
OPTIONAL = 1
COLUMNS = """
    strings.offset Q, strings.length I, string_bytes.byte B, segments.segment I, patterns.first I,
    shapes.code I, shapes.expected I, shapes.received I, shapes.message I, shapes.pattern I, shapes.flags B,
    issues.shape I, positions.byte B, blocks.offset Q, blocks.rule_error I,
    rule_errors.document I, rule_errors.key I, rule_errors.message I, rule_errors.first I,
    documents.offset Q, documents.line Q, documents.fetched_at q, documents.record I, documents.status I,
    documents.source I, documents.number I, documents.first I,
    records.app I, records.collection I, records.record I,
    sources.name I, sources.scope I, sources.kind B, sources.strict B,
    rejects.offset Q, rejects.length Q, rejects.line Q, rejects.column Q,
    rejects.trouble_offset Q, rejects.trouble_line Q, rejects.trouble_column Q, rejects.source I, rejects.reason I
"""


class Index:
    def __init__(self, data):
        magic, version, order, tables, entry_size, writer, _ = struct.unpack_from("<8s4I24sQ", data)
        assert magic == b"\x89errata\0" and version == 2 and order == 0x0A0B0C0D, "header"
        assert writer.rstrip(b"\0").startswith(b"errata "), writer
        names = [column.split() for column in COLUMNS.split(",")]
        names += [["deviations", "IIQ"], ["options", "Q"]]
        assert tables >= len(names) and entry_size == 40, (tables, entry_size)
        behind = 56 + tables * entry_size
        self.columns = {}
        last = -1
        for number in range(tables):
            table, width, flags, reserved, offset, rows, _ = struct.unpack_from(
                "<4I3Q", data, 56 + number * entry_size)
            assert flags in (0, OPTIONAL) and reserved == 0 and table > last and offset == behind, number
            last = table
            if table >= len(names):
                assert flags == OPTIONAL, f"table {table} is not known, and not optional"
                behind = (offset + width * rows + 7) // 8 * 8
                continue
            name, form = names[table]
            if name == "issues.shape" and len(self.columns["shapes.code"]) <= 65536:
                form = "H"
            assert table == number and width == struct.calcsize("<" + form), name
            end = offset + width * rows
            behind = (end + 7) // 8 * 8
            assert not any(data[end:behind]) and behind <= len(data), name
            if form == "B":
                self.columns[name] = data[offset:end]
            elif len(form) == 1:
                self.columns[name] = struct.unpack_from(f"<{rows}{form}", data, offset)
            else:
                self.columns[name] = list(struct.iter_unpack("<" + form, data[offset:end]))
        assert behind == len(data), "something behind the last table"
        for name, values in self.columns.items():
            group = name.split(".")[0]
            assert len(values) == self.rows(group), name
        self.check_strings()
        self.positions = list(self.decode_positions())

    def rows(self, group):
        return len(next(values for name, values in self.columns.items() if name.split(".")[0] == group))

    def row(self, group, number):
        return {name.split(".")[1]: values[number] for name, values in self.columns.items()
                if name.startswith(group + ".")}

    def parts(self, column, number, group):
        """The range of rows of group that belong to a row."""
        first = self.columns[column]
        return range(first[number], first[number + 1] if number + 1 < len(first) else self.rows(group))

    def text(self, number):
        if number == ABSENT:
            return None
        start = self.columns["strings.offset"][number]
        return bytes(self.columns["string_bytes.byte"][start:start + self.columns["strings.length"][number]]).decode()

    def check_strings(self):
        """In order, closed up, each with its NUL, all different."""
        at = 0
        for number, length in enumerate(self.columns["strings.length"]):
            assert self.columns["strings.offset"][number] == at, "strings are not closed up"
            at += length + 1
            assert self.columns["string_bytes.byte"][at - 1] == 0, "no NUL behind a string"
        assert at == len(self.columns["string_bytes.byte"])
        assert len({self.text(number) for number in range(self.rows("strings"))}) == self.rows("strings")

    def pattern(self, number):
        return [self.columns["segments.segment"][at] for at in self.parts("patterns.first", number, "segments")]

    def decode_positions(self):
        """The positions of each issue; checks the blocks on the way."""
        stream = self.columns["positions.byte"]
        counts = [self.pattern(number).count(ABSENT) for number in range(self.rows("patterns"))]
        at = 0
        for issue, shape in enumerate(self.columns["issues.shape"]):
            if issue % 64 == 0:
                assert self.columns["blocks.offset"][issue // 64] == at, "a block begins elsewhere"
            values = []
            for _ in range(counts[self.columns["shapes.pattern"][shape]]):
                value = shift = 0
                while True:
                    byte = stream[at]
                    at += 1
                    value |= (byte & 0x7F) << shift
                    shift += 7
                    if byte < 0x80:
                        break
                values.append(value)
            yield values
        assert at == len(stream), "positions of no issue"
        assert len(self.columns["blocks.offset"]) == (len(self.columns["issues.shape"]) + 63) // 64

    def path(self, issue):
        """Names as text, positions as numbers."""
        positions = iter(self.positions[issue])
        pattern = self.pattern(self.columns["shapes.pattern"][self.columns["issues.shape"][issue]])
        return [next(positions) if segment == ABSENT else self.text(segment) for segment in pattern]

    def walk(self):
        """Every issue with all that stands above it, in order."""
        for document in range(self.rows("documents")):
            about = self.row("documents", document)
            record = self.row("records", about["record"])
            for rule in self.parts("documents.first", document, "rule_errors"):
                above = self.row("rule_errors", rule)
                assert above["document"] == document, "a rule error of another document"
                for issue in self.parts("rule_errors.first", rule, "issues"):
                    if issue % 64 == 0:
                        assert self.columns["blocks.rule_error"][issue // 64] == rule
                    shape = self.row("shapes", self.columns["issues.shape"][issue])
                    yield {"status": self.text(about["status"]), "line": about["line"],
                           "record": [self.text(record[part]) for part in ("app", "collection", "record")],
                           "key": self.text(above["key"]), "rule_message": self.text(above["message"]),
                           "path": self.path(issue), "flags": shape["flags"],
                           **{part: self.text(shape[part])
                              for part in ("code", "expected", "received", "message")}}

    def pattern_text(self, number):
        """As `borrowers[*].income`: docs/query.md."""
        text = ""
        for segment in self.pattern(number):
            if segment == ABSENT:
                text += "[*]"
                continue
            name = self.text(segment)
            if re.fullmatch(r"[A-Za-z_$][A-Za-z0-9_$]*", name):
                text += ("." if text else "") + name
            else:
                text += f"[{json.dumps(name, ensure_ascii=False)}]"
        return text or "(root)"

    def groups(self):
        """{(key, code, pattern): (issues, distinct records)}"""
        groups = {}
        patterns = [self.pattern_text(number) for number in range(self.rows("patterns"))]
        for document in range(self.rows("documents")):
            record = self.columns["documents.record"][document]
            for rule in self.parts("documents.first", document, "rule_errors"):
                key = self.text(self.columns["rule_errors.key"][rule])
                for issue in self.parts("rule_errors.first", rule, "issues"):
                    shape = self.row("shapes", self.columns["issues.shape"][issue])
                    group = groups.setdefault((key, self.text(shape["code"]), patterns[shape["pattern"]]), [0, set()])
                    group[0] += 1
                    group[1].add(record)
        return {values: (issues, len(records)) for values, (issues, records) in groups.items()}

    def counts(self):
        groups = ("sources", "documents", "records", "rule_errors", "issues", "rejects", "shapes", "patterns", "strings")
        return {**{group.replace("_", " "): self.rows(group) for group in groups},
                "deviations": sum(count for _, _, count in self.columns["deviations"])}


def segment(value):
    text = str(value)
    return int(text) if text.isascii() and text.isdigit() and (text == "0" or text[0] != "0") else text


def as_kept(value):
    """A string as it is, anything else as compact JSON; and whether it is that."""
    if value is None or isinstance(value, str):
        return value, 0
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")), 1


def expected_issues(path):
    for line, text in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        document = json.loads(text)
        for rule in document.get("errors") or []:
            for issue in rule["errors"]:
                expected, first_flag = as_kept(issue.get("expected"))
                received, second_flag = as_kept(issue.get("received"))
                yield {"status": document["status"], "line": line,
                       "record": [document.get(part) for part in ("app_id", "collection_id", "record_id")],
                       "key": rule["key"], "rule_message": rule["message"],
                       "path": [segment(value) for value in issue["path"]],
                       "flags": first_flag | second_flag << 1, "code": issue["code"], "expected": expected,
                       "received": received, "message": issue["message"]}


def index_of(*paths):
    """(the index as read here, the counts that the library tells, the bytes)"""
    done = subprocess.run([os.environ["ERRATA_WRITE_INDEX"], *paths], capture_output=True, check=True)
    return Index(done.stdout), json.loads(done.stderr), done.stdout


def groups_by_errata(data):
    with tempfile.NamedTemporaryFile(suffix=".errata") as file:
        file.write(data)
        file.flush()
        done = subprocess.run([os.environ["ERRATA_PROGRAM"], "group", "--by", "key,code,pattern", "--limit", "0",
                               "--format", "json", file.name], capture_output=True)
    # 4: it holds rejects.
    if done.returncode not in (0, 4):
        sys.exit(done.stderr.decode())
    return {(group["key"], group["code"], group["pattern"]): (group["issues"], group["records"])
            for group in json.loads(done.stdout)["groups"]}


def with_optional_table(data):
    """The same with a table behind the others that nobody knows; checksums are left as they are."""
    tables, = struct.unpack_from("<I", data, 16)
    directory = bytearray(data[:56 + tables * 40])
    struct.pack_into("<I", directory, 16, tables + 1)
    for number in range(tables):
        offset, = struct.unpack_from("<Q", directory, 56 + number * 40 + 16)
        struct.pack_into("<Q", directory, 56 + number * 40 + 16, offset + 40)
    entry = struct.pack("<4I3Q", 1000, 3, OPTIONAL, 0, len(data) + 40, 2, 0)
    return bytes(directory) + entry + data[len(directory):] + b"six...\0\0"


def test():
    root = pathlib.Path(os.environ["ERRATA_SOURCE_ROOT"])
    samples = sorted(path for folder in ("examples", "tests/cases") for pattern in ("*.json", "*.ndjson")
                     for path in (root / folder).glob(pattern))
    assert len(samples) > 50, samples
    loans = root / "examples/loans.ndjson"
    # One by one, all in one index, and none at all.
    for paths in [*([path] for path in samples), samples, []]:
        index, told, data = index_of(*paths)
        walked = sum(1 for _ in index.walk())
        if index.counts() != told or walked != told["issues"]:
            sys.exit(f"{paths}: {index.counts()}, {walked} issues walked; the library says {told}")
        groups = index.groups()
        if "ERRATA_PROGRAM" in os.environ and groups != groups_by_errata(data):
            sys.exit(f"{paths}: {groups}; errata finds {groups_by_errata(data)}")
        if Index(with_optional_table(data)).groups() != groups:
            sys.exit(f"{paths}: an optional table makes a difference")
    print("all files in one index:", json.dumps(index_of(*samples)[0].counts()))
    index, _, _ = index_of(loans)
    for number, (found, expected) in enumerate(zip(index.walk(), expected_issues(loans), strict=True)):
        if found != expected:
            sys.exit(f"issue {number}: {found}\nexpected {expected}")
    print(f"loans.ndjson: {number + 1} issues are as Python reads them")


def main():
    for path in sys.argv[1:]:
        for (key, code, pattern), (issues, records) in Index(pathlib.Path(path).read_bytes()).groups().items():
            print(json.dumps({"key": key, "code": code, "pattern": pattern, "issues": issues, "records": records},
                             ensure_ascii=False))
    if len(sys.argv) == 1:
        test()


if __name__ == "__main__":
    main()
