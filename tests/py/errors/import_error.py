# pyrite: oracle=micropython exit=1 board
import _imported
