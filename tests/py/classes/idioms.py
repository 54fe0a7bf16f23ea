class EnumMeta(type):
    def __new__(mcs, name, bases, ns):
        members = {k: v for k, v in ns.items() if not k.startswith('_') and not callable(v)}
        cls = super().__new__(mcs, name, bases, {k: v for k, v in ns.items() if k not in members})
        cls._members = {}
        for k, v in members.items():
            m = object.__new__(cls); m.name = k; m.value = v
            cls._members[k] = m; type.__setattr__(cls, k, m)
        return cls
    def __iter__(cls): return iter(cls._members.values())
    def __getitem__(cls, k): return cls._members[k]
    def __len__(cls): return len(cls._members)
    def __contains__(cls, m): return m in cls._members.values()
    def __call__(cls, v):
        for m in cls:
            if m.value == v: return m
        raise ValueError(v)
    def __setattr__(cls, k, v):
        if '_members' in cls.__dict__ and k in cls._members: raise AttributeError('cannot reassign')
        super().__setattr__(k, v)
class Enum(metaclass=EnumMeta):
    def __repr__(self): return '<%s.%s: %r>' % (type(self).__name__, self.name, self.value)
class Color(Enum):
    RED = 1; GREEN = 2
print(Color.RED, list(Color), Color['GREEN'], Color(2), len(Color), Color.RED in Color, Color.RED is Color(1), isinstance(Color.RED, Color))
try: Color.RED = 4
except AttributeError as e: print(e)
try: Color(9)
except ValueError as e: print(e)

def dataclass(cls):
    fields = list(cls.__dict__.get('__annotations__', {}).items()) if hasattr(cls, '__annotations__') else []
    names = getattr(cls, 'fields')
    def __init__(self, *a, **k):
        for n, v in zip(names, a): setattr(self, n, v)
        for n, v in k.items(): setattr(self, n, v)
    def __repr__(self): return cls.__name__ + '(' + ', '.join('%s=%r' % (n, getattr(self, n)) for n in names) + ')'
    def __eq__(self, o): return type(self) is type(o) and all(getattr(self, n) == getattr(o, n) for n in names)
    cls.__init__ = __init__; cls.__repr__ = __repr__; cls.__eq__ = __eq__
    return cls
@dataclass
class P: fields = ('x', 'y')
print(P(1, 2), P(1, y=2) == P(1, 2), P(1, 2) != P(1, 3))
def total_ordering(cls):
    cls.__gt__ = lambda s, o: not (s < o or s == o)
    cls.__le__ = lambda s, o: s < o or s == o
    cls.__ge__ = lambda s, o: not s < o
    return cls
@total_ordering
class V:
    def __init__(s, v): s.v = v
    def __lt__(s, o): return s.v < o.v
    def __eq__(s, o): return s.v == o.v
print(V(1) < V(2), V(1) > V(2), V(1) <= V(1), V(2) >= V(1), max(V(3), V(5)).v, sorted([V(3), V(1)], reverse=True)[0].v)
class Field:
    def __init__(self, typ, default=None): self.typ = typ; self.default = default
    def __set_name__(self, owner, name): self.name = name; owner.__dict__.get('_f', None)
    def __get__(self, o, t=None):
        if o is None: return self
        return o.__dict__.get(self.name, self.default)
    def __set__(self, o, v):
        if not isinstance(v, self.typ): raise TypeError('%s must be %s' % (self.name, self.typ.__name__))
        o.__dict__[self.name] = v
class ModelMeta(type):
    registry = {}
    def __new__(m, name, bases, ns):
        c = super().__new__(m, name, bases, ns)
        c._fields = {}
        for b in reversed(c.__mro__):
            for k, v in vars(b).items():
                if isinstance(v, Field): c._fields[k] = v
        m.registry[name] = c
        return c
class Model(metaclass=ModelMeta):
    def __init__(self, **kw):
        for k, v in kw.items(): setattr(self, k, v)
    def to_dict(self): return {k: getattr(self, k) for k in self._fields}
class User(Model):
    name = Field(str); age = Field(int, 0)
class Admin(User): level = Field(int, 1)
u = Admin(name='bob', age=5); print(u.to_dict(), sorted(ModelMeta.registry), u.__dict__)
try: u.age = 'x'
except TypeError as e: print(e)
class Singleton(type):
    _inst = {}
    def __call__(cls, *a, **k):
        if cls not in cls._inst: cls._inst[cls] = super().__call__(*a, **k)
        return cls._inst[cls]
class DB(metaclass=Singleton):
    def __init__(self): print('init once')
print(DB() is DB())
class Single2:
    _i = None
    def __new__(cls, *a):
        if cls._i is None: cls._i = super().__new__(cls)
        return cls._i
print(Single2() is Single2(1))
class ABCMeta(type):
    def __new__(m, n, b, ns):
        c = super().__new__(m, n, b, ns)
        abs_ = {k for k, v in ns.items() if getattr(v, '_abs', False)}
        for base in b:
            for k in getattr(base, '_abstracts', ()):
                if getattr(getattr(c, k, None), '_abs', False): abs_.add(k)
        c._abstracts = frozenset(abs_); return c
    def __call__(cls, *a):
        if cls._abstracts: raise TypeError("Can't instantiate " + cls.__name__)
        return super().__call__(*a)
def abstract(f): f._abs = True; return f
class Shape(metaclass=ABCMeta):
    @abstract
    def area(self): pass
class Sq(Shape):
    def area(self): return 4
try: Shape()
except TypeError as e: print(e)
print(Sq().area())
class Lazy:
    def __init__(self, f): self.f = f
    def __set_name__(self, o, n): self.n = n
    def __get__(self, o, t=None):
        if o is None: return self
        v = o.__dict__[self.n] = self.f(o); return v
class U:
    @Lazy
    def x(self): print('computed'); return 4
u = U(); print(u.x, u.x)
class Proxy:
    def __init__(self, t): object.__setattr__(self, '_t', t)
    def __getattr__(self, n): return getattr(object.__getattribute__(self, '_t'), n)
    def __setattr__(self, n, v): setattr(self._t, n, v)
    def __call__(self, *a): return self._t(*a)
class T: pass
t = T(); p = Proxy(t); p.q = 5; print(t.q, p.q)
class Mixin:
    def hello(self): return 'hello ' + self.name + ' ' + super().tail()
class Base:
    def tail(self): return 'tail'
class Full(Mixin, Base): name = 'full'
print(Full().hello())
class Attr(dict):
    def __getattr__(self, k):
        try: return self[k]
        except KeyError: raise AttributeError(k)
    def __setattr__(self, k, v): self[k] = v
    def __delattr__(self, k): del self[k]
a = Attr(x=1); a.y = 2; print(a.x, a['y'], a, hasattr(a, 'zz')); del a.x; print(a)
class Attr2(dict):
    def __init__(self, *a, **k): super().__init__(*a, **k); self.__dict__ = self
a = Attr2(x=1); a.y = 2; print(a['y'], a.x, a == {'x': 1, 'y': 2})
