/*
 * Numbers on the command line.
 */
#ifndef ERRATA_BENCH_NUMBER_H
#define ERRATA_BENCH_NUMBER_H

#include <stdbool.h>
#include <stdint.h>

/* Reads a whole number, such as 400M: K, M and G are thousands, millions and milliards. False: it is none. */
bool bench_parse_number(const char *text, uint64_t *number);

#endif
