"""The pictures are measured as with a ruler: the pixels of a colour, where they stand and how far they go."""

from __future__ import annotations

import subprocess
import sys
import unicodedata
import warnings
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO

import matplotlib
import numpy as np
import pandas as pd
import pytest
from matplotlib.font_manager import FontProperties, findfont
from matplotlib.ft2font import FT2Font
from PIL import Image

from ita.assessment import Assessment, assess
from ita.charts import LIGHT
from ita.documents import picture
from ita.text import speaker

SEED = (92.13, 84.55, 86.13, 83.60, 84.96, 98.34, 96.58, 97.66, 91.00, 37.50)
MISSING = (92.13, 84.55, None, 83.60, 84.96, 98.34, 96.58, 97.66, 91.00, 37.50)
PERFECT, ZERO = (100.0,) * 10, (0.0,) * 10
SOURCE = "ที่มา: ผลคะแนน ITA เทศบาลตำบลบัววัฒนา.xlsx นำเข้าเมื่อ 5 ส.ค. 2564 เวลา 10:32 น. ตัดสินด้วยเกณฑ์ ITA ปี 2564"
LONG_TITLE = "ควรพัฒนาก่อนคือ 10. การป้องกันการทุจริต (37.50) หากยกขึ้นถึง 85 เพียงตัวเดียว คะแนนรวมจะเป็น 90.34 และผ่านระดับ A " * 2
LONG_SOURCE = "ที่มา: " + "ITA$result_" * 25 + ".xlsx"


def judged(scores: Sequence[float | None], fiscal_year: int = 2564) -> Assessment:
    return assess(pd.DataFrame({"indicator": range(1, 11), "score": scores}), fiscal_year)


def bars(scores: Sequence[float | None], language: str = "th", **choices: object) -> bytes:
    texts = {"title": "4 จาก 10 ตัวชี้วัดต่ำกว่าเกณฑ์ 85", "source": SOURCE, **choices}
    return picture.write_bars(judged(scores), speaker(language), language, **texts)


def radar(scores: Sequence[float | None], language: str = "th", **choices: object) -> bytes:
    texts = {"title": "คะแนนต่ำสุดอยู่ที่ตัวชี้วัดที่ 10 (37.50)", "source": SOURCE, **choices}
    return picture.write_radar(judged(scores), speaker(language), language, **texts)


def pixels(content: bytes) -> np.ndarray:
    """Rows, columns, and red, green and blue."""
    return np.asarray(Image.open(BytesIO(content)).convert("RGB"))


def where(image: np.ndarray, color: str) -> np.ndarray:
    """Which pixels have exactly this colour."""
    return (image == [int(color[place : place + 2], 16) for place in (1, 3, 5)]).all(axis=2)


def runs(flags: np.ndarray) -> list[tuple[int, int]]:
    """First and last place of every run of True."""
    edges = np.flatnonzero(np.diff(np.concatenate([[False], flags, [False]]).astype(int)))
    return [(int(first), int(end) - 1) for first, end in edges.reshape(-1, 2)]


class Bars:
    """The drawn bars of a picture, read off against its own gridlines."""

    def __init__(self, content: bytes) -> None:
        self.image = pixels(content)
        grid = where(self.image, LIGHT.grid).sum(axis=0)
        ticks = [(first + last) / 2 for first, last in runs(grid > 0.25 * grid.max())]
        assert len(ticks) == 5, "gridlines at 0, 25, 50, 75 and 100"
        assert np.ptp(np.diff(ticks)) <= 2
        self.zero, self.unit = ticks[0], (ticks[-1] - ticks[0]) / 100
        edge = self.column(0) + 1
        inside = self.image[:, edge - 4 : edge + 4]
        blue, orange = where(inside, LIGHT.passed).any(axis=1), where(inside, LIGHT.below).any(axis=1)
        self.bands = [(first, last, bool(orange[first])) for first, last in runs(blue | orange)]

    def column(self, score: float) -> int:
        return round(self.zero + score * self.unit)

    def read(self) -> list[tuple[float, bool]]:
        """How far each bar goes and whether it has the colour of a failing one."""
        found = []
        for first, last, failing in self.bands:
            band = where(self.image[first:last, : self.column(101)], LIGHT.below if failing else LIGHT.passed)
            end = np.flatnonzero(band.any(axis=0)).max()
            found.append(((end - self.zero) / self.unit, failing))
        return found


def test_pictures_are_twice_the_size_of_the_screen_and_say_so():
    for content, size in ((bars(SEED), (2560, 1920)), (radar(SEED), (2400, 2400))):
        image = Image.open(BytesIO(content))
        assert image.format == "PNG"
        assert image.size == size
        assert image.info["dpi"] == pytest.approx((192, 192), abs=0.1)


def test_every_bar_is_as_long_as_its_score_and_shows_whether_it_passed():
    read = Bars(bars(SEED)).read()
    assert [length for length, _ in read] == pytest.approx(SEED, abs=0.25)
    assert [failing for _, failing in read] == [score < 85 for score in SEED]


def test_a_failing_bar_is_hatched_and_a_passing_one_is_solid():
    drawn = Bars(bars(SEED))
    for first, last, failing in drawn.bands:
        inside = drawn.image[first + 8 : last - 8, drawn.column(1) : drawn.column(36)]
        white = where(inside, "#FFFFFF").mean()
        assert 0.4 < white < 0.9 if failing else white == 0


def test_the_pass_mark_is_a_dashed_line_at_its_score():
    drawn = Bars(bars(ZERO))
    marked = where(drawn.image, LIGHT.text)
    first, last = drawn.bands[0][0], drawn.bands[-1][1]
    dashes = runs(marked[first:last, drawn.column(85)])
    assert len(dashes) > 20
    assert not marked[first:last, drawn.column(84)].any()
    assert not marked[first:last, drawn.column(86)].any()


@pytest.mark.parametrize(("score", "failing"), [(84.99, True), (85.0, False), (85.01, False)])
def test_exactly_at_the_mark_is_passed(score: float, failing: bool):
    assert Bars(bars((score,) * 10)).read()[0][1] is failing


def test_a_missing_score_is_a_word_without_bar_or_value():
    drawn = Bars(bars(MISSING))
    scores = [score for score in MISSING if score is not None]
    assert [length for length, _ in drawn.read()] == pytest.approx(scores, abs=0.25)
    gap = drawn.image[drawn.bands[1][1] + 10 : drawn.bands[2][0] - 10]
    assert where(gap[:, : drawn.column(25)], LIGHT.soft).any()
    assert (gap[:, drawn.column(101) :] == 255).all()


def test_a_score_of_zero_shows_its_edge():
    assert len(Bars(bars(ZERO)).bands) == 10


def test_chosen_rows_alone_are_drawn_on_a_lower_picture():
    chosen = bars(SEED, rows=judged(SEED).indicators.iloc[[3, 9]])
    assert [length for length, _ in Bars(chosen).read()] == pytest.approx([83.60, 37.50], abs=0.25)
    assert pixels(chosen).shape[:2] == (1920 - 8 * 2 * picture.BAR_PITCH, 2560)


def test_the_radar_runs_clockwise_from_the_top():
    for weak, right in ((2, True), (3, True), (4, True), (7, False), (8, False), (9, False)):
        scores = [100.0] * 10
        scores[weak] = 50
        image = pixels(radar(scores))
        _, columns = np.nonzero(where(image[: int(0.9 * len(image))], LIGHT.below))
        assert bool(columns.mean() > 1200) is right


def test_the_radar_is_closed_where_all_scores_are_known_and_open_where_one_is_not():
    def around(scores: Sequence[float | None]) -> np.ndarray:
        image = pixels(radar(scores))
        return where(image[: int(0.9 * len(image))], LIGHT.passed)

    closed = around(PERFECT)
    assert closed[:, :1200].sum() == pytest.approx(closed[:, 1200:].sum(), rel=0.02)
    opened = around((100, 100, None, *[100] * 7))
    assert opened[:, 1200:].sum() < 0.7 * closed[:, 1200:].sum()
    assert opened[:, :1200].sum() == pytest.approx(closed[:, :1200].sum(), rel=0.02)


def test_the_radar_of_a_year_without_failing_indicators_has_no_orange():
    assert not where(pixels(radar(PERFECT)), LIGHT.below).any()


def test_the_year_before_is_drawn_when_it_is_given():
    before = judged(tuple(score - 20 for score in SEED), 2563)
    assert not where(pixels(radar(SEED)), LIGHT.previous).any()
    assert where(pixels(radar(SEED, previous=before)), LIGHT.previous).sum() > 2000


@pytest.mark.parametrize("write", [bars, radar])
@pytest.mark.parametrize("language", ["th", "en"])
@pytest.mark.parametrize("scores", [SEED, ZERO, (None,) * 10])
def test_nothing_reaches_the_rim(write, language, scores):
    for texts in ({}, {"title": LONG_TITLE, "source": LONG_SOURCE}):
        image = pixels(write(scores, language, **texts))
        assert (image[:24] == 255).all()
        assert (image[-24:] == 255).all()
        assert (image[:, :24] == 255).all()
        assert (image[:, -24:] == 255).all()


def test_a_long_title_makes_the_picture_higher_and_leaves_the_bars_as_they_are():
    short, long = Bars(bars(SEED)), Bars(bars(SEED, title=LONG_TITLE))
    assert len(long.image) > len(short.image)
    assert long.image.shape[1] == short.image.shape[1]
    assert [last - first for first, last, _ in long.bands] == pytest.approx(
        [last - first for first, last, _ in short.bands], abs=1
    )


@pytest.mark.parametrize("write", [bars, radar])
def test_no_letter_is_replaced_by_a_box(write):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        for language in ("th", "en"):
            write(SEED, language, title=LONG_TITLE)
        with pytest.raises(UserWarning, match="missing from font"):
            write(SEED, title="a letter that no font has: \ue123")


@pytest.mark.parametrize("weight", ["normal", "bold"])
def test_every_thai_letter_is_in_our_own_font(weight: str):
    font = FT2Font(findfont(FontProperties(family="Sarabun", weight=weight), fallback_to_default=False))
    letters = {code for code in range(0x0E00, 0x0E80) if unicodedata.category(chr(code)) != "Cn"}
    assert letters <= set(font.get_charmap())


def test_a_dollar_in_a_file_name_is_no_formula():
    assert pixels(bars(SEED, source="ที่มา: $\\frac{$ ปี 2564.xlsx")).shape == (1920, 2560, 3)


def test_two_visitors_at_once_get_what_each_would_get_alone():
    tasks = [
        (write, scores, language) for write in (bars, radar) for scores in (SEED, MISSING) for language in ("th", "en")
    ]
    alone = [write(scores, language) for write, scores, language in tasks]
    with ThreadPoolExecutor(2) as visitors:
        together = list(visitors.map(lambda task: task[0](*task[1:]), tasks))
    assert together == alone


def test_global_settings_of_matplotlib_are_left_alone():
    before = dict(matplotlib.rcParams)
    bars(SEED)
    radar(SEED)
    assert dict(matplotlib.rcParams) == before
    program = "import sys, ita.documents.picture; sys.exit('matplotlib.pyplot' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0
