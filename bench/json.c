/*
 * Results in the JSON format of Google Benchmark, which its compare.py and the benchmark actions of CI services
 * read: a context, and a list of runs and of what the runs of each benchmark come to.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "bench.h"
#include "figures.h"

/* One of the two that readers of the format know. */
#ifdef __OPTIMIZE__
#define BUILD_TYPE "release"
#else
#define BUILD_TYPE "debug"
#endif

/* A string with its quotes. What we write are names, of ours and of files. */
static void put_string(FILE *file, const char *text) {
    fputc('"', file);
    for (; *text; text++) {
        if (*text == '"' || *text == '\\') {
            fputc('\\', file);
        }
        if ((unsigned char)*text >= ' ') {
            fputc(*text, file);
        }
    }
    fputc('"', file);
}

static void put_member(FILE *file, const char *name, const char *text) {
    fprintf(file, "    \"%s\": ", name);
    put_string(file, text);
    fputs(",\n", file);
}

/* The value that /proc/cpuinfo has for a name, of the first processor; empty where there is none. */
static void cpu_info(const char *name, char *value, size_t size) {
    FILE *file = fopen("/proc/cpuinfo", "re");
    char line[512];

    value[0] = '\0';
    while (file && value[0] == '\0' && fgets(line, sizeof line, file)) {
        char *colon = strchr(line, ':');

        if (colon && strncmp(line, name, strlen(name)) == 0) {
            snprintf(value, size, "%s", colon + 2);
            value[strcspn(value, "\n")] = '\0';
        }
    }
    if (file) {
        fclose(file);
    }
}

void bench_json_begin(struct bench_session *session, const char *program) {
    FILE *file = session->json;
    char text[256] = "";
    double load[3] = {0};
    time_t now = time(NULL);
    struct tm local;
    size_t length;

    fputs("{\n  \"context\": {\n", file);
    localtime_r(&now, &local);
    /* +01:00, where strftime writes +0100. */
    length = strftime(text, sizeof text - 1, "%Y-%m-%dT%H:%M:%S%z", &local);
    memmove(text + length - 1, text + length - 2, 3);
    text[length - 2] = ':';
    put_member(file, "date", text);
    gethostname(text, sizeof text - 1);
    put_member(file, "host_name", text);
    put_member(file, "executable", program);
    fprintf(file, "    \"num_cpus\": %ld,\n", sysconf(_SC_NPROCESSORS_ONLN));
    cpu_info("cpu MHz", text, sizeof text);
    fprintf(file, "    \"mhz_per_cpu\": %.0f,\n", strtod(text, NULL));
    fputs("    \"cpu_scaling_enabled\": false,\n    \"caches\": [],\n", file);
    getloadavg(load, 3);
    fprintf(file, "    \"load_avg\": [%g, %g, %g],\n", load[0], load[1], load[2]);
    cpu_info("model name", text, sizeof text);
    put_member(file, "cpu_model", text);
    /* 0: payloads have the sizes that their shapes say. */
    fprintf(file, "    \"most_payload_bytes\": %llu,\n", (unsigned long long)session->most_bytes);
    put_member(file, "library_version", errata_version());
    put_member(file, "library_build_type", BUILD_TYPE);
    put_member(file, "meson_build_type", ERRATA_BENCH_BUILD_TYPE);
    fputs("    \"json_schema_version\": 1\n  },\n", file);
    fputs("  \"benchmarks\": [", file);
}

/* Opens an entry with what all kinds of it have. */
static void put_head(struct bench_session *session, const struct bench_group *group,
                     const struct bench_contestant *contestant, const char *suffix,
                     const char *kind, size_t n_runs) {
    FILE *file = session->json;

    fprintf(file, "%s\n    {\n", session->n_reported++ == 0 ? "" : ",");
    fprintf(file, "      \"name\": \"%s/%s%s\",\n", group->name, contestant->name, suffix);
    fprintf(file, "      \"family_index\": %zu,\n", session->n_groups);
    fprintf(file, "      \"per_family_instance_index\": %td,\n", contestant - group->contestants);
    fprintf(file, "      \"run_name\": \"%s/%s\",\n", group->name, contestant->name);
    fprintf(file, "      \"run_type\": \"%s\",\n", kind);
    fprintf(file, "      \"repetitions\": %zu,\n", n_runs);
    fprintf(file, "      \"threads\": %u,\n", contestant->threads);
}

static void put_figure(FILE *file, enum bench_figure figure, double value) {
    const char *name = bench_figure_name(figure);

    if (name && !isnan(value)) {
        fprintf(file, ",\n      \"%s\": %.10g", name, value);
    }
}

static void put_times(FILE *file, double real, double cpu, const char *unit) {
    fprintf(file,
            "      \"real_time\": %.10g,\n      \"cpu_time\": %.10g,\n      \"time_unit\": \"%s\"",
            real, cpu, unit);
}

static void put_run(struct bench_session *session, const struct bench_group *group,
                    const struct bench_contestant *contestant, const struct bench_figures *runs,
                    size_t n_runs, size_t number) {
    const double *values = runs[number].values;

    put_head(session, group, contestant, "", "iteration", n_runs);
    fprintf(session->json, "      \"repetition_index\": %zu,\n      \"iterations\": 1,\n", number);
    put_times(session->json, values[BENCH_REAL], values[BENCH_CPU], "ns");
    for (enum bench_figure i = 0; i < BENCH_FIGURES; i++) {
        put_figure(session->json, i, values[i]);
    }
    fputs("\n    }", session->json);
}

/* What a spread is called in the format, and where it is. */
static const struct {
    const char *name;
    size_t offset;
} aggregates[] = {
    {"mean", offsetof(struct bench_spread, mean)},
    {"median", offsetof(struct bench_spread, median)},
    {"stddev", offsetof(struct bench_spread, deviation)},
    {"min", offsetof(struct bench_spread, least)},
    {"max", offsetof(struct bench_spread, most)},
};
#define N_AGGREGATES (sizeof aggregates / sizeof aggregates[0])

static double aggregate(const struct bench_figures *runs, size_t n_runs, enum bench_figure figure,
                        size_t which) {
    struct bench_spread spread;
    double value;

    if (!bench_spread_of(&spread, runs, n_runs, figure)) {
        return NAN;
    }
    memcpy(&value, (const char *)&spread + aggregates[which].offset, sizeof value);
    return value;
}

static void put_aggregate(struct bench_session *session, const struct bench_group *group,
                          const struct bench_contestant *contestant,
                          const struct bench_figures *runs, size_t n_runs, size_t which) {
    char suffix[BENCH_NAME_SIZE];

    snprintf(suffix, sizeof suffix, "_%s", aggregates[which].name);
    put_head(session, group, contestant, suffix, "aggregate", n_runs);
    fprintf(session->json, "      \"aggregate_name\": \"%s\",\n", aggregates[which].name);
    fprintf(session->json, "      \"aggregate_unit\": \"time\",\n      \"iterations\": %zu,\n",
            n_runs);
    put_times(session->json, aggregate(runs, n_runs, BENCH_REAL, which),
              aggregate(runs, n_runs, BENCH_CPU, which), "ns");
    for (enum bench_figure i = 0; i < BENCH_FIGURES; i++) {
        put_figure(session->json, i, aggregate(runs, n_runs, i, which));
    }
    fputs("\n    }", session->json);
}

void bench_json_add(struct bench_session *session, const struct bench_group *group,
                    const struct bench_contestant *contestant, const struct bench_figures *runs,
                    size_t n_runs) {
    for (size_t i = 0; i < n_runs; i++) {
        put_run(session, group, contestant, runs, n_runs, i);
    }
    for (size_t i = 0; i < N_AGGREGATES; i++) {
        put_aggregate(session, group, contestant, runs, n_runs, i);
    }
}

bool bench_json_end(struct bench_session *session) {
    fputs("\n  ]\n}\n", session->json);
    return fclose(session->json) == 0;
}
