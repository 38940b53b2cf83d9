# What is redacted is nowhere in the page, not even where the filters stand.
. "$TOOLS/data.sh"; small
"$ERRATA" report --redact record,message,received,expected --record r-1 --where 'message != Small' \
    --old small.ndjson -o page.html small.ndjson
grep -cE '"redacted:[0-9a-f]{16}"' page.html
grep -o '"asked":[^]]*]' page.html
grep -E 'r-1|No such person|Required|"Small' page.html || echo nothing
