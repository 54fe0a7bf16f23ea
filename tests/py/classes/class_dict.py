class A:
    x = 1
d = A.__dict__
print(type(d).__name__, d['x'], 'x' in d, d.get('nope'), len(d) > 0)
try: d['y'] = 2
except TypeError as e: print('TE')
try: del d['x']
except TypeError as e: print('TE')
try: d.clear()
except AttributeError as e: print('AE')
A.z = 9; print(d['z'], 'z' in list(d), 'z' in d.keys(), ('z', 9) in d.items(), 9 in d.values())
print(isinstance(d.copy(), dict), type(vars(A)).__name__)
print('append' in list.__dict__, '__add__' in int.__dict__)

class A:
    x = 1
    def __init__(self): self.y = 2
    def f(self): pass
class B(A):
    def __dir__(self): return ['c', 'a']
print([n for n in dir(A()) if not n.startswith('_')], dir(B()), [n for n in dir(B) if not n.startswith('_')])
print('__class__' in dir(A()), '__init__' in dir(A), '__eq__' in dir(A()))
import sys
class Z:
    def __sizeof__(self): return 10
print(sys.getsizeof(Z()) >= 10 if hasattr(sys, 'getsizeof') else True, object().__sizeof__() > 0)
