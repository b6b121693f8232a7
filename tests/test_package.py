"""What the plugin site refuses or blocks, checked on the ZIP that `dev.py package` makes."""

from __future__ import annotations

import ast
import configparser
import io
import re
import zipfile
from pathlib import Path, PurePosixPath

import pytest

import dev

# The site calls these suspicious wherever they lie; what is compiled has no place in a plugin at all.
REFUSED_SUFFIXES = {
    ".exe",
    ".dll",
    ".so",
    ".dylib",
    ".bat",
    ".sh",
    ".ps1",
    ".cmd",
    ".pyc",
    ".pyd",
    ".whl",
    ".jar",
    ".o",
    ".a",
}
REFUSED_PARTS = {"__pycache__", ".git", "__MACOSX", ".qgis-settings", "tests", ".envs", "dist", "demo_output", ".ci"}
TAKEN_NAMES = {"terrascope"}


@pytest.fixture(scope="module")
def archive() -> zipfile.ZipFile:
    try:
        files = dev.packaged_files()
    except dev.DevError as reason:
        pytest.skip(str(reason))
    return zipfile.ZipFile(io.BytesIO(dev.write_zip(files, {**dev.translations(), **dev.manual()})))


@pytest.fixture(scope="module")
def metadata(archive: zipfile.ZipFile) -> configparser.SectionProxy:
    parser = configparser.ConfigParser()  # with interpolation, as the site reads it: a % sign breaks it
    parser.read_string(archive.read(f"{dev.PACKAGE}/metadata.txt").decode("utf-8"))
    for key in parser["general"]:
        parser["general"][key]
    return parser["general"]


def test_it_is_small_enough_for_the_site(archive: zipfile.ZipFile) -> None:
    assert sum(entry.compress_size for entry in archive.infolist()) < dev.MAX_ZIP_BYTES
    assert archive.testzip() is None


def test_it_has_one_top_folder_whose_name_is_free_and_an_identifier(archive: zipfile.ZipFile) -> None:
    assert {name.split("/")[0] for name in archive.namelist()} == {dev.PACKAGE}
    assert dev.PACKAGE.isidentifier()
    assert dev.PACKAGE.lower() not in TAKEN_NAMES
    assert "plugin" not in dev.PACKAGE


def refused(name: str) -> bool:
    """Whether the site refuses an entry of this name, or it should never be in a plugin."""
    path = PurePosixPath(name)
    unsafe = ".." in path.parts or "\\" in name or ":" in name or name.startswith("/")
    return unsafe or path.suffix.lower() in REFUSED_SUFFIXES or not REFUSED_PARTS.isdisjoint(path.parts)


def test_nothing_in_it_is_refused(archive: zipfile.ZipFile) -> None:
    assert [name for name in archive.namelist() if refused(name)] == []


@pytest.mark.parametrize(
    "name", ["p/a.so", "p/../a", "p\\a", "C:/a", "/a", "p/x/__pycache__/a.py", "p/tests/a.py", "p/run.SH"]
)
def test_the_check_for_refused_entries_sees_them(name: str) -> None:
    assert refused(name)
    assert not refused("p/terrascope_qgis/plugin.py")


def test_no_file_is_a_program(archive: zipfile.ZipFile) -> None:
    marks = (b"\x7fELF", b"MZ\x90", b"\xcf\xfa\xed\xfe", b"\xca\xfe\xba\xbe", b"#!/")
    assert [name for name in archive.namelist() if archive.read(name)[:4].startswith(marks)] == []


def test_the_files_the_site_asks_for_are_there(archive: zipfile.ZipFile) -> None:
    names = set(archive.namelist())
    for name in ("__init__.py", "metadata.txt", "LICENSE", "README.md", "model_runtime/requirements.lock"):
        assert f"{dev.PACKAGE}/{name}" in names
    licence = archive.read(f"{dev.PACKAGE}/LICENSE").decode("utf-8")
    assert "GNU GENERAL PUBLIC LICENSE" in licence
    assert "Version 2, June 1991" in licence


def test_the_manifest_has_what_the_site_asks_for(metadata: configparser.SectionProxy) -> None:
    for key in (
        "name",
        "description",
        "about",
        "version",
        "qgisMinimumVersion",
        "author",
        "email",
        "tracker",
        "repository",
    ):
        assert metadata[key].strip(), key
    for key in ("tracker", "repository", "homepage"):
        assert metadata[key].startswith("https://"), key
    assert "/" not in metadata["author"]
    assert re.fullmatch(r"[^@\s]+@[^@\s]+\.[^@\s]+", metadata["email"])
    assert "plugin" not in metadata["name"].lower()
    assert re.fullmatch(r"\d+\.\d+\.\d+", metadata["version"])


def test_the_manifest_says_for_which_qgis_this_is(metadata: configparser.SectionProxy) -> None:
    assert metadata["qgisMinimumVersion"] == "3.22"
    assert metadata["qgisMaximumVersion"] == "4.99"
    assert "supportsQt6" not in metadata  # no longer read, and the site warns of it
    assert metadata.getboolean("hasProcessingProvider")  # without it qgis_process never loads the provider
    assert not metadata.getboolean("server")
    assert not metadata.getboolean("deprecated")
    assert metadata.getboolean("experimental") == metadata["version"].startswith("0.")
    assert metadata["category"] == "Raster"
    assert "plugin_dependencies" not in metadata  # names other plugins, not Python packages
    assert metadata["license"] == "GPL-2.0-or-later"


def test_the_manifest_tells_plainly_what_else_is_needed_and_whose_this_is(metadata: configparser.SectionProxy) -> None:
    about = metadata["about"].lower()
    assert "vito" in about
    assert "not related" in about
    assert "disk" in about or "gb" in about


def test_its_icon_is_in_the_zip(archive: zipfile.ZipFile, metadata: configparser.SectionProxy) -> None:
    assert f"{dev.PACKAGE}/{metadata['icon']}" in archive.namelist()


def test_the_version_has_an_entry_in_the_changelog(archive: zipfile.ZipFile) -> None:
    assert f"## [{dev.plugin_version()}]" in archive.read(f"{dev.PACKAGE}/CHANGELOG.md").decode("utf-8")


def test_no_setting_tokenizer_or_model_file_is_missing_from_git(archive: zipfile.ZipFile) -> None:
    """A file in a resource folder that git ignores or nobody added would work here and be missing everywhere else."""
    folder = dev.ROOT / "resources"
    there = {path.relative_to(dev.ROOT).as_posix() for path in folder.rglob("*") if path.is_file()}
    tracked = {name.partition("/")[2] for name in archive.namelist()}
    assert there <= tracked


def test_it_speaks_every_language_that_there_is_a_file_of(archive: zipfile.ZipFile) -> None:
    """What Qt loads is made for the ZIP; what translators work on stays out of it."""
    languages = {path.stem for path in (dev.ROOT / "i18n").glob("*.ts")}
    texts = {name for name in archive.namelist() if "/i18n/" in name}
    assert texts == {f"{dev.PACKAGE}/i18n/{name}.qm" for name in languages}
    assert "terrascope_qgis_fr" in languages
    for name in texts:
        assert archive.read(name).startswith(bytes.fromhex("3cb86418caef9c95cd211cbf60a1bddd"))


def test_the_same_files_give_the_same_zip(archive: zipfile.ZipFile) -> None:
    files = dev.packaged_files()[:30]
    assert dev.write_zip(files) == dev.write_zip(files)


def test_what_qgis_runs_is_python_3_9(archive: zipfile.ZipFile) -> None:
    """QGIS 3.22 on Windows has 3.9: no newer grammar, and annotations that are never evaluated."""
    sources = [name for name in archive.namelist() if name.endswith(".py") and "/model_runtime/" not in name]
    assert len(sources) > 10
    for name in sources:
        source = archive.read(name).decode("utf-8")
        tree = ast.parse(source, filename=name, feature_version=(3, 9))
        annotated = any(isinstance(node, ast.AnnAssign | ast.FunctionDef) for node in ast.walk(tree))
        assert not annotated or "from __future__ import annotations" in source, name


def test_no_file_names_a_place_of_one_machine(archive: zipfile.ZipFile) -> None:
    pattern = re.compile(r"(?<![\w.])/(?:root|work|home/\w+|Users/\w+)/|(?<![\w.])[A-Z]:\\\\Users\\\\")
    texts = [name for name in archive.namelist() if Path(name).suffix in {".py", ".md", ".txt", ".lock", ".qml", ".ui"}]
    assert [name for name in texts if pattern.search(archive.read(name).decode("utf-8"))] == []
