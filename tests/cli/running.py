"""How commands end: what a refusal looks like to whoever typed it."""

from collections.abc import Callable

from click.testing import Result

Run = Callable[..., Result]


def is_one_sentence(result: Result) -> bool:
    """Tell whether a command failed with one line that is no trace of ours."""
    lines = result.output.strip().splitlines()
    return (
        result.exit_code == 1
        and len(lines) == 1
        and lines[0].startswith("Error: ")
        and isinstance(result.exception, SystemExit)
    )
