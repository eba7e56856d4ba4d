"""SENTENCES: load, call steps, save; each reads aloud as what it does.

What lives here: what people note (correct_placement, remove_posts, edit_chat, edit_story, undo),
what is made of it (import_files, place_chat, summarise_chat, publish_chat; make_again makes what is
out of date), what goes out (announce_question, export_story, publish_to_blog), what a language
model does (ask_editor, reword_summary, advise_host), what looks (check_folder, show_folder),
capture_chat, and recap_files, which is everything in order.
May import: steps, importers, stores and below. May not import: config or a door.
Example: `recap_files([Path("chat.csv")], into=Path("my-chat"))`.
"""
