"""The command ``gongkai``, which is ``python -m gongkai``, too."""

from gongkai.workers import without_collector


def main() -> None:
    """Run the command. Looking for cycles while modules load would take a fifth of that time, and find none."""
    with without_collector():
        from gongkai.cli import main as commands  # noqa: PLC0415
    commands(prog_name="gongkai")


if __name__ == "__main__":
    main()
