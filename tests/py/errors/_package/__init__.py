# Imported by import_nested.py.
