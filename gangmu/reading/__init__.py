"""From a document to its text, outline, numeric claims and arithmetic. Pure Python; imports only kernel."""
