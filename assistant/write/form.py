"""Forms in an answer: which may be meant, the next word of one, what is remembered, what stands beside any answer."""

from __future__ import annotations

from collections.abc import Mapping

from assistant import wording_forms as words
from assistant.conversation import Answer, Block, FormView, Memory, Status, Suggestion
from assistant.draft import Finding
from assistant.forms.buttons import button_text
from assistant.forms.definition import Form, forms, forms_of
from assistant.forms.dialogue import Step
from assistant.forms.filling import Filling, State, progress
from assistant.forms.values import Held
from assistant.write.form_step import STATUS, StepTeller, value_line
from knowledge.procedure import Language, Text

_MOST_BUTTONS = 8


def tell_step(step: Step, language: Language, done: str = "") -> Answer:
    """The answer to a message that was meant for a form; `done` is the one of the same procedure done before it."""
    teller = StepTeller(step, language, done)
    return Answer(
        status=STATUS[step.move],
        language=language,
        blocks=tuple(teller.blocks()),
        suggestions=tuple(teller.buttons())[:_MOST_BUTTONS],
    )


def choose_form(finding: Finding, language: Language) -> Answer:
    """The forms that may be meant, as buttons."""
    offered = [forms()[name] for name in finding.forms]
    items = tuple(form.short.said_in(language) for form in offered)
    buttons = tuple(_fill_this(form, language) for form in offered)
    text = words.WHICH_FORM.said_in(language)
    return Answer(
        status=Status.FORM_CHOICE, language=language, blocks=(Block(text=text, items=items),), suggestions=buttons
    )


def show_profile(profile: Mapping[str, Held], language: Language) -> tuple[Block, ...]:
    """What is remembered of a citizen."""
    if not profile:
        return (Block(text=words.PROFILE_EMPTY.said_in(language)),)
    items = tuple(
        value_line(label.said_in(language), profile[name].shown, language)
        for name, label in words.PROFILE_LABEL.items()
        if name in profile
    )
    return (Block(heading=words.PROFILE_TITLE.said_in(language), items=items),)


def form_view(memory: Memory, answered: Status, language: Language) -> FormView | None:
    """The form being filled in, as it is shown beside any answer."""
    filling = memory.filling
    if filling is None or filling.form not in forms():
        return None
    form = forms()[filling.form]
    settled, of = progress(filling, form)
    question = _waiting(filling, form) if answered.family != "form" else None
    title = form.short.said_in(language)
    return FormView(
        id=form.id,
        title=title,
        settled=settled,
        of=of,
        question=question.said_in(language) if question else "",
        ready=filling.state is State.DONE,
    )


def _waiting(filling: Filling, form: Form) -> Text | None:
    """What the form waits for: repeated where something else was answered meanwhile."""
    if filling.state is State.REVIEW:
        return words.REVIEW_WAITS
    return form.field(filling.asked).ask if filling.state is State.ASKING and filling.asked else None


def fill_buttons(code: str, language: Language) -> tuple[Suggestion, ...]:
    """Below an answer about a procedure: to fill in its form, or each by its name where it needs several."""
    buttons = [_fill_this(form, language) for form in forms_of(code)]
    if len(buttons) == 1:
        buttons = [buttons[0].model_copy(update={"label": words.FILL_IN.said_in(language)})]
    return tuple(button.model_copy(update={"about": code}) for button in buttons)


def _fill_this(form: Form, language: Language) -> Suggestion:
    return Suggestion(label=form.short.said_in(language), text=button_text(form, language))
