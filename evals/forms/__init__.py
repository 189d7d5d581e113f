"""Are the values for a form's fields found in what people type and say, and nothing else?"""
