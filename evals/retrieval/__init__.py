"""Does the right procedure come first?"""
