"""Opening one of the two database files: made if need be, brought up to date, or left alone with the reason."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection, Engine

from pos_member.domain.errors import Fault
from pos_member.storage.engine import Durability, open_engine, reading, write_failed, writing


@dataclass(frozen=True, slots=True, kw_only=True)
class History:
    """The migrations of one file, in a folder of their own; ``head`` is the latest revision."""

    name: str
    head: str
    durability: Durability

    @property
    def folder(self) -> Path:
        """Where the revisions are."""
        return Path(__file__).parent / "migrations" / self.name


TERMINAL = History(name="terminal", head="terminal_0002", durability=Durability.FULL)
REPLICA = History(name="replica", head="replica_0002", durability=Durability.NORMAL)


def open_database(path: Path, history: History) -> Engine:
    """Opens a file, making it or migrating it up first. A file that is up to date costs one query.

    ``Fault``: ``folder_unwritable``; ``database_newer`` (a newer program wrote it; nothing was changed);
    ``database_damaged``, ``disk_write_failed``.
    """
    require_writable(path.parent)
    _make(path)
    engine = open_engine(path, history.durability)
    try:
        with reading(engine) as connection:
            revision = _revision(connection)
        if revision != history.head:
            with writing(engine) as connection:
                _upgrade(connection, history, path)
    except BaseException:
        engine.dispose()
        raise
    return engine


def require_writable(folder: Path) -> None:
    """Makes the folder if need be. ``Fault`` ``folder_unwritable`` with what the system said."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError as error:
        raise unwritable(folder, error) from error


def _make(path: Path) -> None:
    """An empty file where there is none."""
    try:
        path.touch(exist_ok=False)
    except FileExistsError:
        return
    except OSError as error:
        raise write_failed(path, error) from error


def unwritable(folder: Path, error: OSError) -> Fault:
    """The fault of a folder that the system lets nobody write in."""
    return Fault(
        "folder_unwritable",
        "数据文件夹 {folder} 不能写入（{reason}）：请换一个文件夹，或请管理员开放权限",
        retryable=False,
        folder=str(folder),
        reason=error.strerror or type(error).__name__,
    )


def require_known(revision: str, history: History, path: Path) -> None:
    """``Fault`` ``database_newer`` when the file at ``path`` is at a revision that this program does not know."""
    from alembic.script import ScriptDirectory  # slow to import, and needed only when something is to be done

    if revision not in {known.revision for known in ScriptDirectory(history.folder).walk_revisions()}:
        raise Fault(
            "database_newer",
            "{file} 是由更新版本的程序写入的，本程序无法打开：请把程序更新到最新版本。文件没有任何改动",
            retryable=False,
            file=path.name,
        )


def _revision(connection: Connection) -> str | None:
    """The revision a file is at; None for a file without tables."""
    known = connection.exec_driver_sql("SELECT 1 FROM sqlite_master WHERE name = 'alembic_version'").scalar()
    if known is None:
        return None
    revision = connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar()
    return None if revision is None else str(revision)


def _upgrade(connection: Connection, history: History, path: Path) -> None:
    """Runs what is missing, all in the caller's transaction."""
    from alembic.migration import MigrationContext  # slow to import, and needed only when something is to be done
    from alembic.operations import Operations
    from alembic.script import ScriptDirectory

    script = ScriptDirectory(history.folder)
    current = _revision(connection)
    if current is not None:
        require_known(current, history, path)
    context = MigrationContext.configure(connection)
    with Operations.context(context):
        for revision in reversed(list(script.iterate_revisions(history.head, current or "base"))):
            revision.module.upgrade()
            context.stamp(script, revision.revision)
