/*
 * The policy of a gate: a JSON file with rules, as docs/policy.schema.json describes it.
 */
#ifndef ERRATA_CLI_POLICY_H
#define ERRATA_CLI_POLICY_H

#include "clause.h"

/* Adds the rules of settings->policy. EXIT_INPUT after saying that it cannot be read, EXIT_USAGE after saying what
   is wrong in it and where: a member, a value, a term that cannot be parsed, or that no issue can pass together
   with the filters of the command line. */
enum exit_status policy_read(struct rules *rules, const struct settings *settings);

#endif
