//! Programs run by the loop, and what they print.

use std::string::String;

use crate::syntax::Mode;
use crate::testing;
use crate::value::Stdout;

fn run(source: &str) -> String {
    testing::run(|vm| {
        let globals = vm.main_globals;
        if let Err(raise) = super::run_source(vm, source.as_bytes(), crate::q!("<stdin>"), Mode::File, globals) {
            let exception = vm.take_exception(raise);
            super::print_exception(vm, &mut Stdout, exception).expect("printing an exception");
        }
    })
}

#[track_caller]
fn check(source: &str, printed: &str) {
    assert_eq!(run(source), printed, "\n{source}");
}

#[test]
fn arithmetic_and_calls() {
    check(
        "def f(a, b=2, *c, d=4, **e):\n  return (a, b, c, d)\nprint(f(1), f(1, 3, 5, d=6))",
        "(1, 2, (), 4) (1, 3, (5,), 6)\n",
    );
    check("print(1 + 2 * 3, 7 // 2, -7 % 3, 1 < 2 <= 2, 10 / 4)", "7 3 2 True 2.5\n");
    check("def fib(n):\n  return n if n < 2 else fib(n - 1) + fib(n - 2)\nprint(fib(15))", "610\n");
}

#[test]
fn loops() {
    check(
        "s = 0\nfor i in range(10):\n  if i == 3: continue\n  if i == 8: break\n  s += i\nelse:\n  s = -1\nprint(s)",
        "25\n",
    );
    check(
        "def g(n):\n  for i in range(n):\n    yield i * i\nprint([x for x in g(4)], list(g(3)) if 0 else 1)",
        "[0, 1, 4, 9] 1\n",
    );
    check(
        "def g():\n  x = yield 1\n  print(x)\n  return 5\ndef h():\n  print((yield from g()))\nfor v in h(): print(v)",
        "1\nNone\n5\n",
    );
}

#[test]
fn exceptions() {
    check("try:\n  raise ValueError(1)\nexcept ValueError as e:\n  print(e.args)\nfinally:\n  print('f')", "(1,)\nf\n");
    check(
        "def f():\n  for i in [1, 2]:\n    try:\n      return i\n    finally:\n      print('x')\nprint(f())",
        "x\n1\n",
    );
    check(
        "def f():\n  raise KeyError('k')\nf()",
        "Traceback (most recent call last):\n  File \"<stdin>\", line 3, in <module>\n  File \"<stdin>\", line 2, in f\nKeyError: 'k'\n",
    );
    check("while 1:\n  try:\n    break\n  finally:\n    print(2)\nprint(3)", "2\n3\n");
}

#[test]
fn classes() {
    check(
        "class A:\n  n = 1\n  def __init__(self, x): self.x = x\n  def m(self): return self.x + self.n\nclass B(A):\n  def m(self): return super().m() * 2\nprint(B(4).m(), A(1).m())",
        "10 2\n",
    );
    check(
        "def f():\n  x = 1\n  def g():\n    nonlocal x\n    x += 1\n    return x\n  return g\ng = f()\ng()\nprint(g())",
        "3\n",
    );
    check(
        "class C:\n  def __enter__(self): return 7\n  def __exit__(self, *a): print(a[0]); return True\nwith C() as v:\n  print(v)\n  raise KeyError",
        "7\n<class 'KeyError'>\n",
    );
}

#[test]
fn names_added_to_builtins_are_seen_by_what_ran_before() {
    check(
        "import builtins\ndef f(): return len('ab')\nprint(f())\nbuiltins.len = lambda s: 7\nprint(f())\nbuiltins.len = lambda s: 8\nprint(f())\ndel builtins.len\nprint(f())\nbuiltins.extra = 1\nprint(extra)",
        "2\n7\n8\n2\n1\n",
    );
}

#[test]
fn machine_code_is_given_back_when_its_function_dies() {
    use crate::compile::emitter::{EmitError, Emitter, Keep, MachineCode, Unit};
    use crate::value::Obj;
    use core::sync::atomic::{AtomicUsize, Ordering};
    static FREED: AtomicUsize = AtomicUsize::new(0);
    struct Seven(usize);
    extern "C" fn seven(_: *mut crate::Vm, _: usize, _: *mut Obj) -> usize {
        Obj::small_wrapping(7).bits()
    }
    fn freed(_: usize) {
        FREED.fetch_add(1, Ordering::Relaxed);
    }
    impl Emitter for Seven {
        fn emit(&mut self, _: &Unit<'_>) -> Result<MachineCode, EmitError> {
            let entry = seven as *const () as usize;
            // Not where it is: all share one entry, which may still lie about on the stack.
            self.0 += 16;
            Ok(MachineCode {
                entry,
                start: self.0,
                len: 1,
                lines: crate::mem::Vec::new(),
                takes_words: false,
                needs_frame: false,
                keep: Keep::new(0, freed),
            })
        }
    }
    let printed = testing::run(|vm| {
        vm.emitter = Some(alloc::boxed::Box::new(Seven(0x1234_5000)));
        let source = "import gc\nkept = []\nfor i in range(60):\n  d = {}\n  exec('import micropython\\n@micropython.native\\ndef f(): return 5', d)\n  if i < 10: kept.append(d['f'])\nd = None\ngc.collect()\ngc.collect()\nprint({f() for f in kept})\n";
        let globals = vm.main_globals;
        super::run_source(vm, source.as_bytes(), crate::q!("<stdin>"), Mode::File, globals).expect("no exception");
        let freed = FREED.load(Ordering::Relaxed);
        assert!((40..=50).contains(&freed), "{freed}");
    });
    assert_eq!(printed, "{7}\n");
}

#[test]
fn iterators_over_iterators_do_not_overflow_the_stack() {
    check(
        "m = [1]\nfor i in range(20000): m = enumerate(m)\ntry:\n  next(m)\nexcept RuntimeError as e: print(e)",
        "maximum recursion depth exceeded\n",
    );
}

#[test]
fn generators_in_for_loops_do_not_nest_for_ever() {
    check(
        "def g(n):\n  for x in g(n + 1): yield x\ntry:\n  next(g(0))\nexcept RuntimeError as e: print(e)\ndef h(n):\n  if n:\n    for x in h(n - 1): yield x\n  yield n\nprint(sum(h(300)))",
        "maximum recursion depth exceeded\n45150\n",
    );
}
