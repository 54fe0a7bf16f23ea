//! F-strings: as calls of `format`.

use super::*;

impl Lower<'_> {
    /// `'...{}...'.format(...)`
    pub fn fstring(&mut self, parts: List<Part>) -> Lowered {
        let mut format = Vec::new();
        self.format_text(parts, false, &mut format)?;
        let mut n_fields = 0;
        self.count_fields(parts, &mut n_fields);
        if n_fields == 0 {
            // Without fields doubled braces stay what they are.
            let mut plain = Vec::new();
            for part in self.ast.list(parts) {
                if let Part::Text(text) = part {
                    plain.extend_from_slice(self.ast.list(*text))?;
                }
            }
            return self.load_text(plain);
        }
        let line = self.line;
        self.load_text(format)?;
        self.op(Op::LoadMethod(q!("format")))?;
        self.fields(parts)?;
        self.back_to(line)?;
        match u8::try_from(n_fields) {
            Ok(n_pos) => self.op(Op::CallMethod(Args { n_pos, n_kw: 0 })),
            Err(_) => Err(SyntaxError::new(Span::default(), "too many args")),
        }
    }

    /// A str that is not in the source as such.
    pub fn load_text(&mut self, text: Vec<u8>) -> Lowered {
        let known = match core::str::from_utf8(&text) {
            Ok(text) if text.len() <= MAX_INTERNED => Some(self.pool.intern(text)?),
            Ok(text) => self.pool.find(text),
            Err(_) => None,
        };
        match known {
            Some(name) => self.op(Op::LoadStr(name)),
            None => self.load_const(Const::Str(text)),
        }
    }

    pub(super) fn format_text(&self, parts: List<Part>, in_spec: bool, out: &mut Vec<u8>) -> Lowered {
        for part in self.ast.list(parts) {
            match *part {
                Part::Text(text) => {
                    for &byte in self.ast.list(text) {
                        out.push(byte)?;
                        if !in_spec && matches!(byte, b'{' | b'}') {
                            out.push(byte)?;
                        }
                    }
                }
                Part::Field { conversion, spec, .. } => {
                    out.push(b'{')?;
                    out.extend_from_slice(match conversion {
                        Conversion::None => b"",
                        Conversion::Str => b"!s",
                        Conversion::Repr => b"!r",
                        Conversion::Ascii => b"!a",
                    })?;
                    if let Some(spec) = spec {
                        out.push(b':')?;
                        self.format_text(spec, true, out)?;
                    }
                    out.push(b'}')?;
                }
            }
        }
        Ok(())
    }

    pub(super) fn count_fields(&self, parts: List<Part>, count: &mut usize) {
        for part in self.ast.list(parts) {
            if let Part::Field { spec, .. } = *part {
                *count += 1;
                if let Some(spec) = spec {
                    self.count_fields(spec, count);
                }
            }
        }
    }

    pub(super) fn fields(&mut self, parts: List<Part>) -> Lowered {
        for part in self.ast.list(parts) {
            if let Part::Field { value, spec, .. } = *part {
                self.expr(value)?;
                if let Some(spec) = spec {
                    self.fields(spec)?;
                }
            }
        }
        Ok(())
    }

    /// `__template__((text, ...), value, source, conversion, spec, ...)`
    pub fn tstring(&mut self, parts: List<Part>) -> Lowered {
        self.load_name(q!("__template__"))?;
        let parts = self.ast.list(parts);
        let (mut texts, mut text) = (Vec::new(), Vec::new());
        for part in parts {
            match *part {
                Part::Text(piece) => text.extend_from_slice(self.ast.list(piece))?,
                Part::Field { .. } => texts.push(Const::Str(core::mem::take(&mut text)))?,
            }
        }
        texts.push(Const::Str(text))?;
        let n_fields = texts.len() as u32 - 1;
        self.load_const(Const::Tuple(texts))?;
        let n_slots = 4 * n_fields;
        for part in parts {
            let Part::Field { value, source, conversion, spec } = *part else { continue };
            self.expr(value)?;
            self.load_text(Vec::from_slice(self.ast.list(source))?)?;
            match conversion {
                crate::syntax::ast::Conversion::None => self.op(Op::LoadNone)?,
                crate::syntax::ast::Conversion::Str => self.op(Op::LoadStr(q!("s")))?,
                crate::syntax::ast::Conversion::Repr => self.op(Op::LoadStr(q!("r")))?,
                crate::syntax::ast::Conversion::Ascii => self.op(Op::LoadStr(q!("a")))?,
            }
            match spec {
                Some(spec) => self.fstring(spec)?,
                None => self.op(Op::LoadStr(q!("")))?,
            }
        }
        match u8::try_from(1 + n_slots) {
            Ok(n_pos) => self.op(Op::CallFunction(Args { n_pos, n_kw: 0 })),
            Err(_) => {
                self.op(Op::BuildTuple(n_slots))?;
                self.op(Op::CallFunction(Args { n_pos: 2, n_kw: 0 }))
            }
        }
    }
}
