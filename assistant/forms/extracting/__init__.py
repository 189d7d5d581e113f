"""Finding values in a sentence.

`lexicon` are the words, `sections` whose the fields are, `vocabulary` a form's phrases; `people` and `labels` find them in a
sentence, `meaning` gives each its field, `stretches` say how far a value reaches, `taking` has it read and keeps it.
"""
