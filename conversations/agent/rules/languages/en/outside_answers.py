"""Shapes of English commands that an assistant answers at once, and records that are kept elsewhere."""

from __future__ import annotations

from conversations.agent.rules.language import Frame
from conversations.agent.rules.languages.en.outside_device import AT_NO_TIME, OF_NO_TASK

_THE = r"(?:(?:the|this|that|my|our|your|a|an|all|any|these|those|some|of)\s+)*"
_HERE = rf"{AT_NO_TIME}{OF_NO_TASK}"
# what changes of its own accord, and what somebody else counts
_WATCHED = (
    r"(?:stocks?|shares?|prices?|rates?|rains?|raining|snows?|snowing|storms?|weather|temperature|traffic|scores?"
    r"|news|earthquakes?|humidity|flights?|packages?|parcels?|goals?)"
)
_TEXT = (
    r"(?:poems?|stor(?:y|ies)|songs?|letters?|essays?|speech(?:es)?|raps?|jokes?|haikus?|limericks?|scripts?"
    r"|programs?|code|captions?|slogans?|bios?|summar(?:y|ies)|paragraphs?|sentences?|toasts?)"
)
_KEPT_BY_THE_DEVICE = (
    r"(?:(?:browser|browsing|search|call|watch|chat|purchase|order)\s+histor(?:y|ies)|histor(?:y|ies)|cookies|cache"
    r"|bookmarks?|tabs|photos?|pictures?|pics|images?|screen\s?shots?|contacts?|address\s+book|downloads"
    r"|recordings?|apps?|profile|wall\s?paper|user\s?name|nick\s?name|home\s+screen|(?:phone|home|mailing|email"
    r"|billing|shipping)\s+(?:number|address)|address|insurance\s+plan|payment\s+(?:method|info))"
)

_WRITTEN = (
    Frame(
        "other",
        rf"{_HERE}(?:write|compose|draft|generate|create|make|tell|read|give)\s+(?:me|us)\s+(?:(?:a|an|another|some"
        rf"|the)\s+)?(?:[\w'-]+\s+){{0,2}}{_TEXT}(?:\s+(?:about|on|of|for|to|that|with|in)\b.*)?",
    ),
    Frame(
        "other",
        rf"{AT_NO_TIME}(?:post|publish|tweet|submit|lodge)\s+(?:(?:a|an|the|my|another|some)\s+)+"
        r"(?:(?:bad|good|great|nasty|angry|positive|negative|glowing|honest|public|one\s+star|five\s+star|new|nice)"
        r"\s+)*(?:complaints?|reviews?|ratings?|posts?|status(?:es)?|comments?|tweets?|hashtags?)(?:\s+(?:about|on|to|of"
        r"|for|against|that|saying|at|with|in)\b.*)?|complain\s+(?:to|about|at)\b.*|post\s+(?:that|about)\b.*",
    ),
    Frame(
        "other",
        rf"{_HERE}(?:count|rank|sort|order|list|name|enumerate)\s+(?:(?:up|down|out)\s+)?(?:(?:from\s+)?[0-9a-z]+\s+)?"
        r"(?:to\s+[0-9a-z]+|backwards?|(?:the\s+|these\s+|those\s+)?(?:numbers|planets|words|states|countries"
        r"|presidents|capitals|teams|movies|actors|letters|colou?rs)\b.*)",
    ),
)

_CHOSEN = (
    Frame(
        "other",
        rf"{AT_NO_TIME}(?:summari[sz]e|paraphrase|explain|interpret|decode)\s+(?:this"
        r"|that|it|the\s+(?:news|article|page|text|story|plot|book|movie|rules|difference))\b.*"
        r"|(?:what|give|tell)\s+.*\b(?:your|an)\s+(?:opinion|thoughts|view)\b.*",
    ),
    Frame(
        "other",
        rf"{_HERE}check\s+(?:how|why|who|where|which|what)\b.*|{AT_NO_TIME}(?:browse|surf|scroll|zoom)\b.*"
        rf"|{_HERE}(?:show|find|get)\s+(?:me|us)\b.*\bunder\s+[0-9$].*",
    ),
    Frame(
        "other",
        r"remind\s+(?:me|us)\s+(?:again\s+)?(?:(?:who|whose|whom|why)\b(?!\s+to\b)|(?:what|where|which|how)\s+(?:(?:the|my|our|your|his|her"
        r"|their)\s+)?[\w\s']{1,40}?\s+(?:is|are|was|were|means?)\b|what's\b)"
        rf"{_HERE}(?!.*\b(?:to\s+do|due)\b).*",
    ),
    Frame(
        "other",
        rf"(?:alert|notify|tell|warn|ping|inform|update)\s+(?:me|us)\s+(?:if|when(?:ever)?|as\s+soon\s+as|once|about|on|of)\s+"
        rf".*\b{_WATCHED}\b{AT_NO_TIME}.*|keep\s+(?:me|us)\s+(?:posted|updated|informed)\b.*",
    ),
)

_RECORDS = (
    Frame(
        "other",
        rf"{_HERE}(?:delete|remove|erase|clear|wipe|empty|clean|update|edit|change|sync|back\s+up|export|import|restore|hide"
        rf"|close|open|cancel|upload|rename|show|view)\s+(?:out\s+|up\s+)?(?:the|this|that|my|our|your|all|these|those)\s+{_THE}"
        rf"(?:[\w'-]+\s+){{0,2}}?{_KEPT_BY_THE_DEVICE}(?:\s+(?:on|from|in|of)\b.*)?",
    ),
    Frame(
        "other",
        rf"{AT_NO_TIME}(?:add|save|store|put|keep|enter)\s+.+\s+(?:to|in|into|as)\s+(?:(?:the|my|our|a|an|new)\s+)*"
        rf"(?:phone\s?book|address\s+book|contacts?(?!\s+list)|favou?rites|bookmarks|speed\s+dial)\b.*"
        rf"|{AT_NO_TIME}(?:block|unblock|save|store)\s+(?:this|that|the|his|her)\s+(?:\w+\s+)?(?:number|caller|contact)\b.*",
    ),
    Frame(
        "other",
        r"(?:drop|remove|kick|take|disconnect|delete|boot|throw|cut|exclude|mute|unmute|hold)\s+.+\s+(?:from|off|off\s+of"
        r"|out\s+of|on)\s+(?:(?:the|this|that|our|my|current|ongoing|active|a)\s+)*(?:(?:video|phone|conference|group"
        r"|zoom|skype|three\s+way|3\s+way)\s+)*(?:calls?|group\s?chats?|chats?|conversations?|conference)\b.*",
    ),
    Frame(
        "other",
        rf"{_HERE}(?:turn|switch|activate|enable|enter|go|start|use|disable|deactivate|exit|leave)\s+(?:on\s+|off\s+|into\s+"
        rf"|to\s+|in\s+)?(?:(?:the|your|my)\s+)?(?!work\b)[\w-]+(?:\s+[\w-]+)?\s+mode(?:\s+(?:on|off|now))*"
        rf"|{_HERE}(?:record|tape)\s+(?:this|that|the)\s+(?:show|episode|movie|film|screen|series|conversation|channel)\b.*",
    ),
    Frame(
        "other",
        rf"{_HERE}(?:open|close|shut|raise|lower)\s+{_THE}(?:garage(?:\s+doors?)?|gates?|skylights?|awnings?)"
        rf"|{_HERE}(?:start|stop|run|turn\s+on|turn\s+off|pause|dock|send)\s+{_THE}(?:robot\s+|smart\s+)?(?:vacuum|hoover"
        rf"|dish\s?washer|washing\s+machine|washer|dryer|kettle|micro\s?wave|engine|car)(?:\s+(?:on|off|up|now))?"
        rf"|{_HERE}(?:hoover|vacuum|clean|sweep|mop)\s+.+\s+now",
    ),
)

_SAID = (
    Frame(
        "other",
        rf"{_HERE}(?:the\s+)?(?:[\w'-]+\s+){{0,3}}?lights?\s+(?:on|off|out|up|down|brighter|darker|dimmer|red|green|blue|white"
        rf"|warmer)|{_HERE}(?:warm|heat|cool|light|brighten|darken)\s+(?:up\s+|down\s+)?{_THE}(?:[\w'-]+\s+)?(?:house|home"
        rf"|room|flat|apartment|bed\s?room|kitchen|office|place|hall(?:way)?|it)\b(?:\s+(?:up|down|a\s+bit))*"
        rf"|{_HERE}(?:clean|vacuum|mop|sweep|start|send)\b.*\b(?:with|by)\s+the\s+(?:robot|roomba|vacuum)|robot\b.*",
    ),
    Frame(
        "other",
        r"(?:silence|quiet|mute|be\s+(?:quiet|silent)|no\s+sound|shut\s+up)(?:\s+(?:for|until|till)\b.*)?|no\s+sound\b.*"
        r"|(?:subscribe|unsubscribe)\s+(?:me|us)\b.*|(?:tune|dial)\s+(?:in\s+)?(?:to|into)\b.*"
        rf"|{_HERE}(?:start|open|launch|load|play|begin|run)\s+(?:a\s+game\s+of\s+|a\s+|the\s+|some\s+)?(?:chess|checkers"
        r"|solitaire|sudoku|poker|trivia|hangman|quiz(?:zes)?|tic\s+tac\s+toe|blackjack|scrabble|tetris|crosswords?)\b.*",
    ),
    Frame(
        "other",
        rf"{AT_NO_TIME}(?:reply|respond|react|answer)\s+(?:yes|no|ok|okay|sure|thanks|with|in)\b.*"
        rf"|{AT_NO_TIME}leave\s+.*\bvoice\s?mails?\s+(?:for|with|to|on)\b.*"
        rf"|{_HERE}check\b.*\b(?:mails?|e-?mails?|messages|inbox|voicemails?)|add\s+(?:this\s+|it\s+|that\s+)?to\s+(?:my\s+"
        r"|the\s+)?favou?rites|mark\s+.+\s+as\s+(?:unread|spam|junk)",
    ),
    Frame(
        "other",
        r"(?:change|set|switch|update|use|pick|choose)\s+(?:to\s+)?(?:(?:the|my|your|a|an|another|different)\s+)*"
        r"(?:(?:male|female|british|american|australian|deeper|other|default|system|current)\s+)*(?:time\s?zone|region"
        r"|keyboard|units|voice|accent|language)\b.*|factory\s+reset|(?:flip|toss)\s+coins?",
    ),
)

_PLAYED = (
    Frame(
        "other",
        rf"{_HERE}(?:compose|generate|recite|improvise|make\s+up|invent)\s+(?:(?:a|an|another|some|the|my)\s+)+(?:[\w'-]+\s+)"
        r"{0,2}(?:poems?|sonnets?|ballads?|verses?|rhymes?|riddles?|haikus?|limericks?|raps?|songs?|stor(?:y|ies)|tales?|jokes?"
        r"|pass\s?words?|names?)(?:\s+(?:about|on|of|for|to|with)\b.*)?",
    ),
    Frame(
        "other",
        rf"{AT_NO_TIME}(?:predict|guess|imitate|pretend|impersonate|bark|meow|moo|quack|growl|whistle|beat\s?box|hum|yodel"
        r"|sing|rap)\b.*|queue\s+(?:up\s+)?.+|turn\s+(?:the|a|to\s+the\s+next)\s+page|(?:arm|disarm)\s+(?:the|my|our)\b.*"
        r"|put\s+.+\s+on\s+(?:pause|hold|repeat|shuffle|loop|mute|speaker(?:\s?phone)?)",
    ),
    Frame(
        "other",
        rf"{_HERE}(?:the\s+)?(?:[\w'-]+\s+)?(?:thermostat|heater|heating|fan|ac|air\s+con(?:ditioning)?|volume|brightness|oven"
        r"|lamps?)\s+(?:to|on|at|up|down|off)\b.*|(?:my\s+|the\s+)?horoscope\b.*|lottery\s+(?:numbers|results)\b.*"
        r"|(?:the\s+)?(?:word|quote|joke|fact|recipe|verse|tip|picture|song|saying)\s+of\s+the\s+day",
    ),
)

FRAMES = (*_PLAYED, *_SAID, *_WRITTEN, *_CHOSEN, *_RECORDS)
