"""The picture for LINE as it is read on a phone: always of one size, whole, in letters, what is weak marked."""

from __future__ import annotations

import datetime as dt
import io
import warnings
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from PIL import Image

from ita import sentences
from ita.assessment import Published
from ita.briefing import Briefing
from ita.charts import LIGHT
from ita.documents import line_picture
from ita.documents.sheet import Sheet
from ita.store import Store
from ita.text import LANGUAGES, speaker
from tests.documents.briefings import HOSTILE, LONGEST_NAME, example, rescored, with_measures, without_score

AGENCY = "องค์การบริหารส่วนตำบลบ้านใหม่หนองสองห้องเฉลิมพระเกียรติ อำเภอเมือง จังหวัดหนองบัว"
HIGH = (92.13, 94.55, 86.13, 93.60, 94.96, 98.34, 96.58, 97.66, 91.00, 97.50)


def long(store: Store) -> Briefing:
    """Long wherever an office can be: its name, its file's name, its measures and their units."""
    measure = {
        "title": (LONGEST_NAME * 4)[:300],
        "responsible": "กองสาธารณสุขและสิ่งแวดล้อม กองสวัสดิการสังคม " * 4,
        "indicator": 1,
        "status": "in_progress",
        "period_end": dt.date(2021, 12, 31),
    }
    briefing = with_measures(store, [measure, {**measure, "title": "x" * 300}, {**measure, "title": HOSTILE}])
    upload = replace(briefing.stored.upload, file_name="ITA$result_" * 20 + ".xlsx")
    return replace(briefing, stored=replace(briefing.stored, agency=AGENCY, upload=upload))


def without_measures(store: Store) -> Briefing:
    briefing = example(store)
    return replace(briefing, measures=briefing.measures.iloc[:0])


def one_measure(store: Store) -> Briefing:
    briefing = example(store)
    return replace(briefing, measures=briefing.measures.iloc[:1])


BRIEFINGS: dict[str, Callable[[Store], Briefing]] = {
    "the example": example,
    "long": long,
    "no measures": without_measures,
    "one measure": one_measure,
    "a score missing": lambda store: without_score(store, 10),
    "no score at all": lambda store: rescored(without_measures(store), [None] * 10),
    "all passed": lambda store: rescored(without_measures(store), HIGH),
    "full marks": lambda store: rescored(example(store), [100] * 10),
    "zero": lambda store: rescored(example(store), [0] * 10),
    "a level of its own": lambda store: rescored(example(store), [50] * 10, Published(total=50, level=HOSTILE)),
}


def pixels(briefing: Briefing, language: str = "th") -> np.ndarray:
    with warnings.catch_warnings():
        warnings.simplefilter("error")  # a letter that no font has would be drawn as a box
        content = line_picture.write(briefing, language)
    return np.asarray(Image.open(io.BytesIO(content)).convert("RGB"))


def where(image: np.ndarray, color: str) -> np.ndarray:
    return (image == [int(color[place : place + 2], 16) for place in (1, 3, 5)]).all(axis=2)


def written(briefing: Briefing, monkeypatch: pytest.MonkeyPatch, language: str = "th") -> list[tuple[str, float]]:
    """Every line of text with the size of its letters."""
    told: list[tuple[str, float]] = []
    write = Sheet.write

    def listen(sheet: Sheet, text: str, x: float, y: float, *, size: float, **looks: Any) -> None:
        told.append((text, size))
        write(sheet, text, x, y, size=size, **looks)

    with monkeypatch.context() as patch:
        patch.setattr(Sheet, "write", listen)
        line_picture.write(briefing, language)
    return told


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", BRIEFINGS)
def test_it_always_has_its_size_and_a_white_margin(name: str, language: str, store: Store) -> None:
    image = pixels(BRIEFINGS[name](store), language)
    assert image.shape == (1350, 1080, 3)
    for rim in (image[:30], image[-30:], image[:, :50], image[:, -50:]):
        assert (rim == 255).all()


@pytest.mark.parametrize("name", BRIEFINGS)
def test_every_letter_is_large_enough_for_a_phone(name: str, store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    briefing = BRIEFINGS[name](store)
    for language in LANGUAGES:
        told = written(briefing, monkeypatch, language)
        begins = sentences.source(briefing.stored, speaker(language))[:6]
        source = next(place for place, (text, _) in enumerate(told) if text.startswith(begins))
        assert min(size for _, size in told[:source]) >= 29.9
        assert min(size for _, size in told[source:]) >= 22


def test_the_weakest_bars_are_hatched_in_the_colour_of_below_and_their_scores_have_the_shape(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    briefing = example(store)
    image = pixels(briefing)
    assert not where(image, LIGHT.passed).any()
    assert where(image[500:850, 400:850], LIGHT.below).sum() > 2000
    told = [text for text, _ in written(briefing, monkeypatch)]
    assert [text for text in told if text in ("▼ 37.50", "▼ 83.60", "▼ 84.55", "▼ 84.96")] == [
        "▼ 37.50",
        "▼ 83.60",
        "▼ 84.55",
    ]


def test_where_all_passed_nothing_looks_weak(store: Store) -> None:
    image = pixels(BRIEFINGS["all passed"](store))
    assert not where(image, LIGHT.below).any()
    assert where(image, LIGHT.passed).any()


def test_it_says_the_verdict_and_the_next_three_with_unit_and_date(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    briefing = example(store)
    told = [text for text, _ in written(briefing, monkeypatch)]
    assert told[:3] == [briefing.agency, "ผลประเมิน ITA ปีงบประมาณ 2564", "80.84"]
    assert sentences.verdict(briefing.assessment, speaker("th"), "th") in told
    for title in briefing.due["title"][:3]:
        assert title in told
    assert told.count("! เกินกำหนด (31 มี.ค. 2565)") == 3
    assert "· กองคลัง, กองช่าง" in told
    assert "ita_result_2564_example.xlsx" in told[-1]
    assert "เกณฑ์ ITA ปี 2564" in told[-1]


def test_without_measures_it_names_the_indicators_that_need_one(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    told = [text for text, _ in written(without_measures(store), monkeypatch)]
    assert "ยังไม่มีมาตรการ" in told
    assert "กำหนดมาตรการสำหรับ 10. การป้องกันการทุจริต" in told


def test_what_has_no_room_ends_in_dots_and_date_and_rules_stay(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    told = [text for text, _ in written(long(store), monkeypatch)]
    assert any(text.startswith("เผยแพร่มาตรการ") and text.endswith("…") for text in told)
    assert any(text.startswith("xxx") and text.endswith("…") for text in told)
    assert "".join(told[-2:]).endswith("เกณฑ์ ITA ปี 2564")
