"""Pictures of pages with 256 colours: a quarter of their bytes, and nobody sees it.

``python tools/palette.py docs/screenshots content/images``, at the end of ``make pictures``.
"""

import sys
from pathlib import Path

from PIL import Image


def main() -> None:
    for path in sorted(path for place in sys.argv[1:] for path in Path(place).glob("*.png")):
        with Image.open(path) as picture:
            small = picture.convert("RGB").quantize(256, dither=Image.Dither.NONE)
        small.save(path, optimize=True)


main()
