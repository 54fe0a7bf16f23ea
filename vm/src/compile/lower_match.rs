//! `match` to ops: tests that consume the subject on the stack, captures kept until the whole pattern matches.
//!
//! The subject stays on the stack while its cases are tried, each on a copy. A failed test jumps to a label that drops
//! what it left above the subject. What only the running system knows (is this a sequence, what are the attributes) is
//! asked from intrinsics: functions that programs cannot name.

mod check;

use super::lower::{Lower, Lowered};
use super::op::{Args, Binary, Collection, Label, Op};
use crate::mem::Vec;
use crate::q;
use crate::qstr::Qstr;
use crate::syntax::ast::{Case, ExprId, ExprKind, KeywordPattern, List, MappingItem, PatternId, PatternKind};
use crate::text::error::SyntaxError;

/// What a pattern's failed tests have to drop, and where its captures go.
struct Way<'a> {
    /// Where a test goes on that leaves so many slots above `floor`; made when first needed.
    labels: Vec<Label>,
    /// Slots above the subject that stay when the pattern fails.
    floor: usize,
    /// Slots above the subject now.
    above: usize,
    captures: Captures<'a>,
}

/// Where captured values go.
#[derive(Clone, Copy)]
enum Captures<'a> {
    /// To their names at once: nothing can fail any more.
    Names,
    /// Into the dict in the first slot above the subject, by their place in this list.
    Dict(&'a [Qstr]),
}

/// What `.match_sequence` gives of the items that a star stands for.
#[derive(Clone, Copy)]
enum Star {
    None,
    List,
    Nothing,
}

impl Lower<'_> {
    pub fn match_stmt(&mut self, subject: ExprId, cases: List<Case>) -> Lowered {
        let end = self.label()?;
        self.expr(subject)?;
        let cases = self.ast.list(cases);
        for (at, case) in cases.iter().enumerate() {
            if case.guard.is_none() && at + 1 < cases.len() {
                self.can_fail(case.pattern)?;
            }
            self.case(case, end)?;
        }
        self.op(Op::PopTop)?;
        self.place(end)
    }

    fn case(&mut self, case: &Case, end: Label) -> Lowered {
        let names = self.captured(case.pattern)?;
        self.mark(self.ast.pattern(case.pattern).span)?;
        let late = self.captures_before_tests(case.pattern);
        let captures = if late { Captures::Dict(&names) } else { Captures::Names };
        let mut way = Way { labels: Vec::new(), floor: 0, above: 1, captures };
        self.op(Op::DupTop)?;
        if late {
            self.op(Op::BuildMap(names.len() as u32))?;
            self.op(Op::RotTwo)?;
            way.above = 2;
        }
        self.pattern(case.pattern, &mut way)?;
        if late {
            for (at, &name) in names.iter().enumerate() {
                self.op(Op::DupTop)?;
                self.op(Op::LoadInt(at as i32))?;
                self.op(Op::LoadSubscr)?;
                self.store_name(name)?;
            }
            self.op(Op::PopTop)?;
        }
        way.above = 0;
        if let Some(guard) = case.guard {
            let fail = self.failed(&mut way)?;
            self.condition(guard, false, fail)?;
        }
        self.op(Op::PopTop)?;
        self.block(case.body)?;
        self.op(Op::Jump(end))?;
        self.adjust(1)?;
        self.drop_failed(&way)
    }

    /// Where a test that fails now goes on.
    fn failed(&mut self, way: &mut Way<'_>) -> Result<Label, SyntaxError> {
        let index = way.above - way.floor;
        while way.labels.len() <= index {
            let label = self.label()?;
            way.labels.push(label)?;
        }
        way.labels.get(index).copied().ok_or_else(super::too_long)
    }

    /// All ways of failing end here, with what is above the floor dropped.
    fn drop_failed(&mut self, way: &Way<'_>) -> Lowered {
        for _ in 1..way.labels.len() {
            self.adjust(1)?;
        }
        for (at, &label) in way.labels.iter().enumerate().rev() {
            self.place(label)?;
            if at > 0 {
                self.op(Op::PopTop)?;
            }
        }
        Ok(())
    }

    /// Tests top against a pattern; drops it when it matches.
    fn pattern(&mut self, id: PatternId, way: &mut Way<'_>) -> Lowered {
        match self.ast.pattern(id).kind {
            PatternKind::Value(value) => self.equals(value, Binary::Equal, way),
            PatternKind::Singleton(value) => self.equals(value, Binary::Is, way),
            PatternKind::Sequence(items) => self.sequence_pattern(items, way),
            PatternKind::Star(None) | PatternKind::Wildcard => {
                way.above -= 1;
                self.op(Op::PopTop)
            }
            PatternKind::Star(Some(name)) | PatternKind::As { pattern: None, name } => self.capture(name, way),
            PatternKind::As { pattern: Some(pattern), name } => {
                self.op(Op::DupTop)?;
                way.above += 1;
                self.pattern(pattern, way)?;
                self.capture(name, way)
            }
            PatternKind::Mapping { items, rest } => self.mapping_pattern(items, rest, way),
            PatternKind::Class { class, positional, keyword } => self.class_pattern(class, positional, keyword, way),
            PatternKind::Or(choices) => self.or_pattern(choices, way),
        }
    }

    fn equals(&mut self, value: ExprId, test: Binary, way: &mut Way<'_>) -> Lowered {
        self.expr(value)?;
        self.op(Op::Binary(test))?;
        way.above -= 1;
        let fail = self.failed(way)?;
        self.op(Op::PopJumpIfFalse(fail))
    }

    fn capture(&mut self, name: Qstr, way: &mut Way<'_>) -> Lowered {
        match way.captures {
            Captures::Names => self.store_name(name)?,
            Captures::Dict(names) => {
                let at = names.iter().position(|&other| other == name).unwrap_or(0);
                self.op(Op::LoadInt(at as i32))?;
                // The dict is in slot 1, the key in the one above the value.
                self.op(Op::StoreComp(Collection::Dict, way.above as u32))?;
            }
        }
        way.above -= 1;
        Ok(())
    }

    fn or_pattern(&mut self, choices: List<PatternId>, way: &mut Way<'_>) -> Lowered {
        let matched = self.label()?;
        let choices = self.ast.list(choices);
        let Some((&last, others)) = choices.split_last() else { return Ok(()) };
        for &choice in others {
            let mut inner = Way { labels: Vec::new(), floor: way.above, above: way.above + 1, captures: way.captures };
            self.op(Op::DupTop)?;
            self.pattern(choice, &mut inner)?;
            self.op(Op::Jump(matched))?;
            self.drop_failed(&inner)?;
        }
        self.op(Op::DupTop)?;
        way.above += 1;
        self.pattern(last, way)?;
        self.place(matched)?;
        way.above -= 1;
        self.op(Op::PopTop)
    }

    fn sequence_pattern(&mut self, items: List<PatternId>, way: &mut Way<'_>) -> Lowered {
        let items = self.ast.list(items);
        let star = items.iter().position(|&item| matches!(self.ast.pattern(item).kind, PatternKind::Star(_)));
        let kind = match star.map(|at| self.ast.pattern(items[at]).kind) {
            None => Star::None,
            Some(PatternKind::Star(None)) => Star::Nothing,
            Some(_) => Star::List,
        };
        let before = star.unwrap_or(items.len());
        let after = items.len() - star.map_or(before, |at| at + 1);
        self.begin_ask(q!(".match_sequence"))?;
        self.op(Op::LoadInt(before as i32))?;
        self.op(Op::LoadInt(after as i32))?;
        self.op(Op::LoadInt(kind as i32))?;
        self.ask(4)?;
        let given = |item: &PatternId| self.ast.pattern(*item).kind != PatternKind::Star(None);
        let count = items.iter().filter(|item| given(item)).count();
        self.split(count, way)?;
        for &item in items {
            if self.ast.pattern(item).kind != PatternKind::Star(None) {
                self.pattern(item, way)?;
            }
        }
        Ok(())
    }

    fn mapping_pattern(&mut self, items: List<MappingItem>, rest: Option<Qstr>, way: &mut Way<'_>) -> Lowered {
        let items = self.ast.list(items);
        if items.iter().any(|item| matches!(self.ast.kind(item.key), ExprKind::Attribute { .. })) {
            // Keys that are not written out are only looked at when there is a mapping with enough of them.
            self.op(Op::DupTop)?;
            self.begin_ask(q!(".match_mapping"))?;
            self.op(Op::LoadInt(items.len() as i32))?;
            self.ask(2)?;
            let fail = self.failed(way)?;
            self.op(Op::PopJumpIfFalse(fail))?;
        }
        self.begin_ask(q!(".match_keys"))?;
        items.iter().try_for_each(|item| self.expr(item.key))?;
        self.op(Op::BuildTuple(items.len() as u32))?;
        self.op(if rest.is_some() { Op::LoadTrue } else { Op::LoadFalse })?;
        self.ask(3)?;
        self.split(items.len() + usize::from(rest.is_some()), way)?;
        for item in items {
            self.pattern(item.pattern, way)?;
        }
        rest.map_or(Ok(()), |rest| self.capture(rest, way))
    }

    fn class_pattern(
        &mut self,
        class: ExprId,
        positional: List<PatternId>,
        keyword: List<KeywordPattern>,
        way: &mut Way<'_>,
    ) -> Lowered {
        let (positional, keyword) = (self.ast.list(positional), self.ast.list(keyword));
        self.begin_ask(q!(".match_class"))?;
        self.expr(class)?;
        self.op(Op::LoadInt(positional.len() as i32))?;
        keyword.iter().try_for_each(|pattern| self.op(Op::LoadStr(pattern.name)))?;
        self.op(Op::BuildTuple(keyword.len() as u32))?;
        self.ask(4)?;
        self.split(positional.len() + keyword.len(), way)?;
        positional.iter().try_for_each(|&pattern| self.pattern(pattern, way))?;
        keyword.iter().try_for_each(|keyword| self.pattern(keyword.pattern, way))
    }

    /// Begins the call of an intrinsic whose first argument is top.
    fn begin_ask(&mut self, intrinsic: Qstr) -> Lowered {
        self.op(Op::LoadGlobal(intrinsic))?;
        self.op(Op::RotTwo)
    }

    fn ask(&mut self, n_pos: u8) -> Lowered {
        self.op(Op::CallFunction(Args { n_pos, n_kw: 0 }))
    }

    /// Top is a tuple of `count` parts, or None when there is no match: the parts, the first on top.
    fn split(&mut self, count: usize, way: &mut Way<'_>) -> Lowered {
        self.op(Op::DupTop)?;
        self.op(Op::LoadNone)?;
        self.op(Op::Binary(Binary::Is))?;
        let fail = self.failed(way)?;
        self.op(Op::PopJumpIfTrue(fail))?;
        way.above = way.above + count - 1;
        if count == 0 {
            return self.op(Op::PopTop);
        }
        self.op(Op::UnpackSequence(count as u32))
    }
}
