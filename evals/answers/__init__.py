"""Are the answers that go out grounded, in time, and whose words are they?"""
