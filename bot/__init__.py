"""The process: knows everything, decides nothing."""

import os

# python-telegram-bot then gives times as timedelta, as its next major version will, and warns of nothing.
os.environ.setdefault("PTB_TIMEDELTA", "1")
