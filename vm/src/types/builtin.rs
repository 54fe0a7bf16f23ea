//! Built-in functions: calling a Rust function from Python.

use crate::Vm;
use crate::q;
use crate::value::{Args, Builtin, NO_LIMIT, Obj, PrintKind, Res, Sig, Sink, Type, put};

/// `function`, upstream's name for built-in ones too.
pub static TYPE: Type = Type { print: Some(print), call: Some(call), ..Type::new(q!("function")) };

fn print(vm: &mut Vm, sink: &mut dyn Sink, obj: Obj, _: PrintKind) -> Res<()> {
    put(vm, sink, format_args!("<function>"))?;
    let _ = obj;
    Ok(())
}

fn call(vm: &mut Vm, obj: Obj, args: Args<'_>) -> Res {
    let Some(builtin) = Builtin::from_obj(obj) else { return Ok(Obj::NULL) };
    call_sig(vm, &builtin.sig, args)
}

/// The most arguments that `Sig::Var` tells.
#[inline(always)]
fn most(max: u8) -> usize {
    if max == NO_LIMIT { usize::MAX } else { usize::from(max) }
}

/// Checks the arguments and calls the Rust function.
#[inline]
pub fn call_sig(vm: &mut Vm, sig: &Sig, args: Args<'_>) -> Res {
    let pos = args.pos;
    if let Sig::Kw(min, f) = sig {
        let min = usize::from(*min);
        return if pos.len() >= min {
            f(vm, args)
        } else {
            vm.check_count(pos.len(), min, usize::MAX).and(Ok(Obj::NULL))
        };
    }
    if let Sig::Named(.., f) = sig
        && let Some(params) = sig.params()
    {
        return params.call(vm, args, *f);
    }
    if !args.kw.is_empty() {
        vm.no_keywords(args)?;
    }
    match (sig, pos) {
        (Sig::Fun0(f), []) => f(vm),
        (Sig::Fun1(f), [a]) => f(vm, *a),
        (Sig::Fun2(f), [a, b]) => f(vm, *a, *b),
        (Sig::Fun3(f), [a, b, c]) => f(vm, *a, *b, *c),
        (Sig::Var(min, max, f), _) if pos.len() >= usize::from(*min) && pos.len() <= most(*max) => f(vm, pos),
        _ => {
            let (min, max) = match sig {
                Sig::Fun0(_) => (0, 0),
                Sig::Fun1(_) => (1, 1),
                Sig::Fun2(_) => (2, 2),
                Sig::Fun3(_) => (3, 3),
                Sig::Var(min, max, _) => (usize::from(*min), most(*max)),
                Sig::Named(unnamed, count, ..) => (usize::from(*unnamed), usize::from(*unnamed) + usize::from(*count)),
                Sig::Kw(min, _) => (usize::from(*min), usize::MAX),
            };
            vm.check_count(pos.len(), min, max).and(Ok(Obj::NULL))
        }
    }
}
