# Completion of errata for bash; its lists were made when errata was built.

@commands

# Sets what the value of an option of a command is (kind: file, words, list, term or none; empty when it takes none), and what
# the command takes.
_errata_tell() {
    kind='' words='' options='' operands=''
    case $1 in
@options
    esac
}

_errata() {
    local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD - 1]} command='' i
    local kind words options operands closed ended='' taken

    # Where = parts words, --format=js is three of them.
    if [[ $word == = ]]; then
        word=''
    elif [[ $before == = ]] && ((COMP_CWORD > 2)); then
        before=${COMP_WORDS[COMP_CWORD - 2]}
    fi
    for ((i = 1; i < COMP_CWORD; i++)); do
        if [[ ${COMP_WORDS[i]} == -- ]]; then
            ended=yes
            break
        fi
        if [[ -z $command && " $_errata_commands " == *" ${COMP_WORDS[i]} "* ]]; then
            command=${COMP_WORDS[i]}
        fi
    done
    _errata_tell "${command:-summary}" "$before"
    COMPREPLY=()
    if [[ -n $ended ]]; then
        # What follows -- is files.
        kind=$operands
    elif [[ -z $kind && $word == -* ]]; then
        kind=words words=$options
    elif [[ -z $kind && -z $command ]]; then
        mapfile -t COMPREPLY < <(compgen -W "$_errata_commands" -- "$word")
    fi
    case ${kind:-$operands} in
    words)
        mapfile -t COMPREPLY < <(compgen -W "$words" -- "$word")
        ;;
    list)
        # Words with commas between them: the last one is open, and none stands twice.
        closed=${word%"${word##*,}"}
        for taken in ${closed//,/ }; do
            words=" $words "
            words=${words/" $taken "/ }
        done
        mapfile -t COMPREPLY < <(compgen -P "$closed" -W "$words" -- "${word##*,}")
        compopt -o nospace 2>/dev/null
        ;;
    term)
        # A field alone would get a blank behind it and the quotes closed; what may follow it leaves the term open.
        mapfile -t COMPREPLY < <(compgen -W "$words" -- "$word")
        if ((${#COMPREPLY[@]} == 1)); then
            COMPREPLY=("${COMPREPLY[0]}"{'=','!=','~','!~'})
        fi
        ;;
    file)
        compopt -o filenames 2>/dev/null
        mapfile -t -O "${#COMPREPLY[@]}" COMPREPLY < <(compgen -f -- "$word")
        ;;
    esac
}

complete -F _errata errata
