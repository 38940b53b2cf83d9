#!/usr/bin/env python3
"""Writes the case files, and the list of them in README.md; with --check, tells whether they are up to date.

Many cases hold bytes that no editor shows, so they are written down here, each with what it is for.
The all-codes files are not from here: examples/generator makes them from the real zod 3 and zod 4.
"""

import pathlib
import sys

FOLDER = pathlib.Path(__file__).resolve().parent
LIST_STARTS = "<!-- list -->\n"
MADE_ELSEWHERE = {
    "zod3-all-codes.json": "every issue code of zod 3, as zod 3.25.76 writes it",
    "zod4-all-codes.json": "every issue code of zod 4, as zod 4.6.7 writes it",
}

CASES = {}


def case(name, why, content):
    assert name not in CASES, name
    CASES[name] = (why, content if isinstance(content, bytes) else content.encode())


def issue(path='["borrowers",17,"income"]', message='"Expected number, received string"', more=""):
    return (f'{{"code":"invalid_type","expected":"number","received":"string","path":{path},'
            f'"message":{message}{more}}}')


def rule(*issues, key="CHECK_INCOME"):
    return f'{{"message":"Income must be complete","errors":[{",".join(issues)}],"key":"{key}"}}'


def failed(*rules, front=""):
    return f'{{{front}"status":"FAILED","errors":[{",".join(rules)}]}}'


def named(record, *rules):
    return failed(*rules, front=f'"record_id":"{record}",')


A = named("a", rule(issue()))
B = named("b", rule(issue('["assets",0]'), issue("[]"), key="CHECK_ASSETS"))
DONE = '{"record_id":"done","status":"COMPLETED"}'
PRETTY = """{
  "status": "FAILED",
  "errors": [
    {
      "message": "Income must be complete",
      "errors": [
        {
          "code": "invalid_type",
          "expected": "number",
          "received": "string",
          "path": [
            "borrowers",
            17,
            "income"
          ],
          "message": "Expected number, received string"
        }
      ],
      "key": "CHECK_INCOME"
    }
  ]
}
"""

# ---- Framing -----------------------------------------------------------------------------------

case("empty.json", "no bytes at all: fine, no documents", "")
case("blank.json", "only JSON white space: fine, no documents", " \t\r\n\n  \r\n")
case("bom.json", "a byte-order mark in front: fine", b"\xef\xbb\xbf" + A.encode() + b"\n")
case("bom-alone.json", "a byte-order mark and nothing else", b"\xef\xbb\xbf")
case("bom-cut.json", "the first two bytes of a byte-order mark", b"\xef\xbb" + A.encode() + b"\n")
case("bom-between.ndjson", "a byte-order mark that starts a later line is no JSON",
     A.encode() + b"\n\xef\xbb\xbf" + B.encode() + b"\n" + DONE.encode() + b"\n")
case("crlf.ndjson", "lines that end in CR LF, blank ones among them", f"{A}\r\n\r\n{B}\r\n{DONE}\r\n")
case("blank-lines.ndjson", "blank and white lines around and between documents", f"\n\n{A}\n \t \n\n{B}\n\n\n")
case("no-last-newline.ndjson", "the last line has no LF", f"{A}\n{B}")
case("two-on-a-line.ndjson", "several documents on a line, with and without white space between", f"{A} {B}\n{B}{A}\n")
case("touching.json", "documents that touch: }{", f"{A}{B}{DONE}")
case("touching-arrays.json", "what may touch: }[ ][ ]{", f"{A}[{B}][{A}]{DONE}")
case("pretty.json", "a document over many lines", PRETTY)
case("pretty-several.json", "documents over many lines, one after the other, on and off the same line",
     PRETTY + PRETTY.strip() + PRETTY)
case("tabs-in-pretty.json", "tabs and CR between tokens", PRETTY.replace("  ", "\t").replace("\n", "\r\n"))
case("lf-in-document-lines.ndjson", "lines: a document still open at the line end is cut off there",
     f"{A}\n" + PRETTY + f"{B}\n")
case("rest-of-line.ndjson", "lines: rubbish after a good document on its line", f"{A} rubbish {B}\n{B}\n")
case("every-line-rejected.ndjson", "lines: all rejects, so the hint to try the stream framing", PRETTY)
case("auto-lines.json", "auto: the first document ends on its line, so a later one may not go over several",
     f"{A}\n{PRETTY}{B}\n")
case("auto-stream.json", "auto: the first document goes over several lines, so a later one may too",
     f"{PRETTY}{A}\n{PRETTY}")
case("auto-space-before-lf.json", "auto: white space between the first document and the end of its line",
     f"{A} \t\r\n{B}\n")
case("array.json", "an array of status documents", f"[{A},\n {B},\n {DONE}]\n")
case("array-empty.json", "an array of nothing", "[]\n")
case("array-nested.json", "an array in an array is no status document; what follows is read", f"[{A},[{B}],{DONE}]")
case("array-cut.json", "the input ends in the array, after a good element", f"[{A},\n {B},\n")
case("array-cut-in-element.json", "the input ends in an element of the array", f"[{A},\n {B[:60]}")
case("array-malformed.json", "malformed JSON in an array: the rest of the source is one reject",
     f"[{A},\n {{oops}},\n {B}]\n{DONE}\n")
case("array-mixed.json", "elements that are no status documents, between good ones",
     f'[{A},5,"x",null,{{}},[],true,{B}]')
case("array-lines.ndjson", "lines: an array on a line", f"[{A},{B}]\n{DONE}\n")
case("array-then-more.json", "documents after the array", f"[{A}]\n{B}\n[{DONE}]\n")
case("array-closed-twice.json", "a bracket too many", f"[{A}]]\n{B}\n")

# ---- What is not JSON --------------------------------------------------------------------------

case("malformed-between.ndjson", "a malformed line between good ones", f'{A}\n{{"status":"FAILED",,}}\n{B}\n')
case("malformed-between-stream.json",
     "malformed JSON between documents over many lines: reading goes on at a line that starts with {",
     PRETTY + '{\n  "status": "FAILED",\n  "errors": [ oops ]\n}\n' + PRETTY)
case("malformed-start.json", "a page of HTML before the first document", f"<html>\n<p>502</p>\n</html>\n{PRETTY}")
case("malformed-literal.ndjson", "words that are nearly true, null or a number", "\n".join(
    f'{{"status":"FAILED","x":{x}}}' for x in ("tru", "True", "nul", "NaN", "Infinity", "+1", "01", "1.", ".5", "1e",
     "-", "0x1", "'a'")) + f"\n{A}\n")
case("malformed-punctuation.ndjson", "commas, colons and brackets in the wrong place", "\n".join((
    '{"status":"FAILED",}', '{"status" "FAILED"}', '{"status":"FAILED"]', '{status:"FAILED"}', '{"status":}', '{,}',
    '{"status":"FAILED","errors":[,]}', '{"status":"FAILED"}}', '}', ']', ',', ':',
     '{"status":"FAILED"/* */}')) + f"\n{A}\n")
case("cut-off.json", "the input ends between tokens", A[: A.index('"key"')])
case("cut-off-in-string.json", "the input ends in a string", A[: A.index("received string") + 4])
case("cut-off-in-escape.json", "the input ends in an escape", A[: A.index("Expected number")] + "\\u00")
case("cut-off-in-utf8.json", "the input ends in a UTF-8 sequence",
     A[: A.index("Expected number")].encode() + "ü".encode()[:1])
case("cut-off-last-line.ndjson", "the last of several lines is cut off", f"{A}\n{B}\n{A[:100]}")
case("vertical-tab.json", "a raw 0B between tokens is no white space in JSON", f'{{"status":\v"COMPLETED"}}\n{A}\n')
case("form-feed.json", "a raw 0C between documents is no white space in JSON", f"{A}\n\f{B}\n{DONE}\n")
case("vertical-tab-in-string.json", "a raw 0B in a string",
     A.replace("Expected number", "Expected\vnumber") + f"\n{B}\n")
case("control-in-string.json", "raw control characters in strings; DEL is allowed", "\n".join(
    A.replace("Expected number", f"Expected{c}number") for c in ("\0", "\x01", "\t", "\x1f", "\x7f")) + "\n")
case("nul-between.json", "a raw 00 between documents", f"{A}\n\0{B}\n{DONE}\n")
case("number-touching.json", "a number may not touch what follows", f"1{{}}\n{A}\n")
case("touching-wrong.ndjson", "other values that may not touch", "\n".join(
    (f"{A}1", f'{A}"x"', f'"x"{A}', f"null{A}", f"{A}true", "1[]", "[]1", "1 2", '"a""b"', DONE)) + "\n")

# ---- JSON that is no status document -----------------------------------------------------------

case("scalar-documents.json", "scalars where documents should be", f'{A}\n5\n"text"\nnull\ntrue\n-1.5e3\n{B}\n')
case("not-status-between.ndjson", "an object of another kind between good ones",
     f'{A}\n{{"status":404,"message":"Record not found"}}\n{{}}\n{B}\n')
case("status-missing.json", "no status", '{"record_id":"a","errors":[]}')
case("status-number.json", "a number as status", '{"status":200,"errors":[]}')
case("status-kinds.ndjson", "null, a list, an object, true as status",
     "\n".join(f'{{"status":{x}}}' for x in ("null", "[]", "{}", "true")) + "\n")
case("status-unknown.ndjson", "a status we have not met, another case, the empty one: all kept", "\n".join(
    f'{{"status":{x}}}' for x in ('"PAUSED"', '"failed"', '""', '"FAILED "')) + "\n")
case("status-last.json", "the status after the errors", f'{{"errors":[{rule(issue())}],"status":"FAILED"}}')
case("status-late-missing.json", "errors read, then no status: nothing of them stays",
     f'{{"errors":[{rule(issue())}]}}\n{B}\n')
case("errors-null.json", "null for the document's errors: fine", '{"status":"COMPLETED","errors":null}')
case("errors-empty.json", "no errors in the list", '{"status":"COMPLETED","errors":[]}')
case("errors-object.json", "an object for errors", '{"status":"FAILED","errors":{"message":"m","errors":[],"key":"K"}}')
case("errors-kinds.ndjson", "text, a number, false for errors",
     "\n".join(f'{{"status":"FAILED","errors":{x}}}' for x in ('"x"', "5", "false")) + "\n")
case("errors-twice.json", "a second errors in the document",
     f'{{"status":"FAILED","errors":[{rule(issue())}],"errors":[]}}\n{B}\n')
case("errors-twice-null.json", "a second errors after one that is null",
     f'{{"status":"FAILED","errors":null,"errors":[{rule(issue())}]}}\n{B}\n')
case("errors-twice-in-rule.json", "a second errors in a rule error",
     f'{{"status":"FAILED","errors":[{{"errors":[{issue()}],"errors":[],"key":"K","message":"m"}}]}}\n{B}\n')
case("null-containers.ndjson", "null for a rule error, its errors, an issue, a path", "\n".join(
    (A, failed("null"), failed('{"message":"m","errors":null,"key":"K"}'), failed(rule("null")), failed(rule(issue("null"))), B)) + "\n")
case("wrong-containers.ndjson", "other wrong types for them", "\n".join(
    (A, failed("5"), failed("[]"), failed('{"message":"m","errors":{},"key":"K"}'), failed('{"message":"m","errors":"x","key":"K"}'),
     failed(rule("[]")), failed(rule('"x"')), failed(rule("7")), B)) + "\n")
case("path-twice.json", "a second path in an issue", failed(rule(issue(more=',"path":[]'))) + f"\n{B}\n")
case("path-wrong-kind.ndjson", "text, an object, a number for a path",
     "\n".join(failed(rule(issue(x))) for x in ('"a.b"', '{"0":"a"}', "0")) + f"\n{B}\n")

# ---- Paths -------------------------------------------------------------------------------------

case("path-missing.json", "no path: the empty one, a deviation",
     failed(rule('{"code":"custom","expected":"a","received":"b","message":"m"}')))
case("path-empty.json", "the empty path: (root)", failed(rule(issue("[]"))))
case("path-null.json", "null in a path is a name", failed(rule(issue('["a",null,0]'))))
case("path-object.json", "objects in a path: with a text key, a number key, another key, none", failed(rule(
    issue('[{"key":"a"}]'), issue('[{"key":3}]'), issue('[{"key":null}]'), issue('[{"key":{"key":"x"}}]'), issue('[{}]'),
    issue('[{"x":[1, 2],"key":"b","y":null}]'), issue('[{"key":"a","key":"b"}]'))))
case("path-other.json", "arrays and booleans in a path: compact JSON",
     failed(rule(issue('[[ 1, "a" ],true,false,[],"x"]'))))
case("path-numbers-odd.json", "numbers in a path that are positions, and many that are not", failed(rule(
    *(issue(f'["a",{n},"b"]') for n in ("0", "7", "1.0", "-1", "-0", "1e3", "1E3", "0.5", "999999999999999999",
     "1000000000000000000",
                                        "9223372036854775808", "18446744073709551616", "123456789012345678901234567890")))))
case("path-digit-strings.json", "digits as text are positions, with leading zeros or signs they are names", failed(rule(
    *(issue(f'["a","{n}","b"]') for n in ("0", "7", "17", "00", "01", "+1", "-1", " 1", "1.0", "1e3", "",
     "999999999999999999", "1000000000000000000")))))
case("path-same-place.json", "the same place with its position as a number and as text",
     failed(rule(issue('["borrowers",17,"income"]'), issue('["borrowers","17","income"]'))))
case("path-quoted-names.json", "names that must be quoted", failed(rule(*(issue(f"[{n}]") for n in (
    '"*"', '"**"', '"[*]"', '"(root)"', '""', '"a.b"', '"a b"', '"a[0]"', r'"\""', r'"\\"', r'"\n"', r'"\u0000"', '"ü"',
     '"名"',
    r'"\ud83c\udfe0"', '"2nd home"', '"$ref"', '"_x"', '"a-b"', '"null"', '"true"')))))
case("path-deep.json", "a path of 300 segments",
     failed(rule(issue("[" + ",".join(f'"n{i}",{i}' for i in range(150)) + "]"))))
case("path-positions-many.json", "positions alone",
     failed(rule(issue("[0,0,0]"), issue("[1,2,3]"), issue("[100000,0,4294967296]"))))
case("path-first-and-last.json", "the path before and after the other members", failed(rule(
    '{"path":["a",1],"code":"custom","message":"m"}', '{"code":"custom","message":"m","path":["a",2]}')))

# ---- Scalars, repeats, unknown members -----------------------------------------------------------

case("expected-any-json.json", "expected and received as any JSON: compact, in order, numbers as sent, shortest escapes",
     failed(rule(
    '{"code":"invalid_literal","expected": 5 ,"received": [ 1 , { "b" : null , "a" : [ ] } , true ],"path":[],"message":"m"}',
    r'{"code":"invalid_literal","expected":1.50e+2,"received":"\u0041\/\u000a\u001f\u00fc\"","path":[],"message":"m"}',
    r'{"code":"invalid_literal","expected":true,"received":{"\u0041\/":"\u0009\u000a\u001F\u007f\u00fc\\","é":-0},"path":[],"message":"m"}',
    '{"code":"invalid_literal","expected":null,"received":{},"path":[],"message":"m"}',
    '{"code":"invalid_literal","expected":false,"received":[[],[[]],{"a":{}}],"path":[],"message":"m"}',
    '{"code":"invalid_literal","expected":"null","received":"[]","path":[],"message":"m"}',
    '{"code":"invalid_literal","expected":"","path":[],"message":"m"}')))
case("big-integers.json", "numbers greater than 64 bits, kept as sent", failed(rule(
    '{"code":"c","expected":9223372036854775807,"received":9223372036854775808,"path":[],"message":"m"}',
    '{"code":"c","expected":-9223372036854775809,"received":123456789012345678901234567890,"path":[],"message":"m"}',
    '{"code":"c","expected":1e400,"received":-1E-400,"path":[],"message":"m","skipped":1e999}')))
case("scalars-wrong.json", "a number, an object, a list, null for code, message and key", failed(
    '{"message":5,"errors":[{"code":1,"path":[],"message":null}],"key":null}',
    '{"message":{"a": 1},"errors":[{"code":["x"],"path":[],"message":{"text": "m"}}],"key":7}'))
case("scalars-missing.json", "an issue and a rule error without their scalars",
     failed('{"errors":[{}]}', '{"errors":[{"path":["a"]}]}', "{}"))
case("scalars-empty.json", "empty strings are present",
     failed('{"message":"","errors":[{"code":"","expected":"","received":"","path":[""],"message":""}],"key":""}'))
case("rule-error-without-errors.json", "a rule error without errors: no issues, a deviation",
     failed('{"message":"m","key":"CHECK_INCOME"}', rule(issue())))
case("rule-error-empty.json", "a rule error with an empty list", failed(rule(), rule(issue())))
case("repeated-scalars.json", "of repeated scalars the last wins", failed(
    '{"message":"first","key":"FIRST","errors":[{"code":"first","code":"last","expected":"e1","expected":2,"received":3,"received":"r2",'
    '"path":[],"message":"first","message":"last"}],"message":"last","key":"LAST"}', front='"status":"QUEUED",'))
case("repeated-wrong-then-right.json", "repeats of different types: the last still wins", failed(rule(
    '{"code":5,"code":"right","path":[],"message":"right","message":[1]}')))
case("repeated-status.ndjson", "a status repeated with another type",
     '{"status":1,"status":"FAILED"}\n{"status":"FAILED","status":1}\n')
case("repeated-naming.json", "of repeated naming members the first wins",
     '{"record_id":"r1","record_id":"r2","collection_id":"c1","collection_id":"c2","app_id":"a1","app_id":"a2","fetched_at":1,"fetched_at":2,"status":"COMPLETED"}')
case("record-id-and-id.json", "record_id goes before id, wherever it stands",
     '{"id":"wrong","record_id":"right","status":"COMPLETED"}\n{"record_id":"right","id":"wrong","status":"COMPLETED"}\n{"id":"right","status":"COMPLETED"}\n')
case("naming-wrong.ndjson", "numbers, null and lists as names", "\n".join(
    f'{{"status":"COMPLETED","record_id":{x},"collection_id":{x},"app_id":{x}}}' for x in ("17", "null", "[1, 2]",
     '""')) + "\n")
case("naming-last.json", "names after the errors",
     f'{{"status":"FAILED","errors":[{rule(issue())}],"fetched_at":"2026-01-02T03:04:05Z","app_id":"a","collection_id":"c","record_id":"r"}}')
case("same-record-again.ndjson", "the same record three times, and two documents without a name",
     f"{A}\n{A}\n{A.replace('FAILED', 'COMPLETED')}\n" + '{"status":"FAILED"}\n' * 2)
case("app-id-c.ndjson", "the app id c counts as absent", "\n".join(
    f'{{"record_id":"r",{app}"collection_id":"k","status":"COMPLETED"}}' for app in ('"app_id":"c",', "",
     '"app_id":"C",', '"app_id":"cc",')) + "\n")
case("unknown-members.json", "members we do not know, at every level, with every kind of value", (
    '{"x":{"status":"NO","errors":[1]},"status":"FAILED","meta":[[{"errors":5}]],"errors":[{"x":null,"message":"m","warnings":[{"path":3}],'
    '"errors":[{"code":"c","params":{"path":5,"errors":[{"key":[]}]},"path":["a"],"":1,"message":"m","keys":["x"],"ok":true}],"key":"K","y":-1.5e3}],"z":""}'))
case("issue-with-inner-errors-and-key.json", "a zod 4 issue: errors, key, issues and path inside values that are skipped",
     failed(rule(
    '{"code":"invalid_union","errors":[[{"code":"invalid_type","errors":[[{"key":"NO","path":["no"]}]],"path":["no"],"message":"no"}],[]],"path":["yes",0],"message":"Invalid input"}',
    '{"code":"invalid_element","origin":"map","key":{"errors":[{"key":"NO","message":"no","path":"no"}]},"issues":[{"code":"no","path":["no",1],"message":"no"}],"path":[],"message":"m"}',
    '{"key":"NO","errors":"no","code":"custom","status":"NO","path":["a"],"input":{"status":"NO","errors":[{"errors":null,"key":"NO"}],"path":null},"message":"m"}')))
case("key-first.json", "a rule error with its key before its errors",
     failed(f'{{"key":"CHECK_FIRST","errors":[{issue()}],"message":"m"}}'))
case("escaped-keys.json", "member names written with escapes", (
    '{"\\u0073tatus":"FAILED","errors":[{"m\\u0065ssage":"m","\\u0065rrors":[{"c\\u006fde":"c","p\\u0061th":["\\u0061",0],"messag\\u0065":"m"}],"k\\u0065y":"K"}]}'))
case("near-keys.json", "member names that are nearly ours", (
    '{"Status":"NO","status ":"NO","status\\u0000":"NO","statu":"NO","status":"COMPLETED","errors2":1,"error":2}'))
case("message-is-json.json", "a rule error whose message is the JSON text of its issues", failed(
    r'{"message":"[\n  {\n    \"code\": \"custom\",\n    \"path\": [\n      \"a\"\n    ]\n  }\n]","errors":[{"code":"custom","path":["a"],"message":"m"}],"key":"K"}'))
case("deviations-all.json", "every kind of deviation in one document", failed(
    '{"message":1,"key":null}', "{}",
    rule('{}', '{"code":1,"expected":2,"received":null,"path":[0,1.5,null,{"key":"k"},{},[],true],"message":[]}',
         '{"code":"a","code":"b","path":["c"],"message":"d","message":"e"}').replace('"CHECK_INCOME"', '"K","key":"L"'),
    front='"record_id":1,"record_id":"x","id":"y","collection_id":null,"app_id":[],"fetched_at":"soon","status":"QUEUED",',
).encode().replace(b'"message":"d"', b'"message":"d\xc0\x80"').replace(b'"message":"e"',
     b'"message":"e\xed\xa0\x80\\ud800"'))

# ---- Time --------------------------------------------------------------------------------------


def fetched(*values):
    return "".join(f'{{"record_id":"r{i}","fetched_at":{value},"status":"COMPLETED"}}\n' for i, value in enumerate(values))


case("fetched-at-seconds.json", "Unix seconds", fetched("1767323045"))
case("fetched-at-z.json", "RFC 3339 with Z", fetched('"2026-01-02T03:04:05Z"'))
case("fetched-at-offset.ndjson", "RFC 3339 with offsets",
     fetched('"2026-01-02T05:04:05+02:00"', '"2026-01-01T21:34:05-05:30"', '"2026-01-02T03:04:05-00:00"'))
case("fetched-at-fraction.json", "RFC 3339 with a fraction of a second",
     fetched('"2026-01-02T03:04:05.999999999Z"', '"2026-01-02T03:04:05.1+00:00"'))
case("fetched-at-case.ndjson", "RFC 3339 allows t, z and a blank",
     fetched('"2026-01-02t03:04:05z"', '"2026-01-02 03:04:05Z"'))
case("fetched-at-edges.ndjson", "leap days, leap seconds, the first and last years, 0", fetched(
    "0", "1", '"1970-01-01T00:00:00Z"', '"2024-02-29T00:00:00Z"', '"2000-02-29T23:59:59Z"', '"2016-12-31T23:59:60Z"',
    '"9999-12-31T23:59:59Z"', '"0001-01-01T00:00:00Z"', '"1969-12-31T23:59:59Z"', "253402300799", "9223372036854775807"))
case("fetched-at-wrong.ndjson", "what is no time: deviations", fetched(
    '"yesterday"', '""', '"2026-01-02"', '"2026-01-02T03:04:05"', '"2026-02-30T00:00:00Z"', '"2023-02-29T00:00:00Z"',
     '"2026-13-01T00:00:00Z"',
    '"2026-01-02T24:00:00Z"', '"2026-01-02T03:60:00Z"', '"2026-01-02T03:04:05.Z"', '"2026-01-02T03:04:05Z "', '"1767323045"',
    "-1", "1.5", "1e9", "9223372036854775808", "null", "true", "[]", "{}"))

# ---- Text --------------------------------------------------------------------------------------


def with_message(raw):
    return failed(rule(issue(message="@"))).encode().replace(b"@", b'"' + raw + b'"') + b"\n"


case("escapes.json", "every escape of JSON", with_message(rb'\" \\ \/ \b \f \n \r \t \u0041 \u00fC \u20AC \u007f'))
case("unicode.json", "UTF-8 of two, three and four bytes, the last code point, non-characters",
     with_message("ü € 名 🏠 \U0010ffff \uffff \ufdd0 e\u0301".encode()))
case("nul-in-string.json", "an escaped NUL in a message, a key, a path and a name",
     A.replace("Expected number", r"Exp\u0000ected").replace("CHECK_INCOME", r"CHECK\u0000")
     .replace('"income"', r'"in\u0000come"').replace('"a"', r'"a\u0000"', 1) + "\n")
case("surrogate-pair.json", "a pair of surrogate escapes is one code point",
     with_message(rb"home \ud83c\udfe0\uD83C\uDFE0 end"))
case("surrogate-lone-high.json", "a high surrogate alone: in the middle, at the end, before another escape",
     with_message(rb"a \ud800 b \udbff\n \ud83d"))
case("surrogate-lone-low.json", "a low surrogate alone", with_message(rb"a \udc00 b \udfff"))
case("surrogate-high-then-u0041.json", "a high surrogate before an escape that is no surrogate",
     with_message(rb"a \ud83d\u0041 b"))
case("surrogate-high-high-low.json", "two high ones and a low one: the last two are a pair",
     with_message(rb"\ud83c\ud83c\udfe0 \udfe0\ud83c"))
case("surrogate-after-backslash.json", "an escaped backslash before u: no escape at all",
     with_message(rb"\\ud800 \\\ud800 \\\\ud800"))
case("surrogate-everywhere.json", "lone surrogates in a path, in names of skipped members, in expected and in received",
     failed(rule(
    r'{"code":"c\ud800","expected":"\udc00","received":["\ud800",{"\udfff":"\ud83c\udfe0"}],"path":["\ud800","a"],"\ud800":1,"message":"m"}')))
case("replacement-escape.json", "U+FFFD written as an escape and as bytes is ordinary text",
     with_message(rb"\ufffd \uFFFD " + "\ufffd".encode()))
case("overlong-utf8.json", "C0 80, an overlong NUL", with_message(b"a\xc0\x80b"))
case("raw-surrogate-utf8.json", "ED A0 80, a surrogate in UTF-8", with_message(b"a\xed\xa0\x80b"))
case("invalid-utf8.json", "FF, which is never UTF-8", with_message(b"a\xffb") + B.encode() + b"\n")
case("invalid-utf8-kinds.ndjson", "other bytes that are not UTF-8: lone, cut, overlong, beyond the last code point",
     b"".join(
    with_message(b"a" + raw + b"b") for raw in (b"\x80", b"\xc3", b"\xe2\x82", b"\xf0\x9f\x8f", b"\xe0\x80\x80",
     b"\xf0\x80\x80\x80", b"\xf4\x90\x80\x80", b"\xf8\x88\x80\x80\x80", b"\xc1\xbf")) + B.encode() + b"\n")
case("invalid-utf8-before-quote.ndjson", "a cut sequence right before the closing quote, and before a backslash",
     b"".join(
    with_message(raw) for raw in (b"a\xc3", b"a\xe2\x82", b"a\xf0\x9f\x8f", b"a\xc3\\n", b"a\xe2\\\"",
     b"\xff")) + B.encode() + b"\n")
case("invalid-utf8-outside.json", "FF between tokens, and in a member that is skipped",
     b'{"status":\xff"FAILED"}\n{"x":"\xff","status":"FAILED"}\n' + B.encode() + b"\n")
case("escapes-malformed.ndjson", "escapes that JSON does not have",
     b"".join(with_message(raw) for raw in (rb"\x41", rb"\u12", rb"\u12G4", rb"\'", rb"\a", rb"\U0041",
         rb"\ud83c\u12")) + B.encode() + b"\n")
case("hostile-text.json", "terminal escapes, bidi controls and markup in a message", with_message(
    rb"\u001b[31mred\u001b[0m \u202eevil\u202c \u009b5m <script>alert(1)</script> | `x` \r\n=1+1" + "\u202e\u2066".encode()))

# ---- Depth -------------------------------------------------------------------------------------

case("deep-skipped.json", "a skipped value, 200 deep", failed(rule(issue(more=',"input":' + "[" * 200 + "]" * 200))))
case("deep-kept.json", "a received value, 200 deep",
     failed(rule('{"code":"c","path":[],"message":"m","received":' + '{"a":[' * 100 + "]}" * 100 + "}")))
case("too-deep.json", "deeper than the limit of 256", '{"status":"FAILED","x":' + "[" * 300 + "]" * 300 + f"}}\n{B}\n")
case("brackets-open.json", "brackets that are never closed", "[" * 300)


def readme():
    text = (FOLDER / "README.md").read_text()
    head = text[: text.index(LIST_STARTS)] + LIST_STARTS
    rows = dict(MADE_ELSEWHERE, **{name: why for name, (why, _) in CASES.items()})
    shown = {name: why.replace("|", "\\|").replace("<", "&lt;") for name, why in rows.items()}
    return head + "\n| file | what it is for |\n|---|---|\n" + "".join(f"| `{n}` | {shown[n]} |\n" for n in sorted(shown))


def main():
    wanted = {name: content for name, (_, content) in CASES.items()}
    wanted["README.md"] = readme().encode()
    present = {path.name for path in FOLDER.iterdir() if path.suffix in (".json", ".ndjson")}
    stray = present - wanted.keys() - MADE_ELSEWHERE.keys()
    stale = [name for name, content in wanted.items()
             if not (FOLDER / name).exists() or (FOLDER / name).read_bytes() != content]
    if "--check" in sys.argv[1:]:
        for name in sorted(stray) + stale:
            print(f"{name} is not what make.py makes", file=sys.stderr)
        return 1 if stray or stale else 0
    for name in stray:
        (FOLDER / name).unlink()
    for name in stale:
        (FOLDER / name).write_bytes(wanted[name])
    return 0


if __name__ == "__main__":
    sys.exit(main())
