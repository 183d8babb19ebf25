//! Where everything of a process is drawn: one geometry for the chart on the wall and for the diagram in BPMN.
//!
//! Nodes stand in a grid: columns by how far they are from the start, rows inside the lane of who acts. Ways run along the middle
//! of a row where no node stands, in gutters between the rows, and in channels between the columns; so none can go through a
//! node. Each piece of a way has a track of its own, so none lies on another.
//!
//! All of it is worked out along and across the direction of time; a vertical drawing is the same with both exchanged.

pub(super) mod cells;
pub(super) mod metrics;
mod place;
mod route;
mod space;

use self::place::Grid;
pub(super) use self::space::HEAD;
use crate::plan::Flow;
use crate::plan::flow::order::Order;

/// A rectangle in pixels.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Rect {
    pub x: f64,
    pub y: f64,
    pub w: f64,
    pub h: f64,
}

/// How a node is drawn, which decides where ways can leave it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shape {
    /// A box with its text inside.
    Task,
    /// A circle with its text beside.
    Event,
    /// A circle on the edge of the task with this number.
    Boundary(usize),
    /// A diamond with its text beside.
    Gateway,
}

/// What has to find room: the size of a shape, and of the text beside it (zero for none).
#[derive(Clone, Copy, Debug)]
pub(super) struct Item {
    pub shape: Shape,
    pub size: (f64, f64),
    pub text: (f64, f64),
}

/// A drawing, with the numbers of the flow's nodes, edges and lanes.
#[derive(Clone, Debug, Default)]
pub(super) struct Layout {
    pub nodes: Vec<Rect>,
    /// Where the text beside a node goes.
    pub texts: Vec<Option<Rect>>,
    /// The corners of each way, from its source to its target.
    pub edges: Vec<Vec<(f64, f64)>>,
    pub labels: Vec<Option<Rect>>,
    pub lanes: Vec<Rect>,
    /// Where a drawing can be cut in two along time: in no node and in no text.
    pub cuts: Vec<f64>,
    pub size: (f64, f64),
}

/// How many other orders of rows are drawn, and how large a process may be for that.
const MOST_TRIES: usize = 60;
const MOST_NODES: usize = 200;

/// Which way time runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Direction {
    Right,
    Down,
}

/// Draws a flow; `items` by node, `labels` the size of what is written beside each edge, `lanes` how far each lane has to reach
/// across time for its name.
pub(super) fn layout(
    flow: &Flow<'_>,
    order: &Order,
    items: &[Item],
    (labels, lanes): (&[(f64, f64)], &[f64]),
    direction: Direction,
) -> Layout {
    let turned = |size: (f64, f64)| match direction {
        Direction::Right => size,
        Direction::Down => (size.1, size.0),
    };
    let items: Vec<Item> =
        items.iter().map(|item| Item { size: turned(item.size), text: turned(item.text), ..*item }).collect();
    let labels: Vec<(f64, f64)> = labels.iter().map(|size| turned(*size)).collect();
    let draw = |grid: &Grid| {
        let routes = route::route(flow, grid, &items);
        space::space(flow, grid, &routes, &items, (&labels, lanes, direction))
    };
    let mut grid = place::place(flow, order, &items);
    let mut layout = draw(&grid);
    let mut crossings = layout.crossings();
    // Where ways cross, rows inside a lane change places as long as that helps.
    let mut tries = MOST_TRIES;
    'again: while crossings > 0 && flow.nodes.len() <= MOST_NODES {
        for moved in grid.moves().map(|step| grid.moved(step)).filter(|moved| moved.keeps_below(flow)) {
            if tries == 0 {
                break 'again;
            }
            tries -= 1;
            let other = draw(&moved);
            let fewer = other.crossings();
            if fewer < crossings {
                (grid, layout, crossings) = (moved, other, fewer);
                continue 'again;
            }
        }
        break;
    }
    if direction == Direction::Down {
        layout.turn();
    }
    layout
}

impl Layout {
    /// How often a way passes over another.
    fn crossings(&self) -> usize {
        let mut level = Vec::new();
        let mut upright = Vec::new();
        for (edge, corners) in self.edges.iter().enumerate() {
            for pair in corners.windows(2) {
                let ((x, y), (to_x, to_y)) = (pair[0], pair[1]);
                match y == to_y {
                    true => level.push((edge, y, x.min(to_x), x.max(to_x))),
                    false => upright.push((edge, x, y.min(to_y), y.max(to_y))),
                }
            }
        }
        let crosses = |(edge, y, from, to): &(usize, f64, f64, f64)| {
            let over = |&&(other, x, top, bottom): &&(usize, f64, f64, f64)| {
                other != *edge && top < *y && *y < bottom && *from < x && x < *to
            };
            upright.iter().filter(over).count()
        };
        level.iter().map(crosses).sum()
    }

    fn turn(&mut self) {
        let turn = |rect: &mut Rect| *rect = Rect { x: rect.y, y: rect.x, w: rect.h, h: rect.w };
        self.nodes.iter_mut().chain(&mut self.lanes).for_each(turn);
        self.texts.iter_mut().chain(&mut self.labels).flatten().for_each(turn);
        self.edges.iter_mut().flatten().for_each(|point| *point = (point.1, point.0));
        self.size = (self.size.1, self.size.0);
    }
}

impl Rect {
    pub(super) fn middle(self) -> (f64, f64) {
        (self.x + self.w / 2.0, self.y + self.h / 2.0)
    }

    pub(super) fn right(self) -> f64 {
        self.x + self.w
    }

    pub(super) fn bottom(self) -> f64 {
        self.y + self.h
    }
}
