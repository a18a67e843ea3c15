"""Shapes of English commands that a phone or a home obeys, and no task list: calls, messages, apps, lights.

What names a time is left alone: it may well be a task ("turn off the oven at six").
"""

from __future__ import annotations

from conversations.agent.rules.language import DURATION_MARK, Frame
from conversations.agent.rules.languages.en.nouns import CALENDAR, EVENT, OBJECT
from conversations.agent.rules.marks import MARKS

AT_NO_TIME = rf"(?!.*[{MARKS}{DURATION_MARK}])"
OF_NO_TASK = rf"(?!.*\b(?:{OBJECT}|{EVENT}|(?<!play)lists?|{CALENDAR})\b)"
_THE = r"(?:(?:the|this|that|my|our|your|his|her|their|a|an|all|another|every|any|these|those|some|of)\s+)*"
_SOMEBODY = (
    r"(?!(?:me|us)\b)(?:(?:the|my|our|your)\s+)?[\w'-]+(?:\s+and\s+[\w'-]+|\s+(?!that\b|if\b)[\w'-]+)?"
)
_CLAUSE = (
    r"(?:i|i'm|im|i'll|i've|i'd|we|we're|we'll|we've|it's|it\s+is|he|he's|she|she's|they|they're|you|there"
    r"|dinner|lunch|practice|(?:their|your)\s+(?:\w+\s+){1,2}(?:is|are|was|were)|how\s+(?:much|bad|good))\b"
)
_MAIL = (
    r"(?:e-?mails?|mails?|messages?|texts?|sms|voice\s?mails?|conversations?|chats?|dms?|notifications?"
    r"|threads?|requests?|inbox|posts?|comments?|drafts?|spam)"
)
_NETWORK = (
    r"(?:facebook|twitter|instagram|snapchat|tiktok|linkedin|whatsapp|messenger|skype|facetime|telegram"
    r"|signal|slack|reddit|pinterest|youtube|social\s+media|zoom)"
)
_APP = (
    rf"(?:{_NETWORK}|spotify|pandora|netflix|hulu|apps?|applications?|browser|camera|flash\s?light|torch"
    r"|bluetooth|wi-?\s?fi|hot\s?spot|web\s?sites?|gallery|photos|settings|maps?|google|calculator"
    r"|airplane\s+mode|do\s+not\s+disturb|screen|keyboard)"
)
_LIGHT = (
    r"(?:lights?|lamps?|bulbs?|brightness|thermostat|heating|heater|radiators?|air\s+con(?:ditioner|ditioning)"
    r"?|ac|a/c|fans?|plugs?|sockets?|outlets?|blinds?|curtains?|shutters|speakers?|tv|television|projector"
    r"|robot|roomba|vacuum\s+cleaner|coffee\s+(?:maker|machine)|volume|humidifier|sprinklers?)"
)
_HEARD = (
    r"(?:songs?|tracks?|tunes?|albums?|music|play\s?lists?|podcasts?|episodes?|radio|stations?|channels?"
    r"|audio\s?books?|videos?|artists?|bands?|singers?)"
)

_CALLS = (
    Frame(
        "other",
        rf"(?:do\s+not\s+|don't\s+)?(?:accept|decline|reject|answer|ignore|end|merge|hang\s+up|hold|mute"
        rf"|unmute|join|leave|drop|transfer|pick\s+up|pick|disconnect|cut|take|block|screen|silence|stop"
        rf"|quit|put)\s+(?:on\s+|off\s+|out\s+of\s+)?(?:making\s+)?{_THE}(?:(?:incoming|current|last|group"
        rf"|video|phone|conference|\w+'s)\s+)*(?:calls?|phone|line|caller|ringer)"
        rf"(?:\s+(?:from|with|of|to|on|now|through|please)\b.*)?",
    ),
    Frame(
        "other", r"(?:decline|accept|answer|reject|hang\s+up|hang\s+up\s+on\s+.+|redial|pick\s+up)(?:\s+it)?"
    ),
    Frame(
        "other",
        r"(?:put|place|switch|get|take)\s+(?:(?:it|him|her|them|this|that|me|everyone|the\s+\w+|[\w']+)\s+)?"
        r"(?:on|to|off|through)\s+(?:to\s+)?(?:hold|mute|speaker(?:\s?phone)?|loud\s?speaker|headset|video)\b.*",
    ),
    Frame(
        "other",
        rf"{AT_NO_TIME}(?:(?:start|begin|make|place|initiate|open|create)\s+{_THE}(?:new\s+)?(?:[\w-]+\s+)"
        rf"{{0,2}}(?:call|chat|conversation|group)(?:\s+(?:with|to|for|between|called|named)\b.*)?"
        rf"|(?:re)?dial\s+[0-9].*|(?:video|voice|conference)[\s-]?call\b.*|face\s?time\b.*"
        rf"|(?:video\s+)?chat\s+with\b.*|get\s+.+\s+on\s+the\s+(?:line|phone)|(?:call|phone|ring|buzz|contact|reach|try)\s+.+\s+(?:on|via|using|with|through|over|by)\s+"
        rf"(?:the\s+|my\s+)?(?:\w+\s+)?(?:{_NETWORK}|speaker(?:\s?phone)?|video|cell(?:\s?phone)?|mobile)"
        rf"|(?:call|ring|try)\s+(?:back\s+)?(?:the\s+last\s+\w+|that\s+number|again))",
    ),
)

_MESSAGES = (
    Frame(
        "other",
        rf"{AT_NO_TIME}(?:tell|text|message|whatsapp|dm|inform|notify|e-?mail|warn|reply\s+to|respond\s+to"
        rf"|reply|respond|answer|write|write\s+to|say\s+to)\s+{_SOMEBODY}\s*,?\s+(?:that\b|{_CLAUSE}|to\s+say\b"
        rf"|saying\b|back\b|and\s+(?:say|tell|ask)\b|not\s+to\b).*",
    ),
    Frame(
        "other",
        rf"{AT_NO_TIME}(?:(?:text|message|whatsapp|dm|e-?mail|write|ask|write\s+to|reply\s+to)\s+{_SOMEBODY}"
        rf"\s*,?\s+(?:and\s+)?(?:ask(?:ing)?\s+)?(?:if|whether|what|when|where|how|why|who|which|about\s+the\s+"
        rf"party|ask|hi|hello)\b.*|ask\s+(?!me\b|us\b).{{1,40}}?\s+(?:if|whether|what|when|where|how|why|who|which)\b.*"
        rf"|send\s+.{{1,40}}?\b(?:saying|that\s+says|telling|asking)\b.*|new\s+{_MAIL}\s+(?:to|for)\b.*"
        rf"|(?:say|send)\s+(?:hi|hello|happy\s+\w+|good\s+\w+|congrat\w*|thanks|my\s+"
        rf"love|regards|hugs|greetings)\b.*|tell\s+{_SOMEBODY}\s+(?:hi|hello|thanks|happy\s.*|good\s.*)"
        r"|let\s+(?!me\b|us\b)[\w\s']{1,30}?\s+know\b.*)",
    ),
    Frame(
        "other",
        r"let\s+(?:me|us)\s+know\s+(?:if|whether|how|what|which|where|who|why|the)\b"
        rf"{OF_NO_TASK}{AT_NO_TIME}.*",
    ),
    Frame(
        "other",
        rf"{AT_NO_TIME}(?:forward|send|share|show)\s+(?:.{{1,30}}\s+)?(?:this|that|it|these|those|my\s+"
        rf"(?:current\s+)?(?:location|position|eta|contact(?:\s+info)?|number))\b(?:\s+(?:to|with)\b.*|\s+"
        rf"(?:one|{_MAIL}|{_HEARD})\b.*)?",
    ),
    Frame(
        "other",
        rf"(?!.*\blists?\b)(?:(?:archive|delete|erase|remove|open|read|forward|star|flag|mark|mute|unmute|hide|show|check|play"
        rf"|answer|dismiss|ignore|move|view|see|block|unblock|leave|like|share|edit|send|reply\s+to|respond\s+"
        rf"to|react\s+to|listen\s+to|hear|get|accept|decline|cancel|compose|unsend)\s+(?:me\s+|out\s+|back\s+)?{_THE}"
        rf"(?:(?:last|latest|newest|new|recent|most|first|next|unread|previous|old|entire|whole|group|facebook"
        rf"|text|voice|\w+'s|junk|missed|this|chat|friend)\s+)*{_MAIL})(?:\s+(?:from|to|of|by|about|with|in|on"
        rf"|as|that|again|please|out\s+loud|aloud|i)\b.*)?",
    ),
    Frame(
        "other",
        rf"{AT_NO_TIME}(?:tweet|retweet)\s+.+|{AT_NO_TIME}(?:post|share|like|follow|unfollow|comment|friend"
        rf"|update|publish|upload|check|message|add|poke)\b.*\b{_NETWORK}\b.*"
        rf"|(?:like|love|dislike|heart|follow|unfollow|react|comment|laugh|reply|respond)\s+(?:to\s+|on\s+|at\s+"
        rf"|with\s+)?(?:this|that|it|.+'s\s+(?:\w+\s+)?(?:photo|picture|post|message|status|comment|video)s?)"
        rf"\b.*|react\s+with\b.*|send\s+(?:a|an|the)\s+(?:thumbs|smiley|heart|emoji|sticker|gif|wave|like)\b.*",
    ),
)

_APPS = (
    Frame(
        "other",
        rf"{AT_NO_TIME}{OF_NO_TASK}(?:open|launch|close|start|run|load|exit|quit|go\s+to|switch\s+to|connect"
        rf"(?:\s+(?:to|with))?|disconnect(?:\s+from)?|turn\s+(?:on|off)|enable|disable|activate|use|show|pull"
        rf"\s+up|bring\s+up)\s+(?:up\s+)?{_THE}(?:\w+\s+)?{_APP}\b.*",
    ),
    Frame(
        "other",
        rf"{AT_NO_TIME}(?:take|snap|record|capture|shoot)\s+(?:me\s+)?(?:a|an|another|some|the)\s+(?:\w+\s+)?"
        rf"(?:picture|photo|pic|selfie|video|screen\s?shot|snapshot|voice\s+memo)s?(?:\s+(?:of|with|for)\s+(?:me"
        rf"|us|this|that|it)|\s+now)?|{AT_NO_TIME}(?:show|find|search|pull\s+up|bring\s+up|get)\s+.*\b"
        rf"(?:pictures?|photos?|pics|images?|videos?|clips?)\s+(?:of|from)\b.*",
    ),
    Frame(
        "other",
        r"(?:increase|decrease|enlarge|reduce|change|raise|lower|make|set|adjust)\s+(?:the\s+|my\s+|your\s+)*"
        r"(?:font|text\s+size|screen|ring\s?tone|wall\s?paper|speed|voice|tone|accent|pitch)\b.*"
        r"|reset\s+(?:yourself|(?:to\s+)?(?:(?:the|your|my|all|factory|original|default)\s+)*settings?|the\s+"
        r"device)\b.*"
        r"|(?:read|say|play|show|do)\s+(?:that|it|this)\s+(?:again|back|once\s+more|one\s+more\s+time|over)",
    ),
)

_HOME = (
    Frame(
        "other",
        rf"(?!change\s.*\bbulbs?\b){AT_NO_TIME}{OF_NO_TASK}(?:turn|switch|power|shut|dim|brighten|lower|raise|set|change|adjust|start"
        rf"|stop|run|activate|deactivate|open|close|increase|decrease|reduce|put|make|bring|cut|crank|keep"
        rf"|mute|unmute|silence|pause)\s+(?:on\s+|off\s+|up\s+|down\s+|out\s+)*{_THE}(?:[\w'-]+\s+){{0,3}}?"
        rf"{_LIGHT}\b.*",
    ),
    Frame(
        "other",
        rf"{AT_NO_TIME}make\s+(?:it|the|my|this)\b.{{0,40}}?\b(?:brighter|darker|warmer|cooler|hotter|colder"
        rf"|louder|quieter|lighter|softer|faster|slower)\b.*|(?:make|brew|pour|fix|get|bring)\s+(?:me|us)\s+"
        rf"(?:a|an|some|another)\s+(?:\w+\s+){{0,2}}(?:coffee|tea|espresso|latte|cappuccino)\b.*"
        rf"|{AT_NO_TIME}brew\s+(?:a|some|the)\b.*|(?:louder|quieter|volume|brighter|darker|mute|unmute)\b.*",
    ),
)

_MEDIA = (
    Frame(
        "other",
        rf"{OF_NO_TASK}(?:remove|delete|take|add|save|put|like|love|hate|dislike|rate|download|queue|start|stop"
        rf"|pause|resume|rewind|repeat|replay|shuffle|loop|skip|turn|change|make|create|build|find|open|continue"
        rf"|play|keep|buy\s+me|hear|give\s+me|get\s+me|begin|favorite|follow|browse|switch|set)\s+(?:\S+\s+)"
        rf"{{0,6}}?{_HEARD}\b.*",
    ),
    Frame(
        "other",
        r"(?:i\s+|we\s+|i'd\s+|they\s+)?(?:would\s+|really\s+)?(?:want|need|like|love|feel\s+like|wanna)\s+"
        r"(?:to\s+)?(?:hear|listen(?:ing)?|play(?:ing)?\s+(?:some|the|my))\b.*",
    ),
    Frame(
        "other",
        rf"{AT_NO_TIME}play\s+(?:(?:a|some|the|me|with\s+me|against\s+me)\s+)*(?:\w+\s+){{0,3}}(?:games?|trivia"
        rf"|with\s+me|against\s+me|for\s+me|next|again)\b.*|(?:let's|lets|let\s+us)\s+play\b.*",
    ),
)

FRAMES = (*_CALLS, *_MESSAGES, *_APPS, *_HOME, *_MEDIA)
