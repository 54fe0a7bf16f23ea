# pyrite: oracle=pyrite exit=1
import _imported
