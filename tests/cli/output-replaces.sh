# Through a link, the mode kept; a new file goes by the umask.
. "$TOOLS/data.sh"; small
umask 027
echo before > old
chmod 640 old
mkdir elsewhere
mv old elsewhere/
ln -s elsewhere/old link
"$ERRATA" group --by key --format csv -o link small.ndjson
"$ERRATA" group --by key --format csv -o new small.ndjson
stat -c '%A %F %n' link elsewhere/old new
cat elsewhere/old
