"""Payloads that a report must stand: hostile texts, many groups, none, one, long names, other scripts."""
import json

# What a page must show and never run, obey or hide.
SCRIPT = "<script>window.pwned=1</script>"
HOSTILE = [
    SCRIPT,
    "</script><script>window.pwned=2</script>",
    "<!-- <script> </bdi></noscript><img src=x onerror=window.pwned=3>",
    "\" onmouseover=\"window.pwned=4\" '&amp; {{data}}",
    "evil\u202egnp.exe\u2066 \u200b|\u2028|\u0007\u001b[31m|\x7f\x85",
    "javascript:window.pwned=5",
    "[31m ${window.pwned=6} `",
]


def issue(code, path, message, **more):
    return {"code": code, "path": path, "message": message, **more}


def document(record, errors, **more):
    return {"record_id": record, "collection_id": "home", "status": "FAILED" if errors else "COMPLETED",
            "errors": errors, **more}


def rule(key, issues, message="Rule failed"):
    return {"message": message, "errors": issues, "key": key}


def hostile():
    documents = []
    for number, text in enumerate(HOSTILE):
        issues = [issue(text, [text, number], text, expected=text, received=text)]
        documents.append(document(text, [rule(text, issues, text)], status=text, collection_id=text))
    return documents


def many(groups):
    """So many groups, most of one record, in 40 keys."""
    documents = []
    for number in range(groups):
        issues = [issue(("invalid_type", "too_small", "custom", "too_big")[number % 4],
                        ["section", f"part{number % 97}", number % 7, f"field{number}"],
                        f"Invalid input: expected number {number}, received undefined",
                        expected="number", received="undefined")] * (1 + number % 3)
        documents.append(document(f"record-{number % 4000:05}", [rule(f"CHECK_{number % 40:02}", issues)]))
    return documents


def long():
    key = "CHECK_" + "VERY_" * 40 + "LONG"
    issues = [issue("custom_" + "x" * 300, ["a" * 400, 3, "b" * 300], "word" * 3000, expected="e" * 5000, received=["r"] * 900)]
    return [document("record-" + "9" * 200, [rule(key, issues)]), document("r-2", [rule("K", issues)])]


def scripts():
    texts = ["يجب أن يكون الدخل رقمًا موجبًا", "収入は正の数でなければなりません", "Доход должен быть положительным",
             "रकम सही नहीं है", "ההכנסה חייבת להיות מספר", "Einkünfte müßten größer sein", "\U0001F4B6 is missing"]
    return [document(f"запись-{number}", [rule(("ПРОВЕРКА_ДОХОДА", "検査_収入", "فحص_الدخل")[number % 3],
                                              [issue("custom", [text[:8], number, "値"], text, expected="число", received="نص")])])
            for number, text in enumerate(texts)]


def single():
    return [document("only", [rule("CHECK_INCOME", [issue("invalid_type", ["income"], "Required", expected="number", received="undefined")])])]


def without_issues():
    return [document(f"good-{number}", []) for number in range(12)]


def write(path, documents):
    with open(path, "w", encoding="utf-8") as file:
        file.writelines(json.dumps(one) + "\n" for one in documents)
    return path
