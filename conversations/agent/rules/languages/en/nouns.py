"""Words for tasks, alarms and timers, from which the English frames are made."""

from __future__ import annotations

from conversations.agent.rules.language import DURATION_MARK
from conversations.agent.rules.marks import MARKS

TASK = (
    r"(?:to[\s-]?do\s+items?|action\s+items?|tasks?|to[\s-]?dos?|items?|reminders?(?:\s+(?:alarms?"
    r"|notifications?))?"
    r"|alerts?|notifications?(?:\s+reminders?)?|chores?|errands?)"
)
ALARM = r"(?:wake[\s-]?up\s+(?:calls?|alarms?|times?)|alarms?(?:\s+clocks?)?)"
TIMER = r"(?:timers?|count\s?downs?|stop\s?watch(?:es)?|stop\s?clocks?)"
EVENT = r"(?:appointments?|meetings?|events?)"
CALENDAR = r"(?:cal[ae]nd[ae]rs?|schedules?|agendas?|diar(?:y|ies)|planners?)"
# what is entered in a calendar rather than done
HAPPENING = (
    r"(?:appointment|meeting|event|concert|match|game|party|dinner|lunch|breakfast|brunch|festival|show|movie"
    r"|class|lecture|lesson|conference|interview|wedding|ceremony|flight|train|date|birthday|anniversary|exam"
    r"|training|practice|rehearsal|workshop|seminar|webinar|reunion|call|session|visit|trip|vacation|holiday"
    r"|get[\s-]together|graduation|funeral|service|mass|recital|play|race|tournament|check[\s-]?up|standup"
    r"|stand-up|reservation|booking|gig|opera|ballet|sermon|prayer|picnic|barbecue|bbq|ball|shift)"
)
OBJECT = rf"(?:{TASK}|{ALARM}|{TIMER})"
ANY = rf"(?:{OBJECT}|{EVENT}|calendar|schedule|agenda)"
THE = r"(?:(?:the|my|our|all|all\s+of|any|that|this|of|these|those)\s+)*"
DET = (
    r"(?:(?:the|my|our|your|a|an|this|that|all|any|every|each|of|these|those|new|another|some"
    r"|couple|few|me|us"
    r"|up|yet|one|two|three|please|second|additional|existing|current|previous|more)\s+)*"
)
LIST = rf"(?:{THE}(?P<list>[^{MARKS}{DURATION_MARK}]+?)\s+lists?|{THE}lists?)"
