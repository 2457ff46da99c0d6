"""Files, folders and feeds as documents."""

from geo.documents.languages import READ_LANGUAGES, guess_language
from geo.documents.portions import Portion, portions_of
from geo.documents.reading import UNDATED, read_documents, read_records
from geo.documents.watching import WatchedFeeds, WatchedFolder
from geo.documents.web import Fetcher

__all__ = [
    "READ_LANGUAGES",
    "UNDATED",
    "Fetcher",
    "Portion",
    "WatchedFeeds",
    "WatchedFolder",
    "guess_language",
    "portions_of",
    "read_documents",
    "read_records",
]
