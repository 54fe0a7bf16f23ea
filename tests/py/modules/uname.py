# pyrite: oracle=micropython
# os.uname() tells of the interpreter.
import os

u = os.uname()
print(len(u), u.sysname == u[0], u.release[:4], "1.29.0" in u.version, u.machine == u[4])
print(str(u)[:9], [part[: part.find("=")] for part in str(u)[1:].split("', ")])
