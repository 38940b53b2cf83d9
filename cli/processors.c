/*
 * Asking the kernel.
 */
#include "processors.h"

#include <sched.h>
#include <stdio.h>
#include <stdlib.h>

#define MOST 16U

/* How many processors' time a container is given: two numbers, the time within a period of so long, of all
   processors together. UINT64_MAX: no limit ("max" instead of the first), or none that is known. */
static uint64_t quota(void) {
    FILE *file = fopen("/sys/fs/cgroup/cpu.max", "re");
    char line[64] = "";
    char *end = line;
    uint64_t time;
    uint64_t period;

    if (file) {
        if (!fgets(line, sizeof line, file)) {
            line[0] = '\0';
        }
        fclose(file);
    }
    time = strtoull(line, &end, 10);
    if (end == line) {
        return UINT64_MAX;
    }
    period = strtoull(end, NULL, 10);
    return period > 0 ? time / period + (time % period > 0) : UINT64_MAX;
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
