/*
 * Options that say which issues, and what to make of them: see option.h.
 */
#include "option-rows.h"

#include <errata/export.h>

#define FORMAT_WORD(name, word, commands, library, options, about) word,
#define FORMAT_COMMANDS(name, word, commands, library, options, about) commands,
static const char *const format_words[] = {FORMATS(FORMAT_WORD) NULL};
static const unsigned format_commands[] = {FORMATS(FORMAT_COMMANDS)};
static const char *const change_words[] = {"new", "gone", "grown", "shrunk", NULL};
static const char *const redact_words[] = {"received", "expected", "message", "record", NULL};
static const char *const sort_words[] = {"issues", "records", "name", NULL};

static const struct option rows[] = {
    {.name = "where",
     .kind = OPTION_TEXTS,
     .commands = FILTERED,
     .offset = AT(where),
     .argument = "'FIELD OP VALUE'",
     .brief_for = API,
     .help = "which issues: OP is = != ~ !~ in !in",
     .manual =
         "Keep the issues for which this holds. May be repeated; then all must hold. OP is = or != "
         "(on path and pattern VALUE is a glob), ~ or !~ (VALUE is a regular expression), in or "
         "!in (VALUE is a JSON array of strings). FIELD alone asks whether there is a value, "
         "!FIELD whether there is none. VALUE is everything behind the operator, as it is."},
    {.name = "key",
     .kind = OPTION_TEXTS,
     .commands = FILTERED,
     .offset = AT(key),
     .argument = "KEY",
     .manual = "Only issues under this rule key; short for --where 'key = KEY'. May be repeated; "
               "then one of the values must fit."},
    {.name = "code",
     .kind = OPTION_TEXTS,
     .commands = FILTERED,
     .offset = AT(code),
     .argument = "CODE",
     .manual = "Only issues with this code; short for --where 'code = CODE'. May be repeated; then "
               "one of the values must fit."},
    {.name = "path",
     .kind = OPTION_TEXTS,
     .commands = FILTERED,
     .offset = AT(path),
     .argument = "GLOB",
     .manual =
         "Only issues at such a place; short for --where 'path = GLOB'. * is one segment, [*] one "
         "position, ** any number of segments. May be repeated; then one of the values must fit."},
    {.name = "record",
     .kind = OPTION_TEXTS,
     .commands = FILTERED,
     .offset = AT(record),
     .argument = "ID",
     .manual = "Only issues of this record; short for --where 'record = ID'. May be repeated; then "
               "one of the values must fit."},
    {.name = "status",
     .kind = OPTION_TEXTS,
     .commands = FILTERED & ~(unsigned)COMMAND_SCAN,
     .offset = AT(status),
     .argument = "STATUS",
     .manual = "Only issues of records with this status; short for --where 'status = STATUS'. May "
               "be repeated; then one of the values must fit."},
    {.name = "grep",
     .kind = OPTION_TEXTS,
     .commands = FILTERED,
     .offset = AT(grep),
     .argument = "REGEX",
     .brief_for = API,
     .help = "short for = on these, for ~ on message",
     .manual = "Only issues whose message this regular expression fits; short for --where 'message "
               "~ REGEX'. May be repeated; then one of them must fit."},
    {.name = "max-issues",
     .kind = OPTION_NUMBER,
     .commands = COMMAND_CHECK,
     .offset = AT(gate_issues),
     .most = NO_CLAUSE - 1,
     .argument = "N",
     .brief_for = API,
     .help = "allow so many issues",
     .manual = "Fail when there are more issues than this."},
    {.name = "max-records",
     .kind = OPTION_TEXT,
     .commands = COMMAND_CHECK,
     .offset = AT(gate_records),
     .argument = "N|P%",
     .help = "allow so many records, P% of all that were read",
     .manual = "Fail when more records than this have issues; with a % sign, when more of a "
               "hundred records do, of all that were read."},
    {.name = "baseline",
     .kind = OPTION_TEXT,
     .commands = COMMAND_CHECK,
     .offset = AT(baseline),
     .argument = "FILE",
     .help = "count only what is new or grown",
     .manual = "Count only what is not in this baseline, or is more than it has."},
    {.name = "policy",
     .kind = OPTION_TEXT,
     .commands = COMMAND_CHECK,
     .offset = AT(policy),
     .argument = "FILE",
     .help = "the rules in this file",
     .manual = "Hold the rules in this file."},
    {.name = "write-baseline",
     .kind = OPTION_TEXT,
     .commands = COMMAND_CHECK,
     .offset = AT(write_baseline),
     .argument = "FILE",
     .help = "the new baseline (a wider one: --accept-new)",
     .manual = "Write what there is as a baseline to this file."},
    {.name = "by",
     .kind = OPTION_FIELDS,
     .commands = GROUPS | COMMAND_CHECK,
     .offset = AT(by),
     .argument = "FIELD[,FIELD]",
     .brief_for = API,
     .help = "what makes a group (key,code,pattern)",
     .manual = "Issues with equal values of these fields are a group. key,code,pattern unless told "
               "otherwise."},
    {.name = "sort",
     .kind = OPTION_CHOICE,
     .commands = GROUPS,
     .offset = AT(sort),
     .words = sort_words,
     .brief_for = API,
     .help = "what comes first (most issues)",
     .manual = "What comes first: the groups with most issues (issues, which is the default), with "
               "most records (records), or by their values (name). Ties always go by the values; "
               "of a field "
               "that --redact hides, by the marks."},
    {.name = "min",
     .kind = OPTION_NUMBER,
     .commands = GROUPS,
     .offset = AT(least),
     .most = UINT64_MAX,
     .argument = "N",
     .brief_for = API,
     .help = "leave out groups with fewer issues",
     .manual = "Leave out groups with fewer issues than this, also from the number of groups. In a "
               "comparison: with fewer on every side."},
    {.name = "limit",
     .kind = OPTION_NUMBER,
     .commands = COMMAND_SUMMARY,
     .offset = AT(limit),
     .most = UINT64_MAX - 1,
     .argument = "N",
     .help = "rows of each kind at most, 0 is all (3 to 10)",
     .manual = "Write at most so many rows of each kind; 0 is all. Without this option a table has "
               "as many as fit the screen, but at least 3 and at most 10, markdown 10, and "
               "everything else all."},
    {.name = "limit",
     .kind = OPTION_NUMBER,
     .commands = ANSWERS & ~(unsigned)COMMAND_SUMMARY,
     .offset = AT(limit),
     .most = UINT64_MAX - 1,
     .argument = "N",
     .brief_for = API,
     .help = "rows at most, 0 is all (in tables 20)",
     .manual = "Write at most so many rows; 0 is all. Without this option tables have 20, whatever "
               "the screen, and everything else all. A summary has as many of each kind as fit the "
               "screen, but at least 3 and at most 10, and 10 in markdown."},
    {.name = "offset",
     .kind = OPTION_NUMBER,
     .commands = GROUPS | COMMAND_LIST,
     .offset = AT(offset),
     .most = UINT64_MAX,
     .argument = "N",
     .brief_for = API,
     .help = "rows to skip",
     .manual = "Skip so many rows."},
    {.name = "fail-on",
     .kind = OPTION_TEXTS,
     .commands = COMMAND_DIFF,
     .offset = AT(fail_on),
     .words = change_words,
     .argument = "CHANGE[,CHANGE]",
     .help = "exit 1 if there are such: new grown gone shrunk",
     .manual = "End with exit status 1 when there is a group of which this is true: new, grown, "
               "gone or shrunk."},
    {.name = "format",
     .kind = OPTION_CHOICE,
     .commands = ANSWERS,
     .offset = AT(format),
     .words = format_words,
     .words_for = format_commands,
     .brief_for = API,
     .help = "",
     .manual = "How the answer is written. table, which is the default, is for people; the others "
               "are for programs."},
    {.name = "safe-cells",
     .kind = OPTION_FLAG,
     .commands = ANSWERS,
     .offset = AT(safe_cells),
     .brief_for = API,
     .manual = "For csv and tsv that people open in a spreadsheet: a cell of the input's that it "
               "would take for a formula begins with an apostrophe. This changes the data, so it "
               "is not for programs that read the file."},
    {.name = "max-bytes",
     .kind = OPTION_SIZE,
     .commands = ANSWERS,
     .offset = AT(max_bytes),
     .least = ERRATA_MARKDOWN_LEAST_BYTES,
     .most = UINT64_MAX,
     .argument = "N",
     .brief_for = API,
     .help = "for csv and tsv; for markdown",
     .manual =
         "For markdown: the most bytes of an answer, 60000 unless this says another number, of "
         "at least 1000. GitHub takes no longer comment than 65536 characters. Rows that do "
         "not fit are left out, and the last line says how many."},
    {.name = "old",
     .kind = OPTION_TEXT,
     .commands = COMMAND_REPORT,
     .offset = AT(old),
     .argument = "FILE",
     .help = "tell what changed since this index or payload",
     .manual = "What there was before: a saved index, status documents, or a folder. The report "
               "then tells which groups are new, gone, grown or shrunk since. The filters apply to "
               "it as well."},
    {.name = "max-groups",
     .kind = OPTION_NUMBER,
     .commands = COMMAND_REPORT,
     .offset = AT(max_groups),
     .least = 1,
     .most = UINT32_MAX,
     .argument = "N",
     .help = "groups in the table at most (2000)",
     .manual = "The table has at most so many groups, 2000 unless something else is said: those "
               "in most records. The page says how many there are."},
    {.name = "output",
     .letter = 'o',
     .kind = OPTION_TEXT,
     .commands = FILES | COMMAND_FETCH,
     .offset = AT(output),
     .argument = "FILE",
     .brief_for = API,
     .help = "write the result there",
     .manual = "Write to this file instead of standard output. It appears under its name only when "
               "all of it is there and on the disk; what was there before stays until then."},
    {.name = "redact",
     .kind = OPTION_TEXTS,
     .commands = FILTERED,
     .offset = AT(redact),
     .words = redact_words,
     .argument = "FIELD[,FIELD]",
     .brief_for = API,
     .help = "hide received, expected, message, record",
     .manual =
         "Put marks such as redacted:8f3a0c12d4e5b6a7 in place of the values of these fields: "
         "received, expected, message (of issues and of rule errors), record. Equal values "
         "have equal marks within one run, and other ones in the next. Messages often quote "
         "what was received, so received alone is seldom enough. Of rejects no excerpt is "
         "shown: text is null in the file of --rejects. Paths, keys and names of files stay as "
         "they are."},
};

const struct option_list options_answer = {"Which issues, and what to make of them", rows,
                                           sizeof rows / sizeof *rows};
