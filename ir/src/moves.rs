//! Moves that happen at once, put in an order: arguments into their places, parameters into their homes.

use alloc::vec::Vec;

/// Emits `moves` (to, from) one after the other so that each place gets what its source held before all of them. No two go to
/// the same place. `temp` is neither: rings are opened with it.
pub fn in_order<P: Copy + PartialEq, E>(
    moves: &mut Vec<(P, P)>,
    temp: P,
    mut emit: impl FnMut(P, P) -> Result<(), E>,
) -> Result<(), E> {
    moves.retain(|(to, from)| to != from);
    while !moves.is_empty() {
        let free = moves.iter().position(|(to, _)| moves.iter().all(|(_, from)| from != to));
        match free {
            Some(at) => {
                let (to, from) = moves.swap_remove(at);
                emit(to, from)?;
            }
            None => {
                // Only rings are left: what stands at one of their places goes aside.
                let Some(&(place, _)) = moves.first() else { break };
                emit(temp, place)?;
                for (_, from) in moves.iter_mut().filter(|(_, from)| *from == place) {
                    *from = temp;
                }
            }
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::Dice;

    #[test]
    fn every_place_gets_what_its_source_held() {
        let mut dice = Dice(7);
        for _ in 0..2000 {
            let mut places: Vec<usize> = (0..6).collect();
            for at in 0..6 {
                places.swap(at, dice.below(6));
            }
            let count = dice.below(7);
            let mut moves: Vec<(usize, usize)> = places.iter().take(count).map(|&to| (to, dice.below(6))).collect();
            let mut wanted: Vec<usize> = (0..6).collect();
            moves.iter().for_each(|&(to, from)| wanted[to] = from);
            let mut held: Vec<usize> = (0..7).collect();
            let done: Result<(), ()> = in_order(&mut moves, 6, |to, from| {
                held[to] = held[from];
                Ok(())
            });
            assert_eq!(done, Ok(()));
            assert_eq!(held[..6], wanted);
        }
    }
}
