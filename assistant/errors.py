"""What can go wrong above knowledge.

AssistantError
└── SettingError   an environment variable cannot be read
"""


class AssistantError(Exception):
    """The message is for the person who runs the assistant, in plain English, and says what to do."""


class SettingError(AssistantError):
    """An environment variable cannot be read."""
