# pyrite: exit=1
raise SystemExit("the reason")
