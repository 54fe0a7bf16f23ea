//! What to tell of a file that is refused: what it is, what this system takes, and what makes such a file.

use core::fmt;

use super::VERSION;
use super::read::SMALL_INT_BITS;

/// Machines by their number in the head of a file.
const ARCHS: [&str; 13] = [
    "bytecode",
    "x86",
    "x64",
    "armv6",
    "armv6m",
    "armv7m",
    "armv7em",
    "armv7emsp",
    "armv7emdp",
    "xtensa",
    "xtensawin",
    "rv32imc",
    "rv64imc",
];

/// A refused file; shown, it is text for whoever wanted to run it.
pub struct Refused<'a>(pub &'a [u8]);

impl fmt::Display for Refused<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (mut damaged, mut option) = (false, "");
        match *self.0 {
            [b'M', version, features, bits, ..] => {
                write!(f, "the file is version {version}")?;
                if version == VERSION {
                    let arch = usize::from(features >> 2 & 0x2f);
                    write!(f, ".{}, {}", features & 3, ARCHS.get(arch).unwrap_or(&"of an unknown machine"))?;
                    write!(f, ", with small ints of {bits} bits")?;
                    let flags = features & 0x40 != 0;
                    f.write_str(if flags { " and flags of its machine" } else { "" })?;
                    damaged = arch == 0 && !flags && bits <= SMALL_INT_BITS;
                    option = if arch != 0 || flags {
                        ", without -march, -march-flags and native functions"
                    } else if bits > SMALL_INT_BITS {
                        " -msmall-int-bits=31"
                    } else {
                        ""
                    };
                }
            }
            _ => f.write_str("the file does not begin as a .mpy file does")?,
        }
        if damaged {
            f.write_str(", and damaged")?;
        }
        write!(f, "; this system takes version {VERSION}, bytecode, with small ints of at most {SMALL_INT_BITS} bits")?;
        write!(f, "; make such a file with pyrite-cross{option} (or with mpy-cross 1.19 or later)")
    }
}

#[cfg(test)]
mod tests {
    use super::Refused;
    use std::format;

    #[test]
    fn what_a_file_is_and_what_makes_a_better_one() {
        let told =
            |bytes: &[u8], what: &str| assert!(format!("{}", Refused(bytes)).contains(what), "{}", Refused(bytes));
        told(b"", "does not begin");
        told(b"M\x05\x02\x1f", "version 5; this system takes version 6");
        told(b"M\x06\x1f\x1f", "version 6.3, armv7emsp, with small ints of 31 bits;");
        told(b"M\x06\x1f\x1f", "pyrite-cross, without -march,");
        told(b"M\x06\x00\x40", "pyrite-cross -msmall-int-bits=31");
        told(b"M\x06\x00\x1f\x00", "31 bits, and damaged;");
    }
}
