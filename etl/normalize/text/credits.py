"""Captions and their credits: "… in Geneva. Photo: Agency" -> the caption and "Agency"."""

from __future__ import annotations

import re
from collections.abc import Iterable

_WORD = re.compile(r"[^\W_]+")
_LABEL = (
    r"(?:photo(?:graph(?:s|er|y|ie)?)?s?|foto(?:s|graf(?:ie|i|ía)?)?|fotocredit|pic(?:ture)?s?|bild(?:er|quelle|rechte|nachweis)?|image|imagem|imagen|"
    r"immagine|images|credits?|crédits?|crédito|quelle|source|fuente|fonte|kuva|zdjęcie|zdj|fot|фото|снимка|עירום|צילום|"
    r"kép|fotó|abbildung|grafik|illustration|video|courtesy|copyright|handout|©|\(c\))"
)
_AGENCIES = (
    r"(?:AFP|AP|Reuters|REUTERS|dpa|DPA|EPA|APA|ANSA|EFE|ANP|PA|PTI|TASS|TT|NTB|Lusa|LUSA|Keystone|KEYSTONE|IMAGO|imago|"
    r"Imago|Getty Images?|GETTY IMAGES|Shutterstock|Alamy|Bloomberg|Unsplash|Pixabay|iStock|Adobe Stock|Xinhua|Anadolu|"
    r"picture alliance|picture-alliance|Belga|Scanpix|Ritzau|Europa Press|Associated Press|The Canadian Press|AAP|Yonhap|Kyodo|UPI)"
)
# The patterns below try every place in a line: no caption is longer, but a line made to stall us may be.
_LONGEST = 1000
_LABELLED = re.compile(
    rf"(?P<caption>.*?)[\s(\[|–—-]*(?:\b{_LABEL}|©|\(c\))(?:\s?(?:by|von|de|di|av|via|/)\s|\s?credits?)?\s?[:：©|]\s?(?P<credit>[^:]{{2,90}}?)[)\]]?$",
    re.I | re.S,
)
_COPYRIGHT = re.compile(
    r"(?P<caption>.*?)[\s(\[|]*(?:©|\(c\)|Copyright:?)\s*(?P<credit>.{2,90}?)[)\]]?$", re.S
)
_BRACKETED = re.compile(
    rf"(?P<caption>.*?)\s*[(\[](?P<credit>(?:[^()\[\]]{{0,60}}[\s/,:-])?{_AGENCIES}(?:[\s/,-][^()\[\]]{{0,60}})?)[)\]]\s*$",
    re.S,
)
_TAIL = re.compile(
    rf"(?P<caption>.*?[.!?…”\"»’)])\s+(?P<credit>(?:[^.!?]{{0,60}}[\s/,-])?{_AGENCIES}(?:[\s/,-][^.!?]{{0,60}})?)$",
    re.S,
)


CREDIT_WORDS = frozenset(
    "photo photos photograph photographs photographer photography photographie foto fotos fotograf fotografie fotografía "
    "fotocredit pic pics picture pictures bild bilder bildquelle bildrechte bildnachweis image images imagem imagen "
    "immagine credit credits crédit crédits crédito quelle source fuente fonte kuva zdjęcie zdj fot фото снимка צילום "
    "kép fotó abbildung grafik illustration video courtesy copyright handout c afp ap reuters dpa epa apa ansa efe anp "
    "pa pti tass tt ntb lusa keystone imago getty shutterstock alamy bloomberg unsplash pixabay istock adobe xinhua "
    "anadolu alliance belga scanpix ritzau europa associated canadian aap yonhap kyodo upi".split()
)


def has_credit(text: str, words: Iterable[str]) -> bool:
    """Whether a line of the given lower-case words names a credit."""
    return _may_have_credit(text, words) and split_credit(text)[1] is not None


def _may_have_credit(text: str, words: Iterable[str]) -> bool:
    return len(text) <= _LONGEST and ("©" in text or not CREDIT_WORDS.isdisjoint(words))


def split_credit(text: str) -> tuple[str | None, str | None]:
    """Split a caption line.

    Returns:
        The caption and the credit, each None where the line has none; a line without any sign of a credit
        is all caption.
    """
    if not _may_have_credit(text, _WORD.findall(text.lower())):
        return text.strip() or None, None
    for pattern in (_BRACKETED, _LABELLED, _COPYRIGHT, _TAIL):
        match = pattern.match(text)
        if match:
            caption, credit = match["caption"].strip(" |–—-"), match["credit"].strip(" .|:")
            return caption or None, credit or None
    return text.strip() or None, None
