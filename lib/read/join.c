/*
 * Joining several indexes at once.
 */
#include <errata/reader.h>
#include <errata/store.h>

enum errata_status errata_index_join(struct errata_index **out,
                                     const struct errata_index *const *parts, size_t n,
                                     const struct errata_reader_options *options,
                                     struct errata_error *error) {
    static const struct errata_reader_options defaults = {0};
    struct errata_reader_options own = options == NULL ? defaults : *options;
    struct errata_reader *reader;
    *out = NULL;
    if (n > 0) {
        own.digit_names = errata_index_digit_names(parts[0]);
    }
    enum errata_status status = errata_reader_new(&reader, &own, error);
    for (size_t i = 0; i < n && status == ERRATA_OK; i++) {
        status = errata_reader_join(reader, parts[i], error);
    }
    if (status == ERRATA_OK) {
        status = errata_reader_finish(out, reader, error);
    }
    errata_reader_free(reader);
    return status;
}
