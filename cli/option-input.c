/*
 * Options that say how to read, and what every command takes: see option.h.
 */
#include "option-rows.h"

#include <errata/reader.h>

static const char *const framing_words[] = {"auto", "lines", "stream", NULL};
static const char *const color_words[] = {"auto", "always", "never", NULL};

/* The library takes 0 for its default, and 2^32-1 is no id. */
#define MOST_IDS (UINT32_MAX - 1)

static const struct option rows[] = {
    {.name = "keep-going",
     .kind = OPTION_FLAG,
     .commands = FILES | COMMAND_FETCH,
     .offset = AT(keep_going),
     .manual = "Leave out what cannot be read and count it, and go on. Without this option the "
               "first such place ends the run."},
    {.name = "rejects",
     .kind = OPTION_TEXT,
     .commands = FILES | COMMAND_FETCH,
     .offset = AT(rejects),
     .argument = "FILE",
     .help = "leave out what cannot be read; rejects to FILE",
     .manual = "As --keep-going, and each reject is written to this file as a line of JSON."},
    /* Of those from here on the help has no more than the names. */
    {.name = "framing",
     .kind = OPTION_CHOICE,
     .commands = FILES,
     .offset = AT(framing),
     .words = framing_words,
     .manual = "How documents stand in a source. lines: a line end ends a document. stream: "
               "documents may span lines. auto, which is the default: lines where the name ends in "
               ".ndjson or .jsonl (before .gz or .zst), or where the first document ends on the "
               "line it began on; else stream."},
    {.name = "digit-names",
     .kind = OPTION_FLAG,
     .commands = ALL,
     .offset = AT(digit_names),
     .manual = "Digits that a path has as text are names, not array positions."},
    {.name = "strict",
     .kind = OPTION_FLAG,
     .commands = ALL,
     .offset = AT(strict),
     .manual = "Whatever departs from the API's schema makes its document a reject."},
    {.name = "no-verify",
     .kind = OPTION_FLAG,
     .commands = FILES,
     .offset = AT(no_verify),
     .manual = "Leave out the checksums of saved indexes. Use it for files that are known to be "
               "whole: damage may go unnoticed."},
    {.name = "max-memory",
     .kind = OPTION_SIZE,
     .commands = ALL,
     .offset = AT(max_memory),
     .least = 1,
     .most = UINT64_MAX,
     .argument = "SIZE",
     .manual = "The most memory that the index may take. No limit unless told otherwise. A SIZE is "
               "a number of bytes, or of K, M, G or T (powers of 1024)."},
    {.name = "max-token",
     .kind = OPTION_SIZE,
     .commands = ALL,
     .offset = AT(max_token),
     .least = 1,
     .most = UINT64_C(1) << 30,
     .argument = "SIZE",
     .manual = "The longest string or number, 8M unless told otherwise, 1G at most."},
    {.name = "max-document",
     .kind = OPTION_SIZE,
     .commands = ALL,
     .offset = AT(max_document),
     .least = 1,
     .most = UINT64_MAX,
     .argument = "SIZE",
     .manual = "The longest document, after decompression: 4G unless told otherwise, and 1G from "
               "the API."},
    {.name = "max-depth",
     .kind = OPTION_NUMBER,
     .commands = ALL,
     .offset = AT(max_depth),
     .least = 1,
     .most = 100000,
     .argument = "N",
     .manual = "The deepest nesting, 256 unless told otherwise, 100000 at most."},
    {.name = "max-issues",
     .kind = OPTION_NUMBER,
     /* For a gate it is a clause, above. */
     .commands = ALL & ~(unsigned)COMMAND_CHECK,
     .offset = AT(max_issues),
     .least = 1,
     .most = MOST_IDS,
     .argument = "N",
     .manual = "The most issues that are read, 4294967294 unless told otherwise and at most."},
    {.name = "threads",
     .kind = OPTION_NUMBER,
     .commands = FILES,
     .offset = AT(threads),
     .least = 1,
     .most = ERRATA_MOST_THREADS,
     .argument = "N",
     .manual = "Read on so many threads. As many as there are processors to use unless told "
               "otherwise, 16 at most then; up to 256. What comes out is the same."},
    {.name = "color",
     .kind = OPTION_CHOICE,
     .commands = ANSWERS,
     .offset = AT(color),
     .words = color_words,
     .manual = "Whether there are colours. auto, which is the default: on a terminal, unless "
               "NO_COLOR is set, or TERM is dumb or not set; CLICOLOR_FORCE, set and not 0, makes "
               "it always. Nothing is said by colour alone. Bars are drawn on every terminal, and "
               "elsewhere with always."},
    /* The help says what it does at --write-baseline. */
    {.name = "accept-new",
     .kind = OPTION_FLAG,
     .commands = COMMAND_CHECK,
     .offset = AT(accept_new),
     .manual =
         "Let --write-baseline write a baseline that allows more than the one of --baseline."},
    {.name = "stats",
     .kind = OPTION_FLAG,
     .commands = ALL,
     .offset = AT(stats),
     .manual = "After reading and before the answer, write a line of JSON to standard error that "
               "tells what was read, how fast, and in how much memory."},
    {.name = "help",
     .letter = 'h',
     .kind = OPTION_FLAG,
     .commands = ALL,
     .offset = AT(help),
     .manual = "Show help on the command, or on errata as a whole."},
    {.name = "version",
     .letter = 'V',
     .kind = OPTION_FLAG,
     .commands = ALL,
     .offset = AT(version),
     .help = "",
     .manual = "Show the version."},
};

const struct option_list options_input = {"How to read", rows, sizeof rows / sizeof *rows};
