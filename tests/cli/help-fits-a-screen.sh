# All of it on 24 lines of 80 columns, with the prompt below: two examples each, and where there is more; for every command that
# errata --help names.
commands=$("$ERRATA" --help | sed -n 's/^  \([a-z][a-z]*\)  *[A-Z].*/\1/p')
[ "$(echo $commands | wc -w)" -ge 8 ] || echo "only these commands: $commands"
for command in "" $commands; do
    "$ERRATA" $command --help | awk -v name="errata${command:+ $command}" -v page="errata${command:+-$command}" '
        length($0) > 79 { print name ": too long: " $0 }
        /^(Examples:)? +errata / { examples++ }
        { last = $0 }
        END { if (NR > 23) print name ": " NR " lines"; if (examples != 2) print name ": " examples " examples"
              if (index(last ",", "More:      man " page ",") != 1) print name ": ends in " last }'
done
