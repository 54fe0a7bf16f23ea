//! Searching bytes, and counting the characters of UTF-8.

/// Where `needle` first stands in `hay`.
pub fn find(hay: &[u8], needle: &[u8]) -> Option<usize> {
    let (Some(&first), Some(last_start)) = (needle.first(), hay.len().checked_sub(needle.len())) else {
        return if needle.is_empty() { Some(0) } else { None };
    };
    let mut from = 0;
    while from <= last_start {
        let at = from + find_byte(hay.get(from..=last_start)?, first)?;
        if hay.get(at..at + needle.len())? == needle {
            return Some(at);
        }
        from = at + 1;
    }
    None
}

/// Where `needle` last stands in `hay`.
pub fn rfind(hay: &[u8], needle: &[u8]) -> Option<usize> {
    let mut at = hay.len().checked_sub(needle.len())?;
    loop {
        if hay.get(at..at + needle.len())? == needle {
            return Some(at);
        }
        at = at.checked_sub(1)?;
    }
}

/// Where `byte` first stands in `hay`.
#[inline]
pub fn find_byte(hay: &[u8], byte: u8) -> Option<usize> {
    const ONES: u64 = u64::from_ne_bytes([1; 8]);
    const TOPS: u64 = u64::from_ne_bytes([0x80; 8]);
    let pattern = u64::from_ne_bytes([byte; 8]);
    let (words, _) = hay.as_chunks::<8>();
    let mut start = 0;
    for word in words {
        let zero_where_equal = u64::from_ne_bytes(*word) ^ pattern;
        if zero_where_equal.wrapping_sub(ONES) & !zero_where_equal & TOPS != 0 {
            break;
        }
        start += 8;
    }
    let at = hay.get(start..)?.iter().position(|&other| other == byte)?;
    Some(start + at)
}

/// Number of characters in UTF-8 bytes.
#[inline]
pub fn count_chars(bytes: &[u8]) -> usize {
    bytes.iter().filter(|&&byte| !is_continuation(byte)).count()
}

/// Where character number `n` begins; the length of `bytes` if there are not so many.
pub fn char_offset(bytes: &[u8], n: usize) -> usize {
    let mut left = n;
    for (at, &byte) in bytes.iter().enumerate() {
        if !is_continuation(byte) {
            if left == 0 {
                return at;
            }
            left -= 1;
        }
    }
    bytes.len()
}

/// Whether a byte of UTF-8 goes on with a character that began before.
#[inline(always)]
pub fn is_continuation(byte: u8) -> bool {
    byte & 0xc0 == 0x80
}

/// White space as upstream's `split` and `strip` know it.
#[inline(always)]
pub fn is_space(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t'..=b'\r')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_from_both_ends() {
        let hay = b"abcabcabcXabcabd--ab";
        assert_eq!((find(hay, b"abd"), find(hay, b"abc"), find(hay, b"ab-")), (Some(13), Some(0), None));
        assert_eq!((rfind(hay, b"abc"), rfind(hay, b"ab"), rfind(hay, b"zz")), (Some(10), Some(18), None));
        assert_eq!(
            (find(hay, b""), rfind(hay, b""), find(b"", b"a"), rfind(b"", b"")),
            (Some(0), Some(20), None, Some(0))
        );
        for at in 0..hay.len() {
            let byte = hay[at];
            assert_eq!(find_byte(hay, byte), hay.iter().position(|&other| other == byte));
        }
    }

    #[test]
    fn counts_characters() {
        let text = "aé€😀b".as_bytes();
        assert_eq!(count_chars(text), 5);
        assert_eq!([0, 1, 2, 3, 4, 5, 6].map(|n| char_offset(text, n)), [0, 1, 3, 6, 10, 11, 11]);
    }
}
