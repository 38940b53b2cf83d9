/*
 * Looking at a span: a stretch of the input that may be known, such as an issue object. What is done to every byte of
 * it is here, with the vectors that the processor has: finding where it ends, hashing it with every digit taken for
 * `0`, comparing it with one that was seen before.
 *
 * Every kernel gives the same hash for the same bytes, and none reads behind what it is told may be read.
 */
#ifndef ERRATA_READ_LOOK_H
#define ERRATA_READ_LOOK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A span is looked at in blocks; at the first ones always, since guessing how many there are costs more. Three hold
   most issues. */
#define ERRATA__BLOCK_SIZE 64U
#define ERRATA__FIRST_BLOCKS 3U
#define ERRATA__FIRST_SIZE ((size_t)ERRATA__BLOCK_SIZE * ERRATA__FIRST_BLOCKS)
#define ERRATA__MOST_BLOCKS 32U
#define ERRATA__SPAN_MOST ((size_t)ERRATA__BLOCK_SIZE * ERRATA__MOST_BLOCKS)

/* Secret words that go into the hash. */
#define ERRATA__SEEDS 24U

/* Where a span ends: behind the first byte `close` that leaves no `open` without one, strings not heeded. It is a guess,
   and no more than that: a wrong one finds nothing that is known. */
struct errata__ends {
    unsigned char close;
    unsigned char open;
    /* Those open before the first byte. */
    uint8_t before;
};

struct errata__look {
    uint64_t hash;
    /* 0: no end within ERRATA__SPAN_MOST, or within what may be read. */
    uint32_t length;
    /* length is 0 for the second reason. */
    bool cut;
    /* A bit for each byte of the blocks looked at: is it a digit? */
    uint64_t digits[ERRATA__MOST_BLOCKS];
};

/* A block of a known span. Each byte is fixed, a hole, or neither, behind the end. In a hole any digit may stand but the
   one in bytes, which is no digit, or is `0` where a longer number begins. */
struct errata__known_block {
    unsigned char bytes[ERRATA__BLOCK_SIZE];
    uint64_t fixed;
    uint64_t holes;
};

struct errata__run;

/* Are the blocks known, at least ERRATA__FIRST_BLOCKS, what stands at `at`? Reads all of them there. */
typedef bool errata__same(const struct errata__known_block *blocks, size_t count, const char *at,
                          const uint64_t *digits);

struct errata__kernel {
    const char *name;
    /* Can this processor run it? */
    bool (*runs)(void);
    /* readable: bytes from `at` on that may be read, at least ERRATA__FIRST_SIZE. */
    void (*look)(struct errata__look *look, const char *at, size_t readable,
                 const struct errata__ends *ends, const uint64_t *seeds);
    errata__same *same;
    /* Takes the issues of a run that are known as they stand, as many as there are; true: it stopped near the end of what
       may be read, where a block cannot be. */
    bool (*take)(struct errata__run *run);
    /* How many bytes from text on are 20 to 7E and neither a quote nor a backslash: as they stand in a JSON string. */
    size_t (*plain)(const char *text, size_t length);
};

/* The best one first; the last one runs anywhere. */
extern const struct errata__kernel *const errata__kernels[];
extern const size_t errata__n_kernels;

const struct errata__kernel *errata__kernel_choose(void);

#endif
