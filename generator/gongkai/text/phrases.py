"""The fixed phrases of Chinese official documents: organs, titles, labels, what web pages add (GB/T 9704-2012)."""

from __future__ import annotations

from gongkai.text.blanks import squeeze
from gongkai.text.patterns import anywhere, whole

ORGAN = anywhere(
    r"[\u4e00-\u9fff（）、\s]{2,40}?(人民政府|政府|办公室|委员会|委办公室|局|厅|领导小组|管委会|管理委员会|办事处|法院|检察院|司法局|委)"
)
_ABOUT = whole(
    r"关于.{3,90}?的?(通知|公告|通告|公示|函|通报|意见|决定|批复|说明)(（[^）]{1,20}）|\([^)]{1,20}\))?(【[^】]{4,24}】)?"
)
_ISSUER = whole("[^《》。，：]{2,45}")
_LONGEST_ISSUER = 45
_PASSED_ON = "的通知的通知"
INDEX_NUMBER = whole(r"[0-9A-Z]{6,20}(-[A-Z])?/(19|20)\d{2}-\d{5,7}")
REGISTERED = whole(r"[A-Z]{2,8}\s*[-—–－]{1,2}\s*\d{4}\s*[-—–－]{1,2}\s*\d{3,8}")
"""A registered number (登记号) alone on a line."""
LETTERHEAD = whole(r"(?![\u4e00-\u9fff]*关于)[\u4e00-\u9fff]{4,40}文件")
NOTE = whole(
    r"[（(\[【]?\s*((此件|本件|此文).{2,20}|联系(?:人|电话|方式).*|解读人.*|咨询电话.*|公开(方式|属性)[:：].{2,12}|信息公开.{0,4}[:：].{2,12})[）)\]】]?"
)
PAYLOAD_WORD = anywhere(
    r"(工作要点|要点|工作计划|工作安排|实施方案|工作方案|行动方案|责任分工|任务分工|分解表|分工表|分工方案|任务表|任务书|任务清单|提示单|工作清单|台账"
    r"|(?:年度?|\d件)(?:[^。，；：]{0,6})(?:民生|惠民|为民|便民)(?:办)?实事(?:项目)?|事项目录|决策目录|目录清单|目录|项目安排|项目清单|项目名单|项目计划|项目表|清单|一览表|安排表|计划表|情况表|安排)(?:[总分]?表|一览表|汇总表|明细表|统计表)?"
    r"([（(][^（）()]{1,20}[）)])?"
)
_META_LABEL = (
    r"索\s*引\s*号|主题分类|主\s*题(\s*词)?|关\s*键\s*词|发\s*文\s*字\s*号|文\s*号|发\s*布\s*机\s*构|发文机关|发布机关|公开方式|公开属性|公开类别"
    r"|成\s*文\s*日\s*期|生成日期|发\s*文\s*日\s*期|印发日期|发布日期|公[开布]日期|发布时间|公布时间|(?:是否)?有\s*效(?:\s*性)?|效力状态|失效日期|废止日期|废\s*止\s*依\s*据|信息名称"
    r"|文件(?:名称|标题|类型|状态)|信息标题|文\s*种|(?:发文|发布|制发|制定)(?:单位|部门)|(?:制发|制定)机关|公开(?:主体|部门|责任部门)|责任部门"
    r"|(?:施行|生效|实施)日期|时\s*效(?:\s*性)?|效\s*力|主题词|字\s*号|编\s*号|作\s*者|发布人|信息来源|公文种类|所属(?:主题|机构)"
    r"|名\s*称|标\s*题|来\s*源|文章来源|组配分类|信息分类|公开范围|统一编号|登记号|内容概述|服务对象分类|体裁分类|生命周期分类|浏览次数"
)
DAY_LABEL = anywhere(r"(?:日\s*期|时\s*间|更新时间|录入时间)")
"""Labels that mean the day of publication above a text, and something else in it."""
BOX_LABEL = whole(rf"(?:{_META_LABEL}|{DAY_LABEL.pattern})")
META = whole(rf"[-•·\s]*(?P<label>{_META_LABEL})\s*[:：]\s*(?P<value>(?:\S.*)?)")
GAZETTE_HEAD = whole(r".{0,30}(公报|通报).{0,4}[（(]?\s*(19|20)\d\d\s*年\s*第\s*\d+\s*期[）)]?.{0,12}")
ANNEX_MARK = whole(r"附\s*[件表录]\s*(?:[:：]\s*)?(?:[\d一二三四五六七八九十]{1,3}\s*)?[:：.、]?")
ANNEX_LINE = whole(r"附\s*[件表]\s*(?:\d{1,2}\s*)?[:：]\s*\S.*")
COPIES = whole(r"(抄\s*送|抄\s*报)\s*[:：].*")
WEB_NOISE = whole(
    r"(?:首页|您?(?:现在|当前|目前)?(?:所在)?的?位置)\s*[:：>＞].*|.{0,6}(打印|关闭|分享|收藏|纠错).{0,30}|字[号体]\s*[:：].*|扫码.{0,20}|扫一扫.{0,20}|浏览(次数|量)[:：].*"
    r"|点击(数|量|率)[:：].*|(上|下)一(篇|条)[:：].*|信息来源[:：].*|责任编辑[:：].*|版权所有.*|.{0,4}ICP备.*|网站标识码.*|无障碍.{0,10}|【.{0,4}(大|中|小).*】|附件下载.*"
    r"|(?:字[体号]?\s*(?:[:：]\s*)?|\s*)(?:[【\[〔(（]\s*)?(?:小\s*中\s*大|大\s*中\s*小|A\s*(?:[+＋]\s*)?A(?:\s*[-－])?)\s*[】\]〕)）]?|(?:网站)?首页\s*[>＞»›/→-].*"
    r"|分享(?:到|至).{0,40}|(?:微信|微博|QQ空间|朋友圈|复制链接|[\s、|/])+|(?:保存|收藏|下载|打印)(?:本页|此页|文件|正文)?|关闭(?:窗口|本页)|语音播报|听全文"
    r"|正文内容区域请使用tab.*|headerBg|点击查看.{0,80}|附?件?文字版.{0,4}|单位概况|信息发布总数|点击量|办公时间[:：]?.*|收录于.{0,30}|阅读\s*[\d.]+万?\+?.{0,30}|点个.{0,3}在看.{0,20}|(?:编辑|校对|审核)\s*[:：].{0,40}|END|-?\s*完\s*-?|点击(?:上方|下方).{0,4}(?:蓝字|关注).{0,20}|(?:转发|点赞|分享)[、，].{0,30}|政策解读|相关(?:链接|信息|阅读|新闻|文章|推荐|内容|稿件|解读|政策).{0,40}|返回顶部|网站地图|联系我们"
)


def is_web_noise(text: str) -> bool:
    """True for a line of a web page that is nothing but buttons, one or several behind each other."""
    brackets = [found.group() for found in _BRACKETED.finditer(text)]
    parts = [*brackets, *_BRACKETED.sub(" ", text).replace("|", " ").replace("｜", " ").split()]
    return WEB_NOISE.fullmatch(text) is not None or (
        len(parts) > 1 and all(WEB_NOISE.fullmatch(part) or _BUTTON.fullmatch(part) for part in parts)
    )


def is_notice_title(text: str) -> bool:
    """True for …关于…的通知 and the like; 关于转发《关于…的通知》的通知 is read from its last 关于."""
    ends = text.rfind(_PASSED_ON)
    at = text.find("关于", max(0, text.rfind("关于", 0, ends)) if ends >= 0 else 0)
    while 0 <= at <= _LONGEST_ISSUER:
        if (at == 0 or _ISSUER.fullmatch(text, 0, at)) and _ABOUT.fullmatch(text, at):
            return True
        at = text.find("关于", at + 1)
    return False


_BRACKETED = anywhere(r"【[^【】]{0,20}】|\[[^\[\]]{0,20}\]")
_BUTTON = whole(r"[【\[]?(?:打印|关闭|收藏|分享|纠错|下载|返回|转发|朗读|放大|缩小|重置|默认|微信|微博)[】\]]?")


def is_organ(text: str) -> bool:
    """True for a paragraph that is nothing but the name of an organ."""
    plain = squeeze(text)
    return 4 <= len(plain) <= 60 and ORGAN.fullmatch(plain) is not None  # noqa: PLR2004  names, not sentences
