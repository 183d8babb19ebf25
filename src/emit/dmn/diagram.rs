//! Where everything stands when a file is drawn.

use serde::Serialize;

use super::Model;
use super::view::DecisionView;

#[derive(Serialize)]
pub(super) struct Shape {
    of: String,
    x: usize,
    y: usize,
    width: usize,
    height: usize,
}

#[derive(Serialize)]
pub(super) struct Edge {
    /// The requirement that it draws.
    of: String,
    x1: usize,
    y1: usize,
    x2: usize,
    y2: usize,
}

/// Facts on the left, decisions beside them, the list of papers on the right.
pub(super) fn drawn(model: &Model<'_>, decisions: &[DecisionView]) -> (Vec<Shape>, Vec<Edge>) {
    const WIDTH: usize = 200;
    const HEIGHT: usize = 50;
    const COLUMN: usize = 300;
    const ROW: usize = 80;
    // Viewers lay the name of the file over the upper corner.
    const TOP: usize = 160;
    let at = |of: &str, column: usize, row: usize| Shape {
        of: of.to_owned(),
        x: 40 + column * COLUMN,
        y: TOP + row * ROW,
        width: WIDTH,
        height: HEIGHT,
    };
    let mut shapes: Vec<Shape> = model.inputs.iter().enumerate().map(|(row, (_, name))| at(name, 0, row)).collect();
    let (lists, tables): (Vec<_>, Vec<_>) = decisions.iter().partition(|one| !one.decisions.is_empty());
    shapes.extend(tables.iter().enumerate().map(|(row, one)| at(&one.name, 1, row)));
    shapes.extend(lists.iter().enumerate().map(|(row, one)| at(&one.name, 2, row)));
    let place = |name: &str| shapes.iter().find(|shape| shape.of == name);
    let mut edges = Vec::new();
    for decision in decisions {
        for needed in decision.inputs.iter().chain(&decision.decisions) {
            let (Some(from), Some(to)) = (place(needed), place(&decision.name)) else { continue };
            edges.push(Edge {
                of: format!("{}.{needed}", decision.name),
                x1: from.x + WIDTH,
                y1: from.y + HEIGHT / 2,
                x2: to.x,
                y2: to.y + HEIGHT / 2,
            });
        }
    }
    (shapes, edges)
}
