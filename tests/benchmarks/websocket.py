"""A visitor without a browser: speaks Streamlit's websocket as its front end does, and times each run of the script.

What the front end does is done here too, where it changes what the server has to do: the state of the widgets is sent
along, messages once received are kept for two runs and named by their hash, a widget in a fragment reruns only that.
"""

from __future__ import annotations

import time
import urllib.request
from dataclasses import dataclass, field
from types import TracebackType
from typing import Self

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ClientState_pb2 import ClientState
from streamlit.proto.Common_pb2 import FileURLs, FileURLsRequest, UploadedFileInfo
from streamlit.proto.Element_pb2 import Element
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.sync.client import connect
from websockets.typing import Origin, Subprotocol

PATIENCE = 120.0  # seconds until the next message of a run
RUNS_A_MESSAGE_IS_KEPT = 2  # global.maxCachedMessageAge
TOKEN = "2a"  # against requests forged by other sites: whoever sends the same in a header and a cookie is no other site
OWN_SITE = f"_streamlit_xsrf={TOKEN}"
BOUNDARY = "ends-here"

Value = bool | str | list[str]


def address_of(port: int) -> str:
    """The address that a browser would show for the server at that port of this machine."""
    return f"http://127.0.0.1:{port}"


class RunFailed(Exception):
    """The script did not end well: it raised, did not compile, or there is no such page. What was measured is void."""


@dataclass(frozen=True, slots=True)
class Run:
    """One run of the script, from the message that asked for it to the word that it has finished.

    `elements` are all that the run sent, in order, those the visitor held already included; `received` counts bytes.
    """

    seconds: float
    received: int
    elements: tuple[Element, ...]

    def shows(self, kind: str) -> bool:
        """Whether an element of this kind ("markdown", "plotly_chart", "selectbox") was sent."""
        return any(element.WhichOneof("type") == kind for element in self.elements)

    def texts(self) -> list[str]:
        """The bodies of the run's texts: `st.markdown`, `st.write`, `st.caption`."""
        return [element.markdown.body for element in self.elements if element.WhichOneof("type") == "markdown"]


@dataclass(slots=True)
class _Kept:
    message: ForwardMsg
    age: int = 0


@dataclass(frozen=True, slots=True)
class _Widget:
    id: str
    fragment: str


class Visitor:
    """One open session; a context manager, closed on leaving."""

    def __init__(self, port: int, cookie: str = "") -> None:
        """Open the session. Raises OSError while nobody listens on the port yet."""
        self._address = address_of(port)
        self._socket = connect(
            f"ws://127.0.0.1:{port}/_stcore/stream",
            origin=Origin(self._address),
            additional_headers={"Cookie": "; ".join([OWN_SITE, cookie] if cookie else [OWN_SITE])},
            subprotocols=[Subprotocol("streamlit"), Subprotocol(TOKEN)],
            compression=None,
            max_size=None,
            ping_interval=None,  # a browser asks nobody whether they are still there: it waits
            proxy=None,
            legacy=True,  # the connection itself: it stays open across calls, and `close` ends it
        )
        self._page_name = ""
        self._page_hash = ""
        self._query = ""
        self._states: dict[str, WidgetState] = {}
        self._widgets: dict[str, _Widget] = {}
        self._kept: dict[str, _Kept] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, raised: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """End the session."""
        self._socket.close()

    def visit(self, page: str = "", query: str = "") -> Run:
        """Open a page by its address ("" is the first, "indicators" the one at /indicators)."""
        self._page_name, self._page_hash, self._query = page, "", query
        self._states.clear()
        return self._run()

    def change(self, key: str, value: Value) -> Run:
        """Set the widget with this key, as a click does. Raises KeyError when the page showed no such widget."""
        widget = self._widgets[key]
        self._states[widget.id] = _widget_state(widget.id, value)
        return self._run(widget.fragment)

    def press(self, key: str) -> Run:
        """Press the button with this key; in the run after it is no longer pressed. Raises KeyError as `change`."""
        widget = self._widgets[key]
        self._states[widget.id] = WidgetState(id=widget.id, trigger_value=True)
        try:
            return self._run(widget.fragment)
        finally:
            del self._states[widget.id]

    def upload(self, key: str, name: str, content: bytes) -> Run:
        """Give a file to the uploader with this key. Raises KeyError when the page showed no such uploader.

        The run is timed from the word that the file has arrived, as a visitor sees it.
        """
        widget = self._widgets[key]
        place = self.place_for(name)
        self._send_file(place, name, content)
        state = WidgetState(id=widget.id)
        file = UploadedFileInfo(name=name, size=len(content), file_id=place.file_id, file_urls=place)
        state.file_uploader_state_value.uploaded_file_info.append(file)
        self._states[widget.id] = state
        return self._run(widget.fragment)

    def place_for(self, name: str) -> FileURLs:
        """Where the server takes a file of this session."""
        asked = BackMsg(file_urls_request=FileURLsRequest(request_id=name, file_names=[name]))
        self._socket.send(asked.SerializeToString())
        while True:
            payload = self._socket.recv(timeout=PATIENCE)
            assert isinstance(payload, bytes), "Streamlit speaks binary frames only"
            message = ForwardMsg.FromString(payload)
            if message.WhichOneof("type") == "file_urls_response":
                return message.file_urls_response.file_urls[0]

    def _send_file(self, place: FileURLs, name: str, content: bytes) -> None:
        head = f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n\r\n'
        request = urllib.request.Request(
            self._address + place.upload_url,
            data=head.encode() + content + f"\r\n--{BOUNDARY}--\r\n".encode(),
            headers={
                "Content-Type": f"multipart/form-data; boundary={BOUNDARY}",
                "X-Xsrftoken": TOKEN,
                "Cookie": OWN_SITE,
            },
            method="PUT",
        )
        with urllib.request.urlopen(request, timeout=PATIENCE):
            pass

    def _run(self, fragment: str = "") -> Run:
        asked = self._rerun_message(fragment).SerializeToString()
        incoming = _Incoming()
        started = time.perf_counter()
        self._socket.send(asked)
        while not incoming.finished:
            payload = self._socket.recv(timeout=PATIENCE)
            assert isinstance(payload, bytes), "Streamlit speaks binary frames only"
            incoming.received += len(payload)
            self._take(ForwardMsg.FromString(payload), incoming)
        seconds = time.perf_counter() - started
        self._forget_old_messages()
        return Run(seconds, incoming.received, tuple(incoming.elements))

    def _rerun_message(self, fragment: str) -> BackMsg:
        state = ClientState(
            query_string=self._query,
            page_script_hash=self._page_hash,
            page_name="" if self._page_hash else self._page_name,
            fragment_id=fragment,
            cached_message_hashes=list(self._kept),
        )
        state.widget_states.widgets.extend(self._states.values())
        return BackMsg(rerun_script=state)

    def _take(self, message: ForwardMsg, incoming: _Incoming) -> None:
        kind = message.WhichOneof("type")
        if kind == "ref_hash":
            kept = self._kept[message.ref_hash]
            kept.age = 0
            self._take(kept.message, incoming)
        elif kind == "delta":
            self._take_delta(message, incoming)
        elif kind == "new_session":
            self._page_hash = message.new_session.page_script_hash
        elif kind == "navigation":
            self._page_hash = message.navigation.page_script_hash
        elif kind == "page_info_changed":
            self._query = message.page_info_changed.query_string
        elif kind == "page_not_found":
            raise RunFailed(f"no such page: {message.page_not_found.page_name or self._page_name}")
        elif kind == "script_finished":
            incoming.finished = _is_the_end(message)

    def _take_delta(self, message: ForwardMsg, incoming: _Incoming) -> None:
        if message.metadata.cacheable:
            self._kept[message.hash] = _Kept(message)
        if message.delta.WhichOneof("type") != "new_element":
            return
        element = message.delta.new_element
        kind = element.WhichOneof("type")
        if kind == "exception":
            raise RunFailed(f"{element.exception.type}: {element.exception.message}")
        incoming.elements.append(element)
        widget_id = getattr(getattr(element, kind or ""), "id", "")
        if key := _user_key(widget_id):
            self._widgets[key] = _Widget(widget_id, message.delta.fragment_id)

    def _forget_old_messages(self) -> None:
        for kept in self._kept.values():
            kept.age += 1
        self._kept = {key: kept for key, kept in self._kept.items() if kept.age <= RUNS_A_MESSAGE_IS_KEPT}


@dataclass(slots=True)
class _Incoming:
    finished: bool = False
    received: int = 0
    elements: list[Element] = field(default_factory=list)


def _is_the_end(message: ForwardMsg) -> bool:
    if message.script_finished == ForwardMsg.FINISHED_WITH_COMPILE_ERROR:
        raise RunFailed("the script did not compile")
    return message.script_finished != ForwardMsg.FINISHED_EARLY_FOR_RERUN


def _user_key(widget_id: str) -> str:
    """The key inside an id such as "$$ID-<hash>-indicators.below"; empty for an element without one."""
    _, _, rest = widget_id.partition("-")
    key = rest.partition("-")[2]
    return "" if key == "None" else key


def _widget_state(widget_id: str, value: Value) -> WidgetState:
    state = WidgetState(id=widget_id)
    if isinstance(value, bool):
        state.bool_value = value
    elif isinstance(value, str):
        state.string_value = value
    else:
        state.string_array_value.data.extend(value)
    return state
