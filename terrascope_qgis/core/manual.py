"""Where the pages of the manual are: the copy that comes with the plugin, else its source on the homepage."""

from __future__ import annotations

import configparser

from qgis.PyQt.QtCore import QUrl

from ..settings import PLUGIN_ROOT


def page_url(page: str, chapter: str = "") -> QUrl:
    """The address of a page, without the network where the copy is there, as it is not in a checkout.

    Args:
        page: its name, as of the file in `docs/`.
        chapter: anchor of a heading on it.
    """
    copy = PLUGIN_ROOT / "help" / f"{page}.html"
    if copy.is_file():
        url = QUrl.fromLocalFile(str(copy))
    else:
        manifest = configparser.ConfigParser(interpolation=None)
        manifest.read(str(PLUGIN_ROOT / "metadata.txt"), encoding="utf-8")
        url = QUrl(f"{manifest.get('general', 'homepage')}/blob/main/docs/{page}.md")
    if chapter:
        url.setFragment(chapter)
    return url
