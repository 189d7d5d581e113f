"""What all messengers share: nothing lost, nothing doubled, one order a person, answers cut to what a chat can show."""
