# 24 lines of 80 columns, two examples each.
for command in "" summary group list index diff check fetch scan; do
    "$ERRATA" $command --help | awk -v name="errata $command" '
        length($0) > 80 { print name ": too long: " $0 }
        /^(Examples:)? +errata / { examples++ }
        END { if (NR > 24) print name ": " NR " lines"; if (examples != 2) print name ": " examples " examples" }'
done
