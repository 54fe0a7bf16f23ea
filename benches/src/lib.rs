//! Home of the benchmarks: programs in `py/` with twins in `lua/` and `c/`, run by `cargo xtask bench`.
