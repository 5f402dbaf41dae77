"""Times of capture in the forms that crawlers, databases and servers write."""

from __future__ import annotations

import math
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from etl.load.timestamps import read_timestamp

NOON = datetime(2023, 4, 5, 12, 30, 7, tzinfo=UTC)
DAY = datetime(2023, 4, 5, tzinfo=UTC)
EPOCH = int(NOON.timestamp())


@pytest.mark.parametrize(
    "value",
    [
        "2023-04-05T12:30:07Z", "2023-04-05 12:30:07", "2023-04-05 12:30:07 UTC", "2023-04-05T14:30:07+02:00",
        "2023-04-05 12:30:07 GMT", "2023-04-05 12:30:07.000 UTC", "2023-04-05T12:30:07.000Z[UTC]",
        "2023-04-05 14:30:07 +0200", "2023/04/05 12:30:07", "2023/4/5 12:30:07", " 2023-04-05T12:30:07+00 ",
        "Wed, 05 Apr 2023 12:30:07 GMT", "Wednesday, 05-Apr-23 12:30:07 GMT", "Wed Apr  5 12:30:07 2023",
        "Wed, 5 Apr 2023 14:30:07 +0200", "5 Apr 2023 12:30:07 GMT",
        "20230405123007", 20230405123007, EPOCH, str(EPOCH), EPOCH * 1000, str(EPOCH * 1000), float(EPOCH),
        f"{EPOCH}.0", EPOCH * 1_000_000, EPOCH * 1_000_000_000, NOON, NOON.replace(tzinfo=None),
        {"$date": "2023-04-05T12:30:07Z"}, {"$date": EPOCH * 1000}, {"$date": {"$numberLong": str(EPOCH * 1000)}},
        {"$numberLong": str(EPOCH * 1000)}, b"2023-04-05T12:30:07Z",
    ],
)  # fmt: skip
def test_a_moment_is_read_in_each_form(value: Any) -> None:
    assert read_timestamp(value) == NOON


@pytest.mark.parametrize(
    "value", ["2023-04-05", "20230405", 20230405, "2023/04/05", "2023-4-5", date(2023, 4, 5)]
)
def test_a_day_is_its_midnight(value: Any) -> None:
    assert read_timestamp(value) == DAY


@pytest.mark.parametrize("value", [None, "", "  ", math.nan, {"$date": None}])
def test_nothing_is_no_time(value: Any) -> None:
    assert read_timestamp(value) is None


@pytest.mark.parametrize(
    "value",
    [
        0, -1, 1, 2023, 20231399, 20230405993007, 99999999999999, 10**25, 631152000, True, 1e300, -math.inf,
        int((datetime.now(UTC) + timedelta(days=30)).timestamp()), "yesterday", "12:30", [], {"$date": [1]},
        {"$date": "x", "more": 1}, "Wed, 99 Apr 2023 12:30:07 GMT", "\x00", "²⁰²³⁰⁴⁰⁵",
    ],
)  # fmt: skip
def test_what_is_no_time_is_none_of_1970_or_of_the_future(value: Any) -> None:
    with pytest.raises((ValueError, TypeError, IndexError, OverflowError, OSError)):
        read_timestamp(value)


def test_the_parts_of_a_second_are_kept() -> None:
    moment = NOON + timedelta(milliseconds=125)
    assert read_timestamp(EPOCH * 1000 + 125) == moment
    assert read_timestamp(EPOCH + 0.125) == moment
    assert read_timestamp("2023-04-05T12:30:07.125000000Z") == moment
