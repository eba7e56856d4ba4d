"""ACTIONS: what people do, a verb each: one transaction, a line in the log, perhaps an event.

What lives here: one file a noun. An action is given objects that `access` let through, and raises
`Declined` where it cannot be done. May import: `models`, `access`, `queries`, `live.tell`. May not
import: forms, views, workflows, stores. Example: `make_series(user, name=..., slug=...)`.
"""
