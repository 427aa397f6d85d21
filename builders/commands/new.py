"""`new FILE`: a commented starter outline that passes `check` and builds, in the languages asked for."""

import argparse
import os
import re
import shlex
import sys
from collections.abc import Sequence
from pathlib import Path

from builders.commands import locations
from builders.core import files
from builders.core.diagnostics import UsageError
from builders.outline.schema import FILE_NAME, write_schema

_STARTER = Path(__file__).resolve().with_name("starter.yaml")
_LANGUAGES = ("en", "es")  # of the starter, in its order
_REMARK = re.compile(r"^( *)#(en|es)(.*\n)", re.MULTILINE)
_EXAMPLE = re.compile(r"(?:^#~.*\n)+", re.MULTILINE)  # lines that stand as remarks, to be copied
# a text in both: what stands before `en:`, its text, what stands before `es:`, its text
_TEXT = re.compile(
    r"^( *(?:- )?)en:(.*\n(?:(?! *es:).*\n)*)( +)es:(.*\n(?:\3  .*\n|\n(?=\3  ))*)", re.MULTILINE
)


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the command's options."""
    add = parser.add_argument
    add("file", type=Path, metavar="FILE", help="the outline to start, e.g. outline/railways.yaml")
    known = ", ".join(_LANGUAGES)
    about = f"a language of it; may be repeated, the first is the default: {known} (without this option: all)"
    add("--lang", metavar="LANG", action="append", help=about)
    add("--title", metavar="TITLE", help="the course's title")


def run(options: argparse.Namespace) -> int:
    """Write the starter; ask for what was not said, on a terminal only."""
    if options.file.name in ("", ".."):
        raise UsageError("name the file to start, such as outline/railways.yaml")
    path: Path = options.file if options.file.suffix else options.file.with_suffix(".yaml")
    if path.suffix not in (".yaml", ".yml"):
        raise UsageError(f"an outline is a .yaml file, not {path.suffix}; try {path.with_suffix('.yaml')}")
    if path.exists():
        raise UsageError(f"{path} is there already; name another file")
    languages = _parse_languages(
        ", ".join(options.lang or ()) or _ask_question("Languages", ", ".join(_LANGUAGES))
    )
    title = options.title or _ask_question("Title of the course", "")
    files.write_file(path, write_starter(languages, title, path).encode())
    schema_file = path.parent / FILE_NAME
    if files.write_file(schema_file, write_schema().encode()):
        print(f"{schema_file}: written, for completion in your editor")
    named = f"--outline {_quote_path(path)}"
    print(f"{path}: written. Next: {locations.name_program()} preview {named}")
    return 0


def _quote_path(path: Path) -> str:
    """Return a file's name as a shell takes it."""
    name = str(path)
    return (f'"{name}"' if " " in name else name) if os.name == "nt" else shlex.quote(name)


def _ask_question(question: str, default: str) -> str:
    """Return the answer of someone at a terminal; the default in a pipe."""
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        return default
    return input(f"{question} [{default or 'as in the example'}]: ").strip() or default


def _parse_languages(text: str) -> list[str]:
    names = [name for name in re.split(r"[,\s]+", text.strip()) if name]
    for name in names:
        if name.partition("-")[0] not in _LANGUAGES:
            known = ", ".join(_LANGUAGES)
            advice = f"start with one of these, and add '{name}' to `languages`, a text under each language"
            raise UsageError(f"the starter is written in {known} alone, not in '{name}'; {advice}")
    if not names or len(set(names)) < len(names):
        raise UsageError("name each language once, e.g. --lang es,en")
    return names


def write_starter(languages: Sequence[str], title: str, path: Path) -> str:
    """Return the starter's text in `languages` (codes, the first is the default), for the file at `path`."""
    bases = [language.partition("-")[0] for language in languages]

    def texts(match: re.Match[str]) -> str:
        lead, english, indent, spanish = match.groups()
        body = dict(zip(_LANGUAGES, (english, spanish), strict=True))
        keys = [f"{language}:{body[base]}" for language, base in zip(languages, bases, strict=True)]
        return lead + indent.join(keys)

    def example(match: re.Match[str]) -> str:
        plain = _TEXT.sub(texts, match[0].replace("#~", ""))
        indent = plain[: len(plain) - len(plain.lstrip(" "))]
        return plain.replace(indent, f"{indent}# ", 1).replace(f"\n{indent}", f"\n{indent}# ")

    text = _REMARK.sub(
        lambda match: f"{match[1]}#{match[3]}" * (match[2] == bases[0]), _STARTER.read_text("utf-8")
    )
    text = _EXAMPLE.sub(example, _TEXT.sub(texts, text)).replace(
        "languages: [en, es]", f"languages: [{', '.join(languages)}]"
    )
    text = text.replace("--outline FILE", f"--outline {_quote_path(path)}")
    text = text.replace("python3 tasks.py", locations.name_program())
    if title:
        quoted = "'" + " ".join(title.split()).replace("'", "’") + "'"
        titles = "".join(f"  {language}: {quoted}\n" for language in languages)
        text = re.sub(r"(?<=\ntitle:\n)(?:  \S+: .*\n)+", lambda _: titles, text)
    return f"# yaml-language-server: $schema={FILE_NAME}\n{text}"
