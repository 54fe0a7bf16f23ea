//! What the native front end makes of small functions; that it runs right is judged by the Python cases.

use super::*;
use ir::Inst;
use vm::compile::code::{Const, Kind};
use vm::compile::op::{Args, Binary, ConstId};
use vm::mem;
use vm::qstr::{Pool, Qstr};

fn func(ops: &[Op], n_params: u16, consts: &[Const]) -> Result<Func, Refused> {
    let mut list = mem::Vec::new();
    for op in ops {
        list.push(*op).unwrap();
    }
    let body = list.iter().any(|op| matches!(op, Op::LoadName(_)));
    let flags = if body { Flags::default() } else { Flags::FUNCTION };
    let code = Code { kind: Kind::Native, flags, ops: list, n_pos_args: n_params, first_line: 1, ..Code::default() };
    let names = Pool::new();
    let func = build(&Unit {
        code: &code,
        names: &names,
        consts,
        siblings: &[],
        file: Qstr::NULL,
        caches: true,
        checks: false,
    })?;
    if let Err(fault) = ir::verify(&func) {
        panic!("{fault}\n{func}");
    }
    Ok(func)
}

/// Instructions that are expected to run often.
fn warm(func: &Func) -> std::vec::Vec<Inst<V>> {
    let cold = |block: &Block| func.blocks.get(block.index()).is_none_or(|data| data.cold);
    func.order.iter().filter(|block| !cold(block)).flat_map(|block| func.block(*block).to_vec()).collect()
}

#[test]
fn floats_stay_unboxed_across_a_loop() {
    // x = 0.5; for _ in range(n): x = x * 2.0; return x
    let (n, x) = (Local(0), Local(1));
    let (top, entry) = (Label(0), Label(1));
    let ops = [
        Op::LoadConst(ConstId(0)),
        Op::StoreFast(x),
        Op::LoadFast(n),
        Op::LoadInt(0),
        Op::Jump(entry),
        Op::Label(top),
        Op::LoadFast(x),
        Op::LoadConst(ConstId(1)),
        Op::Binary(Binary::Mul),
        Op::StoreFast(x),
        Op::LoadInt(1),
        Op::Binary(Binary::InplaceAdd),
        Op::Label(entry),
        Op::DupTopTwo,
        Op::RotTwo,
        Op::Binary(Binary::Less),
        Op::PopJumpIfTrue(top),
        Op::PopTop,
        Op::PopTop,
        Op::LoadFast(x),
        Op::ReturnValue,
    ];
    let func = func(&ops, 1, &[Const::Float(0.5), Const::Float(2.0)]).unwrap();
    let boxed = func.insts.iter().filter(|inst| matches!(inst, Inst::Bits { .. })).count();
    assert!(boxed > 0, "boxed when it is returned or the guess about n fails");
    let multiplied = warm(&func).iter().position(|inst| matches!(inst, Inst::Fop { .. })).unwrap();
    let block = func.order.iter().find(|block| func.block(**block).iter().any(|inst| matches!(inst, Inst::Fop { .. })));
    let inside = func.block(*block.unwrap());
    assert!(inside.iter().all(|inst| !matches!(inst, Inst::Bits { .. } | Inst::Call { .. })), "at {multiplied}");
}

#[test]
fn a_comparison_is_fused_with_its_jump() {
    let end = Label(0);
    let ops = [
        Op::LoadFast(Local(0)),
        Op::LoadInt(2),
        Op::Binary(Binary::Less),
        Op::PopJumpIfFalse(end),
        Op::LoadInt(1),
        Op::ReturnValue,
        Op::Label(end),
        Op::LoadNone,
        Op::ReturnValue,
    ];
    let func = func(&ops, 1, &[]).unwrap();
    assert!(warm(&func).iter().any(|inst| matches!(inst, Inst::Br { cc: Cc::Lt, .. })));
}

#[test]
fn handlers_and_finally_hold_together() {
    let (handler, finally, success, end) = (Label(0), Label(1), Label(2), Label(3));
    let ops = [
        Op::SetupFinally(finally),
        Op::SetupExcept(handler),
        Op::LoadFast(Local(0)),
        Op::CallFunction(Args { n_pos: 0, n_kw: 0 }),
        Op::ReturnValue,
        Op::Label(handler),
        Op::PopTop,
        Op::RaiseLast,
        Op::EndFinally,
        Op::Label(success),
        Op::Label(end),
        Op::LoadNone,
        Op::Label(finally),
        Op::LoadInt(1),
        Op::StoreFast(Local(0)),
        Op::EndFinally,
        Op::LoadNone,
        Op::ReturnValue,
    ];
    assert!(func(&ops, 1, &[]).is_ok());
}

#[test]
fn bodies_become_machine_code_unless_they_run_once() {
    let name = Op::LoadName(vm::q!("append"));
    assert!(matches!(func(&[name, Op::ReturnValue], 0, &[]), Err(Refused::Unsupported(_))));
    let top = Label(0);
    let ops = [Op::Label(top), name, Op::PopJumpIfTrue(top), Op::LoadNone, Op::ReturnValue];
    assert!(func(&ops, 0, &[]).is_ok());
}
