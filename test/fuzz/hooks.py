"""Hooks of the fuzz of the REST API; told to Schemathesis by SCHEMATHESIS_HOOKS."""

import schemathesis


@schemathesis.hook
def filter_case(context, case):
    """Page tokens are sealed: a valid one cannot be made up, and to refuse one that was is right."""
    made_up = "nextToken" in (case.query or {})
    return not (made_up and case.meta is not None and case.meta.generation.mode.is_positive)
