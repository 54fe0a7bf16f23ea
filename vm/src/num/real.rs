//! Functions of real numbers that no rule rounds: the system's where there is one, so that results are those of other
//! programs on the same machine to the last digit; otherwise those of `libm`.

#[cfg(not(feature = "system-math"))]
pub use libm::{
    acos, acosh, asin, asinh, atan, atan2, atanh, cbrt, cos, cosh, erf, erfc, exp, expm1, fabs, hypot, log, log1p,
    log2, log10, pow, sin, sinh, sqrt, tan, tanh,
};

#[cfg(feature = "system-math")]
pub use system::*;

#[cfg(feature = "system-math")]
#[allow(unsafe_code, reason = "functions of C's own library, of numbers only")]
mod system {
    macro_rules! functions {
        ($($name:ident($($arg:ident),*);)*) => {
            mod c {
                unsafe extern "C" {
                    $(pub safe fn $name($($arg: f64),*) -> f64;)*
                }
            }
            $(
                /// As C has it.
                pub fn $name($($arg: f64),*) -> f64 {
                    c::$name($($arg),*)
                }
            )*
        };
    }
    functions! {
        acos(x);
        acosh(x);
        asin(x);
        asinh(x);
        atan(x);
        atan2(x, y);
        atanh(x);
        cbrt(x);
        cos(x);
        cosh(x);
        erf(x);
        erfc(x);
        exp(x);
        expm1(x);
        fabs(x);
        hypot(x, y);
        log(x);
        log10(x);
        log1p(x);
        log2(x);
        pow(x, y);
        sin(x);
        sinh(x);
        sqrt(x);
        tan(x);
        tanh(x);
    }
}
