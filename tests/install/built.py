"""How the build was set up, and what has to be compiled like it."""
import functools
import json
import os
import subprocess


@functools.cache
def options():
    done = subprocess.run(["meson", "introspect", "--buildoptions", os.environ["ERRATA_BUILD_ROOT"]], capture_output=True,
                          text=True, check=True)
    return {option["name"]: option["value"] for option in json.loads(done.stdout)}


def instruments():
    """A program must be instrumented as the library that it links is."""
    sanitizers = options().get("b_sanitize", "none")
    return (([] if sanitizers == "none" else ["-fsanitize=" + sanitizers]) +
            (["--coverage"] if options().get("b_coverage") else []))
