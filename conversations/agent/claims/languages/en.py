from __future__ import annotations

from conversations.agent.claims.operations import (
    ANY,
    CHANGE,
    COMPLETE,
    CREATE,
    DELETE,
    FORGET,
    OUTWARD,
    REMEMBER,
    REMIND,
    REOPEN,
    RESTORE,
    UNDO,
)
from conversations.agent.claims.wording import Wording, words_of

AS_DONE = r"as\s+(?:\w+\s+)?(?:done|complete|completed|finished)"

WORDING = Wording(
    code="en",
    words=words_of(
        """
        the your you i i've is are has have been to and it was for on my a of that
        """
    ),
    claims=(
        (CREATE | CHANGE, r"added|created|included|entered|inserted|jotted|logged|recorded|captured|listed"),
        (CREATE | CHANGE | REMIND | REMEMBER, r"noted|saved|stored|written\s+down|wrote\s+down|kept\s+track"),
        (CREATE | CHANGE | REMIND | OUTWARD, r"scheduled|planned|arranged|set\s+up"),
        (
            CHANGE | CREATE | REMIND | COMPLETE,
            r"(?<!all )set(?!\s+up|\s+of)|(?<!to )put|placed|made|given|gave",
        ),
        (
            CHANGE | COMPLETE | REOPEN,
            r"updated|changed|edited|adjusted|modified|renamed|retitled|prioriti[sz]ed|assigned|tagged"
            r"|labell?ed|extended|swapped|replaced|corrected|fixed",
        ),
        (
            CHANGE | REMIND | DELETE,
            r"moved|rescheduled|postponed|shifted|pushed|bumped|delayed|snoozed|brought\s+forward",
        ),
        (
            COMPLETE,
            rf"completed|finished|checked\s+(?:\w+\s+)?off|ticked\s+(?:\w+\s+)?off"
            r"|crossed\s+(?:\w+\s+)?off"
            rf"|closed|wrapped\s+up|marked\b[^.;]{{0,120}}?{AS_DONE}"
            r"|(?:is|are|it's)\s+(?:all\s+|now\s+)*(?:done|complete)",
        ),
        (CHANGE | COMPLETE | REOPEN, rf"marked(?!\b[^.;]{{0,120}}?{AS_DONE})|flagged"),
        (REOPEN, r"reopened|re-opened|unchecked|open\s+again"),
        (
            DELETE,
            r"deleted|removed|trashed|cleared|erased|discarded|binned|dropped|wiped|cancel+ed|thrown\s+away"
            r"|(?:is|are)\s+(?:now\s+)?gone|taken\s+off|off\s+your\s+list|got\s+rid",
        ),
        (RESTORE | REOPEN, r"restored|recovered|brought\s+(?:\w+\s+)?back"),
        (UNDO, r"undone|undid|reverted|rolled\s+(?:\w+\s+)?back|taken\s+back|reversed"),
        (
            REMIND,
            r"you(?:'ll|\s+will)\s+(?:be\s+reminded|get\s+a\s+reminder|be\s+notified)"
            r"|i(?:'ll|\s+will)\s+(?:remind|notify|alert|ping)\s+you|reminder\s+(?:is|has\s+been)\s+\w+",
        ),
        (
            REMEMBER,
            r"i(?:'ll|\s+will)\s+(?:remember|keep\s+(?:that|this)\s+in\s+mind)|remembered|memori[sz]ed",
        ),
        (FORGET, r"forgotten|forgot"),
        (
            OUTWARD,
            r"sent|e-?mailed|mailed|messaged|texted|booked|reserved|invited|notified|ordered|submitted"
            r"|published|forwarded|replied|paid|called",
        ),
        (
            ANY,
            r"(?:is|are|has|have|it's|they're)\s+now|(?:is|are|it's|they're)\s+(?:already\s+)?on\s+(?:your|the)\s+"
            r"(?:\w+\s+){0,2}list|taken\s+care\s+of|i'm\s+(?:\w+\s+)?(?:adding|moving|deleting|removing|creating"
            r"|updating|marking|completing|scheduling|sending)|handled|sorted",
        ),
    ),
    openings=r"(?:all\s+|it's\s+|that's\s+|consider\s+it\s+)?(?:done|set)(?!\s+for\s+today)\b"
    r"|there\s+you\s+go|mission\s+accomplished|finished\b|completed\b",
    denials=r"\b(?:not|nothing|none|never|unable|failed|neither|cannot|couldn|didn|wasn|weren|haven|hasn|isn|aren"
    r"|don|doesn|won|can)(?:'t|’t)?\b(?!\s+only)|\bno\s+(?:task|change|such|matching|reminder|list)|\bwithout\b",
    offers=r"\b(?:can|could|should|shall|would|may|might|must|want|like|if|let\s+me\s+know|approv\w+|confirm\w*"
    r"|permission|needs?|before|once|when|whenever|please|ready\s+to|going\s+to|about\s+to|try|which)\b",
    reports=r"^\W*you\s+have\s+(?!been)|\b(?:yesterday|last\s+(?:week|month|year|night|monday|tuesday|wednesday|thursday|friday|saturday"
    r"|sunday)|earlier|ago|previously|so\s+far|this\s+week|already|back\s+in|\d+\s+days|stays?|usually|always"
    r"|by\s+default|automatically|from\s+there)\b",
    first_person=r"\b(?:i|i've|we|we've|i\s+have)\b",
    by_user=r"\b(?:you|you've|you\s+have|that\s+was|which\s+was|that\s+were|recently)(?:\s+already|\s+just)?\s*$",
    later=r"\b(?:to|be|being|get|gets|will|not|never)(?:\s+be)?\s*$",
    calendar=r"\b(?:in|to|into|on)\s+(?:your|the)\s+(?:\w+\s+)?calendar\b",
    counted=r"\w*tasks?|items?|reminders?|to-?dos?|lists?|things?|entries|of\s+them",
    numbers={
        "two": 2,
        "three": 3,
        "four": 4,
        "five": 5,
        "six": 6,
        "seven": 7,
        "eight": 8,
        "nine": 9,
        "ten": 10,
        "twelve": 12,
        "twenty": 20,
    },
    empty=words_of(
        """
        a an the this that these those it its them they both all everything each every any some one two
        three four five six seven eight nine ten my your our his her their i i've i'll you you'll we he
        she me us is are was were be been has have had do did will to of in on at by for from with and
        or as so up off out back over into now just also too then there here again already done complete
        completed finished task tasks item items list lists reminder reminders todo todos thing things
        label calendar note notes memory event trash inbox status title name date day due time priority
        high low medium urgent none new last latest previous change changes today tomorrow tonight
        morning afternoon evening night noon week month year monday tuesday wednesday thursday friday
        saturday sunday january february march april may june july august september october november
        december pm am o'clock every daily weekly monthly ok okay sure great got no problem well perfect
        alright right yes successfully successful set marked moved added success anything else is's
        clear
        """
    ),
)
