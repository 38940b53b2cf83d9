/*
 * Several threads group, walk and count over one index at once, each with queries of its own, and
 * all find the same: over an index that was read, and over one that was opened without verification. Under
 * ThreadSanitizer this also shows that nobody writes to the index without care.
 */
#include <pthread.h>
#include <stdio.h>

#include <errata/store.h>

#include "../unit/written.h"

#define THREADS 4

struct task {
    const struct errata_index *index;
    uint64_t sum;
};

static void add(uint64_t *sum, uint64_t number) {
    *sum = (*sum ^ number) * 1099511628211U;
}

static void add_groups(struct errata_query *query, const struct errata_grouping *by,
                       uint64_t *sum) {
    struct errata_groups *groups;
    struct errata_group group;
    must(errata_query_group(&groups, query, by, NULL));
    for (uint64_t i = 0; errata_groups_at(groups, i, &group); i++) {
        add(sum, group.issues);
        add(sum, group.records);
        add(sum, group.first);
        for (size_t place = 0; place < by->n_fields; place++) {
            add(sum, group.values[place].length);
        }
    }
    errata_groups_free(groups);
}

static void *work(void *ctx) {
    static const struct errata_grouping by[] = {
        {.fields = {ERRATA_FIELD_KEY, ERRATA_FIELD_CODE, ERRATA_FIELD_PATTERN}, .n_fields = 3},
        {.fields = {ERRATA_FIELD_PATH}, .n_fields = 1, .order = ERRATA_ORDER_NAME},
        {.fields = {ERRATA_FIELD_FETCHED_AT, ERRATA_FIELD_SOURCE}, .n_fields = 2}};
    static const char *const terms[] = {"message ~ e", "path ~ [0-9]", "path != a[0].b",
                                        "app != x"};
    struct task *task = ctx;
    struct errata_query *query;
    must(errata_query_new(&query, task->index, NULL, NULL));
    for (int round = 0; round < 5; round++) {
        struct errata_matches *matches;
        struct errata_totals *totals;
        struct errata_total total;
        uint32_t id = 0;
        if (round < 4) {
            must(errata_query_where(query, terms[round], NULL));
        }
        for (size_t i = 0; i < sizeof by / sizeof by[0]; i++) {
            add_groups(query, &by[i], &task->sum);
        }
        must(errata_query_match(&matches, query, 0, 0, NULL));
        while (id != ERRATA_NONE) {
            must(errata_matches_next(matches, &id, NULL));
            add(&task->sum, id);
        }
        errata_matches_free(matches);
        must(errata_query_totals(&totals, query, NULL));
        errata_totals_get(totals, &total);
        add(&task->sum, total.documents);
        add(&task->sum, total.records_with_issues);
        errata_totals_free(totals);
    }
    errata_query_free(query);
    return NULL;
}

/* Do several threads at once find what one does? */
static bool same_in_all(const struct errata_index *index, uint64_t expected) {
    struct task tasks[THREADS];
    pthread_t threads[THREADS];
    bool same = true;

    for (int i = 0; i < THREADS; i++) {
        tasks[i] = (struct task){index, 0};
        if (pthread_create(&threads[i], NULL, work, &tasks[i]) != 0) {
            perror("pthread_create");
            exit(1);
        }
    }
    for (int i = 0; i < THREADS; i++) {
        pthread_join(threads[i], NULL);
        same = same && tasks[i].sum == expected;
    }
    return same;
}

int main(void) {
    struct heap heap = {.fail_at = 0};
    const struct errata_allocator allocator = {heap_alloc, heap_realloc, heap_free, &heap};
    const struct errata_open_options unverified = {.allocator = &allocator, .no_verify = true};
    struct errata_index *index = made_at_random(&heap, 7, 500);
    struct errata_index *opened;
    struct written written = written_of(index);
    struct task alone = {index, 0};
    bool same;

    work(&alone);
    same = same_in_all(index, alone.sum);
    errata_index_free(index);
    /* All threads come upon tables that nobody has looked at yet. */
    must(errata_index_open_memory(&opened, written.data, written.length, &unverified, NULL));
    same = same_in_all(opened, alone.sum) && same;
    errata_index_free(opened);
    free(written.data);
    if (heap.out != 0) {
        printf("%ld blocks are left\n", (long)heap.out);
        same = false;
    }
    if (!same) {
        puts("the threads did not find the same");
    }
    return same ? 0 : 1;
}
