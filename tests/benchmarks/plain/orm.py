"""Results stored as one writes it in an afternoon: three mapped classes, `session.add_all`, `commit`.

The yardstick of the benchmark for storing. It keeps no versions, knows no unchanged result and asks nothing.
"""

from __future__ import annotations

import pandas as pd
from sqlalchemy import Engine, ForeignKey
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column


class Base(DeclarativeBase):
    pass


class Agency(Base):
    __tablename__ = "agency"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(unique=True)


class Result(Base):
    __tablename__ = "result"
    id: Mapped[int] = mapped_column(primary_key=True)
    agency_id: Mapped[int] = mapped_column(ForeignKey("agency.id"))
    fiscal_year: Mapped[int]
    iit: Mapped[float | None]
    eit: Mapped[float | None]
    oit: Mapped[float | None]
    total: Mapped[float | None]
    level: Mapped[str | None]


class Score(Base):
    __tablename__ = "score"
    id: Mapped[int] = mapped_column(primary_key=True)
    result_id: Mapped[int] = mapped_column(ForeignKey("result.id"))
    indicator: Mapped[int]
    score: Mapped[float | None]


def save_results(engine: Engine, scores: pd.DataFrame, published: pd.DataFrame) -> None:
    with Session(engine) as session:
        agencies = {name: Agency(name=name) for name in published["agency"]}
        session.add_all(agencies.values())
        session.flush()
        results = {
            (row.agency, row.fiscal_year): Result(
                agency_id=agencies[row.agency].id,
                fiscal_year=int(row.fiscal_year),
                iit=row.iit,
                eit=row.eit,
                oit=row.oit,
                total=row.total,
                level=row.level,
            )
            for row in published.itertuples()
        }
        session.add_all(results.values())
        session.flush()
        session.add_all(
            Score(result_id=results[row.agency, row.fiscal_year].id, indicator=row.indicator, score=row.score)
            for row in scores.itertuples()
        )
        session.commit()
