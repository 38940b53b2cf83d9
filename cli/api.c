/*
 * The commands that ask the API. What they are called and take is known to both programs: errata checks the command
 * line and shows the help, errata-http does the work.
 */
#include "command.h"

const struct command command_fetch = {
    .name = "fetch",
    .bit = COMMAND_FETCH,
    .operands = "RECORD...",
    .about = "Fetches statuses of records from the API, and shows what is wrong.",
    .examples = {"errata fetch --collection loans r-17",
                 "errata fetch --collection loans --wait --view list r-17 r-18"},
    .api = true,
};

const struct command command_scan = {
    .name = "scan",
    .bit = COMMAND_SCAN,
    .operands = "--collection ID",
    .about = "Fetches the statuses of a whole collection, and shows what is wrong.",
    .examples = {"errata scan --collection loans --archive loans.ndjson.zst",
                 "errata scan --collection loans --archive loans.ndjson.zst --resume"},
    .api = true,
};
