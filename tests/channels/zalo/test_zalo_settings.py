"""The settings of the Zalo account, and that each is written down."""

from __future__ import annotations

import re
from pathlib import Path

from channels.zalo import settings as settings_module
from channels.zalo.settings import ZaloSettings

EXAMPLE = Path(__file__).parents[3] / ".env.example"
SECRETS = {"TROLY_ZALO_APP_ID": "1", "TROLY_ZALO_APP_SECRET": "tre", "TROLY_ZALO_OA_SECRET": "măng"}


def test_without_an_application_there_is_no_account():
    assert ZaloSettings.read({}) is None


def test_every_setting_is_in_the_example_with_its_default():
    example = dict(re.findall(r"^(TROLY_ZALO_\w+)=(.*)$", EXAMPLE.read_text(encoding="utf-8"), re.MULTILINE))

    assert set(example) == {f"TROLY_ZALO_{name}" for name in settings_module._NAMES}
    assert ZaloSettings.read({**example, **SECRETS}) == ZaloSettings.read(SECRETS)


def test_no_secret_is_told_by_the_settings_themselves():
    told = repr(ZaloSettings.read({**SECRETS, "TROLY_ZALO_REFRESH_TOKEN": "lá"}))

    assert [secret for secret in ("tre", "măng", "lá") if f"'{secret}'" in told] == []
