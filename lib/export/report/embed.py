"""Makes a C file of the report's page: page.html with page.css and the scripts in it, cut at its two gaps.

    embed.py page.html page.css SCRIPT.js... OUTPUT.c

The Content-Security-Policy allows just this style and these scripts as one, each by its hash. Browsers that do not know
light-dark(), such as Firefox before 120, get the light colours.
"""
import base64
import hashlib
import pathlib
import re
import sys

GAPS = ("{{plain}}", "{{data}}")


def source_of(text):
    return "'sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() + "'"


def with_light(style):
    """The style, and behind it its pairs of light and dark once more, the light one of each."""
    colours = re.findall(r"(--[\w-]+): light-dark\(([^,]+),[^)]+\);", style)
    if len(colours) != style.count(": light-dark("):
        sys.exit("embed.py: there is a pair of colours that is no variable of its own")
    rows = "".join(f"    {name}: {light};\n" for name, light in colours)
    return (f"{style}@supports not (color: light-dark(red, red)) {{\n"
            f"  :root, :root[data-theme] {{\n    color-scheme: light;\n{rows}  }}\n}}\n")


def page_of(html, style, script):
    """The whole page with its gaps, its parts put in as they are."""
    for text, end in ((style, "</style"), (script, "</script")):
        if end in text or "<!--" in text:
            sys.exit(f"embed.py: the text would end its element: {end}")
    policy = ("default-src 'none'; base-uri 'none'; form-action 'none'; "
              f"style-src {source_of(style)}; script-src {source_of(script)}")
    parts = {"{{policy}}": policy, "{{style}}": style, "{{script}}": script}
    for gap in (*parts, *GAPS):
        if html.count(gap) != 1:
            sys.exit(f"embed.py: page.html must have {gap} once")
    for gap, text in parts.items():
        html = html.replace(gap, text)
    return html


def array_of(name, text):
    data = text.encode()
    rows = ["    " + ",".join(f"{byte if byte < 128 else byte - 256}" for byte in data[at:at + 24])
            for at in range(0, len(data), 24)]
    return f"static const char {name}[] = {{\n" + ",\n".join(rows) + "};\n"


def main():
    *inputs, output = sys.argv[1:]
    html, style, *scripts = (pathlib.Path(path).read_text(encoding="utf-8") for path in inputs)
    first, rest = page_of(html, with_light(style), "".join(scripts)).split(GAPS[0])
    pieces = [first, *rest.split(GAPS[1])]
    lines = ["/* Made by embed.py of page.html, page.css and scripts. */\n",
             '#include "export/report-parts.h"\n\n']
    lines += [array_of(f"piece_{number}", piece) for number, piece in enumerate(pieces)]
    lines.append("const struct errata__report_page errata__report_page[3] = {\n")
    lines += [f"    {{piece_{number}, sizeof piece_{number}}},\n" for number in range(3)]
    lines.append("};\n")
    pathlib.Path(output).write_text("".join(lines), encoding="utf-8")


main()
