"""What sheets mean and why their cells cannot be taken so. Pure: no database, no clock, no request."""
