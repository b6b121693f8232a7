"""The style of a layer that holds regions of many names: QGIS gives each its own colour, and a line in the legend."""

from __future__ import annotations

from collections.abc import Sequence
from xml.etree import ElementTree  # nosec B405

from defusedxml.ElementTree import fromstring

from .colours import step_colours
from .geopackage import STYLES, coloured

_DOCTYPE = "<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>\n"


def by_phrase(phrases: Sequence[str]) -> str:
    """A QGIS style (QML) of polygons with a field `phrase`, drawn as the mask of a step is.

    Args:
        phrases: those that occur, each once, in the order of the legend; the colours do not depend on it.
    """
    style = fromstring((STYLES / "mask.qml").read_text("utf-8"))
    renderer = style.find("renderer-v2")
    renderer.attrib.update(type="categorizedSymbol", attr="phrase")
    symbols = renderer.find("symbols")
    (symbol,) = symbols
    symbols.remove(symbol)
    categories = ElementTree.Element("categories")
    renderer.insert(0, categories)
    colours = dict(zip(sorted(phrases), step_colours(sorted(phrases)), strict=True))
    for number, phrase in enumerate(phrases):
        drawn = ElementTree.tostring(symbol, "unicode")
        one = fromstring(coloured(drawn, colours[phrase]))
        one.set("name", str(number))
        symbols.append(one)
        ElementTree.SubElement(
            categories, "category", type="string", value=phrase, label=phrase, symbol=str(number), render="true"
        )
    return _DOCTYPE + ElementTree.tostring(style, "unicode")


def phrases_of(style: str) -> list[str]:
    """The phrases that a style of `by_phrase` has.

    Raises:
        DefusedXmlException: it is none of ours, and would take all memory.
        ParseError: it is none at all.
    """
    return [category.get("value") for category in fromstring(style, forbid_dtd=False).iter("category")]
