/*
 * Writes a payload to standard output.
 *
 *     errata-bench-gen [--seed N] [--documents N] [--issues N] SHAPE [BYTES [SEED]]
 */
#include <getopt.h>
#include <stdio.h>
#include <unistd.h>

#include "generate.h"
#include "number.h"

static int usage(void) {
    fputs("usage: errata-bench-gen [--seed N] [--documents N] [--issues N] SHAPE [BYTES [SEED]]\n\n"
          "Writes status documents until there are BYTES bytes (such as 400M), or N documents or\n"
          "issues; without a word on it, as many bytes as the benchmarks read. The same arguments\n"
          "give the same bytes. Shapes, and their MB:\n",
          stderr);
    for (size_t i = 0; i < n_bench_shapes; i++) {
        fprintf(stderr, "  %-3s %5u  %s\n", bench_shapes[i].name,
                (unsigned)(bench_shapes[i].bytes / 1000000), bench_shapes[i].help);
    }
    return 2;
}

/* What the command line asks for. */
struct order {
    const struct bench_shape *shape;
    struct bench_size size;
    uint64_t seed;
};

static bool parse(struct order *order, int argc, char **argv) {
    static const struct option options[] = {
        {"seed", required_argument, NULL, 's'},
        {"documents", required_argument, NULL, 'd'},
        {"issues", required_argument, NULL, 'i'},
        {NULL, 0, NULL, 0},
    };
    int option;
    int words;

    while ((option = getopt_long(argc, argv, "", options, NULL)) != -1) {
        uint64_t *number = option == 's'   ? &order->seed
                           : option == 'd' ? &order->size.documents
                                           : &order->size.issues;

        if (option == '?' || !bench_parse_number(optarg, number)) {
            return false;
        }
    }
    words = argc - optind;
    argv += optind;
    if (words < 1 || words > 3 || !(order->shape = bench_find_shape(argv[0])) ||
        (words > 1 && !bench_parse_number(argv[1], &order->size.bytes)) ||
        (words > 2 && !bench_parse_number(argv[2], &order->seed))) {
        return false;
    }
    if (words == 1 && order->size.documents == 0 && order->size.issues == 0) {
        order->size.bytes = order->shape->bytes;
    }
    return true;
}

int main(int argc, char **argv) {
    struct order order = {0};
    int output = STDOUT_FILENO;

    if (!parse(&order, argc, argv)) {
        return usage();
    }
    if (!bench_generate(order.shape, &order.size, order.seed, bench_take_to_fd, &output)) {
        perror("errata-bench-gen");
        return 3;
    }
    return 0;
}
