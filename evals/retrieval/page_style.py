"""The look of the page: dark on white, one column, narrow enough for a phone; the filter of the misses without a script."""

from __future__ import annotations

from collections.abc import Iterable

STYLE = """
:root { color-scheme: light }
* { box-sizing: border-box }
body { margin: 0 auto; max-width: 60rem; padding: 1rem; background: #fff; color: #1a1a1a;
  font: 1rem/1.5 system-ui, "Noto Sans", sans-serif; overflow-wrap: anywhere }
h1 { font-size: 1.5rem; margin: 0 0 .25rem } h2 { font-size: 1.2rem; margin: 2rem 0 .5rem }
h3 { font-size: 1rem; margin: 1.2rem 0 .3rem }
p { margin: .3rem 0 } .note { color: #4a4a4a }
.scroll { overflow-x: auto }
table { border-collapse: collapse; font-variant-numeric: tabular-nums; overflow-wrap: normal }
th, td { padding: .2rem .6rem .2rem 0; text-align: right; border-bottom: 1px solid #dfe4e8; vertical-align: top }
th:first-child, td:first-child { text-align: left; min-width: 9rem }
tbody th { font-weight: 400; color: #4a4a4a; padding-top: .8rem; text-align: left }
.better { color: #1b6e20 } .worse { color: #b3261e }
.cards { display: grid; grid-template-columns: repeat(auto-fit, minmax(8.5rem, 1fr)); gap: .5rem; margin: 1rem 0; padding: 0 }
.cards div { border: 1px solid #dfe4e8; border-radius: .4rem; padding: .5rem .7rem }
.cards dt { color: #4a4a4a; font-size: .85rem } .cards dd { margin: 0; font-size: 1.4rem }
.bar { display: flex; height: 1.6rem; margin: .5rem 0; border-radius: .3rem; overflow: hidden }
.key { display: inline-block; width: .8rem; height: .8rem; margin-right: .4rem; border-radius: .15rem }
figure { margin: .5rem 0 } svg { width: 100%; max-width: 38rem; height: auto; display: block }
details { border-bottom: 1px solid #dfe4e8; padding: .35rem 0 } summary { cursor: pointer }
details p { margin-left: 1rem } code { font: .9em ui-monospace, "Noto Sans Mono", monospace }
.filter { position: absolute; opacity: 0 }
.filters label { display: inline-block; margin: .15rem .2rem .15rem 0; padding: .2rem .6rem; border: 1px solid #8a97a3;
  border-radius: 1rem; cursor: pointer }
"""

ALL = "all"
"""The choice of a filter that hides nothing."""


def filter_rules(group: str, values: Iterable[str]) -> str:
    """The rules by which the radio buttons of a group show only the items of the chosen value."""
    rules = []
    for value in values:
        button = f"#{group}-{value}"
        rules.append(
            f'{button}:checked ~ .filters label[for="{group}-{value}"] {{ background: #0b5394; color: #fff }} '
            f'{button}:focus-visible ~ .filters label[for="{group}-{value}"] {{ outline: 2px solid #1a1a1a }}'
        )
        if value != ALL:
            rules.append(f"{button}:checked ~ .items > :not(.{group}-{value}) {{ display: none }}")
    return "\n".join(rules)
