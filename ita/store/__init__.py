"""Everything that outlives a browser tab: results with their history, and measures with their edits."""

from ita.store.agencies import Agency
from ita.store.backups import Backups
from ita.store.figures import ContradictoryFigures
from ita.store.measures import MeasureChange, StaleEdit
from ita.store.merging import Merged
from ita.store.repository import Store, open_store
from ita.store.restoring import backups_of, restore
from ita.store.results import Saved, StoredResult
from ita.store.trouble import Trouble, UnknownSchema
from ita.store.uploads import Upload

__all__ = [
    "Agency",
    "Backups",
    "ContradictoryFigures",
    "MeasureChange",
    "Merged",
    "Saved",
    "StaleEdit",
    "Store",
    "StoredResult",
    "Trouble",
    "UnknownSchema",
    "Upload",
    "backups_of",
    "open_store",
    "restore",
]
