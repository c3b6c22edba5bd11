"""Bytes -> text: UTF-8, UTF-16 with a mark, or GBK as old Windows programs write it; damaged text is refused."""

from __future__ import annotations

from gongkai.importing.blocks import Refusal
from gongkai.text.characters import lookalikes, unlike
from gongkai.text.patterns import anywhere

_MOJIBAKE = anywhere(
    "锟斤拷|烫烫烫|屯屯屯|ï¼|ï»¿|Ã.|â€|[äåæçèé][\u0080-\u00bf\u2000-\u2122]{1,2}|\ufffd|銆|鐨勯|鏀垮簻|鍏\ue100|涓€"
)
_HAN = anywhere(r"[\u4e00-\u9fff]")
_TRADITIONAL = frozenset(
    "國會務開發責單關於區縣辦業設計劃書動態佈與對應該為權實現質產進術資專項負經濟農財稅審監達點學習導據確認準備請問題顯績廣東"
    "門戶網絡運營維護電話聯繫係統規範圍繞標誌記錄編輯號頭條體繼續將來過這個們說時間場樣種類參議選舉證讓極鎮莊陽陰陳長齊齡飛馬"
    "駐騰麗鮮雞麥黃黨龍龜歲歷歸殘氣漢決淚溝滅滿漸潔澤濱灣災爭爾牽狀獨獎獲環畫當療盜盡盤眾礎礦禮稱穩窮競筆節築簡簽籌納級紀約紅"
    "純紙細終組結給絲綜綠緊線緩縮總織罰聖聞聲職聽肅腦臨興舊艱藝藥處虛蟲衛衝補裝複見視覺覽觀觸訂訊討訓託訪許訴診評詞詢試詳誠誤"
    "誰調談論諸講謝識譜譯譽讀變貢貧貨販貫貯貴買費貼賀賃賓賞賢賣賬購賽贈贏趕趙跡踐車軌軍軟軸較載輔輕輛輪輸轄轉辭違遠適遲遷遺還"
    "邊郵鄉鄭釋針鈔銀銅銷鋼錢錯鏡鐘鐵閉閱隊階際陸隨險隱雖雙雜難雲靈靜韓響頁頂順須預頓領頻額願顧風飯飲館養餘駕驗驚驅髮鬥魚鳥鳴"
    "鹽麵齒"
)
_TOO_TRADITIONAL = 0.04
_TOO_DAMAGED = 0.002
_SHARE_SHOWN = 8


def decode(data: bytes) -> tuple[str, str | None] | Refusal:
    """The text and a remark on what was changed in reading it, or a refusal for text in no known encoding."""
    found = _decoded(data)
    if isinstance(found, Refusal):
        return found
    text, remark = found
    count = lookalikes(text)
    return unlike(text), "；".join(filter(None, (remark, folded(count)))) or None


def folded(count: int) -> str | None:
    """What to tell where characters were replaced that only look like the usual ones."""
    return f"原文件里有{count}个字不是通常的字（部首或者兼容字符，看上去一样），已经换成通常的字" if count else None


def _decoded(data: bytes) -> tuple[str, str | None] | Refusal:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        try:
            return data.decode("utf-16"), "文件是 UTF-16 编码"
        except UnicodeDecodeError:
            return _unreadable()
    try:
        return data.decode("utf-8-sig"), None
    except UnicodeDecodeError:
        pass
    try:
        text = data.decode("gb18030")
    except UnicodeDecodeError:
        return _unreadable()
    if len(_HAN.findall(text)) * 4 < len(text.split()) or "\x00" in text:
        return _unreadable()
    return text, "文件是 GBK 编码，已按 GBK 读取，请留意个别生僻字"


def _unreadable() -> Refusal:
    return Refusal(
        "无法识别文件的文字编码，内容可能已损坏", "请用记事本或 WPS 打开原文件，另存为 UTF-8 编码的文本后再导入"
    )


def damage(text: str) -> Refusal | None:
    """Refuse text that was decoded wrongly somewhere before (mojibake), is no Chinese, or is a Traditional mirror."""
    han = len(_HAN.findall(text))
    garbled = _MOJIBAKE.findall(text)
    if garbled and len(garbled) > max(2, han * _TOO_DAMAGED):
        shown = "、".join(dict.fromkeys(garbled[:_SHARE_SHOWN]))
        return Refusal(
            f"文件里有 {len(garbled)} 处乱码（如 {shown}），导入后无法保证文字准确",
            "请回到原始文件重新复制或另存，不要从乱码的网页或文本导入",
        )
    if han == 0:
        return Refusal("文件里没有汉字，不像是工作要点、项目清单或决策目录", "请核对是否选错了文件")
    traditional = [char for char in text if char in _TRADITIONAL]
    if len(traditional) > han * _TOO_TRADITIONAL and len(traditional) > _SHARE_SHOWN:
        shown = "".join(dict.fromkeys(traditional))[:_SHARE_SHOWN]
        return Refusal(
            f"文件是繁体字（如 {shown}），可能来自自动转换的镜像网页，文字与印发的原文不一致",
            "请从发文机关的网站下载简体原文后再导入",
        )
    return None
