"""Everything that outlives a browser tab: results with their history, and measures with their edits."""

from ita.store.agencies import Agency
from ita.store.database import UnknownSchema
from ita.store.figures import ContradictoryFigures, Published
from ita.store.measures import MeasureChange, StaleEdit
from ita.store.repository import Store, open_store
from ita.store.results import Saved, StoredResult
from ita.store.tables import STATUSES
from ita.store.uploads import Upload

__all__ = [
    "STATUSES",
    "Agency",
    "ContradictoryFigures",
    "MeasureChange",
    "Published",
    "Saved",
    "StaleEdit",
    "Store",
    "StoredResult",
    "UnknownSchema",
    "Upload",
    "open_store",
]
