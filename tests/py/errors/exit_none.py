# pyrite: board
import sys

print("bye")
sys.exit()
