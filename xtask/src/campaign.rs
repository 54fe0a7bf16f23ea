//! What every fuzzer is told: which binary, for how long, from which seed, and where findings go.

use std::path::PathBuf;
use std::time::{Duration, Instant};

use lexopt::prelude::*;

use crate::{number, target_dir, text};

/// The options that fuzzers share.
pub struct Campaign {
    /// The interpreter under test.
    pub exe: PathBuf,
    /// How long it lasts.
    pub seconds: u64,
    /// The first seed.
    pub seed: u64,
    /// Where findings are written.
    pub found: PathBuf,
}

impl Campaign {
    /// Reads a command line. `other` takes an option of the fuzzer's own, and says whether there is one of this name.
    pub fn parse(
        fuzzer: &str,
        mut parser: lexopt::Parser,
        mut other: impl FnMut(&str, &mut lexopt::Parser) -> Result<bool, String>,
    ) -> Result<Campaign, String> {
        let target = target_dir();
        let mut campaign =
            Campaign { exe: target.join("release/pyrite"), seconds: 60, seed: 1, found: target.join(fuzzer) };
        while let Some(arg) = parser.next().map_err(|e| e.to_string())? {
            let Long(name) = arg else { return Err(arg.unexpected().to_string()) };
            let name = name.to_string();
            match name.as_str() {
                "exe" => campaign.exe = text(&mut parser)?.into(),
                "seconds" => campaign.seconds = number(&mut parser)? as u64,
                "seed" => campaign.seed = number(&mut parser)? as u64,
                "found" => campaign.found = text(&mut parser)?.into(),
                _ => {
                    if !other(&name, &mut parser)? {
                        return Err(format!("no option --{name}"));
                    }
                }
            }
        }
        std::fs::create_dir_all(&campaign.found).map_err(|e| format!("{}: {e}", campaign.found.display()))?;
        Ok(campaign)
    }

    /// When it is over, if it begins now.
    pub fn end(&self) -> Instant {
        Instant::now() + Duration::from_secs(self.seconds)
    }
}
