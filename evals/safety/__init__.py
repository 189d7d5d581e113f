"""Does it help at once where somebody is in danger, and refuse what must be refused, and only that?"""
