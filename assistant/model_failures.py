"""What a failure of a provider's library means. Told by names: not every provider need be installed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from assistant.model_errors import ModelError, ModelLate, ModelNonsense, ModelRefused, ModelUnavailable

_PASSING = (408, 409, 425, 429)
"""Statuses that another try may mend, besides 500 and above."""
_DEEPEST = 8


def meant(error: Exception, identity: str, timeout: float) -> ModelError:
    """The failure in our words, with what to do; none of the server's words are in it."""
    for cause in _causes(error):
        if isinstance(cause, ModelError):
            return cause
    status = _status(error)
    names = " ".join(kind.__name__ for cause in _causes(error) for kind in type(cause).__mro__)
    if status in _PASSING or (status or 0) >= 500:
        again = _again_after(error)
        mend = "wait, or have its limit raised" if status == 429 else "look at its log, or try again later"
        return ModelUnavailable(
            f"{identity} answers with status {status}. To mend it: {mend}.", status=status, again_after=again
        )
    if status is not None:
        remedy = "correct its key" if status in (401, 403) else "correct its name and address"
        return ModelRefused(f"{identity} answers with status {status}. To mend it: {remedy}.", status=status)
    if "Timeout" in names:
        return ModelLate(
            f"{identity} gave no answer in {timeout:.1f} s. To mend it: look why it is slow, or set another."
        )
    if "Connect" in names or "TransportError" in names:
        return ModelUnavailable(f"{identity} cannot be reached. To mend it: start it, or correct its address.")
    return ModelNonsense(
        f"{identity} gives no whole answer ({type(error).__name__}). To mend it: correct its address, or look at its log."
    )


def _causes(error: BaseException) -> Iterator[BaseException]:
    one: BaseException | None = error
    for _ in range(_DEEPEST):
        if one is None:
            return
        yield one
        one = one.__cause__ or one.__context__


def _status(error: Exception) -> int | None:
    for cause in _causes(error):
        for name in ("status_code", "code"):
            value = getattr(cause, name, None)
            if isinstance(value, int) and 300 <= value < 600:
                return value
    return None


def _again_after(error: Exception) -> float | None:
    """Seconds of `Retry-After`; a date there is not worth a clock."""
    headers: Mapping[str, str] = getattr(getattr(error, "response", None), "headers", None) or {}
    try:
        return max(0.0, float(headers.get("retry-after", "")))
    except ValueError:
        return None
