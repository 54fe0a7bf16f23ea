//! Rows of single-precision floats.

use crate::form::{self, Form};
use crate::isa::Isa;
use crate::table::Row;

pub const ROWS: &[Row] = &[
    // sums and products.
    fp("vadd.f32", &form::S_S_S, 0xee30_0a00),
    fp("vsub.f32", &form::S_S_S, 0xee30_0a40),
    fp("vmul.f32", &form::S_S_S, 0xee20_0a00),
    fp("vnmul.f32", &form::S_S_S, 0xee20_0a40),
    fp("vdiv.f32", &form::S_S_S, 0xee80_0a00),
    fp("vmla.f32", &form::S_S_S, 0xee00_0a00),
    fp("vmls.f32", &form::S_S_S, 0xee00_0a40),
    fp("vfma.f32", &form::S_S_S, 0xeea0_0a00),
    fp("vfms.f32", &form::S_S_S, 0xeea0_0a40),
    // one operand.
    fp("vmov.f32", &form::S_S, 0xeeb0_0a40),
    fp("vabs.f32", &form::S_S, 0xeeb0_0ac0),
    fp("vneg.f32", &form::S_S, 0xeeb1_0a40),
    fp("vsqrt.f32", &form::S_S, 0xeeb1_0ac0),
    fp("vcvt.f32.s32", &form::S_S, 0xeeb8_0ac0),
    fp("vcvt.f32.u32", &form::S_S, 0xeeb8_0a40),
    fp("vcvt.s32.f32", &form::S_S, 0xeebd_0ac0),
    fp("vcvt.u32.f32", &form::S_S, 0xeebc_0ac0),
    fp("vcvtr.s32.f32", &form::S_S, 0xeebd_0a40),
    fp("vcvtr.u32.f32", &form::S_S, 0xeebc_0a40),
    // comparisons and the status register.
    fp("vcmp.f32", &form::S_S, 0xeeb4_0a40),
    fp("vcmpe.f32", &form::S_S, 0xeeb4_0ac0),
    fp("vcmp.f32", &form::S_ZERO, 0xeeb5_0a40),
    fp("vcmpe.f32", &form::S_ZERO, 0xeeb5_0ac0),
    fp("vmrs", &form::FLAGS_STATUS, 0xeef1_fa10),
    fp("vmrs", &form::R_STATUS, 0xeef1_0a10),
    fp("vmsr", &form::STATUS_R, 0xeee1_0a10),
    // to and from core registers and memory.
    fp("vmov", &form::S_R, 0xee00_0a10),
    fp("vmov", &form::R_S, 0xee10_0a10),
    fp("vldr", &form::S_AT, 0xed10_0a00),
    fp("vstr", &form::S_AT, 0xed00_0a00),
];

const fn fp(name: &'static str, form: &'static Form, bits: u32) -> Row {
    Row { name, form, bits, needs: Isa::V7EMF }
}
