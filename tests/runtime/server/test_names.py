"""What a client names never leads out of the folder of what was sent."""

from __future__ import annotations

from pathlib import Path, PurePosixPath, PureWindowsPath

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from model_runtime.errors import RequestError
from model_runtime.protocol import AskRequest
from model_runtime.server.names import RASTERS, REPORTS, images, parse, refuse_uploads

DIGEST = "0123456789abcdef" * 4


@pytest.mark.parametrize(
    "name",
    ["a.tif", "S2A_MSIL1C_20170604T103021.TIF", "Überflug 2017-06-04 (neu).tif", "t37, 'süd'.jp2", "x" * 196 + ".tif",
     "con_2017.tif", "..a.tif"[2:], "a..tif"],
)  # fmt: skip
def test_names_of_files_are_taken_as_they_are(name: str) -> None:
    found = parse(f"upload:{DIGEST}/{name}", RASTERS)
    assert (found.sha256, found.name) == (DIGEST, name)


@pytest.mark.parametrize(
    "name",
    ["", "..", ".", ".tif", "../a.tif", "a/b.tif", "/a.tif", "a\\b.tif", "c:a.tif", "a.tif:stream.tif", "a\0.tif",
     "a\n.tif", "a\u202efit.tif", "a\u2028.tif", "\ud800.tif", "CON.tif", "nul.x.tif", "COM1 .tif", "a.tif ", "a.tif.",
     " a.tif", "a.vrt", "a.img", "a", "tif", "a.gpkg", "x" * 197 + ".tif", "ü" * 130 + ".tif", "a?.tif"],
)  # fmt: skip
def test_names_that_are_none_are_refused_with_a_sentence(name: str) -> None:
    with pytest.raises(RequestError, match=r"^\S.*[.]$"):
        parse(f"upload:{DIGEST}/{name}", RASTERS)


@pytest.mark.parametrize(
    "path", ["/etc/passwd", "a.tif", "~/a.tif", "/vsicurl/http://x/a.tif", "https://x/a.tif", "upload:", "upload:a.tif",
             f"upload:{DIGEST[:-1]}/a.tif", f"upload:{DIGEST.upper()}/a.tif", f"upload:../{DIGEST}/a.tif",
             f" upload:{DIGEST}/a.tif", f"UPLOAD:{DIGEST}/a.tif"],
)  # fmt: skip
def test_what_was_not_sent_is_refused(path: str) -> None:
    with pytest.raises(RequestError, match="was not sent|not a file that was sent"):
        parse(path, RASTERS)


@given(st.text(max_size=240).map(lambda text: text + ".tif") | st.text(max_size=20))
@example("..")
@example("a\\..\\..\\b.tif")
def test_whatever_the_name_it_is_one_segment_or_refused(name: str) -> None:
    try:
        found = parse(f"upload:{DIGEST}/{name}", RASTERS).name
    except RequestError:
        return
    for kind in (PurePosixPath, PureWindowsPath):
        joined = kind("folder") / found
        assert joined.parent == kind("folder")
        assert joined.name == found
    assert found not in (".", "..") and found.isprintable() and len(found.encode()) <= 255
    assert (Path("/folder") / found).resolve() == Path("/folder") / found


@given(st.text(alphabet="abcXYZ0189_-+ ()é", min_size=1, max_size=60).filter(lambda stem: not stem.startswith(" ")))
def test_plain_names_are_never_refused(stem: str) -> None:
    assert parse(f"upload:{DIGEST}/{stem}_.tif", RASTERS).name == f"{stem}_.tif"


def test_a_file_has_to_begin_as_its_name_says() -> None:
    raster, report = parse(f"upload:{DIGEST}/a.tif", RASTERS), parse(f"upload:{DIGEST}/a.gpkg", REPORTS)
    raster.check_beginning(b"II*\0\x08\0\0\0")
    report.check_beginning(b"SQLite format 3\0")
    for beginning in (b"", b"EHFA_HEADER_TAG\0", b"<VRTDataset rast", b"SQLite format 3\0"):
        with pytest.raises(RequestError, match="'a.tif' is not what"):
            raster.check_beginning(beginning)


def test_a_local_runtime_takes_no_uploads_whichever_image_it_is() -> None:
    for field in ("optical", "sar", "clouds"):
        request = AskRequest(question="?", dates=[{"optical": "a.tif"}, {field: f"upload:{DIGEST}/b.tif"}])
        with pytest.raises(RequestError, match="give their paths"):
            refuse_uploads(images(request))
    refuse_uploads(images(AskRequest(question="?", dates=[{"optical": "a.tif"}])))
