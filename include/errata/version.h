/*
 * The version of the library: at compile time by macros, at run time by a call.
 */
#ifndef ERRATA_VERSION_H
#define ERRATA_VERSION_H

#ifdef __cplusplus
extern "C" {
#endif

/* The library is compiled with hidden visibility: it exports what a public header declares. */
#pragma GCC visibility push(default)

#define ERRATA_VERSION_MAJOR 0
#define ERRATA_VERSION_MINOR 1
#define ERRATA_VERSION_PATCH 0
#define ERRATA_VERSION "0.1.0"

/**
 * The version of the library that is running, which may be another than that of the headers.
 *
 * @return a static string such as "0.1.0"; any thread may call this
 */
const char *errata_version(void);

#pragma GCC visibility pop

#ifdef __cplusplus
}
#endif
#endif
