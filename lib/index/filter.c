/*
 * The PCRE2 binding. Its own memory comes from the index's allocator; only machine code from the
 * JIT does not, since that has to lie in pages of its own. A pattern may come from somebody who
 * does not know what it costs and meets text from somebody hostile, so every match runs under
 * limits, and a limit that is hit is an error, never "no match".
 */
#include "index/filter.h"

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>
#include <string.h>

#include "core/fail.h"
#include "core/utf8.h"

/* Room for a pattern, and for PCRE2's reason, within a message. */
#define SHOWN_PATTERN 160
#define SHOWN_REASON 160

struct errata__filter_context {
    struct errata_allocator allocator;
    pcre2_general_context *general;
    pcre2_match_context *limits;
    pcre2_match_data *data;
    uint32_t steps;
    uint32_t heap;
};

struct errata__filter {
    struct errata__filter_context *context;
    pcre2_code *code;
    size_t length;
    char pattern[];
};

static void *filter_alloc(size_t size, void *ctx) {
    const struct errata_allocator *allocator = ctx;
    return allocator->alloc(allocator->ctx, size == 0 ? 1 : size);
}

static void filter_free(void *block, void *ctx) {
    const struct errata_allocator *allocator = ctx;
    allocator->free(allocator->ctx, block);
}

enum errata_status errata__filter_context_new(struct errata__filter_context **out,
                                              const struct errata_allocator *allocator,
                                              uint32_t steps, uint32_t heap,
                                              struct errata_error *error) {
    struct errata__filter_context *context = allocator->alloc(allocator->ctx, sizeof *context);

    *out = NULL;
    if (context == NULL) {
        return errata__fail_plain(error, ERRATA_NO_MEMORY);
    }
    memset(context, 0, sizeof *context);
    context->allocator = *allocator;
    context->steps = steps;
    context->heap = heap;
    context->general = pcre2_general_context_create(filter_alloc, filter_free, &context->allocator);
    if (context->general != NULL) {
        context->limits = pcre2_match_context_create(context->general);
        /* One pair: where the match was, which nobody asks for. */
        context->data = pcre2_match_data_create(1, context->general);
    }
    if (context->limits == NULL || context->data == NULL) {
        errata__filter_context_free(context);
        return errata__fail_plain(error, ERRATA_NO_MEMORY);
    }
    pcre2_set_match_limit(context->limits, steps);
    pcre2_set_depth_limit(context->limits, steps);
    pcre2_set_heap_limit(context->limits, heap);
    *out = context;
    return ERRATA_OK;
}

void errata__filter_context_free(struct errata__filter_context *context) {
    if (context != NULL) {
        pcre2_match_data_free(context->data);
        pcre2_match_context_free(context->limits);
        pcre2_general_context_free(context->general);
        struct errata_allocator allocator = context->allocator;
        allocator.free(allocator.ctx, context);
    }
}

static const char *reason_text(int code, char out[SHOWN_REASON]) {
    if (pcre2_get_error_message(code, (PCRE2_UCHAR *)out, SHOWN_REASON) < 0) {
        return "PCRE2 gives no reason";
    }
    return out;
}

static enum errata_status compile(struct errata__filter *filter, struct errata_error *error) {
    struct errata__filter_context *context = filter->context;
    pcre2_compile_context *settings = pcre2_compile_context_create(context->general);
    /* \C would match half a character. */
    uint32_t options = PCRE2_UTF | PCRE2_MATCH_INVALID_UTF | PCRE2_NEVER_BACKSLASH_C;
    PCRE2_SIZE offset;
    int code;

    if (settings == NULL) {
        return errata__fail_plain(error, ERRATA_NO_MEMORY);
    }
    filter->code = pcre2_compile((PCRE2_SPTR)filter->pattern, filter->length, options, &code,
                                 &offset, settings);
    pcre2_compile_context_free(settings);
    if (filter->code == NULL) {
        char shown[SHOWN_PATTERN];
        char reason[SHOWN_REASON];
        if (code == PCRE2_ERROR_HEAP_FAILED) {
            return errata__fail_plain(error, ERRATA_NO_MEMORY);
        }
        errata__utf8_escape(filter->pattern, filter->length, shown, sizeof shown);
        return errata__fail(error, ERRATA_BAD_REGEX, "regular expression \"%s\", byte %zu: %s",
                            shown, offset + 1, reason_text(code, reason));
    }
    /* Where there is no JIT, or no memory that may be executed, the interpreter does the same,
       slower. */
    (void)pcre2_jit_compile(filter->code, PCRE2_JIT_COMPLETE);
    return ERRATA_OK;
}

enum errata_status errata__filter_new(struct errata__filter **out,
                                      struct errata__filter_context *context,
                                      struct errata_text pattern, struct errata_error *error) {
    const struct errata_allocator *allocator = &context->allocator;
    struct errata__filter *filter = NULL;
    size_t size;

    *out = NULL;
    if (!__builtin_add_overflow(pattern.length, sizeof *filter + 1, &size)) {
        filter = allocator->alloc(allocator->ctx, size);
    }
    if (filter == NULL) {
        return errata__fail_plain(error, ERRATA_NO_MEMORY);
    }
    filter->context = context;
    filter->code = NULL;
    filter->length = pattern.length;
    if (pattern.length > 0) {
        memcpy(filter->pattern, pattern.data, pattern.length);
    }
    filter->pattern[pattern.length] = '\0';
    enum errata_status status = compile(filter, error);
    if (status != ERRATA_OK) {
        errata__filter_free(filter);
        return status;
    }
    *out = filter;
    return ERRATA_OK;
}

void errata__filter_free(struct errata__filter *filter) {
    if (filter != NULL) {
        pcre2_code_free(filter->code);
        filter_free(filter, &filter->context->allocator);
    }
}

static enum errata_status match_failed(const struct errata__filter *filter, struct errata_text text,
                                       int code, struct errata_error *error) {
    char shown[SHOWN_PATTERN];
    char reason[SHOWN_REASON];

    if (code == PCRE2_ERROR_NOMEMORY) {
        return errata__fail_plain(error, ERRATA_NO_MEMORY);
    }
    errata__utf8_escape(filter->pattern, filter->length, shown, sizeof shown);
    if (code == PCRE2_ERROR_HEAPLIMIT) {
        return errata__fail(
            error, ERRATA_LIMIT_REGEX,
            "regular expression \"%s\" needs more than %u KiB of memory for a text of %zu "
            "bytes; write it so that it has fewer ways to match",
            shown, filter->context->heap, text.length);
    }
    if (code == PCRE2_ERROR_MATCHLIMIT || code == PCRE2_ERROR_DEPTHLIMIT) {
        return errata__fail(
            error, ERRATA_LIMIT_REGEX,
            "regular expression \"%s\" needs more than %u steps for a text of %zu bytes; "
            "write it so that it has fewer ways to match",
            shown, filter->context->steps, text.length);
    }
    return errata__fail(error, ERRATA_LIMIT_REGEX,
                        "regular expression \"%s\" cannot be matched: %s", shown,
                        reason_text(code, reason));
}

enum errata_status errata__filter_match(struct errata__filter *filter, struct errata_text text,
                                        bool *matches, struct errata_error *error) {
    struct errata__filter_context *context = filter->context;
    PCRE2_SPTR subject = (PCRE2_SPTR)text.data;

    int code =
        pcre2_match(filter->code, subject, text.length, 0, 0, context->data, context->limits);
    if (code == PCRE2_ERROR_JIT_STACKLIMIT) {
        /* The interpreter keeps its state on the heap. */
        code = pcre2_match(filter->code, subject, text.length, 0, PCRE2_NO_JIT, context->data,
                           context->limits);
    }
    /* 0: it matched, and there was no room for its captures. */
    *matches = code >= 0;
    if (code >= 0 || code == PCRE2_ERROR_NOMATCH) {
        return ERRATA_OK;
    }
    return match_failed(filter, text, code, error);
}

bool errata__filter_same(const struct errata__filter *a, const struct errata__filter *b) {
    return a->length == b->length && memcmp(a->pattern, b->pattern, a->length) == 0;
}

bool errata__filter_is_compiled(const struct errata__filter *filter) {
    size_t size = 0;
    return pcre2_pattern_info(filter->code, PCRE2_INFO_JITSIZE, &size) == 0 && size > 0;
}
