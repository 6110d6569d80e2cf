"""What a number of a text means and whether the record agrees: plain functions over frozen values."""
