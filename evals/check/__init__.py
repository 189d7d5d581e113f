"""Does the check catch what is false in prose, and let pass what is true?"""
