//! Cores and the options they were configured with.

use core::fmt;

/// A core that boards of ours have.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Isa {
    /// ESP8266: no register windows, no loops, no division.
    Lx106,
    /// ESP32.
    Lx6,
    /// ESP32-S2 and S3.
    Lx7,
}

/// A configuration option that brings instructions.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Feature {
    /// In every core.
    Core,
    /// Code density: 16-bit instructions.
    Density,
    /// 16-bit products.
    Mul16,
    /// 32-bit products, low half.
    Mul32,
    /// Division.
    Divide,
    /// Minimum and maximum.
    MinMax,
    /// Sign extension from any bit, and clamping.
    SignExtend,
    /// Leading zeros.
    Normalise,
    /// Loops without branches.
    Loop,
    /// Register windows.
    Windowed,
    /// 16-bit instructions of register windows.
    WindowedDensity,
}

impl Isa {
    /// Was the core configured with this option?
    pub const fn has(self, feature: Feature) -> bool {
        match feature {
            Feature::Core | Feature::Density | Feature::Mul16 | Feature::Mul32 | Feature::Normalise => true,
            Feature::Divide
            | Feature::MinMax
            | Feature::SignExtend
            | Feature::Loop
            | Feature::Windowed
            | Feature::WindowedDensity => match self {
                Isa::Lx106 => false,
                Isa::Lx6 | Isa::Lx7 => true,
            },
        }
    }
}

impl fmt::Display for Feature {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str(match self {
            Feature::Core => "core",
            Feature::Density => "density",
            Feature::Mul16 => "16-bit multiply",
            Feature::Mul32 => "32-bit multiply",
            Feature::Divide => "divide",
            Feature::MinMax => "minimum and maximum",
            Feature::SignExtend => "sign extend",
            Feature::Normalise => "normalise",
            Feature::Loop => "loop",
            Feature::Windowed => "windowed register",
            Feature::WindowedDensity => "windowed register and density",
        })
    }
}
