/*
 * Messages and exit statuses: see message.h.
 */
#include "message.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "core/utf8.h"
#include "progress.h"

#define LINE_SIZE 4096

/* Writes a line with its hostile characters as escapes. In one piece: other programs may write there too. */
static void write_line(const char *prefix, const char *line) {
    /* An escape is at most five times as long as what it stands for: \u{1} for one byte. */
    char shown[5 * LINE_SIZE + 1];

    errata__utf8_escape(line, strlen(line), shown, sizeof shown);
    progress_clear();
    fprintf(stderr, "%s%s\n", prefix, shown);
}

void say(const char *format, ...) {
    char line[LINE_SIZE];
    va_list arguments;

    va_start(arguments, format);
    vsnprintf(line, sizeof line, format, arguments);
    va_end(arguments);
    write_line("errata: ", line);
}

enum exit_status say_error(const struct errata_error *error) {
    char line[LINE_SIZE];

    if (error->status == ERRATA_CLOSED) {
        return EXIT_GOOD;
    }
    errata_error_render(error, line, sizeof line);
    write_line(error->line > 0 ? "" : "errata: ", line);
    return exit_of(error->status);
}

enum exit_status exit_of(enum errata_status status) {
    switch (status) {
    case ERRATA_OK:
    case ERRATA_CLOSED:
        return EXIT_GOOD;
    case ERRATA_BAD_QUERY:
    case ERRATA_BAD_REGEX:
    case ERRATA_LIMIT_REGEX:
        return EXIT_USAGE;
    case ERRATA_NOT_JSON:
    case ERRATA_NOT_STATUS:
    case ERRATA_LIMIT_DEPTH:
    case ERRATA_LIMIT_TOKEN:
    case ERRATA_LIMIT_DOCUMENT:
    case ERRATA_LIMIT_ISSUES:
    case ERRATA_BAD_COMPRESSION:
    case ERRATA_CANNOT_READ:
    case ERRATA_NOT_INDEX:
    case ERRATA_BAD_VERSION:
    case ERRATA_DAMAGED:
    case ERRATA_MISMATCH:
        return EXIT_INPUT;
    case ERRATA_NO_MEMORY:
    case ERRATA_LIMIT_MEMORY:
    case ERRATA_LIMIT_IDS:
    case ERRATA_CANNOT_WRITE:
    case ERRATA_BUSY:
    case ERRATA_MISUSE:
        return EXIT_MACHINE;
    case ERRATA_NETWORK:
    case ERRATA_UNAUTHORIZED:
    case ERRATA_BAD_ANSWER:
    case ERRATA_CANCELLED:
        return EXIT_NETWORK;
    }
    return EXIT_MACHINE;
}

enum exit_status worse_of(enum exit_status one, enum exit_status other) {
    static const enum exit_status order[] = {EXIT_USAGE,   EXIT_INPUT,       EXIT_MACHINE,
                                             EXIT_NETWORK, EXIT_INTERRUPTED, EXIT_GATE,
                                             EXIT_REJECTS};

    for (size_t i = 0; i < sizeof order / sizeof *order; i++) {
        if (one == order[i] || other == order[i]) {
            return order[i];
        }
    }
    return EXIT_GOOD;
}
