/*
 * Runs a fuzz target over the files of folders, as an ordinary test: seeds, and what fuzzing has found.
 */
#include <dirent.h>

#include "../unit/reading.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static unsigned replay(const char *folder) {
    DIR *entries = opendir(folder);
    struct dirent *entry;
    unsigned files = 0;
    while (entries != NULL && (entry = readdir(entries)) != NULL) {
        char path[4096];
        if (entry->d_name[0] == '.') {
            continue;
        }
        snprintf(path, sizeof path, "%s/%s", folder, entry->d_name);
        struct bytes input = bytes_of_file(path);
        LLVMFuzzerTestOneInput((const uint8_t *)input.data, input.length);
        bytes_free(&input);
        files++;
    }
    if (entries != NULL) {
        closedir(entries);
    }
    return files;
}

int main(int argc, char **argv) {
    unsigned files = 0;
    for (int i = 1; i < argc; i++) {
        files += replay(argv[i]);
    }
    printf("%u inputs\n", files);
    return files > 0 ? 0 : 1;
}
