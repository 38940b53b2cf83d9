/*
 * How many threads there are processors for.
 */
#ifndef ERRATA_CLI_PROCESSORS_H
#define ERRATA_CLI_PROCESSORS_H

#include <stdint.h>

/* Processors that this process may use: those it is bound to, or fewer where a container's quota is less. 1 at least,
   16 at most: by then all threads wait for the one that joins. */
uint32_t processors_usable(void);

#endif
