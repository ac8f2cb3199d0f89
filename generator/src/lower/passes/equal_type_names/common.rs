//! What names have in common.

/// Returns the words that all lists end with.
pub(super) fn common_suffix(lists: &[Vec<String>]) -> Vec<String> {
    let Some(first) = lists.first() else { return Vec::new() };
    let from_end = |list: &[String], at: usize| list.len().checked_sub(at + 1).map(|index| list[index].clone());
    let length = (0..first.len())
        .take_while(|at| lists.iter().all(|list| from_end(list, *at) == from_end(first, *at)))
        .count();
    first[first.len() - length..].to_vec()
}

/// Returns the longest list of words that occurs in both, in this order.
pub(super) fn common_subsequence(one: &[String], other: &[String]) -> Vec<String> {
    let mut lengths = vec![vec![0_usize; other.len() + 1]; one.len() + 1];
    for (i, left) in one.iter().enumerate().rev() {
        for (j, right) in other.iter().enumerate().rev() {
            lengths[i][j] = match left == right {
                true => lengths[i + 1][j + 1] + 1,
                false => lengths[i + 1][j].max(lengths[i][j + 1]),
            };
        }
    }
    let (mut i, mut j) = (0, 0);
    let mut common = Vec::new();
    while i < one.len() && j < other.len() {
        if one[i] == other[j] {
            common.push(one[i].clone());
            (i, j) = (i + 1, j + 1);
        } else if lengths[i + 1][j] >= lengths[i][j + 1] {
            i += 1;
        } else {
            j += 1;
        }
    }
    common
}
