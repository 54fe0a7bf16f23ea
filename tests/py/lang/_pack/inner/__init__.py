from .. import X as Y
from .leaf import Z
from ..other import W
