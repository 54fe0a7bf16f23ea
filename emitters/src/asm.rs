//! Bodies of inline assembler functions, for the assemblers of machines.

use ir::asm::{Arg, Body, Line};
use vm::compile::code::{AsmArg, Code, Form};
use vm::qstr::Pool;

/// Statements and parameters of an inline assembler function.
pub fn body<'a>(code: &Code, pool: &'a Pool) -> Body<'a> {
    let params = code.arg_names.iter().map(|&name| pool.get(name)).collect();
    let line = |line: &vm::compile::code::AsmLine| Line {
        line: line.line,
        name: pool.get(line.name),
        args: args(&line.args, pool),
    };
    Body { params, lines: code.asm.iter().map(line).collect() }
}

fn args<'a>(items: &[AsmArg], pool: &'a Pool) -> Vec<Arg<'a>> {
    let one = |item: &AsmArg| match item {
        AsmArg::Name(name) => Arg::Name(pool.get(*name)),
        AsmArg::Int(value) => Arg::Int(*value),
        AsmArg::Set(items) => Arg::Set(args(items, pool)),
        AsmArg::List(items) => Arg::List(args(items, pool)),
        AsmArg::Call(name, items) => Arg::Call(pool.get(*name), args(items, pool)),
        AsmArg::Other(_) => Arg::Other,
    };
    items.iter().map(one).collect()
}

/// What an inline assembler function returns: the number of the type in `.mpy` files, or what is wrong with its annotation.
pub fn result_type(code: &Code, pool: &Pool) -> Result<usize, &'static str> {
    match code.annotations.iter().find(|annotation| annotation.of.is_none()).map(|annotation| annotation.form) {
        None => Ok(2),
        Some(Form::Name(name)) => {
            let name = pool.get(name);
            ["object", "bool", "int", "uint"].iter().position(|known| *known == name).ok_or("unknown type")
        }
        Some(Form::Other(_)) => Err("return annotation must be an identifier"),
    }
}
