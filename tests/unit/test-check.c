/* The rules of columns, which are looked at many cells at a time, against the same one by one. */
#include <criterion/criterion.h>

#include "index/check.h"
#include "made-index.h"

#define CELLS 300
#define ROWS 1000

/* The first cell that breaks the rule; CELLS when none does. `rise` is of cells that never fall. */
static uint64_t first_wrong_id(const uint32_t *cells, bool none, bool rise) {
    for (uint64_t i = 0; i < CELLS; i++) {
        bool is_none = none && cells[i] == ERRATA_NONE;
        bool falls = rise && i > 0 && cells[i] < cells[i - 1];
        if ((cells[i] >= ROWS && !is_none) || falls) {
            return i;
        }
    }
    return CELLS;
}

static uint64_t first_wrong_number(const unsigned char *cells) {
    unsigned bytes = 0;
    for (uint64_t i = 0; i < CELLS; i++) {
        if ((cells[i] == 0 && bytes > 0) || (cells[i] >= 0x80 && bytes == 8)) {
            return i;
        }
        bytes = cells[i] >= 0x80 ? bytes + 1 : 0;
    }
    return CELLS;
}

/* Checks cells in two runs. */
static void compare(enum errata__column column, const void *cells, size_t width, uint64_t cut,
                    uint64_t expected) {
    static struct errata_index index;
    struct errata__check check;
    for (unsigned table = 0; table < ERRATA__TABLES; table++) {
        index.rows[table] = ROWS;
    }
    index.wide_from = width == sizeof(uint16_t) ? UINT64_MAX : 0;
    errata__check_begin(&check, &index, column, NULL, NULL);
    enum errata_status status = errata__check_run(&check, cells, cut);
    if (status == ERRATA_OK) {
        status = errata__check_run(&check, (const char *)cells + cut * width, CELLS - cut);
    }
    cr_assert_eq(status, expected == CELLS ? ERRATA_OK : ERRATA_DAMAGED, "column %u", column);
    cr_assert_eq(check.row, expected, "column %u: row %llu, not %llu", column,
                 (unsigned long long)check.row, (unsigned long long)expected);
}

Test(check, ids) {
    static const uint32_t odd[] = {ROWS, ROWS + 1, ERRATA_NONE, ERRATA_NONE - 1, 0x80000000};
    uint64_t seed = 1;
    for (int round = 0; round < 2000; round++) {
        uint32_t cells[CELLS];
        uint32_t rising[CELLS];
        uint32_t wide[CELLS];
        for (uint32_t i = 0; i < CELLS; i++) {
            cells[i] = draw(&seed, ROWS);
            rising[i] = i * 3;
        }
        if (round % 4 > 0) {
            cells[draw(&seed, CELLS)] = odd[draw(&seed, 5)];
            rising[draw(&seed, CELLS)] = draw(&seed, 2) == 0 ? draw(&seed, ROWS) : odd[0];
        }
        uint64_t cut = draw(&seed, CELLS + 1);
        uint16_t narrow[CELLS];
        for (uint32_t i = 0; i < CELLS; i++) {
            narrow[i] = (uint16_t)cells[i];
            wide[i] = narrow[i];
        }
        compare(ERRATA__ISSUE_SHAPE, narrow, 2, cut, first_wrong_id(wide, false, false));
        compare(ERRATA__ISSUE_SHAPE, cells, 4, cut, first_wrong_id(cells, false, false));
        compare(ERRATA__SHAPE_CODE, cells, 4, cut, first_wrong_id(cells, true, false));
        compare(ERRATA__BLOCK_RULE_ERROR, rising, 4, cut, first_wrong_id(rising, false, true));
    }
}

Test(check, numbers) {
    uint64_t seed = 2;
    for (int round = 0; round < 20000; round++) {
        unsigned char cells[CELLS];
        /* From no byte of a number but its last to long numbers; zeros now and then. */
        uint32_t most = 1 + draw(&seed, 9);
        for (uint32_t i = 0; i < CELLS;) {
            for (uint32_t bytes = draw(&seed, most); bytes > 0 && i < CELLS - 1; bytes--) {
                cells[i++] = (unsigned char)(0x80 + draw(&seed, 0x80));
            }
            cells[i++] = (unsigned char)(1 + draw(&seed, 0x7f));
        }
        for (int faults = round % 3; faults > 0; faults--) {
            cells[draw(&seed, CELLS - 1)] = draw(&seed, 2) == 0 ? 0 : 0x80;
        }
        compare(ERRATA__POSITION_BYTE, cells, 1, draw(&seed, CELLS + 1), first_wrong_number(cells));
    }
}
