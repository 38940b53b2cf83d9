/*
 * Replacing a file: the old content or the new one, at whatever point it ends, whatever stands in the way. What needs
 * processes that die or a disk that is full is in tests/saving/.
 */
#include <criterion/criterion.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "core/replace.h"

static char folder[] = "/tmp/test-replace-XXXXXX";
static struct errata_error error;

/* What was called since it was emptied: f for fsync of a file, d of a folder, r for renaming. These two stand in for the C
   library's. */
static char calls[16];
/* The call with this letter fails, with this reason. */
static char failing;
static int reason;

static int called(char letter) {
    size_t length = strlen(calls);
    if (length + 1 < sizeof calls) {
        calls[length] = letter;
    }
    if (letter == failing) {
        errno = reason;
        return -1;
    }
    return 0;
}

int fsync(int fd) {
    struct stat file;
    return called(fstat(fd, &file) == 0 && S_ISDIR(file.st_mode) ? 'd' : 'f');
}

int renameat(int old_folder, const char *old, int new_folder, const char *new) {
    return called('r') != 0 ? -1 : (int)syscall(SYS_renameat2, old_folder, old, new_folder, new, 0);
}

/* Root may write anywhere. */
static void as_nobody(void) {
    if (getuid() == 0) {
        cr_assert_eq(chmod(folder, 0777), 0);
        cr_assert_eq(seteuid(65534), 0);
    }
}

static void as_before(void) {
    cr_assert_eq(seteuid(getuid()), 0);
}

static void begin(void) {
    cr_assert_neq(mkdtemp(folder), NULL);
    cr_assert_eq(chdir(folder), 0);
    umask(022);
    memset(&error, 0xAA, sizeof error);
}

static void end(void) {
    char command[64];
    as_before();
    snprintf(command, sizeof command, "rm -r %s", folder);
    cr_assert_eq(system(command), 0);
}

TestSuite(replace, .init = begin, .fini = end);

static void put(const char *path, const char *text) {
    FILE *file = fopen(path, "w");
    cr_assert_neq(file, NULL, "%s", path);
    fputs(text, file);
    fclose(file);
}

static void expect(const char *path, const char *text) {
    char got[64] = "";
    FILE *file = fopen(path, "r");
    cr_assert_neq(file, NULL, "%s", path);
    got[fread(got, 1, sizeof got - 1, file)] = '\0';
    fclose(file);
    cr_assert_str_eq(got, text, "%s", path);
}

static void expect_none(const char *path) {
    struct stat there;
    cr_assert_neq(lstat(path, &there), 0, "%s is there", path);
}

static void expect_mode(const char *path, mode_t mode) {
    struct stat there;
    cr_assert_eq(lstat(path, &there), 0);
    cr_assert_eq(there.st_mode & 07777, mode, "%o", (unsigned)there.st_mode);
}

static void save(const char *path, const char *text) {
    struct errata__replace replace;
    cr_assert_eq(errata__replace_begin(&replace, path, &error), ERRATA_OK, "%s", error.message);
    cr_assert_eq(errata__replace_write(&replace, text, strlen(text), &error), ERRATA_OK);
    cr_assert_eq(errata__replace_commit(&replace, &error), ERRATA_OK, "%s", error.message);
    cr_assert_eq(replace.fd, -1);
}

static void refuse(const char *path, enum errata_status status, const char *message) {
    struct errata__replace replace;
    cr_assert_eq(errata__replace_begin(&replace, path, &error), status, "%s", path);
    cr_assert_eq(error.status, status);
    cr_assert_str_eq(error.message, message);
    if (strlen(path) < 200) {
        cr_assert_str_eq(error.source, path);
    }
    cr_assert_eq(errata__replace_begin(&replace, path, NULL), status);
    errata__replace_abandon(&replace);
}

Test(replace, a_new_file) {
    save("new", "one");
    expect("new", "one");
    expect_mode("new", 0644);
    expect_none(".new.tmp");
    save("new", "two");
    expect("new", "two");
}

Test(replace, in_another_folder) {
    cr_assert_eq(mkdir("a", 0755), 0);
    save("a/b", "one");
    save("./a//b", "two");
    expect("a/b", "two");
    expect_none("a/.b.tmp");
}

/* Readers that have the old file open keep it. */
Test(replace, old_until_the_end) {
    struct errata__replace replace;
    char got[4] = "";
    put("file", "old");
    int reader = open("file", O_RDONLY);
    cr_assert_eq(errata__replace_begin(&replace, "file", &error), ERRATA_OK);
    cr_assert_eq(errata__replace_write(&replace, "ne", 2, &error), ERRATA_OK);
    cr_assert_eq(errata__replace_write(&replace, "", 0, &error), ERRATA_OK);
    cr_assert_eq(errata__replace_write(&replace, "w", 1, &error), ERRATA_OK);
    expect("file", "old");
    expect(".file.tmp", "new");
    cr_assert_str_eq(replace.temporary, ".file.tmp");
    cr_assert_eq(errata__replace_commit(&replace, &error), ERRATA_OK);
    expect("file", "new");
    cr_assert_eq(read(reader, got, 3), 3);
    cr_assert_str_eq(got, "old");
    close(reader);
}

Test(replace, abandoned) {
    struct errata__replace replace;
    put("file", "old");
    cr_assert_eq(errata__replace_begin(&replace, "file", &error), ERRATA_OK);
    cr_assert_eq(errata__replace_write(&replace, "new", 3, &error), ERRATA_OK);
    errata__replace_abandon(&replace);
    errata__replace_abandon(&replace);
    expect("file", "old");
    expect_none(".file.tmp");
}

/* As a handler of signals does; what has another's name by then is left alone. */
Test(replace, removed) {
    struct errata__replace replace;
    cr_assert_eq(errata__replace_begin(&replace, "file", &error), ERRATA_OK);
    errata__replace_remove(&replace);
    expect_none(".file.tmp");
    put(".file.tmp", "other");
    errata__replace_remove(&replace);
    cr_assert_eq(errata__replace_commit(&replace, &error), ERRATA_CANNOT_WRITE);
    cr_assert_str_eq(error.message,
                     "cannot be written: .file.tmp is in the way beside it: it is no longer what "
                     "was written");
    expect(".file.tmp", "other");
    expect_none("file");
}

Test(replace, mode_stays) {
    static const mode_t modes[] = {0600, 0640, 0666, 0777, 0444};
    for (size_t i = 0; i < sizeof modes / sizeof modes[0]; i++) {
        struct errata__replace replace;
        put("file", "old");
        cr_assert_eq(chmod("file", modes[i]), 0);
        cr_assert_eq(errata__replace_begin(&replace, "file", &error), ERRATA_OK);
        expect_mode(".file.tmp", modes[i]);
        cr_assert_eq(errata__replace_commit(&replace, &error), ERRATA_OK);
        expect_mode("file", modes[i]);
        unlink("file");
    }
}

Test(replace, where_a_link_leads) {
    cr_assert_eq(mkdir("a", 0755), 0);
    put("a/file", "old");
    cr_assert_eq(symlink("file", "a/near"), 0);
    cr_assert_eq(symlink("a/near", "far"), 0);
    cr_assert_eq(symlink("a/not-yet", "dangling"), 0);
    save("far", "new");
    expect("a/file", "new");
    save("dangling", "made");
    expect("a/not-yet", "made");
    cr_assert_eq(readlink("dangling", (char[9]){0}, 9), 9);
    cr_assert_eq(symlink("loop", "loop"), 0);
    refuse("loop", ERRATA_CANNOT_WRITE, "cannot be written: Too many levels of symbolic links");
}

Test(replace, what_cannot_be_written) {
    static char name[4300];
    refuse("", ERRATA_CANNOT_WRITE, "cannot be written: No such file or directory");
    refuse("none/file", ERRATA_CANNOT_WRITE, "cannot be written: No such file or directory");
    refuse(".", ERRATA_CANNOT_WRITE, "cannot be written: Is a directory");
    refuse("/", ERRATA_CANNOT_WRITE, "cannot be written: Is a directory");
    refuse("file/", ERRATA_CANNOT_WRITE, "cannot be written: Is a directory");
    cr_assert_eq(mkdir("folder", 0755), 0);
    refuse("folder", ERRATA_CANNOT_WRITE, "cannot be written: Is a directory");
    refuse("/dev/null", ERRATA_CANNOT_WRITE, "cannot be replaced: it is no regular file");
    put("file", "old");
    refuse("file/below", ERRATA_CANNOT_WRITE, "cannot be written: Not a directory");
    memset(name, 'x', sizeof name - 1);
    refuse(name, ERRATA_CANNOT_WRITE, "cannot be written: File name too long");
    name[4200] = '/';
    refuse(name, ERRATA_CANNOT_WRITE, "cannot be written: File name too long");
}

/* Whoever opened it goes on with the file that he has, so it is not replaced under his hands. */
Test(replace, what_is_open) {
    static const char message[] =
        "cannot be replaced: it stands for what a process has open, and is no name";
    char name[32];
    put("log", "old");
    int log = open("log", O_WRONLY);
    snprintf(name, sizeof name, "/dev/fd/%d", log);
    cr_assert_eq(symlink(name, "link"), 0);
    refuse(name, ERRATA_CANNOT_WRITE, message);
    refuse("link", ERRATA_CANNOT_WRITE, message);
    cr_assert_eq(errata__replace_descriptor(name), log);
    cr_assert_eq(errata__replace_descriptor("link"), log);
    snprintf(name, sizeof name, "/proc/%d/fd/%d", (int)getpid(), log);
    cr_assert_eq(errata__replace_descriptor(name), log);
    cr_assert_eq(errata__replace_descriptor("/dev/stdout"), STDOUT_FILENO);
    cr_assert_eq(unlink("log"), 0);
    cr_assert_eq(errata__replace_descriptor(name), log);
    close(log);
    /* Not open any more, no number, no link of /proc. */
    cr_assert_eq(errata__replace_descriptor(name), -1);
    cr_assert_eq(errata__replace_descriptor("/proc/self/exe"), -1);
    cr_assert_eq(errata__replace_descriptor("/dev/null"), -1);
    cr_assert_eq(errata__replace_descriptor("log"), -1);
    cr_assert_eq(errata__replace_descriptor(""), -1);
    refuse("/proc/self/exe", ERRATA_CANNOT_WRITE, message);
    expect_none("log");
}

Test(replace, folder_without_rights) {
    cr_assert_eq(mkdir("closed", 0755), 0);
    put("closed/file", "old");
    cr_assert_eq(chmod("closed", 0555), 0);
    as_nobody();
    refuse("closed/file", ERRATA_CANNOT_WRITE, "cannot be written: Permission denied");
    expect("closed/file", "old");
    as_before();
    chmod("closed", 0755);
}

/* One may write into it, but not list it. */
Test(replace, folder_that_cannot_be_listed) {
    cr_assert_eq(mkdir("drop", 0777), 0);
    cr_assert_eq(chmod("drop", 0333), 0);
    as_nobody();
    save("drop/file", "new");
    as_before();
    expect("drop/file", "new");
    chmod("drop", 0777);
}

/* The longest names there are, also where a character would be cut. */
Test(replace, long_names) {
    for (size_t length = 248; length <= 255; length++) {
        for (size_t wide = 0; wide < 4; wide++) {
            struct errata__replace replace;
            char name[256] = "";
            memset(name, 'x', wide);
            while (strlen(name) + 2 <= length) {
                strcat(name, "\xC3\xA9");
            }
            memset(name + strlen(name), 'y', length - strlen(name));
            cr_assert_eq(errata__replace_begin(&replace, name, &error), ERRATA_OK, "%s",
                         error.message);
            size_t kept = strlen(replace.temporary);
            cr_assert_leq(kept, 255);
            cr_assert_geq(kept, length < 250 ? length + 5 : 254);
            cr_assert_eq(memcmp(replace.temporary + 1, name, kept - 5), 0);
            cr_assert_neq(name[kept - 5] & 0xC0, 0x80);
            cr_assert_eq(errata__replace_commit(&replace, &error), ERRATA_OK);
            expect(name, "");
            unlink(name);
        }
    }
}

/* Also through another name, and within one process. */
Test(replace, two_writers) {
    struct errata__replace one;
    cr_assert_eq(symlink("file", "link"), 0);
    cr_assert_eq(errata__replace_begin(&one, "file", &error), ERRATA_OK);
    cr_assert_eq(errata__replace_write(&one, "one", 3, &error), ERRATA_OK);
    refuse("file", ERRATA_BUSY, "another process is writing it");
    refuse("link", ERRATA_BUSY, "another process is writing it");
    save("other", "two");
    cr_assert_eq(errata__replace_commit(&one, &error), ERRATA_OK);
    expect("file", "one");
    save("link", "two");
    expect("file", "two");
}

/* What a killed writer leaves is not locked. Neither its content, its mode nor its other names matter. */
Test(replace, left_behind) {
    static const mode_t modes[] = {0600, 0444, 0666};
    for (size_t i = 0; i < sizeof modes / sizeof modes[0]; i++) {
        put(".file.tmp", "a longer text than that which is written");
        cr_assert_eq(link(".file.tmp", "precious"), 0);
        cr_assert_eq(chmod(".file.tmp", modes[i]), 0);
        save("file", "new");
        expect("file", "new");
        expect_mode("file", 0644);
        expect("precious", "a longer text than that which is written");
        unlink("file");
        unlink("precious");
    }
}

/* The same where the mode binds: root may read and write everything. */
Test(replace, left_behind_read_only) {
    as_nobody();
    put(".file.tmp", "left");
    cr_assert_eq(chmod(".file.tmp", 0444), 0);
    save("file", "new");
    expect("file", "new");
}

/* Nothing is followed, waited for, or written to that merely has the name. */
Test(replace, other_things_under_the_temporary_name) {
    put("precious", "old");
    cr_assert_eq(symlink("precious", ".file.tmp"), 0);
    refuse("file", ERRATA_CANNOT_WRITE,
           "cannot be written: .file.tmp is in the way beside it: it is a link; remove it");
    expect("precious", "old");
    unlink(".file.tmp");
    cr_assert_eq(mkfifo(".file.tmp", 0666), 0);
    refuse("file", ERRATA_CANNOT_WRITE,
           "cannot be written: .file.tmp is in the way beside it: it is a FIFO; remove it");
    int reader = open(".file.tmp", O_RDONLY | O_NONBLOCK);
    refuse(
        "file", ERRATA_CANNOT_WRITE,
        "cannot be written: .file.tmp is in the way beside it: it is no regular file; remove it");
    close(reader);
    unlink(".file.tmp");
    cr_assert_eq(mkdir(".file.tmp", 0777), 0);
    refuse("file", ERRATA_CANNOT_WRITE,
           "cannot be written: .file.tmp is in the way beside it: it is a folder; remove it");
}

/* A lock that somebody else holds, as another process would. */
Test(replace, locked_from_outside) {
    put(".file.tmp", "theirs");
    int fd = open(".file.tmp", O_RDONLY);
    cr_assert_eq(flock(fd, LOCK_EX), 0);
    refuse("file", ERRATA_BUSY, "another process is writing it");
    expect(".file.tmp", "theirs");
    close(fd);
    save("file", "new");
}

/* A file that may not grow further. */
Test(replace, write_fails) {
    struct errata__replace replace;
    put("file", "old");
    signal(SIGXFSZ, SIG_IGN);
    cr_assert_eq(errata__replace_begin(&replace, "file", &error), ERRATA_OK);
    close(replace.fd);
    replace.fd = open("/dev/full", O_WRONLY);
    cr_assert_eq(errata__replace_write(&replace, "new", 3, &error), ERRATA_CANNOT_WRITE);
    cr_assert_str_eq(error.message, "cannot be written: No space left on device");
    cr_assert_str_eq(error.source, "file");
    errata__replace_abandon(&replace);
    expect("file", "old");
}

/* The content is on the disk before it gets the name, and the name before anybody is told. */
Test(replace, power_cut) {
    static const struct {
        char failing;
        int reason;
        const char *calls;
        /* NULL: it works. */
        const char *message;
        const char *content;
    } cases[] = {
        {' ', 0, "frd", NULL, "new"},
        {'f', EIO, "f", "cannot be written: Input/output error", "old"},
        {'f', ENOSPC, "f", "cannot be written: No space left on device", "old"},
        {'r', EACCES, "fr", "cannot be written: Permission denied", "old"},
        {'d', EIO, "frd",
         "was written, but the file before may come back after a power cut: Input/output error",
         "new"},
        /* What some file systems say who know no such thing. */
        {'d', EINVAL, "frd", NULL, "new"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct errata__replace replace;
        put("file", "old");
        memset(calls, 0, sizeof calls);
        failing = cases[i].failing;
        reason = cases[i].reason;
        cr_assert_eq(errata__replace_begin(&replace, "file", &error), ERRATA_OK);
        cr_assert_eq(errata__replace_write(&replace, "new", 3, &error), ERRATA_OK);
        enum errata_status status = errata__replace_commit(&replace, &error);
        cr_assert_eq(status, cases[i].message == NULL ? ERRATA_OK : ERRATA_CANNOT_WRITE);
        cr_assert_str_eq(calls, cases[i].calls);
        if (cases[i].message != NULL) {
            cr_assert_str_eq(error.message, cases[i].message);
            cr_assert_str_eq(error.source, "file");
        }
        expect("file", cases[i].content);
        expect_none(".file.tmp");
    }
}
