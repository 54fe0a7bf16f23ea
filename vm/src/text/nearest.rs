//! How far one word is from another, for "did you mean".

/// Longer words are not compared.
const LONGEST: usize = 40;
/// Price of a letter that is added, lost or another one.
pub const STEP: usize = 2;
/// Price of a letter in the other case.
const CASE: usize = 1;

/// Price of turning one word into the other with single steps; none when it is above `limit`.
pub fn distance(one: &[u8], other: &[u8], limit: usize) -> Option<usize> {
    if one.len() > LONGEST || other.len() > LONGEST || one.len().abs_diff(other.len()) * STEP > limit {
        return None;
    }
    // Row by row of the matrix of prefixes; `row[n]` is the price for the first `n + 1` bytes of `other`.
    let mut row = [0; LONGEST];
    for (at, cell) in row.iter_mut().enumerate() {
        *cell = (at + 1) * STEP;
    }
    let mut last = other.len() * STEP;
    for (at, &from) in one.iter().enumerate() {
        let (mut diagonal, mut left) = (at * STEP, (at + 1) * STEP);
        for (&to, cell) in other.iter().zip(row.iter_mut()) {
            let change = if from == to {
                0
            } else if from.eq_ignore_ascii_case(&to) {
                CASE
            } else {
                STEP
            };
            let price = (diagonal + change).min(left + STEP).min(*cell + STEP);
            (diagonal, left, *cell) = (*cell, price, price);
        }
        last = left;
    }
    (last <= limit).then_some(last)
}

/// Of the words offered, the nearest that is near enough to be meant; the first of equals.
#[derive(Default)]
pub struct Nearest<T> {
    best: Option<(usize, T)>,
}

impl<T> Nearest<T> {
    /// Looks at one more word, which stands for `it`.
    pub fn offer(&mut self, wrong: &str, word: &str, it: T) {
        let far = (wrong.len() + word.len() + 3) * STEP / 6;
        let limit = match &self.best {
            Some((best, _)) => far.min(best.saturating_sub(1)),
            None => far,
        };
        if wrong != word
            && let Some(price) = distance(wrong.as_bytes(), word.as_bytes(), limit)
            && self.best.as_ref().is_none_or(|(best, _)| price < *best)
        {
            self.best = Some((price, it));
        }
    }

    /// The nearest.
    pub fn found(self) -> Option<T> {
        self.best.map(|(_, it)| it)
    }
}

#[cfg(test)]
mod tests {
    use super::{Nearest, distance};

    #[test]
    fn prices() {
        for (one, other, price) in
            [("", "", 0), ("a", "", 2), ("abc", "abc", 0), ("abc", "aBd", 3), ("pritn", "print", 4)]
        {
            assert_eq!(distance(one.as_bytes(), other.as_bytes(), 99), Some(price), "{one} {other}");
            assert_eq!(distance(other.as_bytes(), one.as_bytes(), 99), Some(price), "{other} {one}");
        }
        assert_eq!(distance(b"abc", b"xyz", 5), None);
        assert_eq!(distance(&[b'a'; 41], b"a", 999), None);
    }

    #[test]
    fn the_nearest_is_meant() {
        let mut nearest = Nearest::default();
        for word in ["append", "extend", "apex"] {
            nearest.offer("apend", word, word);
        }
        assert_eq!(nearest.found(), Some("append"));
        let mut nearest = Nearest::default();
        nearest.offer("x", "append", ());
        assert_eq!(nearest.found(), None);
    }
}
