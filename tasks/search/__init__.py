"""Finding tasks, as docs/search.md describes it.

`language` reads a query, `conditions` has what its filters mean, `terms` its words, `lexemes` how these are
indexed, `typos` what is written alike; `find` puts it together, `meant` finds the one task that words mean.
"""

from tasks.search.find import MOST_RANKED, Found, search, with_words
from tasks.search.language import MAX_QUERY, QueryInvalid, parse
from tasks.search.meant import resolve_among

__all__ = [
    "MAX_QUERY",
    "MOST_RANKED",
    "Found",
    "QueryInvalid",
    "parse",
    "resolve_among",
    "search",
    "with_words",
]
