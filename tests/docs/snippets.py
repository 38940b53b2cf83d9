"""The C of README.md, of docs/ and of the public headers' comments compiles and runs as it stands there.

What has a main() is a program: it is run on the sample payloads, and its output is what the page shows. Everything else
goes into one program: what begins with `static` as the function that it is, the rest as functions' bodies, in which the names that it does not declare itself mean what FRAME says; `...` is
where a reader would go on, and is taken for giving up.
"""
import os
import pathlib
import re
import shlex
import subprocess
import sys
import tempfile

import pages

ROOT = pages.ROOT
LIBRARY = pathlib.Path(os.environ["ERRATA_LIBRARY"])
HTTP = os.environ.get("ERRATA_HTTP_LIBRARY")
sys.path += [str(ROOT / "tests/install")]
import built  # noqa: E402

FRAME = r"""
#include <errata/errata.h>
@CLIENT@
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>

/* POSIX has a function of this name. */
#define index an_index

/* The issues of a run and of an older one, and questions to them. */
static struct errata_index *index, *older;
static struct errata_query *query, *yesterday, *today;
static struct errata_groups *groups;
static struct errata_matches *matches;
static struct errata_diff *diff;
static struct errata_reader *reader;
static struct errata_error error;
static const struct errata_grouping by = {.fields = {ERRATA_FIELD_KEY}, .n_fields = 1};
static const struct errata_export_options options;
static FILE *file;
static const char key[] = "not-a-key";
@FETCH@

static void open_all(void) {
    if (errata_reader_new(&reader, NULL, &error) || errata_reader_read_path(reader, "loans.ndjson", NULL, &error) ||
        errata_reader_finish(&index, reader, &error) || errata_index_save(index, "run.errata", &error)) {
        exit(9);
    }
    errata_reader_free(reader);
    if (errata_reader_new(&reader, NULL, &error) || errata_reader_read_path(reader, "run.ndjson.gz", NULL, &error) ||
        errata_reader_finish(&older, reader, &error) || errata_query_new(&query, index, NULL, &error) ||
        errata_query_new(&today, index, NULL, &error) || errata_query_new(&yesterday, older, NULL, &error) ||
        errata_query_group(&groups, query, &by, &error) || errata_query_match(&matches, query, 0, 0, &error)) {
        exit(9);
    }
    errata_reader_free(reader);
    if (errata_reader_new(&reader, NULL, &error) || !(file = fopen("/dev/null", "w"))) {
        exit(9);
    }
}
"""
FETCH = 'static struct errata_client *client;\nstatic const struct errata_fetch fetch = {.collection = {"loans", 5}};\n'


def compile_c(source, program, *libraries):
    flags = ["-std=c11", "-D_GNU_SOURCE", "-Wall", "-Wextra", "-Werror", "-Wno-unused", "-O1", *built.instruments()]
    places = {str(pathlib.Path(library).parent) for library in libraries}
    return subprocess.run([*shlex.split(os.environ["ERRATA_CC"]), *flags, "-I", ROOT / "include", source, "-o", program,
                           *libraries, *(f"-Wl,-rpath,{place}" for place in places)],
                          capture_output=True, text=True, check=False)


def comments_of(header):
    """The blocks of C at the beginning of a header, where the comment says what it is for."""
    comment = re.match(r"/\*\n(.*?)\n \*/", header.read_text(encoding="utf-8"), re.DOTALL)[1]
    lines = [re.sub(r"^ \* ?", "", line) for line in comment.splitlines()]
    text = "\n".join(lines) + "\n"
    for block in re.findall(r"(?:^    [^\n]*\n(?:\n(?=    ))?)+", text, re.MULTILINE):
        yield header.relative_to(ROOT), block


def fragments():
    found = [(block.page, block.text) for page in pages.documents() for block in pages.blocks_of(page)
             if block.language == "c" and "int main(" not in block.text]
    for header in sorted((ROOT / "include/errata").glob("*.h")):
        found += comments_of(header)
    return found


def function(number, place, text):
    """A fragment as a function that returns 0 when it gets to its end."""
    text = re.sub(r"^#include [^\n]*\n", "", text, flags=re.MULTILINE)
    # Where nothing is said, zero; where somebody would go on, the end.
    text = re.sub(r"\{(.*), \.\.\.\}", r"{\1, strlen(key)}", text)
    text = re.sub(r"(?<=^)(\s+)\.\.\.$", r"\1return 1;", text, flags=re.MULTILINE)
    text = re.sub(r" \.\.\.$", " puts(\"\");", text, flags=re.MULTILINE)
    text = re.sub(r'getenv\("CORTEX_API_KEY"\)', "key", text)
    return f"/* {place} */\nstatic int fragment_{number}(void) {{\n{text}\nreturn 0;\n}}\n"


def try_fragments(folder):
    found = fragments()
    if not HTTP:
        found = [(place, text) for place, text in found if "errata_client" not in text]
    frame = FRAME.replace("@CLIENT@", "#include <errata/client.h>" if HTTP else "").replace("@FETCH@", FETCH if HTTP else "")
    parts = [text for _, text in found if text.startswith("static ")]
    found = [(place, text) for place, text in found if not text.startswith("static ")]
    parts += [function(number, place, text) for number, (place, text) in enumerate(found)]
    # What asks the API has nobody to ask here: it is only compiled.
    calls = [f"open_all();\nif (fragment_{number}()) {{ fprintf(stderr, \"{place}: %s\\n\", error.message); return 1; }}\n"
             for number, (place, text) in enumerate(found) if "errata_client" not in text]
    source = folder / "fragments.c"
    source.write_text(frame + "\n".join(parts) + f"int main(void) {{\n{''.join(calls)}return 0;\n}}\n")
    done = compile_c(source, folder / "fragments", LIBRARY, *([HTTP] if HTTP else []), "-lpthread")
    if done.returncode:
        return f"{done.stderr}"
    # What a fragment leaves behind is freed by nobody.
    done = subprocess.run([folder / "fragments"], cwd=folder, capture_output=True, text=True, check=False,
                          env={**os.environ, "ASAN_OPTIONS": "detect_leaks=0"})
    return f"ended with {done.returncode}: {done.stderr}" if done.returncode else ""


def try_program(block, folder):
    source = folder / "program.c"
    source.write_text(block.text)
    done = compile_c(source, folder / "program", LIBRARY)
    if done.returncode:
        return done.stderr
    done = subprocess.run([folder / "program", "loans.ndjson"], cwd=folder, capture_output=True, text=True, check=False)
    if done.returncode or not pages.fits(done.stdout, block.output or "...\n"):
        return f"ended with {done.returncode}\n{done.stdout}{done.stderr}"
    return ""


def main():
    complaints = []
    programs = [block for page in pages.documents() for block in pages.blocks_of(page)
                if block.language == "c" and "int main(" in block.text]
    with tempfile.TemporaryDirectory(prefix="errata-snippets-") as name:
        folder = pathlib.Path(name)
        (folder / "loans.ndjson").write_bytes((ROOT / "examples/loans.ndjson").read_bytes())
        (folder / "run.ndjson.gz").write_bytes((ROOT / "examples/loans-old.ndjson").read_bytes())
        for block in programs:
            said = try_program(block, folder)
            complaints += [f"{block.page}:{block.line}: {said}"] if said else []
        said = try_fragments(folder)
        complaints += [said] if said else []
    print("\n".join(complaints) or f"{len(programs)} programs, {len(fragments())} fragments")
    sys.exit(1 if complaints else 0)


main()
