/*
 * Texts of a report, which may be hostile: as JSON within a script element, and as HTML; and members of JSON.
 */
#include "core/utf8.h"
#include "export/report-parts.h"
#include "json/text.h"

/* Of a text that is too long, whole characters. */
static struct errata_text cut(struct errata_text text) {
    if (text.length <= ERRATA__REPORT_TEXT) {
        return text;
    }
    text.length = ERRATA__REPORT_TEXT;
    while (text.length > 0 && ((unsigned char)text.data[text.length] & 0xC0) == 0x80) {
        text.length--;
    }
    return text;
}

/* Names come from a command line, so they may be no UTF-8. The result lives in shown. */
static struct errata_text repair(struct errata_text text, char shown[3 * ERRATA__REPORT_TEXT]) {
    if (errata__utf8_valid(text.data, text.length) == text.length) {
        return text;
    }
    return (struct errata_text){shown, errata__utf8_repair(text.data, text.length, shown)};
}

/* What ends a script element, begins a comment in it, or ends a line of script, as the escape that means it. */
static const char *json_escape(const char *at, size_t left, size_t *length) {
    *length = 1;
    switch (*at) {
    case '<':
        return "\\u003C";
    case '>':
        return "\\u003E";
    case '&':
        return "\\u0026";
    case '\xE2':
        if (left >= 3 && at[1] == '\x80' && (at[2] == '\xA8' || at[2] == '\xA9')) {
            *length = 3;
            return at[2] == '\xA8' ? "\\u2028" : "\\u2029";
        }
        return NULL;
    default:
        return NULL;
    }
}

static const char *html_escape(char byte) {
    switch (byte) {
    case '<':
        return "&lt;";
    case '>':
        return "&gt;";
    case '&':
        return "&amp;";
    case '"':
        return "&quot;";
    case '\'':
        return "&#39;";
    default:
        return NULL;
    }
}

static void quote(struct errata__report *report, struct errata_text text) {
    struct errata__buffer *quoted = &report->scratch;
    struct errata__sink *sink = &report->sink;
    size_t done = 0;
    size_t length;

    quoted->length = 0;
    errata__sink_fail(sink, errata__json_quote(quoted, text.data, text.length));
    for (size_t at = 0; at < quoted->length; at += length) {
        const char *escape = json_escape(quoted->data + at, quoted->length - at, &length);

        if (escape) {
            errata__sink_bytes(sink, quoted->data + done, at - done);
            errata__sink_words(sink, escape);
            done = at + length;
        }
    }
    errata__sink_bytes(sink, quoted->data + done, quoted->length - done);
}

void errata__report_json(struct errata__report *report, struct errata_text text) {
    char shown[3 * ERRATA__REPORT_TEXT];
    struct errata_text first = cut(text);

    if (!text.data) {
        errata__sink_words(&report->sink, "null");
        return;
    }
    errata__sink_bytes(&report->sink, "[", first.length < text.length);
    quote(report, repair(first, shown));
    if (first.length < text.length) {
        errata__sink_words(&report->sink, ",");
        errata__sink_number(&report->sink, text.length);
        errata__sink_words(&report->sink, "]");
    }
}

void errata__report_html(struct errata__report *report, struct errata_text text) {
    struct errata__sink *sink = &report->sink;
    char shown[3 * ERRATA__REPORT_TEXT];
    char hostile[32];
    struct errata_text first;
    size_t bytes;

    if (!text.data) {
        errata__sink_words(sink, "(absent)");
        return;
    }
    first = repair(cut(text), shown);
    errata__sink_words(sink, "<bdi>");
    for (size_t at = 0; at < first.length; at += bytes) {
        const char *escape = html_escape(first.data[at]);
        uint32_t point;

        bytes = errata__utf8_decode(first.data + at, first.length - at, &point);
        if (errata__utf8_hostile(point)) {
            errata__utf8_escape(first.data + at, bytes, hostile, sizeof hostile);
            escape = hostile;
        }
        if (escape) {
            errata__sink_words(sink, escape);
        } else {
            errata__sink_bytes(sink, first.data + at, bytes);
        }
    }
    errata__sink_words(sink, "</bdi>");
    if (text.length > ERRATA__REPORT_TEXT) {
        errata__sink_words(sink, "\u2026 (");
        errata__sink_number(sink, text.length);
        errata__sink_words(sink, " bytes in all)");
    }
}

void errata__report_member(struct errata__report *report, const char *name) {
    errata__sink_words(&report->sink, ",\"");
    errata__sink_words(&report->sink, name);
    errata__sink_words(&report->sink, "\":");
}

void errata__report_number(struct errata__report *report, const char *name, uint64_t number) {
    errata__report_member(report, name);
    errata__sink_number(&report->sink, number);
}
