"""The client of the benchmark really is a visitor: what it changes, the script sees."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from textwrap import dedent

import pytest

from .server import App, ServerFailed, serving
from .websocket import RunFailed, Visitor

SCRIPT = """
    import streamlit as st

    def first():
        town = st.selectbox("Town", ["Nan", "Loei", "Tak"], key="town.name")
        tools = st.pills("Tools", ["IIT", "EIT"], selection_mode="multi", key="town.tools")
        st.markdown(f"{town} {' '.join(tools)}".strip())
        st.dataframe({"number": list(range(20_000))})

    def second():
        st.markdown("second " + st.query_params.get("year", ""))
        if st.toggle("Fail", key="second.fail"):
            raise ValueError("as asked")

    @st.fragment
    def corner():
        if st.toggle("Light", key="corner.light"):
            st.markdown("lit")

    def third():
        file = st.file_uploader("File", key="third.file")
        if file is not None:
            st.markdown(f"{file.name} {file.getvalue().decode()}")

    corner()
    pages = [st.Page(first, default=True), st.Page(second), st.Page(third)]
    st.navigation(pages).run()
"""


@pytest.fixture(scope="module")
def port(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    folder = tmp_path_factory.mktemp("towns")
    script = folder / "towns.py"
    script.write_text(dedent(SCRIPT), encoding="utf-8")
    with serving(App(script, folder), folder) as server:
        server.welcome().close()
        yield server.port


def test_a_changed_selectbox_brings_the_new_text(port: int) -> None:
    with Visitor(port) as visitor:
        assert visitor.visit().texts() == ["Nan"]
        assert visitor.change("town.name", "Loei").texts() == ["Loei"]
        assert visitor.change("town.name", "Tak").texts() == ["Tak"]


def test_earlier_choices_stand_while_later_ones_are_made(port: int) -> None:
    with Visitor(port) as visitor:
        visitor.visit()
        visitor.change("town.name", "Loei")
        assert visitor.change("town.tools", ["EIT", "IIT"]).texts() == ["Loei EIT IIT"]


def test_a_page_is_reached_by_its_address_and_query(port: int) -> None:
    with Visitor(port) as visitor:
        assert visitor.visit("second", "year=2564").texts() == ["second 2564"]


def test_a_table_that_did_not_change_is_not_sent_again(port: int) -> None:
    with Visitor(port) as visitor:
        first = visitor.visit()
        second = visitor.change("town.name", "Loei")
    assert first.shows("dataframe")
    assert second.shows("dataframe")
    assert first.received > 100_000
    assert second.received < 20_000
    assert len(second.elements) == len(first.elements)


def test_a_widget_in_a_fragment_reruns_the_fragment_alone(port: int) -> None:
    with Visitor(port) as visitor:
        visitor.visit()
        assert visitor.change("corner.light", True).texts() == ["lit"]


def test_a_run_that_raises_is_no_measurement(port: int) -> None:
    with Visitor(port) as visitor:
        visitor.visit("second")
        with pytest.raises(RunFailed, match="as asked"):
            visitor.change("second.fail", True)


def test_a_page_that_does_not_exist_is_no_measurement(port: int) -> None:
    with Visitor(port) as visitor, pytest.raises(RunFailed, match="fourth"):
        visitor.visit("fourth")


def test_an_uploaded_file_arrives_whole_and_the_next_takes_its_place(port: int) -> None:
    with Visitor(port) as visitor:
        visitor.visit("third")
        assert visitor.upload("third.file", "one.txt", b"Nan\r\nLoei").texts() == ["one.txt Nan\r\nLoei"]
        assert visitor.upload("third.file", "two.txt", b"Tak").texts() == ["two.txt Tak"]


def test_a_server_that_cannot_start_says_why(tmp_path: Path) -> None:
    missing = App(tmp_path / "missing.py", tmp_path)
    with serving(missing, tmp_path) as server, pytest.raises(ServerFailed, match=r"missing\.py"):
        server.welcome()
