"""The arguments of every command, and the work that each stands for."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from types import MappingProxyType
from typing import Final


def parse(arguments: Sequence[str]) -> Callable[[], int]:
    """The command that the arguments ask for; its exit status comes when it is called.

    ``SystemExit`` 2 with the usage where they make no sense, 0 after ``--help``.
    """
    options = _parser(arguments).parse_args(arguments)
    command: Callable[[argparse.Namespace], int] = options.command
    return partial(command, options)


def _parser(arguments: Sequence[str]) -> argparse.ArgumentParser:
    """The parser, with the options of those commands alone that the arguments name."""
    parser = argparse.ArgumentParser(
        prog="main.py", description="药店会员收银终端 · Point-of-sale terminal for member sales in pharmacies"
    )
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    for name, (purpose, add_options) in _COMMANDS.items():
        command = commands.add_parser(name, help=purpose)
        if name in arguments:
            add_options(command)
    return parser


def _till(parser: argparse.ArgumentParser) -> None:
    _data_option(parser, "till")
    parser.set_defaults(command=_run_till)


def _enrol(parser: argparse.ArgumentParser) -> None:
    _data_option(parser, "till")
    parser.add_argument("--head-office", required=True, metavar="URL", help="总部地址 · address of head office")
    parser.add_argument("--code", required=True, help="一次性注册码 · one-time enrolment code")
    parser.set_defaults(command=_run_enrol)


def _head_office(parser: argparse.ArgumentParser) -> None:
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    serve = commands.add_parser("serve", help="启动总部服务 · serve the tills")
    _data_option(serve, "head-office")
    serve.add_argument("--host", default="127.0.0.1", help="监听地址 · address to listen on (%(default)s)")
    serve.add_argument("--port", type=_port, default=8470, help="端口，0 为任选 · port, 0 for a free one (%(default)s)")
    serve.add_argument("--until-input-closes", action="store_true", help="标准输入关闭即停 · end with standard input")
    serve.set_defaults(command=_run_serve)
    code = commands.add_parser("code", help="生成注册码 · make a one-time enrolment code")
    _data_option(code, "head-office")
    code.add_argument("--store", required=True, help="门店编号 · id of the store")
    code.add_argument("--name", required=True, help="终端名称 · what the till is called")
    code.set_defaults(command=_run_code)


def _calc(parser: argparse.ArgumentParser) -> None:
    parser.allow_abbrev = False
    parser.add_argument(
        "--ruleset", metavar="FILE", help="规则集文件，缺省用内置的 · another ruleset than the built-in"
    )
    parser.add_argument(
        "computation",
        choices=("quote", "return", "balance", "tier", "batch"),
        help="算价、退货、积分余额、等级，或一行一笔 · a price, a return, a balance, a tier, or one a line",
    )
    parser.set_defaults(command=_run_calc)


def _backup(parser: argparse.ArgumentParser) -> None:
    _data_option(parser, "till")
    parser.add_argument("--to", type=_path, required=True, metavar="PATH", help="文件夹或文件 · folder or .db file")
    parser.set_defaults(command=_run_backup)


def _restore(parser: argparse.ArgumentParser) -> None:
    _data_option(parser, "till")
    parser.add_argument("backup", type=_path, metavar="BACKUP", help="备份文件 · the backup")
    parser.set_defaults(command=_run_restore)


def _check(parser: argparse.ArgumentParser) -> None:
    _data_option(parser, "till")
    parser.set_defaults(command=_run_check)


def _path(text: str) -> object:
    from pathlib import Path

    if not text:
        raise argparse.ArgumentTypeError("路径是空的 · an empty path")
    return Path(text)


def _port(text: str) -> int:
    if not (text.isascii() and text.isdigit() and int(text) < 65536):
        raise argparse.ArgumentTypeError(f"{text}: 0–65535")
    return int(text)


def _demo(parser: argparse.ArgumentParser) -> None:
    from pathlib import Path

    root = Path(__file__).resolve().parents[2]
    parser.add_argument("--data", type=Path, default=root / "build" / "demo", help="数据文件夹 · data folder")
    parser.add_argument(
        "--tour", type=Path, default=root / "build" / "tour", help="导览图片 · where the tour's pictures go"
    )
    parser.add_argument("--language", choices=("zh", "en"), default="zh", help="界面语言 · language of the screens")
    parser.set_defaults(command=_run_demo)


def _data_option(parser: argparse.ArgumentParser, name: str) -> None:
    from pathlib import Path

    from platformdirs import user_data_path

    default = user_data_path("pos-member", appauthor=False) / name
    parser.add_argument("--data", type=Path, default=default, help="数据文件夹 · data folder (%(default)s)")


def _run_till(options: argparse.Namespace) -> int:
    from pos_member.composition.till_command import run_till

    return run_till(options.data)


def _run_enrol(options: argparse.Namespace) -> int:
    from pos_member.composition.enrolling import enrol_till

    print(enrol_till(options.data, options.head_office, options.code))
    return 0


def _run_serve(options: argparse.Namespace) -> int:
    from pos_member.composition.head_office_command import serve

    return serve(options.data, options.host, options.port, until_input_closes=options.until_input_closes)


def _run_code(options: argparse.Namespace) -> int:
    from pos_member.composition.head_office_command import enrolment_code

    print(enrolment_code(options.data, options.store, options.name))
    return 0


def _run_demo(options: argparse.Namespace) -> int:
    from pos_member.composition.demo import run_demo

    return run_demo(options.data, options.tour, options.language)


def _run_backup(options: argparse.Namespace) -> int:
    from pos_member.composition.file_commands import run_backup

    return run_backup(options.data, options.to)


def _run_restore(options: argparse.Namespace) -> int:
    from pos_member.composition.file_commands import run_restore

    return run_restore(options.data, options.backup)


def _run_check(options: argparse.Namespace) -> int:
    from pos_member.composition.file_commands import run_check

    return run_check(options.data)


def _run_calc(options: argparse.Namespace) -> int:
    from pos_member.composition.calc.run import run_calc

    return run_calc(options.computation, options.ruleset)


_COMMANDS: Final[Mapping[str, tuple[str, Callable[[argparse.ArgumentParser], None]]]] = MappingProxyType(
    {
        "till": ("启动本机收银终端 · run the till of this counter PC", _till),
        "enrol": ("用一次性注册码把本机接入总部 · enrol this PC with a one-time code", _enrol),
        "head-office": ("总部服务 · run head office, or make an enrolment code", _head_office),
        "backup": ("备份本机的销售数据，收银时也可以 · back a till up, also while it sells", _backup),
        "restore": ("从备份恢复，收银终端须先关闭 · put a backup back; the till must not run", _restore),
        "check": ("全面检查本机的销售数据 · check everything a till holds", _check),
        "demo": ("演示店：总部、收银终端、柜台面板 · a demo store; without a display, a tour", _demo),
        "calc": ("会员规则计算：JSON 进，JSON 出 · the programme's arithmetic, JSON in and out", _calc),
    }
)
