Z = 3
import _pack.inner as me
