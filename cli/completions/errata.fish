# Completion of errata for fish; its lists were made when errata was built.

@commands

# Whether it is this command that is being written; "" asks whether there is none yet, and then it is also summary.
function __errata_is
    for word in (commandline -opc)[2..-1]
        if contains -- $word $__errata_commands
            test $word = "$argv[1]"
            return
        end
    end
    test "$argv[1]" = "" -o "$argv[1]" = summary
end
@options
