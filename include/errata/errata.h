/*
 * All of errata's core in one include.
 */
#ifndef ERRATA_ERRATA_H
#define ERRATA_ERRATA_H

#include <errata/allocator.h>
#include <errata/diff.h>
#include <errata/error.h>
#include <errata/export.h>
#include <errata/index.h>
#include <errata/limits.h>
#include <errata/query.h>
#include <errata/reader.h>
#include <errata/redact.h>
#include <errata/report.h>
#include <errata/store.h>
#include <errata/text.h>
#include <errata/verdict.h>
#include <errata/version.h>

#endif
