# Completion of errata for fish; its lists were made when errata was built.

@commands

# Whether it is this command that is being written; "" asks whether there is none yet, and then it is also summary.
function __errata_is
    for word in (commandline -opc)[2..-1]
        # What follows -- is files.
        if test "$word" = --
            test "$argv[1]" = summary
            return
        end
        if contains -- $word $__errata_commands
            test $word = "$argv[1]"
            return
        end
    end
    test "$argv[1]" = "" -o "$argv[1]" = summary
end

# Words with commas between them, out of these: none stands twice.
function __errata_list
    set -l taken (string split , -- (string replace -r '^--[a-z-]+=' '' -- (commandline -ct)))
    set -l left
    set -e taken[-1]
    for word in $argv
        contains -- $word $taken; or set -a left $word
    end
    test -n "$left"; and __fish_complete_list , "string split ' ' '$left'"
end
@options
