# Imported by imports.py; fails.
1 // 0
