/*
 * SipHash-2-4: a hash that nobody can work out, or test a guess against, without its key.
 */
#ifndef ERRATA_CORE_SIPHASH_H
#define ERRATA_CORE_SIPHASH_H

#include <stddef.h>
#include <stdint.h>

#define ERRATA__SIPHASH_KEY_SIZE 16

/* bytes may be NULL when length is 0. */
uint64_t errata__siphash(const unsigned char key[ERRATA__SIPHASH_KEY_SIZE], const void *bytes,
                         size_t length);

#endif
