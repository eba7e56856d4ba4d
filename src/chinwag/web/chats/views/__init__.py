"""VIEWS: from a request to a page. Objects come from `access` alone.

What lives here: one file for each part of the site. A view finds its object, asks `queries`, calls
one of `actions`, and shows a template. May import: everything below in `chats`, `steps`,
`messages`. May not import: workflows, stores, models' managers.
Example: `path("<slug:series>/", front.show_series)`.
"""
