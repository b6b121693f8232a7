"""The dates of a request: one grid, one footprint, the order of time, and refusals that name what they refuse."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import date
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from model_runtime.errors import RequestError, SceneError, TerraScopeError
from model_runtime.protocol import AskRequest, DateInput
from model_runtime.scene import acquisitions
from model_runtime.scene.acquisitions import Acquisition, check, open_acquisitions

from .conftest import UTM

DATA = Path(__file__).resolve().parents[4] / "shared" / "data"
BANDS = ("B02", "B03", "B04", "B08")
GROUND = np.random.default_rng(7).integers(300, 3000, (4, 40, 50)).astype(np.uint16)
ECHO = np.random.default_rng(8).normal(-14, 3, (2, 40, 50)).astype(np.float32)

Raster = Callable[..., Path]


def opened(*dates: DateInput | Path, **fields: object) -> tuple[list[Acquisition], list[str]]:
    given = [one if isinstance(one, DateInput) else DateInput(optical=str(one)) for one in dates]
    return open_acquisitions(AskRequest(question="?", dates=given, **fields))


@pytest.fixture
def optical(raster: Raster) -> Callable[..., Path]:
    """Write an optical image: `optical("a.tif", east_px=10)`."""
    return lambda name, values=GROUND, east_px=0: raster(
        values, name, descriptions=BANDS, transform=UTM @ UTM.translation(east_px, 0)
    )


@pytest.fixture
def radar(raster: Raster) -> Callable[..., Path]:
    return lambda name, east_px=0: raster(
        ECHO, name, descriptions=("VV", "VH"), transform=UTM @ UTM.translation(east_px, 0)
    )


def test_one_optical_image_is_one_date(optical: Raster) -> None:
    (made,), sentences = opened(optical("a_20200105.tif"))
    assert made.scene is made.optical
    assert (made.sar, made.date, made.optical_offset_m, made.hidden) == (None, date(2020, 1, 5), None, None)
    assert made.valid.all()
    assert sentences == []


def test_radar_alone_is_its_own_reference(optical: Raster, radar: Raster) -> None:
    first, later = opened(DateInput(sar=str(radar("s_20200101.tif"))), optical("a_20200601.tif"))[0]
    assert first.scene.roles == ("vv", "vh")
    assert first.sar_offset_m is None
    assert later.optical.grid == first.sar.grid


def test_both_sensors_share_the_optical_grid(optical: Raster, raster: Raster) -> None:
    coarse = raster(ECHO[:, ::2, ::2], "s_20200103.tif", descriptions=("VV", "VH"), transform=UTM @ UTM.scale(2))
    (made,), sentences = opened(DateInput(optical=str(optical("a_20200105.tif")), sar=str(coarse)))
    assert made.sar.grid == made.optical.grid
    assert made.date == date(2020, 1, 5)  # of the optical image
    assert any("resampled bilinearly to that of 'a_20200105.tif'" in sentence for sentence in sentences)


def test_a_gap_of_one_sensor_is_seen_by_the_other(optical: Raster, radar: Raster) -> None:
    gap = GROUND.copy()
    gap[:, :5] = 0
    (made,), _ = opened(DateInput(optical=str(optical("a.tif", gap)), sar=str(radar("s.tif"))))
    assert not made.optical.valid[:5].any()
    assert made.valid.all()


def test_only_what_all_images_reach_is_left(optical: Raster, radar: Raster) -> None:
    first, later = opened(
        DateInput(optical=str(optical("a_20200101.tif")), sar=str(radar("s_20200101.tif", east_px=-20))),
        optical("b_20200601.tif", GROUND[:, ::-1], east_px=10),
    )[0]
    for scene in (first.optical, first.sar, later.optical):
        assert scene.valid[:, 10:30].all()
        assert scene.valid.sum() == scene.valid[:, 10:30].sum()
        assert not scene.rgb[:, :10].any()
    sentences = opened(
        DateInput(optical=str(optical("a_20200101.tif")), sar=str(radar("s_20200101.tif", east_px=-20))),
        optical("b_20200601.tif", GROUND[:, ::-1], east_px=10),
    )[1]
    assert "All 3 images together show 40.0 % of 'a_20200101.tif'." in sentences


def test_images_that_meet_the_first_but_not_one_another_are_refused(optical: Raster) -> None:
    paths = [optical("a.tif"), optical("b.tif", GROUND[:, ::-1], 30), optical("c.tif", GROUND[:, :, ::-1], -30)]
    with pytest.raises(SceneError, match=r"No part of 'a\.tif' is shown by all 3 images: leave out one"):
        opened(*paths)


def test_days_that_are_given_win_over_those_that_names_tell(optical: Raster) -> None:
    (made,), _ = opened(DateInput(optical=str(optical("a_20200105.tif")), date="2019-12-24"))
    assert made.date == date(2019, 12, 24)


def test_a_day_that_nothing_tells_is_asked_for(optical: Raster) -> None:
    first, later = optical("a.tif"), optical("b_20200105.tif", GROUND[:, ::-1])
    made, sentences = opened(first, later)
    assert [one.date for one in made] == [None, date(2020, 1, 5)]
    assert sentences == [
        "When image 1 ('a.tif') was taken is not known, so the order given is taken for the order of time: give the "
        "day with the image (as 2017-06-04)."
    ]
    assert opened(first)[1] == []  # one date has no order


def test_sensors_of_one_date_that_are_weeks_apart_are_told(optical: Raster, radar: Raster) -> None:
    date_given = DateInput(optical=str(optical("a_20200105.tif")), sar=str(radar("s_20200205.tif")))
    assert any("31 days apart; they are taken for one date" in sentence for sentence in opened(date_given)[1])


def test_the_order_of_time_is_also_what_images_tell(optical: Raster) -> None:
    late, early = optical("a_20200601.tif"), optical("b_20190105.tif", GROUND[:, ::-1])
    with pytest.raises(RequestError, match="Image 2 is of 2019-01-05, before image 1 of 2020-06-01: give the dates"):
        opened(late, early)


@given(st.lists(st.none() | st.dates(), min_size=1, max_size=8))
def test_days_are_refused_only_where_time_runs_backwards(days: list[date | None]) -> None:
    known = [day for day in days if day]
    backwards = any(later < earlier for earlier, later in pairwise(known))
    try:
        acquisitions._check_order(days)
    except RequestError as error:
        assert backwards
        first, second = next(pair for pair in pairwise(known) if pair[1] < pair[0])
        assert str(first) in str(error) and str(second) in str(error)
    else:
        assert not backwards


@given(st.dates())
def test_days_are_read_as_written(day: date) -> None:
    assert acquisitions._day(DateInput(date=day.isoformat()), 1) == day


@given(st.text(max_size=60))
def test_what_is_no_day_is_refused_in_one_sentence(text: str) -> None:
    try:
        assert acquisitions._day(DateInput(date=text), 3) == date.fromisoformat(text)
    except RequestError as error:
        assert "is not a day (image 3)" in str(error)


@pytest.mark.parametrize(
    ("dates", "says"),
    [
        ([{"optical": "a.tif"}, {"date": "2020-01-01"}], "Image 2 has neither an optical nor a radar file"),
        ([{"optical": ""}], "Image 1 has neither"),
        ([{"optical": "a.tif"}, {"sar": "nowhere.tif"}], "'nowhere.tif' does not exist"),
        ([{"optical": "a.tif", "clouds": "nowhere.tif"}], "'nowhere.tif' does not exist"),
        ([{"optical": "a.tif"}, {"optical": "void.tif"}], "'void.tif' is empty"),
        ([{"optical": "a.tif"}, {"optical": "./a.tif"}], "as the optical image of date 1 and as the optical image"),
        ([{"optical": "a.tif", "sar": "a.tif"}], "the optical image of date 1 and as the radar image of date 1"),
        ([{"optical": "a.tif"}, {"sar": "link.tif"}], "choose another file for one"),
        ([{"optical": "a.tif", "date": "2020-13-01"}], "'2020-13-01' is not a day (image 1)"),
        ([{"optical": "a.tif", "date": "2020-02-01"}, {"optical": "b.tif"}, {"sar": "c.tif", "date": "2020-01-31"}],
         "Image 3 is of 2020-01-31, before image 1 of 2020-02-01"),
    ],
)  # fmt: skip
def test_refusals_before_anything_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, dates: list[dict[str, str]], says: str
) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("a.tif", "b.tif", "c.tif"):
        Path(name).write_bytes(b"not even a raster")
    Path("void.tif").touch()
    Path("link.tif").symlink_to("a.tif")
    with pytest.raises(TerraScopeError) as caught:
        check([DateInput(**one) for one in dates])
    assert says in str(caught.value)
    assert str(caught.value).endswith(".")


def test_a_refusal_names_the_image_where_there_are_several(optical: Raster, raster: Raster) -> None:
    first = optical("a.tif")
    for crs, says in (
        (None, "Image 2, 'b.tif': The raster has no coordinate system"),
        ("EPSG:32648", "do not overlap"),
    ):
        second = raster(GROUND[:, ::-1], "b.tif", descriptions=BANDS, crs=crs)
        with pytest.raises(SceneError, match=says):
            opened(first, second)


def test_what_one_image_says_is_told_with_its_name(optical: Raster, raster: Raster) -> None:
    second = raster(ECHO, "s.tif")
    _, sentences = opened(DateInput(optical=str(optical("a.tif")), sar=str(second)))
    assert any(sentence.startswith("s.tif: The radar image does not name its bands") for sentence in sentences)


def test_too_many_pixels_are_refused_when_the_first_is_read(optical: Raster, monkeypatch: pytest.MonkeyPatch) -> None:
    paths = [optical("a.tif"), optical("b.tif", GROUND[:, ::-1]), optical("c.tif", GROUND[:, :, ::-1])]
    monkeypatch.setattr(acquisitions, "MAX_TOTAL_PIXELS", 3 * 40 * 50 - 1)
    begun: list[float] = []
    request = AskRequest(question="?", dates=[DateInput(optical=str(path)) for path in paths])
    with pytest.raises(SceneError, match="3 images of 0 million pixels are more than can be held at once"):
        open_acquisitions(request, begun.append)
    assert begun == [0.0]
    assert len(opened(*paths[:2])[0]) == 2


def test_a_clouds_layer_is_read_where_it_is_needed(optical: Raster, radar: Raster, raster: Raster) -> None:
    hidden = np.zeros((1, 40, 50), np.uint8)
    hidden[:, :10] = 1
    layer = str(raster(hidden, "cloud_mask.tif"))
    path, sar = str(optical("a_20200105.tif")), str(radar("s_20200105.tif"))
    (seen,), _ = opened(DateInput(optical=path, clouds=layer))
    assert seen.hidden.mask[:10].all() and not seen.hidden.mask[10:].any()
    assert opened(DateInput(optical=path, clouds=layer), clouds="ignore")[0][0].hidden is None
    assert opened(DateInput(optical=path, sar=sar, clouds=layer))[0][0].hidden is None


def test_a_polygon_limits_all_images(optical: Raster, radar: Raster) -> None:
    area = "POLYGON ((500000 4999700, 500200 4999700, 500200 5000000, 500000 5000000, 500000 4999700))"
    made, _ = opened(optical("a.tif"), DateInput(sar=str(radar("s.tif"))), polygon_wkt=area)
    for one in made:
        assert one.valid.shape == (30, 20)
        assert one.valid.all()


def test_a_real_pair_of_folders_and_a_second_date(tmp_path: Path) -> None:
    """BigEarthNet patches: Sentinel-2 and Sentinel-1 of one place as folders of one-band files."""
    place = DATA / "bigearthnet_s1s2_patches"
    s2, s1 = place / "S2/S2A_MSIL2A_20170617T113321_36_85", place / "S1/S1A_IW_GRDH_1SDV_20170617T064724_29UPU_36_85"
    if not s1.is_dir():
        pytest.skip(f"the BigEarthNet patches are not at {place}")
    again = tmp_path / "S1A_IW_GRDH_1SDV_20180617T064724_29UPU_36_85"
    shutil.copytree(s1, again)
    dates = [DateInput(optical=str(s2), sar=str(s1)), DateInput(sar=str(again), date="2018-06-17")]
    (first, later), sentences = opened(*dates)
    assert (first.date, later.date) == (date(2017, 6, 17), date(2018, 6, 17))
    assert first.optical.bands.shape == (6, 120, 120)
    assert first.sar.bands.shape == later.sar.bands.shape == (2, 120, 120)
    assert (first.sar.bands == later.sar.bands).all()
    assert not any("lies on another pixel grid" in sentence for sentence in sentences)
