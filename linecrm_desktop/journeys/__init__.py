"""Journeys: paths of messages for the friends of a segment, one step a day at most, each approved by a person."""
