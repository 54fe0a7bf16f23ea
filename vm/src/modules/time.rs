//! time: clocks, waiting, calendar.

use crate::Vm;
use crate::q;
use crate::types::{exception, float, int, sequence, tuple};
use crate::value::{Entry, Obj, Res, Rom, SMALL_MAX, fun0, fun1, fun2, row, var};

/// The names.
pub static TABLE: &[Entry] = &[
    row(q!("__name__"), Rom::Word(Obj::name(q!("time")))),
    row(q!("clock"), fun0(clock)),
    row(q!("gmtime"), var(0, 1, gmtime)),
    row(q!("localtime"), var(0, 1, localtime)),
    row(q!("mktime"), fun1(mktime)),
    row(q!("monotonic"), fun0(clock)),
    row(q!("perf_counter"), fun0(clock)),
    row(q!("sleep"), fun1(sleep)),
    row(q!("sleep_ms"), fun1(sleep_ms)),
    row(q!("sleep_us"), fun1(sleep_us)),
    row(q!("ticks_add"), fun2(ticks_add)),
    row(q!("ticks_cpu"), fun0(ticks_us)),
    row(q!("ticks_diff"), fun2(ticks_diff)),
    row(q!("ticks_ms"), fun0(ticks_ms)),
    row(q!("ticks_us"), fun0(ticks_us)),
    row(q!("time"), fun0(time)),
    row(q!("time_ns"), fun0(time_ns)),
];

/// Where ticks wrap: a power of two, so that they stay small ints.
const PERIOD: usize = SMALL_MAX as usize + 1;
/// Longest wait between looks at what is pending.
const NAP_US: u64 = 10_000;

fn time(vm: &mut Vm) -> Res {
    let seconds = vm.port.time_ns() / 1000;
    float::new(vm, seconds as f64 / 1e6)
}

fn time_ns(vm: &mut Vm) -> Res {
    let now = vm.port.time_ns();
    int::from_u64(vm, now)
}

fn clock(vm: &mut Vm) -> Res {
    let now = vm.port.ticks_us();
    float::new(vm, now as f64 / 1e6)
}

fn ticks(value: u64) -> Obj {
    Obj::small_wrapping((value as usize & (PERIOD - 1)) as isize)
}

fn ticks_ms(vm: &mut Vm) -> Res {
    Ok(ticks(vm.port.ticks_us() / 1000))
}

fn ticks_us(vm: &mut Vm) -> Res {
    Ok(ticks(vm.port.ticks_us()))
}

fn ticks_diff(vm: &mut Vm, end: Obj, start: Obj) -> Res {
    let (end, start) = (int::index(vm, end)?, int::index(vm, start)?);
    let apart = (end.wrapping_sub(start) as usize).wrapping_add(PERIOD / 2) & (PERIOD - 1);
    Ok(Obj::small_wrapping(apart.wrapping_sub(PERIOD / 2) as isize))
}

fn ticks_add(vm: &mut Vm, start: Obj, delta: Obj) -> Res {
    let (start, delta) = (int::index(vm, start)?, int::index(vm, delta)?);
    if (delta as usize).wrapping_add(PERIOD / 2 - 1) >= PERIOD - 1 {
        return Err(vm.overflow_error(format_args!("ticks interval overflow")));
    }
    Ok(ticks((start as usize).wrapping_add(delta as usize) as u64))
}

/// Waits, looking now and then at what is pending.
fn wait(vm: &mut Vm, us: u64) -> Res {
    vm.port.flush();
    let start = vm.port.ticks_us();
    vm.give_way();
    loop {
        if vm.pending != 0 {
            vm.run_pending()?;
        }
        if vm.is_main_thread() && vm.port.interrupted() {
            return Err(vm.raise_args(&exception::KEYBOARD_INTERRUPT, &[]));
        }
        let passed = vm.port.ticks_us().wrapping_sub(start);
        if passed >= us {
            return Ok(Obj::NONE);
        }
        vm.nap((us - passed).min(NAP_US));
    }
}

fn sleep(vm: &mut Vm, seconds: Obj) -> Res {
    let seconds = float::expect(vm, seconds)?;
    if seconds < 0.0 || seconds.is_nan() {
        return Err(vm.os_error(22));
    }
    wait(vm, (seconds * 1e6) as u64)
}

fn sleep_ms(vm: &mut Vm, ms: Obj) -> Res {
    let ms = int::index(vm, ms)?;
    wait(vm, u64::try_from(ms).unwrap_or(0).saturating_mul(1000))
}

fn sleep_us(vm: &mut Vm, us: Obj) -> Res {
    let us = int::index(vm, us)?;
    wait(vm, u64::try_from(us).unwrap_or(0))
}

/// Days since 1970 of a date in the proleptic Gregorian calendar. Years begin in March here, so that leap days end them.
fn days_from_date(year: i64, month: i64, day: i64) -> i64 {
    let months = year * 12 + (month - 1) - 2;
    let (year, month) = (months.div_euclid(12), months.rem_euclid(12));
    year * 365 + year.div_euclid(4) - year.div_euclid(100) + year.div_euclid(400) + (month * 153 + 2) / 5 + day
        - 1
        - 719_468
}

/// Year, month and day of a day since 1970.
fn date_from_days(days: i64) -> (i64, i64, i64) {
    let days = days + 719_468;
    let (era, rest) = (days.div_euclid(146_097), days.rem_euclid(146_097));
    let year = (rest - rest / 1460 + rest / 36_524 - rest / 146_096) / 365;
    let day = rest - (year * 365 + year / 4 - year / 100);
    let month = (day * 5 + 2) / 153;
    let day = day - (month * 153 + 2) / 5 + 1;
    let (month, next) = if month < 10 { (month + 3, 0) } else { (month - 9, 1) };
    (era * 400 + year + next, month, day)
}

fn broken_down(vm: &mut Vm, seconds: i64) -> Res {
    let (days, second) = (seconds.div_euclid(86_400), seconds.rem_euclid(86_400));
    let (year, month, day) = date_from_days(days);
    let weekday = (days + 3).rem_euclid(7);
    let day_of_year = days - days_from_date(year, 1, 1) + 1;
    let fields = [year, month, day, second / 3600, second / 60 % 60, second % 60, weekday, day_of_year, 0];
    tuple::new(vm, &fields.map(|field| Obj::small_wrapping(field as isize)))
}

/// The seconds in an optional argument; now without it.
fn moment(vm: &mut Vm, args: &[Obj]) -> Res<i64> {
    match args.first().copied().filter(|arg| !arg.is_none()) {
        Some(arg) => {
            let whole = match float::value(arg) {
                Some(seconds) => int::from_f64(vm, libm::floor(seconds))?,
                None => int::to_int(vm, arg)?,
            };
            match int::to_i64(vm, whole).filter(|seconds| seconds.unsigned_abs() < 1 << 55) {
                Some(seconds) => Ok(seconds),
                None => Err(vm.overflow_error(format_args!("timestamp out of range for platform time_t"))),
            }
        }
        None => Ok((vm.port.time_ns() / 1_000_000_000) as i64),
    }
}

fn gmtime(vm: &mut Vm, args: &[Obj]) -> Res {
    let seconds = moment(vm, args)?;
    broken_down(vm, seconds)
}

fn localtime(vm: &mut Vm, args: &[Obj]) -> Res {
    let seconds = moment(vm, args)?;
    let ahead = vm.port.utc_offset(seconds);
    broken_down(vm, seconds + ahead)
}

fn mktime(vm: &mut Vm, fields: Obj) -> Res {
    let fields = sequence::collect(vm, fields)?;
    if fields.len() < 8 || fields.len() > 9 {
        return Err(vm.type_error(format_args!("mktime needs a tuple of length 8 or 9")));
    }
    let mut values = [0i64; 6];
    for (at, value) in values.iter_mut().enumerate() {
        let field = fields.get(at).unwrap_or(Obj::NONE);
        *value = int::index(vm, field)? as i64;
        if value.unsigned_abs() > 1 << 40 {
            return Err(vm.overflow_error(format_args!("invalid mktime usage")));
        }
    }
    let [year, month, day, hour, minute, second] = values;
    let local = days_from_date(year, month, day) * 86_400 + hour * 3600 + minute * 60 + second;
    // The offset at the moment itself: a second look settles it, but for the hour that a change skips or repeats.
    let guess = local - vm.port.utc_offset(local);
    let seconds = local - vm.port.utc_offset(guess);
    int::new(vm, seconds)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_and_days() {
        for (days, date) in [(0, (1970, 1, 1)), (11016, (2000, 2, 29)), (-1, (1969, 12, 31)), (19782, (2024, 2, 29))] {
            assert_eq!(date_from_days(days), date);
            assert_eq!(days_from_date(date.0, date.1, date.2), days);
        }
        assert_eq!(days_from_date(2000, 14, 1), days_from_date(2001, 2, 1));
    }
}
