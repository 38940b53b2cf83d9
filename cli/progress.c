/*
 * Telling how far reading is, and what is written: see progress.h.
 */
#include "progress.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

#include "color.h"
#include "core/text.h"
#include "show.h"
#include "temporary.h"

/* Seconds: what is over before the first is not worth a line, and the eye cannot follow faster than the second. */
#define FIRST 1.0
#define PAUSE 0.1

/* Back to the first column, and all behind it away. */
#define ERASE "\r\033[K"

/* For signal handlers, too. */
static volatile sig_atomic_t shown;

/* What one will draw; changed while there is none. */
static struct line ahead;

double seconds_now(void) {
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

bool progress_wanted(void) {
    return isatty(STDERR_FILENO) && color_terminal();
}

/* What draws a line, cut to the width that the window has now; nothing where it is none, or there is no room. */
static struct line drawing_of(const struct line *line) {
    struct line drawn = {0};
    size_t columns = show_window(STDERR_FILENO);

    /* In the last column some terminals begin a new line, so that in one there is room for nothing. */
    if (line->length > 0 && columns > 1) {
        line_words(&drawn, ERASE);
        show_text(&drawn, (struct errata_text){line->data, line->length}, columns - 1);
    }
    return drawn;
}

void progress_draw(const struct line *line) {
    struct line drawn = drawing_of(line);

    if (drawn.length == 0) {
        progress_clear();
        return;
    }
    temporary_watch();
    shown = 1;
    (void)!write(STDERR_FILENO, drawn.data, drawn.length);
    line_free(&drawn);
}

void progress_clear(void) {
    if (shown) {
        shown = 0;
        (void)!write(STDERR_FILENO, ERASE, sizeof ERASE - 1);
    }
}

void progress_add_time(struct line *line, double seconds) {
    unsigned long whole = (unsigned long)seconds;

    if (whole >= 3600) {
        line_format(line, "%lu h %02lu min", whole / 3600, whole / 60 % 60);
    } else if (whole >= 60) {
        line_format(line, "%lu min", (whole + 59) / 60);
    } else {
        line_format(line, "%lu s", whole);
    }
}

/* The bytes of an input; false when nobody knows. */
static bool size_of(const char *name, uint64_t *size) {
    bool standard = strcmp(name, "-") == 0;
    off_t start = standard ? lseek(STDIN_FILENO, 0, SEEK_CUR) : 0;
    struct stat found;

    if ((standard ? fstat(STDIN_FILENO, &found) : stat(name, &found)) != 0 ||
        !S_ISREG(found.st_mode)) {
        return false;
    }
    *size = start >= 0 && start < found.st_size ? (uint64_t)(found.st_size - start) : 0;
    return true;
}

void reading_begin(struct reading *reading, const char *const *names, size_t n_names) {
    uint64_t size;

    *reading = (struct reading){0};
    if (!progress_wanted()) {
        return;
    }
    for (size_t i = 0; i < n_names; i++) {
        if (!size_of(names[i], &size)) {
            reading->all = 0;
            break;
        }
        reading->all += size;
    }
    reading->start = seconds_now();
    reading->next = reading->start + FIRST;
}

/* `1.25 GB`, without the unit where that follows anyway. */
static void add_bytes(struct line *line, uint64_t bytes, uint64_t most, bool unit) {
    bool large = most >= 1000000000;

    line_format(line, large ? "%.2f%s" : "%.1f%s", (double)bytes / (large ? 1e9 : 1e6),
                !unit   ? ""
                : large ? " GB"
                        : " MB");
}

static void draw(const struct reading *reading, double now) {
    double speed = (double)reading->done / (now - reading->start);
    /* A file that grows makes what was known wrong. */
    bool known = reading->all >= reading->done && reading->done > 0;
    struct line line = {0};

    line_words(&line, "errata: ");
    add_bytes(&line, reading->done, known ? reading->all : reading->done, !known);
    if (known) {
        line_words(&line, " of ");
        add_bytes(&line, reading->all, reading->all, true);
        line_format(&line, " (%.0f%%)", 100 * (double)reading->done / (double)reading->all);
    }
    line_format(&line, ", %.0f MB/s", speed / 1e6);
    if (known && speed > 0) {
        line_words(&line, ", ");
        progress_add_time(&line, (double)(reading->all - reading->done) / speed);
        line_words(&line, " left");
    }
    progress_draw(&line);
    line_free(&line);
}

void reading_add(struct reading *reading, uint64_t bytes) {
    double now;

    reading->done += bytes;
    if (reading->next <= 0) {
        return;
    }
    now = seconds_now();
    if (now >= reading->next) {
        reading->next = now + PAUSE;
        draw(reading, now);
    }
}

static void draw_ahead(int number) {
    int error = errno;

    (void)number;
    shown = 1;
    (void)!write(STDERR_FILENO, ahead.data, ahead.length);
    errno = error;
}

void writing_begin(const char *name, uint64_t issues) {
    struct sigaction action = {.sa_handler = draw_ahead, .sa_flags = SA_RESTART};
    char count[ERRATA__DIGITS_SIZE];
    struct line line = {0};
    struct itimerval set;

    /* An alarm that was set before this program began is to end it. */
    if (!progress_wanted() || getitimer(ITIMER_REAL, &set) != 0 || set.it_value.tv_sec > 0 ||
        set.it_value.tv_usec > 0) {
        return;
    }
    errata__text_digits(count, issues);
    line_format(&line, "errata: writing %s, from %s issue%s", name, count, issues == 1 ? "" : "s");
    ahead = drawing_of(&line);
    line_free(&line);
    if (ahead.length > 0) {
        temporary_watch();
        sigaction(SIGALRM, &action, NULL);
        alarm((unsigned)FIRST);
    }
}

void writing_end(void) {
    if (ahead.data) {
        alarm(0);
        progress_clear();
        line_free(&ahead);
    }
}
