"""Groups: bound to their purpose by an authorised person, followed when they move, given up when the bot is out."""

from telegram import ChatMember

from handlers.lists import pressed
from handlers.registry import STAY, ButtonAction, Command, Dialogue, Next
from handlers.turn import Turn
from sop.actions import people
from sop.actions.cycles import by_permission
from sop.outgoing import Choice
from sop.people import ADMINISTRATOR
from sop.ports import GroupBinding
from sop.refusals import NothingThere

ROLES = frozenset({ADMINISTRATOR, "tim_diskominfo"})
ADD = "hubungkan"  # payload of the link that adds the bot to a group
_GROUPS = ("group", "supergroup")
_OUT = (ChatMember.LEFT, ChatMember.BANNED)


def bind(turn: Turn) -> Next:
    """`/hubungkan_grup`: in the group, by argument or by button; in private, how to go about it."""
    by_permission(turn.uow, turn.acting, "bind_group")
    if turn.private:
        turn.say("groups/how", [[Choice("groups.add", url=f"?startgroup={ADD}")]], bot=turn.bot_name)
        return STAY
    purpose = turn.arguments.lower()
    return _bind(turn, purpose) if purpose in people.group_purposes(turn.office.sop) else _ask(turn)


def started(turn: Turn) -> Next:
    """Telegram says `/start` in a group to which the bot was added by a link; ours goes on with the question."""
    may = turn.office.sop.may("bind_group")
    if turn.arguments == ADD and turn.who is not None and turn.who.roles & set(may):
        return _ask(turn)
    return STAY


def _ask(turn: Turn) -> Next:
    rows = [
        [
            Choice(
                "groups.bind",
                arg=purpose,
                label={
                    "team": turn.office.sop.role_name(purpose),
                    "elsewhere": turn.uow.groups.of(purpose) is not None,
                },
            )
        ]
        for purpose in people.group_purposes(turn.office.sop)
    ]
    turn.say("groups/ask_purpose", rows)
    return STAY


def choose_purpose(turn: Turn) -> Next:
    """The tapped purpose; anybody in the group can tap, the authority is the tapper's."""
    if turn.private:
        raise NothingThere(what="tombol")
    return _bind(turn, pressed(turn).arg)


def _bind(turn: Turn, purpose: str) -> Next:
    chat = turn.update.effective_chat
    title = (chat.title if chat else "") or ""
    turn.act(people.bind_group, GroupBinding(purpose, turn.chat_id, turn.thread_id, title))
    turn.show("group/bound", team=turn.office.sop.role_name(purpose))
    return STAY


def membership(turn: Turn) -> Next:
    """The bot was added, removed, blocked or unblocked."""
    change = turn.update.my_chat_member
    if change is None:
        return STAY
    out = _outside(change.new_chat_member)
    if turn.private and turn.who is not None:
        if out:
            people.unreachable(turn.uow, turn.who.id, "blocked", now=turn.now)
        else:
            people.reachable_again(turn.uow, turn.who.id, now=turn.now)
    elif turn.chat_type in _GROUPS and out:
        people.lose_group(turn.uow, turn.chat_id, "kicked", now=turn.now)
    elif turn.chat_type in _GROUPS and _outside(change.old_chat_member) and not _bound_here(turn):
        turn.say("groups/hello", bot=turn.bot_name)
    return STAY


def _outside(member: ChatMember) -> bool:
    """Left, removed, or restricted without being in the chat."""
    return member.status in _OUT or (member.status == ChatMember.RESTRICTED and not getattr(member, "is_member", True))


def _bound_here(turn: Turn) -> bool:
    """Whether this is a bound group already: one that moved greets nobody anew."""
    return any(b.chat == turn.chat_id for b in turn.uow.groups.all())


def migration(turn: Turn) -> Next:
    """A group became a supergroup; told in the old chat and in the new one, whichever comes first."""
    message = turn.update.message
    if message is not None and message.migrate_to_chat_id:
        people.migrate_group(turn.uow, turn.chat_id, message.migrate_to_chat_id, now=turn.now)
    elif message is not None and message.migrate_from_chat_id:
        people.migrate_group(turn.uow, message.migrate_from_chat_id, turn.chat_id, now=turn.now)
    return STAY


DIALOGUE = Dialogue(
    key="groups",
    commands=(Command("hubungkan_grup", bind, roles=ROLES, where="both"),),
    buttons=(ButtonAction("groups.bind", choose_purpose, roles=ROLES),),
)
