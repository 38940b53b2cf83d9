/*
 * errata-bench: how fast errata is, beside yardsticks that run in turns with it. See usage() and
 * docs/performance.md.
 */
#include <getopt.h>
#include <stdlib.h>
#include <string.h>

#include "bench.h"
#include "number.h"

static void usage(FILE *file) {
    fputs("usage: errata-bench [OPTION...]\n\n"
          "  --filter REGEX    only benchmarks whose name it matches, such as '^read/[RU]/'\n"
          "  --list            their names, and nothing else\n"
          "  --rounds N        how often each runs; 5 unless told otherwise\n"
          "  --json FILE       also write the figures in the format of Google Benchmark\n"
          "  --size BYTES      payloads are at most so large, such as 20M\n"
          "  --issues N[,N]    how large the indexes are that are asked; 1M,3M,10M unless told "
          "otherwise\n"
          "  --data FOLDER     where payloads are kept; " ERRATA_BENCH_DATA "\n",
          file);
}

static bool parse_issues(struct bench_session *session, char *text) {
    size_t most = sizeof session->issues / sizeof session->issues[0] - 1;
    char *rest;
    size_t n = 0;

    for (char *word = strtok_r(text, ",", &rest); word; word = strtok_r(NULL, ",", &rest)) {
        if (n == most || !bench_parse_number(word, &session->issues[n]) ||
            session->issues[n] == 0) {
            return false;
        }
        n++;
    }
    session->issues[n] = 0;
    return n > 0;
}

static bool parse_rounds(struct bench_session *session, const char *text) {
    uint64_t rounds;

    if (!bench_parse_number(text, &rounds) || rounds < 1 || rounds > BENCH_MOST_ROUNDS) {
        return false;
    }
    session->rounds = rounds;
    return true;
}

static bool parse_filter(struct bench_session *session, regex_t *filter, const char *text) {
    session->filter = filter;
    return regcomp(filter, text, REG_EXTENDED | REG_NOSUB) == 0;
}

/* The words of the command line. False: they are wrong. */
static bool parse(struct bench_session *session, regex_t *filter, const char **json, int argc,
                  char **argv) {
    static const struct option options[] = {
        {"filter", required_argument, NULL, 'f'}, {"list", no_argument, NULL, 'l'},
        {"rounds", required_argument, NULL, 'r'}, {"json", required_argument, NULL, 'j'},
        {"size", required_argument, NULL, 's'},   {"issues", required_argument, NULL, 'i'},
        {"data", required_argument, NULL, 'd'},   {NULL, 0, NULL, 0},
    };
    bool ok = true;
    int option;

    while (ok && (option = getopt_long(argc, argv, "", options, NULL)) != -1) {
        switch (option) {
        case 'f':
            ok = !session->filter && parse_filter(session, filter, optarg);
            break;
        case 'l':
            session->list = true;
            break;
        case 'r':
            ok = parse_rounds(session, optarg);
            break;
        case 'j':
            *json = optarg;
            break;
        case 's':
            ok = bench_parse_number(optarg, &session->most_bytes) && session->most_bytes > 0;
            break;
        case 'i':
            ok = parse_issues(session, optarg);
            break;
        case 'd':
            session->data = optarg;
            break;
        default:
            ok = false;
        }
    }
    return ok && optind == argc;
}

static bool run_all(struct bench_session *session) {
    return bench_reading(session) && bench_chunks(session) && bench_threads(session) &&
           bench_queries(session) && bench_store(session) && bench_start(session);
}

int main(int argc, char **argv) {
    static struct bench_session session = {
        .rounds = 5,
        .issues = {1000000, 3000000, 10000000},
        .data = ERRATA_BENCH_DATA,
    };
    const char *json = NULL;
    regex_t filter;
    bool ok;

    if (argc == 2 && strcmp(argv[1], "--help") == 0) {
        usage(stdout);
        return 0;
    }
    if (!parse(&session, &filter, &json, argc, argv)) {
        usage(stderr);
        return 2;
    }
    if (json && !(session.json = fopen(json, "we"))) {
        perror(json);
        return 3;
    }
    if (session.json) {
        bench_json_begin(&session, argv[0]);
    }
    ok = run_all(&session);
    if (session.json && !bench_json_end(&session)) {
        perror(json);
        ok = false;
    }
    if (session.filter) {
        regfree(&filter);
    }
    if (ok && !session.list && session.n_groups == 0) {
        fputs("errata-bench: no benchmark has such a name; --list shows them\n", stderr);
        return 2;
    }
    return ok ? 0 : 3;
}
