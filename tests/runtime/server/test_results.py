"""Answers that wait to be fetched: not before they are whole, and for an hour."""

from __future__ import annotations

from pathlib import Path

from model_runtime.server.results import GEOPACKAGE, KEPT_S, MOST, PICTURE, Results

ID = "0123456789abcdef" * 2


def test_an_answer_is_there_from_its_end_until_an_hour_later(tmp_path: Path) -> None:
    moment = [0.0]
    results = Results(tmp_path / "results", lambda: moment[0])
    (results.begin(ID) / GEOPACKAGE).write_bytes(b"x")
    moment[0] = 2 * KEPT_S  # it took two hours
    results.sweep()
    assert results.file(ID, GEOPACKAGE) is None
    assert not results.delete(ID)
    results.finish(ID)
    assert results.file(ID, GEOPACKAGE).read_bytes() == b"x"
    assert results.file(ID, PICTURE) is None
    moment[0] += KEPT_S - 1
    results.sweep()
    assert results.file(ID, GEOPACKAGE)
    moment[0] += 2
    results.sweep()
    assert results.file(ID, GEOPACKAGE) is None
    assert list((tmp_path / "results").iterdir()) == []


def test_an_answer_is_deleted_once_and_no_other_id_leads_anywhere(tmp_path: Path) -> None:
    results = Results(tmp_path / "results")
    (results.begin(ID) / GEOPACKAGE).write_bytes(b"x")
    results.finish(ID)
    (tmp_path / GEOPACKAGE).write_bytes(b"private")
    for stranger in ("..", "", ".", "0" * 32, str(tmp_path)):
        assert results.file(stranger, GEOPACKAGE) is None
        assert not results.delete(stranger)
    assert results.delete(ID)
    assert not results.delete(ID)
    assert (tmp_path / GEOPACKAGE).exists()


def test_answers_that_nobody_fetches_do_not_fill_the_disk(tmp_path: Path) -> None:
    moment = [0.0]
    results = Results(tmp_path / "results", lambda: moment[0])
    unfinished = f"{10**6:032x}"
    results.begin(unfinished)
    for number in range(2 * MOST):
        moment[0] += 1
        (results.begin(f"{number:032x}") / GEOPACKAGE).write_bytes(b"x")
        results.finish(f"{number:032x}")
    assert len(list((tmp_path / "results").iterdir())) == MOST + 1
    assert (tmp_path / "results" / unfinished).is_dir()  # one that is being written stays
    assert results.file(f"{MOST - 1:032x}", GEOPACKAGE) is None
    assert results.file(f"{MOST:032x}", GEOPACKAGE)
