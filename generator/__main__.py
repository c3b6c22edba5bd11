"""``python -m generator`` is the command ``gongkai``."""

from generator.cli import main

main(prog_name="gongkai")
