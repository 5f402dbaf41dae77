"""Words that stand on the lines below their cue: "The minister replied:" and then a quotation."""

from __future__ import annotations

import re
from dataclasses import replace

from etl.annotate.claims.cues import find_cue
from etl.annotate.encoder.links import WITHOUT_CUE, Attribution
from etl.annotate.text.document import WORD, Document
from etl.language.vocabulary import Demands

_END = re.compile(r"[^.!?\n]{0,60}:\s*$")


def join_introductions(document: Document, found: list[Attribution]) -> list[Attribution]:
    """Give contents without a cue that open a line to the cue that ends the line above; drop empty attributions."""
    above = {
        document.line_index(one.cue[0]): one
        for one in found
        if one.cue is not None and not one.contents and _introduces(document, one)
    }
    return [_introduced(document, one, above) for one in found if one.contents]


def _introduces(document: Document, one: Attribution) -> bool:
    """Whether a verb that reports, with its source, closes a line with a colon."""
    if one.cue is None or one.source is None:
        return False
    cue = find_cue(document.text, one.cue)
    end = document.line(one.cue[0])[1]
    is_last = _END.match(document.text, one.cue[1] - 1, end) is not None
    return is_last and cue is not None and cue.demands in (Demands.CLAIM, Demands.CLAUSE)


def _introduced(document: Document, one: Attribution, above: dict[int, Attribution]) -> Attribution:
    start = one.contents[0][0]
    line = document.line_index(start)
    opening = above.get(line - 1)
    if opening is None or one.cue is not None or WORD.search(document.text, document.lines[line][0], start):
        return one
    probability = opening.probability * one.probability / WITHOUT_CUE
    return replace(opening, contents=one.contents, probability=probability)
