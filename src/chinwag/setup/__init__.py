"""SETUP: from the settings to what workflows take as arguments: routes, accounts, models, clock.

What lives here: routes, accounts, models, clock, and what a model costs by the settings' prices.
May import: config, networks, engines, and below. May not import: a door.
Example: `routes = make_routes(read_settings(), {"mastodon": ["glammr.us"]})`.
"""
