"""What the plugin site refuses or blocks, checked on the ZIP that `dev.py package` makes."""

from __future__ import annotations

import ast
import configparser
import hashlib
import io
import os
import random
import re
import shutil
import subprocess
import sys
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


# The keys that QGIS or the site knows; another is a leftover of a template, or misspelt.
KNOWN_KEYS = {
    "name", "description", "about", "version", "qgisMinimumVersion", "qgisMaximumVersion", "author", "email",
    "homepage", "tracker", "repository", "category", "tags", "icon", "license", "changelog", "experimental",
    "deprecated", "server", "hasProcessingProvider",
}  # fmt: skip


@pytest.fixture(scope="module")
def content() -> bytes:
    """The ZIP."""
    try:
        return dev.package_content()
    except dev.DevError as reason:
        if "git" in str(reason):
            pytest.skip(str(reason))
        raise


@pytest.fixture(scope="module")
def archive(content: bytes) -> zipfile.ZipFile:
    return zipfile.ZipFile(io.BytesIO(content))


@pytest.fixture(scope="module")
def metadata(archive: zipfile.ZipFile) -> configparser.SectionProxy:
    parser = configparser.ConfigParser()  # with interpolation, as the site reads it: a % sign breaks it
    parser.optionxform = str
    parser.read_string(archive.read(f"{dev.PACKAGE}/metadata.txt").decode("utf-8"))
    for key in parser["general"]:
        parser["general"][key]
    return parser["general"]


def test_it_is_small_enough_for_the_site(content: bytes, archive: zipfile.ZipFile) -> None:
    assert len(content) < 25_000_000
    assert archive.testzip() is None
    models = [name for name in archive.namelist() if name.endswith(".safetensors")]
    assert any("/terrascope-nano/" in name for name in models)  # with which it is that small


def test_a_zip_that_is_too_large_is_not_made(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dev, "packaged_files", lambda: ["metadata.txt"])
    monkeypatch.setattr(dev, "manual", dict)
    monkeypatch.setattr(dev, "translations", lambda: {"large": random.Random(1).randbytes(25_000_001)})
    with pytest.raises(dev.DevError, match=r"25\.0 MB"):
        dev.package_content()


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


def test_each_name_is_there_once_and_fits_every_file_system(archive: zipfile.ZipFile) -> None:
    names = archive.namelist()
    assert len({name.lower() for name in names}) == len(names)
    assert [name for name in names if not re.fullmatch(r"[\w./-]+", name, re.ASCII)] == []
    assert max(map(len, names)) < 150  # Windows takes 260 characters, of which a profile's folder may have 100


def test_nothing_switches_the_sites_scanners_off(archive: zipfile.ZipFile) -> None:
    """A plugin without these is "validated", one with them "validated (configured)"."""
    switches = {".bandit", ".flake8", ".secrets.baseline", "setup.cfg", "tox.ini", ".pre-commit-config.yaml"}
    assert [name for name in archive.namelist() if PurePosixPath(name).name in switches] == []


def test_the_sites_scanners_find_nothing(content: bytes, tmp_path: Path) -> None:
    with zipfile.ZipFile(io.BytesIO(content)) as opened:
        opened.extractall(tmp_path)
    found = dev.site_findings(dev.ensure_environment(dev.LINT), tmp_path / dev.PACKAGE)
    assert found == {"bandit": "", "flake8": "", "detect-secrets": ""}


# What blocks a publication, by the rule that has to see it.
TRAPS = {
    "B101": "assert answer",
    "B102": "exec(answer)",
    "B104": "server.bind(('0.0.0.0', 80))",
    "B105": "seg_token = '[SEG]'",
    "B106": "tokenize(text, seg_token='[SEG]')",
    "B107": "def tokenize(text, seg_token='[SEG]'):\n    return text",
    "B108": "folder = '/tmp/scenes'",
    "B110": "try:\n    answer()\nexcept Exception:\n    pass",
    "B112": "for one in answers:\n    try:\n        one()\n    except Exception:\n        continue",
    "B202": "import tarfile\ntarfile.open(path).extractall()",
    "B301": "import pickle\npickle.loads(answer)",
    "B307": "eval(answer)",
    "B310": "import urllib.request\nurllib.request.urlopen(address)",
    "B311": "import random\nrandom.random()",
    "B506": "import yaml\nyaml.load(answer)",
    "B602": "import subprocess\nsubprocess.run(words, shell=True)",
    "B603": "import subprocess\nsubprocess.run(words)",
    "B604": "run(words, shell=True)",
    "B605": "import os\nos.system(words)",
    "B607": "import subprocess\nsubprocess.run(['git'])",
    "B608": "query = 'SELECT * FROM runs WHERE id = %s' % answer",
    "B614": "import torch\ntorch.load(path)",
    "B615": "from transformers import AutoModel\nAutoModel.from_pretrained('sy1998/TerraScope')",
    "E501": "x = '" + "long " * 30 + "'",
    "E999": "def broken(:",
    "F821": "print(nobody_knows_this)",
    "Hex High Entropy String": "digest = '6367c48dd193d56ea7b0baad25b19455e529f5ee'",
}


@pytest.fixture(scope="module")
def trapped(tmp_path_factory: pytest.TempPathFactory) -> str:
    """What the scanners say of a folder with all of the traps."""
    folder = tmp_path_factory.mktemp("traps")
    for rule, code in TRAPS.items():
        (folder / f"{rule.split()[0].lower()}.py").write_text(code + "\n", "utf-8")
    return "".join(dev.site_findings(dev.ensure_environment(dev.LINT), folder).values())


@pytest.mark.parametrize("rule", TRAPS)
def test_the_scanners_have_all_of_the_rules_that_block(trapped: str, rule: str) -> None:
    assert rule in trapped


def test_no_file_is_a_program(archive: zipfile.ZipFile) -> None:
    assert {entry.external_attr >> 16 for entry in archive.infolist()} == {0o100644}
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


def test_the_manifest_has_nothing_that_nobody_reads(metadata: configparser.SectionProxy) -> None:
    assert set(metadata) <= KNOWN_KEYS
    for key in ("hasProcessingProvider", "experimental", "deprecated", "server"):
        assert metadata[key].lower() in ("yes", "true", "1", "no", "false", "0"), key
    tags = [tag.strip() for tag in metadata["tags"].split(",")]
    assert all(tags)
    assert tags == list(dict.fromkeys(tag.lower() for tag in tags))
    assert "vector" not in tags


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
    for needed in ("python 3.11", "gpu", "disk", "memory"):
        assert needed in about, needed


def test_its_icon_is_in_the_zip(archive: zipfile.ZipFile, metadata: configparser.SectionProxy) -> None:
    assert f"{dev.PACKAGE}/{metadata['icon']}" in archive.namelist()
    assert PurePosixPath(metadata["icon"]).suffix in (".svg", ".png")


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


def test_another_checkout_at_another_time_gives_the_same_bytes(content: bytes, tmp_path: Path) -> None:
    """With other times and rights of files, another order of them, another time zone and another seed of hashes."""
    git = ["git", "-c", f"safe.directory={dev.ROOT.as_posix()}"]
    tracked = subprocess.run([*git, "ls-files", "-z"], cwd=dev.ROOT, check=True, capture_output=True, text=True).stdout
    names = [name for name in tracked.split("\0") if name and (dev.ROOT / name).is_file()]
    for number, name in enumerate(sorted(names, reverse=True)):
        target = tmp_path / name
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(dev.ROOT / name, target)
        target.chmod(0o755 if number % 2 else 0o600)
        os.utime(target, (1_000_000_000 + number, 1_000_000_000 + number))
    for words in (["init", "-q"], ["add", "."]):
        subprocess.run(["git", *words], cwd=tmp_path, check=True)
    (tmp_path / ".envs").symlink_to(dev.ENVS, target_is_directory=True)
    code = "import os, sys, dev; os.umask(0o077); open(sys.argv[1], 'wb').write(dev.package_content())"
    environment = dev.clean_environment(TZ="Asia/Kathmandu", PYTHONHASHSEED="7", LC_ALL="C")
    subprocess.run([sys.executable, "-c", code, str(tmp_path / "other.zip")], cwd=tmp_path, env=environment, check=True)
    other = (tmp_path / "other.zip").read_bytes()
    with zipfile.ZipFile(io.BytesIO(content)) as one, zipfile.ZipFile(io.BytesIO(other)) as two:
        assert one.namelist() == two.namelist()
        assert [name for name in one.namelist() if one.read(name) != two.read(name)] == []
    assert hashlib.sha256(other).digest() == hashlib.sha256(content).digest()


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
