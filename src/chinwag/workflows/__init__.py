"""SENTENCES: load, call steps, save; each reads aloud as what it does.

What lives here: import_files, place_chat, summarise_chat, publish_chat, correct_placement,
remove_posts, check_folder, show_folder, and recap_files, which is all of them in order.
May import: steps, importers, stores and below. May not import: config or a door.
Example: `recap_files([Path("chat.csv")], into=Path("my-chat"))`.
"""
