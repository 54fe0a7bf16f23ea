//! Token kinds.

use super::source::Span;

/// A token: what it is and where. Its text stays in the source.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Token {
    /// What it is.
    pub kind: Kind,
    /// Where it is.
    pub span: Span,
}

/// One row per kind: variant and how dumps and messages show it.
macro_rules! kinds {
    ($($name:ident $text:literal)*) => {
        /// What a token is. Soft keywords (`match`, `case`, `type`, `_`) are names.
        #[derive(Clone, Copy, PartialEq, Eq, Debug)]
        pub enum Kind {
            $(#[doc = concat!("`", $text, "`")] $name,)*
        }

        impl Kind {
            /// How dumps show it: its text if that is fixed, else a word in capitals.
            pub fn name(self) -> &'static str {
                match self {
                    $(Kind::$name => $text,)*
                }
            }
        }
    };
}

kinds! {
    End "END" Newline "NEWLINE" Indent "INDENT" Dedent "DEDENT"
    Name "NAME" Number "NUMBER" String "STRING"
    FStringStart "FSTRING_START" FStringMiddle "FSTRING_MIDDLE" FStringEnd "FSTRING_END"
    LParen "(" RParen ")" LBracket "[" RBracket "]" LBrace "{" RBrace "}"
    Comma "," Semicolon ";" Colon ":" ColonEqual ":=" Dot "." Ellipsis "..." Arrow "->" Exclamation "!"
    Equal "=" EqualEqual "==" NotEqual "!=" Less "<" LessEqual "<=" More ">" MoreEqual ">="
    Plus "+" Minus "-" Star "*" StarStar "**" Slash "/" SlashSlash "//" Percent "%" At "@"
    Amp "&" Pipe "|" Caret "^" Tilde "~" LeftShift "<<" RightShift ">>"
    PlusEqual "+=" MinusEqual "-=" StarEqual "*=" StarStarEqual "**=" SlashEqual "/=" SlashSlashEqual "//="
    PercentEqual "%=" AtEqual "@=" AmpEqual "&=" PipeEqual "|=" CaretEqual "^=" LeftShiftEqual "<<=" RightShiftEqual ">>="
    False "False" None "None" True "True" And "and" As "as" Assert "assert" Async "async" Await "await" Break "break"
    Class "class" Continue "continue" Def "def" Del "del" Elif "elif" Else "else" Except "except" Finally "finally"
    For "for" From "from" Global "global" If "if" Import "import" In "in" Is "is" Lambda "lambda" Nonlocal "nonlocal"
    Not "not" Or "or" Pass "pass" Raise "raise" Return "return" Try "try" While "while" With "with" Yield "yield"
}

/// The keyword a word is, else `Name`.
pub fn word(text: &[u8]) -> Kind {
    if text.len() < 2 || text.len() > 8 {
        return Kind::Name;
    }
    match text {
        b"False" => Kind::False,
        b"None" => Kind::None,
        b"True" => Kind::True,
        b"and" => Kind::And,
        b"as" => Kind::As,
        b"assert" => Kind::Assert,
        b"async" => Kind::Async,
        b"await" => Kind::Await,
        b"break" => Kind::Break,
        b"class" => Kind::Class,
        b"continue" => Kind::Continue,
        b"def" => Kind::Def,
        b"del" => Kind::Del,
        b"elif" => Kind::Elif,
        b"else" => Kind::Else,
        b"except" => Kind::Except,
        b"finally" => Kind::Finally,
        b"for" => Kind::For,
        b"from" => Kind::From,
        b"global" => Kind::Global,
        b"if" => Kind::If,
        b"import" => Kind::Import,
        b"in" => Kind::In,
        b"is" => Kind::Is,
        b"lambda" => Kind::Lambda,
        b"nonlocal" => Kind::Nonlocal,
        b"not" => Kind::Not,
        b"or" => Kind::Or,
        b"pass" => Kind::Pass,
        b"raise" => Kind::Raise,
        b"return" => Kind::Return,
        b"try" => Kind::Try,
        b"while" => Kind::While,
        b"with" => Kind::With,
        b"yield" => Kind::Yield,
        _ => Kind::Name,
    }
}

/// All keywords.
#[cfg(feature = "diagnostics")]
pub const KEYWORDS: [&str; 35] = [
    "False", "None", "True", "and", "as", "assert", "async", "await", "break", "class", "continue", "def", "del",
    "elif", "else", "except", "finally", "for", "from", "global", "if", "import", "in", "is", "lambda", "nonlocal",
    "not", "or", "pass", "raise", "return", "try", "while", "with", "yield",
];

/// The longest operator or delimiter at the start of `bytes`, and its length.
pub fn operator(bytes: &[u8]) -> Option<(Kind, usize)> {
    let at = |index: usize| bytes.get(index).copied().unwrap_or(0);
    let (second, third) = (at(1), at(2));
    // `x`, `x=`
    let pair = |one, with_equal| if second == b'=' { (with_equal, 2) } else { (one, 1) };
    // `x`, `x=`, `xx`, `xx=`
    let quad = |one, with_equal, twice, twice_equal| {
        if second != at(0) {
            pair(one, with_equal)
        } else if third == b'=' {
            (twice_equal, 3)
        } else {
            (twice, 2)
        }
    };
    Some(match at(0) {
        b'(' => (Kind::LParen, 1),
        b')' => (Kind::RParen, 1),
        b'[' => (Kind::LBracket, 1),
        b']' => (Kind::RBracket, 1),
        b'{' => (Kind::LBrace, 1),
        b'}' => (Kind::RBrace, 1),
        b',' => (Kind::Comma, 1),
        b';' => (Kind::Semicolon, 1),
        b'~' => (Kind::Tilde, 1),
        b':' => pair(Kind::Colon, Kind::ColonEqual),
        b'.' if (second, third) == (b'.', b'.') => (Kind::Ellipsis, 3),
        b'.' => (Kind::Dot, 1),
        b'!' if second == b'=' => (Kind::NotEqual, 2),
        b'=' => pair(Kind::Equal, Kind::EqualEqual),
        b'<' => quad(Kind::Less, Kind::LessEqual, Kind::LeftShift, Kind::LeftShiftEqual),
        b'>' => quad(Kind::More, Kind::MoreEqual, Kind::RightShift, Kind::RightShiftEqual),
        b'*' => quad(Kind::Star, Kind::StarEqual, Kind::StarStar, Kind::StarStarEqual),
        b'/' => quad(Kind::Slash, Kind::SlashEqual, Kind::SlashSlash, Kind::SlashSlashEqual),
        b'+' => pair(Kind::Plus, Kind::PlusEqual),
        b'-' if second == b'>' => (Kind::Arrow, 2),
        b'-' => pair(Kind::Minus, Kind::MinusEqual),
        b'%' => pair(Kind::Percent, Kind::PercentEqual),
        b'@' => pair(Kind::At, Kind::AtEqual),
        b'&' => pair(Kind::Amp, Kind::AmpEqual),
        b'|' => pair(Kind::Pipe, Kind::PipeEqual),
        b'^' => pair(Kind::Caret, Kind::CaretEqual),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::{Kind, operator, word};

    #[test]
    fn the_longest_operator_wins() {
        for text in ["**=", "**", "*=", "*", ">>=", ">=", "->", "-", "...", ".", ":=", "!=", "@=", "//="] {
            let (kind, len) = operator(text.as_bytes()).unwrap();
            assert_eq!((kind.name(), len), (text, text.len()));
        }
        assert_eq!(operator(b"!"), None);
        assert_eq!(operator(b"$"), None);
        assert_eq!(operator(b""), None);
    }

    #[test]
    fn words_are_keywords_or_names() {
        assert_eq!(word(b"continue"), Kind::Continue);
        assert_eq!(word(b"match"), Kind::Name);
        assert_eq!(word(b"x"), Kind::Name);
    }
}
