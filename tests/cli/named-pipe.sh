# A named pipe is opened once: whoever writes to it would be cut off otherwise.
printf '{"status":"FAILED","errors":[{"key":"K","errors":[{}]}]}\n' >file.json
mkfifo pipe
(cat file.json && sleep 0.1 && cat file.json) >pipe &
"$ERRATA" group --by source,key --format csv file.json pipe file.json
wait $!
