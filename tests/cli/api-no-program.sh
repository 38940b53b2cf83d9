# errata alone says what is missing, and where it looked.
export LD_LIBRARY_PATH="${ERRATA%/cli/errata}/lib${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}"
mkdir bin
cp "$ERRATA" bin/errata
bin/errata scan --collection c 2> said || echo "$?"
sed "s|$PWD|HERE|g" said
# What is there is run, with the words and the environment as they are.
printf '#!/bin/sh\necho "$CORTEX_APP_ID:" "$@"\nexit 5\n' > bin/errata-http
chmod +x bin/errata-http
CORTEX_APP_ID=a bin/errata fetch --collection c 'r 1' -- -r2 || echo "$?"
mkdir libexec
mv bin/errata-http libexec
ln -s bin/errata elsewhere
./elsewhere scan --stats --collection c || echo "$?"
chmod -x libexec/errata-http
bin/errata scan --collection c 2> said || echo "$?"
sed "s|$PWD|HERE|g" said
