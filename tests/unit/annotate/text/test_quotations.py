from etl.annotate.text.quotations import find_quotations


def inner(text: str) -> list[str]:
    return [text[one.inner_start : one.inner_end] for one in find_quotations(text)]


def test_every_style_of_marks() -> None:
    assert inner("She said “we win” today.") == ["we win"]
    assert inner('She said "we win" today.') == ["we win"]
    assert inner("She said «we win» today.") == ["we win"]
    assert inner("She said „we win“ today.") == ["we win"]
    assert inner("She said ‘we win’ today.") == ["we win"]
    assert inner("She said ``we win'' today.") == ["we win"]


def test_an_apostrophe_opens_nothing() -> None:
    assert inner("The workers’ union and the ’90s and the mayor's office.") == []


def test_inner_quotations_stay_inside() -> None:
    assert inner("“He told me ‘go home’ twice,” she said.") == ["He told me ‘go home’ twice,"]


def test_an_unclosed_quotation_runs_to_the_line_end() -> None:
    text = "“We have worked on this for years.\n“And we go on,” she said."
    first, second = find_quotations(text)
    assert not first.is_closed
    assert text[first.inner_start : first.inner_end] == "We have worked on this for years."
    assert second.is_closed


def test_a_mark_used_as_a_dash_opens_nothing() -> None:
    assert inner('The ferry " the old one " sailed.') == [" the old one "]
    assert inner('The ferry was late again " and nobody had told the people on the island.') == []
