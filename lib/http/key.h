/*
 * The API key: from the caller or from a file, in memory that is overwritten before it is given back.
 */
#ifndef ERRATA_HTTP_KEY_H
#define ERRATA_HTTP_KEY_H

#include <errata/client.h>

/* With the NUL at its end. */
#define ERRATA__KEY_SIZE 4096

struct errata__key {
    char text[ERRATA__KEY_SIZE];
};

/* Takes the key from the options. ERRATA_OK; ERRATA_MISUSE: there is none, or it cannot stand in a header;
   ERRATA_CANNOT_READ: the file, or others may read it. No message has any of it. */
ERRATA_MUST_CHECK enum errata_status errata__key_take(struct errata__key *key,
                                                      const struct errata_client_options *options,
                                                      struct errata_error *error);
void errata__key_wipe(struct errata__key *key);

#endif
