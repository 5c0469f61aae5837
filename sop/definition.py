"""The SOP as data: steps, actors, hand-overs, durations, papers, reminders, permissions and visibility.

Models of office/sop.yaml, frozen and cross-checked. What may happen is defined here; what did happen is in `cycle.py`.
"""

import re
from collections.abc import Mapping
from typing import Literal

from pydantic import BaseModel, ConfigDict, field_validator, model_validator

ADMINISTRATOR = "administrator"

# Acts that are not steps; the table `permissions` of sop.yaml says which roles may do them.
ACTS = frozenset(
    {
        "open_cycle",
        "review_evidence",
        "close_collection",
        "bind_group",
        "suspend_cycle",
        "cancel_cycle",
        "reopen_cycle",
        "see_status",
        "see_audit",
        "manage_people",
        "delegate",
        "record_delivery",
        "replace_letter",
        "see_register",
        "keep_register",
    }
)


class Frozen(BaseModel):
    """Base of everything that the office may change: unknown keys are mistakes, values never change."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Duration(Frozen):
    """A stretch of office time: exactly one of minutes in office hours, working days, or weeks."""

    office_minutes: int | None = None
    working_days: int | None = None
    weeks: int | None = None

    @model_validator(mode="after")
    def _exactly_one(self) -> "Duration":
        given = [v for v in (self.office_minutes, self.working_days, self.weeks) if v is not None]
        if len(given) != 1:
            raise ValueError("give exactly one of office_minutes, working_days, weeks")
        if not 0 < given[0] <= 100_000:
            raise ValueError("must be between 1 and 100000")
        return self

    def longer_than(self, other: "Duration") -> bool:
        """Whether this is longer, as far as the two are written in the same unit."""
        pairs = (
            (self.office_minutes, other.office_minutes),
            (self.working_days, other.working_days),
            (self.weeks, other.weeks),
        )
        return any(a is not None and b is not None and a > b for a, b in pairs)


class Rung(Frozen):
    """One rung of a reminder ladder: `half`, `due`, `N working day(s) before`, `each working day after`."""

    kind: Literal["half", "before", "due", "each_after"]
    days: int = 0

    @property
    def key(self) -> str:
        """Name of the rung in rows and templates."""
        return f"before_{self.days}" if self.kind == "before" else self.kind

    @staticmethod
    def parse(text: str) -> "Rung":
        """Read a rung as the YAML writes it.

        Raises:
            ValueError: the text is no rung; says which there are.
        """
        if text in ("half", "due"):
            return Rung(kind="half" if text == "half" else "due")
        if text == "each working day after":
            return Rung(kind="each_after")
        match = re.fullmatch(r"(\d+) working days? before", text)
        if match and 1 <= int(match[1]) <= 30:
            return Rung(kind="before", days=int(match[1]))
        raise ValueError(
            f"unknown reminder '{text}'; known: half, due, 'N working days before', 'each working day after'"
        )


class Actor(Frozen):
    """A pelaksana of the SOP. *one_of* `opd`: a member speaks for one agency. *addressed*: how a letter names it."""

    name: str
    short: str = ""
    addressed: str = ""
    one_of: Literal["opd"] | None = None


class PaperKind(Frozen):
    """A paper of the SOP. *audience* is its class in the visibility table."""

    title: str
    audience: str
    template: str = ""  # empty: an uploaded official file
    numbered: bool = False


class Need(Frozen):
    """One entry of a step's kelengkapan: a paper that goes with the task, or a tool that is only ticked on paper."""

    title: str
    paper: str = ""


class Step(Frozen):
    """One step (kegiatan) of the SOP."""

    key: str
    number: int
    title: str
    activity: str
    actor: str
    hands_over_to: tuple[str, ...] = ()
    dialogue: str = "plain"
    each: Literal["opd"] | None = None
    needs: tuple[Need, ...] = ()
    produces: tuple[str, ...] = ()
    target: Duration | None = None
    limit: Duration
    time_text: str
    output: str
    clock: Literal["on_opening", "on_delivery", "on_sending", "on_meeting"] = "on_opening"
    begin_within: Duration | None = None  # on_meeting: the time in which the meeting must be scheduled
    returns_to: tuple[str, ...] = ()
    acts: tuple[Literal["hand_over", "return", "ask"], ...] = ("hand_over",)
    acknowledged_by: str = ""  # the role that takes note of the report before the step can end (SOP step 7)
    invites: tuple[str, ...] = ()  # on_meeting: the roles that are invited; empty: all actors of the SOP
    signature_reminder: Duration | None = None  # how often to ask while the output is away for a signature
    remind: tuple[Rung, ...] = ()

    @field_validator("remind", mode="before")
    @classmethod
    def _read_ladder(cls, value: object) -> object:
        if isinstance(value, list | tuple):
            return tuple(v if isinstance(v, Rung | Mapping) else Rung.parse(str(v)) for v in value)
        return value


class Identity(Frozen):
    """The identity block of the SOP sheet (PermenPANRB 35/2012). What the office has not given stays a visible gap."""

    number: str = ""
    made_on: str = ""
    revised_on: str = ""
    effective_on: str = ""
    approved_by: str = ""  # title of who approved the SOP
    unit: str = ""  # the bidang whose SOP it is
    confirmed: bool = False  # whether the office has confirmed who does what, which the SOP's text leaves open
    legal_basis: tuple[str, ...] = ()
    qualifications: tuple[str, ...] = ()
    related: tuple[str, ...] = ()
    equipment: tuple[str, ...] = ()
    warning: str = ""
    records: str = ""


class Sop(Frozen):
    """The whole SOP."""

    key: str
    version: int
    title: str
    identity: Identity = Identity()
    actors: Mapping[str, Actor]
    papers: Mapping[str, PaperKind]
    steps: tuple[Step, ...]
    permissions: Mapping[str, tuple[str, ...]]
    visibility: Mapping[str, Mapping[str, str]]  # audience class → role → yes | own | no | from <step>

    def step(self, key: str) -> Step:
        """The step with this key (a cycle only ever names steps of its own definition)."""
        return next(s for s in self.steps if s.key == key)

    def role_name(self, role: str) -> str:
        """A role in words."""
        actor = self.actors.get(role)
        return actor.name if actor else "Administrator"

    @property
    def letters_to_opds(self) -> tuple[str, ...]:
        """Kinds of the numbered letters that are prepared before the OPDs are asked (SOP steps 1 to 3)."""
        before = []
        for step in self.steps:
            if step.each:
                break
            before += [k for k in step.produces if self.papers[k].numbered]
        return tuple(dict.fromkeys(before))

    def may(self, act: str) -> tuple[str, ...]:
        """The roles that may do *act* (table `permissions`)."""
        return self.permissions[act]

    def problems(self, dialogues: frozenset[str], acts: frozenset[str]) -> list[str]:
        """Everything that does not fit together, each with its place and remedy; empty when all is well."""
        found: list[str] = []
        if not self.steps:
            found.append("steps: the SOP needs at least one step")
        for position, step in enumerate(self.steps):
            at = f"steps[{position}] ({step.key})"
            found.extend(f"{at}: {what}" for what in self._place_problems(position, step))
            found.extend(f"{at}: {what}" for what in self._name_problems(step, dialogues))
        found.extend(self._table_problems(acts))
        return found

    def _place_problems(self, position: int, step: Step) -> list[str]:
        """What is wrong with the place of a step among the others."""
        keys = [s.key for s in self.steps]
        found = []
        if keys.count(step.key) > 1:
            found.append("the key stands twice")
        if step.number != position + 1:
            found.append(f"number is {step.number}, but it stands at place {position + 1}")
        reach = position + 1 if step.acknowledged_by else position  # a report can come back to its own step
        found.extend(f"returns_to '{k}' is not an earlier step" for k in step.returns_to if k not in keys[:reach])
        if (step.clock == "on_meeting") != (step.begin_within is not None):
            found.append("begin_within and 'clock: on_meeting' belong together")
        if "return" in step.acts and not step.returns_to:
            found.append("acts has 'return', but returns_to names no step")
        if step.target and step.target.longer_than(step.limit):
            found.append("target is longer than limit; the target is the first of the two dates")
        return found

    def _name_problems(self, step: Step, dialogues: frozenset[str]) -> list[str]:
        """Names in a step that nobody knows."""
        roles = (step.actor, *step.hands_over_to, *step.invites, *filter(None, (step.acknowledged_by,)))
        found = [f"unknown actor '{r}'; known: {', '.join(self.actors)}" for r in roles if r not in self.actors]
        if step.dialogue not in dialogues:
            found.append(f"unknown dialogue '{step.dialogue}'; known: {', '.join(sorted(dialogues))}")
        actor = self.actors.get(step.actor)
        if step.each and actor and actor.one_of != step.each:
            found.append(f"'each: {step.each}' needs an actor with 'one_of: {step.each}'")
        kinds = (*step.produces, *(n.paper for n in step.needs if n.paper))
        found.extend(f"unknown paper '{k}'; known: {', '.join(self.papers)}" for k in kinds if k not in self.papers)
        return found

    def _table_problems(self, acts: frozenset[str]) -> list[str]:
        found: list[str] = []
        roles, keys = {*self.actors, ADMINISTRATOR}, {s.key for s in self.steps}
        for act in sorted(acts - set(self.permissions)):
            found.append(f"permissions: '{act}' is missing")
        for act, allowed in self.permissions.items():
            if act not in acts:
                found.append(f"permissions: unknown act '{act}'; known: {', '.join(sorted(acts))}")
            found.extend(f"permissions ({act}): unknown role '{r}'" for r in allowed if r not in roles)
        for name, kind in self.papers.items():
            if kind.audience not in self.visibility:
                found.append(
                    f"papers ({name}): unknown audience '{kind.audience}'; known: {', '.join(self.visibility)}"
                )
        for audience, row in self.visibility.items():
            for role, value in row.items():
                if role not in roles:
                    found.append(f"visibility ({audience}): unknown role '{role}'")
                step = value.removeprefix("from ")
                if value not in ("yes", "own", "no") and not (value.startswith("from ") and step in keys):
                    found.append(f"visibility ({audience}, {role}): '{value}'; give yes, own, no or 'from <step>'")
        return found
