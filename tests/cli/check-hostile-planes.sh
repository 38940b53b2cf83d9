# Characters beyond the first plane: shown as they are, or, invisible ones, escaped by their two halves; both come back.
. "$TOOLS/gate.sh"
document "$(printf 'r\360\237\230\200')" "$(printf 'K\363\240\201\201')" custom '["a"]' > planes.ndjson
check --write-baseline known.json --by key,record planes.ndjson
cat known.json
check --baseline known.json planes.ndjson
