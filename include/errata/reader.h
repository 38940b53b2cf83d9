/*
 * Reading: status documents go in as bytes, in pieces of any size, and an index comes out.
 *
 *     struct errata_reader *reader;
 *     struct errata_index *index;
 *     struct errata_error error;
 *
 *     if (errata_reader_new(&reader, NULL, &error) ||
 *         errata_reader_read_path(reader, "run.ndjson.gz", NULL, &error) ||
 *         errata_reader_finish(&index, reader, &error))
 *         ...
 *
 * A status document is the body of GET .../records/{record_id}/status (docs/status-documents.md says
 * exactly what is accepted). A source is a file, standard input or anything else that documents come
 * from. Its documents may stand one a line, follow one another, or be the elements of one array.
 *
 * Trouble comes in three grades. (1) Not JSON, or a broken limit; (2) JSON, but no status document;
 * (3) a deviation: read all the same and counted. Of grade 1 and 2 the first ends the run: the call
 * returns its status, and so does every later one. With `keep_going` each becomes a reject instead, and
 * reading goes on behind it. A document is in the index whole or not at all.
 *
 * What may grow: the index with distinct values and rows (a scalar that a later one of its object replaces
 * stays among the strings), and by some 64 bytes for each reject; errata_limits.memory bounds both.
 *
 * A reader belongs to one thread at a time.
 */
#ifndef ERRATA_READER_H
#define ERRATA_READER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <errata/allocator.h>
#include <errata/error.h>
#include <errata/index.h>
#include <errata/limits.h>
#include <errata/text.h>

#ifdef __cplusplus
extern "C" {
#endif

/* The library is compiled with hidden visibility: it exports what a public header declares. */
#pragma GCC visibility push(default)

/** Reads sources into an index. */
struct errata_reader;

/** How documents stand in a source. */
enum errata_framing {
    /**
     * Lines when the source's name ends in .ndjson or .jsonl (before .gz or .zst), or when the first
     * document ends on the line it began on and a line end follows; else stream.
     */
    ERRATA_FRAMING_AUTO = 0,
    /** An LF ends every document: one still open there is rejected. Several may share a line. */
    ERRATA_FRAMING_LINES,
    /**
     * Documents may span lines. After malformed JSON reading resumes at the next line whose first byte
     * is `{`.
     */
    ERRATA_FRAMING_STREAM
};

/**
 * Called with each reject as it is found, in input order, when `keep_going` is set.
 *
 * @param ctx     errata_reader_options.ctx
 * @param reject  the reject; its texts live until the call returns
 * @param text    the first bytes of the stretch, at most 200, verbatim: hostile, and not always UTF-8
 * @return ERRATA_OK to go on; anything else ends the run with that status
 */
typedef enum errata_status errata_reject_function(void *ctx, const struct errata_reject *reject,
                                                  struct errata_text text);

/**
 * Called while descriptors and files are read, for each piece of them, on the calling thread: for somebody who waits.
 *
 * @param ctx    errata_reader_options.ctx
 * @param bytes  that were taken in since the last call, as they lie there, before decompression; 1 at least
 */
typedef void errata_bytes_function(void *ctx, uint64_t bytes);

/** How to read. Zero every field that you do not set. Copied by errata_reader_new(). */
struct errata_reader_options {
    /** NULL means malloc, realloc and free. */
    const struct errata_allocator *allocator;
    /** See limits.h. */
    struct errata_limits limits;
    /** Every deviation from the API's declared schema makes its document a reject. */
    bool strict;
    /** Rejects do not end the run. */
    bool keep_going;
    /** Digit strings in a path are names, not positions: `["a", "17"]` is `a["17"]`. */
    bool digit_names;
    /** May be NULL. */
    errata_reject_function *on_reject;
    /** May be NULL. */
    errata_bytes_function *on_bytes;
    /** Handed to on_reject and on_bytes. */
    void *ctx;
    /**
     * Threads to read on, the calling one among them; 0 is 1, at most ERRATA_MOST_THREADS. See
     * errata_reader_read_fd().
     */
    uint32_t threads;
};

/** The greatest errata_reader_options.threads. */
#define ERRATA_MOST_THREADS 256U

/**
 * Where a source's documents come from. Zero every field that you do not set. Texts are copied. What the
 * origin says about a document wins over what the document says about itself.
 */
struct errata_origin {
    /** Shown in errors and stored, such as a path; absent is stored as an empty name. */
    struct errata_text name;
    /** For sources of a single document; absent leaves it to the documents' own members. */
    struct errata_text app;
    struct errata_text collection;
    struct errata_text record;
    /** Unix seconds; 0 is unknown. */
    int64_t fetched_at;
    enum errata_source_kind kind;
    enum errata_framing framing;
    /** See errata_source.scope; absent when the source is no scan, or a whole collection. */
    struct errata_text scope;
};

/** What a reader has taken in so far; documents, rejects and issues count what was joined, too. */
struct errata_reader_stats {
    /** Fed, after decompression. */
    uint64_t bytes;
    /**
     * Bytes that the JSON parser has looked at: a token cut by a chunk is looked at again. With several threads each
     * learns by itself what the parser need not look at, so these and known_issues are a little different.
     */
    uint64_t parsed_bytes;
    uint64_t documents;
    uint64_t rejects;
    uint64_t issues;
    /**
     * Sources that were read as lines to their end and gave nothing but rejects: where their documents
     * span lines, ERRATA_FRAMING_STREAM is what they need.
     */
    uint64_t lines_all_rejected;
    /** What the index asked of the allocator, in bytes. */
    uint64_t memory;
    /**
     * Issues whose bytes were known, so that the JSON parser did not look at them, those of documents that
     * were taken back counted too.
     */
    uint64_t known_issues;
    /** A document has begun and not ended: errata_reader_end() would cut it off. */
    bool document_open;
};

/**
 * Makes a reader.
 *
 * @param out      receives the reader, to be freed with errata_reader_free(); NULL on failure
 * @param options  may be NULL: all defaults
 * @param error    receives the details of a failure; may be NULL (in all functions of this library)
 * @return ERRATA_OK; ERRATA_NO_MEMORY; ERRATA_MISUSE (a limit over its maximum, or too many threads)
 */
ERRATA_MUST_CHECK enum errata_status errata_reader_new(struct errata_reader **out,
                                                       const struct errata_reader_options *options,
                                                       struct errata_error *error);

/**
 * Frees a reader and, unless errata_reader_finish() handed it over, the index in it.
 *
 * @param reader  may be NULL
 */
void errata_reader_free(struct errata_reader *reader);

/**
 * Starts a source. Every call makes a row in the table of sources, also under an equal name.
 *
 * @param origin  may be NULL: a source without a name
 * @return ERRATA_OK; ERRATA_MISUSE (a source is open, the index was taken, or the origin's kind or framing is
 *         none); ERRATA_NO_MEMORY;
 *         ERRATA_LIMIT_MEMORY; the status of the trouble that ended the run, if one has
 */
ERRATA_MUST_CHECK enum errata_status errata_reader_begin(struct errata_reader *reader,
                                                         const struct errata_origin *origin,
                                                         struct errata_error *error);

/**
 * Takes the next bytes of the open source. The result does not depend on how they are cut.
 *
 * @param bytes   uncompressed; not kept; may be NULL when length is 0
 * @param length  in bytes
 * @return ERRATA_OK; ERRATA_MISUSE (no source is open); the trouble that ends the run: ERRATA_NOT_JSON,
 *         ERRATA_NOT_STATUS, ERRATA_LIMIT_* , ERRATA_NO_MEMORY, or what on_reject returned
 */
ERRATA_MUST_CHECK enum errata_status errata_reader_feed(struct errata_reader *reader,
                                                        const void *bytes, size_t length,
                                                        struct errata_error *error);

/**
 * Ends the open source. A document that is still open is cut off: trouble of grade 1.
 *
 * @return as errata_reader_feed(). The source is ended in any case.
 */
ERRATA_MUST_CHECK enum errata_status errata_reader_end(struct errata_reader *reader,
                                                       struct errata_error *error);

/**
 * Ends the open source and takes its open document back without a reject, for a transfer that broke and
 * will be tried again. Complete documents stay. Does nothing when no source is open.
 */
void errata_reader_abandon(struct errata_reader *reader);

/**
 * Adds a reject for a document that could not be had at all, such as that of a record which the API does not
 * know. It belongs to the open source and has no place: its lines, columns, offsets and its length are 0, and it is not
 * counted in the numbers of documents. on_reject is not called; `keep_going` does not matter.
 *
 * @param reason  why, in English, without hostile characters; not NULL
 * @return ERRATA_OK; ERRATA_MISUSE (no source is open, or a document is); ERRATA_NO_MEMORY; ERRATA_LIMIT_MEMORY;
 *         ERRATA_LIMIT_IDS; the status of the trouble that ended the run, if one has
 */
ERRATA_MUST_CHECK enum errata_status errata_reader_reject(struct errata_reader *reader,
                                                          struct errata_text reason,
                                                          struct errata_error *error);

/**
 * How the reader reads: the options it was made with, every default filled in, for somebody who reads a part of its
 * input elsewhere first.
 *
 * @param options  receives them; the allocator is borrowed from the reader
 */
void errata_reader_settings(const struct errata_reader *reader,
                            struct errata_reader_options *options);

/**
 * Reads a descriptor to its end as one source: begin, feed, end. gzip (RFC 1952, several members) and
 * zstd (RFC 8878, several frames) are recognised by their first bytes and decompressed; zeros behind the
 * last gzip member are padding.
 *
 * With several threads (errata_reader_options.threads), a regular file of lines is cut at line ends into stretches of
 * about 1 MiB, which are read at the same time and joined in order. The index is the same, byte for byte, and so are
 * rejects and errors. These are different: the allocator is called by all threads at once, and must be thread-safe;
 * at most one stretch for each thread and two more are in memory beside the index, and half of what
 * errata_limits.memory leaves is kept for them as long as that is enough (reading goes on by one thread when it is not);
 * what the index itself asks of the allocator may differ a little, since its tables grow at other times;
 * within on_reject, errata_reader_stats() may be up to a stretch ahead. on_reject is called by the calling thread
 * alone. Everything else is parsed by the calling thread, while another reads and decompresses up to 1 MiB ahead; where
 * trouble ends the run, the descriptor may stand that much further on. The threads are made and joined within the
 * call, and take no signals. If they cannot be made, one thread does it all.
 *
 * A saved index (store.h) is no payload: it is trouble as a whole, whose message says what it is.
 *
 * Where reading fails (ERRATA_CANNOT_READ) the source is abandoned, its row stays, and the reader can go on
 * with other sources.
 *
 * @param fd      open for reading; read from where it stands; not closed
 * @param origin  may be NULL
 * @return as errata_reader_feed(), ERRATA_NOT_STATUS also for a saved index; ERRATA_CANNOT_READ;
 *         ERRATA_BAD_COMPRESSION (with keep_going a reject: the rest of the source)
 */
ERRATA_MUST_CHECK enum errata_status errata_reader_read_fd(struct errata_reader *reader, int fd,
                                                           const struct errata_origin *origin,
                                                           struct errata_error *error);

/** The most that may be peeked, in bytes. */
#define ERRATA_PEEKED_SIZE 4096U

/**
 * The same for a pipe whose first bytes were read off already, to see what it brings: they count as if
 * the descriptor gave them first.
 *
 * @param peeked  not kept; may be NULL when length is 0
 * @param length  in bytes, ERRATA_PEEKED_SIZE at most
 * @return as errata_reader_read_fd(); ERRATA_MISUSE (too many bytes)
 */
ERRATA_MUST_CHECK enum errata_status errata_reader_read_peeked(struct errata_reader *reader,
                                                               const void *peeked, size_t length,
                                                               int fd,
                                                               const struct errata_origin *origin,
                                                               struct errata_error *error);

/**
 * Opens a file and reads it as errata_reader_read_fd() does. A file that cannot be opened makes no source.
 *
 * @param path    NUL-ended
 * @param origin  may be NULL; where its name is absent the path is the name
 * @return as errata_reader_read_fd()
 */
ERRATA_MUST_CHECK enum errata_status errata_reader_read_path(struct errata_reader *reader,
                                                             const char *path,
                                                             const struct errata_origin *origin,
                                                             struct errata_error *error);

/**
 * Called for each file by errata_reader_read_paths(), in order, on the calling thread, before on_reject is told of
 * anything in it.
 *
 * @param ctx   as given
 * @param file  its number, from 0
 */
typedef void errata_path_function(void *ctx, size_t file);

/**
 * Reads files one behind the other, as errata_reader_read_path() reads each. With several threads, small ones (up to
 * 1 MiB) are read at the same time, and joined in order; what comes out is the same.
 *
 * The first failure ends the call: the file that `each` was called for last is the one that failed. None behind it is
 * in the index. After ERRATA_CANNOT_READ reading can go on, by another call for the files behind it.
 *
 * @param paths    NUL-ended
 * @param origin   of each; may be NULL; where its name is absent the path is the name
 * @param each     may be NULL
 * @param ctx      handed to each
 * @return as errata_reader_read_path()
 */
ERRATA_MUST_CHECK enum errata_status errata_reader_read_paths(struct errata_reader *reader,
                                                              const char *const *paths,
                                                              size_t n_paths,
                                                              const struct errata_origin *origin,
                                                              errata_path_function *each, void *ctx,
                                                              struct errata_error *error);

/**
 * Appends an index as if its inputs were read now, in their order: what comes out is, byte for byte, what reading
 * them here would give. Reading may go on behind it. The result takes nothing of the part's memory.
 *
 * Cost: linear in the part's rows and distinct values; for the time of the call some 4 bytes for each of its
 * strings, segments, patterns, shapes and records, which count for errata_limits.memory. Of the other limits
 * only that on issues applies. `strict`, `keep_going` and on_reject do not: what was deviation or reject is so
 * still, and rejects are not told again.
 *
 * @param part  an index that was read or opened; it may be freed as soon as the call returns
 * @return ERRATA_OK; ERRATA_MISUSE (a source is open, the index was handed over, or the part is redacted: see
 *         redact.h); ERRATA_MISMATCH (the part
 *         was read with other digit_names than this reader's); ERRATA_DAMAGED (it was opened without verification,
 *         and is); ERRATA_LIMIT_ISSUES; ERRATA_LIMIT_MEMORY; ERRATA_LIMIT_IDS; ERRATA_NO_MEMORY: then all
 *         is as before the call, and reading can go on; the status of the trouble that ended the run, if one has
 */
ERRATA_MUST_CHECK enum errata_status errata_reader_join(struct errata_reader *reader,
                                                        const struct errata_index *part,
                                                        struct errata_error *error);

/**
 * Hands over the index of all complete documents, also after a failure. Allocates nothing. A source that
 * is still open is abandoned. Afterwards the reader is only good for freeing.
 *
 * @param out  receives the index, to be freed with errata_index_free()
 * @return ERRATA_OK; ERRATA_MISUSE (it was handed over before; *out is then NULL)
 */
ERRATA_MUST_CHECK enum errata_status errata_reader_finish(struct errata_index **out,
                                                          struct errata_reader *reader,
                                                          struct errata_error *error);

/**
 * What has been read so far, the open document not counted. Constant cost.
 *
 * @param stats  receives the figures
 */
void errata_reader_stats(const struct errata_reader *reader, struct errata_reader_stats *stats);

#pragma GCC visibility pop

#ifdef __cplusplus
}
#endif
#endif
