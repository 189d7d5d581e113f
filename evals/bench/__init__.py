"""How fast and how large is it, beside plain pipelines over the same records?"""
