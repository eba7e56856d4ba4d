"""`chinwag publish --as`: the write-up in a file of its own, with nothing in it that is to go."""

from __future__ import annotations

import io
import json
import re
import shlex
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import docx
import pytest
from click.testing import Result

from chinwag.workflows.export_story import FORMS

Chinwag = Callable[..., Result]
SAID = "last bus leaves at seven"


@pytest.fixture
def snug(tmp_path: Path, chat_csv: Path, chinwag: Chinwag, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give the folder of the small chat, in the folder from which commands are given."""
    monkeypatch.chdir(tmp_path)
    assert chinwag("recap", chat_csv, "--into", "snug").exit_code == 0
    return Path("snug")


def read_all(content: bytes) -> str:
    """Return every word of an export, of all files in it where it is packed."""
    if not content.startswith(b"PK"):
        return content.decode()
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        return "\n".join(packed.read(name).decode("utf-8", "replace") for name in packed.namelist())


@pytest.mark.parametrize("form", list(FORMS))
def test_a_form_goes_into_a_file_named_after_the_chat(
    snug: Path, chinwag: Chinwag, form: str
) -> None:
    result = chinwag("publish", snug, "--as", form)
    name = f"snug{FORMS[form][0]}"
    assert (result.exit_code, result.output) == (0, f"The write-up is in {name}.\n")
    assert SAID in read_all(Path(name).read_bytes())
    again = chinwag("publish", snug, "--as", form, "--json")
    assert json.loads(again.output) == {"file": name}


@pytest.mark.parametrize("form", list(FORMS))
def test_what_an_author_wants_out_is_in_no_form(snug: Path, chinwag: Chinwag, form: str) -> None:
    posts = json.loads(chinwag("show", snug, "--question", "2", "--json").output)
    (id_,) = [one["post"]["id"] for one in posts if SAID in one["post"]["text"]]
    assert chinwag("remove", snug, id_, "--note-only").exit_code == 0
    assert chinwag("publish", snug, "--as", form, "--into", "out").exit_code == 0
    assert SAID not in read_all(Path("out").read_bytes())


def test_a_file_that_somebody_worked_on_is_not_written_over(snug: Path, chinwag: Chinwag) -> None:
    Path("snug.md").write_text("Mine.")
    refused = chinwag("publish", snug, "--as", "markdown")
    assert refused.exit_code == 2
    words = re.sub(r"\s+", " ", refused.output)
    assert "snug.md is there already, and says something else." in words
    assert Path("snug.md").read_text() == "Mine."
    assert chinwag("publish", snug, "--as", "markdown", "--replace").exit_code == 0
    assert Path("snug.md").read_text().startswith("# ")


def test_a_file_that_cannot_be_written_is_named(snug: Path, chinwag: Chinwag) -> None:
    refused = chinwag("publish", snug, "--as", "html", "--into", "not/there.html")
    assert refused.exit_code == 3
    assert "not/there.html cannot be written: No such file or directory." in refused.output


def test_a_form_goes_to_the_standard_output(snug: Path, chinwag: Chinwag) -> None:
    shown = chinwag("publish", snug, "--as", "html", "--into", "-")
    assert shown.output.startswith("<p><em>#snugchat")
    assert list(Path().glob("*.html")) == []


def test_a_file_without_a_form_is_refused(snug: Path, chinwag: Chinwag) -> None:
    refused = chinwag("publish", snug, "--into", "x.html")
    assert refused.exit_code == 2
    assert "Say with --as in which form." in refused.output


def test_the_zip_opens_without_a_server(snug: Path, chinwag: Chinwag) -> None:
    chinwag("publish", snug, "--as", "zip")
    with zipfile.ZipFile("snug.zip") as packed:
        assert packed.namelist()[0] == "index.html"
        page = packed.read("index.html")
        assert page == (snug / "story" / "index.html").read_bytes()
        beside = re.findall(r'href="([^"#:]+)"', page.decode())
        assert [name for name in beside if name not in packed.namelist()] == []


def test_the_word_file_opens(snug: Path, chinwag: Chinwag) -> None:
    chinwag("publish", snug, "--as", "docx")
    assert docx.Document("snug.docx").paragraphs[0].text == "#snugchat, 13 October 2026"


def test_without_python_docx_it_is_said_how_to_have_it(
    snug: Path, chinwag: Chinwag, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("chinwag.steps.publish.word_file.find_spec", lambda _name: None)
    refused = chinwag("publish", snug, "--as", "docx")
    assert refused.exit_code == 2
    words = " ".join(refused.output.split())
    assert f"Install it with: {shlex.quote(sys.executable)} -m pip install 'python-docx>=" in words
