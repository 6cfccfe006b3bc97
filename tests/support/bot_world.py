"""What a Bot API server knows and does, without HTTP: chats, messages, presses, menus; with Telegram's limits and errors."""

from __future__ import annotations

import itertools
import re
import time
from collections import Counter, defaultdict, deque
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from .bot_html import Refusal, parse_html, units

JSON = dict[str, Any]
BOT = {"id": 1, "is_bot": True, "first_name": "Partnership Assistant", "username": "partner_bot"}
ENTITY = re.compile(r"(?P<bot_command>(?<!\S)/\w+(@\w+)?)|(?P<mention>(?<!\w)@\w+)")
MOST_CHARACTERS, MOST_ID_BYTES = 4096, 64
MOST_DOWNLOADED = 20 << 20


@dataclass(frozen=True)
class Reply:
    """A message of the bot's as the app shows it, and what the bot asked for."""

    id: int
    text: str
    buttons: tuple[tuple[str, str], ...]  # label and callback data
    asked: JSON = field(repr=False, compare=False)


@dataclass
class World:
    """The server's state; `call` is what the bot does, the other methods what people do."""

    updates: deque[JSON] = field(default_factory=deque)
    messages: dict[int, dict[int, JSON]] = field(default_factory=lambda: defaultdict(dict))
    replies: dict[int, list[Reply]] = field(default_factory=lambda: defaultdict(list))
    blocked: set[int] = field(default_factory=set)
    migrated: dict[int, int] = field(default_factory=dict)
    calls: list[tuple[str, JSON]] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)
    shown: dict[tuple[str, str], Any] = field(default_factory=dict)  # menu and descriptions, by method and language
    webhook: JSON = field(default_factory=lambda: {"url": ""})
    queries: dict[str, float] = field(default_factory=dict)
    seconds_between: float = 0.0  # in one chat; sooner is refused with 429
    per_second: int = 0  # in all, within any second; more is refused with 429; 0 is no limit
    files: set[str] = field(default_factory=set)
    accepted_at: list[float] = field(default_factory=list)  # when each message came, by time.monotonic()
    refused: int = 0  # messages that came too soon
    uploads: int = 0  # files that came with their content
    contents: dict[str, bytes] = field(default_factory=dict)  # of files, by their id
    names: dict[str, str] = field(default_factory=dict)  # of the bot's files, by their id
    arrived: Callable[[], None] = lambda: None
    sent: Callable[[int], None] = lambda chat: None
    _numbers: itertools.count[int] = field(default_factory=lambda: itertools.count(1))
    _last_sent: dict[int, float] = field(default_factory=dict)
    _recent: deque[float] = field(default_factory=deque)

    # What people do

    def say(self, chat: int, text: str, **more: Any) -> JSON:
        """A text in a chat; a negative chat is a group. `person` is who, `edit` the message number to change."""
        return self.post(chat, {"text": text, "entities": _entities(text)}, **more)

    def post(self, chat: int, content: JSON, *, person: int | None = None, language: str | None = "en", edit: int | None = None,
             reply_to: int | None = None, topic: int | None = None) -> JSON:
        """Any message, with its own fields such as `photo` or `location`."""
        number = edit or next(self._numbers)
        message: JSON = {"message_id": number, "date": int(time.time()), "chat": chat_of(chat),
                         "from": user(person or abs(chat), language)} | content
        message |= {"reply_to_message": self.messages[chat][reply_to]} if reply_to else {}
        message |= {"message_thread_id": topic, "is_topic_message": True} if topic else {}
        message |= {"edit_date": int(time.time())} if edit else {}
        self.messages[chat][number] = message
        return self.update({"edited_message" if edit else "message": message})

    def send_file(self, chat: int, name: str, content: bytes, *, caption: str = "", **more: Any) -> JSON:
        """A document in a chat; without a name a picture."""
        number = f"theirs-{len(self.contents)}"
        self.contents[number] = content
        file = {"file_id": number, "file_unique_id": number, "file_size": len(content)}
        sent: JSON = {"document": file | {"file_name": name}} if name else {"photo": [file | {"width": 8, "height": 8}]}
        return self.post(chat, sent | ({"caption": caption} if caption else {}), **more)

    def press(self, chat: int, button: str, *, message: int | None = None, person: int | None = None) -> JSON:
        """A button by its label or data, on the newest message that has it or on the one named."""
        reply = next(reply for reply in reversed(self.replies[chat]) if message in (None, reply.id)
                     and any(button in pair for pair in reply.buttons))
        data = next(data for label, data in reply.buttons if button in (label, data))
        query = str(10**9 + next(self._numbers))
        self.queries[query] = time.monotonic()
        return self.update({"callback_query": {
            "id": query, "from": user(person or abs(chat), "en"), "chat_instance": str(chat), "data": data,
            "message": dict(self.messages[chat][reply.id])}})

    def block(self, chat: int, *, blocked: bool = True) -> JSON:
        """The person blocks the bot, or lets it in again."""
        (self.blocked.add if blocked else self.blocked.discard)(chat)
        states = ({"status": "member", "user": BOT}, {"status": "kicked", "user": BOT, "until_date": 0})
        return self.update({"my_chat_member": {
            "chat": chat_of(chat), "from": user(abs(chat), "en"), "date": int(time.time()),
            "old_chat_member": states[not blocked], "new_chat_member": states[blocked]}})

    def update(self, content: JSON) -> JSON:
        """Puts an update in line and returns it."""
        update = {"update_id": next(self._numbers)} | content
        self.updates.append(update)
        self.arrived()
        return update

    # What the bot does

    def call(self, method: str, asked: JSON) -> Any:
        """The result of a method; raises Refusal as Telegram does, KeyError for a method it does not know."""
        if method.startswith(("setMy", "getMy")):
            return self._front(method, asked)
        return METHODS[method](self, asked)

    def _front(self, method: str, asked: JSON) -> Any:
        key = (method[5:], asked.get("language_code", ""))
        field_name = {"Commands": "commands", "Description": "description", "ShortDescription": "short_description",
                      "Name": "name"}[method[5:]]
        if method.startswith("get"):
            value = self.shown.get(key, [] if field_name == "commands" else "")
            return value if field_name == "commands" else {field_name: value}
        value = asked.get(field_name, "")
        if field_name == "commands" and not all(re.fullmatch("[a-z0-9_]{1,32}", one["command"]) for one in value):
            raise Refusal(400, "Bad Request: BOT_COMMAND_INVALID")
        self.shown[key] = value
        return True

    def _get_me(self, asked: JSON) -> JSON:
        return BOT | {"can_join_groups": True, "can_read_all_group_messages": False, "supports_inline_queries": False}

    def _menu_button(self, asked: JSON) -> Any:
        return self.shown.get(("MenuButton", ""), {"type": "default"})

    def _set_menu_button(self, asked: JSON) -> bool:
        self.shown["MenuButton", ""] = asked["menu_button"]
        return True

    def _send_message(self, asked: JSON) -> JSON:
        text, entities = _read_text(asked)
        return self._accepted(asked, text, {"text": text} | ({"entities": entities} if entities else {}))

    def _send_photo(self, asked: JSON) -> JSON:
        return self._accepted(asked, str(asked.get("caption", "")), {"photo": [{"file_id": self._file(asked.get("photo"))}]})

    def _send_document(self, asked: JSON) -> JSON:
        number = self._file(asked.get("document"))
        return self._accepted(asked | {"file": number}, str(asked.get("caption", "")), {"document": {"file_id": number}})

    def _file(self, given: Any) -> str:
        """The id of a file that was named, or of one that came along."""
        if isinstance(given, str) and given in self.files:
            return given
        if not hasattr(given, "filename"):
            raise Refusal(400, "Bad Request: wrong remote file identifier specified")
        self.uploads += 1
        number = f"file-{self.uploads}"
        self.files.add(number)
        self.contents[number], self.names[number] = given.file.read(), given.filename
        return number

    def _get_file(self, asked: JSON) -> JSON:
        number = str(asked["file_id"])
        if number not in self.contents:
            raise Refusal(400, "Bad Request: wrong file_id or the file is temporarily unavailable")
        if len(self.contents[number]) > MOST_DOWNLOADED:
            raise Refusal(400, "Bad Request: file is too big")
        return {"file_id": number, "file_unique_id": number, "file_size": len(self.contents[number]),
                "file_path": f"documents/{number}"}

    def _accepted(self, asked: JSON, text: str, content: JSON) -> JSON:
        chat = self._open_chat(asked)
        keyboard = _read_keyboard(asked.get("reply_markup"))
        self._pace(chat)
        number = next(self._numbers)
        message: JSON = {"message_id": number, "date": int(time.time()), "chat": chat_of(chat), "from": BOT} | content
        message |= {"reply_markup": {"inline_keyboard": keyboard}} if keyboard else {}
        replied = self.messages[chat].get(int((asked.get("reply_parameters") or {}).get("message_id", 0)))
        message |= {"reply_to_message": replied} if replied else {}
        self.messages[chat][number] = message
        buttons = tuple((one["text"], one["callback_data"]) for row in keyboard for one in row)
        self.replies[chat].append(Reply(number, text, buttons, asked))
        self.sent(chat)
        return message

    def _open_chat(self, asked: JSON) -> int:
        try:
            chat = int(asked["chat_id"])
        except (KeyError, ValueError):
            raise Refusal(400, "Bad Request: chat_id is empty") from None
        if chat in self.migrated:
            raise Refusal(400, "Bad Request: group chat was upgraded to a supergroup chat",
                          migrate_to_chat_id=self.migrated[chat])
        if chat in self.blocked:
            raise Refusal(403, "Forbidden: bot was blocked by the user")
        if chat not in self.messages:
            raise Refusal(400, "Bad Request: chat not found")
        return chat

    def _pace(self, chat: int) -> None:
        now = time.monotonic()
        wait = self._last_sent.get(chat, -1e9) + self.seconds_between - now
        if wait > 0:
            self.refused += 1
            seconds = max(1, round(wait))
            raise Refusal(429, f"Too Many Requests: retry after {seconds}", retry_after=seconds)
        while self._recent and self._recent[0] <= now - 1:
            self._recent.popleft()
        if self.per_second and len(self._recent) >= self.per_second:
            self.refused += 1
            raise Refusal(429, "Too Many Requests: retry after 1", retry_after=1)
        self._recent.append(now)
        self.accepted_at.append(now)
        self._last_sent[chat] = now

    def _edit_text(self, asked: JSON) -> JSON:
        message = self._own_message(asked)
        text, entities = _read_text(asked)
        markup = {"inline_keyboard": _read_keyboard(asked.get("reply_markup"))}
        before = (message.get("text"), message.get("reply_markup", {"inline_keyboard": []}))
        if before == (text, markup):
            raise Refusal(400, "Bad Request: message is not modified: specified new message content and reply markup are exactly "
                               "the same as a current content and reply markup of the message")
        message |= {"text": text, "entities": entities, "reply_markup": markup}
        return message

    def _edit_markup(self, asked: JSON) -> JSON:
        message = self._own_message(asked)
        message["reply_markup"] = {"inline_keyboard": _read_keyboard(asked.get("reply_markup"))}
        return message

    def _own_message(self, asked: JSON) -> JSON:
        message = self.messages[int(asked["chat_id"])].get(int(asked["message_id"]))
        if message is None:
            raise Refusal(400, "Bad Request: message to edit not found")
        if message["from"] is not BOT:
            raise Refusal(400, "Bad Request: message can't be edited")
        return message

    def _answer(self, asked: JSON) -> bool:
        if str(asked["callback_query_id"]) not in self.queries:
            raise Refusal(400, "Bad Request: query is too old and response timeout expired or query ID is invalid")
        del self.queries[str(asked["callback_query_id"])]
        return True


METHODS: dict[str, Callable[[World, JSON], Any]] = {
    "getMe": World._get_me, "sendMessage": World._send_message, "sendPhoto": World._send_photo,
    "sendDocument": World._send_document, "editMessageText": World._edit_text,
    "editMessageReplyMarkup": World._edit_markup, "answerCallbackQuery": World._answer,
    "getFile": World._get_file, "setChatMenuButton": World._set_menu_button, "getChatMenuButton": World._menu_button,
}


def chat_of(number: int) -> JSON:
    """A chat as updates show it; negative numbers are groups."""
    if number < 0:
        return {"id": number, "type": "supergroup", "title": f"Group {-number}"}
    return {"id": number, "type": "private", "first_name": f"Person {number}"}


def user(number: int, language: str | None) -> JSON:
    """A person as updates show them."""
    shown: JSON = {"id": number, "is_bot": False, "first_name": f"Person {number}"}
    return shown | ({"language_code": language} if language else {})


def _entities(text: str) -> list[JSON]:
    return [{"type": found.lastgroup, "offset": units(text[: found.start()]), "length": units(found[0])}
            for found in ENTITY.finditer(text) if found.lastgroup]


def _read_text(asked: JSON) -> tuple[str, list[JSON]]:
    raw = str(asked.get("text", ""))
    if not raw:
        raise Refusal(400, "Bad Request: message text is empty")
    text, entities = parse_html(raw) if asked.get("parse_mode") == "HTML" else (raw, [])
    if not text.strip():
        raise Refusal(400, "Bad Request: text must be non-empty")
    if len(text) > MOST_CHARACTERS or len(raw.encode()) > 1 << 15:
        raise Refusal(400, "Bad Request: message is too long")
    return text, entities


def _read_keyboard(markup: JSON | None) -> list[list[JSON]]:
    rows: list[list[JSON]] = (markup or {}).get("inline_keyboard", [])
    for button in itertools.chain.from_iterable(rows):
        if not button.get("text"):
            raise Refusal(400, "Bad Request: can't parse inline keyboard button: Text buttons are unallowed in the inline "
                               "keyboard")
        if not 0 < len(button.get("callback_data", "").encode()) <= MOST_ID_BYTES:
            raise Refusal(400, "Bad Request: BUTTON_DATA_INVALID")
    return rows
