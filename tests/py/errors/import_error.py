# pyrite: oracle=micropython exit=1
import _imported
