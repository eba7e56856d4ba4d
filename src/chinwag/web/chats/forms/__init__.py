"""FORMS: what people fill in, checked; also the filters of lists, which come by GET.

What lives here: one file for each part of the site. May import: `models`, `queries`, `actions`.
May not import: views. Example: `form = SearchForm(request.GET, series=...)`.
"""
