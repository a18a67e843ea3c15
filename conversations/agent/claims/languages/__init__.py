"""One module a language, each with its `WORDING`."""

from conversations.agent.claims.languages.de import WORDING as DE
from conversations.agent.claims.languages.en import WORDING as EN
from conversations.agent.claims.languages.es import WORDING as ES
from conversations.agent.claims.languages.fr import WORDING as FR

WORDINGS = (EN, DE, FR, ES)
