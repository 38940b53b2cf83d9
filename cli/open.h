/*
 * One input: what it is shows in its first bytes, whatever its name. A saved index is mapped where it lies; one
 * that comes from a pipe is first copied to a file without a name.
 */
#ifndef ERRATA_CLI_OPEN_H
#define ERRATA_CLI_OPEN_H

#include <stdbool.h>

#include <errata/reader.h>
#include <errata/store.h>

#include "message.h"

struct opened {
    /* "-" is standard input. */
    const char *name;
    int fd;
    /* Payload otherwise. */
    bool saved;
    /* Read off, to have a look, where they cannot be read twice. */
    char peeked[ERRATA_MAGIC_SIZE];
    size_t n_peeked;
};

/* Is this a file, of payload as far as one can see? Says nothing. */
bool opened_is_payload_file(const char *name);

/* EXIT_INPUT after saying that it cannot be read. Close it in any case. */
enum exit_status opened_open(struct opened *opened, const char *name);
void opened_close(struct opened *opened);

/* Reads payload to its end. */
ERRATA_MUST_CHECK enum errata_status opened_read(const struct opened *opened,
                                                 struct errata_reader *reader,
                                                 enum errata_framing framing,
                                                 struct errata_error *error);

/* Maps a saved index; *size receives its bytes. The index does not need `opened` any more. Says what is
   wrong: EXIT_INPUT, EXIT_MACHINE. */
enum exit_status opened_map(struct errata_index **index, uint64_t *size,
                            const struct opened *opened, bool no_verify);

#endif
