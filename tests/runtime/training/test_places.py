"""The real places for judging: what their labels say on their grids, and that none is learnt from."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import rasterio

from model_runtime.errors import RequestError
from model_runtime.terra_cot.sources import iter_real
from model_runtime.terra_cot.spectra import CODE
from model_runtime.training.exam import Exam
from model_runtime.training.held_out import HELD_OUT, to_train_on
from model_runtime.training.places import Place, _without_impossible, forest_chips, held_out_places

from .known_places import of_codes

SHARED = Path(__file__).parents[4] / "shared"
here_only = pytest.mark.skipif(not (SHARED / "data").is_dir(), reason="../shared/data is not here")


@pytest.fixture(scope="module")
def places() -> dict[str, Place]:
    return {place.name: place for place in held_out_places(SHARED)}


def test_a_folder_without_labels_is_refused_in_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(RequestError, match=r"holds no labels_by_hand/INDEX\.csv: give the folder"):
        held_out_places(tmp_path)


@here_only
def test_every_window_of_the_index_is_a_place(places: dict[str, Place]) -> None:
    files = {path.stem for path in (SHARED / "data" / "labels_by_hand").glob("*.tif")}
    assert files - places.keys() == {"naip_northdakota_2012_2017_waterchange"}
    assert {"aberystwyth map", "terramesh 637U_59R_1_3"} <= places.keys()


@here_only
def test_labels_are_those_of_the_files(places: dict[str, Place]) -> None:
    """A class of the file is that class alone, 34 is crop or grass, and what is set aside is counted."""
    for path in (SHARED / "data" / "labels_by_hand").glob("*.tif"):
        if path.stem not in places:
            continue
        with rasterio.open(path) as file:
            codes = file.read(1)
        place = places[path.stem]
        allowed = place.scene.allowed
        for code in range(1, 7):
            assert set(np.unique(allowed[codes == code])) <= {0, 1 << (code - 1)}
        assert set(np.unique(allowed[codes == 34])) <= {0, 0b1100}
        assert not allowed[(codes == 255) | (codes == 8)].any()
        labelled = np.isin(codes, [1, 2, 3, 4, 5, 6, 7, 34])
        assert np.count_nonzero(labelled & (allowed == 0)) == place.set_aside


@here_only
def test_bands_are_what_the_index_says(places: dict[str, Place]) -> None:
    assert places["majortom_thailand_A_20200223"].inputs == ("red", "green", "blue", "nir", "swir1")
    assert places["bigearthnet_20170617_36_85"].inputs[-2:] == ("vv", "vh")
    river = places["landsat_pucallpa_1990"]
    water, trees = (river.scene.labels == CODE[name] for name in ("water", "trees"))
    for band in ("nir", "swir1"):
        assert river.optical[band][water].mean() < river.optical[band][trees].mean()
    thai = places["majortom_thailand_A_20200223"]
    assert 0.2 < thai.optical["swir1"][thai.scene.labels == CODE["bare"]].mean() < 0.5


@here_only
def test_no_place_is_learnt_from() -> None:
    learnt = {scene.place for scene in to_train_on(iter_real(SHARED))}
    judged = {place.name for place in (*held_out_places(SHARED), *forest_chips(SHARED))}
    assert not learnt & judged
    assert set(HELD_OUT) <= judged
    # BigEarthNet names its patches: none of them is one of the two that are judged.
    assert not any(name.endswith(("36_85", "47_56")) for name in learnt)


@here_only
def test_windows_and_dates_of_one_scene_are_one_site(places: dict[str, Place]) -> None:
    sites = {place.site for place in places.values()}
    assert len(sites) == len(places) - 3  # two further windows of Aberystwyth, a further date of North Dakota


@here_only
def test_new_water_is_water_on_the_later_date() -> None:
    dates, unchanged = Exam(SHARED, 1).prairie
    water = dates[1].scene.allowed == 1
    assert water.any()
    assert unchanged.any()
    # Water is dark in the near infrared on that date, and new water was not dark before.
    nir = [date.optical["nir"] for date in dates]
    assert nir[1][water].mean() < 0.5 * nir[1][dates[1].scene.allowed == 1 << (CODE["cropland"] - 1)].mean()


def test_labels_that_cannot_be_are_set_aside_and_doubtful_ones_kept() -> None:
    here = of_codes([[CODE["water"], CODE["water"], CODE["trees"], CODE["bare"]]])
    red, nir = np.array([[0.05, 0.05, 0.04, 0.2]], np.float32), np.array([[0.02, 0.4, 0.05, 0.25]], np.float32)
    bands = here.scene.bands.copy()
    bands[0], bands[3] = red, nir
    here = replace(here, scene=replace(here.scene, bands=bands))
    cleaned = _without_impossible(here)
    assert cleaned.scene.allowed.tolist() == [[1, 0, 0, 1 << (CODE["bare"] - 1)]]
    assert cleaned.set_aside == 2
    doubtful = replace(
        here, scene=replace(here.scene, allowed=here.scene.allowed | np.uint16(1 << (CODE["wetland"] - 1)))
    )
    assert (_without_impossible(doubtful).scene.allowed == doubtful.scene.allowed)[0, 1:].all()
    display = replace(here, scene=replace(here.scene, reflectance=False))
    assert _without_impossible(display) == display
