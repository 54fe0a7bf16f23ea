//! Parameters, type parameters, call arguments.

use super::ast::{Arg, CompKind, ExprId, ExprKind, List, Param, ParamKind, TypeParam, TypeParamKind};
use super::parser::{Parsed, Parser};
use crate::text::error::{INVALID, SyntaxError, either};
use crate::text::token::Kind;

/// The text of 3.12 and later where there is room for it.
pub(crate) const NO_DEFAULT: &str = "non-default argument follows default argument";

/// Where parameters stand.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Style {
    /// In a `def`, with annotations, up to `)`.
    Def,
    /// In a `lambda`, up to `:`.
    Lambda,
}

impl Parser<'_, '_> {
    /// Parameters up to the token that ends them, which stays.
    pub(super) fn params(&mut self, style: Style) -> Parsed<List<Param>> {
        let end = match style {
            Style::Def => Kind::RParen,
            Style::Lambda => Kind::Colon,
        };
        let mark = self.mark::<Param>();
        // What a plain name is: keyword-only after a star.
        let mut plain = ParamKind::Plain;
        let mut slash_seen = false;
        while !self.at(end) {
            match self.here() {
                Kind::Slash => {
                    if slash_seen {
                        return Err(self.refused("/ may appear only once"));
                    }
                    if plain != ParamKind::Plain {
                        return Err(self.refused("/ must be ahead of *"));
                    }
                    if self.since::<Param>(mark).is_empty() {
                        return Err(self.refused("at least one argument must precede /"));
                    }
                    slash_seen = true;
                    self.since_mut::<Param>(mark).iter_mut().for_each(|param| param.kind = ParamKind::PositionalOnly);
                    self.advance()?;
                }
                Kind::Star => {
                    if plain != ParamKind::Plain {
                        return Err(self.refused("* argument may appear only once"));
                    }
                    plain = ParamKind::KeywordOnly;
                    let star = self.advance()?.span;
                    if self.at(Kind::Comma) {
                        // A lone star needs a name behind it.
                        if self.peek()? != Kind::Name {
                            let message = either("named arguments must follow bare *", INVALID);
                            return Err(SyntaxError::new(star, message));
                        }
                    } else if !self.at(Kind::RParen) {
                        // Upstream takes `def f(*)`, and its tests use it.
                        let param = self.param(ParamKind::Star, style)?;
                        if self.at(Kind::Equal) {
                            return Err(self.refused("var-positional argument cannot have default value"));
                        }
                        self.push(param)?;
                    }
                }
                Kind::StarStar => {
                    self.advance()?;
                    let param = self.param(ParamKind::DoubleStar, style)?;
                    if self.at(Kind::Equal) {
                        return Err(self.refused("var-keyword argument cannot have default value"));
                    }
                    self.push(param)?;
                    if self.eat(Kind::Comma)? && !self.at(end) {
                        return Err(self.refused("arguments cannot follow var-keyword argument"));
                    }
                    break;
                }
                _ => {
                    if self.at(Kind::LParen) {
                        return Err(self.parenthesised(style));
                    }
                    let mut param = self.param(plain, style)?;
                    if self.at(Kind::Equal) {
                        let equal = self.advance()?.span;
                        if self.at(Kind::Comma) || self.at(end) {
                            let message = either("expected default value expression", INVALID);
                            return Err(SyntaxError::new(equal, message));
                        }
                        param.default = Some(self.expression()?);
                    } else if plain == ParamKind::Plain
                        && self.since::<Param>(mark).last().is_some_and(|before| before.default.is_some())
                    {
                        return Err(SyntaxError::new(param.span, NO_DEFAULT));
                    }
                    self.push(param)?;
                }
            }
            if !self.eat(Kind::Comma)? {
                break;
            }
        }
        self.list(mark)
    }

    /// Parameters that stand in parentheses of their own.
    #[cold]
    fn parenthesised(&mut self, style: Style) -> SyntaxError {
        let error = self.refused(match style {
            Style::Def => "Function parameters cannot be parenthesized",
            Style::Lambda => "Lambda expression parameters cannot be parenthesized",
        });
        match self.atom() {
            Ok(id) if cfg!(feature = "diagnostics") => {
                SyntaxError::new(self.ast.expr(id).span.to(self.last), error.message)
            }
            Ok(_) | Err(_) => error,
        }
    }

    fn param(&mut self, kind: ParamKind, style: Style) -> Parsed<Param> {
        let span = self.tok.span;
        let name = self.bound_name()?;
        let annotation = if style == Style::Def && self.eat(Kind::Colon)? {
            let starred = kind == ParamKind::Star && self.at(Kind::Star);
            Some(if starred { self.starred()? } else { self.expression()? })
        } else {
            None
        };
        Ok(Param { kind, name, annotation, default: None, span })
    }

    /// `[T: bound = default, *Ts, **P]`, if there is one.
    pub(super) fn type_params(&mut self) -> Parsed<List<TypeParam>> {
        let mark = self.mark::<TypeParam>();
        if self.eat(Kind::LBracket)? {
            loop {
                let kind = match self.here() {
                    Kind::Star => TypeParamKind::TypeVarTuple,
                    Kind::StarStar => TypeParamKind::ParamSpec,
                    _ => TypeParamKind::TypeVar,
                };
                if kind != TypeParamKind::TypeVar {
                    self.advance()?;
                }
                let span = self.tok.span;
                let name = self.bound_name()?;
                let plain = kind == TypeParamKind::TypeVar;
                let bound = if plain && self.eat(Kind::Colon)? { Some(self.expression()?) } else { None };
                let default = if !self.eat(Kind::Equal)? {
                    None
                } else if kind == TypeParamKind::TypeVarTuple && self.at(Kind::Star) {
                    Some(self.starred()?)
                } else {
                    Some(self.expression()?)
                };
                self.push(TypeParam { kind, name, bound, default, span })?;
                if !self.eat(Kind::Comma)? || self.at(Kind::RBracket) {
                    break;
                }
            }
            self.expect(Kind::RBracket)?;
        }
        self.list(mark)
    }

    /// Arguments from behind `(` to behind `)`.
    pub(super) fn args(&mut self) -> Parsed<List<Arg>> {
        let mark = self.mark::<Arg>();
        while !self.at(Kind::RParen) {
            let arg = self.arg(mark)?;
            self.push(arg)?;
            if !self.eat(Kind::Comma)? {
                break;
            }
        }
        self.expect(Kind::RParen)?;
        self.list(mark)
    }

    /// What is wrong with an `=` behind an argument.
    #[cold]
    fn wrong_keyword(&self, arg: ExprId) -> SyntaxError {
        let message = match self.ast.kind(arg) {
            ExprKind::Name(_) => return self.unexpected(),
            ExprKind::True => "cannot assign to True",
            ExprKind::False => "cannot assign to False",
            ExprKind::None => "cannot assign to None",
            _ => "expression cannot contain assignment, perhaps you meant \"==\"?",
        };
        let span = self.ast.expr(arg).span.to(self.tok.span);
        SyntaxError::new(span, either(message, "LHS of keyword arg must be an id"))
    }

    fn arg(&mut self, mark: usize) -> Parsed<Arg> {
        let (span, before) = (self.tok.span, self.last);
        let after_double_star = self.since(mark).iter().any(|arg| matches!(arg, Arg::DoubleStar(_)));
        let arg = match self.here() {
            Kind::Star => {
                self.advance()?;
                if after_double_star {
                    let message = "iterable argument unpacking follows keyword argument unpacking";
                    return Err(SyntaxError::new(span, either(message, "* arg after **")));
                }
                return Ok(Arg::Star(self.expression()?));
            }
            Kind::StarStar => {
                self.advance()?;
                return Ok(Arg::DoubleStar(self.expression()?));
            }
            Kind::Name if self.peek()? == Kind::Equal => {
                let name = self.bound_name()?;
                self.advance()?;
                return Ok(Arg::Keyword(name, self.expression()?));
            }
            _ => self.named()?,
        };
        if self.at(Kind::Equal) {
            return Err(self.wrong_keyword(arg));
        }
        if self.at_clause() {
            let generator = self.comprehension(CompKind::Generator, arg, arg, span)?;
            // Beside other arguments a generator needs parentheses of its own.
            let alone = self.since::<Arg>(mark).is_empty()
                && (self.at(Kind::RParen) || (self.at(Kind::Comma) && self.peek()? == Kind::RParen));
            if alone {
                // The parentheses are those of the call.
                self.ast.set_span(generator, before.to(self.tok.span));
                return Ok(Arg::Positional(generator));
            }
            let message = either("Generator expression must be parenthesized", INVALID);
            let span = if cfg!(feature = "diagnostics") { self.ast.expr(generator).span } else { self.tok.span };
            return Err(SyntaxError::new(span, message));
        }
        if after_double_star {
            let message = "positional argument follows keyword argument unpacking";
            return Err(SyntaxError::new(self.last, either(message, "positional arg after **")));
        }
        if self.since(mark).iter().any(|arg| matches!(arg, Arg::Keyword(..))) {
            let message = either("positional argument follows keyword argument", "positional arg after keyword arg");
            return Err(SyntaxError::new(self.last, message));
        }
        Ok(Arg::Positional(arg))
    }
}
