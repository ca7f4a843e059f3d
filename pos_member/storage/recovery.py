"""A damaged ``terminal.db``: set aside, and all that can be read of it put in its place, in a new epoch."""

from __future__ import annotations

from pathlib import Path

from pos_member.domain.clock import Clock, instant_text
from pos_member.storage.carry_over import CarryOver, Recovery
from pos_member.storage.database_file import TERMINAL, open_database
from pos_member.storage.engine import write_failed, writing
from pos_member.storage.file_swap import swap_in
from pos_member.storage.salvage import salvage
from pos_member.storage.snapshot_file import leave_one_file, remove_database
from pos_member.storage.witness import read_witness


def recover_terminal(path: Path, *, terminal_id: str, clock: Clock, new_epoch: str) -> Recovery:
    """Sets the file of a terminal aside, puts one with everything readable in its place, and a report beside it.

    Receipt numbers go on after the greatest that was seen or witnessed. ``Fault`` ``disk_write_failed``; then the
    damaged file is where it was.
    """
    fresh = path.with_name(f"{path.stem}-recovering{path.suffix}")
    seen = read_witness(path)
    try:
        found = salvage(path)
        remove_database(fresh)
        engine = open_database(fresh, TERMINAL)
        try:
            with writing(engine) as connection:
                carried = CarryOver(connection, found, terminal_id, new_epoch)
                recovery = carried.carry(seen if seen is not None and seen.terminal_id == terminal_id else None, clock)
        except BaseException:
            engine.dispose()
            raise
        leave_one_file(engine)
        swap_in(path, fresh, _report(recovery, clock))
    except OSError as error:
        raise write_failed(path, error) from error
    return recovery


def _report(recovery: Recovery, clock: Clock) -> str:
    """What happened, for whoever finds the damaged file."""
    return f"""\
数据抢救报告  {instant_text(clock.now())}

损坏的文件：与本报告同名的 .db（原样保留，请勿删除，可交给总部技术支持）
抢救出的销售：{recovery.sales} 笔，小票号 {recovery.first_receipt}–{recovery.last_receipt}
抢救出的其他记录（退货、班次、会员等）：{recovery.facts} 条
读不出来的小票号：{recovery.ranges}
需要重新上传总部的记录：{recovery.told_again} 条，联网后自动上传

读不出来的销售若已上传，总部都有；请把以上小票号告诉总部核对。
在总部重新登记本机之前，本机离线时不能使用积分。
"""
