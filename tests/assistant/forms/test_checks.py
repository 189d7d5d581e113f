"""What must hold between the values of a form, and what is missing."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.forms.checks import Trouble, check, is_asked, missing
from assistant.forms.definition import Form, forms
from assistant.forms.values import Held
from knowledge.procedure import Text

TODAY = date(2026, 11, 21)
TOLD = {"vi": "Xem lại.", "en": "Look again."}
KINDS = {
    "a": "date",
    "b": "date",
    "name_a": "name",
    "name_b": "name",
    "number": "identity",
    "paper": "document",
    "paper_b": "document",
    "sex": "sex",
    "wish": "yes_no",
    "more": "text",
}


def form_with(*rules, **changed):
    """A form with a field of each kind that rules speak of."""
    fields = [
        {"id": name, "kind": kind, "label": TOLD, "ask": TOLD, **changed.get(name, {})} for name, kind in KINDS.items()
    ]
    return Form.model_validate(
        {
            "id": "trial",
            "version": "2026-11-21",
            "title": TOLD,
            "short": TOLD,
            "addressee": "",
            "source": {"legal": "x", "read_in": "x", "as_of": "2026-11-21", "verified": "memory"},
            "groups": [{"id": "all", "label": TOLD, "why": TOLD, "fields": fields}],
            "rules": [{"message": TOLD, **rule} for rule in rules],
            "layout": [{"text": " ".join(f"{{{name}}}" for name in KINDS)}],
        }
    )


def held(**data):
    return {name: Held(data=value, shown=str(value)) for name, value in data.items()}


def is_broken(rule, **data):
    return bool(check(form_with(rule), held(**data), TODAY))


@pytest.mark.parametrize("kind", ["born_before", "not_after"])
@pytest.mark.parametrize(
    ("a", "b", "broken"),
    [
        ("2020-01-02", "2020-01-01", True),
        ("2020-01-01", "2020-01-01", False),
        ("2020-01-01", "2020-01-02", False),
        ("2020", "2020-06-01", False),
        ("2021", "2020-12-31", True),
        ("2020-12-31", "2020", False),
        ("2021-01-01", "2020", True),
        ("2020", "2020", False),
        ("2021", "2020", True),
    ],
)
def test_one_day_must_not_lie_behind_another(kind, a, b, broken):
    assert is_broken({"kind": kind, "fields": ["a", "b"]}, a=a, b=b) == broken


@pytest.mark.parametrize(
    ("older", "younger", "broken"),
    [
        ("2010-05-05", "2023-05-04", True),
        ("2010-05-05", "2023-05-05", False),
        ("1990-03-12", "2026-11-05", False),
        ("2010", "2023-01-01", False),
        ("2010", "2022-12-31", True),
        ("2010-05-05", "2023", False),
        ("2010-05-05", "2022", True),
        ("2010", "2023", False),
        ("2011", "2023", True),
        ("2026-11-05", "1990-03-12", True),
    ],
)
def test_a_mother_is_older_than_her_child_by_years(older, younger, broken):
    assert is_broken({"kind": "older_than", "fields": ["a", "b"], "years": 13}, a=older, b=younger) == broken


@pytest.mark.parametrize(
    ("birth", "broken"),
    [
        ("2008-11-21", False),
        ("2008-11-22", True),
        ("2008", False),
        ("2009", True),
        ("1950-01-01", False),
        ("2026-11-20", True),
    ],
)
def test_an_age_is_counted_to_the_day_the_form_is_filled_in(birth, broken):
    assert is_broken({"kind": "at_least_age", "fields": ["a"], "years": 18}, a=birth) == broken


def test_born_on_29_february_comes_of_age_on_the_28th():
    rule = {"kind": "at_least_age", "fields": ["a"], "years": 18}
    form, values = form_with(rule), held(a="2008-02-29")

    assert [bool(check(form, values, date(2026, 2, day))) for day in (27, 28)] == [True, False]


@pytest.mark.parametrize(
    ("event", "broken"),
    [
        ("2026-09-21", True),
        ("2026-09-22", False),
        ("2026-11-21", False),
        ("2025", True),
        ("2026", False),
    ],
)
def test_a_registration_is_late_after_its_days(event, broken):
    assert is_broken({"kind": "late", "fields": ["a"], "days": 60}, a=event) == broken


def test_a_day_that_is_not_given_breaks_nothing():
    rules = [
        {"kind": "born_before", "fields": ["a", "b"]},
        {"kind": "older_than", "fields": ["a", "b"], "years": 13},
        {"kind": "at_least_age", "fields": ["b"], "years": 18},
        {"kind": "late", "fields": ["b"], "days": 60},
    ]

    assert check(form_with(*rules), held(a="2025-01-01"), TODAY) == ()


@pytest.mark.parametrize(
    ("fields", "data", "broken"),
    [
        (["name_a", "name_b"], {"name_a": "Lê An", "name_b": "LÊ  AN"}, True),
        (["name_a", "name_b"], {"name_a": "Trần Hòa", "name_b": "Trần Hoà"}, True),
        (["name_a", "name_b"], {"name_a": "Lê An", "name_b": "Lê Ân"}, False),
        (["name_a", "name_b"], {"name_a": "Lê An"}, False),
        (
            ["paper", "paper_b"],
            {"paper": {"number": "048190001234"}, "paper_b": {"number": "048190001234", "type": "cccd"}},
            True,
        ),
        (["paper", "paper_b"], {"paper": {"number": "048190001234"}, "paper_b": {"number": "048088005678"}}, False),
        (["number", "paper"], {"number": "048190001234", "paper": {"number": "048190001234"}}, True),
    ],
)
def test_two_people_have_different_names_and_numbers(fields, data, broken):
    assert is_broken({"kind": "different", "fields": fields}, **data) == broken


@pytest.mark.parametrize(
    ("data", "broken"),
    [
        ({"a": "1990-03-12", "sex": "nu"}, False),
        ({"a": "1990", "sex": "nu"}, False),
        ({"a": "1991-03-12"}, True),
        ({"a": "1991"}, True),
        ({"sex": "nam"}, True),
        ({"a": "1990-03-12", "sex": "nam"}, True),
        ({}, False),
    ],
)
@pytest.mark.parametrize("number", [{"number": "048190001234"}, {"paper": {"type": "cccd", "number": "048190001234"}}])
def test_a_number_tells_the_year_of_birth_and_the_sex(number, data, broken):
    rule = {"kind": "identity_fits", "fields": [*number, "a", "sex"]}

    assert is_broken(rule, **number, **data) == broken


@pytest.mark.parametrize("number", ["201234567", "C1234567", ""])
def test_another_number_tells_nothing(number):
    rule = {"kind": "identity_fits", "fields": ["paper", "a"]}

    assert not is_broken(rule, paper={"number": number}, a="1990-03-12")


def test_a_number_that_does_not_fit_never_blocks():
    rule = {"kind": "identity_fits", "fields": ["number", "a"], "blocks": True}
    (trouble,) = check(form_with(rule), held(number="048190001234", a="1991"), TODAY)

    assert not trouble.blocks


@pytest.mark.parametrize(
    ("given", "broken"),
    [({}, False), ({"a": "1990"}, True), ({"a": "1990", "name_a": "Lê An"}, False), ({"more": "x"}, False)],
)
def test_one_of_several_is_given_once_anything_is(given, broken):
    assert is_broken({"kind": "one_of", "fields": ["name_a", "more"]}, **given) == broken


@pytest.mark.parametrize(
    ("given", "broken"),
    [({}, False), ({"name_a": "Lê An"}, True), ({"more": "x"}, True), ({"name_a": "Lê An", "more": "x"}, False)],
)
def test_what_belongs_together_is_given_together(given, broken):
    assert is_broken({"kind": "given_together", "fields": ["name_a", "more"]}, **given) == broken


@pytest.mark.parametrize(("sex", "broken"), [({"sex": "nam"}, True), ({"sex": "nu"}, False), ({}, False)])
def test_a_rule_holds_only_under_its_condition(sex, broken):
    rule = {"kind": "at_least_age", "fields": ["a"], "years": 20, "when": {"sex": ["nam"]}}

    assert is_broken(rule, a="2008-01-01", **sex) == broken


def test_a_trouble_tells_all_of_its_rule():
    rule = {"kind": "not_after", "fields": ["a", "b"], "blocks": True, "source": "Luật Hộ tịch"}

    assert check(form_with(rule), held(a="2021", b="2020"), TODAY) == (
        Trouble("not_after", ("a", "b"), Text(vi="Xem lại.", en="Look again."), blocks=True, source="Luật Hộ tịch"),
    )


def test_a_value_of_a_field_that_is_no_longer_asked_does_not_count():
    form = form_with({"kind": "not_after", "fields": ["a", "b"]}, b={"when": {"wish": ["co"]}})

    assert [len(check(form, held(a="2021", b="2020", wish=wish), TODAY)) for wish in ("co", "khong")] == [1, 0]


@pytest.mark.parametrize(("wish", "asked"), [({"wish": "co"}, True), ({"wish": "khong"}, False), ({}, False)])
def test_a_field_is_asked_under_its_condition(wish, asked):
    field = form_with(more={"when": {"wish": ["co"]}}).field("more")

    assert is_asked(field, held(**wish)) == asked


def test_a_value_of_several_parts_is_no_condition():
    field = form_with(more={"when": {"paper": ["co"]}}).field("more")

    assert not is_asked(field, held(paper={"number": "1"}))


@pytest.mark.parametrize(
    ("data", "none", "left"),
    [
        ({}, (), ("a", "name_a", "wish")),
        ({"a": "1990"}, (), ("name_a", "wish")),
        ({"a": "1990"}, ("name_a",), ("wish",)),
        ({"a": "1990", "name_a": "Lê An", "wish": "khong"}, (), ()),
        ({"a": "1990", "name_a": "Lê An", "wish": "co"}, (), ("more",)),
        ({"a": "1990", "name_a": "Lê An", "wish": "co"}, ("more",), ()),
    ],
)
def test_missing_is_what_is_required_asked_and_neither_given_nor_declined(data, none, left):
    optional = {name: {"required": False} for name in KINDS if name not in ("a", "name_a", "wish", "more")}
    form = form_with(**optional, more={"when": {"wish": ["co"]}})

    assert missing(form, held(**data), none) == left


def test_a_late_birth_of_a_mother_under_13_is_told_in_the_birth_form():
    values = held(child_birth="2026-01-05", mother_birth="2015", marriage_number="45/2018")

    assert [(trouble.kind, trouble.blocks) for trouble in check(forms()["khai-sinh"], values, TODAY)] == [
        ("older_than", False),
        ("late", False),
        ("given_together", False),
    ]


@pytest.mark.parametrize("form", forms().values(), ids=lambda form: form.id)
def test_an_empty_form_has_something_missing_and_nothing_contradicts(form):
    assert missing(form, {}, ())
    assert check(form, {}, TODAY) == ()
