printf '\357\273\277 \n\r\n' > empty
"$ERRATA" empty /dev/null
"$ERRATA" group empty
"$ERRATA" list empty
"$ERRATA" list --format json empty
"$ERRATA" list --format csv empty
"$ERRATA" list --format ndjson empty
"$ERRATA" group --format json empty
"$ERRATA" summary --format json empty
