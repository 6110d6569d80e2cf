"""Telling people in time: calendars they subscribe to, and digests of what stands open, by mail or by a group's bot."""
