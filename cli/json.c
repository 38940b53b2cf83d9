/*
 * JSON files of people: see json.h.
 */
#include "json.h"

#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <errata/store.h>

#include "core/utf8.h"

/* A baseline of ten million groups; nobody reviews more. */
#define MOST_BYTES ((size_t)1 << 30)
#define MOST_TOKEN ((uint64_t)8 << 20)
#define MOST_DEPTH 16
#define PIECE ((size_t)64 * 1024)

enum exit_status json_file_open(struct json_file *file, const char *name, enum exit_status bad,
                                const char *wanted) {
    int fd = open(name, O_RDONLY | O_CLOEXEC);
    ssize_t got = fd;

    *file = (struct json_file){.name = name, .bad = bad};
    while (got >= 0 && file->text.length <= MOST_BYTES) {
        size_t before = file->text.length;

        line_fill(&file->text, '\0', PIECE);
        got = read(fd, file->text.data + before, PIECE);
        file->text.length = before + (got > 0 ? (size_t)got : 0);
        if (got == 0 || (got < 0 && errno != EINTR)) {
            break;
        }
        got = 1;
    }
    if (got < 0) {
        say("%s: %s", name, strerror(errno));
    } else if (got > 0) {
        say("%s: is larger than 1 GiB", name);
    }
    if (fd >= 0) {
        close(fd);
    }
    if (got == 0 && errata_index_is_saved(file->text.data, file->text.length)) {
        say("%s is a saved index; wanted is %s", name, wanted);
        return EXIT_INPUT;
    }
    return got == 0 ? EXIT_GOOD : EXIT_INPUT;
}

void json_file_close(struct json_file *file) {
    errata__json_free(file->json);
    line_free(&file->text);
}

static size_t skip_white(const struct json_file *file, size_t at) {
    while (at < file->text.length && file->text.data[at] != '\0' &&
           strchr(" \t\r\n", file->text.data[at])) {
        at++;
    }
    return at;
}

/* Behind a byte-order mark, which some editors write. */
static size_t first_byte(const struct json_file *file) {
    bool mark = file->text.length >= 3 && memcmp(file->text.data, "\xEF\xBB\xBF", 3) == 0;

    return skip_white(file, mark ? 3 : 0);
}

/* Does a line begin here that git put there? */
static bool is_merge_marker(const struct json_file *file, uint64_t at) {
    static const char *const markers[] = {"<<<<<<<", "|||||||", "=======", ">>>>>>>"};
    const char *text = file->text.data + at;

    for (size_t i = 0; i < sizeof markers / sizeof *markers; i++) {
        if (file->text.length - at >= strlen(markers[i]) && (at == 0 || text[-1] == '\n') &&
            memcmp(text, markers[i], strlen(markers[i])) == 0) {
            return true;
        }
    }
    return false;
}

static enum errata_status say_failure(struct json_file *file,
                                      const struct errata__json_failure *failure) {
    if (failure->offset < file->text.length && is_merge_marker(file, failure->offset)) {
        return json_wrong_at(file, failure->offset,
                             "a merge conflict is left here; take the lines that should stay, and "
                             "remove those of <<<<<<<, ======= and >>>>>>>");
    }
    return json_wrong_at(file, failure->offset, "%s",
                         failure->reason && *failure->reason != '\0'
                             ? failure->reason
                             : errata_status_text(failure->status));
}

static enum errata_status parse(struct json_file *file) {
    struct errata__json_failure failure;
    size_t at = first_byte(file);
    size_t consumed = 0;

    if (at == file->text.length) {
        return json_wrong_at(file, at, "there is nothing in the file");
    }
    errata__json_begin(file->json, at, MOST_DEPTH);
    switch (errata__json_feed(file->json, file->text.data + at, file->text.length - at, &consumed,
                              &failure)) {
    case ERRATA__JSON_MORE:
        return json_wrong_at(file, file->text.length, "the JSON is cut off");
    case ERRATA__JSON_FAILED:
        return file->said ? failure.status : say_failure(file, &failure);
    case ERRATA__JSON_DONE:
        break;
    }
    at = skip_white(file, at + consumed);
    return at < file->text.length ? json_wrong_at(file, at, "something follows the JSON")
                                  : ERRATA_OK;
}

enum exit_status json_file_parse(struct json_file *file, errata__json_event *event, void *ctx) {
    if (errata__json_new(&file->json, NULL, MOST_TOKEN, event, ctx)) {
        say("out of memory");
        return EXIT_MACHINE;
    }
    return parse(file) ? file->bad : EXIT_GOOD;
}

__attribute__((format(printf, 3, 0))) static enum errata_status say_wrong(struct json_file *file,
                                                                          uint64_t offset,
                                                                          const char *format,
                                                                          va_list arguments) {
    struct errata_error error = {.status = ERRATA_NOT_JSON, .line = 1, .offset = offset};
    uint64_t start = 0;

    for (uint64_t i = 0; i < offset && i < file->text.length; i++) {
        if (file->text.data[i] == '\n') {
            error.line++;
            start = i + 1;
        }
    }
    error.column = offset - start + 1;
    snprintf(error.source, sizeof error.source, "%s", file->name);
    vsnprintf(error.message, sizeof error.message, format, arguments);
    (void)say_error(&error);
    file->said = true;
    return ERRATA_NOT_STATUS;
}

enum errata_status json_wrong_at(struct json_file *file, uint64_t offset, const char *format, ...) {
    enum errata_status status;
    va_list arguments;

    va_start(arguments, format);
    status = say_wrong(file, offset, format, arguments);
    va_end(arguments);
    return status;
}

uint64_t json_place(const struct json_file *file) {
    return errata__json_token_start(file->json);
}

enum errata_status json_wrong(struct json_file *file, const char *format, ...) {
    enum errata_status status;
    va_list arguments;

    va_start(arguments, format);
    status = say_wrong(file, json_place(file), format, arguments);
    va_end(arguments);
    return status;
}

static void add_unit(struct line *line, uint32_t unit) {
    line_format(line, "\\u%04x", (unsigned)unit);
}

/* A character that is not written as it is. */
static void add_escape(struct line *line, uint32_t point) {
    static const char letters[][2] = {{'"', '"'},  {'\\', '\\'}, {'\b', 'b'}, {'\f', 'f'},
                                      {'\n', 'n'}, {'\r', 'r'},  {'\t', 't'}};

    for (size_t i = 0; i < sizeof letters / sizeof *letters; i++) {
        if (point == (unsigned char)letters[i][0]) {
            char escape[2] = {'\\', letters[i][1]};

            line_add(line, escape, 2);
            return;
        }
    }
    if (point == UINT32_MAX) {
        line_words(line, "\xEF\xBF\xBD");
    } else if (point > 0xFFFF) {
        add_unit(line, 0xD7C0 + (point >> 10));
        add_unit(line, 0xDC00 + (point & 0x3FF));
    } else {
        add_unit(line, point);
    }
}

void json_quote(struct line *line, struct errata_text text) {
    size_t begin = 0;
    size_t at = 0;

    if (!text.data) {
        line_words(line, "null");
        return;
    }
    line_words(line, "\"");
    while (at < text.length) {
        uint32_t point;
        size_t taken = errata__utf8_decode(text.data + at, text.length - at, &point);

        if (point == UINT32_MAX || point == '"' || point == '\\' || errata__utf8_hostile(point)) {
            line_add(line, text.data + begin, at - begin);
            add_escape(line, point);
            begin = at + taken;
        }
        at += taken;
    }
    line_add(line, text.data + begin, at - begin);
    line_words(line, "\"");
}

bool json_is(struct errata_text text, const char *words) {
    return text.length == strlen(words) && memcmp(text.data, words, text.length) == 0;
}

/* number * 10 + digit */
static bool shift(uint64_t *number, unsigned digit) {
    bool fits = *number <= (UINT64_MAX - digit) / 10;

    *number = *number * 10 + digit;
    return fits;
}

/* The digits of a number without its zeros at the end, and the power of ten that is missing then. */
struct digits {
    uint64_t number;
    int power;
    /* Zeros that count only if something follows them. */
    int zeros;
    bool any;
    bool fits;
};

static const char *take_digits(struct digits *digits, const char *at, const char *end,
                               bool fraction) {
    for (; at < end && *at >= '0' && *at <= '9'; at++) {
        digits->any = true;
        digits->power -= fraction;
        if (*at == '0') {
            /* Leading zeros are not there; more than the limit of a token cannot come. */
            digits->zeros += digits->number > 0;
            continue;
        }
        for (; digits->zeros > 0; digits->zeros--) {
            digits->fits = digits->fits && shift(&digits->number, 0);
        }
        digits->fits = digits->fits && shift(&digits->number, (unsigned)(*at - '0'));
    }
    return at;
}

static const char *take_exponent(int *exponent, const char *at, const char *end) {
    bool negative = at < end && *at == '-';

    *exponent = 0;
    if (at < end && (*at == '-' || *at == '+')) {
        at++;
    }
    if (at == end) {
        return NULL;
    }
    for (; at < end && *at >= '0' && *at <= '9'; at++) {
        if (*exponent < 1000) {
            *exponent = *exponent * 10 + (*at - '0');
        }
    }
    *exponent = negative ? -*exponent : *exponent;
    return at;
}

bool json_decimal(struct errata_text text, int scale, uint64_t *out) {
    const char *end = text.data + text.length;
    struct digits digits = {.fits = true};
    const char *at = take_digits(&digits, text.data, end, false);
    int exponent = 0;

    if (at < end && *at == '.') {
        at = take_digits(&digits, at + 1, end, true);
    }
    if (at && at < end && (*at == 'e' || *at == 'E')) {
        at = take_exponent(&exponent, at + 1, end);
    }
    if (!digits.any || at != end || !digits.fits) {
        return false;
    }
    *out = digits.number;
    if (digits.number == 0) {
        return true;
    }
    exponent += scale + digits.power + digits.zeros;
    for (; exponent > 0; exponent--) {
        if (!shift(out, 0)) {
            return false;
        }
    }
    return exponent == 0;
}
