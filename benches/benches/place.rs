//! What it costs to put one function into memory through `cranelift-jit`, whose memory is given back a module at a time.
//!
//! The emitters place code in an arena of their own instead, function by function (see CONTRIBUTING, dependencies); this bench
//! is the figure behind that choice: compare it with the bench that emits a whole function.

use cranelift_codegen::ir::{AbiParam, InstBuilder, UserFuncName, types};
use cranelift_codegen::settings;
use cranelift_codegen::settings::Configurable;
use cranelift_frontend::{FunctionBuilder, FunctionBuilderContext};
use cranelift_jit::{JITBuilder, JITModule};
use cranelift_module::{Linkage, Module};
use criterion::{Criterion, criterion_group, criterion_main};

criterion_group!(benches, bench);
criterion_main!(benches);

/// A module for each function, as freeing functions one by one would need.
fn bench(criterion: &mut Criterion) {
    let mut flags = settings::builder();
    flags.set("opt_level", "speed").expect("a known setting");
    flags.set("is_pic", "false").expect("a known setting");
    let isa = cranelift_native::builder()
        .expect("a known machine")
        .finish(settings::Flags::new(flags))
        .expect("settings that fit");
    criterion.bench_function("cranelift-jit, a module of one function", |bench| {
        bench.iter(|| {
            let mut module =
                JITModule::new(JITBuilder::with_isa(isa.clone(), cranelift_module::default_libcall_names()));
            let mut context = module.make_context();
            context.func.signature.params.push(AbiParam::new(types::I64));
            context.func.signature.returns.push(AbiParam::new(types::I64));
            context.func.name = UserFuncName::user(0, 0);
            let mut builder_context = FunctionBuilderContext::new();
            let mut builder = FunctionBuilder::new(&mut context.func, &mut builder_context);
            let block = builder.create_block();
            builder.append_block_params_for_function_params(block);
            builder.switch_to_block(block);
            builder.seal_block(block);
            let argument = builder.block_params(block)[0];
            let sum = builder.ins().iadd(argument, argument);
            builder.ins().return_(&[sum]);
            builder.finalize(module.target_config());
            let id = module.declare_function("f", Linkage::Export, &context.func.signature).expect("a new name");
            module.define_function(id, &mut context).expect("a right function");
            module.finalize_definitions().expect("memory");
            let entry = module.get_finalized_function(id) as usize;
            // SAFETY: nothing of the module runs or is called any more.
            unsafe { module.free_memory() };
            entry
        });
    });
}
