"""A small archive of news, written by chance from a seed: the same seed, the same bytes.

HTML pages and lines of JSON, among them the same page twice, later captures of a text, revisions, pages that
are no articles, and lines that were cut off. The publishers and people are invented.
"""

from __future__ import annotations

import html
import json
import random
from datetime import UTC, datetime, timedelta
from pathlib import Path

_LINES_A_FILE = 40
_CUT_OFF = '{"url": "https://meridian.example/cut-off", "html": "<p>The harbour mast'
_START = datetime(2024, 2, 1, 6, tzinfo=UTC)
_SITES = {
    "aldermouthcourier.example": "Aldermouth Courier",
    "valleyherald.example": "Valley Herald",
    "meridian.example": "The Meridian",
    "northgatepost.example": "Northgate Post",
}
_PEOPLE = (
    ("Marit Sole", "the harbour master"),
    ("Henry Pike", "a councillor"),
    ("Ilse Okoro", "the transport minister"),
    ("Tomas Brandt", "the head of the port union"),
    ("Ruth Adeyemi", "the chief engineer"),
    ("Dmitri Orlin", "the ambassador"),
    ("Lena Castell", "a resident of the old town"),
)
_TOPICS = (
    ("the new quay wall", "cracks were found in {n} of its blocks", "be closed to lorries until June"),
    ("the ring road", "{n} drivers had signed a petition", "be widened from March"),
    ("the old hospital", "{n} patients would have to move", "stay open for another year"),
    ("the ferry to Sandhaven", "it carried {n} people last week", "sail twice a day from Easter"),
    ("the town's budget", "it lacked {n} million euros", "be put to the vote on Thursday"),
    ("the cement works", "{n} jobs were at risk", "be sold before the summer"),
)


def write_archive(folder: Path, count: int, seed: int = 1) -> Path:
    """Fill a folder with `count` input records; returns the folder.

    A tenth are HTML files of their own, the rest lines of JSON files.
    """
    chance = random.Random(seed)
    folder.mkdir(parents=True, exist_ok=True)
    lines: list[str] = []
    for number in range(count):
        if number % 10 == 3:
            page = folder / f"page-{number:05d}.html"
            page.write_text(_page(chance, number)["html"], encoding="utf-8")
        elif number % 29 == 8:
            lines.append(_CUT_OFF)
        elif lines and chance.random() < 0.1:
            lines.append(_again(chance, chance.choice(lines[-20:])))
        else:
            lines.append(json.dumps(_page(chance, number)))
    for start in range(0, len(lines), _LINES_A_FILE):
        part = "\n".join(lines[start : start + _LINES_A_FILE])
        (folder / f"crawl-{start // _LINES_A_FILE:04d}.jsonl").write_text(part + "\n", encoding="utf-8")
    return folder


def _again(chance: random.Random, line: str) -> str:
    """The page once more: the very same, captured later, or revised."""
    if line == _CUT_OFF:
        return line
    page = json.loads(line)
    match chance.randrange(3):
        case 1:
            page["captured_at"] = page["captured_at"].replace("T05", "T23")
        case 2:
            revised = "<p>This report was corrected on the day it appeared.</p></article>"
            page["html"] = page["html"].replace("</article>", revised)
    return json.dumps(page)


def _page(chance: random.Random, number: int) -> dict[str, str]:
    domain, name = chance.choice(list(_SITES.items()))
    address = f"https://{domain}/news/{number}"
    published = _START + timedelta(minutes=7 * number)
    captured = (published + timedelta(hours=3)).replace(hour=5)
    if number % 17 == 5:
        body = "<h1>Latest</h1><p>Nothing yet.</p>"
        title = "Latest"
    else:
        title, paragraphs = _article(chance)
        shown = "".join(f"<p>{html.escape(paragraph)}</p>" for paragraph in paragraphs)
        body = f"<article><h1>{html.escape(title)}</h1><p class='byline'>By Ida Holm</p>{shown}</article>"
    head = (
        f"<title>{html.escape(title)} | {name}</title><link rel='canonical' href='{address}'>"
        f"<meta property='og:site_name' content='{name}'>"
        f"<meta property='article:published_time' content='{published.isoformat()}'>"
    )
    page = (
        f"<!DOCTYPE html><html lang='en'><head><meta charset='utf-8'>{head}</head><body>{body}</body></html>"
    )
    return {"url": address, "html": page, "captured_at": (captured + timedelta(days=1)).isoformat()}


def _article(chance: random.Random) -> tuple[str, list[str]]:
    (first, role), (second, other_role) = chance.sample(_PEOPLE, 2)
    subject, fact, plan = chance.choice(_TOPICS)
    fact = fact.format(n=chance.randrange(3, 900))
    title = f"{subject[0].upper()}{subject[1:]} to {plan}"
    return title, [
        f"{subject[0].upper()}{subject[1:]} will {plan}, {first}, {role}, said on Monday after a meeting "
        f"of more than two hours in the town hall of Aldermouth.",
        f'"We have known for months that {fact}," {first.split()[1]} told reporters. "Nobody listened."',
        f"{second}, {other_role}, denied that {fact} and accused the council of spreading fear among "
        f"people who had every reason to trust its engineers.",
    ]
