"""What can go wrong above knowledge.

AssistantError
├── SettingError        an environment variable cannot be read
├── ModelError          a language model gives nothing that can be used (assistant.model_errors has its kinds)
├── DossierUnreachable  the dossier service does not answer (assistant.dossier)
├── FormDefinitionError a form's definition or Word template cannot be read
└── ConsentMissing      nobody agreed to passing a conversation on (assistant.handover)
"""


class AssistantError(Exception):
    """The message is for the person who runs the assistant, in plain English, and says what to do."""


class SettingError(AssistantError):
    """An environment variable cannot be read."""


class FormDefinitionError(AssistantError):
    """A form's definition or Word template cannot be read; it says which file, and what is wrong with it."""
