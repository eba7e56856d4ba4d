"""QUESTIONS: which questions a chat had, in whose words, and who moderated it.

What lives here: find_questions (the recipe), first_askings (which post asks each number), wordings
(a question's words), repeats (who asks it again), questions_from_answers (numbers that only answers
bear), groups and group_names (a chat without numbers), announced, given.
May import: `kinds`, `reading`, and below. May not import: placing or another step.
Example: `chat = find_questions(chat, posts)`.
"""

from chinwag.steps.questions.announced import mark_announced
from chinwag.steps.questions.find_questions import find_questions
from chinwag.steps.questions.given import GIVEN, keep_given_questions

__all__ = ["GIVEN", "find_questions", "keep_given_questions", "mark_announced"]
