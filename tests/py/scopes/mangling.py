# Private names of classes.
class A:
    __x = 1
    def __init__(self):
        self.__y = 2
        self.__z__ = 3
        self._w = 4
    def get(self):
        del_me = self.__y
        self.__y += 5
        return self.__x, self.__y, self.__z__, self.__m(1), self.__class__.__name__
    def __m(self, __arg):
        def inner(): return __arg
        return inner(), [__arg for i in range(1)]
    def kw(self, *, __k=5): return __k
    def call(self): return self.kw(_A__k=6)
    def glob(self):
        global __g
        __g = 7
        return __g
    def non(self):
        __v = 1
        def f():
            nonlocal __v
            __v += 1
        f()
        return __v
    class __In:
        __q = 9
        def f(self): return self.__q
    def use(self): return self.__In().f()
    @property
    def __p(self): return 'p'
    def p(self): return self.__p
    def d(self):
        del self.__y
        return hasattr(self, '_A__y')
class B(A):
    __x = 10
    def get2(self): return self.__x, self._A__x
a = A()
print(a.get(), a.kw(), a.call(), a.glob(), a.non(), a.use(), a.p())
print(sorted(k for k in A.__dict__ if not k.endswith('__')))
print(_A__g, B().get2(), a.d(), a._A__m(3))
class __C:
    __t = 1
    def f(self): return self.__t
print(__C().f(), '_C__t' in dir(__C))
class _:
    __u = 1
    def f(self): return self.__u
print(_().f(), '__u' in dir(_))
try: a.__x
except AttributeError: print('no __x')
