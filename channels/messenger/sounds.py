"""What kind of sound it is, by its first bytes: nobody's word for it is needed."""

from __future__ import annotations

from typing import Final

_SIGNS: Final = (
    (0, b"OggS", "ogg", "audio/ogg"),
    (4, b"ftyp", "m4a", "audio/mp4"),
    (0, b"ID3", "mp3", "audio/mpeg"),
    (0, b"\xff\xf1", "aac", "audio/aac"),
    (0, b"\xff\xf9", "aac", "audio/aac"),
    (0, b"\xff\xfb", "mp3", "audio/mpeg"),
    (0, b"\xff\xf3", "mp3", "audio/mpeg"),
    (0, b"\xff\xf2", "mp3", "audio/mpeg"),
    (0, b"RIFF", "wav", "audio/wav"),
    (0, b"fLaC", "flac", "audio/flac"),
    (0, b"#!AMR", "amr", "audio/amr"),
    (0, b"\x1a\x45\xdf\xa3", "webm", "audio/webm"),
)
"""Where a sign stands, the sign, the ending of a file's name, the type."""


def named(sound: bytes) -> tuple[str, str]:
    """A file name and a type for a sound: servers go by one or the other. Without a sign it is just bytes."""
    for at, sign, ending, kind in _SIGNS:
        if sound.startswith(sign, at):
            return f"voice.{ending}", kind
    return "voice", "application/octet-stream"
