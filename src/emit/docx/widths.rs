//! How wide the columns of a table are, from what is in them: no word is broken where that can be helped, columns of
//! numbers stay narrow, and what is left goes where most is to be read.

use crate::emit::layout::metrics;

/// Text in Times New Roman is narrower than the sans-serif face that was measured, but its capitals hardly.
const SERIF: f64 = 0.95;
const BOLD: f64 = 1.1;

/// What a column must have and would like, in twentieths of a point.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Need {
    /// The widest word.
    pub(super) least: f64,
    /// The longest line, unbroken.
    pub(super) most: f64,
}

impl Need {
    pub(super) fn add(&mut self, other: Need) {
        self.least = self.least.max(other.least);
        self.most = self.most.max(other.most);
    }
}

/// The width of a text of a size, in twentieths of a point (as is the size).
pub(super) fn of_text(text: &str, size: f64, bold: bool) -> f64 {
    metrics::width(text) * size * SERIF * if bold { BOLD } else { 1.0 }
}

/// What a line of text needs; `weight` is less than 1 for one that may run over several.
pub(super) fn of_line(line: &str, size: f64, bold: bool, weight: f64) -> Need {
    let words = line.split(' ').map(|word| of_text(word, size, bold));
    Need { least: words.fold(0.0, f64::max), most: of_text(line, size, bold) * weight }
}

/// Whole widths that add up to `total`; `padding` is what a cell loses at its sides.
pub(super) fn shared(needs: &[Need], total: usize, padding: f64) -> Vec<usize> {
    if needs.is_empty() {
        return Vec::new();
    }
    let room = total as f64;
    // A word longer than this is broken: it is no word of a language.
    let longest = room / (needs.len() as f64).min(4.0);
    let least: Vec<f64> = needs.iter().map(|need| need.least.min(longest) + padding).collect();
    let most: Vec<f64> = needs.iter().zip(&least).map(|(need, least)| (need.most + padding).max(*least)).collect();
    let (all_least, all_most): (f64, f64) = (least.iter().sum(), most.iter().sum());
    let widths: Vec<f64> = if all_least >= room {
        least.iter().map(|width| width * room / all_least).collect()
    } else if all_most <= room {
        // What is over goes to those that could do with it.
        let wishes: Vec<f64> = most.iter().zip(&least).map(|(most, least)| most - least + 1.0).collect();
        let all: f64 = wishes.iter().sum();
        most.iter().zip(wishes).map(|(most, wish)| most + (room - all_most) * wish / all).collect()
    } else {
        poured(&least, &most, room - all_least)
    };
    whole(&widths, total)
}

/// Gives each column its least, and then shares `left` out by the root of what is missing, to none more than that.
fn poured(least: &[f64], most: &[f64], mut left: f64) -> Vec<f64> {
    let mut widths = least.to_vec();
    let mut open: Vec<usize> = (0..least.len()).filter(|&at| most[at] > least[at]).collect();
    while !open.is_empty() {
        let weight = |at: usize| (most[at] - least[at]).sqrt();
        let all: f64 = open.iter().map(|&at| weight(at)).sum();
        let full: Vec<usize> =
            open.iter().copied().filter(|&at| left * weight(at) / all >= most[at] - least[at]).collect();
        if full.is_empty() {
            open.iter().for_each(|&at| widths[at] += left * weight(at) / all);
            break;
        }
        for at in full {
            left -= most[at] - least[at];
            widths[at] = most[at];
            open.retain(|&one| one != at);
        }
    }
    widths
}

/// Rounds so that the sum stays.
fn whole(widths: &[f64], total: usize) -> Vec<usize> {
    let (mut exact, mut given) = (0.0, 0);
    let last = widths.len() - 1;
    let round = |(at, width): (usize, &f64)| {
        exact += width;
        let upto = if at == last { total } else { (exact.round() as usize).min(total) };
        let own = upto - given;
        given = upto;
        own
    };
    widths.iter().enumerate().map(round).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn need(least: f64, most: f64) -> Need {
        Need { least, most }
    }

    #[test]
    fn widths_add_up_and_numbers_stay_narrow() {
        let widths = shared(&[need(200.0, 200.0), need(900.0, 30_000.0), need(700.0, 3_000.0)], 9_354, 200.0);
        assert_eq!(widths.iter().sum::<usize>(), 9_354);
        assert_eq!(widths[0], 400);
        assert!(widths[1] > widths[2] && widths[2] > 900, "{widths:?}");
    }

    #[test]
    fn what_fits_in_one_line_is_not_broken() {
        let widths = shared(&[need(100.0, 100.0), need(300.0, 2_000.0)], 5_000, 200.0);
        assert!(widths[0] < 320 && widths[1] > 4_600, "{widths:?}");
    }

    #[test]
    fn an_endless_word_leaves_room_for_others() {
        let widths = shared(&[need(90_000.0, 90_000.0), need(500.0, 500.0)], 9_000, 200.0);
        assert_eq!(widths.iter().sum::<usize>(), 9_000);
        assert!(widths[1] >= 700, "{widths:?}");
        assert_eq!(shared(&[], 9_000, 200.0), Vec::<usize>::new());
        assert_eq!(shared(&[need(0.0, 0.0); 3], 9_000, 0.0), [3_000, 3_000, 3_000]);
    }
}
