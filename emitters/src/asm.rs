//! Bodies of inline assembler functions, for the assemblers of machines.

use alloc::vec::Vec;
use ir::asm::{Arg, Body, Line};
use vm::compile::code::{AsmArg, Code, Form};
use vm::mem::NoMemory;
use vm::qstr::Pool;

/// Statements and parameters of an inline assembler function.
pub fn body<'a>(code: &Code, pool: &'a Pool) -> Result<Body<'a>, NoMemory> {
    let params = listed(&code.arg_names, |name| Ok(pool.get(*name)))?;
    let lines = listed(&code.asm, |line| {
        Ok(Line { line: line.line, name: pool.get(line.name), args: args(&line.args, pool)? })
    })?;
    Ok(Body { params, lines })
}

fn args<'a>(items: &[AsmArg], pool: &'a Pool) -> Result<Vec<Arg<'a>>, NoMemory> {
    listed(items, |item| {
        Ok(match item {
            AsmArg::Name(name) => Arg::Name(pool.get(*name)),
            AsmArg::Int(value) => Arg::Int(*value),
            AsmArg::Set(items) => Arg::Set(args(items, pool)?),
            AsmArg::List(items) => Arg::List(args(items, pool)?),
            AsmArg::Call(name, items) => Arg::Call(pool.get(*name), args(items, pool)?),
            AsmArg::Other(_) => Arg::Other,
        })
    })
}

fn listed<T, U>(items: &[T], mut of: impl FnMut(&T) -> Result<U, NoMemory>) -> Result<Vec<U>, NoMemory> {
    let mut list = Vec::new();
    list.try_reserve_exact(items.len()).map_err(|_| NoMemory)?;
    for item in items {
        list.push(of(item)?);
    }
    Ok(list)
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
