"""Figures are shown as the user's locale writes them and in the user's units; what programs read never changes."""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Iterator
from dataclasses import asdict, replace
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot
from qgis.core import QgsApplication
from qgis.PyQt.QtCore import QLocale

from terrascope_qgis import numerals
from terrascope_qgis.client import protocol
from terrascope_qgis.core import figures, units
from terrascope_qgis.core.answer_csv import as_csv
from terrascope_qgis.core.answer_text import as_text
from terrascope_qgis.core.chart_data import chart_of
from terrascope_qgis.core.layers import evidence
from terrascope_qgis.gui.conversation import Conversation
from terrascope_qgis.gui.dock import TerraScopeDock
from terrascope_qgis.processing.answer_fields import answered
from terrascope_qgis.settings import METRIC, US, Settings

GOLDEN = (Path(__file__).resolve().parents[1] / "data" / "answer.ndjson").read_bytes().splitlines()
REPORT = protocol.read_event(GOLDEN[-1]).report
LOCALES = ("de_DE", "de_CH", "fr_FR", "es_ES", "it_IT", "pt_PT", "pt_BR", "en_US", "en_GB", "sv_SE", "ar_EG", "fa_IR")
# hi_IN is left out: Qt 5 does not read the groups of three that it writes itself.


@pytest.fixture
def locale(qgis_app: QgsApplication) -> Iterator[Callable[[str], QLocale]]:  # noqa: ARG001
    """Sets the locale as QGIS does, for one test."""

    def set_to(name: str, *, groups: bool = True) -> QLocale:
        chosen = QLocale(name)
        if not groups:
            chosen.setNumberOptions(QLocale.NumberOption.OmitGroupSeparator)
        QLocale.setDefault(chosen)
        return chosen

    yield set_to
    QLocale.setDefault(QLocale.c())


@pytest.fixture
def shown_in(settings: Settings) -> Callable[[str], None]:
    """Chooses units, for one test."""

    def choose(name: str) -> None:
        replace(settings, units=name).save()

    return choose


@pytest.mark.parametrize("name", LOCALES)
@pytest.mark.parametrize("groups", [True, False])
def test_a_number_reads_back_in_its_locale(name: str, groups: bool, locale: Callable[..., QLocale]) -> None:
    chosen, dice = locale(name, groups=groups), random.Random(name)
    for _ in range(300):
        digits = dice.randrange(5)
        value = dice.choice((-1, 1)) * 10 ** dice.uniform(-3, 9)
        text = numerals.number(value, digits)
        read, fine = chosen.toDouble(text)
        assert fine, text
        assert read == pytest.approx(value, abs=0.50001 * 10**-digits), text
        size = 10 ** dice.uniform(-4, 6)
        read, fine = chosen.toDouble(numerals.significant(size))
        assert fine
        assert read == pytest.approx(size, rel=6e-4)


def test_the_marks_are_those_of_the_locale(locale: Callable[..., QLocale], shown_in: Callable[[str], None]) -> None:
    shown_in(METRIC)
    for name, area, share, size in (
        ("de_DE", "12.346 ± 79 ha", "12,4 %", "16,4 GB"),
        ("fr_FR", "12\u202f346 ± 79 ha", "12,4 %", "16,4 GB"),
        ("pt_BR", "12.346 ± 79 ha", "12,4 %", "16,4 GB"),
        ("en_US", "12,346 ± 79 ha", "12.4 %", "16.4 GB"),
    ):
        locale(name)
        said = figures.area(12345.6, 78.9), figures.percent(12.4), numerals.data_size(16_400_000_000)
        assert said == (area, share, size)
    locale("de_DE", groups=False)
    assert figures.area(12345.6) == "12346 ha"
    assert figures.in_unit(1234567.8, "m2") == "1234568 m²"
    assert figures.percent(0.04) == "< 0,1 %"


def test_days_and_times_are_those_of_the_locale(locale: Callable[..., QLocale]) -> None:
    assert numerals.day("2018-03-30") == "2018-03-30"  # no locale
    for name, day, moment in (
        ("de_DE", "30.03.2018", "29.11.2026 07:12 UTC"),
        ("en_GB", "30/03/2018", "29/11/2026 07:12 UTC"),
        ("sv_SE", "2018-03-30", "2026-11-29 07:12 UTC"),
    ):
        locale(name)
        assert (numerals.day("2018-03-30"), numerals.moment("2026-11-29T08:12:44+01:00")) == (day, moment)
    assert (numerals.day("2018"), numerals.moment("yesterday")) == ("2018", "yesterday")


def test_figures_have_as_many_digits_as_they_deserve(locale: Callable[..., QLocale]) -> None:
    locale("en_US")
    for written, meant in (
        (figures.hectares(0.1234), "0.12 ha"),
        (figures.hectares(85.24, 1.31), "85.2 ± 1.3 ha"),
        (figures.hectares(12345.6), "12,346 ha"),
        (figures.metres(0), "0.0 m"),
        (figures.metres(587.3), "587 m"),
        (figures.metres(12_345), "12.3 km"),
        (figures.percent(0.02), "< 0.1 %"),
        (figures.percent(0), "0.0 %"),
        (figures.in_unit(63.583, "ha"), "63.58 ha"),
        (figures.in_unit(900.0, "m"), "900 m"),
        (figures.in_unit(12_345.6, "m2"), "12,346 m²"),
        (numerals.data_size(0), "0 B"),
        (numerals.data_size(999), "999 B"),
        (numerals.data_size(11_225_764), "11.2 MB"),
        (numerals.data_size(250_000_000), "250 MB"),
        (numerals.data_size(999_960_000), "1.0 GB"),
        (numerals.data_size(16_400_000_000), "16.4 GB"),
    ):
        assert written == meant


def test_units_are_the_international_ones_exactly() -> None:
    assert 1e4 / units.ACRE.factor == pytest.approx(4046.8564224, rel=1e-15)
    assert 1 / units.FOOT.factor == pytest.approx(0.3048, rel=1e-15)
    assert 1 / units.MILE.factor == pytest.approx(1609.344, rel=1e-15)
    survey_acre_m2 = 43_560 * (1200 / 3937) ** 2
    assert survey_acre_m2 * units.ACRE.factor / 1e4 - 1 == pytest.approx(4e-6, rel=0.01)


def test_units_are_those_of_the_locale_unless_some_are_chosen(
    locale: Callable[..., QLocale], shown_in: Callable[[str], None]
) -> None:
    for chosen, of_locale in (
        ("", {"de_DE": "1.20 ha", "en_US": "2.97 ac", "en_GB": "2.97 ac", "fr_FR": "1.20 ha", "C": "1.20 ha"}),
        (METRIC, {"de_DE": "1.20 ha", "en_US": "1.20 ha", "C": "1.20 ha"}),
        (US, {"de_DE": "2.97 ac", "en_US": "2.97 ac", "C": "2.97 ac"}),
        ("furlongs", {"de_DE": "1.20 ha", "en_US": "2.97 ac"}),
    ):
        shown_in(chosen)
        for name, told in of_locale.items():
            locale(name)
            assert figures.area(1.2).replace(",", ".") == told, (chosen, name)


def test_a_shown_figure_is_the_stored_one_in_other_units(
    locale: Callable[..., QLocale], shown_in: Callable[[str], None]
) -> None:
    shown_in(US)
    chosen, dice = locale("en_US"), random.Random(5)
    for _ in range(300):
        area_ha, margin_ha = 10 ** dice.uniform(-2, 6), 10 ** dice.uniform(-2, 3)
        value, margin = figures.area(area_ha, margin_ha).removesuffix(" ac").split(" ± ")
        rounding = 0.51 * 10 ** -len(value.partition(".")[2])
        assert chosen.toDouble(value)[0] * 0.40468564224 == pytest.approx(area_ha, abs=rounding)
        assert chosen.toDouble(margin)[0] * 0.40468564224 == pytest.approx(margin_ha, abs=rounding)
        length_m = 10 ** dice.uniform(0, 6)
        number, _, unit = figures.distance(length_m).partition(" ")
        metres = {"ft": 0.3048, "mi": 1609.344}[unit]
        assert chosen.toDouble(number)[0] * metres == pytest.approx(length_m, abs=0.51 * metres, rel=0.006)
    assert figures.distance(340) == "1,115 ft"
    assert figures.distance(1609.344) == "1.00 mi"
    assert figures.distance(20_000) == "12.4 mi"
    assert figures.relation(REPORT.distances[0]) == "1,927 ft apart"


def test_the_card_is_in_acres_and_its_tool_tips_in_hectares(shown_in: Callable[[str], None], qtbot: QtBot) -> None:
    shown_in(US)
    conversation = Conversation()
    qtbot.addWidget(conversation)
    conversation.begin(REPORT.question, "a scene")
    conversation.add_report(REPORT)
    words = " ".join(conversation.toPlainText().split())
    assert "157.1 ± 3.5 ac" in words
    assert "1927 ft apart" in words
    assert " ha " not in words.replace("63.6 ha", "").replace("63.58 ha", "")  # the model's own words and claims
    tips = set()
    cursor = conversation.textCursor()
    for position in range(conversation.document().characterCount()):
        cursor.setPosition(position)
        tips.add(cursor.charFormat().toolTip())
    assert {"63.6 ± 1.4 ha", "587 m", "+ 8.60 ha, − 2.08 ha", "61.5 ha"} <= tips
    assert any(tip.startswith("water: 157.1 ± 3.5 ac = 63.6 ± 1.4 ha.") for tip in tips)
    assert any("water 2018-03-30 70.1 ± 1.5 ha" in tip and "173.2 ± 3.7 ac" in tip for tip in tips)


def test_what_is_shown_follows_the_choice_at_once(dock: TerraScopeDock, settings: Settings, qtbot: QtBot) -> None:
    dock.conversation.begin(REPORT.question, "a scene")
    dock.conversation.add_report(REPORT)
    assert "63.6 ± 1.4 ha" in " ".join(dock.conversation.toPlainText().split())
    qtbot.waitUntil(lambda: dock.panel.area.told.text() == "655.9 ha")
    replace(settings, units=US).save()
    dock.settings_changed()
    assert "157.1 ± 3.5 ac" in " ".join(dock.conversation.toPlainText().split())
    qtbot.waitUntil(lambda: dock.panel.area.told.text() == "1621 ac")
    assert dock.panel.area.told.toolTip() == "655.9 ha"


def test_metric_figures_have_no_tool_tip_of_their_own() -> None:
    assert (figures.in_hectares_too(63.6, 1.4), figures.in_metres_too(587)) == ("", "")


def test_layers_and_text_are_in_the_users_way(locale: Callable[..., QLocale], shown_in: Callable[[str], None]) -> None:
    locale("de_DE")
    assert [one.title for one in evidence(REPORT) if one.step][0] == "1 water · 04.06.2017 · 63,6 ha"
    assert "  1 water, 04.06.2017: 63,6 ± 1,4 ha, 9,7 %, sure (0,91)" in as_text(REPORT).splitlines()
    shown_in(US)
    assert [one.title for one in evidence(REPORT) if one.step][0] == "1 water · 04.06.2017 · 157,1 ac"


def test_an_axis_ends_at_a_round_figure_of_what_is_shown(shown_in: Callable[[str], None]) -> None:
    shown_in(US)
    chart = chart_of(replace(REPORT, series=()), {})
    assert chart.limit_ha * units.ACRE.factor == pytest.approx(200)


def test_what_programs_read_is_the_same_in_every_locale(
    locale: Callable[..., QLocale], shown_in: Callable[[str], None]
) -> None:
    def machine() -> tuple[str, str, list]:
        return as_csv(REPORT), json.dumps(asdict(REPORT)), answered("q", REPORT)

    before = machine()
    for name in LOCALES:
        for chosen in ("", US):
            locale(name)
            shown_in(chosen)
            assert machine() == before
    assert "water (2018-03-30) 70.3 ha" in before[2][-3]
