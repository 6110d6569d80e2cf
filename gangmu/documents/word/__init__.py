"""Word out: comments put into a .docx whose own bytes stay as they are, and plain text made a .docx."""
