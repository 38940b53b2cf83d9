/*
 * The version at run time.
 */
#include <errata/version.h>

const char *errata_version(void) {
    return ERRATA_VERSION;
}
