"""The fixed phrases of Chinese official documents: organs, titles, labels, what web pages add (GB/T 9704-2012)."""

from __future__ import annotations

import re

from gongkai.text.blanks import squeeze

ORGAN = re.compile(
    r"[\u4e00-\u9fff（）、\s]{2,40}?(人民政府|政府|办公室|委员会|委办公室|局|厅|领导小组|管委会|管理委员会|办事处|法院|检察院|司法局|委)"
)
NOTICE_TITLE = re.compile(
    r"(?P<issuer>[^《》。，：]{2,45}?)?关于(?!.*关于.*的通知的通知).{3,90}?的?(通知|公告|通告|公示|函|通报|意见|决定|批复|说明)(（[^）]{1,20}）|\([^)]{1,20}\))?(【[^】]{4,24}】)?"
)
INDEX_NUMBER = re.compile(r"[0-9A-Z]{6,20}(-[A-Z])?/(19|20)\d{2}-\d{5,7}")
LETTERHEAD = re.compile(r"[\u4e00-\u9fff]{4,40}文件")
NOTE = re.compile(
    r"[（(\[【]?\s*((此件|本件|此文).{2,20}|联系人.*|联系电话.*|公开(方式|属性)[:：].{2,12}|信息公开.{0,4}[:：].{2,12})[）)\]】]?"
)
PAYLOAD_WORD = re.compile(
    r"(工作要点|要点|工作计划|工作安排|实施方案|工作方案|行动方案|责任分工|任务分工|分解表|分工表|分工方案|任务表|任务书|任务清单|提示单|工作清单|台账"
    r"|事项目录|决策目录|目录清单|目录|项目安排|项目清单|项目名单|项目计划|项目表|清单|一览表|安排表|计划表|情况表|安排)"
    r"([（(][^（）()]{1,20}[）)])?"
)
_META_LABEL = (
    r"索\s*引\s*号|主题分类|主\s*题(\s*词)?|关\s*键\s*词|发\s*文\s*字\s*号|文\s*号|发\s*布\s*机\s*构|发文机关|发布机关|公开方式|公开属性|公开类别"
    r"|成\s*文\s*日\s*期|生成日期|发\s*文\s*日\s*期|印发日期|发布日期|公开日期|发布时间|有\s*效\s*性|效力状态|失效日期|废止日期|废\s*止\s*依\s*据|信息名称"
    r"|名\s*称|标\s*题|来\s*源|文章来源|组配分类|信息分类|公开范围|统一编号|登记号|内容概述|服务对象分类|体裁分类|生命周期分类|浏览次数"
)
META_LABEL = re.compile(_META_LABEL)
META = re.compile(rf"[-•·\s]*(?P<label>{_META_LABEL})\s*[:：]\s*(?P<value>.*)")
GAZETTE_HEAD = re.compile(r".{0,30}(公报|通报).{0,4}[（(]?\s*(19|20)\d\d\s*年\s*第\s*\d+\s*期[）)]?.{0,12}")
ANNEX_MARK = re.compile(r"附\s*[件表录]\s*[:：]?\s*[\d一二三四五六七八九十]{0,3}\s*[:：.、]?")
ANNEX_LINE = re.compile(r"附\s*[件表]\s*\d{0,2}\s*[:：]\s*\S.*")
COPIES = re.compile(r"(抄\s*送|抄\s*报)\s*[:：].*")
WEB_NOISE = re.compile(
    r"(首页|当前位置|您的位置|您现在的位置)\s*[:：>＞].*|.{0,6}(打印|关闭|分享|收藏|纠错).{0,30}|字[号体]\s*[:：].*|扫码.{0,20}|扫一扫.{0,20}|浏览(次数|量)[:：].*"
    r"|点击(数|量|率)[:：].*|(上|下)一(篇|条)[:：].*|信息来源[:：].*|责任编辑[:：].*|版权所有.*|.{0,4}ICP备.*|网站标识码.*|无障碍.{0,10}|【.{0,4}(大|中|小).*】|附件下载.*"
    r"|正文内容区域请使用tab.*|headerBg|点击查看.{0,80}|附?件?文字版.{0,4}|单位概况|信息发布总数|点击量|办公时间[:：]?.*|政策解读|相关解读|相关链接.*|返回顶部|网站地图|联系我们"
)


def is_organ(text: str) -> bool:
    """True for a paragraph that is nothing but the name of an organ."""
    plain = squeeze(text)
    return 4 <= len(plain) <= 60 and ORGAN.fullmatch(plain) is not None  # noqa: PLR2004  names, not sentences
