/*
 * Markdown for a comment on a pull request: GitHub's, with its tables.
 *
 * Values stand in code spans, in which nothing is a link, an image, markup, a mention or a reference. What could end
 * one, or a cell, and what could disturb or mislead a reader is shown as an escape. All of it stays below a bound: what
 * is written goes through a piece that is measured first, and the last lines, for which there is always room, say what
 * could not be read and what was left out.
 */
#include "export/markdown.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "core/text.h"
#include "core/utf8.h"
#include "export/format.h"

/* Of a value; more tells a reader nothing. */
#define MOST_CHARACTERS 200
/* Longer runs of backticks are not quoted any more: what ends a code span must be longer. */
#define MOST_BACKTICKS 8
/* The longest last line, and the marks about that on what was not read. */
#define LAST_LINE 400
/* Any paragraph of ours. */
#define WORDS 512

static void add(struct errata__writing *writing, const char *bytes, size_t length) {
    errata__sink_fail(&writing->sink,
                      errata__buffer_append(&writing->markdown.piece, bytes, length));
}

static void add_words(struct errata__writing *writing, const char *words) {
    add(writing, words, strlen(words));
}

/* Writes the piece if there is room for it and the last line, and empties it. */
static bool commit(struct errata__writing *writing) {
    struct errata__markdown *markdown = &writing->markdown;
    size_t length = markdown->piece.length;
    size_t behind = LAST_LINE + strlen(writing->unread);
    bool fits = markdown->left >= behind && length <= markdown->left - behind;

    if (fits) {
        errata__sink_bytes(&writing->sink, markdown->piece.data, length);
        markdown->left -= length;
    }
    markdown->full = markdown->full || !fits;
    markdown->piece.length = 0;
    return fits;
}

const char *errata__count_words(char out[ERRATA__COUNT_SIZE], uint64_t count, const char *noun) {
    size_t at = errata__text_digits(out, count);

    snprintf(out + at, ERRATA__COUNT_SIZE - at, "%s%s%s", *noun ? " " : "", noun,
             *noun && count != 1 ? "s" : "");
    return out;
}

const char *errata__part_words(char out[ERRATA__PART_SIZE], uint64_t part, uint64_t whole,
                               const char *noun) {
    char words[2][ERRATA__COUNT_SIZE];

    if (part == whole) {
        return errata__count_words(out, whole, noun);
    }
    snprintf(out, ERRATA__PART_SIZE, "%s of %s", errata__count_words(words[0], part, ""),
             errata__count_words(words[1], whole, noun));
    return out;
}

/* What a code span is made of. */
struct span {
    /* The bytes of the value that are shown, and its longest run of backticks among them. */
    size_t length;
    size_t run;
    /* Blanks within the backticks are needed: Markdown takes one away on each side. */
    bool padded;
};

static struct span measure(struct errata_text text) {
    struct span span = {0};
    size_t run = 0;
    bool blank = true;

    for (size_t n = 0; n < MOST_CHARACTERS && span.length < text.length; n++) {
        uint32_t point;
        char byte = text.data[span.length];

        run = byte == '`' ? run + 1 : 0;
        blank = blank && byte == ' ';
        span.run = run > span.run && run <= MOST_BACKTICKS ? run : span.run;
        span.length +=
            errata__utf8_decode(text.data + span.length, text.length - span.length, &point);
    }
    span.padded =
        !blank && (strchr("` ", text.data[0]) || strchr("` ", text.data[span.length - 1]));
    return span;
}

/* One character of a value; run: of backticks, with this one; after: the byte before it in the piece. */
static void add_character(struct errata__writing *writing, const char *bytes, size_t length,
                          uint32_t point, size_t run, char after) {
    char escape[32];

    if (point == UINT32_MAX || errata__utf8_hostile(point)) {
        errata__utf8_escape(bytes, length, escape, sizeof escape);
        add_words(writing, escape);
    } else if (point == '`' && run > MOST_BACKTICKS) {
        add_words(writing, "\\u{60}");
    } else if (point == '|') {
        /* Renderers differ in what an escape is worth behind a backslash. */
        add_words(writing, after == '\\' ? "\\u{7C}" : "\\|");
    } else {
        add(writing, bytes, length);
    }
}

static void add_backticks(struct errata__writing *writing, size_t count) {
    add(writing, "``````````", count);
}

static void add_code(struct errata__writing *writing, struct errata_text text) {
    const struct errata__buffer *piece = &writing->markdown.piece;
    struct span span = measure(text);
    size_t run = 0;
    size_t bytes;

    add_backticks(writing, span.run + 1);
    add(writing, " ", span.padded);
    for (size_t at = 0; at < span.length; at += bytes) {
        uint32_t point;

        bytes = errata__utf8_decode(text.data + at, text.length - at, &point);
        run = point == '`' ? run + 1 : 0;
        add_character(writing, text.data + at, bytes, point, run,
                      piece->length > 0 ? piece->data[piece->length - 1] : '\0');
    }
    add(writing, " ", span.padded);
    add_backticks(writing, span.run + 1);
    if (span.length < text.length) {
        add_words(writing, "\xE2\x80\xA6");
        writing->markdown.cut = true;
    }
}

static void add_cell(struct errata__writing *writing, const struct errata__cell *cell) {
    char count[ERRATA__COUNT_SIZE];

    add_words(writing, " ");
    if (cell->kind == ERRATA__CELL_NUMBER) {
        add_words(writing, errata__count_words(count, cell->number, ""));
    } else if (!cell->text.data) {
        add_words(writing, "-");
    } else if (cell->kind == ERRATA__CELL_WORD) {
        add(writing, cell->text.data, cell->text.length);
    } else if (cell->text.length == 0) {
        add_words(writing, "\"\"");
    } else {
        add_code(writing, cell->text);
    }
    add_words(writing, " |");
}

static bool is_column(const struct errata__cell *cell) {
    return errata__cell_is_column(cell) && !cell->detail;
}

static void begin(struct errata__writing *writing) {
    const struct errata__frame *frame = writing->frame;
    struct errata__markdown *markdown = &writing->markdown;

    markdown->tables[markdown->n_tables].noun = frame->noun;
    markdown->tables[markdown->n_tables].total = frame->total;
    if (frame->total == 0) {
        return;
    }
    add_words(writing, "\n|");
    for (size_t i = 0; i < frame->n_columns; i++) {
        if (is_column(&frame->columns[i])) {
            add_words(writing, " ");
            for (const char *at = frame->columns[i].name; *at; at++) {
                add(writing, *at == '_' ? " " : at, 1);
            }
            add_words(writing, " |");
        }
    }
    add_words(writing, "\n|");
    for (size_t i = 0; i < frame->n_columns; i++) {
        if (is_column(&frame->columns[i])) {
            add_words(writing, frame->columns[i].kind == ERRATA__CELL_TEXT ? " --- |" : " ---: |");
        }
    }
    add_words(writing, "\n");
    writing->stopped = !commit(writing);
}

static void row(struct errata__writing *writing, const struct errata__cell *cells, size_t n_cells) {
    struct errata__markdown *markdown = &writing->markdown;

    /* The rows behind one that did not fit are not worth more than it. */
    if (writing->stopped) {
        return;
    }
    add_words(writing, "|");
    for (size_t i = 0; i < n_cells; i++) {
        if (is_column(&cells[i])) {
            add_cell(writing, &cells[i]);
        }
    }
    add_words(writing, "\n");
    writing->stopped = !commit(writing);
    markdown->tables[markdown->n_tables].shown += !writing->stopped;
}

static void end(struct errata__writing *writing) {
    struct errata__markdown *markdown = &writing->markdown;

    if (markdown->n_tables + 1 < ERRATA__MARKDOWN_TABLES) {
        markdown->n_tables++;
    }
}

static void open(struct errata__writing *writing) {
    const struct errata__sink *sink = &writing->sink;

    errata__buffer_init(&writing->markdown.piece, sink->buffer.allocator, SIZE_MAX);
    writing->markdown.left = writing->options.max_bytes;
}

/* Such as `20 of 512 groups, 10 of 30 patterns shown; 60,000 bytes at most.` */
static void add_last_line(struct errata__writing *writing) {
    const struct errata__markdown *markdown = &writing->markdown;
    const char *before = "\n";
    char count[ERRATA__COUNT_SIZE];

    for (size_t i = 0; i < markdown->n_tables; i++) {
        if (markdown->tables[i].shown < markdown->tables[i].total) {
            add_words(writing, before);
            add_words(writing, errata__count_words(count, markdown->tables[i].shown, ""));
            add_words(writing, " of ");
            add_words(writing, errata__count_words(count, markdown->tables[i].total,
                                                   markdown->tables[i].noun));
            before = ", ";
        }
    }
    if (markdown->piece.length > 0) {
        add_words(writing, " shown");
        if (markdown->full) {
            add_words(writing, "; ");
            add_words(writing, errata__count_words(count, writing->options.max_bytes, "byte"));
            add_words(writing, " at most");
        }
        add_words(writing, ".");
    }
    if (markdown->cut) {
        add_words(writing, markdown->piece.length > 0 ? " " : "\n");
        add_words(writing, "Longer values are cut after 200 characters.");
    }
    if (markdown->piece.length > 0) {
        add_words(writing, "\n");
    }
}

static void close(struct errata__writing *writing) {
    struct errata__markdown *markdown = &writing->markdown;

    markdown->piece.length = 0;
    add_last_line(writing);
    if (*writing->unread) {
        add_words(writing, "\n**");
        add_words(writing, writing->unread);
        add_words(writing, "**\n");
    }
    errata__sink_bytes(&writing->sink, markdown->piece.data, markdown->piece.length);
    errata__buffer_free(&markdown->piece);
}

__attribute__((format(printf, 2, 0))) static void say(struct errata__writing *writing,
                                                      const char *format, va_list values) {
    char words[WORDS];

    vsnprintf(words, sizeof words, format, values);
    add_words(writing, words);
    commit(writing);
}

const struct errata__format errata__format_markdown = {.open = open,
                                                       .say = say,
                                                       .begin = begin,
                                                       .row = row,
                                                       .end = end,
                                                       .close = close,
                                                       .flat = true,
                                                       .bounded = true};
