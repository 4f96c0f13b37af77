"""What holds for every file of the house: no machine, no person, no loose pin, no raw HTML, one pass mark."""

from __future__ import annotations

import ast
import re
import subprocess
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import openpyxl
import pytest

from ita.text import LANGUAGES, catalogue

HOME = Path(__file__).parents[1]

MACHINE_PATH = re.compile(r"(?<![\w.~])/(?:root|tmp|home|Users|opt|mnt|srv)/[A-Za-z.]|[A-Z]:\\\\?Users\\")
REGISTRY = re.compile(
    r"--(?:extra-)?index-url|--find-links|--registry|//[^/\s]*(?:mirror|packages|registry)", re.IGNORECASE
)
E_MAIL = re.compile(r"[\w.+-]+@(?!example\.)[\w-]+\.(?:com|org|net|io|dev|th|go\.th|in\.th)\b")
PERSON = re.compile(r"(?:(?<!มิถุ)นาย(?!ก)|นางสาว|นาง(?!สาว)|น\.ส\.|Mr\.|Mrs\.|Ms\.)\s*[ก-ฮเ-ไA-Z]")
SECRET = re.compile(
    r"-----BEGIN [A-Z ]*PRIVATE KEY-----"
    r"|\b(?:AKIA|ASIA)[A-Z0-9]{16}\b|\bgh[oprsu]_[A-Za-z0-9]{36}|\bglpat-[\w-]{20}|\bxox[abp]-[\w-]{10}|\bAIza[\w-]{35}"
    r"|\beyJ[\w-]{15,}\.eyJ[\w-]{15,}\."
    r"|(?i:secret|password|passwd|token|api_?key)[\w-]*[\"']?\s*[:=]\s*[\"'](?!\$|\{|<|…)[A-Za-z0-9+/_=-]{16,}[\"']"
    r"|\b[a-z+]+://[^\s:/@{}$]+:(?!\$|\{|…|\.\.\.|secret@|PASSWORD@)[^\s:/@{}$…]{3,}@"
)
LICENCES = {"OFL.txt"}
"""A licence names its authors, as it must."""


@cache
def files() -> tuple[Path, ...]:
    """All files that are, or are about to be, in the repository."""
    if not (HOME / ".git").exists():
        pytest.skip("only a checkout knows which files are the house's")
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"],
        cwd=HOME, capture_output=True, check=True,
    )  # fmt: skip
    paths = (HOME / name for name in listed.stdout.decode().split("\0") if name)
    return tuple(path for path in paths if path.is_file())


@cache
def texts() -> dict[str, str]:
    """The text files, by their paths in the repository; without this one, which must name what it looks for."""
    found = {}
    for path in files():
        content = path.read_bytes()
        if b"\0" not in content and path.name not in LICENCES and path != Path(__file__):
            found[path.relative_to(HOME).as_posix()] = content.decode("utf-8")
    return found


def lines_with(pattern: re.Pattern[str]) -> list[str]:
    return [
        f"{name}:{number}: {line.strip()[:120]}"
        for name, text in texts().items()
        for number, line in enumerate(text.splitlines(), start=1)
        if pattern.search(line)
    ]


def cell_texts(workbook: Path) -> Iterator[str]:
    for sheet in openpyxl.load_workbook(workbook):
        yield sheet.title
        yield from (str(value) for row in sheet.iter_rows(values_only=True) for value in row if value is not None)


# Machines, hosts, persons


def test_the_files_of_the_house_are_found() -> None:
    assert {"app.py", "pyproject.toml", "ita/__init__.py", "ita/locale/th.toml"} <= set(texts())


def test_no_file_names_a_path_of_somebodys_machine() -> None:
    assert lines_with(MACHINE_PATH) == []


def test_no_file_names_a_host_that_packages_come_from() -> None:
    assert lines_with(REGISTRY) == []


def test_no_file_names_a_person() -> None:
    assert lines_with(E_MAIL) == []
    assert [line for line in lines_with(PERSON) if line.startswith(("sample_data/", "ita/", "pages/"))] == []


@pytest.mark.parametrize("text", ["นายสมชาย", "นาง สมศรี", "โดยนางสาวสมหญิง", "น.ส. ก", "Mr. Somchai"])
def test_a_title_before_a_name_is_noticed(text: str) -> None:
    assert PERSON.search(text)


@pytest.mark.parametrize("text", ["นายกเทศมนตรี", "ปลัดเทศบาล", "แนวทาง", "ผู้อำนวยการกองคลัง", "มิถุนายน"])
def test_a_position_is_no_person(text: str) -> None:
    assert not PERSON.search(text)


def test_the_example_files_name_no_person() -> None:
    workbooks = sorted((HOME / "sample_data").glob("*.xlsx"))
    assert workbooks
    for workbook in workbooks:
        assert [text for text in cell_texts(workbook) if PERSON.search(text) or E_MAIL.search(text)] == []
        properties = openpyxl.load_workbook(workbook).properties
        assert {properties.creator, properties.lastModifiedBy} <= {"openpyxl", None}


# Secrets


def test_no_file_holds_a_secret() -> None:
    assert lines_with(SECRET) == []


@pytest.mark.parametrize(
    "line",
    [
        "-----BEGIN RSA PRIVATE KEY-----",
        'cookie_secret = "0123456789abcdef0123"',
        "client_secret: 'GOCSPX-0123456789abcd'",
        'API_KEY="abcdefghij0123456789"',
        "aws = AKIAABCDEFGHIJKLMNOP",
        "postgresql+psycopg://ita:hunter22@db/ita",
        "ghp_" + "a1" * 18,
    ],
)
def test_a_secret_is_noticed(line: str) -> None:
    assert SECRET.search(line)


@pytest.mark.parametrize(
    "line",
    [
        'cookie_secret = "…"',
        "postgresql+psycopg://ita:…@localhost/ita",
        "postgresql://ita:PASSWORD@HOST/ita",
        "postgresql://ita:${ITA_DATABASE_PASSWORD:?a password}@database/ita",
        "X-Xsrftoken",
        'TOKEN = "2a"',
    ],
)
def test_the_place_for_a_secret_is_none(line: str) -> None:
    assert not SECRET.search(line)


@pytest.mark.parametrize("name", [".streamlit/secrets.toml", "data/ita.sqlite3"])
def test_what_must_not_be_shared_is_ignored(name: str) -> None:
    files()
    asked = subprocess.run(["git", "check-ignore", "--quiet", name], cwd=HOME, check=False)
    assert asked.returncode == 0
    assert name not in texts()


# Dependencies


def test_every_library_of_the_project_is_pinned() -> None:
    project = tomllib.loads((HOME / "pyproject.toml").read_text(encoding="utf-8"))
    asked = [
        *project["project"]["dependencies"],
        *(one for group in project["dependency-groups"].values() for one in group),
    ]
    assert asked
    assert [requirement for requirement in asked if "==" not in requirement] == []


@pytest.mark.parametrize("name", ["requirements.txt", "tests/requirements.txt", "tests/audit-requirements.txt"])
def test_every_line_of_the_requirements_is_pinned(name: str) -> None:
    pins = [
        line for line in (HOME / name).read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")
    ]
    assert pins
    assert [pin for pin in pins if not re.match(r"[A-Za-z0-9._\[\]-]+==[0-9][\w.]*(?: ; .+)?$", pin)] == []


def test_the_requirements_hold_the_very_versions_that_the_project_asks_for() -> None:
    project = tomllib.loads((HOME / "pyproject.toml").read_text(encoding="utf-8"))
    pins = {line.split(" ;")[0] for line in (HOME / "requirements.txt").read_text(encoding="utf-8").splitlines()}
    assert set(project["project"]["dependencies"]) <= pins


# Code


def python_of_the_program() -> list[str]:
    return [name for name in texts() if name.endswith(".py") and name.startswith(("app.py", "ita/", "pages/"))]


def test_no_page_puts_raw_html_on_the_screen() -> None:
    assert lines_with(re.compile("unsafe_allow_html")) == []


def test_no_module_has_a_name_that_says_nothing() -> None:
    empty = {"utils", "util", "helpers", "helper", "common", "misc", "manager"}
    assert [name for name in texts() if name.endswith(".py") and Path(name).stem in empty] == []


# Writing

ONLY_WRITER = "ita/ui/writing.py"
KNOW_THE_STORE = {"ita/ui/cache.py", "ita/ui/server.py", ONLY_WRITER}
"""Of what the pages share, the only modules that may ask for the store itself."""


@cache
def writing_methods() -> frozenset[str]:
    """The public methods of the store that write, by themselves or by calling one that does."""
    calls: dict[str, set[str]] = {}
    for name in python_of_the_program():
        if name.startswith("ita/store/"):
            for node in ast.walk(ast.parse(texts()[name])):
                if isinstance(node, ast.FunctionDef):
                    called = {one.func.attr for one in ast.walk(node) if _is_method_call(one)}
                    calls.setdefault(node.name, set()).update(called)
    writing = {"_writing"}
    while more := {name for name, called in calls.items() if called & writing} - writing:
        writing |= more
    return frozenset(name for name in writing if not name.startswith("_"))


def _is_method_call(node: ast.AST) -> bool:
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)


def writes_past_the_writer(source: str) -> list[str]:
    """Where a module names a writing method of anything but `writing`."""
    return [
        f"{node.lineno}: {ast.unparse(node)}"
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Attribute)
        and node.attr in writing_methods()
        and not (isinstance(node.value, ast.Name) and node.value.id == "writing")
    ]


def asks_for_the_store(source: str) -> list[str]:
    """Where a module takes hold of the store itself."""
    found = []
    for node in ast.walk(ast.parse(source)):
        named = {node.attr} if isinstance(node, ast.Attribute) else {node.id} if isinstance(node, ast.Name) else set()
        if isinstance(node, ast.ImportFrom):
            named = {alias.name for alias in node.names}
        if named & {"store", "_store", "open_store", "Store"}:
            found.append(f"{node.lineno}: {ast.unparse(node)}")
    return found


def pages_and_what_they_share() -> list[str]:
    return [name for name in python_of_the_program() if name.startswith(("pages/", "ita/ui/", "app.py"))]


def test_the_writing_methods_of_the_store_are_found() -> None:
    written = {"save_results", "add_measures", "apply_measures", "change_measure", "delete_measure", "restore_measure"}
    written |= {"save_known_items", "write_slide_note", "close_meeting", "remove_examples"}
    assert written <= writing_methods()
    assert not writing_methods() & {"measures", "result", "agencies", "revision", "known_items", "history"}


@pytest.mark.parametrize(
    "source",
    [
        "cache.store().add_measures(1)",
        "s = f()\ns.save_results(1)",
        "save = thing.remove_examples",
        "x.y.close_meeting()",
    ],
)
def test_a_write_past_the_writer_is_noticed(source: str) -> None:
    assert writes_past_the_writer(source)


@pytest.mark.parametrize(
    "source", ["cache.store()", "from ita.ui.cache import store", "from ita.store import open_store", "open_store()"]
)
def test_taking_hold_of_the_store_is_noticed(source: str) -> None:
    assert asks_for_the_store(source)


def test_no_page_writes_but_through_the_one_module_that_asks_whether_it_may() -> None:
    assert {name: found for name in pages_and_what_they_share() if name != ONLY_WRITER
            if (found := writes_past_the_writer(texts()[name]))} == {}  # fmt: skip


def test_no_page_asks_for_the_store_itself() -> None:
    assert {name: found for name in pages_and_what_they_share() if name not in KNOW_THE_STORE
            if (found := asks_for_the_store(texts()[name]))} == {}  # fmt: skip


def test_the_one_module_that_writes_asks_whether_it_may_in_every_function() -> None:
    tree = ast.parse(texts()[ONLY_WRITER])
    for node in tree.body:
        if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
            assert re.search(r"\b_editor\(|sign_in\.(?:editing|managing)\(", ast.unparse(node)), node.name


# The pass mark


def test_the_pass_mark_is_a_number_in_the_rulebooks_and_nowhere_in_the_code() -> None:
    literal = []
    for name in python_of_the_program():
        for node in ast.walk(ast.parse(texts()[name])):
            if isinstance(node, ast.Constant) and type(node.value) in (int, float) and node.value in (85, 0.85):
                literal.append(f"{name}:{node.lineno}")
    assert literal == []


def test_the_pass_mark_stands_in_no_text_of_the_code() -> None:
    mark = re.compile(r"(?<![\d.,#])85(?:\.00?)?(?![\d.])")
    literal = []
    for name in python_of_the_program():
        tree = ast.parse(texts()[name])
        docstrings = {id(statement.value) for statement in ast.walk(tree) if isinstance(statement, ast.Expr)}
        literal += [
            f"{name}:{node.lineno}: {node.value[:80]}"
            for node in ast.walk(tree)
            if isinstance(node, ast.Constant)
            and isinstance(node.value, str)
            and id(node) not in docstrings
            and mark.search(node.value)
        ]
    assert literal == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_text_names_the_pass_mark(language: str) -> None:
    assert {key: text for key, text in catalogue(language).items() if re.search("85|๘๕", text)} == {}


def test_only_one_rulebook_states_the_pass_mark() -> None:
    stating = [
        path.name
        for path in (HOME / "ita/rulebooks").glob("*.toml")
        if "pass_mark" in tomllib.loads(path.read_text(encoding="utf-8"))
    ]
    assert stating == ["2562.toml"]
