"""Declarations filled in from a conversation: what a form asks, reading what was said, filling in, and the document.

`definition` is what a form is; `definitions/` are the forms, one YAML file each; `values` and `kinds/` read what was said
for a field; `extract` finds values in a sentence; `filling` is the state of one form and how it changes; `layout`,
`docx` and `pdf` make the document.
"""
