from datetime import date

import pytest

from etl.annotate.times.calendars import easter
from etl.annotate.times.find import find_times

TUESDAY = date(2024, 5, 14)


@pytest.mark.parametrize(
    ("text", "words", "value"),
    [
        ("He left on 3 March 2021.", "3 March 2021", "2021-03-03"),
        ("He left on March 3, 2021.", "March 3, 2021", "2021-03-03"),
        ("He left on Monday.", "Monday", "2024-05-13"),
        ("He said on Tuesday that it was over.", "Tuesday", "2024-05-14"),
        ("The vote will be held on Friday.", "Friday", "2024-05-17"),
        ("She spoke on Sunday night.", "Sunday night", "2024-05-12TNI"),
        ("They met yesterday.", "yesterday", "2024-05-13"),
        ("It was sold last year.", "last year", "2023"),
        ("It rained last week.", "last week", "2024-W19"),
        ("They left three days ago.", "three days ago", "2024-05-11"),
        ("It was founded in 1998.", "1998", "1998"),
        ("It closed in April.", "April", "2024-04"),
        ("The hall was built in the 1960s.", "the 1960s", "196"),
        ("The truce held for three days.", "three days", "P3D"),
        ("They will return on Wednesday next week.", "Wednesday next week", "2024-05-22"),
        ("Sales rose in the first quarter of 2023.", "the first quarter of 2023", "2023-Q1"),
        ("Sales rose in last year's third quarter.", "last year's third quarter", "2023-Q3"),
        ("Sales rose in the quarter ended in March.", "March", "2024-03"),
        ("Since nineteen ninety-six it has stood empty.", "nineteen ninety-six", "1996"),
        ("It will close at midnight Friday.", "midnight Friday", "2024-05-17T24:00"),
        ("The attack lasted 1 minute and 45 seconds.", "1 minute and 45 seconds", "PT1M45S"),
        ("It took 2 1/2 years.", "2 1/2 years", "P2Y6M"),
        ("They met last Thanksgiving.", "last Thanksgiving", "2023-11-23"),
        ("She will succeed Ann Lee Feb. 1.", "Feb. 1", "2025-02-01"),
        ("Those behind the July 7 attacks were never found.", "July 7", "2005-07-07"),
        ("The old mayor left on July 7 after a row.", "July 7", "2023-07-07"),
        ("The law takes effect July 1.", "July 1", "2024-07-01"),
        ("The truce was extended to June 16.", "June 16", "2024-06-16"),
        ("The offer had been due to expire Friday.", "Friday", "2024-05-10"),
        ("He would travel to the United States on Friday.", "Friday", "2024-05-17"),
        ("They were planning to march on Monday.", "Monday", "2024-05-20"),
        ("She will be honoured at the star-studded gala on December 4.", "December 4", "2024-12-04"),
        ("That really showed on July 7.", "July 7", "2023-07-07"),
        ("The talks are supposed to conclude by June.", "June", "2024-06"),
        ("They signed a June agreement.", "June", "2023-06"),
        ("Prices fell over the past year.", "the past year", "2023"),
        ("The order came in the early summer.", "the early summer", "2023-SU"),
        ("The jobs will go by year end.", "year end", "2024"),
        ("Rain held up the work earlier in the year.", "earlier in the year", "2024"),
        ("The first troops will arrive within weeks.", "within weeks", "PXW"),
        ("It will not change for a couple of years.", "a couple of years", "P2Y"),
        ("Until Friday, they had not asked him.", "Friday", "2024-05-10"),
        ("Until Friday, the museum will be closed.", "Friday", "2024-05-17"),
        ("Just ahead of her trip, the ministry on Sunday issued a warning.", "Sunday", "2024-05-12"),
        ("Sales fell in the last half of 2023.", "the last half of 2023", "2023-H2"),
        ("It opened in the first half of last year.", "the first half of last year", "2023-H1"),
        ("They must wait 30 days before closing it.", "30 days", "P30D"),
        ("It ended a decades-long dispute.", "decades-long", "PXY"),
        ("She won in the second round of the Town Open on Monday.", "Monday", "2024-05-13"),
        ("The blaze that appeared to begin in one flat on Thursday spread.", "Thursday", "2024-05-09"),
        ("If she becomes the next mayor in November, he will resign.", "November", "2024-11"),
        ("It was scheduled to start next week.", "next week", "2024-W21"),
        ("The fire burnt for nearly half an hour.", "half an hour", "PT30M"),
        ("It took two and a half years.", "two and a half years", "P2Y6M"),
        ("Two years earlier he had left.", "Two years earlier", "2022"),
        ("Sales rose in the second half of the year.", "the second half of the year", "2024-H2"),
        ("They met in the last week of June 2023.", "June 2023", "2023-06"),
        ("It was printed at 2024-05-13T10:00.", "2024-05-13", "2024-05-13"),
        ("It opened in the spring of last year.", "the spring of last year", "2023-SP"),
        ("The offer ends at 5 p.m. EST May 20.", "5 p.m. EST May 20", "2024-05-20T17:00"),
        ("It ended at 10 a.m. on March 5, 2019.", "10 a.m. on March 5, 2019", "2019-03-05T10:00"),
        ("It will be halved by the year two thousand.", "the year two thousand", "2000"),
    ],
)
def test_values(text: str, words: str, value: str) -> None:
    assert [(one.text, one.value) for one in find_times(text, TUESDAY)] == [(words, value)]


def test_days_of_a_value() -> None:
    (month,) = find_times("It closed in April 2024.", None)
    assert (month.from_on, month.to_on) == (date(2024, 4, 1), date(2024, 4, 30))
    (week,) = find_times("It rained last week.", TUESDAY)
    assert (week.from_on, week.to_on) == (date(2024, 5, 6), date(2024, 5, 12))
    (half,) = find_times("It closed in the first half of 2023.", None)
    assert (half.from_on, half.to_on) == (date(2023, 1, 1), date(2023, 6, 30))
    (stretch,) = find_times("It rained for two weeks.", TUESDAY)
    assert (stretch.from_on, stretch.kind) == (None, "duration")


def test_the_day_before_is_counted_from_the_day_named_last() -> None:
    times = find_times("He arrived on 24 January 2024. She had left the day before.", TUESDAY)
    assert [one.value for one in times] == ["2024-01-24", "2024-01-23"]


def test_a_year_ago_in_company_results_is_a_quarter() -> None:
    text = "In the first quarter it earned $4 million, up from $3 million a year earlier. Sales in the latest quarter fell."
    assert [one.value for one in find_times(text, TUESDAY)] == ["2024-Q1", "2023-Q1", "2024-Q1"]
    text = "The hall was empty a year earlier."
    assert [one.value for one in find_times(text, TUESDAY)] == ["2023"]


def test_joined_weekdays_follow_each_other() -> None:
    times = find_times("She said so on Tuesday (early Wednesday in Oldport).", TUESDAY)
    assert [one.value for one in times] == ["2024-05-14", "2024-05-15"]
    times = find_times("Storms may hit the coast both Tuesday and Wednesday.", TUESDAY)
    assert [one.value for one in times] == ["2024-05-14", "2024-05-15"]


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("The games of July 30-Aug. 14, 1932, were held here.", ["1932-07-30", "1932-08-14"]),
        ("The fair lasts from Dec. 30 to Jan. 2, 2026.", ["2025-12-30", "2026-01-02"]),
    ],
)
def test_the_end_of_a_range_tells_its_year(text: str, values: list[str]) -> None:
    assert [one.value for one in find_times(text, TUESDAY)] == values


def test_the_latest_quarter_is_over() -> None:
    text = "It expects a gain in the fourth quarter. In the latest quarter it lost $3 million."
    assert [one.value for one in find_times(text, date(2024, 10, 28))] == ["2024-Q4", "2024-Q3"]


def test_a_quarter_is_the_one_that_most_of_it_lies_in() -> None:
    times = find_times("In the quarter ended January 31 it lost $3 million.", TUESDAY)
    assert [one.value for one in times] == ["2023-Q4", "2024-01-31"]


def test_a_programme_is_no_week() -> None:
    assert find_times("She said on the programme This Week that it was over.", TUESDAY) == ()


def test_years_later_are_counted_from_the_time_named_last() -> None:
    times = find_times("She won the seat in 2008 but lost it four years later.", TUESDAY)
    assert [one.value for one in times] == ["2008", "2012"]
    times = find_times("She won the seat in 2008. Two months later, she left.", TUESDAY)
    assert [one.value for one in times] == ["2008", "P2M"]  # of an unknown month


@pytest.mark.parametrize("text", ["They vote on Super Tuesday.", "She said so on Newsroom Tonight."])
def test_a_name_of_a_day_is_no_time(text: str) -> None:
    assert find_times(text, TUESDAY) == ()


@pytest.mark.parametrize(
    ("text", "words", "value"),
    [
        ("They march each July.", "each July", "XXXX-07"),
        ("It flies on Tuesday nights.", "Tuesday nights", "XXXX-WXX-2TNI"),
        ("The choir meets on Wednesdays.", "Wednesdays", "XXXX-WXX-3"),
        ("The bell rings every Friday.", "every Friday", "XXXX-WXX-5"),
        ("They vote every four years.", "every four years", "P4Y"),
        ("The ferry runs every other day.", "every other day", "P2D"),
        ("It floods each spring.", "each spring", "XXXX-SP"),
        ("She swims every morning.", "every morning", "XXXX-XX-XXTMO"),
    ],
)
def test_what_happens_again_and_again_is_a_set(text: str, words: str, value: str) -> None:
    (found,) = find_times(text, TUESDAY)
    assert (found.text, found.kind, found.value) == (words, "set", value)
    assert (found.from_on, found.to_on) == (None, None)


def test_any_sunday_is_no_time() -> None:
    assert find_times("Book it on a Sunday.", TUESDAY) == ()


@pytest.mark.parametrize(
    ("text", "words", "value"),
    [
        ("The vote is in November.", "November", "2024-11"),
        ("The hearing is on Friday.", "Friday", "2024-05-17"),
        ("The play premieres on June 20.", "June 20", "2024-06-20"),
        ("Parties closed their books ahead of Sunday's election.", "Sunday", "2024-05-19"),
        ("Sunday's referendum will decide it.", "Sunday", "2024-05-19"),
        ("Few came to Sunday's election.", "Sunday", "2024-05-12"),
        ("He spoke before Sunday's storm.", "Sunday", "2024-05-12"),
        ("The mill closed on May 28.", "May 28", "2023-05-28"),
        ("The mill will close on May 28.", "May 28", "2024-05-28"),
        ("They must pay by May 28.", "May 28", "2024-05-28"),
    ],
)
def test_what_is_to_come(text: str, words: str, value: str) -> None:
    assert [(one.text, one.value) for one in find_times(text, TUESDAY)] == [(words, value)]


@pytest.mark.parametrize(
    ("text", "words", "value"),
    [
        ("She was seen on Thursday of last week.", "Thursday of last week", "2024-05-09"),
        ("The fair opens on Monday of next week.", "Monday of next week", "2024-05-20"),
        ("They met on the second Tuesday of April.", "the second Tuesday of April", "2024-04-09"),
        ("It falls on the last Friday in October 2023.", "the last Friday in October 2023", "2023-10-27"),
        ("They met on the first Monday of last month.", "the first Monday of last month", "2024-04-01"),
    ],
)
def test_a_weekday_of_its_week_or_month(text: str, words: str, value: str) -> None:
    assert [(one.text, one.value) for one in find_times(text, TUESDAY)] == [(words, value)]


@pytest.mark.parametrize(
    ("text", "words", "value"),
    [
        ("He died on Christmas Day 2021.", "Christmas Day 2021", "2021-12-25"),
        ("She left on New Year’s Eve 2019.", "New Year’s Eve 2019", "2019-12-31"),
        ("The roof fell in on Easter Monday 2023.", "Easter Monday 2023", "2023-04-10"),
        ("It opened on Good Friday.", "Good Friday", "2024-03-29"),
        ("It burnt on Halloween last year.", "Halloween last year", "2023-10-31"),
        ("They fished over the Labor Day weekend.", "Labor Day", "2023-09-04"),
        ("He came home for the Easter weekend.", "Easter", "2024-W13-WE"),
        ("They take office on Inauguration Day 2025.", "Inauguration Day 2025", "2025-01-20"),
    ],
)
def test_holidays(text: str, words: str, value: str) -> None:
    assert [(one.text, one.value) for one in find_times(text, TUESDAY)] == [(words, value)]


@pytest.mark.parametrize(
    "text",
    [
        "The singer Jonny Christmas came.",
        "Happy Easter!",
        "She sells Easter eggs.",
        "The Easter Egg Trust closed.",
    ],
)
def test_a_holiday_in_a_name_is_no_day(text: str) -> None:
    assert find_times(text, TUESDAY) == ()


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("They met from 3 to 5 April.", [("2024-04-03", "2024-04-05")]),
        ("Between April 3 and 9 they met.", [("2024-04-03", "2024-04-09")]),
        ("The fair of June 14-16, 2023, was full.", [("2023-06-14", "2023-06-16")]),
        ("They met on April 3 and 9.", [("2024-04-03",) * 2, ("2024-04-09",) * 2]),
        ("They met on 3, 5 and 9 April.", [("2024-04-03",) * 2, ("2024-04-05",) * 2, ("2024-04-09",) * 2]),
        ("It rained in March and April 2019.", [("2019-03-01", "2019-03-31"), ("2019-04-01", "2019-04-30")]),
        ("The 2021-22 season was short.", [("2021-01-01", "2022-12-31")]),
        ("The budget of 2019/20 was cut.", [("2019-01-01", "2020-12-31")]),
        ("The slump of 2007–2009 hit the port.", [("2007-01-01", "2009-12-31")]),
        ("It grew in the 1970s and 80s.", [("1970-01-01", "1979-12-31"), ("1980-01-01", "1989-12-31")]),
    ],
)
def test_spans_and_pairs_have_both_ends(text: str, values: list[tuple[str, str]]) -> None:
    assert [(str(one.from_on), str(one.to_on)) for one in find_times(text, TUESDAY)] == values


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Sales fell in Q4 2022.", "2022-Q4"),
        ("Sales fell in Q1.", "2024-Q1"),
        ("Sales fell in Q2 of last year.", "2023-Q2"),
        ("Sales fell in 3Q 2021.", "2021-Q3"),
        ("Sales fell in H1 2023.", "2023-H1"),
        ("Sales fell in FY2023.", "2023"),
    ],
)
def test_quarters_in_figures(text: str, value: str) -> None:
    assert [one.value for one in find_times(text, TUESDAY)] == [value]


@pytest.mark.parametrize(
    ("text", "words", "value"),
    [
        ("The talks end on Friday at 14:30 GMT.", "14:30 GMT", "2024-05-10T14:30"),
        ("On 3 May, at 9 a.m. ET, it broke.", "9 a.m. ET", "2024-05-03T09:00"),
        ("The signal was lost at 0615 UTC.", "0615 UTC", "T06:15"),
        ("It begins at 5 p.m. BST on Thursday.", "5 p.m. BST on Thursday", "2024-05-16T17:00"),
    ],
)
def test_clock_times_with_zones(text: str, words: str, value: str) -> None:
    assert (words, value) in [(one.text, one.value) for one in find_times(text, TUESDAY)]


@pytest.mark.parametrize(
    ("text", "words", "value"),
    [
        ("It rained on the night of 20 April.", "the night of 20 April", "2024-04-20TNI"),
        ("She left a decade ago.", "a decade ago", "2014"),
        ("It opened a year and a half ago.", "a year and a half ago", "2022"),
        ("A month after the flood, they left.", "A month", "P1M"),
        ("After weeks of talks they left.", "After weeks of", "PXW"),
        ("The walls stem from 500 BC.", "500 BC", "BC0500"),
        ("It began in the summer of '69.", "the summer of '69", "1969-SU"),
        ("It has stood empty since the spring.", "since the spring", "2024-SP"),
        ("They will not meet in future.", "in future", "FUTURE_REF"),
        ("In past years it was full.", "In past years", "PAST_REF"),
        ("It has been so since 9/11.", "9/11", "2001-09-11"),
        ("They slept little this weekend.", "this weekend", "2024-W19-WE"),
        ("They will march this weekend.", "this weekend", "2024-W20-WE"),
    ],
)
def test_more_values(text: str, words: str, value: str) -> None:
    assert [(one.text, one.value) for one in find_times(text, TUESDAY)] == [(words, value)]


@pytest.mark.parametrize(
    "text",
    [
        "The Sunday Times reported it.",
        "The Friday Club closed.",
        "The Mail on Sunday ran it.",
        "He saw Saturday Night Live.",
        "He dreads Black Fridays and Bloody Sunday.",
        "Flight 1990 landed.",
        "She slept in Room 2001.",
        "About 2000 pages were burnt.",
        "A survey of 1709 pupils was lost.",
        "The January 20 shooting was never solved.",
        "The future of the pier is open.",
    ],
)
def test_names_and_counts_are_no_times(text: str) -> None:
    assert find_times(text, TUESDAY) == ()


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("The 2010 elections were close.", "2010"),
        ("The Factories Act 1961 was changed.", "1961"),
        ("Catches fell below a third of 2000 levels.", "2000"),
        ("On Tuesday Mayor Ann Lee left.", "2024-05-14"),
        ("The May 2 shooting shook the town.", "2024-05-02"),
    ],
)
def test_years_and_days_before_names(text: str, value: str) -> None:
    assert [one.value for one in find_times(text, TUESDAY)] == [value]


@pytest.mark.parametrize(
    ("year", "day"),
    [
        (1999, date(1999, 4, 4)),
        (2016, date(2016, 3, 27)),
        (2024, date(2024, 3, 31)),
        (2038, date(2038, 4, 25)),
    ],
)
def test_easter(year: int, day: date) -> None:
    assert easter(year) == day


def test_the_following_month_is_counted_from_the_month_named_last() -> None:
    times = find_times("The hall burnt down in May 2019. The following month it was sold.", TUESDAY)
    assert [one.value for one in times] == ["2019-05", "2019-06"]


def test_no_day_before_or_after_the_calendar() -> None:
    text = (
        "yesterday, on Sunday, last week, tonight, two days ago, 9 a.m. tomorrow, the weekend, at noon Monday, "
        "this week, in the quarter ended January 31, three years later, the last half of next year, over the winter, "
        "last Easter, Thanksgiving, Tuesday of last week, Friday of next week, the second Tuesday of next month, "
        "the last Monday of last month, Q3, this weekend, a year and a half ago, between May 3 and 5, two decades ago, "
        "the Sept. 11 attacks, summer '80, every Friday, May 3 and 9, Friday at 14:30 GMT, the last decade"
    )
    for day in (date(1, 1, 1), date(9999, 12, 31)):
        find_times(text, day)


def test_without_a_publication_date_nothing_relative_is_resolved() -> None:
    text = "He left on Monday, three days ago, last week, in April, on 4 May, the next day and in 2019."
    assert [one.value for one in find_times(text, None)] == ["2019"]


def test_words_that_are_also_months() -> None:
    assert find_times("You may march with Mrs May.", TUESDAY) == ()
