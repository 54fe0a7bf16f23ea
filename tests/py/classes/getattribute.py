class A:
    x = 1
    def __getattribute__(self, n):
        print('ga', n)
        if n == 'boom': raise AttributeError(n)
        return super().__getattribute__(n)
    def __getattr__(self, n):
        return 'fallback ' + n
    def m(self): return 'm'
a = A(); a.y = 2
print(a.x, a.y, a.m(), a.boom, a.nope)
print(object.__getattribute__(a, 'x'))
try: object.__getattribute__(a, 'zzz')
except AttributeError as e: print('AE')
print(hasattr(a, 'q'))
