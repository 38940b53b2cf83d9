/*
 * Rules and results of SARIF: see sarif-parts.h. docs/formats.md says what stands where, and what a fingerprint is made of.
 */
#include <stdio.h>
#include <string.h>

#define XXH_INLINE_ALL
#include <xxhash.h>

#include "export/sarif-parts.h"

static void quote_words(struct errata__sink *sink, const char *text) {
    errata__sink_quote(sink, errata__words(text));
}

static void add(struct errata__sarif_text *text, struct errata_text more) {
    if (text->status == ERRATA_OK && more.length > 0) {
        text->status = errata__buffer_append(&text->buffer, more.data, more.length);
    }
}

/* Is there `](` in it? Then readers may take a part of it for a link. */
static bool has_link(struct errata_text text) {
    for (size_t i = 1; i < text.length; i++) {
        if (text.data[i - 1] == ']' && text.data[i] == '(') {
            return true;
        }
    }
    return false;
}

/* With a backslash before brackets and backslashes, as SARIF has it for text that is no link. */
static void add_unlinked(struct errata__sarif_text *text, struct errata_text more) {
    size_t done = 0;

    for (size_t i = 0; i < more.length; i++) {
        if (more.data[i] == '[' || more.data[i] == ']' || more.data[i] == '\\') {
            add(text, (struct errata_text){more.data + done, i - done});
            add(text, errata__words("\\"));
            done = i;
        }
    }
    add(text, (struct errata_text){more.data + done, more.length - done});
}

/* The first characters of a value; an ellipsis says that there are more. */
static void add_cut(struct errata__sarif_text *text, struct errata_text more) {
    struct errata_text shown = errata__name_cut(more);

    add(text, shown);
    add(text, errata__words(shown.length < more.length ? ERRATA__NAME_ELLIPSIS : ""));
}

/* The first characters of a message; an ellipsis says that there are more. */
static void add_message(struct errata__sarif_text *text, struct errata_text more) {
    struct errata_text shown = errata__name_cut(more);

    if (has_link(shown)) {
        add_unlinked(text, shown);
    } else {
        add(text, shown);
    }
    add(text, errata__words(shown.length < more.length ? ERRATA__NAME_ELLIPSIS : ""));
}

/* What was put together, as a JSON string. */
static void quote_text(struct errata__sink *sink, struct errata__sarif_text *text) {
    errata__sink_fail(sink, text->status);
    errata__sink_quote(sink, (struct errata_text){text->buffer.data, text->buffer.length});
    text->buffer.length = 0;
}

/* A value of the input's, or null; as short as a message, so that one that is huge leaves room for other results. */
static void quote_value(struct errata__sink *sink, struct errata__sarif_text *text,
                        struct errata_text value) {
    struct errata_text shown = errata__name_cut(value);

    if (!value.data) {
        errata__sink_words(sink, "null");
    } else if (shown.length == value.length) {
        errata__sink_quote(sink, value);
    } else {
        add_cut(text, value);
        quote_text(sink, text);
    }
}

/* What a rule of this key is called. */
static struct errata_text rule_id(struct errata__sarif_text *text, struct errata_text key) {
    struct errata_text id = {NULL, 0};

    if (text->status == ERRATA_OK) {
        text->status = errata__name_key(&id, key, &text->name);
    }
    return id;
}

void errata__sarif_rule(struct errata__sink *sink, struct errata__sarif_text *text,
                        struct errata_text key, struct errata_text message) {
    const struct errata_text id = rule_id(text, key);
    static const char *const members[] = {"shortDescription", "fullDescription", "help"};

    errata__sink_words(sink, "{\"id\":");
    errata__sink_quote(sink, id);
    for (size_t i = 0; i < sizeof members / sizeof *members; i++) {
        errata__sink_words(sink, ",\"");
        errata__sink_words(sink, members[i]);
        errata__sink_words(sink, "\":{\"text\":");
        add_message(text, message.length > 0 ? message : id);
        quote_text(sink, text);
        errata__sink_words(sink, "}");
    }
    errata__sink_words(sink, ",\"defaultConfiguration\":{\"level\":\"error\"}}");
}

/* May stand in a path of a URI as it is. A colon may not, since it might look like the end of a scheme. */
static bool is_plain(unsigned char byte) {
    return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') ||
           (byte >= '0' && byte <= '9') || (byte != '\0' && strchr("-._~!$&'()*+,;=@", byte));
}

static void write_encoded(struct errata__sink *sink, struct errata_text text) {
    static const char digits[] = "0123456789ABCDEF";

    for (size_t i = 0; i < text.length; i++) {
        unsigned char byte = (unsigned char)text.data[i];
        const char encoded[] = {'%', digits[byte >> 4], digits[byte & 15]};

        if (is_plain(byte)) {
            errata__sink_bytes(sink, &text.data[i], 1);
        } else {
            errata__sink_bytes(sink, encoded, sizeof encoded);
        }
    }
}

/* Its segments, without those that lead nowhere: what is empty would begin the name of a host, and `.` is in the way of readers
   that compare paths. */
static void write_path(struct errata__sink *sink, struct errata_text path, bool absolute) {
    bool first = !absolute;
    size_t end;

    for (size_t i = 0; i < path.length; i = end + 1) {
        struct errata_text segment = {path.data + i, 0};

        for (end = i; end < path.length && path.data[end] != '/'; end++) {}
        segment.length = end - i;
        if (segment.length == 0 || (segment.length == 1 && *segment.data == '.')) {
            continue;
        }
        errata__sink_words(sink, first ? "" : "/");
        write_encoded(sink, segment);
        first = false;
    }
}

/* Without its scheme, which GitHub takes for that of another place than the repository. */
static struct errata_text without_scheme(struct errata_text url) {
    const char *behind = url.length > 0 ? memmem(url.data, url.length, "://", 3) : NULL;

    if (behind) {
        url.length -= (size_t)(behind + 3 - url.data);
        url.data = behind + 3;
    }
    return url;
}

/* A file's name is relative to the folder that errata ran in, which should be the root of the repository. */
static void write_artifact(struct errata__sink *sink, const struct errata_source *source) {
    bool api = source->kind == ERRATA_SOURCE_API;
    struct errata_text name = api ? without_scheme(source->name) : source->name;
    bool absolute = !api && name.length > 0 && name.data[0] == '/';

    errata__sink_words(sink, absolute ? "{\"uri\":\"file://" : "{\"uri\":\"");
    write_path(sink, name.length > 0 ? name : errata__words("unknown"), absolute);
    errata__sink_words(sink, absolute ? "\"}" : "\",\"uriBaseId\":\"%SRCROOT%\"}");
}

static void write_location(struct errata__sink *sink, struct errata__sarif_text *text,
                           const struct errata_whole_issue *first, struct errata_text path) {
    errata__sink_words(sink, ",\"locations\":[{\"physicalLocation\":{\"artifactLocation\":");
    write_artifact(sink, &first->source);
    errata__sink_words(sink, ",\"region\":{\"startLine\":");
    errata__sink_number(sink, first->document.line > 0 ? first->document.line : 1);
    errata__sink_words(sink, "}},\"logicalLocations\":[{\"fullyQualifiedName\":");
    add_cut(text, first->rule_error.key);
    add(text, errata__words(":"));
    add_cut(text, path);
    quote_text(sink, text);
    errata__sink_words(sink, "}]}]");
}

/* The same for the same values of the same fields, whatever their order, the machine and the input. */
static XXH64_hash_t fingerprint(const struct errata_grouping *by,
                                const struct errata_group *group) {
    XXH3_state_t state;

    XXH3_64bits_reset(&state);
    for (int field = 0; field < ERRATA_FIELDS; field++) {
        for (size_t i = 0; i < by->n_fields; i++) {
            const char *name = errata_field_name(by->fields[i]);
            const struct errata_text value = group->values[i];
            unsigned char head[9] = {value.data != NULL};

            if ((int)by->fields[i] != field) {
                continue;
            }
            for (unsigned byte = 0; byte < 8; byte++) {
                head[1 + byte] = (unsigned char)((uint64_t)value.length >> 8 * byte);
            }
            XXH3_64bits_update(&state, name, strlen(name) + 1);
            XXH3_64bits_update(&state, head, sizeof head);
            if (value.length > 0) {
                XXH3_64bits_update(&state, value.data, value.length);
            }
        }
    }
    return XXH3_64bits_digest(&state);
}

static void write_fingerprints(struct errata__sink *sink, XXH64_hash_t hash) {
    char text[120];

    /* The first is the one that GitHub looks at, with a number behind it for equal ones, which there are none of. */
    snprintf(text, sizeof text,
             ",\"partialFingerprints\":{\"primaryLocationLineHash\":\"%016llx:1\","
             "\"errataGroup/v1\":\"%016llx\"}",
             (unsigned long long)hash, (unsigned long long)hash);
    errata__sink_words(sink, text);
}

static void write_properties(struct errata__sink *sink, struct errata__sarif_text *text,
                             const struct errata_grouping *by, const struct errata_group *group,
                             const struct errata_whole_issue *first) {
    errata__sink_words(sink, ",\"properties\":{");
    for (size_t i = 0; i < by->n_fields; i++) {
        quote_words(sink, errata_field_name(by->fields[i]));
        errata__sink_words(sink, ":");
        quote_value(sink, text, group->values[i]);
        errata__sink_words(sink, ",");
    }
    errata__sink_words(sink, "\"issues\":");
    errata__sink_number(sink, group->issues);
    errata__sink_words(sink, ",\"records\":");
    errata__sink_number(sink, group->records);
    errata__sink_words(sink, ",\"first_record\":");
    quote_value(sink, text, first->record.record);
    if (first->source.kind == ERRATA_SOURCE_API) {
        errata__sink_words(sink, ",\"url\":");
        quote_value(sink, text, first->source.name);
    }
    errata__sink_words(sink, "}");
}

void errata__sarif_result(struct errata__sink *sink, struct errata__sarif_text *text,
                          const struct errata_grouping *by, const struct errata_group *group,
                          const struct errata_whole_issue *first, struct errata_text path,
                          uint64_t rule) {
    char counts[ERRATA__NAME_COUNTS_SIZE];

    errata__sink_words(sink, "{\"ruleId\":");
    errata__sink_quote(sink, rule_id(text, first->rule_error.key));
    errata__sink_words(sink, ",\"ruleIndex\":");
    errata__sink_number(sink, rule);
    errata__sink_words(sink, ",\"level\":\"error\",\"message\":{\"text\":");
    errata__name_counts(counts, group->issues, group->records);
    add_message(text,
                first->issue.message.length > 0 ? first->issue.message : errata__words("Invalid"));
    add(text, errata__words(" ("));
    add(text, errata__words(counts));
    add(text, errata__words(")"));
    quote_text(sink, text);
    errata__sink_words(sink, "}");
    write_location(sink, text, first, path);
    write_fingerprints(sink, fingerprint(by, group));
    if (group->issues <= INT32_MAX) {
        errata__sink_words(sink, ",\"occurrenceCount\":");
        errata__sink_number(sink, group->issues);
    }
    write_properties(sink, text, by, group, first);
    errata__sink_words(sink, "}");
}
