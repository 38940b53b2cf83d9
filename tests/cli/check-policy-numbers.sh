# As JSON writes them; and a byte-order mark, which some editors write.
. "$TOOLS/gate.sh"; runs
printf '\357\273\277{"rules":[{"name":"plain","max_issues":11,"max_records":5},
{"name":"zeros","max_issues":11.00,"max_records":1100e-2},
{"name":"large","max_issues":18446744073709551615,"max_records":1e19},
{"name":"shares","max_records_percent":83.3333340},
{"name":"small","max_records_percent":0.050},
{"name":"smaller","max_records_percent":5E-2},
{"name":"smallest","max_records_percent":1e-6}]}' > policy.json
check --policy policy.json new.ndjson | sed '/^$/,$d'
