//! Floats as text: shortest digits, exact digits, and reading them back.

mod decimal;
mod format;
mod parse;
// On hosts the tests alone use it.
#[cfg_attr(target_pointer_width = "64", allow(dead_code))]
mod read;

pub use format::{Kind, Layout, Repr, Sign, format, format_len, round_whole};
pub use parse::{parse, read_exponent};
#[cfg(not(target_pointer_width = "64"))]
pub use read::read;

/// The nearest double of a decimal text without blanks or underscores, or `inf`, `nan`; `None` for anything else.
#[cfg(target_pointer_width = "64")]
pub fn read(text: &[u8]) -> Option<f64> {
    core::str::from_utf8(text).ok()?.parse().ok()
}

/// Mantissa and exponent with `|x| == mantissa * 2**exponent`, for a finite `x`.
pub fn split(x: f64) -> (u64, i32) {
    let fraction = x.to_bits() & ((1 << 52) - 1);
    match (x.to_bits() >> 52 & 0x7ff) as i32 {
        0 => (fraction, -1074),
        biased => (fraction | 1 << 52, biased - 1075),
    }
}

#[cfg(test)]
mod tests {
    extern crate std;
    use super::*;
    use std::string::String;

    fn text(x: f64, kind: Kind, precision: Option<usize>) -> String {
        with(x, Layout { kind, precision, ..Layout::PLAIN })
    }

    fn with(x: f64, layout: Layout) -> String {
        let mut out = String::new();
        assert!(format(&mut out, x, layout).is_ok());
        assert_eq!(out.len(), format_len(x, layout));
        out
    }

    #[test]
    fn repr_looks_like_python() {
        let table = [
            (1.0, "1.0"),
            (1e16, "1e+16"),
            (1e15, "1000000000000000.0"),
            (1e-5, "1e-05"),
            (0.0001, "0.0001"),
            (-0.0, "-0.0"),
            (5e-324, "5e-324"),
            (1.7976931348623157e308, "1.7976931348623157e+308"),
            (123.456, "123.456"),
            (9999999999999998.0, "9999999999999998.0"),
            (f64::NEG_INFINITY, "-inf"),
            (-f64::NAN, "nan"),
        ];
        for (x, expect) in table {
            assert_eq!(Repr::new(x).as_str(), expect);
        }
    }

    #[test]
    fn formats_round_exactly() {
        let table = [
            (2.5, Kind::Fixed, 0, "2"),
            (3.5, Kind::Fixed, 0, "4"),
            (0.5, Kind::Fixed, 0, "0"),
            (0.05, Kind::Fixed, 1, "0.1"),
            (0.25, Kind::Fixed, 1, "0.2"),
            (0.001, Kind::Fixed, 1, "0.0"),
            (99.96, Kind::Fixed, 1, "100.0"),
            (1.0, Kind::Fixed, 40, "1.0000000000000000000000000000000000000000"),
            (0.1, Kind::Fixed, 30, "0.100000000000000005551115123126"),
            (0.0, Kind::Exponent, 2, "0.00e+00"),
            (123456.0, Kind::Exponent, 2, "1.23e+05"),
            (9.996, Kind::Exponent, 2, "1.00e+01"),
            (1e-300, Kind::Exponent, 0, "1e-300"),
            (100000.0, Kind::General, 6, "100000"),
            (1000000.0, Kind::General, 6, "1e+06"),
            (0.0001, Kind::General, 3, "0.0001"),
            (0.00001234, Kind::General, 3, "1.23e-05"),
            (1.5, Kind::General, 0, "2"),
            (0.125, Kind::Percent, 1, "12.5%"),
            (f64::INFINITY, Kind::Percent, 1, "inf%"),
            (100.0, Kind::Plain, 3, "1e+02"),
            (10.0, Kind::Plain, 3, "10.0"),
        ];
        for (x, kind, precision, expect) in table {
            assert_eq!(text(x, kind, Some(precision)), expect, "{x} {kind:?} {precision}");
        }
    }

    #[test]
    fn flags() {
        let base = Layout { kind: Kind::General, alternate: true, ..Layout::PLAIN };
        assert_eq!(with(1.5, base), "1.50000");
        assert_eq!(with(0.0, base), "0.00000");
        assert_eq!(with(1.0, Layout { kind: Kind::Fixed, precision: Some(0), ..base }), "1.");
        assert_eq!(with(f64::NAN, Layout { sign: Sign::Plus, upper: true, ..base }), "+NAN");
        let grouped =
            Layout { kind: Kind::Fixed, precision: Some(1), group: Some(b','), sign: Sign::Space, ..Layout::PLAIN };
        assert_eq!(with(1234567.25, grouped), " 1,234,567.2");
        assert_eq!(with(-1e5, grouped), "-100,000.0");
    }

    #[test]
    fn text_reads_back() {
        let mut bits = 1u64;
        for _ in 0..2000 {
            bits = bits.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
            let x = f64::from_bits(bits);
            if x.is_finite() {
                assert_eq!(parse(Repr::new(x).as_str().as_bytes()), Some(x));
                assert_eq!(parse(text(x, Kind::Exponent, Some(16)).as_bytes()), Some(x));
                assert_eq!(
                    text(x, Kind::Exponent, Some(25)).len(),
                    std::format!("{x:.25e}").len() + exponent_padding(x)
                );
            }
        }
    }

    /// Rust writes `e5` where Python has `e+05`.
    fn exponent_padding(x: f64) -> usize {
        let text = std::format!("{x:.25e}");
        let exponent: i32 = text.split_once('e').and_then(|(_, e)| e.parse().ok()).unwrap_or(0);
        usize::from(exponent >= 0) + usize::from(exponent.abs() < 10)
    }

    #[test]
    fn parse_follows_python() {
        let good = [
            ("1_0.5", 10.5),
            (" 1 ", 1.0),
            ("iNf", f64::INFINITY),
            ("-infinity", f64::NEG_INFINITY),
            ("1.", 1.0),
            (".5", 0.5),
            ("1e1_0", 1e10),
            ("0_0.0_05e-1", 0.0005),
            ("-1_000", -1000.0),
            ("1_0e-400", 0.0),
            ("1_0e999999999999999999999", f64::INFINITY),
        ];
        for (text, x) in good {
            assert_eq!(parse(text.as_bytes()), Some(x), "{text}");
        }
        assert!(parse(b"nan").is_some_and(f64::is_nan));
        for text in [
            "1__0", "_1", "1_", "1e_5", "1_e5", "infinit", ".", "", "1 2", "1_0.5.5", "1_0e", "0x1_0", "1_0-1",
            ".+1_0", "é",
        ] {
            assert_eq!(parse(text.as_bytes()), None, "{text}");
        }
        let mut long = String::from("1_0.5");
        long.extend(std::iter::repeat_n('0', 2000));
        long.push('1');
        assert_eq!(parse(long.as_bytes()), Some(10.5));
    }
}
