# In byte order of names; hidden names and links to folders left out; links to files read; a pipe is no file.
document='{"status":"FAILED","errors":[{"message":"m","errors":[{"message":"x"}],"key":"K"}]}'
mkdir -p in/b in/B/deep in/.hidden
for file in in/b/2.json in/b/10.json in/B/deep/z.json in/a.json in/Z.json in/.hidden/no.json in/.no.json; do
    echo "$document" > "$file"
done
ln -s ../a.json in/b/link.json
ln -s .. in/b/loop
mkfifo in/pipe
"$ERRATA" list --format csv in | cut -d, -f14
echo --
"$ERRATA" list --format csv in/b/ in/a.json | cut -d, -f14
