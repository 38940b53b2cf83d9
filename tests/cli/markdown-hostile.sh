# What the input says stays text: no link, image, HTML, mention, reference or cell of its own.
cat > in.ndjson <<'END'
{"status":"FAILED","errors":[{"key":"<script>alert(1)</script>","errors":[{"code":"a|b","path":["`x`"],"message":"![i](http://x/i.png) [l](http://x) @user #1 https://x"},{"code":"\\|","message":"| a | b |\n---\n# h"},{"code":"``","message":"\u202egnp.exe \u200b"},{"message":""}]}]}
END
"$ERRATA" list --format markdown in.ndjson
"$ERRATA" summary --format markdown in.ndjson
