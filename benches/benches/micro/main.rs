//! Micro-benches, in one program because linking Cranelift twice takes longer than running them.

mod front;
mod import;
mod run;

criterion::criterion_group!(benches, front::stages, front::machine_code, import::import, run::run);
criterion::criterion_main!(benches);
