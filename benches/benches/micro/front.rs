//! The way from text to bytecode and to machine code, stage by stage.

use benches::{PROGRAM, compiled, emitter};
use criterion::{Criterion, Throughput};
use vm::compile::Options;
use vm::compile::emitter::Unit;
use vm::qstr::Pool;
use vm::syntax::{Mode, parse};
use vm::text::lexer::Lexer;
use vm::text::source::Source;
use vm::text::token::Kind;

/// Lexer, parser, compiler.
pub fn stages(c: &mut Criterion) {
    let mut group = c.benchmark_group("front");
    group.throughput(Throughput::Bytes(PROGRAM.len() as u64));
    group.bench_function("lexer", |b| {
        b.iter(|| {
            let mut lexer = Lexer::new(source());
            let mut tokens = 0u32;
            while lexer.read().expect("a token").kind != Kind::End {
                tokens += 1;
            }
            tokens
        });
    });
    let mut pool = Pool::new();
    group.bench_function("parser", |b| {
        b.iter(|| parse(source(), Mode::File, Options::FILE.limits, &mut pool).expect("a tree"));
    });
    group.bench_function("compile", |b| b.iter(|| compiled(&mut pool, PROGRAM)));
    group.finish();
}

/// One function, from `Op`s to bytes that can run.
pub fn machine_code(c: &mut Criterion) {
    let mut group = c.benchmark_group("emit");
    for (name, text) in [
        (
            "native",
            "@micropython.native\ndef f(n):\n    s = 0\n    for i in range(n):\n        s += i * i\n    return s\n",
        ),
        (
            "viper",
            "@micropython.viper\ndef f(p: ptr8, n: int) -> int:\n    s = 0\n    for i in range(n):\n        s += p[i]\n    return s\n",
        ),
    ] {
        let mut pool = Pool::new();
        let module = compiled(&mut pool, text);
        let code = module.root.children.first().expect("a function");
        let unit = Unit::of(&module, code, &pool);
        let mut emitter = emitter();
        group.bench_function(name, |b| b.iter(|| emitter.emit(&unit).is_ok()));
    }
    group.finish();
}

fn source() -> Source<'static> {
    Source::new(PROGRAM.as_bytes()).expect("a text")
}
