//! Statements with suites.

use super::ast::{
    Arg, Block, Case, Class, Def, ExprId, ExprKind, Handler, IfArm, List, StmtId, StmtKind, Try, WithItem,
};
use super::params::Style;
use super::parser::{Parsed, Parser};
use crate::text::error::{ErrorKind, INVALID, SyntaxError, either};
use crate::text::source::Span;
use crate::text::token::Kind;

const ELSE_IF: &str = "expected ':'. Did you mean 'elif'?";

impl Parser<'_, '_> {
    /// A statement with a suite, if one starts here.
    pub(super) fn compound(&mut self) -> Parsed<Option<StmtId>> {
        let start = self.tok.span;
        let kind = match self.here() {
            Kind::If => self.conditional()?,
            Kind::While => {
                self.advance()?;
                let test = self.named()?;
                let body = self.suite(start)?;
                StmtKind::While { test, body, orelse: self.suite_after(Kind::Else)? }
            }
            Kind::For => self.for_loop(Flavour::Plain)?,
            Kind::Try => self.guarded()?,
            Kind::With => self.with(Flavour::Plain)?,
            Kind::Def => self.def(Flavour::Plain, List::EMPTY)?,
            Kind::Class => self.class(List::EMPTY)?,
            Kind::At => return self.decorated().map(Some),
            Kind::Async => self.asynchronous(List::EMPTY)?,
            Kind::Name if self.at_word("match") && self.is_match()? => self.match_statement()?,
            _ => return Ok(None),
        };
        self.stmt(kind, start).map(Some)
    }

    /// `:` before a suite. Its absence is told where a line ends, or where nothing else can be meant.
    fn colon(&mut self, owner: Span) -> Parsed<()> {
        if self.eat(Kind::Colon)? {
            return Ok(());
        }
        let open = matches!(
            self.source.slice(owner),
            "if" | "elif" | "while" | "with" | "except" | "match" | "case" | "class"
        );
        let reason = match self.here() {
            Kind::If if self.source.slice(owner) == "else" => ELSE_IF,
            Kind::Newline => "expected ':'",
            _ if open => INVALID,
            _ => "expected ':'",
        };
        Err(self.refused(reason))
    }

    /// The start of an indented block, which belongs to the keyword at `owner`.
    fn indent(&mut self, owner: Span) -> Parsed<()> {
        if self.eat(Kind::Indent)? {
            return Ok(());
        }
        if cfg!(feature = "diagnostics") {
            let message = "expected an indented block after {s} on line {l}";
            let error = SyntaxError::of(ErrorKind::Indentation, self.tok.span, message);
            return Err(error.with([owner.start, owner.start, 0]));
        }
        Err(self.unexpected())
    }

    /// `: body` of the keyword at `owner`
    fn suite(&mut self, owner: Span) -> Parsed<Block> {
        self.enter()?;
        self.colon(owner)?;
        let mark = self.mark::<StmtId>();
        if self.eat(Kind::Newline)? {
            self.indent(owner)?;
            while !self.eat(Kind::Dedent)? {
                self.statement()?;
            }
        } else {
            self.line()?;
        }
        self.leave();
        self.list(mark)
    }

    /// `keyword: body`, if the keyword is there.
    fn suite_after(&mut self, keyword: Kind) -> Parsed<Block> {
        let owner = self.tok.span;
        if self.eat(keyword)? { self.suite(owner) } else { Ok(List::EMPTY) }
    }

    fn conditional(&mut self) -> Parsed<StmtKind> {
        let mark = self.mark::<IfArm>();
        loop {
            let owner = self.advance()?.span;
            let test = self.named()?;
            let body = self.suite(owner)?;
            self.push(IfArm { test, body })?;
            if !self.at(Kind::Elif) {
                break;
            }
        }
        let arms = self.list(mark)?;
        Ok(StmtKind::If { arms, orelse: self.suite_after(Kind::Else)? })
    }

    fn for_loop(&mut self, flavour: Flavour) -> Parsed<StmtKind> {
        let owner = self.expect(Kind::For)?.span;
        let target = self.loop_target()?;
        self.demand(Kind::In, "expected 'in'")?;
        let iter = self.expressions()?;
        let body = self.suite(owner)?;
        let orelse = self.suite_after(Kind::Else)?;
        Ok(StmtKind::For { is_async: flavour == Flavour::Async, target, iter, body, orelse })
    }

    fn guarded(&mut self) -> Parsed<StmtKind> {
        let owner = self.advance()?.span;
        let body = self.suite(owner)?;
        let mark = self.mark::<Handler>();
        let mut star = None;
        while self.at(Kind::Except) {
            if self.since::<Handler>(mark).last().is_some_and(|handler| handler.exc.is_none()) {
                let bare = self.since::<Handler>(mark).last().map_or(self.tok.span, |handler| handler.span);
                let span = if cfg!(feature = "diagnostics") { bare } else { self.tok.span };
                return Err(SyntaxError::new(
                    span,
                    either("default 'except:' must be last", "default 'except' must be last"),
                ));
            }
            let start = self.advance()?.span;
            if *star.get_or_insert(self.at(Kind::Star)) != self.at(Kind::Star) {
                let message = either("cannot have both 'except' and 'except*' on the same 'try'", INVALID);
                return Err(SyntaxError::new(start, message));
            }
            let starred = self.eat(Kind::Star)?;
            if starred && matches!(self.here(), Kind::Colon | Kind::Newline) {
                return Err(self.refused("expected one or more exception types"));
            }
            let handler = self.handler(start)?;
            self.push(handler)?;
        }
        let handlers = self.list(mark)?;
        let orelse = if handlers.is_empty() { List::EMPTY } else { self.suite_after(Kind::Else)? };
        if handlers.is_empty() && !self.at(Kind::Finally) {
            return Err(self.refused("expected 'except' or 'finally' block"));
        }
        let finally = self.suite_after(Kind::Finally)?;
        let guarded = Try { body, handlers, star: star == Some(true), orelse, finally };
        Ok(StmtKind::Try(self.ast.add_try(guarded)?))
    }

    /// From behind `except` or `except*`.
    fn handler(&mut self, start: Span) -> Parsed<Handler> {
        let mut name = None;
        let exc = if self.at(Kind::Colon) {
            None
        } else {
            let first = self.tok.span;
            let exc = self.expression()?;
            if self.at(Kind::Comma) {
                // Several types need no parentheses as long as they get no name.
                let mark = self.mark::<ExprId>();
                self.push(exc)?;
                while self.eat(Kind::Comma)? && !self.at(Kind::Colon) {
                    let next = self.expression()?;
                    self.push(next)?;
                }
                if self.at(Kind::As) {
                    let span = first.to(self.last);
                    let message = either("multiple exception types must be parenthesized when using 'as'", INVALID);
                    return Err(SyntaxError::new(span, message));
                }
                let types = self.list(mark)?;
                Some(self.expr(ExprKind::Tuple(types), first)?)
            } else {
                if self.eat(Kind::As)? {
                    name = Some(self.bound_name()?);
                }
                Some(exc)
            }
        };
        let body = self.suite(start)?;
        Ok(Handler { exc, name, body, span: start.to(self.last) })
    }

    fn with(&mut self, flavour: Flavour) -> Parsed<StmtKind> {
        let owner = self.expect(Kind::With)?.span;
        let mark = self.mark::<WithItem>();
        if self.at(Kind::LParen) && self.items_in_parens()? {
            self.advance()?;
            while !self.at(Kind::RParen) {
                self.with_item()?;
                if !self.eat(Kind::Comma)? {
                    break;
                }
            }
            self.expect(Kind::RParen)?;
        } else {
            loop {
                self.with_item()?;
                if !self.eat(Kind::Comma)? {
                    break;
                }
            }
            self.split_tuple(mark)?;
        }
        let items = self.list(mark)?;
        Ok(StmtKind::With { is_async: flavour == Flavour::Async, items, body: self.suite(owner)? })
    }

    fn with_item(&mut self) -> Parsed<()> {
        let context = self.expression()?;
        let target = if self.eat(Kind::As)? {
            let target = self.with_target()?;
            self.check_target(target)?;
            Some(target)
        } else {
            None
        };
        self.push(WithItem { context, target })
    }

    fn with_target(&mut self) -> Parsed<ExprId> {
        self.binary(super::expr::BIT_OR)
    }

    /// `with (a, b):` means two items, not a tuple.
    fn split_tuple(&mut self, mark: usize) -> Parsed<()> {
        let [WithItem { context, target: None }] = *self.since::<WithItem>(mark) else { return Ok(()) };
        let ExprKind::Tuple(contexts) = self.ast.kind(context) else { return Ok(()) };
        if contexts.is_empty() {
            return Ok(());
        }
        let none = self.mark::<WithItem>();
        for at in 0..contexts.len() {
            if let Some(context) = self.ast.item(contexts, at) {
                if let ExprKind::Starred(_) = self.ast.kind(context) {
                    return Err(self.lone_star(context));
                }
                self.push(WithItem { context, target: None })?;
            }
        }
        // The tuple itself goes: its items move down by one.
        self.since_mut::<WithItem>(none - 1).rotate_left(1);
        self.pop::<WithItem>();
        Ok(())
    }

    /// The parentheses behind `with` hold items: an `as` stands directly in them.
    fn items_in_parens(&self) -> Parsed<bool> {
        let mut scout = self.scout();
        let mut depth = 0;
        loop {
            match scout.read()?.kind {
                Kind::LParen | Kind::LBracket | Kind::LBrace => depth += 1,
                Kind::RParen | Kind::RBracket | Kind::RBrace => depth -= 1,
                Kind::As if depth == 1 => return Ok(true),
                Kind::End => return Ok(false),
                _ => {}
            }
            if depth <= 0 {
                return Ok(false);
            }
        }
    }

    fn asynchronous(&mut self, decorators: List<ExprId>) -> Parsed<StmtKind> {
        self.advance()?;
        match self.here() {
            Kind::Def => self.def(Flavour::Async, decorators),
            Kind::For if decorators.is_empty() => self.for_loop(Flavour::Async),
            Kind::With if decorators.is_empty() => self.with(Flavour::Async),
            _ => Err(self.unexpected()),
        }
    }

    fn decorated(&mut self) -> Parsed<StmtId> {
        let mark = self.mark::<ExprId>();
        while self.eat(Kind::At)? {
            let decorator = self.named()?;
            self.push(decorator)?;
            self.expect(Kind::Newline)?;
        }
        let decorators = self.list(mark)?;
        let start = self.tok.span;
        let kind = match self.here() {
            Kind::Def => self.def(Flavour::Plain, decorators)?,
            Kind::Async => self.asynchronous(decorators)?,
            Kind::Class => self.class(decorators)?,
            _ => return Err(self.unexpected()),
        };
        self.stmt(kind, start)
    }

    fn def(&mut self, flavour: Flavour, decorators: List<ExprId>) -> Parsed<StmtKind> {
        let owner = self.expect(Kind::Def)?.span;
        let name = self.bound_name()?;
        let type_params = self.type_params()?;
        self.demand(Kind::LParen, "expected '('")?;
        let params = self.params(Style::Def)?;
        self.expect(Kind::RParen)?;
        let returns = if self.eat(Kind::Arrow)? { Some(self.expression()?) } else { None };
        let body = self.suite(owner)?;
        let is_async = flavour == Flavour::Async;
        let def = Def { name, is_async, params, returns, body, decorators, type_params };
        Ok(StmtKind::Def(self.ast.add_def(def)?))
    }

    fn class(&mut self, decorators: List<ExprId>) -> Parsed<StmtKind> {
        let owner = self.expect(Kind::Class)?.span;
        let name = self.bound_name()?;
        let type_params = self.type_params()?;
        let args: List<Arg> = if self.eat(Kind::LParen)? { self.args()? } else { List::EMPTY };
        let body = self.suite(owner)?;
        Ok(StmtKind::Class(self.ast.add_class(Class { name, args, body, decorators, type_params })?))
    }

    /// `match` starts a statement: the line goes on like an operand and ends with a colon.
    fn is_match(&mut self) -> Parsed<bool> {
        match self.peek()? {
            Kind::Equal | Kind::Colon | Kind::ColonEqual | Kind::Dot | Kind::Comma | Kind::Newline => return Ok(false),
            _ => {}
        }
        let mut scout = self.scout();
        let mut last = Kind::Name;
        loop {
            match scout.read() {
                Ok(token) if matches!(token.kind, Kind::Newline | Kind::End) => return Ok(last == Kind::Colon),
                Ok(token) => last = token.kind,
                // The parser will come to it.
                Err(_) => return Ok(false),
            }
        }
    }

    fn match_statement(&mut self) -> Parsed<StmtKind> {
        self.enter()?;
        let owner = self.advance()?.span;
        let subject = self.expressions_or_named()?;
        self.colon(owner)?;
        self.expect(Kind::Newline)?;
        self.indent(owner)?;
        let mark = self.mark::<Case>();
        while !self.eat(Kind::Dedent)? {
            if !self.at_word("case") {
                return Err(self.unexpected());
            }
            let owner = self.advance()?.span;
            let pattern = self.top_pattern()?;
            let guard = if self.eat(Kind::If)? { Some(self.named()?) } else { None };
            let body = self.suite(owner)?;
            self.push(Case { pattern, guard, body })?;
        }
        self.leave();
        Ok(StmtKind::Match { subject, cases: self.list(mark)? })
    }
}

/// `async` stands before the statement or not.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Flavour {
    Plain,
    Async,
}
