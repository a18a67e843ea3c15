"""English words that tell the language from others."""

from __future__ import annotations

from conversations.agent.rules.language import words

WORDS = words(
    """
    the a an and or of to for with from at on in by is are was were be been am do does did don't have has had
    i i'm i've i'd my me we us our you your it its it's this that these those he she they them his her their
    what what's when where who which how why will would can could should must need not no all any some every
    each next before after until about remind reminder add create make set delete remove cancel show list call
    buy send email please tomorrow today tonight morning afternoon evening week month year day monday tuesday
    wednesday thursday friday saturday sunday mark done task tasks move change put pick up out off wake alarm
    timer o'clock pm am one two three four five six seven eight nine ten half past quarter noon midnight
    get go yes no ok okay right wrong true that's sure maybe hello thanks done as soon possible because if
    then than just also into over mon tue wed thu fri sat sun next last there here good well
    """
)
