//! Viper functions from source: their results by the interpreter of the IR and by machine code, their loops as text, and what
//! is wrong with wrong ones.

use super::{Parts, Signature, lower};
use ir::Func;
use ir::interp::{self, Callee, Memory, Value};
use vm::compile::code::{Code, Kind, Module};
use vm::compile::emitter::{EmitError, Unit, WrongClass};
use vm::compile::{Options, compile};
use vm::qstr::Pool;

fn viper(code: &Code) -> Option<&Code> {
    if code.kind == Kind::Viper { Some(code) } else { code.children.iter().find_map(viper) }
}

fn parts(body: &str) -> Result<Parts, EmitError> {
    let mut pool = Pool::new();
    let source = format!("@micropython.viper\n{body}\n");
    let module: Module = compile(source.as_bytes(), "t.py", &mut pool, &Options::FILE).unwrap();
    let code = viper(&module.root).unwrap();
    let parts = lower(&Unit::of(&module, code, &pool))?;
    for func in [parts.door.as_ref(), parts.gate.as_ref(), Some(&parts.core)].into_iter().flatten() {
        assert_eq!(ir::verify(func), Ok(()));
    }
    Ok(parts)
}

/// The part that does the work.
fn emitted(body: &str) -> Result<Func, EmitError> {
    Ok(parts(body)?.core)
}

struct NoCalls;

impl interp::Host for NoCalls {
    fn call(&mut self, _: Callee, _: &[Value], _: &mut Memory) -> Option<Value> {
        None
    }
}

/// Words of the machine that are read; nothing waits there.
const MACHINE: usize = 1 << 9;

/// Calls a core with whole numbers, of which the address of `data` may be one. Both ways give the same.
fn run(func: &Func, data: &mut [u8], args: &[isize]) -> isize {
    let machine = vec![0u64; MACHINE];
    let start = machine.as_ptr() as u64;
    let mut memory = Memory { base: start, bytes: machine.iter().flat_map(|word| word.to_le_bytes()).collect() };
    // The interpreter knows one stretch of memory: data of its own is put behind.
    let copy = start + memory.bytes.len() as u64;
    memory.bytes.extend_from_slice(data);
    memory.bytes.resize(memory.bytes.len().next_multiple_of(8), 0);
    let address = data.as_ptr() as isize;
    let copied = args.iter().map(|&arg| if arg == address && !data.is_empty() { copy } else { arg as u64 });
    let words: Vec<Value> = [start, start].into_iter().chain(copied).map(Value::Word).collect();
    let answer = interp::run(func, &words, &mut memory, &mut NoCalls, 1 << 20);
    let Ok(Some(Value::Word(answer))) = answer else { panic!("{answer:?}") };
    #[cfg(feature = "cranelift")]
    {
        use ir::Backend;
        let code = crate::cranelift::Cranelift::new().compile(func).unwrap();
        let placed = crate::exec::CodeArena::new().place(code).unwrap();
        // SAFETY: compiled from a function of at most four words that returns one; it reads what is made here.
        let f = unsafe { std::mem::transmute::<*const u8, extern "C" fn(u64, u64, u64, u64) -> u64>(placed.entry()) };
        let arg = |at: usize| args.get(at).copied().unwrap_or(0) as u64;
        assert_eq!(f(start, start, arg(0), arg(1)), answer);
    }
    answer as isize
}

#[test]
fn arithmetic_is_pythons_on_words() {
    let func = emitted("def f(a: int, b: int) -> int: return (a // b) * 1000 + a % b").unwrap();
    for (a, b) in [(7, 2), (-7, 2), (7, -2), (-7, -2), (6, 3), (-6, 3), (0, -5), (1, 7), (-1, 7)] {
        let (a, b): (isize, isize) = (a, b);
        let (quotient, rest) = ((a as f64 / b as f64).floor() as isize, a - b * (a as f64 / b as f64).floor() as isize);
        assert_eq!(run(&func, &mut [], &[a, b]), quotient * 1000 + rest, "{a} {b}");
    }
    let func = emitted("def f(a: int) -> int: return a // 8 * 100 + a % 8 + a // 10 * 7 + a % 10").unwrap();
    for a in [-25isize, -8, -1, 0, 9, 1000] {
        let expected = a.div_euclid(8) * 100 + a.rem_euclid(8) + a.div_euclid(10) * 7 + a.rem_euclid(10);
        assert_eq!(run(&func, &mut [], &[a]), expected, "{a}");
    }
    let func = emitted("def f(a: uint, b: uint) -> uint: return a // b + a % b").unwrap();
    assert_eq!(run(&func, &mut [], &[-1, 1 << 40]), ((u64::MAX >> 40) + ((1 << 40) - 1)) as isize);
    let func = emitted("def f(a: uint, b: uint) -> int:\n if a < b: return 1\n return 2").unwrap();
    assert_eq!((run(&func, &mut [], &[-1, 1]), run(&func, &mut [], &[1, -1])), (2, 1));
}

#[test]
fn conditions_are_values_too() {
    let func =
        emitted("def f(a: int, b: int) -> int:\n x = not (0 < a < b)\n return int(x) * 2 + int(a and b)").unwrap();
    assert_eq!(run(&func, &mut [], &[1, 2]), 2);
    assert_eq!(run(&func, &mut [], &[3, 2]), 2 + 2);
    assert_eq!(run(&func, &mut [], &[0, 2]), 2);
}

#[test]
fn loops_over_ranges_and_memory() {
    let source = "def f(p: ptr8, n: int) -> int:\n t = 0\n for i in range(n):\n  t += p[i]\n  p[i] = t\n return t";
    let func = emitted(source).unwrap();
    let mut data = *b"abcdefgh";
    let at = data.as_mut_ptr() as isize;
    assert_eq!(run(&func, &mut data, &[at, 8]), b"abcdefgh".iter().map(|&b| b as isize).sum());
    let source =
        "def f(n: int) -> int:\n t = 0\n for i in range(n, -5, -3):\n  if i == 4: continue\n  t = t * 3 + i\n return t";
    let mut expected = 0;
    for i in [10, 7, 1, -2] {
        expected = expected * 3 + i;
    }
    assert_eq!(run(&emitted(source).unwrap(), &mut [], &[10]), expected);
}

#[test]
fn a_function_calls_itself_with_words() {
    let source = "def fib(n: int) -> int:\n if n < 2: return n\n return int(fib(n - 1)) + int(fib(n - 2))";
    let fib = parts(source).unwrap();
    assert_eq!(fib.core.params.len(), 2, "the gate's words and n");
    let text = fib.core.to_string();
    assert!(fib.gate.is_some() && text.contains(" = call_to "), "{text}");
    let source = "def f(n: int) -> int:\n if n < 2: return n\n print(n)\n return int(f(n - 1))";
    let open = parts(source).unwrap();
    assert!(open.gate.is_none() && open.core.to_string().contains(" = call_to "));
    assert_ne!(open.signature, Signature::NONE);
    let source = "def f(n: int, *rest) -> int:\n return int(f(n - 1))";
    assert_eq!(parts(source).unwrap().signature, Signature::NONE);
}

/// The blocks that usually run, from the one with `mark` to the end of the loop.
fn inner(func: &Func, mark: &str) -> String {
    let pending = format!("v0+{}", vm::run::layout::vm::PENDING);
    let text = func.to_string().replace(&pending, "pending");
    let mut usual = Vec::new();
    let mut cold = false;
    for line in text.lines().map(str::trim).filter(|line| !line.starts_with("line ")) {
        if line.ends_with(':') {
            cold = line.ends_with("cold:");
        }
        if !cold {
            usual.push(line);
        }
    }
    let at = usual.iter().position(|line| line.contains(mark)).unwrap();
    let start = usual[..at].iter().rposition(|line| line.ends_with(':')).unwrap();
    let len = usual[at..].iter().position(|line| line.starts_with("br.lt")).unwrap();
    usual[start..=at + len].join("\n")
}

#[test]
fn an_inner_loop_is_its_arithmetic_and_one_poll() {
    let source = "def f(p: ptr8, n: int) -> int:\n t = 0\n for i in range(n):\n  t += p[i]\n return t";
    let expected = "b1:
v5 = copy v9
v10 = load.u8 v2+v5<<0+0
v4 = add v4, v10
v11 = add v9, 1
v9 = copy v11
jump b3
b3:
v12 = load.u32 pending
br.ne v12, 0, b4, b5
b5:
br.lt v9, v8, b1, b2";
    assert_eq!(inner(&emitted(source).unwrap(), "load.u8"), expected);
    let source = "def f(p: ptr8, n: int, i: int):\n j = i * i\n while j < n:\n  p[j] = 1\n  j += i";
    let expected = "b1:
v8 = int 1
store.u8 v2+v5<<0+0, v8
v5 = add v5, v4
jump b3
b3:
v9 = load.u32 pending
br.ne v9, 0, b4, b5
b5:
br.lt v5, v3, b1, b2";
    assert_eq!(inner(&emitted(source).unwrap(), "store.u8"), expected);
}

#[test]
fn faults_are_told_with_class_text_and_line() {
    for (source, class, text, line) in [
        ("def f():\n x = 1\n x = 'a'", WrongClass::ViperType, "local 'x' has type 'int' but source is 'object'", 4),
        ("def f(a: nope): pass", WrongClass::ViperType, "unknown type 'nope'", 2),
        ("def f(a: 1): pass", WrongClass::Syntax, "annotation must be an identifier", 2),
        ("def f(): print(ptr(1))", WrongClass::NotImplemented, "conversion to object", 2),
        ("def f(): return int(int)", WrongClass::NotImplemented, "casting", 2),
        ("def f(p: ptr8, x): p[x] = 1", WrongClass::ViperType, "can't store with 'object' index", 2),
        (
            "def f(a: int):\n print(1)\n return a ** 2",
            WrongClass::ViperType,
            "return expected 'object' but got 'int'",
            4,
        ),
    ] {
        let Err(EmitError::Wrong(wrong)) = emitted(source) else { panic!("{source}") };
        let told = (wrong.class, core::str::from_utf8(&wrong.message).unwrap(), wrong.line);
        assert_eq!(told, (class, text, line), "{source}");
    }
}
