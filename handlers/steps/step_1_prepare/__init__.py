"""Step 1: Tim SPBE Diskominfo opens a cycle and prepares report and letters."""

from handlers.steps.step_1_prepare.preparing import DIALOGUE

__all__ = ["DIALOGUE"]
