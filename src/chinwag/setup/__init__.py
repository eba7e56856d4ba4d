"""SETUP: from the settings to what workflows take as arguments: routes, accounts, models, clock.

What lives here: routes, accounts, blogs, models (and what one costs by the settings' prices),
clock, person (who is at this machine), and the pictures and text files that a person names. May
import: config, networks, engines, and below. May not import: a door. Example: `routes =
make_routes(read_settings(), {"mastodon": ["glammr.us"]})`.
"""
