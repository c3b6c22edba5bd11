"""Stage sets as 0.1.0 had them, with the text they rest on written into them: what an office has to write instead.

Nothing is converted: a text of law needs its title, its issuer and its days, and no file of 0.1.0 has them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from gongkai.column.shapes.vocabularies import StageSetShape, StagesFile
from gongkai.load.files import LoadedFile


def old_stages(files: Iterable[LoadedFile]) -> Iterator[str]:
    """A sentence for each set, and one for all stages of a file, that still name a text by ``citation``."""
    for file in files:
        shape = file.shape
        if not isinstance(shape, StagesFile):
            continue
        yield from (_of_set(file.path, item) for item in shape.sets if item.citation or item.adoption_within)
        if stages := [stage.id for stage in shape.stages if stage.citation]:
            yield f"{file.path} 的环节 {'、'.join(stages)} 里 citation 不再起作用：请删去，改写 duty，编号见编辑手册。"


def _of_set(path: str, item: StageSetShape) -> str:
    within = item.adoption_within
    texts = [item.citation or ""]
    texts += (
        [f"{within.citation}（{within.workdays}个工作日内公开意见采纳情况，duty: adoption.publish）"] if within else []
    )
    where = f"plans/vocabularies/law-{item.organ or '区县'}.yml"
    return (
        f"{path} 的 {item.id} 里 citation、adoption_within 不再起作用：请删去，改写 duty: directory.stages；"
        f"把{'、'.join(filter(None, texts))}写进 {where}，写法见编辑手册“本区、本市的文件”。"
    )
