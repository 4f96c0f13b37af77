"""What the meeting was shown, as running text to paste into its minutes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import pandas as pd

from ita import sentences, wayfinding
from ita.briefing import Briefing
from ita.sentences import indicator_name
from ita.slides import slides
from ita.text import Say, speaker


def write(briefing: Briefing, language: str) -> str:
    """A line each: the result, what is below the mark, the way on, the measures, what moved, what is next, notes."""
    say = speaker(language)
    told = (
        _result(briefing, say, language),
        _below(briefing, say, language),
        _way(briefing, say, language),
        _measures(briefing, say),
        _moved(briefing, say, language),
        _next(briefing, say, language),
        *_notes(briefing, say, language),
    )
    return "\n".join(paragraph for paragraph in told if paragraph)


def _result(briefing: Briefing, say: Say, language: str) -> str:
    judged = briefing.assessment
    verdict = sentences.verdict(judged, say, language)
    parts = [f"{row.instrument} {row.score:.2f}" for row in judged.instruments.itertuples() if pd.notna(row.score)]
    told = [say("minutes.result", agency=briefing.agency, year=briefing.fiscal_year, verdict=verdict)]
    told += [f"({', '.join(parts)})"] if parts else []
    told += [sentences.since(judged, briefing.previous, say)] if briefing.previous is not None else []
    return " ".join(filter(None, told))


def _below(briefing: Briefing, say: Say, language: str) -> str:
    judged = briefing.assessment
    rows = judged.below.itertuples()
    named = (f"{indicator_name(judged.rules, row.indicator, language)} ({row.score:.2f})" for row in rows)
    return _listed(sentences.bars_title(judged, say), named, say)


def _way(briefing: Briefing, say: Say, language: str) -> str:
    if briefing.ways is None:
        return ""
    title = wayfinding.title(briefing.ways, briefing.assessment, say, language)
    return f"{title} {wayfinding.why(briefing.ways, briefing.causes, briefing.assessment, say)}"


def _measures(briefing: Briefing, say: Say) -> str:
    late = briefing.due[briefing.due["overdue"]]
    named = (
        say(
            "minutes.overdue",
            title=row.title,
            responsible=row.responsible or say("minutes.nobody"),
            date=sentences.day_text(row.period_end.date(), say),
        ).replace("\n", " ")
        for row in late.itertuples()
    )
    told = _listed(say("minutes.overdue_title"), named, say) if len(late) else ""
    return " ".join(filter(None, (sentences.measures_title(briefing.measures, say), told)))


def _moved(briefing: Briefing, say: Say, language: str) -> str:
    slide = next(slide for slide in slides(briefing, say, language) if slide.key == "moved")
    before = briefing.last_meeting
    nothing_since_today = slide.body is None and before is not None and before.held_on == briefing.on
    return "" if before is None or nothing_since_today else slide.title


def _next(briefing: Briefing, say: Say, language: str) -> str:
    rules = briefing.assessment.rules
    unplanned = (indicator_name(rules, number, language) for number in briefing.without_open_measure)
    return _listed(sentences.next_title(briefing, say), unplanned, say)


def _notes(briefing: Briefing, say: Say, language: str) -> Iterator[str]:
    """What was noted on the slides, in their order, each once."""
    for slide in slides(briefing, say, language):
        if slide.note and slide.part == 1:
            yield say("minutes.note", about=say(f"minutes.about_{slide.key}"), note=" ".join(slide.note.split()))


def _listed(title: str, names: Iterable[str], say: Say) -> str:
    every = list(names)
    return f"{title} {say('minutes.namely')} {', '.join(every)}" if every else title
