/*
 * Prints what reading files gives, as unit/dump.h writes it.
 *
 *     dump --record FOLDER FILE...   writes the expectation of each case file to FOLDER/NAME.txt, for people to judge
 *     dump [OPTION...] FILE...       to compare with other readers: rejects without reasons
 */
#include "../unit/dump.h"

static const char *base_name(const char *path) {
    const char *slash = strrchr(path, '/');
    return slash == NULL ? path : slash + 1;
}

static int record(const char *folder, const char *path) {
    struct bytes input = bytes_of_file(path);
    struct bytes text = {0};
    char name[4096];
    dump_case(&text, base_name(path), input.data, input.length);
    snprintf(name, sizeof name, "%s/%s.txt", folder, base_name(path));
    FILE *file = fopen(name, "wb");
    bool written = file != NULL && fwrite(text.data, 1, text.length, file) == text.length;
    written = file != NULL && fclose(file) == 0 && written;
    bytes_free(&text);
    bytes_free(&input);
    if (!written) {
        perror(name);
    }
    return written ? 0 : 1;
}

static int print(const struct how *how, const char *path) {
    struct bytes input = bytes_of_file(path);
    struct bytes text = {0};
    struct outcome outcome;
    read_bytes(&outcome, how, input.data, input.length);
    printf("== %s\n", path);
    if (outcome.status != ERRATA_OK) {
        printf("status: %s\n", errata_status_text(outcome.status));
    }
    if (outcome.index != NULL) {
        dump_index(&text, outcome.index, DUMP_WITHOUT_REASONS);
        fwrite(text.data, 1, text.length, stdout);
    }
    bytes_free(&text);
    bytes_free(&input);
    if (outcome_free(&outcome) != 0) {
        fprintf(stderr, "%s: memory was not given back\n", path);
        return 1;
    }
    return 0;
}

/* Takes an option; false when it is none. */
static bool option(struct how *how, const char *word) {
    if (strcmp(word, "--lines") == 0) {
        how->framing = ERRATA_FRAMING_LINES;
    } else if (strcmp(word, "--stream") == 0) {
        how->framing = ERRATA_FRAMING_STREAM;
    } else if (strcmp(word, "--strict") == 0) {
        how->strict = true;
    } else if (strcmp(word, "--digit-names") == 0) {
        how->digit_names = true;
    } else if (strncmp(word, "--chunk=", 8) == 0) {
        how->chunk = strtoul(word + 8, NULL, 10);
    } else {
        return false;
    }
    return true;
}

int main(int argc, char **argv) {
    struct how how = {.keep_going = true};
    int result = 0;
    if (argc > 2 && strcmp(argv[1], "--record") == 0) {
        for (int i = 3; i < argc; i++) {
            result |= record(argv[2], argv[i]);
        }
        return result;
    }
    for (int i = 1; i < argc; i++) {
        if (!option(&how, argv[i])) {
            how.name = base_name(argv[i]);
            result |= print(&how, argv[i]);
        }
    }
    return result;
}
