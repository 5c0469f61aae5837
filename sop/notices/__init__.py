"""The table event → who hears of it, in which template, loud or silent, and which reminders follow.

Every event class has an entry here or stands in SILENT; a test demands it. Nobody hears of an act twice: the person
who did it gets the answer of their own tap, the others a card or a line.
"""

from sop.notices import meeting, people, recap, scoring, steps, tasks, whole  # each registers its hearings
from sop.notices.common import give_open_tasks
from sop.notices.hearing import hear, heard

__all__ = ["give_open_tasks", "hear", "heard", "meeting", "people", "recap", "scoring", "steps", "tasks", "whole"]
