"""Inside pictures: where and by whom they were taken, as cameras and telephones write it (Exif)."""

from __future__ import annotations

import logging
from io import BytesIO

from gongkai.load.inside import Inside

PHOTOS = frozenset({".jpg", ".jpeg", ".png", ".webp", ".tif", ".tiff", ".heic"})
_PLACE = "GPS GPSLatitude"
_PEOPLE = ("Image Artist", "Image Copyright", "Image XPAuthor", "EXIF CameraOwnerName")
_WORDS = ("Image ImageDescription", "EXIF UserComment", "Image XPComment", "Image XPTitle", "Image XPSubject")


def read_photo(content: bytes) -> Inside:
    """The place, the names and the texts of a picture; nothing where it has none, or cannot be read."""
    import exifread  # noqa: PLC0415 - only where there is a picture

    logging.getLogger("exifread").setLevel(logging.CRITICAL)  # it tells of every oddity that it gets over
    try:
        tags = exifread.process_file(BytesIO(content), details=False)
    except Exception:  # noqa: BLE001 - a picture that it cannot read has no place that anybody could
        return Inside()
    said = {name: str(tags[name]).strip("\0 ") for name in (*_PEOPLE, *_WORDS) if name in tags}
    return Inside(
        words="\n".join(said.values()),
        authors=tuple(dict.fromkeys(value for name, value in said.items() if name in _PEOPLE and value)),
        hidden=("拍摄地点（GPS）",) if _PLACE in tags else (),
    )
