"""Small worlds of facts: for each figure a world file promises, the facts from which the record gives that figure."""
