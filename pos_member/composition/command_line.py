"""The commands of the program. Each failure is one sentence on standard error and exit status 2."""

from __future__ import annotations

import argparse
import logging
import uuid
from collections.abc import Callable, Sequence
from pathlib import Path

from pos_member.composition.sentences import complain
from pos_member.domain.errors import Spoken, UserCancelled


def run(arguments: Sequence[str]) -> int:
    """Runs one command and answers with the exit status."""
    options = _parser().parse_args(arguments)
    command: Callable[[argparse.Namespace], int] = options.command
    try:
        return command(options)
    except Spoken as spoken:
        return complain(spoken)
    except (KeyboardInterrupt, UserCancelled):
        return 130
    except Exception:
        incident = uuid.uuid4().hex[:8]
        logging.getLogger(__name__).exception("incident %s", incident)
        template = "程序内部出错，编号 {incident}：已记入日志，数据没有丢失"
        return complain(Spoken("incident", template, incident=incident))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="main.py", description="药店会员收银终端 · Point-of-sale terminal for member sales in pharmacies"
    )
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    _till(commands.add_parser("till", help="启动本机收银终端 · run the till of this counter PC"))
    _enrol(commands.add_parser("enrol", help="用一次性注册码把本机接入总部 · enrol this PC with a one-time code"))
    _head_office(commands.add_parser("head-office", help="总部服务 · run head office, or make an enrolment code"))
    _demo(
        commands.add_parser("demo", help="演示店：总部、收银终端、柜台面板 · a demo store; without a display, a tour")
    )
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


def _port(text: str) -> int:
    if not (text.isascii() and text.isdigit() and int(text) < 65536):
        raise argparse.ArgumentTypeError(f"{text}: 0–65535")
    return int(text)


def _demo(parser: argparse.ArgumentParser) -> None:
    root = Path(__file__).resolve().parents[2]
    parser.add_argument("--data", type=Path, default=root / "build" / "demo", help="数据文件夹 · data folder")
    parser.add_argument(
        "--tour", type=Path, default=root / "build" / "tour", help="导览图片 · where the tour's pictures go"
    )
    parser.add_argument("--language", choices=("zh", "en"), default="zh", help="界面语言 · language of the screens")
    parser.set_defaults(command=_run_demo)


def _data_option(parser: argparse.ArgumentParser, name: str) -> None:
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
