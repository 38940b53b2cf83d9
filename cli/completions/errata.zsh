#compdef errata
# Completion of errata for zsh; its lists were made when errata was built.

_errata_first() {
    _alternative 'commands:command:{_describe -t commands command known}' 'files:FILE:_files'
}

_errata() {
    local command='' ended='' word
    local -a options
    local -a known=(
@commands
    )

    for word in ${words[2,CURRENT-1]}; do
        # What follows -- is files.
        if [[ $word == -- ]]; then
            ended=yes
            break
        fi
        if (( ${${(@)known%%:*}[(Ie)$word]} )); then
            command=$word
            break
        fi
    done
    case ${command:-summary} in
@options
    esac
    if [[ -z $command && -z $ended ]]; then
        options=('1:command or FILE:_errata_first' $options)
    fi
    _arguments -S $options
}

_errata "$@"
