"""Whatever a person gives as a file: opened, decompressed and decoded, or refused with a reason."""

from __future__ import annotations

import bz2
import contextlib
import gzip
import io
import lzma
import os
import struct
import tarfile
import tracemalloc
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
import zstandard
from tests.importers.reasons import say_reason

from chinwag.errors import InputError
from chinwag.importers import containers, source
from chinwag.importers.source import Source
from chinwag.model import AsideRow
from chinwag.records.contract import make_reason

TEXT = "id,text\n1,Caf\u00e9 “Zine” don’t\n2,two\n"
LINES = [(1, "id,text"), (2, "1,Caf\u00e9 “Zine” don’t"), (3, "2,two")]


def write(folder: Path, data: bytes, name: str = "chat.csv") -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


def zip_up(files: dict[str, bytes]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return target.getvalue()


@pytest.mark.parametrize(
    "pack",
    [
        bytes,
        gzip.compress,
        bz2.compress,
        lzma.compress,
        zstandard.ZstdCompressor().compress,
        lambda data: gzip.compress(data[:9]) + gzip.compress(data[9:]),
        lambda data: zip_up({"inside.csv": data}),
    ],
    ids=["plain", "gz", "bz2", "xz", "zst", "two gz after another", "zip"],
)
def test_a_compressed_file_reads_like_the_plain_one(tmp_path: Path, pack: object) -> None:
    path = write(tmp_path, pack(TEXT.encode()), "no-extension")  # type: ignore[operator]

    opened = Source.open(path)

    assert opened.peek() == TEXT
    assert list(opened.lines()) == LINES
    assert opened.size == path.stat().st_size
    assert 0 < opened.position <= opened.size
    assert opened.take_aside() == ()


@pytest.mark.parametrize(
    "encoding",
    ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252", "mac_roman"],
)
def test_the_encoding_is_judged_by_the_bytes(tmp_path: Path, encoding: str) -> None:
    path = write(tmp_path, TEXT.encode(encoding))

    assert list(Source.open(path).lines()) == LINES


def test_the_encoding_is_found_where_the_first_accent_comes_late(tmp_path: Path) -> None:
    plain = "1,nothing but ASCII\n" * 200_000
    path = write(tmp_path, (plain + "2,“D\u00e9j\u00e0 vu”, it’s\n").encode("mac_roman"))

    *_, last = Source.open(path).lines()

    assert last == (200_001, "2,“D\u00e9j\u00e0 vu”, it’s")


def test_a_stray_byte_in_utf8_is_read_as_cp1252_and_the_rest_as_it_is(tmp_path: Path) -> None:
    path = write(tmp_path, "caf\u00e9 ☕ d\u00e9j\u00e0\n".encode() + b"it\x92s\n")

    assert list(Source.open(path).lines()) == [(1, "caf\u00e9 ☕ d\u00e9j\u00e0"), (2, "it’s")]


def test_every_kind_of_line_end_ends_a_line(tmp_path: Path) -> None:
    path = write(tmp_path, b"one\rtwo\r\nthree\n\nfive\rsix")

    assert list(Source.open(path).lines()) == [
        (1, "one"),
        (2, "two"),
        (3, "three"),
        (5, "five"),
        (6, "six"),
    ]


def test_a_line_that_is_far_too_long_is_put_aside_and_the_next_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(source, "LONGEST_LINE", 1 << 20)
    path = write(tmp_path, b"one\n" + b"x" * (5 << 19) + b"\nthree\n")
    opened = Source.open(path)

    assert list(opened.lines()) == [(1, "one"), (3, "three")]
    assert opened.take_aside() == (
        AsideRow(
            file="chat.csv",
            line=2,
            reason=make_reason(
                "the line is longer than {megabytes} MB", code="line-too-long-to-keep", megabytes=1
            ),
            text="x" * 2_000,
        ),
    )
    assert opened.take_aside() == ()


@pytest.mark.parametrize(
    "pack",
    [gzip.compress, bz2.compress, lzma.compress, zstandard.ZstdCompressor().compress],
    ids=["gz", "bz2", "xz", "zst"],
)
def test_a_compressed_file_that_ends_too_early_gives_what_it_has(
    tmp_path: Path, pack: object
) -> None:
    whole = os.urandom(1_200_000).hex().encode()
    rows = b"\n".join(whole[at : at + 79] for at in range(0, len(whole), 79))
    packed: bytes = pack(b"first line\n" + rows)  # type: ignore[operator]
    path = write(tmp_path, packed[: len(packed) * 9 // 10])
    opened = Source.open(path)

    list(opened.lines())

    (row,) = opened.take_aside()
    assert say_reason(row).startswith("the compressed file is damaged or ends too early")


@pytest.mark.parametrize(
    "damage",
    [
        lambda packed: packed[: len(packed) * 9 // 10],
        lambda packed: packed[:-8] + bytes(8),
        lambda packed: packed + b"no gzip",
    ],
    ids=["cut", "another checksum", "more behind it"],
)
def test_a_damaged_gzip_gives_all_that_stands_before_the_damage(
    tmp_path: Path, damage: Callable[[bytes], bytes]
) -> None:
    rows = [f"row {number}, {number * 7919 % 10_007}" for number in range(40_000)]
    packed = damage(gzip.compress("\n".join(rows).encode()))
    told = bytearray()
    with contextlib.suppress(EOFError, gzip.BadGzipFile), gzip.open(io.BytesIO(packed)) as stream:
        while data := stream.read1(1 << 16):
            told += data

    lines = [text for _, text in Source.open(write(tmp_path, packed)).lines()]

    assert lines == told.decode().splitlines()
    assert len(lines) > 30_000


def test_a_compressed_file_of_which_nothing_can_be_had_is_refused(tmp_path: Path) -> None:
    packed = bz2.compress(TEXT.encode())

    with pytest.raises(InputError, match=r"chat\.csv cannot be unpacked \(.+\)\."):
        Source.open(write(tmp_path, packed[:-20]))


def test_the_members_of_a_zip_can_be_named_and_read(tmp_path: Path) -> None:
    files = {
        "data/one.csv": TEXT.encode(),
        "two.txt": b"2",
        "__MACOSX/._x": b"x",
        ".DS_Store": b"x",
    }
    opened = Source.open(write(tmp_path, zip_up(files), "chats.zip"))

    assert opened.names() == ("data/one.csv", "two.txt")
    assert opened.peek() == ""
    member = opened.member("data/one.csv")
    assert member.name == "chats.zip/data/one.csv"
    assert list(member.lines()) == LINES


def encrypt(data: bytes) -> bytes:
    """Set the flag that says "encrypted" in a zip's two headers."""
    local, central = data.index(b"PK\x03\x04"), data.index(b"PK\x01\x02")
    flagged = bytearray(data)
    flagged[local + 6] |= 1
    flagged[central + 8] |= 1
    return bytes(flagged)


def tar_up(data: bytes) -> bytes:
    target = io.BytesIO()
    with tarfile.open(fileobj=target, mode="w") as archive:
        info = tarfile.TarInfo("x.csv")
        info.size = len(data)
        archive.addfile(info, io.BytesIO(data))
    return target.getvalue()


PNG = b"\x89PNG\r\n\x1a\n" + bytes(range(200))


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "chat.csv is empty."),
        (b"\xef\xbb\xbf \n\r\n", "chat.csv is empty."),
        (gzip.compress(b""), "chat.csv is empty."),
        (b"%PDF-1.7 ...", "chat.csv is a PDF document, not an export of posts."),
        (PNG, "chat.csv is a PNG picture, not an export of posts."),
        (b"{\\rtf1\\ansi ana: maps}", "chat.csv is a Rich Text document, not an export of posts."),
        (gzip.compress(PNG), "chat.csv is a PNG picture, not an export of posts."),
        (b"\xff\xd8\xff\xe0JFIF", "chat.csv is a JPEG picture, not an export of posts."),
        (b"\x7fELF\x02\x01", "chat.csv is a program (ELF), not an export of posts."),
        (
            b"\0\0\0\x20ftypmp42",
            "chat.csv is a film or picture (MP4, HEIC), not an export of posts.",
        ),
        (tar_up(b"x"), "chat.csv is a tar archive, not an export of posts."),
        (gzip.compress(tar_up(b"x")), "chat.csv is a tar archive, not an export of posts."),
        (struct.pack("<400I", *range(400)), "chat.csv is a binary file, not an export of posts."),
        (gzip.compress(gzip.compress(b"x" * 99)), "chat.csv holds another compressed file (gz)."),
        (
            zip_up({"inner.zip": zip_up({"a.csv": b"a,b"})}),
            "chat.csv/inner.zip holds another compressed file (zip).",
        ),
        (encrypt(zip_up({"a.csv": b"a,b"})), "chat.csv is a zip that needs a password."),
        (zip_up({}), "chat.csv is a zip with no files in it."),
        (
            zip_up({"[Content_Types].xml": b"<x/>", "word/document.xml": b"<x/>"}),
            "chat.csv is an Office document, not an export of posts.",
        ),
    ],
)
def test_what_cannot_be_read_is_named_for_what_it_is(
    tmp_path: Path, data: bytes, says: str
) -> None:
    path = write(tmp_path, data)

    with pytest.raises(InputError) as caught:
        Source.open(path)

    assert str(caught.value).replace(f"{tmp_path}/", "") == says


def test_a_damaged_zip_is_named(tmp_path: Path) -> None:
    whole = zip_up({"a.csv": TEXT.encode() * 50})

    with pytest.raises(InputError, match="damaged zip"):
        Source.open(write(tmp_path, whole[:-30]))


def test_a_missing_file_a_folder_and_a_forbidden_file_are_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"nowhere\.csv does not exist\."):
        Source.open(tmp_path / "nowhere.csv")
    with pytest.raises(InputError, match="is a folder, not a file"):
        Source.open(tmp_path)
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    with pytest.raises(InputError, match="is not an ordinary file"):
        Source.open(pipe)
    with pytest.raises(InputError, match="cannot be opened"):
        Source.open(tmp_path / ("x" * 300))


@pytest.mark.skipif(os.geteuid() == 0, reason="The superuser may read every file.")
def test_a_file_that_may_not_be_read_is_named(tmp_path: Path) -> None:
    path = write(tmp_path, b"a,b")
    path.chmod(0)

    with pytest.raises(InputError, match=r"You may not read .*\. Try `chmod u\+r"):
        Source.open(path)


def test_a_bomb_is_refused_before_it_fills_anything(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(containers, "RATIO_FROM", 1 << 20)
    bomb = b"a,b\n" + b"0" * (4 << 20)
    opened = Source.open(write(tmp_path, gzip.compress(bomb)))

    with pytest.raises(InputError, match="a zip bomb"):
        list(opened.lines())
    with pytest.raises(InputError, match="a zip bomb"):
        Source.open(write(tmp_path, zip_up({"a.csv": bomb}), "bomb.zip"))


def test_text_that_repeats_itself_is_no_bomb(tmp_path: Path) -> None:
    text = b"the same line again\n" * 20_000

    assert len(list(Source.open(write(tmp_path, gzip.compress(text))).lines())) == 20_000


def test_a_zip_of_very_many_files_is_listed_once(tmp_path: Path) -> None:
    members = {f"{number}.csv": b"a,b\n1,2\n" for number in range(3_000)}
    opened = Source.open(write(tmp_path, zip_up(members), "many.zip"))
    read_before = count_reads()

    for name in opened.names():
        assert len(list(opened.member(name).lines())) == 2

    # A list of 3,000 names is about 150 kB; read for each of them it would be 450 MB.
    assert count_reads() - read_before < 40 << 20


def count_reads() -> int:
    """Return the bytes that this process has read so far, as the system counts them."""
    lines = Path("/proc/self/io").read_text(encoding="ascii").splitlines()
    return int(dict(line.split(": ") for line in lines)["rchar"])


def test_a_zstandard_bomb_is_refused_before_it_fills_anything(tmp_path: Path) -> None:
    bomb = zstandard.ZstdCompressor(level=19).compress(b"a,b\n" + b"0" * (256 << 20))
    path = write(tmp_path, bomb, "bomb.zst")

    tracemalloc.start()
    try:
        with pytest.raises(InputError, match="a zip bomb"):
            read_through(Source.open(path))
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < 40 << 20


def read_through(opened: Source) -> None:
    with opened.byte_stream() as stream:
        while stream.read(1 << 20):
            pass


def test_a_copy_that_chinwag_compressed_itself_is_no_bomb(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(containers, "RATIO_FROM", 1 << 20)
    path = write(tmp_path, gzip.compress(b"a,b\n" + b"0" * (4 << 20)))

    assert len(list(Source.open(path, is_ours=True).lines())) == 2


def test_a_member_of_a_zip_holds_no_files_of_its_own(tmp_path: Path) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("one.csv", "a,b")
        archive.writestr("two.csv", "a,b")
    opened = Source.open(write(tmp_path, packed.getvalue(), "chat.zip"))
    assert opened.names() == ("one.csv", "two.csv")
    assert opened.member("one.csv").names() == ()
