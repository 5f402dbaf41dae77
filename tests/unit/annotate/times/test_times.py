from datetime import date

import pytest

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
        ("Those behind the July 7 attacks were never found.", "July 7", "2023-07-07"),
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
    assert [one.value for one in times] == ["2008"]  # of an unknown month


@pytest.mark.parametrize("text", ["They vote on Super Tuesday.", "She said so on Newsroom Tonight."])
def test_a_name_of_a_day_is_no_time(text: str) -> None:
    assert find_times(text, TUESDAY) == ()


@pytest.mark.parametrize(
    "text",
    [
        "They march each July.",
        "It flies on Tuesday nights.",
        "They vote every four years.",
        "Book it on a Sunday.",
    ],
)
def test_what_is_meant_again_and_again_is_no_time(text: str) -> None:
    assert find_times(text, TUESDAY) == ()


def test_the_following_month_is_counted_from_the_month_named_last() -> None:
    times = find_times("The hall burnt down in May 2019. The following month it was sold.", TUESDAY)
    assert [one.value for one in times] == ["2019-05", "2019-06"]


def test_no_day_before_or_after_the_calendar() -> None:
    text = (
        "yesterday, on Sunday, last week, tonight, two days ago, 9 a.m. tomorrow, the weekend, at noon Monday, "
        "this week, in the quarter ended January 31, three years later, the last half of next year, over the winter"
    )
    for day in (date(1, 1, 1), date(9999, 12, 31)):
        find_times(text, day)


def test_without_a_publication_date_nothing_relative_is_resolved() -> None:
    text = "He left on Monday, three days ago, last week, in April, on 4 May, the next day and in 2019."
    assert [one.value for one in find_times(text, None)] == ["2019"]


def test_words_that_are_also_months() -> None:
    assert find_times("You may march with Mrs May.", TUESDAY) == ()
