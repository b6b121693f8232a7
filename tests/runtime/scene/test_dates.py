from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from model_runtime.scene.dates import find_date

SHARED = Path(__file__).resolve().parents[4] / "shared" / "data"


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("199U_1099R_S2B_MSIL2A_20200223T032739_N9999_R018_T48QUE_20230924T183543_10m.tif", date(2020, 2, 23)),
        ("S2A_MSIL2A_20180510T94033_19_86", date(2018, 5, 10)),
        ("T48PYT_20200223T032739_B02_10m.jp2", date(2020, 2, 23)),
        ("20200604T054639_20200604T054831_T43RCP", date(2020, 6, 4)),
        ("S1A_IW_GRDH_1SDV_20200607T010800_20200607T010825_032904_03CFBA_D457", date(2020, 6, 7)),
        ("s1a-iw-grd-vv-20200607t010800-20200607t010825-032904-03cfba-001.tiff", date(2020, 6, 7)),
        ("LC08_L2SP_038034_20130701_20200912_02_T1_SR_B4.TIF", date(2013, 7, 1)),
        ("LE70220491999322EDC01_stack.tif", date(1999, 11, 18)),
        ("LE70220492002106EDC00_stack.tif", date(2002, 4, 16)),
        ("m_4709963_se_14_1_20120731.tif", date(2012, 7, 31)),
        ("m_4709963_se_14_060_20200831_20201105.tif", date(2020, 8, 31)),
        ("20230115_101530_12_2459_3B_AnalyticMS_SR_8b.tif", date(2023, 1, 15)),
        ("paris_T31UDQ_20161130_imgs_1.tif", date(2016, 11, 30)),
        ("sen2_20160710_T37MEM.tif", date(2016, 7, 10)),
        ("flood 2018-03-30.tif", date(2018, 3, 30)),
        ("mosaic_2018_03_30.tif", date(2018, 3, 30)),
        ("1990.tif", None),
        ("38D_378R_2_3.tif", None),
        ("Amazon_1110.tiff_25.tif", None),
        ("20160101_20161231_median.tif", None),  # a composite of a year was not taken on its first day
        ("20180231.tif", None),
        ("order_19451107.tif", None),
        ("201803301.tif", None),
    ],
)
def test_names(name: str, expected: date | None) -> None:
    assert find_date([name], {}) == expected


def test_the_future_is_no_date() -> None:
    ahead = datetime.now(UTC).date() + timedelta(400)
    assert find_date([f"scene_{ahead:%Y%m%d}.tif"], {}) is None


def test_metadata_win_over_names_and_the_time_of_writing_over_neither() -> None:
    written = {"TIFFTAG_DATETIME": "2024:05:06 10:11:12"}
    assert find_date(["x.tif"], written) == date(2024, 5, 6)
    assert find_date(["x_20180330.tif"], written) == date(2018, 3, 30)
    assert find_date(["x_20180330.tif"], {"PRODUCT_START_TIME": "2017-06-04T05:46:39.024Z"}) == date(2017, 6, 4)
    assert find_date(["x.tif"], {"date_acquired": "2013-07-01"}) == date(2013, 7, 1)
    assert find_date(["x.tif"], {"ACQUISITION_DATE": "unknown"}) is None


@pytest.mark.skipif(not SHARED.is_dir(), reason="the shared data are not beside this checkout")
@pytest.mark.parametrize("folder", ["rufiji_s2_multidate", "naip_northdakota_multidate", "s2_pair_paris"])
def test_every_date_of_a_real_series_is_told_apart(folder: str) -> None:
    files = sorted((SHARED / folder).glob("*.tif"))
    days = [find_date([file.name], {}) for file in files]
    assert len(files) > 1 and None not in days and len(set(days)) == len(files)
