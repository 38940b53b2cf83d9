/*
 * Showing text: see show.h.
 */
#include "show.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>
#include <utf8proc.h>

#include "core/utf8.h"

/* Marks on one character that are shown as they are. The longest in real use have four or five; thousands
   on one would paint over neighbouring lines. */
#define MOST_MARKS 8

/* Tables in less would be ellipses alone, one below the other. */
#define LEAST_COLUMNS 20

#define ELLIPSIS "\xE2\x80\xA6"

/* The next character as it is shown. */
struct piece {
    char escape[32];
    const char *bytes;
    size_t length;
    size_t columns;
};

static size_t next_piece(struct piece *piece, const char *text, size_t length, unsigned *marks) {
    uint32_t point;
    size_t taken = errata__utf8_decode(text, length, &point);
    int columns = point == UINT32_MAX ? 0 : utf8proc_charwidth((utf8proc_int32_t)point);

    *marks = columns == 0 ? *marks + 1 : 0;
    piece->bytes = text;
    piece->length = taken;
    piece->columns = columns > 0 ? (size_t)columns : 0;
    if (point == UINT32_MAX || errata__utf8_hostile(point)) {
        piece->length = errata__utf8_escape(text, taken, piece->escape, sizeof piece->escape);
        piece->columns = piece->length;
        piece->bytes = piece->escape;
        *marks = 0;
    } else if (*marks > MOST_MARKS) {
        piece->length =
            (size_t)snprintf(piece->escape, sizeof piece->escape, "\\u{%X}", (unsigned)point);
        piece->columns = piece->length;
        piece->bytes = piece->escape;
    }
    return taken;
}

/* Printable ASCII, by far the most common. */
static size_t plain_run(const char *text, size_t length) {
    size_t run = 0;

    while (run < length && text[run] >= 0x20 && text[run] < 0x7F) {
        run++;
    }
    return run;
}

size_t show_text(struct line *line, struct errata_text text, size_t width) {
    const char *data = text.data ? text.data : "-";
    size_t length = text.data ? text.length : 1;
    size_t used = 0;
    /* Where to cut when not all fits: the last place that leaves a column for the ellipsis. */
    size_t cut = line ? line->length : 0;
    size_t cut_used = 0;
    unsigned marks = 0;

    if (length == 0) {
        data = "\"\"";
        length = 2;
    }
    if (width == SHOW_ALL && plain_run(data, length) == length) {
        if (line) {
            line_add(line, data, length);
        }
        return length;
    }
    for (size_t at = 0; at < length;) {
        struct piece piece;

        at += next_piece(&piece, data + at, length - at, &marks);
        if (piece.columns > width - used) {
            if (line) {
                line->length = cut;
                line_words(line, width > 0 ? ELLIPSIS : "");
            }
            return cut_used + (width > 0);
        }
        if (line) {
            line_add(line, piece.bytes, piece.length);
        }
        used += piece.columns;
        if (used < width) {
            cut = line ? line->length : 0;
            cut_used = used;
        }
    }
    return used;
}

size_t show_text_end(struct line *line, struct errata_text text, size_t width) {
    size_t left = show_text(NULL, text, SHOW_ALL);
    size_t at = 0;
    unsigned marks = 0;

    if (left <= width || width == 0) {
        return show_text(line, text, width);
    }
    /* Marks go with the character that they are on. */
    while (at < text.length) {
        struct piece piece;
        size_t taken = next_piece(&piece, text.data + at, text.length - at, &marks);

        if (left < width && piece.columns > 0) {
            break;
        }
        left -= piece.columns;
        at += taken;
    }
    if (line) {
        line_words(line, ELLIPSIS);
    }
    if (at == text.length) {
        return 1;
    }
    text.data += at;
    text.length -= at;
    return 1 + show_text(line, text, width - 1);
}

size_t show_text_middle(struct line *line, struct errata_text text, size_t width) {
    size_t head = width > 0 ? (width - 1) / 2 : 0;
    size_t used = 0;
    unsigned marks = 0;

    if (width == 0 || show_text(NULL, text, SHOW_ALL) <= width) {
        return show_text(line, text, width);
    }
    while (text.length > 0) {
        struct piece piece;
        size_t taken = next_piece(&piece, text.data, text.length, &marks);

        if (used + piece.columns > head) {
            break;
        }
        if (line) {
            line_add(line, piece.bytes, piece.length);
        }
        used += piece.columns;
        text.data += taken;
        text.length -= taken;
    }
    return used + show_text_end(line, text, width - used);
}

void show_wrapped(struct line *line, size_t start, size_t width) {
    char *blank = NULL;
    size_t used = 0;

    for (size_t i = start; width > 0 && i < line->length; i++) {
        char *at = line->data + i;

        used = *at == '\n' ? 0 : used + 1;
        blank = *at == ' ' ? at : *at == '\n' ? NULL : blank;
        if (used > width && blank) {
            *blank = '\n';
            used = (size_t)(at - blank);
            blank = NULL;
        }
    }
}

/* A number from 1 to 9999 in the environment; 0 when there is none. */
static size_t from_environment(const char *name) {
    const char *value = getenv(name);
    char *end;
    long number;

    if (!value || *value == '\0') {
        return 0;
    }
    number = strtol(value, &end, 10);
    return *end == '\0' && number > 0 && number < 10000 ? (size_t)number : 0;
}

struct errata_text show_record(const struct errata_whole_issue *issue, struct line *place) {
    if (issue->record.record.data) {
        return issue->record.record;
    }
    place->length = 0;
    line_add(place, issue->source.name.data, issue->source.name.length);
    line_format(place, ":%llu", (unsigned long long)issue->document.line);
    return (struct errata_text){place->data, place->length};
}

static void ask_terminal(int fd, size_t *columns, size_t *lines) {
    struct winsize size;

    *columns = 0;
    *lines = 0;
    if (ioctl(fd, TIOCGWINSZ, &size) != 0) {
        return;
    }
    *columns = size.ws_col > 0 ? size.ws_col : 80;
    *lines = size.ws_row > 0 ? size.ws_row : 24;
}

size_t show_window(int fd) {
    size_t columns;
    size_t lines;

    ask_terminal(fd, &columns, &lines);
    return columns;
}

size_t show_columns(int fd) {
    size_t columns = from_environment("COLUMNS");

    columns = columns > 0 ? columns : show_window(fd);
    return columns > 0 && columns < LEAST_COLUMNS ? LEAST_COLUMNS : columns;
}

size_t show_lines(int fd) {
    size_t lines = from_environment("LINES");
    size_t columns;

    if (lines == 0) {
        ask_terminal(fd, &columns, &lines);
    }
    return lines;
}
