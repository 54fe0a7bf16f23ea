//! Micro-benches, in one program because linking Cranelift twice takes longer than running them.

mod front;
mod run;

criterion::criterion_group!(benches, front::stages, front::machine_code, run::run);
criterion::criterion_main!(benches);
