"""Is what identifies a person found, and is everything else left alone?"""
