"""`tro-ly telegram`: answer on Telegram without a public address, or have Telegram bring its updates here."""

from __future__ import annotations

import logging
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event
from typing import TYPE_CHECKING, Annotated
from urllib.parse import urlsplit

import typer

from assistant.assistant import Assistant, build, now
from assistant.errors import AssistantError, SettingError
from assistant.settings import Settings
from channels.commands.screen import err, index_progress, out, told_plainly
from channels.messenger.mailbox import Mailbox
from channels.messenger.serving import connect
from channels.telegram.connecting import connected
from channels.telegram.menu import menu
from channels.telegram.polling import Poller
from channels.telegram.settings import TelegramSettings
from channels.telegram.updates import ALLOWED, CHANNEL
from channels.telegram.webhook import PATH
from knowledge.errors import KnowledgeError

if TYPE_CHECKING:
    from channels.telegram.bot_api import BotApi

_SWEEP_SECONDS = 3600.0

log = logging.getLogger(__name__)

app = typer.Typer(help="The Telegram bot.", no_args_is_help=True)


class TelegramTrouble(AssistantError):
    """Telegram cannot be used as it is set up."""


@app.command("poll")
def poll() -> None:
    """Fetch what citizens write, and answer it, until Ctrl-C. No public address is needed."""
    with told_plainly():
        bot = _bot()
        sender = connected(bot)
        name = sender.api.account().name
        brought = sender.api.webhook()["url"]
        if brought:
            raise TelegramTrouble(f"Updates are brought to {brought}. Run `tro-ly telegram webhook --off` first.")
        settings = Settings.read()
        with index_progress() as report:
            assistant = build(settings, report)
        messengers = connect(assistant, {CHANNEL: sender}, settings)
        messengers.postman.start()
        err.print(f"Answering as @{name}. Ctrl-C ends it.", markup=False)
        try:
            with _until_told() as stop:
                threading.Thread(target=_sweep, args=(assistant, messengers.mailbox, stop), daemon=True).start()
                Poller(sender.api, messengers.mailbox, bot.bot).run(stop)
        finally:
            messengers.postman.stop()


@app.command("webhook")
def webhook(
    url: Annotated[str, typer.Argument(help=f"The public address of this server; {PATH} is put behind it.")] = "",
    off: Annotated[bool, typer.Option("--off", help="Have no updates brought any longer.")] = False,
) -> None:
    """Have Telegram bring updates to this server (`tro-ly serve`), or no longer."""
    if bool(url) == off:
        raise typer.BadParameter("give the address of this server, or --off")
    with told_plainly():
        bot = _bot()
        api = connected(bot).api
        if off:
            api.delete_webhook()
            out.print("Updates are brought nowhere now.")
            return
        if not bot.secret:
            raise SettingError("TROLY_TELEGRAM_SECRET is not set: without it anybody could write in a citizen's name.")
        address = _address(url)
        api.set_webhook(address, ALLOWED)
        out.print(f"Updates are brought to {address}", markup=False)


@app.command("commands")
def commands() -> None:
    """Put the commands into the bot's menu, in Vietnamese and English."""
    with told_plainly():
        api = connected(_bot()).api
        api.set_commands(menu("vi"), None)
        for language in ("vi", "en"):
            api.set_commands(menu(language), language)
            for name, described in menu(language):
                out.print(f"{language}  /{name:<10} {described}", markup=False)


@app.command("check")
def check() -> None:
    """Look whether the bot can be reached, and which way updates come."""
    with told_plainly():
        bot = _bot()
        api = connected(bot).api
        out.print(f"bot       @{api.account().name} ({bot.bot})", markup=False)
        _tell_webhook(api)
        if not bot.secret:
            out.print("secret    none: set TROLY_TELEGRAM_SECRET before `tro-ly telegram webhook`", markup=False)


def _sweep(assistant: Assistant, mailbox: Mailbox, stop: Event) -> None:
    """Delete what is past its period, now and then, as the server does."""
    while not stop.wait(_SWEEP_SECONDS):
        try:
            assistant.effects.sweep(now())
            mailbox.sweep()
        except KnowledgeError:
            log.exception("what is past its period was not deleted")


def _tell_webhook(api: BotApi) -> None:
    info = api.webhook()
    out.print(f"updates   {info['url'] or 'are fetched with `tro-ly telegram poll`'}", markup=False)
    out.print(f"waiting   {info['waiting']}", markup=False)
    if info["error"]:
        out.print(f"trouble   {info['error']}", markup=False)


def _bot() -> TelegramSettings:
    bot = TelegramSettings.read()
    if bot is None:
        raise SettingError("There is no bot: get a token from @BotFather and set TROLY_TELEGRAM_TOKEN.")
    return bot


def _address(url: str) -> str:
    """Where updates go, from the address of the server or the whole of it."""
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise TelegramTrouble(f"{url} is no address: give one such as https://1022.example.vn")
    return url if parts.path.endswith(PATH) else url.rstrip("/") + PATH


@contextmanager
def _until_told() -> Iterator[Event]:
    """An event that is set when the process is told to end: a service is told so by SIGTERM."""
    stop = Event()

    def end(*_: object) -> None:
        stop.set()
        raise KeyboardInterrupt  # the request that is held open is not waited for: nothing of it is confirmed

    before = {number: signal.signal(number, end) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield stop
    except KeyboardInterrupt:
        err.print("Ending.")
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
