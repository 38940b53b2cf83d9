/*
 * Asking the kernel.
 */
#include "processors.h"

#include <inttypes.h>
#include <sched.h>
#include <stdio.h>

#define MOST 16U

/* Time within a period, of all processors together: what a container is given. UINT64_MAX: no limit, or none that is
   known. */
static uint64_t quota(void) {
    FILE *file = fopen("/sys/fs/cgroup/cpu.max", "re");
    uint64_t time = 0;
    uint64_t period = 0;
    int read = 0;

    if (file) {
        read = fscanf(file, "%" SCNu64 " %" SCNu64, &time, &period);
        fclose(file);
    }
    return read == 2 && period > 0 ? time / period + (time % period > 0) : UINT64_MAX;
}

uint32_t processors_usable(void) {
    cpu_set_t set;
    uint64_t given = quota();
    uint32_t usable = MOST;

    /* A machine of more than 1024 processors does not fit the set, and has enough. */
    if (!sched_getaffinity(0, sizeof set, &set) && CPU_COUNT(&set) < (int)MOST) {
        usable = (uint32_t)CPU_COUNT(&set);
    }
    if (given < usable) {
        usable = (uint32_t)given;
    }
    return usable > 0 ? usable : 1;
}
