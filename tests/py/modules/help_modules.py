# pyrite: oracle=pyrite
# help("modules") lists what is built in.
help("mod" + "ules")
help()
