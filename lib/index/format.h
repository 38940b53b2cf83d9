/*
 * The written form, as structures: what writing and opening agree on. docs/index-format.md has it to the byte.
 */
#ifndef ERRATA_INDEX_FORMAT_H
#define ERRATA_INDEX_FORMAT_H

#include <stdint.h>

#include <errata/store.h>

#include "index/schema.h"

#define ERRATA__MAGIC                                                                              \
    "\x89"                                                                                         \
    "errata"
#define ERRATA__FORMAT_VERSION 2U
#define ERRATA__BYTE_ORDER_MARK 0x0A0B0C0DU
/* What tables begin at multiples of. */
#define ERRATA__ALIGNMENT 8U

/* Numbers of tables: first the columns, then these. */
#define ERRATA__TABLE_DEVIATIONS ((uint32_t)ERRATA__COLUMNS)
#define ERRATA__TABLE_OPTIONS ((uint32_t)ERRATA__COLUMNS + 1)
#define ERRATA__TABLE_COUNT ((uint32_t)ERRATA__COLUMNS + 2)
/* The most entries of a directory, known and unknown. */
#define ERRATA__MOST_TABLES 4096U

struct errata__header {
    char magic[ERRATA_MAGIC_SIZE];
    uint32_t version;
    uint32_t byte_order_mark;
    uint32_t tables;
    uint32_t entry_size;
    char writer[24];
    /* XXH3-64 of the header with 0 here, and of the directory. */
    uint64_t checksum;
};

/* In an entry's flags: who does not know the table may skip it. */
#define ERRATA__TABLE_OPTIONAL 1U

struct errata__entry {
    uint32_t table;
    uint32_t width;
    uint32_t flags;
    uint32_t reserved;
    uint64_t offset;
    uint64_t rows;
    /* XXH3-64 of the table's bytes and the zeros behind it. */
    uint64_t checksum;
};

struct errata__deviation_row {
    uint32_t kind;
    uint32_t first_document;
    uint64_t count;
};

_Static_assert(sizeof(struct errata__header) == 56 && sizeof(struct errata__entry) == 40 &&
                   sizeof(struct errata__deviation_row) == 16,
               "no gaps");

#endif
