"""The plugin's own texts in the user's language."""

from __future__ import annotations

from qgis.core import QgsSettings
from qgis.PyQt.QtCore import QCoreApplication, QTranslator

from ..settings import PLUGIN_ROOT, Settings

FOLDER = PLUGIN_ROOT / "i18n"
LANGUAGES = ("en", *sorted({path.stem.rpartition("_")[2] for path in FOLDER.glob("terrascope_qgis_*.*")}))
"""that can be chosen; English is what the texts are written in"""


def install_translator() -> QTranslator | None:
    """Use the chosen language, else that of QGIS, from now on; None where the texts stay English."""
    language = Settings.load().language or QgsSettings().value("locale/userLocale", "en", type=str)[:2]
    translator = QTranslator()
    if not translator.load(str(FOLDER / f"terrascope_qgis_{language}.qm")):
        return None
    QCoreApplication.installTranslator(translator)
    return translator
