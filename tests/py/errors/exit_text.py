# pyrite: exit=1 board
raise SystemExit("the reason")
