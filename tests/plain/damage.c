/*
 * A small saved index is damaged in every way there is, and then opened, with and without verification, and asked everything:
 * each byte changed, each length cut off, tables swapped, each number of the header and directory and each id and
 * offset set to what might lead astray, with right checksums and wrong ones. Nothing may crash or read
 * outside the file (which ends at a page that cannot be read), and what verification is for must be refused.
 */
#include <sys/mman.h>
#include <unistd.h>

#include "../unit/damaged.h"

static struct bytes good;
/* The file under test ends where a page begins that cannot be read. */
static char *fence;
static unsigned long tried;
static unsigned long refused;

static void fail(const char *what, const char *how, size_t at) {
    fprintf(stderr, "damage: %s, %s %zu\n", what, how, at);
    exit(1);
}

static void make_good(void) {
    bool opened;
    good = damaged_good();
    if (damaged_ask(good.data, good.length, false, &opened) != NULL || !opened) {
        fail("the good index is not good", "bytes", good.length);
    }
}

/* Tries what is before the fence. must_refuse: it must not be opened with verification. */
static void try_both(size_t length, bool must_refuse, const char *how, size_t at) {
    for (int no_verify = 0; no_verify < 2; no_verify++) {
        bool opened;
        const char *wrong = damaged_ask(fence - length, length, no_verify == 1, &opened);
        if (wrong != NULL) {
            fail(wrong, how, at);
        }
        if (opened && must_refuse && no_verify == 0) {
            fail("not refused", how, at);
        }
        tried++;
        refused += !opened;
    }
}

/* A fresh copy of the good file. */
static char *fresh(void) {
    return memcpy(fence - good.length, good.data, good.length);
}

static void flip_bytes(void) {
    static const unsigned char masks[] = {0x01, 0x80, 0xFF};
    for (size_t at = 0; at < good.length; at++) {
        for (size_t i = 0; i < sizeof masks; i++) {
            fresh()[at] ^= (char)masks[i];
            try_both(good.length, true, "byte flipped at", at);
        }
        char *copy = fresh();
        copy[at] ^= (char)masks[at % 3];
        damaged_mend(copy, good.length);
        try_both(good.length, false, "byte flipped and mended at", at);
    }
}

/* Lengths are multiples of 8 here, as the file is to end at the fence; the others begin at an aligned place. */
static void cut(void) {
    for (size_t length = 0; length < good.length; length++) {
        size_t room = (length + 7) & ~(size_t)7;
        bool opened;
        memcpy(fence - room, good.data, length);
        for (int no_verify = 0; no_verify < 2; no_verify++) {
            const char *wrong = damaged_ask(fence - room, length, no_verify == 1, &opened);
            if (wrong != NULL || opened) {
                fail(wrong != NULL ? wrong : "not refused", "cut at", length);
            }
            tried++;
            refused++;
        }
    }
    for (size_t more = 8; more <= 64; more *= 2) {
        memset(fence - more, 0, more);
        memcpy(fence - more - good.length, good.data, good.length);
        try_both(good.length + more, true, "bytes behind the end:", more);
    }
}

static void swap_tables(void) {
    uint32_t tables = ((const struct errata__header *)(const void *)good.data)->tables;
    for (uint32_t a = 0; a < tables; a++) {
        for (uint32_t b = a + 1; b < tables; b++) {
            char *copy = fresh();
            struct errata__entry *entries = damaged_entries(copy);
            struct errata__entry entry = entries[a];
            /* Only where the bytes are. */
            entries[a].offset = entries[b].offset;
            entries[b].offset = entry.offset;
            damaged_mend(copy, good.length);
            try_both(good.length, false, "tables swapped:", a * 1000 + b);
            copy = fresh();
            entries[a] = entries[b];
            entries[b] = entry;
            damaged_mend(copy, good.length);
            try_both(good.length, true, "entries swapped:", a * 1000 + b);
            if (entries[a].rows * entries[a].width != entries[b].rows * entries[b].width) {
                continue;
            }
            /* The bytes of tables of one size. */
            copy = fresh();
            memcpy(copy + entries[a].offset, good.data + entries[b].offset,
                   entries[a].rows * entries[a].width);
            memcpy(copy + entries[b].offset, good.data + entries[a].offset,
                   entries[a].rows * entries[a].width);
            damaged_mend(copy, good.length);
            try_both(good.length, false, "bytes of tables swapped:", a * 1000 + b);
        }
    }
}

/* Numbers of header and directory: at their most, beside what they are, and what overflows. */
static void change_directory(void) {
    size_t end = sizeof(struct errata__header) +
                 ((const struct errata__header *)(const void *)good.data)->tables *
                     sizeof(struct errata__entry);
    for (size_t at = 8; at < end; at += 4) {
        uint32_t value;
        memcpy(&value, good.data + at, sizeof value);
        const uint32_t values[] = {0,         1,         value + 1,  value - 1, UINT32_MAX,
                                   INT32_MAX, 1U << 31U, value + 64, value ^ 8};
        for (size_t i = 0; i < sizeof values / sizeof values[0]; i++) {
            char *copy = fresh();
            memcpy(copy + at, &values[i], sizeof value);
            damaged_mend(copy, good.length);
            try_both(good.length, false, "number of the directory at", at);
        }
    }
}

/* Cells of all columns, and 64-bit ones as two. */
static void change_cells(void) {
    for (uint32_t column = 0; column < ERRATA__COLUMNS; column++) {
        struct errata__entry entry = damaged_entries(good.data)[column];
        size_t width = entry.width < 4 ? entry.width : 4;
        for (size_t at = 0; at < entry.rows * entry.width; at += width) {
            uint32_t value = 0;
            memcpy(&value, good.data + entry.offset + at, width);
            const uint32_t values[] = {UINT32_MAX, UINT32_MAX - 1, 0, value + 1, value - 1};
            for (size_t i = 0; i < sizeof values / sizeof values[0]; i++) {
                char *copy = fresh();
                memcpy(copy + entry.offset + at, &values[i], width);
                damaged_mend(copy, good.length);
                try_both(good.length, false, "cell of the table", column * 100000 + at);
            }
        }
    }
}

int main(void) {
    make_good();
    long page = sysconf(_SC_PAGESIZE);
    size_t room = (good.length + 4096 + (size_t)page) / (size_t)page * (size_t)page;
    char *pages =
        mmap(NULL, room + (size_t)page, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (pages == MAP_FAILED || mprotect(pages + room, (size_t)page, PROT_NONE) != 0) {
        return 2;
    }
    fence = pages + room;
    flip_bytes();
    cut();
    swap_tables();
    change_directory();
    change_cells();
    printf("%zu bytes; %lu files tried, %lu of them refused when opened\n", good.length, tried,
           refused);
    bytes_free(&good);
    munmap(pages, room + (size_t)page);
    return 0;
}
