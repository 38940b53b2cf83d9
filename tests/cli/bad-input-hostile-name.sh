name=$(printf 'a\033[2Jb\nc')
printf '{"status":}' > "./$name"
"$ERRATA" "./$name"
