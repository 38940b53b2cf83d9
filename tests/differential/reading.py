"""What errata makes of bytes, read a second time and in another way: the documents, rejects and deviations of a source."""

import datetime
import re

from parse import CutOff, Malformed, Parser, WHITE, compact, quote

STATUSES = ("DRAFT", "QUEUED", "RUNNING", "CANCELLED", "COMPLETED", "FAILED")
KINDS = ("unknown_status null_errors name_type fetched_at no_rule_message rule_message_type no_key key_type no_errors no_code "
         "code_type no_expected expected_type no_received received_type no_message message_type no_path path_number path_type "
         "repeated utf8").split()
POSITION = re.compile(r"0|[1-9][0-9]{0,17}")
BARE = re.compile(r"[A-Za-z_$][A-Za-z0-9_$]*")
TIME = re.compile(r"(\d{4}-\d\d-\d\d)[Tt ](\d\d):(\d\d):(\d\d)(?:\.\d+)?([Zz]|[+-]\d\d:\d\d)")


class NotStatus(Exception):
    """JSON, but no status document."""


def seconds(node):
    """fetched_at as Unix seconds; None when it is none."""
    if node.kind == "number":
        return int(node.text) if re.fullmatch(r"-?[0-9]{1,15}", node.text) and -62167219200 <= int(node.text) <= 253402300799 else None
    match = TIME.fullmatch(node.text) if node.kind == "string" and node.text.isascii() else None
    if not match:
        return None
    hour, minute, second = (int(match.group(i)) for i in (2, 3, 4))
    if hour > 23 or minute > 59 or second > 60:
        return None
    try:
        day = datetime.datetime.fromisoformat(match.group(1) + "T00:00:00+00:00")
    except ValueError:
        return None
    zone = match.group(5)
    offset = 0
    if zone not in "Zz":
        if int(zone[1:3]) > 23 or int(zone[4:]) > 59:
            return None
        offset = (int(zone[1:3]) * 60 + int(zone[4:])) * 60 * (-1 if zone[0] == "-" else 1)
    epoch = datetime.datetime(1970, 1, 1, tzinfo=datetime.timezone.utc)
    return (day - epoch).days * 86400 + hour * 3600 + minute * 60 + second - offset


class Document:
    """One status document, from its JSON."""

    def __init__(self, node, digit_names=False):
        self.digit_names = digit_names
        self.deviations = dict.fromkeys(KINDS, 0)
        self.status = self.record = self.collection = self.app = None
        self.fetched_at = 0
        self.rule_errors = []
        if node.kind != "{":
            raise NotStatus
        self.read(node)

    def text(self, node, kind):
        """A scalar that ought to be a string."""
        if node.kind == "string":
            text, repaired = node.text, node.repaired
        else:
            text, repaired = compact(node)
            self.deviations[kind] += 1
        self.deviations["utf8"] += repaired
        return text

    def members(self, node, known, once=()):
        """The known members in order, repeats counted; of those in once the second one is trouble."""
        seen = set()
        for name, child in node.children:
            if name.text not in known:
                continue
            if name.text in seen:
                if name.text in once:
                    raise NotStatus
                self.deviations["repeated"] += 1
            yield name.text, child, name.text not in seen
            seen.add(name.text)

    def read(self, node):
        names = {}
        for name, child, first in self.members(
                node, ("status", "errors", "record_id", "id", "collection_id", "app_id", "fetched_at"), ("errors",)):
            if name == "status":
                self.status = child.text if child.kind == "string" else None
                self.deviations["utf8"] += child.kind == "string" and child.repaired
            elif name == "errors":
                self.errors(child)
            elif not first:
                continue
            elif name == "fetched_at":
                value = seconds(child)
                self.deviations["fetched_at"] += value is None
                self.fetched_at = value or 0
            elif child.kind == "null":
                self.deviations["name_type"] += 1
            elif not (name == "app_id" and child.kind == "string" and child.text == "c"):
                names[name] = self.text(child, "name_type")
        if self.status is None:
            raise NotStatus
        self.deviations["unknown_status"] += self.status not in STATUSES
        self.record = names.get("record_id", names.get("id"))
        self.collection = names.get("collection_id")
        self.app = names.get("app_id")

    def errors(self, node):
        if node.kind == "null":
            self.deviations["null_errors"] += 1
        elif node.kind != "[":
            raise NotStatus
        for child in node.children:
            self.rule_errors.append(self.rule_error(child))

    def rule_error(self, node):
        if node.kind != "{":
            raise NotStatus
        found = {"key": None, "message": None, "errors": None}
        for name, child, _ in self.members(node, found, ("errors",)):
            if name != "errors":
                found[name] = self.text(child, "key_type" if name == "key" else "rule_message_type")
                continue
            if child.kind != "[":
                raise NotStatus
            found["errors"] = [self.issue(issue) for issue in child.children]
        self.deviations["no_key"] += found["key"] is None
        self.deviations["no_rule_message"] += found["message"] is None
        self.deviations["no_errors"] += found["errors"] is None
        return found["key"], found["message"], found["errors"] or []

    def issue(self, node):
        if node.kind != "{":
            raise NotStatus
        found = dict.fromkeys(("code", "expected", "received", "message"))
        json_marks = {}
        path = None
        for name, child, _ in self.members(node, (*found, "path"), ("path",)):
            if name == "path":
                if child.kind != "[":
                    raise NotStatus
                path = [self.segment(segment) for segment in child.children]
            else:
                found[name] = self.text(child, name + "_type")
                json_marks[name] = child.kind != "string"
        for name, text in found.items():
            self.deviations["no_" + name] += text is None
        self.deviations["no_path"] += path is None
        return dict(found, expected_json=json_marks.get("expected", False), received_json=json_marks.get("received", False),
                    path=path or [])

    def segment(self, node):
        """A position as a number, a name as text."""
        if node.kind == "number":
            self.deviations["path_number"] += 1
        elif node.kind != "string":
            self.deviations["path_type"] += 1
            keys = [child for name, child in node.children if name.text == "key"] if node.kind == "{" else []
            if keys and keys[-1].kind in ("string", "number"):
                node = keys[-1]
            else:
                text, repaired = compact(node)
                self.deviations["utf8"] += repaired
                return text
        if POSITION.fullmatch(node.text) and (node.kind == "number" or not self.digit_names):
            return int(node.text)
        self.deviations["utf8"] += node.repaired
        return node.text


def render(path, pattern=False):
    out = ""
    for segment in path:
        if isinstance(segment, int):
            out += "[*]" if pattern else f"[{segment}]"
        elif BARE.fullmatch(segment):
            out += "." * bool(out) + segment
        else:
            out += f"[{quote(segment)}]"
    return out or "(root)"


class Source:
    """Everything in the bytes of a source, with keep_going."""

    def __init__(self, data, name="", framing="auto", strict=False, digit_names=False):
        self.text = data.decode("latin-1")
        self.strict = strict
        self.digit_names = digit_names
        self.framing = framing
        if framing == "auto":
            stem = re.sub(r"\.(gz|zst)$", "", name)
            self.framing = "lines" if stem.endswith((".ndjson", ".jsonl")) else "auto"
        # (number, document, start) and (start, end)
        self.documents = []
        self.rejects = []
        self.read()

    def line(self, offset):
        return self.text.count("\n", 0, offset) + 1

    def column(self, offset):
        return offset - (self.text.rfind("\n", 0, offset) + 1) + 1

    def add(self, node):
        try:
            document = Document(node, self.digit_names)
        except NotStatus:
            document = None
        if document is None or (self.strict and any(document.deviations.values())):
            self.rejects.append((node.start, node.end))
        else:
            self.documents.append((len(self.documents) + len(self.rejects) + 1, document, node.start))

    def line_end(self, at):
        end = self.text.find("\n", at)
        return len(self.text) if end < 0 else end

    def resume(self, start, trouble, to_end):
        """Rejects from start on; returns where reading goes on."""
        end = len(self.text)
        if self.framing == "lines":
            end = self.line_end(trouble)
        elif not to_end:
            at = trouble
            if self.column(at) > 1 or at == start:
                at = self.line_end(at) + 1
            while at < len(self.text) and self.text[at] != "{":
                at = self.line_end(at) + 1
            end = min(at, len(self.text))
        self.rejects.append((start, end))
        return end

    def elements(self, parser, start):
        """An array of documents. Returns its end, or None and (start, place) of the trouble."""
        last = start
        at = start + 1
        try:
            at = parser.skip(at)
            if parser.text[at] == "]":
                return at + 1, None
            while True:
                if parser.text[at] in "{[":
                    # From here on it is the element that is in trouble.
                    last = at
                node = parser.value(at, 1)
                if node.kind == "number" and node.end == parser.end:
                    # It may have been cut.
                    raise CutOff
                self.add(node)
                last = node.end
                at = parser.skip(last)
                if parser.text[at] == "]":
                    return at + 1, None
                if parser.text[at] != ",":
                    raise Malformed(at)
                at = parser.skip(at + 1)
        except Malformed as trouble:
            return None, (last, trouble.offset)
        except CutOff:
            return None, (last, parser.end)

    def value(self, at):
        """The value at `at`, whatever it is. Returns where it ends, or where reading goes on and None."""
        end = self.line_end(at) if self.framing == "lines" else len(self.text)
        if self.text[at] == "[":
            done, trouble = self.elements(Parser(self.text, end, 257), at)
            if trouble is not None:
                return self.resume(*trouble, to_end=True), False
            return done, True
        try:
            node = Parser(self.text, end).value(at)
        except Malformed as trouble:
            return self.resume(at, trouble.offset, False), False
        except CutOff:
            return self.resume(at, end, False), False
        self.add(node)
        return node.end, True

    def read(self):
        at = 3 if self.text.startswith("\xef\xbb\xbf") else 0
        touching = bracketed = next_decides = False
        while True:
            while at < len(self.text) and self.text[at] in WHITE:
                if self.text[at] == "\n" and next_decides:
                    self.framing, next_decides = "lines", False
                touching = False
                at += 1
            if at >= len(self.text):
                return
            if next_decides:
                self.framing, next_decides = "stream", False
            first = self.text[at]
            if touching and not (bracketed and first in "{[") and first in '{["-0123456789tfn':
                at, touching = self.resume(at, at, False), False
                continue
            start = at
            at, touching = self.value(at)
            bracketed = first in "{["
            if touching and self.framing == "auto":
                if "\n" in self.text[start:at]:
                    self.framing = "stream"
                else:
                    next_decides = True


def show(text):
    if text is None:
        return "-"
    return '"' + "".join("\\" + c if c in '"\\' else c if " " <= c < "\x7f" else f"\\u{{{ord(c):X}}}" for c in text) + '"'


def numbered(source):
    """The documents with the number of their record."""
    records = {}
    out = []
    for number, document, start in source.documents:
        key = (document.app, document.collection, document.record if document.record is not None else ("own", len(out)))
        out.append((number, document, start, records.setdefault(key, len(records))))
    return out, len(records)


def dump(source):
    """As tests/tools/dump.c writes it."""
    lines = []
    documents, records = numbered(source)
    shapes = set()
    patterns = set()
    issues = 0
    deviations = {}
    for number, document, start, record in documents:
        lines.append(f"document {number} of source 0, line {source.line(start)}, +{start} status {show(document.status)} record #{record} "
                     f"record {show(document.record)} collection {show(document.collection)} app {show(document.app)} "
                     f"fetched_at {document.fetched_at}")
        for key, message, found in document.rule_errors:
            lines.append(f"    rule error key {show(key)} message {show(message)}")
            for issue in found:
                pattern = tuple(None if isinstance(segment, int) else segment for segment in issue["path"])
                marks = [" json" if issue[name + "_json"] else "" for name in ("expected", "received")]
                lines.append(
                    f"      issue at {show(render(issue['path']))} pattern {show(render(issue['path'], True))} code {show(issue['code'])} "
                    f"expected{marks[0]} {show(issue['expected'])} received{marks[1]} {show(issue['received'])} message {show(issue['message'])}")
                issues += 1
                patterns.add(pattern)
                shapes.add((pattern, *(issue[name] for name in ("code", "expected", "received", "message", "expected_json", "received_json"))))
        for kind, count in document.deviations.items():
            if count:
                total, first = deviations.get(kind, (0, number))
                deviations[kind] = total + count, first
    for start, end in source.rejects:
        lines.append(f"reject of source 0, {source.line(start)}:{source.column(start)} +{start}, {end - start} bytes")
    by_number = {number: index for index, (number, _, _, _) in enumerate(documents)}
    for kind in KINDS:
        if kind in deviations:
            lines.append(f"deviation {kind} {deviations[kind][0]}, first in document #{by_number[deviations[kind][1]]}")
    rule_errors = sum(len(document.rule_errors) for _, document, _, _ in documents)
    lines.append(f"counts: 1 sources, {len(documents)} documents, {records} records, {rule_errors} rule errors, {issues} issues, "
                 f"{len(shapes)} shapes, {len(patterns)} patterns, {sum(count for count, _ in deviations.values())} deviations, "
                 f"{len(source.rejects)} rejects")
    return "\n".join(lines) + "\n"
