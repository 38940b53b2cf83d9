/*
 * What can be wrong with terms and regular expressions is found out before a long read, not after it: on an index
 * without anything in it.
 */
#ifndef ERRATA_CLI_AHEAD_H
#define ERRATA_CLI_AHEAD_H

#include <errata/index.h>

#include "message.h"
#include "settings.h"

/* An index without anything in it. */
enum exit_status ahead_index(struct errata_index **index);

/* The terms of --where and its short forms. Says what is wrong. */
enum exit_status ahead_check_query(const struct settings *settings);

#endif
