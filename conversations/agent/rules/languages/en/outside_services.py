"""Shapes of English commands for banks, travel desks, kitchens and encyclopaedias, which are no tasks."""

from __future__ import annotations

from conversations.agent.rules.language import Frame
from conversations.agent.rules.languages.en.outside_device import AT_NO_TIME, OF_NO_TASK

_MY = r"(?:(?:the|my|our|a|an|this|that|another|some|any|new|more|current|old|other|his|her)\s+)*"
_ACCOUNT = (
    r"(?:accounts?|(?:credit|debit|bank|atm|visa|master|gift|rewards?|amex|discover)?\s*cards?|visa|mastercard"
    r"|american\s+express|check(?:ing|book|s)|savings|routing\s+number|account\s+number|credit\s+(?:limit|line"
    r"|score)|balance|transactions?|statements?|interest\s+rate|apr|pin(?:\s+(?:number|code))?|points|rewards"
    r"|miles|pass\s?(?:word|code)|user\s?name)"
)
_TRAVEL = (
    r"(?:flights?|hotels?|motels?|hostels?|rental\s+cars?|car\s+rentals?|plane\s+tickets?|air\s?fares?|cruises?"
    r"|air\s?bnbs?|ubers?|lyfts?|taxis?|cabs?|rides?|limos?)"
)
_PLACE = (
    r"(?:near(?:by|est)?|close(?:st)?|around\s+(?:here|me)|close\s+by|in\s+(?:my|the|this)\s+area|online)"
)

_MONEY = (
    Frame(
        "other",
        rf"(?:i\s+)?(?:need\s+|want\s+|have\s+)?(?:to\s+)?(?:freeze|unfreeze|block|unblock|lock|unlock|suspend"
        rf"|activate|deactivate|stop|put\s+a\s+(?:block|hold|freeze|stop)\s+on|place\s+a\s+(?:block|hold|freeze"
        rf"|stop)\s+on|raise|increase|up|lower|change|reset|update|replace|redeem|use|check|see|show|apply\s+for"
        rf"|sign\s+(?:me\s+)?up\s+for|enroll\s+in|open|order|get|request|report|know|find|find\s+out|tell\s+me"
        rf"|give\s+me|improve|boost|fix|view)\s+(?:me\s+)?{_MY}(?:[\w'-]+\s+){{0,2}}?{_ACCOUNT}\b{AT_NO_TIME}.*",
    ),
    Frame(
        "other",
        rf"(?:i\s+|we\s+)(?:need|want|require|have\s+lost|lost)\s+{_MY}(?:[\w'-]+\s+){{0,3}}?{_ACCOUNT}\b.*"
        r"|report\s+(?:(?:a|an|some|the|any|possible)\s+)*(?:fraud\w*|suspicious|unauthori[sz]ed|stolen|lost)\b.*",
    ),
    Frame(
        "other",
        r"pay\s+.+\s+(?:from|with|using|out\s+of)\s+(?:my\s+|the\s+|our\s+)?(?:\w+\s+)?(?:account|card|checking"
        r"|savings|visa|mastercard|debit|credit|bank|paypal)\b.*"
        r"|(?:transfer|wire|move|send|deposit|withdraw|zelle|venmo)\s+(?:.{0,30}?)(?:\$\s?[0-9]|(?:[0-9]+|[a-z]+)\s*(?:dollars"
        r"|bucks|euros?|pounds|\$|usd)|money|funds)\b.*",
    ),
)

_TRIPS = (
    Frame(
        "other",
        rf"(?:i\s+|we\s+)?(?:need\s+|want\s+|would\s+like\s+)?(?:to\s+)?(?:find|search|search\s+for|look\s+for"
        rf"|look\s+up|show|get|compare|list|see|recommend|suggest|need|want|call|order|hail|rent)\s+"
        rf"(?:me\s+|us\s+)?{_MY}(?:[\w'-]+\s+){{0,2}}?{_TRAVEL}\b.*",
    ),
    Frame(
        "other",
        r"(?:i\s+|we\s+)?(?:need\s+|want\s+|would\s+like\s+)(?:to\s+)?(?:rent|book|reserve|hire)\s+(?:a|an|the"
        r"|some)\b.*|rent\s+me\b.*|take\s+me\s+(?:home|to|there|back)\b.*|(?:re-?route|redirect)\b.*"
        r"|(?:avoid|bypass|use|take)\s+(?:the\s+|all\s+|any\s+)?(?:\w+\s+)?(?:tolls?|toll\s+roads?|high\s?ways?"
        r"|free\s?ways?|motor\s?ways?|ferr(?:y|ies)|traffic|route|bridges?)\b.*",
    ),
    Frame(
        "other",
        rf"{OF_NO_TASK}(?:get|give|show|find|tell|check|pull\s+up|bring\s+up|see|start|i\s+need|need|want|i\s+want)"
        r"\s+(?:me\s+|us\s+)?(?:(?:the|a|some|my)\s+)?(?:\w+\s+)?(?:time|distance|routes?|way|directions?|eta"
        r"|navigation|traffic|map|drive|commute|parking|road\s+conditions)\s+(?:to|from|between|for|near|on|in"
        r"|around|at|home|of)\b.*|(?:how's|hows)\s+.+",
    ),
)

_LOOKING = (
    Frame(
        "other",
        rf"{AT_NO_TIME}(?:confirm|verify|check(?:\s+on)?|track|trace|locate)\s+(?:the\s+|my\s+|our\s+)+(?:\w+\s+)?"
        r"(?:reservations?|bookings?|orders?|packages?|parcels?|deliver(?:y|ies)|shipments?|applications?|claims?)"
        r"\b.*",
    ),
    Frame(
        "other",
        rf"{AT_NO_TIME}{OF_NO_TASK}(?:find|look\s+for|look\s+up|search(?:\s+for)?|locate|see|get|check\s+(?:if"
        rf"|for|whether|out)?|show)\s+.*\b{_PLACE}\b.*",
    ),
    Frame(
        "other",
        rf"{AT_NO_TIME}{OF_NO_TASK}find\s+(?:me\s+|us\s+|out\s+)(?!how\s+much\b).*|{AT_NO_TIME}{OF_NO_TASK}find\s+"
        r"(?:an?|some|the|any)\s+.*\b(?:who|that\s+(?:is|are|can|will|has|have|serves?|sells?)|with|for\s+under"
        r"|cheap(?:est)?|best|recipes?)\b.*|(?:look\s+for|find|get)\s+(?:the\s+)?(?:cheap(?:est)?|best|top"
        r"|latest)\b.*",
    ),
    Frame(
        "other",
        rf"{AT_NO_TIME}{OF_NO_TASK}(?:see\s+(?:if|whether|what|how|who|when|where)|check\s+(?:the\s+|on\s+the\s+"
        r"|for\s+(?:the\s+)?)?(?:scores?|weather|traffic|news|stocks?|prices?|forecast|availability|status)"
        r"|compare\s+.+\s+(?:and|to|with|vs\.?|versus)|name\s+(?:a|an|some|the|all|two|three|four|five|ten|one)"
        r"|calculate|compute|add\s+up|multiply|divide|subtract|solve\s+(?:for\b|[0-9])|what's)\s+.*"
        r"|(?:calculate|compute|multiply|divide|solve)\s+.*[0-9].*|heads\s+or\s+tails"
        r"|(?:any|latest|recent|current|breaking|today's)\s+.*\b(?:news|headlines|scores?|results?|storms?|rain"
        r"|snow|weather|stocks?|traffic|updates?|deals?|sales?)\b.*|news\b.*",
    ),
    Frame(
        "other",
        r"(?:i\s+|we\s+)(?:want|need|would\s+like|'d\s+like|feel\s+like|am\s+craving|crave|fancy)\s+(?:something"
        r"|anything|some\s+(?:suggestions|ideas|advice|help))\b.*"
        r"|(?:i\s+)?(?:want|need|would\s+like)?\s*(?:to\s+)?(?:start\s+|stop\s+)?(?:talk(?:ing)?|speak(?:ing)?"
        r"|convers\w+)\s+(?:(?:to|with)\s+(?:me|you)\s+)?(?:in\s+)?(?:english|spanish|french|german|italian"
        r"|portuguese|chinese|mandarin|japanese|korean|russian|arabic|hindi|dutch|swedish|polish|turkish|greek"
        r"|another\s+language)\b.*|(?:use|change\s+to|switch\s+to|answer\s+in|reply\s+in|set\s+.*\bto)\s+(?:english"
        r"|spanish|french|german|italian|portuguese|chinese|mandarin|japanese|korean|russian|arabic|hindi|dutch"
        r"|swedish|polish|turkish|greek)\b.*",
    ),
)

FRAMES = (*_MONEY, *_TRIPS, *_LOOKING)
