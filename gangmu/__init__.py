"""纲目: every fact recorded once, every figure derived from facts, every document's numbers checked."""
