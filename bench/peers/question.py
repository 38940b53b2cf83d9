"""Groups the issues of all documents by key, code and pattern: [key, code, pattern, issues, records]."""
import json
import re
import sys

POSITION = re.compile("0|[1-9][0-9]{0,17}")
BARE = re.compile("[A-Za-z_$][A-Za-z0-9_$]*")


def pattern_of(path):
    text = ""
    for step in path:
        if isinstance(step, int) or POSITION.fullmatch(step):
            text += "[*]"
        elif BARE.fullmatch(step):
            text += "." + step if text else step
        else:
            text += "[" + json.dumps(step, ensure_ascii=False) + "]"
    return text or "(root)"


groups = {}
with open(sys.argv[1], "rb") as file:
    for line in file:
        document = json.loads(line)
        record = document["collection_id"], document["record_id"]
        for error in document.get("errors") or ():
            key = error["key"]
            for issue in error["errors"]:
                group = groups.setdefault((key, issue["code"], pattern_of(issue["path"])), [0, set()])
                group[0] += 1
                group[1].add(record)
for name, (issues, records) in groups.items():
    print(json.dumps([*name, issues, len(records)], ensure_ascii=False))
