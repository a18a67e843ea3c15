"""Shapes of English phrases that look something up, work something out or only chat, and ask for no task."""

from __future__ import annotations

from conversations.agent.rules.groups import alternatives
from conversations.agent.rules.language import Frame
from conversations.agent.rules.languages.en.outside_device import AT_NO_TIME, OF_NO_TASK
from conversations.agent.rules.languages.en.verbs import COMMAND_VERBS, VERBS

# A phrase that begins with a verb of the task list is a task, whatever it is about ("buy a recipe book").
_NO_VERB = (
    rf"(?!(?:{alternatives(VERBS | COMMAND_VERBS)})\b"
    r"(?!\s+(?:rates?|prices?|status|facts|reviews|menus?|times?)\b))"
)
_KNOWN_THING = (
    r"(?:prices?|recipes?|ingredients|calories|nutrition|lyrics|definition|meaning|synonyms?|antonyms?|spelling"
    r"|translation|capital|population|distance|height|directions?|routes?|weather|forecast|temperatures?"
    r"|humidity|wind|rain|snow|storms?|pollen|air\s+quality|uv\s+index|sunrise|sunset|high\s+tides?|low\s+tides?"
    r"|tides?|moon\s+phase|traffic|scores?|standings|results|news|headlines|exchange\s+rates?|hits|charts"
    r"|show\s?times|(?:train|bus|flight|opening|closing)\s+times|time\s?zones?|square\s+root|balance|facts?"
    r"|jokes?|trivia|music|songs|radio|podcasts?|currency|stock\s+prices?|biography)"
)
_GENRE = (
    r"(?:jazz|blues|rock|pop|country|classical|hip\s?hop|rap|reggae|metal|folk|disco|techno|soul|funk|punk|edm"
    r"|r\s?(?:and|&)\s?b)"
)
_MEASURE = (
    r"(?:dollars|euros?|pounds|yen|pesos|rupees|francs|miles|kilomet(?:er|re)s|met(?:er|re)s|feet|inches|yards"
    r"|celsius|fahrenheit|ounces|grams|kilograms|kilos|lit(?:er|re)s|gallons|cups|teaspoons|tablespoons|degrees)"
)
_CURRENCY = (
    r"(?:us\s+|american\s+)?(?:dollars?|euros?|pounds?|yen|pesos?|rupees?|francs?|yuan|won|krona|bitcoins?)"
)
_CITY_TIME = r"(?:the\s+)?(?:current\s+|local\s+|exact\s+)?(?:time|date)\s+(?:in|at|of)\b"

# what one looks up where it is said of what kind, and may note down otherwise ("restaurants to try")
_KIND = (
    r"(?:(?:the|some|any|good|best|better|cheap|funny|healthy|general|local|current|popular|top|great|nice|latest|low"
    r"|high|bad|quick|easy|famous|interesting)\s+)+"
)
_OF_A_KIND = (
    r"(?:tips|ideas|advice|suggestions|videos|clips|restaurants|flights|hotels|movies|films|conditions?|winds|stocks"
    r"|history|statistics|stats|quotes|places|hostels|clubs|bars|pubs|caf[eé]s|museums|beaches|patterns|memes|jokes|gifs)"
)
# what one looks up of a thing, where it is said of which
_KNOWN_OF_A_THING = (
    r"(?:instructions|options|substitutes?|reviews?|ratings?|rules|status|benefits|menus?|rates?|fees|requirements"
    r"|symptoms|side\s+effects|specs|size|weight|age|address|hours|wait(?:ing)?\s+times?|population|plug\s+type"
    r"|dress\s+code|policy|limits?|mpg|mileage|cost|price)"
)

FRAMES = (
    # one frame, so that the verbs are compiled once
    Frame(
        "other",
        rf"{_NO_VERB}{OF_NO_TASK}(?:{_KIND}(?:[\w'-]+\s+){{0,2}}?{_OF_A_KIND}(?:\s+(?:of|in|near|from|about|around|on)\b.*)?"
        rf"|tips\s+(?:for|on|about)\b.*|{_KIND}flights\s+to\b.*"
        rf"|(?:the\s+|a\s+|my\s+|current\s+)*(?:[\w'-]+\s+){{0,2}}?{_KNOWN_OF_A_THING}\s+"
        r"(?:of|in|for|at|on)\s+(?![\ue000\ue001]).*"
        rf"|(?:(?:the|a|an|some|today's|current|stock)\s+)*(?:[\w'-]+\s+){{0,2}}?{_KNOWN_THING}"
        r"(?:\s+chances?|\s+times?|\s+updates?|\s+reports?|\s+levels?)?(?:\s+(?:of|in|for|to|at|on|near|from|between"
        r"|about|with|around|over|by)\b.*|\s*[\ue000\ue001].*)?)",
    ),
    Frame(
        "other",
        r"(?:wind|download|internet)\s+speed|exchange\s+rates?|missed\s+calls|uber|lyft|taxi|cab"
        rf"|(?:flight|order|traffic|train|claim)\s+status|{AT_NO_TIME}(?:events?|things\s+to\s+do|activities)\s+(?:near"
        rf"|around|in|at)\b.*|(?:{_CURRENCY})\s+(?:to|and)\s+(?:{_CURRENCY})\s+(?:exchange|rate|conversion)",
    ),
    Frame(
        "other",
        rf"(?:(?:mostly|partly|very|a\s+bit|quite|low|high|strong|heavy|light|cold|warm|hot|cool|sunny|cloudy|rainy|windy"
        r"|snowy|foggy|humid|dry|wet|clear|mild|freezing|and|or|chance\s+of)\s+)+(?:sunny|cloudy|rainy|windy|snowy|foggy"
        r"|humid|dry|wet|clear|mild|freezing|winds?|rain|snow|skies|humidity|temperatures?|breeze|showers|cold|warm|hot"
        rf"|cool)(?:\s*[\ue000\ue001].*)?|(?:{_CURRENCY})\s+(?:to|in|into|versus|vs)\s+(?:{_CURRENCY})"
        r"|(?:half|a\s+third|a\s+quarter|[0-9]+\s+percent)\s+of\s+[0-9a-z-]+",
    ),
    Frame("other", rf"(?:some\s+|any\s+)?{_GENRE}(?:\s+(?:music|songs|radio|please))?|{_CITY_TIME}.*"),
    Frame(
        "other",
        rf"{OF_NO_TASK}(?:(?:the|what's|whats)\s+)?(?:best|closest|nearest|cheapest|fastest|quickest|shortest|latest"
        rf"|highest|biggest|tallest|most\s+\w+|top\s+(?:[0-9]+|ten|five|forty|rated|\w+\s+(?:hits|songs|movies"
        rf"|restaurants)))\s+.+|{_NO_VERB}{OF_NO_TASK}.+\s+(?:near\s?by|near\s+(?:me|here)|around\s+here|close\s+by"
        r"|in\s+(?:my|this|the)\s+area)",
    ),
    Frame(
        "other",
        rf"(?:[\w.,]+\s+){{1,3}}(?:plus|minus|times|multiplied\s+by|divided\s+by|to\s+the\s+power\s+of)\s+[\w.,]+"
        rf"(?:\s+\w+)?|[\w.,\s$]{{1,30}}?\s+(?:in|to|into)\s+{_MEASURE}",
    ),
    Frame(
        "other",
        r"(?:so\s+|very\s+|really\s+|feeling\s+|too\s+)*(?:hungry|bored|tired|sad|happy|sleepy"
        r"|thirsty|lonely|cold|hot|sick|angry|upset|excited|funny|stupid|knock\s+knock|goodbye(?:\s+for\s+now)?)"
        r"|(?:quiz|amuse|entertain|surprise|cheer)\s+(?:me|us)\b.*|make\s+(?:me|us)\s+(?!(?:an?|the|some)\b).*"
        r"|(?:pick|choose|guess|think\s+of)\s+(?:a|any)\s+(?:random\s+)?(?:number|card|colou?r|letter)\b.*"
        r"|switch\s+languages?|(?:fast\s+forward|rewind)\b.*|go\s+(?:offline|online|back|home|away)"
        r"|(?:set|change|make|show|put|turn|update|keep)\s+(?:(?:me|my\s+(?:\w+\s+)?status|my\s+availability)\b)"
        r"(?:\s+(?:to|as|on|is|invisible)\b.*)?",
    ),
    Frame(
        "other",
        rf"{AT_NO_TIME}(?:end|exit|save|rate|repeat|keep|bookmark|pin|explain|translate|continue|enlarge|print|put"
        rf"|like|hate|describe)\s+(?:this|that)\b(?!.*\b(?:on|to|in)\s+(?:my|the|our)\b).*"
        rf"|{AT_NO_TIME}{OF_NO_TASK}(?:turn|switch|shut)\s+.+\s+(?:on|off|up|down)|{AT_NO_TIME}(?:hear|listen\s+to)\s+"
        rf"{OF_NO_TASK}.+|lights?\s+(?:on|off|out|up|down)",
    ),
)
