"""Every text that a user reads can be translated, and is in every language that there is a file of."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from qgis.core import QgsApplication
from qgis.gui import QgisInterface, QgsMessageBar
from qgis.PyQt.QtCore import QCoreApplication
from qgis.PyQt.QtWidgets import QAction, QWidget

from i18n import texts
from terrascope_qgis import errors
from terrascope_qgis.plugin import TerraScopePlugin
from terrascope_qgis.settings import Settings
from tests.plugin.screens import translator_with

FILES = sorted(texts.FOLDER.glob("*.ts"))
ERRORS = {name for name, kind in vars(errors).items() if isinstance(kind, type) and issubclass(kind, Exception)}
SETTERS = {
    "QAction", "QCheckBox", "QGroupBox", "QLabel", "QMenu", "QPushButton", "QRadioButton", "QToolBar", "addAction",
    "addItem", "addMenu", "addRow", "addTab", "add_note", "createMessage", "pushMessage", "setAccessibleName",
    "setDialogTitle", "setFormat", "setHeaderLabels", "setInformativeText", "setLabelText", "setPlaceholderText",
    "setPrefix", "setSpecialValueText", "setStatusTip", "setText", "setTitle", "setToolTip", "setWhatsThis",
    "setWindowTitle", "set_whole", "show_news",
}  # fmt: skip
THE_SAME_EVERYWHERE = {"TerraScope", " m", "%p %"}
OF_DEVELOPERS = {"demo.py"}  # `dev.py demo` runs it; its sentences go to a terminal


@pytest.fixture(scope="module")
def wanted() -> list[texts.Text]:
    """All texts of the plugin; that each is a literal is checked on the way."""
    return texts.texts()


@pytest.fixture(scope="module", params=FILES, ids=lambda path: path.stem.rpartition("_")[2])
def translated(request: pytest.FixtureRequest) -> dict[texts.Text, str]:
    return texts.read(request.param)


def bare_words() -> Iterator[str]:
    """Literals, formatted ones too, that go straight to where a user reads them."""
    for path in sorted(texts.SOURCE.rglob("*.py")):
        if path.name in OF_DEVELOPERS:
            continue
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if not isinstance(node, ast.Call):
                continue
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            if name not in SETTERS | ERRORS:
                continue
            for given in node.args[:1] if name in ERRORS else node.args[:2]:
                for words in literals(given):
                    if words not in THE_SAME_EVERYWHERE and re.search(r"[A-Za-z]{2}", words):
                        yield f"{path.name}:{node.lineno}: {name}({words!r})"


def literals(given: ast.expr) -> Iterator[str]:
    """The words of an argument that no `tr` is around."""
    if isinstance(given, ast.Constant) and isinstance(given.value, str):
        yield given.value
    elif isinstance(given, ast.JoinedStr):
        words = "".join(part.value for part in given.values if isinstance(part, ast.Constant))
        yield re.sub(r"<[^>]*>?", "", words)
    elif isinstance(given, (ast.BinOp, ast.IfExp)):
        parts = (given.left, given.right) if isinstance(given, ast.BinOp) else (given.body, given.orelse)
        for part in parts:
            yield from literals(part)


def test_no_text_bypasses_the_translator() -> None:
    assert list(bare_words()) == []


def test_what_a_translator_would_not_see_is_refused(tmp_path: Path) -> None:
    for code in ('self.tr(f"{count} models")', 'translate("TerraScope", words)', 'self.tr("a" + name)'):
        (tmp_path / "x.py").write_text(code, "utf-8")
        with pytest.raises(texts.NotLiteralError, match=r"x\.py:1"):
            texts.texts(tmp_path)


def test_a_text_of_a_base_class_is_one_of_its_subclasses(tmp_path: Path) -> None:
    """PyQt asks for the translation by the class of the object."""
    code = 'class A(Q):\n    def f(self):\n        self.tr("x")\n\nclass B(A):\n    pass\n'
    (tmp_path / "x.py").write_text(code, "utf-8")
    assert texts.texts(tmp_path) == [("A", "x"), ("B", "x")]


def test_it_is_complete(wanted: list[texts.Text], translated: dict[texts.Text, str]) -> None:
    """`python3 i18n/texts.py` adds what is new."""
    assert sorted(set(wanted) - set(translated)) == []
    assert sorted(set(translated) - set(wanted)) == []


def test_it_fills_in_and_marks_what_english_does(translated: dict[texts.Text, str]) -> None:
    for (_, source), told in translated.items():
        assert texts.placeholders(told) == texts.placeholders(source), source
        assert sorted(re.findall(r"</?\w+", told)) == sorted(re.findall(r"</?\w+", source)), source
        assert len(re.findall(r"&\w", told)) == len(re.findall(r"&\w", source)), source  # the key of a control
        assert (told[0] == " ", told[-1:] == " ") == (source[0] == " ", source[-1:] == " "), source
        assert told.endswith("…") == source.endswith("…"), source


def test_keys_of_one_window_are_not_the_same(translated: dict[texts.Text, str]) -> None:
    """Two controls with one mnemonic: the key only goes from one to the other."""
    for window in ("ModelsDialog", "OptionsPage"):
        keys = {
            english: re.search(r"&(\w)", told).group(1).lower()
            for (context, english), told in translated.items()
            if context == window and "&" in told
        }
        keys.pop("De&lete…", None)  # the same button, with another text
        assert len(set(keys.values())) == len(keys), keys


def test_the_file_is_loaded_by_qt(wanted: list[texts.Text], qgis_app: QgsApplication) -> None:
    """The .qm file is our own writing, so each text is asked for in Qt's own way."""
    told = {text: f"{number} ç’est ça" for number, text in enumerate(wanted)}
    translator = translator_with(told)
    assert {one: translator.translate(one[0], one[1].encode("utf-8")) for one in wanted} == told


def test_a_ts_file_keeps_its_translations(tmp_path: Path) -> None:
    path = tmp_path / "terrascope_qgis_fr.ts"
    told = {("A", "a < b & c"): "« a » < b & c", ("A", "one\ntwo"): "un\ndeux"}
    texts.write(path, "fr", [*told, ("B", "new")], told)
    assert texts.read(path) == told
    assert path.read_text("utf-8").count("unfinished") == 1


def test_the_dock_speaks_it(
    translated: dict[texts.Text, str],
    settings: Settings,  # noqa: ARG001 - kept for one test
    qgis_iface: QgisInterface,
    message_bar: QgsMessageBar,
) -> None:
    """A text asked for in another context than the file's would stay English."""
    translator = translator_with(translated)
    QCoreApplication.installTranslator(translator)
    qgis_iface.messageBar = lambda: message_bar
    plugin = TerraScopePlugin(qgis_iface)
    try:
        plugin.initGui()
        dock = plugin.show_dock()
        dock.show_runtime()
        shown = {*said_by(dock), *said_by(dock.show_models())}
    finally:
        plugin.unload()
        QCoreApplication.removeTranslator(translator)
    english = {source for (_, source), told in translated.items() if told != source}
    assert shown & english - set(translated.values()) == set()
    assert translated["AskPanel", "Ask"] in shown


def said_by(root: QWidget) -> Iterator[str]:
    """All texts of a window and of its actions."""
    for one in (root, *root.findChildren(QWidget), *root.findChildren(QAction)):
        for name in ("text", "toolTip", "accessibleName", "placeholderText", "title", "windowTitle"):
            told = getattr(one, name, None)
            if callable(told):
                yield told()
