//! A line while it is edited: its bytes, the place of the cursor, and what a terminal has to be sent when they change.

use vm::mem::{NoMemory, Vec};

/// Where the terminal's side of an edit goes.
pub trait Out {
    /// Shows bytes.
    fn write(&mut self, bytes: &[u8]);
}

/// The line. `cursor` is always at the start of a character, or at the end.
#[derive(Default)]
pub struct Line {
    bytes: Vec<u8>,
    cursor: usize,
}

/// What continues a character in UTF-8.
fn continues(byte: u8) -> bool {
    byte & 0xC0 == 0x80
}

/// A letter, a digit or an underscore, or part of a character that is not ASCII.
fn in_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_' || byte >= 0x80
}

impl Line {
    /// What was typed.
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// What is before the cursor.
    pub fn before(&self) -> &[u8] {
        self.bytes.get(..self.cursor).unwrap_or(&[])
    }

    fn after(&self) -> &[u8] {
        self.bytes.get(self.cursor..).unwrap_or(&[])
    }

    /// Makes it empty.
    pub fn clear(&mut self) {
        self.bytes.clear();
        self.cursor = 0;
    }

    /// Puts bytes before the cursor.
    pub fn insert(&mut self, bytes: &[u8], out: &mut dyn Out) -> Result<(), NoMemory> {
        self.bytes.reserve(bytes.len())?;
        for byte in bytes {
            self.bytes.insert(self.cursor, *byte)?;
            self.cursor += 1;
        }
        out.write(bytes);
        // The rest of a character is still to come: what is behind it is shown again when it is there.
        self.show_rest(out);
        Ok(())
    }

    /// Puts another line in place of this one.
    pub fn replace(&mut self, bytes: &[u8], out: &mut dyn Out) -> Result<(), NoMemory> {
        let mut copy = Vec::new();
        copy.extend_from_slice(bytes)?;
        let (old, new) = (columns(&self.bytes), columns(bytes));
        self.home(out);
        if new < old {
            erase(out);
        }
        out.write(bytes);
        self.cursor = bytes.len();
        self.bytes = copy;
        Ok(())
    }

    /// Shows what is behind the cursor, which stays.
    fn show_rest(&self, out: &mut dyn Out) {
        let rest = self.after();
        if !rest.is_empty() {
            out.write(rest);
            back(columns(rest), out);
        }
    }

    /// Shows the line anew up to its end, the cursor where it was; for after other output.
    pub fn show(&self, out: &mut dyn Out) {
        out.write(self.before());
        self.show_rest(out);
    }

    /// Goes to a place at or before the cursor.
    fn back_to(&mut self, at: usize, out: &mut dyn Out) {
        back(columns(self.bytes.get(at..self.cursor).unwrap_or(&[])), out);
        self.cursor = at;
    }

    /// Goes to a place at or behind the cursor.
    fn forward_to(&mut self, at: usize, out: &mut dyn Out) {
        out.write(self.bytes.get(self.cursor..at).unwrap_or(&[]));
        self.cursor = at;
    }

    /// Goes to the start.
    pub fn home(&mut self, out: &mut dyn Out) {
        self.back_to(0, out);
    }

    /// Goes to the end.
    pub fn end(&mut self, out: &mut dyn Out) {
        self.forward_to(self.bytes.len(), out);
    }

    /// Goes to the character before.
    pub fn left(&mut self, out: &mut dyn Out) {
        self.back_to(self.character_before(), out);
    }

    /// Goes behind the character at the cursor.
    pub fn right(&mut self, out: &mut dyn Out) {
        self.forward_to(self.character_after(), out);
    }

    /// Goes to the start of this word or the one before.
    pub fn word_left(&mut self, out: &mut dyn Out) {
        self.back_to(self.word_before(), out);
    }

    /// Goes behind this word or the next.
    pub fn word_right(&mut self, out: &mut dyn Out) {
        self.forward_to(self.word_after(), out);
    }

    /// Removes what is between a place and the cursor.
    fn cut(&mut self, from: usize, to: usize, out: &mut dyn Out) {
        if from >= to {
            return;
        }
        if from < self.cursor {
            self.back_to(from, out);
        }
        self.bytes.drain(from..to.min(self.bytes.len()));
        erase(out);
        self.show_rest(out);
    }

    /// Removes the character before the cursor; four spaces at once where a line begins with so many.
    pub fn rub_out(&mut self, out: &mut dyn Out) {
        let indent = self.cursor >= 4 && self.before().iter().all(|byte| *byte == b' ');
        let from = if indent { self.cursor - 4 } else { self.character_before() };
        self.cut(from, self.cursor, out);
    }

    /// Removes the character at the cursor.
    pub fn delete(&mut self, out: &mut dyn Out) {
        self.cut(self.cursor, self.character_after(), out);
    }

    /// Removes all behind the cursor.
    pub fn cut_rest(&mut self, out: &mut dyn Out) {
        self.cut(self.cursor, self.bytes.len(), out);
    }

    /// Removes all before the cursor.
    pub fn cut_start(&mut self, out: &mut dyn Out) {
        self.cut(0, self.cursor, out);
    }

    /// Removes the rest of this word, or the next.
    pub fn cut_word_after(&mut self, out: &mut dyn Out) {
        self.cut(self.cursor, self.word_after(), out);
    }

    /// Removes the start of this word, or the one before.
    pub fn cut_word_before(&mut self, out: &mut dyn Out) {
        self.cut(self.word_before(), self.cursor, out);
    }

    /// Leaves one space of an indent that the cursor stands behind.
    pub fn keep_one_space(&mut self, out: &mut dyn Out) {
        let spare = self.cursor.saturating_sub(1);
        self.bytes.truncate(1);
        self.cursor = self.bytes.len();
        back(spare, out);
    }

    fn character_before(&self) -> usize {
        let start = self.before().iter().rposition(|byte| !continues(*byte));
        start.unwrap_or(0)
    }

    fn character_after(&self) -> usize {
        let rest = self.after().get(1..).unwrap_or(&[]);
        let more = rest.iter().position(|byte| !continues(*byte)).unwrap_or(rest.len());
        self.bytes.len().min(self.cursor + 1 + more)
    }

    fn word_before(&self) -> usize {
        let before = self.before();
        let end = before.iter().rposition(|byte| in_word(*byte)).map_or(0, |at| at + 1);
        before.get(..end).unwrap_or(&[]).iter().rposition(|byte| !in_word(*byte)).map_or(0, |at| at + 1)
    }

    fn word_after(&self) -> usize {
        let after = self.after();
        let start = after.iter().position(|byte| in_word(*byte)).unwrap_or(after.len());
        let word = after.get(start..).unwrap_or(&[]);
        self.cursor + start + word.iter().position(|byte| !in_word(*byte)).unwrap_or(word.len())
    }
}

/// Columns that text takes: one for each character.
fn columns(text: &[u8]) -> usize {
    text.iter().filter(|byte| !continues(**byte)).count()
}

/// Moves the terminal's cursor back.
fn back(mut columns: usize, out: &mut dyn Out) {
    if columns <= 4 {
        return out.write(b"\x08\x08\x08\x08".get(..columns).unwrap_or(&[]));
    }
    let mut digits = [0; 20];
    let mut at = digits.len();
    while columns > 0 && at > 0 {
        at -= 1;
        digits[at] = b'0' + (columns % 10) as u8;
        columns /= 10;
    }
    out.write(b"\x1b[");
    out.write(digits.get(at..).unwrap_or(&[]));
    out.write(b"D");
}

/// Erases what the terminal shows from the cursor on.
fn erase(out: &mut dyn Out) {
    out.write(b"\x1b[K");
}
