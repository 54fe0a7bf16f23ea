//! Programs that use built-in functions, classes and modules, and what they print.

use std::string::String;

use crate::syntax::Mode;
use crate::testing;
use crate::value::Stdout;

fn run(source: &str) -> String {
    testing::run(|vm| {
        let globals = vm.main_globals;
        if let Err(raise) = crate::run::run_source(vm, source.as_bytes(), crate::q!("<stdin>"), Mode::File, globals) {
            let exception = vm.take_exception(raise);
            crate::run::print_exception(vm, &mut Stdout, exception).expect("printing an exception");
        }
    })
}

#[track_caller]
fn check(source: &str, printed: &str) {
    assert_eq!(run(source), printed, "\n{source}");
}

#[test]
fn metaclasses_and_super() {
    check(
        "class M(type):\n  def __new__(m, name, bases, ns, **kw):\n    print(name)\n    return super().__new__(m, name, bases, ns)\n  \
         def __call__(c, *a):\n    print(a)\n    return super().__call__(*a)\n  def __len__(c): return 7\n\
         class A(metaclass=M, x=1):\n  def __init__(self, v): self.v = v\na = A(3)\nprint(a.v, len(A), type(A) is M)",
        "A\n(3,)\n3 7 True\n",
    );
    check(
        "class L(list):\n  def __init__(self, *a):\n    super().__init__(a)\n  def append(self, v):\n    super().append(v * 2)\n\
         l = L(1, 2)\nl.append(4)\nprint(l, len(l))",
        "[1, 2, 8] 3\n",
    );
    check("class I(int):\n  def __new__(cls, v):\n    return super().__new__(cls, v + 1)\nprint(I(4) + 1)", "6\n");
    check(
        "class E(ValueError):\n  def __init__(self, a):\n    super().__init__(a)\n  def __str__(self): return 'E!' + super().__str__()\n\
         try: raise E('q')\nexcept ValueError as e: print(e, repr(e))",
        "E!q E('q')\n",
    );
}

#[test]
fn functions_of_numbers() {
    check(
        "print(round(2.675, 2), round(1250, -2), round(2.5), divmod(-7, 2), divmod(7.5, -2), pow(3, -1, 7))",
        "2.67 1200 2 (-4, 1) (-4.0, -0.5) 5\n",
    );
    check(
        "print(min(3, 1), max([1, 5], key=lambda x: -x), min([], default=9), sorted([3, 1, 2], reverse=True), sum([1], start=3))",
        "1 1 9 [3, 2, 1] 4\n",
    );
    check("print(hex(255), bin(-5), oct(8), ord('a'), isinstance(True, (str, int)))", "0xff -0b101 0o10 97 True\n");
}
#[test]
fn modules_of_numbers() {
    check(
        "import math, cmath\nprint(math.sqrt(2), math.floor(-2.5), math.factorial(20), math.gcd(12, 18), math.isqrt(10**20), math.frexp(8))\n\
         for f in (math.sqrt, math.log, math.gamma):\n  try: f(-1)\n  except ValueError as e: print(e)\nprint(cmath.sqrt(-1))",
        "1.4142135623730951 -3 2432902008176640000 6 10000000000 (0.5, 4)\nmath domain error\nmath domain error\nmath domain error\n1j\n",
    );
}

#[test]
fn modules_of_the_system() {
    check(
        "import sys, time, errno, micropython, gc, os\nprint(sys.implementation.name, sys.implementation[1][:3], sys.version_info)\n\
         print(time.gmtime(0), time.mktime(time.localtime(86400)), time.ticks_diff(time.ticks_add(5, -10), 5))\n\
         print(errno.ENOENT, errno.errorcode[2], micropython.const(3), gc.isenabled(), os.sep)\n\
         try: os.stat('x')\nexcept OSError as e: print(e, e.errno)\ntry: sys.exit(3)\nexcept SystemExit as e: print(e.code)",
        "micropython (1, 29, 0) (3, 4, 0)\n(1970, 1, 1, 0, 0, 0, 3, 1, 0) 86400 -10\n2 ENOENT 3 True /\n[Errno 19] ENODEV 19\n3\n",
    );
}
