/*
 * Parsing and matching globs. A glob is written like a path, so what it consists of is found
 * segment by segment; matching remembers only the last `**`, which is enough: whatever an earlier
 * one might have eaten more, the last one can eat instead. So there is no blow-up with many of
 * them.
 */
#include "index/glob.h"

#include <string.h>

#include "core/fail.h"
#include "core/path.h"
#include "core/utf8.h"
#include "json/text.h"

#define SHOWN 120

struct parser {
    struct errata_text text;
    size_t at;
    struct errata__arena *arena;
    struct errata_error *error;
    struct errata__glob *glob;
};

static enum errata_status bad(const struct parser *parser, size_t at, const char *what) {
    char shown[SHOWN];
    errata__utf8_escape(parser->text.data, parser->text.length, shown, sizeof shown);
    return errata__fail(parser->error, ERRATA_BAD_QUERY, "glob \"%s\", byte %zu: %s", shown, at + 1,
                        what);
}

static bool at_end(const struct parser *parser) {
    return parser->at == parser->text.length;
}

/* The byte at this distance from here; 0 behind the end. */
static char peek(const struct parser *parser, size_t ahead) {
    return ahead < parser->text.length - parser->at ? parser->text.data[parser->at + ahead] : '\0';
}

static struct errata__glob_item *add(struct parser *parser, enum errata__glob_kind kind) {
    struct errata__glob_item *item = &parser->glob->items[parser->glob->count++];
    memset(item, 0, sizeof *item);
    item->kind = kind;
    return item;
}

static enum errata_status keep_name(void *ctx, const char *text, size_t length) {
    struct parser *parser = ctx;
    char *copy = errata__arena_alloc(parser->arena, length + 1);
    if (copy == NULL) {
        return errata__fail_plain(parser->error, ERRATA_NO_MEMORY);
    }
    memcpy(copy, text, length);
    copy[length] = '\0';
    add(parser, ERRATA__GLOB_NAME)->name = (struct errata_text){copy, length};
    return ERRATA_OK;
}

/* ["..."] is a JSON array of one string. */
static enum errata_status parse_quoted(struct parser *parser) {
    size_t start = parser->at;
    size_t end = start + 2;
    const char *data = parser->text.data;

    while (end < parser->text.length && data[end] != '"') {
        end += data[end] == '\\' ? 2 : 1;
    }
    if (end + 1 >= parser->text.length || data[end + 1] != ']') {
        return bad(parser, start, "a quoted name ends in \"]");
    }
    end += 2;
    struct errata_text array = {data + start, end - start};
    struct errata_error inner;
    enum errata_status status =
        errata__json_strings(array, &parser->arena->allocator, keep_name, parser, &inner);
    if (status == ERRATA_NOT_JSON) {
        size_t column = inner.column > 0 ? (size_t)inner.column - 1 : 0;
        return bad(parser, start + column, "a quoted name is written as a JSON string");
    }
    if (status != ERRATA_OK) {
        return errata__fail_plain(parser->error, status);
    }
    parser->at = end;
    return ERRATA_OK;
}

static enum errata_status parse_brackets(struct parser *parser) {
    size_t start = parser->at;

    if (peek(parser, 1) == '"') {
        return parse_quoted(parser);
    }
    const char *data = parser->text.data + start + 1;
    const char *close = memchr(data, ']', parser->text.length - start - 1);
    if (close == NULL) {
        return bad(parser, start, "this [ has no ]");
    }
    size_t length = (size_t)(close - data);
    uint64_t number;
    if (length == 1 && data[0] == '*') {
        add(parser, ERRATA__GLOB_POSITION);
    } else if (errata__position_parse(data, length, &number)) {
        add(parser, ERRATA__GLOB_NUMBER)->number = number;
        parser->glob->numbered = true;
    } else {
        return bad(
            parser, start,
            "between [ and ] stands *, a position without leading zeros such as 17, or a name in "
            "double quotes");
    }
    parser->at = start + length + 2;
    return ERRATA_OK;
}

/* A name without quotes, * or **. */
static enum errata_status parse_bare(struct parser *parser) {
    size_t start = parser->at;
    const char *data = parser->text.data + start;
    size_t length = 0;
    bool star = false;

    while (start + length < parser->text.length && data[length] != '.' && data[length] != '[') {
        star = star || data[length] == '*';
        length++;
    }
    if (length == 0) {
        return bad(parser, start, "here a segment is missing; an empty name is written [\"\"]");
    }
    parser->at += length;
    if (length == 1 && star) {
        add(parser, ERRATA__GLOB_SEGMENT);
        return ERRATA_OK;
    }
    if (length == 2 && memcmp(data, "**", 2) == 0) {
        add(parser, ERRATA__GLOB_ANY);
        return ERRATA_OK;
    }
    if (errata__name_is_bare((struct errata_text){data, length})) {
        return keep_name(parser, data, length);
    }
    if (star) {
        return bad(
            parser, start,
            "* stands for a whole segment and ** for any number of them; for a part of a name use "
            "~ with a regular expression");
    }
    return bad(
        parser, start,
        "a name of other characters than A-Z a-z 0-9 _ $, or that begins with a digit, is written "
        "[\"...\"]");
}

enum errata_status errata__glob_parse(struct errata__glob *out, struct errata_text text,
                                      struct errata__arena *arena, struct errata_error *error) {
    struct parser parser = {text, 0, arena, error, out};

    memset(out, 0, sizeof *out);
    if (text.length == 0) {
        return bad(&parser, 0, "an empty glob; the empty path is written (root)");
    }
    if (text.length == 6 && memcmp(text.data, "(root)", 6) == 0) {
        return ERRATA_OK;
    }
    /* Each item takes a byte at least. */
    out->items = errata__arena_zalloc(arena, text.length, sizeof *out->items);
    if (out->items == NULL) {
        return errata__fail_plain(error, ERRATA_NO_MEMORY);
    }
    enum errata_status status =
        peek(&parser, 0) == '[' ? parse_brackets(&parser) : parse_bare(&parser);
    while (status == ERRATA_OK && !at_end(&parser)) {
        if (peek(&parser, 0) == '[') {
            status = parse_brackets(&parser);
        } else if (peek(&parser, 0) == '.') {
            parser.at++;
            status = parse_bare(&parser);
        } else {
            status = bad(&parser, parser.at, "behind ] comes . or [");
        }
    }
    return status;
}

static bool item_matches(const struct errata__glob_item *item, const struct errata_index *index,
                         uint32_t segment, const uint64_t *number, bool numbers) {
    struct errata_text name;

    switch (item->kind) {
    case ERRATA__GLOB_NAME:
        if (segment == ERRATA__POSITION) {
            return false;
        }
        name = errata__text(index, segment);
        return name.length == item->name.length &&
               memcmp(name.data, item->name.data, name.length) == 0;
    case ERRATA__GLOB_POSITION:
        return segment == ERRATA__POSITION;
    case ERRATA__GLOB_NUMBER:
        return segment == ERRATA__POSITION && (number == NULL ? numbers : *number == item->number);
    case ERRATA__GLOB_SEGMENT:
    case ERRATA__GLOB_ANY:
        break;
    }
    return true;
}

bool errata__glob_match(const struct errata__glob *glob, const struct errata_index *index,
                        uint32_t pattern, const uint64_t *positions, bool numbers) {
    uint32_t first;
    uint32_t end;
    size_t item = 0;
    uint32_t at;
    /* The item behind the last **, and the segment where what follows it was last tried. */
    size_t retry_item = SIZE_MAX;
    uint32_t retry_at = 0;

    errata__pattern_segments(index, pattern, &first, &end);
    at = first;
    for (;;) {
        if (item < glob->count && glob->items[item].kind == ERRATA__GLOB_ANY) {
            retry_item = ++item;
            retry_at = at;
        } else if (at == end) {
            return item == glob->count;
        } else if (item < glob->count &&
                   item_matches(&glob->items[item], index, errata__u32(index, ERRATA__SEGMENT, at),
                                positions == NULL ? NULL : &positions[at - first], numbers)) {
            item++;
            at++;
        } else if (retry_item != SIZE_MAX) {
            item = retry_item;
            at = ++retry_at;
        } else {
            return false;
        }
    }
}
