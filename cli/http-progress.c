/*
 * One line on a terminal that tells how far a scan is, and is gone when there is something else to say.
 */
#include "core/text.h"
#include "http.h"
#include "memory.h"

/* From so many seconds on it can be told how fast it goes. */
#define TELLING 3.0

void progress_begin(struct progress_line *line) {
    *line = (struct progress_line){.terminal = progress_wanted(), .start = seconds_now()};
}

/* How fast it goes and how long it still takes, as far as that can be told. */
static void add_speed(struct line *line, const struct progress_line *begun, uint64_t done,
                      uint64_t all) {
    double passed = seconds_now() - begun->start;
    double speed = passed > TELLING ? (double)done / passed : 0;

    if (speed <= 0) {
        return;
    }
    line_format(line, ", %.0f/min", speed * 60);
    if (all > done) {
        line_words(line, ", ");
        progress_add_time(line, (double)(all - done) / speed);
        line_words(line, " left");
    }
}

enum errata_status progress_show(void *ctx, const struct errata_progress *progress) {
    struct progress_line *begun = ctx;
    uint64_t done = progress->read + progress->rejected + progress->failed;
    uint64_t all =
        progress->listing_done || progress->expected == 0 ? progress->listed : progress->expected;
    char shown[ERRATA__DIGITS_SIZE];
    struct line line = {0};

    if (!begun->terminal) {
        return ERRATA_OK;
    }
    errata__text_digits(shown, done + progress->kept);
    line_words(&line, shown);
    errata__text_digits(shown, all);
    line_format(&line, " of %s%s records", progress->listing_done ? "" : "about ", shown);
    if (progress->rejected + progress->failed > 0) {
        errata__text_digits(shown, progress->rejected + progress->failed);
        line_format(&line, ", %s not read", shown);
    }
    if (progress->waiting > 0) {
        line_format(&line, ", waiting %u s as the API asks", progress->waiting);
    } else {
        add_speed(&line, begun, done, all > progress->kept ? all - progress->kept : 0);
    }
    progress_draw(&line);
    line_free(&line);
    return ERRATA_OK;
}
