"""The point-of-sale terminal: ``python main.py --help`` lists every command."""

from __future__ import annotations

import sys


def main() -> int:
    """Hands over to the command line."""
    from pos_member.composition.command_line import run

    return run(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
