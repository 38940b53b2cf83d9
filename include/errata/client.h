/*
 * The API client: statuses of records over HTTP, as sources of a reader. A library of its own,
 * liberrata-http (pkg-config errata-http), so that liberrata does not pull in libcurl.
 *
 *     struct errata_client_options options = {.key = {getenv("CORTEX_API_KEY"), ...}};
 *     struct errata_client *client;
 *
 *     if (errata_client_new(&client, &options, &error) ||
 *         errata_client_fetch(client, &fetch, reader, &error))
 *         ...
 *
 * What all calls have in common:
 *
 * - Every request takes a token out of one bucket, which fills with `rate` tokens a minute and holds at
 *   most `jobs`. 429 and 503 make all requests wait (for Retry-After, else a time that doubles, with
 *   jitter) and halve the bucket's rate, once in a wait and never below a tenth of `rate`; with each good answer it climbs
 *   back.
 * - 5xx, time-outs, connections that cannot be made or that break, and bodies that were cut off are tried again
 *   `retries` times, what had come being dropped. A 429 does not count.
 * - When nothing good has come for `patience` seconds and a request fails or has to wait, the call ends
 *   with ERRATA_NETWORK.
 * - 401 and 403 end the call with ERRATA_UNAUTHORIZED. Any other answer but 200 is final for its request, among
 *   them redirects, which are never followed; the message shows where they lead.
 * - https only, with certificates verified. http goes to a loopback address, never through a proxy; to any
 *   other only with `allow_http`, and then through a proxy only where `proxy` names one. For https the proxy
 *   variables of the environment (https_proxy, all_proxy, no_proxy) hold as libcurl has them.
 * - Answers may be compressed; every limit counts the bytes behind that.
 * - The key is in the Authorization header of requests and nowhere else: not in a message, not in a file. The
 *   client's copies are overwritten when it is freed. Where an answer sends it back, also percent-encoded or with
 *   escapes of JSON, messages have `[key]` in its place, and a body that came with 200 is refused as a whole (a reject;
 *   in a listing ERRATA_BAD_ANSWER). A key of less than 8 characters is not looked for.
 *
 * A client belongs to one thread at a time; only errata_client_cancel() may be called from others. Clients
 * share nothing. libcurl is initialised by the first client and given back by the last; that is
 * thread-safe where libcurl says so (CURL_VERSION_THREADSAFE, libcurl 7.84 and later on all common
 * platforms); elsewhere make the first client before the first thread. The library installs no signal
 * handlers; a program should ignore SIGPIPE.
 */
#ifndef ERRATA_CLIENT_H
#define ERRATA_CLIENT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <errata/allocator.h>
#include <errata/error.h>
#include <errata/index.h>
#include <errata/reader.h>
#include <errata/text.h>

#ifdef __cplusplus
extern "C" {
#endif

/* The library is compiled with hidden visibility: it exports what a public header declares. */
#pragma GCC visibility push(default)

/** Connections to an API, and how to use them. */
struct errata_client;

/** For errata_client_options.rate, retries: none at all. */
#define ERRATA_NO_LIMIT UINT32_MAX
#define ERRATA_NO_RETRIES UINT32_MAX
/** The greatest errata_client_options.jobs. */
#define ERRATA_MOST_JOBS 256U
/** The most that is shown of a body that was refused, in bytes. */
#define ERRATA_SHOWN_BODY 200U

/** How to reach the API. Zero every field that you do not set. Copied by errata_client_new(). */
struct errata_client_options {
    /** NULL means malloc, realloc and free. libcurl and the compressors take theirs from malloc. */
    const struct errata_allocator *allocator;
    /** Where the API is; absent: `https://api.withcortex.ai`. A path in it is kept, a user name, a query or a
        fragment is refused. */
    struct errata_text url;
    /** The app id; absent or `c`: the key's own. */
    struct errata_text app;
    /** The API key. White space at its end does not count. */
    struct errata_text key;
    /** A file whose first line is the key, instead of `key`; refused when others than its owner may
        read or write it. NUL-ended, or NULL. */
    const char *key_file;
    /** A file with the certificates of the authorities to trust (PEM), instead of the system's. NUL-ended, or NULL. */
    const char *cacert;
    /** The proxy to use, as libcurl writes it, instead of the environment's; empty: none. NUL-ended, or NULL. */
    const char *proxy;
    /** Lets http go to other addresses than loopback: the key can then be read on the way. */
    bool allow_http;
    /** Transfers at once; 0 is 8; at most ERRATA_MOST_JOBS. */
    uint32_t jobs;
    /** Requests a minute; 0 is 500; ERRATA_NO_LIMIT. */
    uint32_t rate;
    /** How often a request is tried again; 0 is 4; ERRATA_NO_RETRIES. */
    uint32_t retries;
    /** In seconds: the longest time without a good answer; 0 is 600. */
    uint32_t patience;
    /** In seconds: to make a connection; 0 is 30. */
    uint32_t connect_timeout;
    /** In seconds: for so long may less than 100 bytes a second come; 0 is 60. */
    uint32_t stall_timeout;
    /** In seconds: for one transfer as a whole; 0 is 3600. */
    uint32_t timeout;
    /** Bytes of one body; 0 is 1 GiB. */
    uint64_t body;
};

/**
 * Makes a client. Nothing is sent yet.
 *
 * @param out      receives the client, to be freed with errata_client_free(); NULL on failure
 * @param options  not NULL: there is no default for the key
 * @return ERRATA_OK; ERRATA_NO_MEMORY; ERRATA_MISUSE (no key, or with a byte that no header may hold; a url that is
 *         none, or http to where it may not go; too many jobs); ERRATA_CANNOT_READ (the key file or cacert;
 *         a key file that others may read)
 */
ERRATA_MUST_CHECK enum errata_status errata_client_new(struct errata_client **out,
                                                       const struct errata_client_options *options,
                                                       struct errata_error *error);

/** Ends the connections and overwrites the key. @param client  may be NULL */
void errata_client_free(struct errata_client *client);

/** How to end a call that is under way. */
enum errata_cancel {
    /** No new transfer is begun, those under way are finished and count. */
    ERRATA_CANCEL_GENTLY = 1,
    /** Transfers under way are dropped. What is complete is kept, and the archive is whole. */
    ERRATA_CANCEL_NOW
};

/**
 * Ends the call that is under way, and every later one, with ERRATA_CANCELLED. May be called from any thread and from a
 * signal handler, as long as the client is not being freed; ERRATA_CANCEL_NOW also after ERRATA_CANCEL_GENTLY.
 * Keeps errno.
 */
void errata_client_cancel(struct errata_client *client, enum errata_cancel how);

/* ---- what became of a record */

/** What became of a record. New values are only ever added at the end. */
enum errata_outcome {
    /** Its status document is in the index. */
    ERRATA_OUTCOME_READ = 0,
    /** The API answered, but with no status document: a 404, another JSON, a body over the limit. */
    ERRATA_OUTCOME_REJECTED,
    /** No answer could be had, after all retries. */
    ERRATA_OUTCOME_FAILED
};

/** One record's end. Texts live until the callback returns. */
struct errata_result {
    /** Absent for a row of the listing that has no id. */
    struct errata_text record;
    /** What it was asked as; empty for a record of a scan whose id is too long for an address. */
    struct errata_text url;
    enum errata_outcome outcome;
    /** The last HTTP status; 0 when there was none. */
    uint32_t http;
    /** Requests that were made for it. */
    uint32_t requests;
    /**
     * Why it was not read, as a message that is safe to show; absent when it was. Of a body that is no status
     * document, reject has the places in the body (line, column, offset, length), else it is zero.
     */
    struct errata_text reason;
    struct errata_reject reject;
    /** The first bytes of a body that is no status document, verbatim: hostile; at most ERRATA_SHOWN_BODY. */
    struct errata_text body;
};

/** Called with each record's end. @return ERRATA_OK to go on; anything else ends the call with that status */
typedef enum errata_status errata_result_function(void *ctx, const struct errata_result *result);

/** How far a call is. */
struct errata_progress {
    /** Distinct records that the listing has named so far. */
    uint64_t listed;
    /** How many the API says there are; 0: it does not say. */
    uint64_t expected;
    /** The listing has come to its end. */
    bool listing_done;
    /** Records by their end; kept: they were in the archive before. */
    uint64_t read;
    uint64_t rejected;
    uint64_t failed;
    uint64_t kept;
    /** Lines of a scan's archive that are on the disk; at the end all that are in it, whatever
        ended the scan. */
    uint64_t archived;
    /** Requests made, and how many of these were retries; answers that asked to slow down. */
    uint64_t requests;
    uint64_t retries;
    uint64_t slowed;
    /** Bytes of bodies, after decompression. */
    uint64_t bytes;
    /** Requests a minute that are allowed at present; ERRATA_NO_LIMIT. */
    uint32_t rate;
    /** Seconds until the next request may go out, when the API has asked to wait. */
    uint32_t waiting;
    /** Transfers under way. */
    uint32_t running;
};

/** Called some times a second, and once at the end. @return ERRATA_OK to go on; anything else ends the call */
typedef enum errata_status errata_progress_function(void *ctx,
                                                    const struct errata_progress *progress);

/* ---- fetch */

/** What to fetch. Zero every field that you do not set. */
struct errata_fetch {
    struct errata_text collection;
    /** In the order in which they are to be read; not empty, nor is any of the texts. */
    const struct errata_text *records;
    size_t n_records;
    /** NULL: the first record that is not read ends the call. Else it is called for each, in order, and what was not
        read is a reject of the reader. */
    errata_result_function *on_result;
    /** May be NULL. */
    errata_progress_function *on_progress;
    /** Handed to both. */
    void *ctx;
};

/**
 * Fetches the statuses of records into a reader, each a source of its own, whose name is the URL and whose record,
 * collection and app are those asked for. One record streams where on_result is NULL; else up to `jobs` are collected
 * at once, each in memory up to 1 MiB and beyond that in an unnamed temporary file (in TMPDIR, else /tmp), and read in
 * the order asked.
 *
 * A body of more than one document is not read (ERRATA_NOT_STATUS).
 *
 * A transfer that broke and was tried again may leave a source without documents behind.
 *
 * @param reader  no source is open in it
 * @return ERRATA_OK; ERRATA_MISUSE (no records, an empty id); ERRATA_NO_MEMORY; ERRATA_NETWORK (no answer
 *         after all retries, or patience is at its end); ERRATA_UNAUTHORIZED (401, 403); ERRATA_BAD_ANSWER (any other status
 *         than 200, where on_result is NULL); ERRATA_LIMIT_DOCUMENT (the same for a body over the limit);
 *         ERRATA_CANCELLED; ERRATA_CANNOT_WRITE (a temporary file); what the reader, on_result or on_progress returned
 */
ERRATA_MUST_CHECK enum errata_status errata_client_fetch(struct errata_client *client,
                                                         const struct errata_fetch *fetch,
                                                         struct errata_reader *reader,
                                                         struct errata_error *error);

/**
 * Fetches one record's body as it came (after decompression), without a look at it. It is collected as above before
 * the first byte is written.
 *
 * @param write  receives the bytes in order
 * @return as errata_client_fetch(); what write returned
 */
ERRATA_MUST_CHECK enum errata_status errata_client_fetch_raw(struct errata_client *client,
                                                             struct errata_text collection,
                                                             struct errata_text record,
                                                             errata_write_function *write,
                                                             void *ctx, struct errata_error *error);

/* ---- list */

/** Which records of a collection. Zero every field that you do not set. */
struct errata_listing {
    struct errata_text collection;
    /** A status, or `ALL`; absent: `FAILED`. */
    struct errata_text status;
    /** Absent: none. */
    struct errata_text search;
    const struct errata_text *tags;
    size_t n_tags;
    /** Records asked for in one page; 0 is 100. */
    uint32_t take;
    /** The most pages; 0 is 100,000. One more is ERRATA_BAD_ANSWER. */
    uint32_t pages;
};

/** A record as the listing has it. Texts live until the callback returns. */
struct errata_listed {
    /** Absent when the row has none, or an empty one. */
    struct errata_text id;
    /** Absent when null or not there. */
    struct errata_text name;
    struct errata_text status;
};

/** Called with each record once. @return ERRATA_OK to go on; anything else ends the call with that status */
typedef enum errata_status errata_listed_function(void *ctx, const struct errata_listed *listed);

/**
 * Lists records, page by page, until a page is empty or has fewer rows than the API says a page has. An id that
 * was listed before is left out; after ten pages of nothing else the listing ends.
 *
 * Memory: the set of ids.
 *
 * @return as errata_client_fetch(); ERRATA_BAD_ANSWER also for a page that is no JSON array of objects or has more than
 *         100,000 rows, and for too many pages
 */
ERRATA_MUST_CHECK enum errata_status errata_client_list(struct errata_client *client,
                                                        const struct errata_listing *listing,
                                                        errata_listed_function *each, void *ctx,
                                                        struct errata_error *error);

/* ---- scan */

/** How to scan a collection. Zero every field that you do not set. */
struct errata_scan {
    struct errata_listing listing;
    /**
     * What is noted as errata_source.scope; absent: the listing's status, search and tags, written as the options
     * `--status FAILED --search TEXT --tag TAG` (nothing for ALL).
     */
    struct errata_text scope;
    /**
     * A file for every status document, one a line; NULL: none. A name in .gz or .zst makes it compressed. What
     * has been complete for a second is on the disk before the next has passed. docs/api.md describes it.
     */
    const char *archive;
    /**
     * Goes on with the archive: it is cut back to the last whole member or frame and to the last line end, read, and
     * the records in it are not fetched again. Without it an archive that has something in it is not touched.
     */
    bool resume;
    /** All may be NULL. Rejects never end a scan. on_result is called in the order in which answers come. */
    errata_result_function *on_result;
    errata_progress_function *on_progress;
    void *ctx;
};

/**
 * Lists a collection and fetches the statuses of what is listed, `jobs` at once while the listing goes on. They
 * become one source of the reader, of kind API, with the documents one a line as in the archive: with an archive
 * its name is the archive's path, else the URL of the collection. Reading the archive later gives the same index but for
 * kind, scope and rejects. Records that were not read are rejects, behind everything else.
 *
 * Whatever ends it, the source is ended, and what has come is in the reader and in the archive.
 *
 * Memory: the set of ids; for each job a body up to 1 MiB (beyond it a temporary file) and its index; a line for each
 * reject.
 *
 * @param reader   no source is open in it
 * @return as errata_client_list(); ERRATA_CANNOT_WRITE, ERRATA_CANNOT_READ (the archive; without `resume` one that
 *         is not empty); ERRATA_BUSY (another process is writing it); ERRATA_MISMATCH (it is of another collection or app, or
 *         no archive)
 */
ERRATA_MUST_CHECK enum errata_status errata_client_scan(struct errata_client *client,
                                                        const struct errata_scan *scan,
                                                        struct errata_reader *reader,
                                                        struct errata_error *error);

#pragma GCC visibility pop

#ifdef __cplusplus
}
#endif
#endif
