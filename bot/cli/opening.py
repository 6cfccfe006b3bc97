"""What a command opens before it works: the settings, and the store with its migrations applied."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Coroutine, Iterator
from contextlib import asynccontextmanager, contextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING, TypeVar

from .failing import BadSetting, Failure, one_line

if TYPE_CHECKING:
    from sqlalchemy.ext.asyncio import AsyncConnection

    from bot.settings import Settings
    from bot.store.database import Store

T = TypeVar("T")


def settings() -> Settings:
    """The settings, from the environment or `.env`.

    Raises BadSetting where one of them cannot be used.
    """
    from pydantic import ValidationError

    from bot.settings import Settings

    try:
        return Settings()
    except ValidationError as error:
        wrong = "; ".join(f"{'_'.join(map(str, row['loc'])).upper()}: {row['msg']}" for row in error.errors())
        raise BadSetting(f"Mend these settings, in the environment or in .env: {wrong}.") from error


def store_at(address: str) -> Store:
    """A door to the database; nothing is connected yet.

    Raises Failure where the address cannot be one.
    """
    from sqlalchemy.exc import ArgumentError, InvalidRequestError

    from bot.store.database import Store

    try:
        return Store(address)
    except ModuleNotFoundError as error:
        raise Failure(f"{error.name} is missing for DATABASE_URL: run pip install 'partnership-assistant[postgres]'.") from error
    except (ArgumentError, InvalidRequestError, ValueError) as error:
        raise Failure("DATABASE_URL is not understood: write sqlite+aiosqlite:///FILE or "
                      f"postgresql+asyncpg://USER:PASSWORD@HOST/NAME ({one_line(error)}).") from error
    except OSError as error:
        raise Failure(f"The database's folder cannot be made: check DATA_DIR and DATABASE_URL ({one_line(error)}).") from error


@contextmanager
def plainly_told(store: Store) -> Iterator[None]:
    """Turns what a database that cannot be worked with raises into one line."""
    from sqlalchemy.exc import DBAPIError

    try:
        yield
    except Exception as error:
        over_network = isinstance(error, OSError) or type(error).__module__.startswith(("asyncpg", "psycopg"))
        if isinstance(error, DBAPIError) or (over_network and not store.is_sqlite):
            raise _no_answer(store, error) from error
        raise


@asynccontextmanager
async def open_store(chosen: Settings) -> AsyncIterator[Store]:
    """The store, which a running assistant may be using at the same time."""
    from bot.store.migrate import migrate

    store = store_at(chosen.database)
    try:
        with plainly_told(store):
            await migrate(store)
            yield store
    finally:
        await store.close()


def in_transaction(chosen: Settings, work: Callable[[AsyncConnection], Coroutine[object, object, T]]) -> T:
    """Opens the store and does `work` in one transaction."""

    async def done() -> T:
        async with open_store(chosen) as store, store.write() as connection:
            return await work(connection)

    return asyncio.run(done())


def now() -> datetime:
    """The clock of commands."""
    return datetime.now(UTC)


def _no_answer(store: Store, error: BaseException) -> Failure:
    shown = store.url.render_as_string(hide_password=True)
    return Failure(f"The database {shown} does not answer: check DATABASE_URL and DATA_DIR ({one_line(error)}).")
