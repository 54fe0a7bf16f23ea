//! What can be said of patterns before they run: names bound, cases that cannot be reached, things said twice.

use super::*;
use crate::syntax::ast::UnaryOp;
use crate::text::error::either;

impl Lower<'_> {
    /// A pattern with others behind it must be able to fail.
    pub(super) fn can_fail(&self, id: PatternId) -> Lowered {
        let pattern = self.ast.pattern(id);
        match pattern.kind {
            PatternKind::Wildcard => {
                Err(SyntaxError::new(pattern.span, "wildcard makes remaining patterns unreachable"))
            }
            PatternKind::As { pattern: None, .. } => {
                let terse = "name capture makes remaining patterns unreachable";
                let message = either("name capture '{w}' makes remaining patterns unreachable", terse);
                Err(SyntaxError::new(pattern.span, message).with([pattern.span.start, 0, 0]))
            }
            PatternKind::As { pattern: Some(inner), .. } => self.can_fail(inner),
            PatternKind::Or(choices) => match self.ast.list(choices).last() {
                Some(&last) => self.can_fail(last),
                None => Ok(()),
            },
            PatternKind::Value(_)
            | PatternKind::Singleton(_)
            | PatternKind::Sequence(_)
            | PatternKind::Star(_)
            | PatternKind::Mapping { .. }
            | PatternKind::Class { .. } => Ok(()),
        }
    }

    /// The names that a pattern binds, each once.
    pub(super) fn captured(&self, id: PatternId) -> Result<Vec<Qstr>, SyntaxError> {
        let mut names = Vec::new();
        self.add_captured(id, &mut names)?;
        Ok(names)
    }

    fn add_captured(&self, id: PatternId, names: &mut Vec<Qstr>) -> Lowered {
        let pattern = self.ast.pattern(id);
        let add = |name: Qstr, names: &mut Vec<Qstr>| {
            if names.contains(&name) {
                return Err(SyntaxError::new(pattern.span, "multiple assignments to name in pattern"));
            }
            Ok(names.push(name)?)
        };
        match pattern.kind {
            PatternKind::Value(_) | PatternKind::Singleton(_) | PatternKind::Wildcard | PatternKind::Star(None) => {
                Ok(())
            }
            PatternKind::Star(Some(name)) => add(name, names),
            PatternKind::As { pattern, name } => {
                if let Some(pattern) = pattern {
                    self.add_captured(pattern, names)?;
                }
                add(name, names)
            }
            PatternKind::Sequence(items) => {
                self.ast.list(items).iter().try_for_each(|&item| self.add_captured(item, names))
            }
            PatternKind::Mapping { items, rest } => {
                let items = self.ast.list(items);
                self.no_key_twice(items)?;
                items.iter().try_for_each(|item| self.add_captured(item.pattern, names))?;
                rest.map_or(Ok(()), |rest| add(rest, names))
            }
            PatternKind::Class { positional, keyword, .. } => {
                let keyword = self.ast.list(keyword);
                for (at, this) in keyword.iter().enumerate() {
                    if keyword[..at].iter().any(|other| other.name == this.name) {
                        let span = self.ast.pattern(this.pattern).span;
                        return Err(SyntaxError::new(span, "attribute name repeated in class pattern"));
                    }
                }
                self.ast.list(positional).iter().try_for_each(|&pattern| self.add_captured(pattern, names))?;
                keyword.iter().try_for_each(|keyword| self.add_captured(keyword.pattern, names))
            }
            PatternKind::Or(choices) => self.add_captured_of_choices(choices, names),
        }
    }

    /// All alternatives bind the same names, and only the last may match everything.
    fn add_captured_of_choices(&self, choices: List<PatternId>, names: &mut Vec<Qstr>) -> Lowered {
        let choices = self.ast.list(choices);
        let Some((&first, others)) = choices.split_first() else { return Ok(()) };
        choices[..others.len()].iter().try_for_each(|&choice| self.can_fail(choice))?;
        let before = names.len();
        self.add_captured(first, names)?;
        for &choice in others {
            let also = self.captured(choice)?;
            let bound = &names[before..];
            if also.len() != bound.len() || also.iter().any(|name| !bound.contains(name)) {
                let span = self.ast.pattern(choice).span;
                return Err(SyntaxError::new(span, "alternative patterns bind different names"));
            }
        }
        Ok(())
    }

    fn no_key_twice(&self, items: &[MappingItem]) -> Lowered {
        for (at, item) in items.iter().enumerate() {
            for other in &items[..at] {
                if self.is_same_key(item.key, other.key)? {
                    let span = self.ast.expr(item.key).span;
                    return Err(SyntaxError::new(span, "mapping pattern checks duplicate key"));
                }
            }
        }
        Ok(())
    }

    /// Both are written out and are the same.
    fn is_same_key(&self, a: ExprId, b: ExprId) -> Result<bool, SyntaxError> {
        if let (
            ExprKind::Unary { op: UnaryOp::Minus, operand: a },
            ExprKind::Unary { op: UnaryOp::Minus, operand: b },
        ) = (self.ast.kind(a), self.ast.kind(b))
        {
            return self.is_same_key(a, b);
        }
        Ok(match (self.constant(a)?, self.constant(b)?) {
            (Some(a), Some(b)) => a == b,
            (Some(_), None) | (None, Some(_)) | (None, None) => false,
        })
    }

    /// Whether a name would be bound before a test that may still fail.
    pub(super) fn captures_before_tests(&self, id: PatternId) -> bool {
        self.is_late(id, &mut false)
    }

    /// As `captures_before_tests`, told and telling whether something has been captured.
    fn is_late(&self, id: PatternId, captured: &mut bool) -> bool {
        let tests = *captured;
        match self.ast.pattern(id).kind {
            PatternKind::Value(_) | PatternKind::Singleton(_) => tests,
            PatternKind::Wildcard | PatternKind::Star(None) => false,
            PatternKind::Star(Some(_)) => {
                *captured = true;
                false
            }
            PatternKind::As { pattern, .. } => {
                let late = pattern.is_some_and(|pattern| self.is_late(pattern, captured));
                *captured = true;
                late
            }
            PatternKind::Sequence(items) => {
                tests || self.ast.list(items).iter().any(|&item| self.is_late(item, captured))
            }
            PatternKind::Mapping { items, rest } => {
                let late = tests || self.ast.list(items).iter().any(|item| self.is_late(item.pattern, captured));
                *captured |= rest.is_some();
                late
            }
            PatternKind::Class { positional, keyword, .. } => {
                tests
                    || self.ast.list(positional).iter().any(|&pattern| self.is_late(pattern, captured))
                    || self.ast.list(keyword).iter().any(|keyword| self.is_late(keyword.pattern, captured))
            }
            PatternKind::Or(choices) => {
                tests
                    || self.ast.list(choices).iter().any(|&choice| {
                        let mut own = false;
                        let late = self.is_late(choice, &mut own);
                        *captured |= own;
                        late
                    })
            }
        }
    }
}
