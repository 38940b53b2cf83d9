/*
 * Which kernels there are.
 */
#include "read/look.h"

#if defined(__x86_64__)
extern const struct errata__kernel errata__kernel_avx2;
extern const struct errata__kernel errata__kernel_sse2;
#elif defined(__aarch64__) && __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
extern const struct errata__kernel errata__kernel_neon;
#endif
extern const struct errata__kernel errata__kernel_portable;

const struct errata__kernel *const errata__kernels[] = {
#if defined(__x86_64__)
    &errata__kernel_avx2,
    &errata__kernel_sse2,
#elif defined(__aarch64__) && __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
    &errata__kernel_neon,
#endif
    &errata__kernel_portable,
};

const size_t errata__n_kernels = sizeof errata__kernels / sizeof errata__kernels[0];

const struct errata__kernel *errata__kernel_choose(void) {
    for (size_t i = 0; i + 1 < errata__n_kernels; i++) {
        if (errata__kernels[i]->runs()) {
            return errata__kernels[i];
        }
    }
    /* The portable one always does. */
    return &errata__kernel_portable;
}
