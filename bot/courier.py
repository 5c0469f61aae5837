"""The calls to the Bot API that carry one job. Raises what python-telegram-bot raises; decides nothing."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace

from telegram import Bot, InlineKeyboardMarkup, InputFile, LinkPreviewOptions, Message, ReplyParameters
from telegram.constants import ParseMode
from telegram.error import TelegramError

from bot import preparing
from bot.keyboard import keyboard
from bot.menus import menu, set_personal_menu
from bot.preparing import EDIT, FileToSend, Job
from bot.splitting import CAPTION_LIMIT, split, visible_length
from bot.verdict import Meaning, understand
from bot.wording import Wording
from handlers.registry import Command
from storage.content import ContentStore
from storage.dispatch import SEND

_NO_PREVIEW = LinkPreviewOptions(is_disabled=True)
Step = Callable[[], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Sent:
    """What has arrived; *anew*: as a new message."""

    message_id: int | None = None
    words: str = ""
    file_id: str | None = None
    anew: bool = False


@dataclass(frozen=True, slots=True)
class Part:
    """One message of several."""

    words: str
    file: FileToSend | None = None


class Courier:
    """Renders and calls."""

    def __init__(self, bot: Bot, wording: Wording, content: ContentStore, commands: tuple[Command, ...]) -> None:
        self._bot = bot
        self._wording = wording
        self._content = content
        self._commands = commands

    async def carry(self, job: Job, *, instead: Step, between: Callable[[int], Awaitable[None]]) -> Sent:
        """Carry out a job.

        *instead* is awaited before a new message replaces one that cannot be edited; *between* after each part of a
        long message but the last, with the number of parts that have arrived.

        Raises:
            WordingError: template, label or data of a button are at fault; nothing was sent.
            FileNotFoundError: the bytes of the attachment are not on the disk.
            TelegramError: the API, or the way to it.
        """
        match job.call:
            case preparing.TOAST:
                return await self._toast(job)
            case preparing.MENU:
                await set_personal_menu(self._bot, job.chat, menu(self._commands, self._wording.commands, job.roles))
                return Sent()
            case preparing.MARKUP:
                await self._unbutton(job)
                return Sent(job.message_id)
        parts, words = self._parts(job)
        markup = keyboard(job.choices, self._wording, self._bot.link)
        sent = Sent(words=words)
        for number, part in list(enumerate(parts))[job.row.parts_done :]:
            last = number == len(parts) - 1
            now = await self._part(job, part, markup if last else None, instead, first=number == 0)
            sent = replace(now, words=words, file_id=sent.file_id or now.file_id, anew=sent.anew or now.anew)
            if not last:
                await between(number + 1)
        return sent

    def _parts(self, job: Job) -> tuple[list[Part], str]:
        words = self._wording.message(job.template, job.params)
        if job.row.again and job.call == SEND:
            words = f"{words}\n\n{self._wording.message('_again', {})}"
        if job.file is None:
            return [Part(part) for part in split(words)], words
        if visible_length(words) <= CAPTION_LIMIT:
            return [Part(words, job.file)], words
        return [Part("", job.file), *(Part(part) for part in split(words))], words

    async def _part(
        self, job: Job, part: Part, markup: InlineKeyboardMarkup | None, instead: Step, *, first: bool
    ) -> Sent:
        if part.file is not None:
            return await self._document(job, part, part.file, markup)
        if job.call == EDIT and first:
            if await self._edit(job, part, markup):
                return Sent(job.message_id)
            await instead()
        message = await self._bot.send_message(
            job.chat,
            part.words,
            parse_mode=ParseMode.HTML,
            link_preview_options=_NO_PREVIEW,
            disable_notification=not job.row.loud,
            message_thread_id=job.thread,
            reply_parameters=self._reply(job),
            reply_markup=markup,
        )
        return Sent(message.message_id, anew=True)

    async def _edit(self, job: Job, part: Part, markup: InlineKeyboardMarkup | None) -> bool:
        """Whether the message now reads so; False if it is not there any more. Raises it for a closed card."""
        try:
            await self._bot.edit_message_text(
                part.words,
                job.chat,
                job.message_id,
                parse_mode=ParseMode.HTML,
                link_preview_options=_NO_PREVIEW,
                reply_markup=markup,
            )
        except TelegramError as error:
            meaning = understand(error).meaning
            if meaning is Meaning.GONE and not job.closing:
                return False
            if meaning is not Meaning.SAME:
                raise
        return True

    async def _document(self, job: Job, part: Part, file: FileToSend, markup: InlineKeyboardMarkup | None) -> Sent:
        if file.file_id is not None:
            return await self._send_document(job, part, file.file_id, markup)
        with self._content.path(file.sha256).open("rb") as source:
            upload = InputFile(source, filename=file.filename, read_file_handle=False)
            return await self._send_document(job, part, upload, markup)

    async def _send_document(
        self, job: Job, part: Part, document: InputFile | str, markup: InlineKeyboardMarkup | None
    ) -> Sent:
        message: Message = await self._bot.send_document(
            job.chat,
            document,
            caption=part.words or None,
            parse_mode=ParseMode.HTML,
            disable_content_type_detection=True,
            disable_notification=not job.row.loud,
            message_thread_id=job.thread,
            reply_parameters=self._reply(job),
            reply_markup=markup,
        )
        return Sent(message.message_id, file_id=message.document.file_id if message.document else None, anew=True)

    async def _toast(self, job: Job) -> Sent:
        words = self._wording.toast(job.template, job.params)
        await self._bot.answer_callback_query(job.row.callback_id, words or None, show_alert=job.row.alert)
        return Sent(words=words)

    async def _unbutton(self, job: Job) -> None:
        try:
            await self._bot.edit_message_reply_markup(job.chat, job.message_id, reply_markup=None)
        except TelegramError as error:
            if understand(error).meaning not in (Meaning.SAME, Meaning.GONE):
                raise

    def _reply(self, job: Job) -> ReplyParameters | None:
        reply_to = job.row.reply_to
        return ReplyParameters(reply_to, allow_sending_without_reply=True) if reply_to else None
