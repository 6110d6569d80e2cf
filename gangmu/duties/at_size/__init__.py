"""Duties at size: the states of all bearers of a place as columns, equal to the plain rules of the catalog."""
