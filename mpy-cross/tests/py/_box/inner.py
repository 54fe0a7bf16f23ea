from . import lid
from .deep import depth as _depth

content = lid() + " with " + str(_depth)
