//! Library modules that stand on well-kept crates; none so far.
