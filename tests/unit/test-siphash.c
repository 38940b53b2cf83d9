/* SipHash-2-4: the vectors that its authors give, for messages of 0, 1, 2, ... bytes. */
#include <criterion/criterion.h>

#include "core/siphash.h"

/* Every length of a last piece, and one and two whole words before it. */
static const struct {
    size_t length;
    uint64_t hash;
} vectors[] = {
    {0, UINT64_C(0x726fdb47dd0e0e31)},  {1, UINT64_C(0x74f839c593dc67fd)},
    {2, UINT64_C(0x0d6c8009d9a94f5a)},  {3, UINT64_C(0x85676696d7fb7e2d)},
    {4, UINT64_C(0xcf2794e0277187b7)},  {5, UINT64_C(0x18765564cd99a68d)},
    {6, UINT64_C(0xcbc9466e58fee3ce)},  {7, UINT64_C(0xab0200f58b01d137)},
    {8, UINT64_C(0x93f5f5799a932462)},  {9, UINT64_C(0x9e0082df0ba9e4b0)},
    {15, UINT64_C(0xa129ca6149be45e5)},
};

Test(siphash, vectors) {
    unsigned char key[ERRATA__SIPHASH_KEY_SIZE];
    unsigned char message[16];

    for (unsigned i = 0; i < 16; i++) {
        key[i] = (unsigned char)i;
        message[i] = (unsigned char)i;
    }
    for (size_t i = 0; i < sizeof vectors / sizeof *vectors; i++) {
        cr_assert_eq(errata__siphash(key, message, vectors[i].length), vectors[i].hash,
                     "of %zu bytes", vectors[i].length);
    }
}

Test(siphash, nothing_may_be_null) {
    const unsigned char key[ERRATA__SIPHASH_KEY_SIZE] = {0};

    cr_assert_eq(errata__siphash(key, NULL, 0), errata__siphash(key, "", 0));
}
