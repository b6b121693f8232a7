"""Names for screen readers on parts of QGIS's own widgets that have none."""

from __future__ import annotations

from qgis.gui import QgsCollapsibleGroupBox, QgsFileWidget
from qgis.PyQt.QtWidgets import QToolButton


def name_fold(group: QgsCollapsibleGroupBox) -> None:
    """The button that folds a group, which is a picture only, is called like the group."""
    for button in group.findChildren(QToolButton):
        if not button.text() and not button.accessibleName():
            button.setAccessibleName(group.title())


def name_file_field(field: QgsFileWidget, name: str) -> None:
    """The line of a file chooser has its own focus, and its own name; so has the button that opens a dialog."""
    field.setAccessibleName(name)
    field.lineEdit().setAccessibleName(name)
    for button in field.findChildren(QToolButton):
        button.setAccessibleName(name + " …")
