"""Shapes of English commands that are no task list's business: calls, messages, music, the device itself."""

from __future__ import annotations

from conversations.agent.rules.language import Frame
from conversations.agent.rules.languages.en.nouns import (
    HAPPENING,
    OBJECT,
)
from conversations.agent.rules.marks import WHEN, WORDS

_CALL = (
    r"(?:(?:video\s+|phone\s+|conference\s+|group\s+|zoom\s+)?call|conference|conversation"
    r"|group\s?chat|chat|facetime)"
)
_MEDIA = r"(?:photos?|pictures?|pics?|selfies?|videos?|gifs?|emojis?|stickers?|memes?|thumbs\s+up)"
FRAMES = (
    Frame(
        "other",
        r"(?:change|set|switch|use|update|turn)\s+(?:to\s+)?(?:(?:your|the|my)\s+)?(?:name|accent|voice"
        r"|language|speaking\s+\w+|user\s?name"
        r"|(?:whisper|quiet|silent|night|guest|dark|airplane|driving)\s+mode)\b.*|(?:go|switch)\s+"
        r"(?:in)?to\s+\w+\s+mode"
        r"|(?:speak|talk)\s+(?:(?:to\s+me\s+)?in\s+\w+|(?:a\s+(?:bit|little)\s+)?(?:faster|slower|louder"
        r"|quieter|up|more)\b.*)"
        r"|(?:please\s+)?(?:call|name)\s+(?:me|yourself)\s+\w+|my\s+name\s+is\b.*|whisper|speak\s+up",
    ),
    Frame(
        "other",
        r"(?:find|locate|ring|ping|track)\s+(?:where\s+)?(?:my\s+)?(?:phone|cell(?:\s?phone)?|mobile|device"
        r"|watch|tablet|headphones)(?:\s.*)?"
        r"|(?:sync|pair|connect|disconnect|unsync|unpair)\s+(?:(?:to|with|my|the|a|this|your)\s+)*(?:\w+\s+"
        r")?(?:phone|device|bluetooth"
        r"|speakers?|tv|headphones|tablet|computer|watch|car)\b.*|share\s+my\s+(?:current\s+)?location\b.*",
    ),
    Frame(
        "other",
        r"transfer\s+(?:\$|[0-9]|.*\b(?:dollars|bucks|euros|pounds|money|funds)\b).*|(?:roll|throw)\s+(?:a"
        r"|the|some|two)?\s*(?:die|dice"
        r"|[0-9]+[\s-]sided.*)|(?:flip|toss)\s+a\s+coin|(?:translate|define|spell|convert)\b.*|(?:freeze"
        r"|unfreeze|block|unblock)\s+"
        r"(?:my\s+)?(?:\w+\s+)*(?:account|card)|(?:tell|show|give|read)\s+(?:me|us)\s+(?:the|a|an|some)\s+"
        r"(?:time|joke|story|fact|news|date)\b.*",
    ),
    Frame(
        "other",
        r"(?:tell|text|message|whatsapp|dm)\s+(?!me\b|us\b)(?:my\s+|the\s+)?\w+\s+(?:that\s+)?(?:i|i'm|i'll"
        r"|i've|i'd|we|we're|we'll)\s.*",
    ),
    Frame("other", r"mark\s+me\s+(?:as|down)\b.*|check\s+(?:the\s+)?current\b.*|rsvp\b.*"),
    Frame(
        "other",
        rf"(?:book|order|get|call|find|hail|fetch|grab|buy|rent)\s+(?:me|us)\s+(?!(?:to|up|out|off|ready|in|back|going"
        rf"|at|on|for|by|about|that|and|as|from|with|when|if)\b)(?!(?:(?!for\b)[\w'-]+\s+){{0,3}}(?:{OBJECT}|{HAPPENING})s?\b).*",
    ),
    Frame(
        "other",
        r"remind\s+(?:me|us)\s+(?:again\s+)?(?:of|what)\s+(?:(?:the|my|our)\s+)?(?:[\w']+\s+)?(?:address"
        r"|phone\s+number|password|score"
        rf"|capital|definition|meaning|name){WORDS}*",
    ),
    Frame(
        "other",
        rf"(?:add|invite|connect|merge|include|bring|put|loop|patch|dial|join|conference)\s+(?:in\s+)?.+?\s+"
        rf"(?:to|into|in"
        rf"|on|onto)\s+(?:(?:the|this|my|our|current|ongoing|existing|active|a)\s+)*{_CALL}\s*(?:{WHEN})?",
    ),
    Frame(
        "other",
        rf"(?:send|forward|share|show|upload|text)\s+(?:(?:a|an|the|my|these|those|some|this|that|our)\s+"
        rf")*(?:\w+\s+)?{_MEDIA}"
        rf"\s+(?:to|with|of)\s+{WORDS}+|(?:send|forward|share|text)\s+\w+\s+(?:(?:a|an|the|my|these|some"
        rf"|this|that)\s+)*"
        rf"(?:\w+\s+)?{_MEDIA}(?:\s+of\s+{WORDS}+)?",
    ),
    Frame(
        "other",
        r"(?:send|write|shoot|drop|leave|record|text|message|tell|reply|respond|forward)\s+"
        r"(?:.{0,60}?\b)?(?:messages?|texts?"
        r"|sms|dms?|voicemail|whatsapp|repl(?:y|ies))\b.*\b(?:saying|asking|telling|say|ask|tell|let|if"
        r"|whether|that)\b.*",
    ),
    Frame(
        "other",
        rf"(?:i\s+)?(?:need|want|have|like)?\s*(?:to\s+)?(?:leave|record|make|answer|read|open|play|check"
        rf"|hear|see|delete"
        rf"|reply\s+to|respond\s+to)\s+(?:(?:a|an|the|my|that|this|new|last|all)\s+)*(?:voice\s+|video\s+"
        rf"|audio\s+|text\s+)?"
        rf"(?:messages?|voicemails?|recordings?|texts?|dms?|inbox|notifications)(?:\s+(?:from|for|to|of)\s+"
        rf"{WORDS}+)?",
    ),
    Frame(
        "other",
        r"(?:i\s+|we\s+)?(?:need|want|'d\s+like|would\s+like|could\s+use|like|have|am\s+looking\s+for"
        r"|looking\s+for)\s+"
        r"(?:(?:a|an|some|any|good|the|new|quick|easy|nice|more|great)\s+)*(?:\w+\s+)?(?:recipes?|ideas"
        r"|directions|advice"
        r"|suggestions?|information|info|recommendations?|news|weather|forecast|temperature|thermostat"
        r"|lights?|uber|lyft"
        r"|taxi|cab|music|song|playlist|podcast|joke|translation|definition|explanation|exchange\s+rate)\b.*",
    ),
    Frame(
        "other",
        rf"(?!.*\b(?:{OBJECT}|lists?|bulbs?)\b)(?:set|turn|put|make|keep|change|start|add|play|save|like|switch"
        rf"|skip|go)\s+(?:.{{0,40}}?\b)?(?:track|song|music|playlist|album|radio"
        r"|station|podcast|audiobook|thermostat|temperature|brightness|volume|lights?|lamps?|heating|air\s+"
        r"conditioning|ac"
        r"|shuffle|tv\s+volume)\b.*",
    ),
    Frame(
        "other",
        r"(?:make|create|give\s+me|write|compile|get\s+me)\s+(?:a\s+|the\s+)?lists?\s+of\s+(?:the\s+|all\s+"
        r")?(?:top|best|most"
        r"|famous|popular|\d+|good|great|countries|presidents)\b.*|(?:create|compose|write|give)\s+(?:me\s+"
        r")?(?:a|an)\s+"
        r"(?:poem|story|speech|joke|riddle|haiku|rap|limerick|summary|essay)\s+(?:on|about)\b.*",
    ),
)
