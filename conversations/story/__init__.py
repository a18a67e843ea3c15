"""All that is known of one turn, on one time axis, for those who have to find out what happened."""

from conversations.story.moments import Moment, Part, Story
from conversations.story.telling import tell_story

__all__ = ["Moment", "Part", "Story", "tell_story"]
