//! How fast a process becomes a graph, a drawing and a file for engines; and that it stays linear as a process grows.
//!
//! `cargo bench --bench process`

#[path = "../tests/support/mod.rs"]
mod support;

use std::fmt::Write as _;
use std::hint::black_box;

use divan::Bencher;
use divan::counter::ItemsCount;
use thutuc::compile::Catalogue;
use thutuc::emit::{Dialect, Site, Templates, Wanted, process_file};
use thutuc::lang::Lang;
use thutuc::plan::ProcedurePlan;
use thutuc::plan::flow::critical::Critical;
use thutuc::plan::flow::order::Order;
use thutuc::plan::flow::{Context, Flow};
use thutuc::resolve::Effective;
use thutuc::resolve::names::process_of;

/// As in the program.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() {
    divan::main();
}

/// A procedure of so many steps over three roles: every sixth may be sent back, every tenth stands under a condition.
fn procedure(steps: usize) -> String {
    let mut text = String::from(
        "thủ tục 1.000001 \"Thủ tục dài\" {\n    trường hợp { khó: có hoặc không \"Hồ sơ khó\" }\n    quy trình {\n        \
         chức danh một \"Một cửa\" thuộc ubnd-xã\n        chức danh hai \"Chuyên viên\" thuộc ubnd-xã\n        \
         chức danh ba \"Lãnh đạo\" thuộc ubnd-xã\n",
    );
    for at in 0..steps {
        let role = ["một", "hai", "ba"][at % 3];
        let time = "thời gian: 02 giờ làm việc";
        let _ = match at {
            0 => writeln!(text, "tiếp nhận b-{at} \"Tiếp nhận\" {{ trách nhiệm: {role}; {time} }}"),
            _ if at % 6 == 5 => writeln!(
                text,
                "ký b-{at} \"Ký bước {at}\" {{ trách nhiệm: {role}; {time}; không đồng ý: trả lại b-{} }}",
                at - 2
            ),
            _ if at % 10 == 7 => {
                writeln!(text, "khi khó {{ thẩm định b-{at} \"Thẩm tra {at}\" {{ trách nhiệm: {role}; {time} }} }}")
            }
            _ => writeln!(text, "bước b-{at} \"Làm bước {at}\" {{ trách nhiệm: {role}; {time} }}"),
        };
    }
    text + "trả kết quả { trách nhiệm: một }\n} }\n"
}

fn catalogue(steps: usize) -> Catalogue {
    let mut inputs = support::shipped();
    inputs.retain(|input| input.kind != thutuc::compile::FileKind::Procedures);
    inputs.push(support::procedure_file("dai.tthc", procedure(steps)));
    Catalogue::read(inputs, support::options(Lang::Vi))
}

fn plan<'a>(catalogue: &'a Catalogue, effective: &'a Effective<'a>) -> ProcedurePlan<'a> {
    ProcedurePlan::new(effective, &catalogue.registers, &catalogue.subprocesses)
}

/// The drawing and the BPMN of a process of 60 steps.
#[divan::bench(args = [60])]
fn drawing_and_bpmn(bencher: Bencher<'_, '_>, steps: usize) {
    let catalogue = catalogue(steps);
    let effective = catalogue.effective(&catalogue.procedures[0], catalogue.built_variant());
    let plan = plan(&catalogue, &effective);
    let wanted = Wanted::default();
    let site = Site {
        lang: Lang::Vi,
        settings: &catalogue.settings,
        registers: &catalogue.registers,
        sources: &catalogue.sources,
        source_hash: "0".repeat(64),
        wanted: &wanted,
        press: None,
        catalogue: &catalogue,
        templates: Templates::default().into(),
    };
    bencher.bench_local(|| black_box(process_file(&plan, &site, Dialect::Plain).expect("it is rendered")));
}

/// The graph with what is unsound in it, the order and the critical path: blocks/s.
#[divan::bench(args = [125, 250, 500, 1_000, 2_000])]
fn graph_and_critical_path(bencher: Bencher<'_, '_>, blocks: usize) {
    let catalogue = catalogue(blocks);
    let effective = catalogue.effective(&catalogue.procedures[0], catalogue.built_variant());
    let body = effective.body.as_ref();
    let process = process_of(body).expect("a process is written");
    let context = Context { body, registers: &catalogue.registers, subprocesses: &catalogue.subprocesses };
    bencher.counter(ItemsCount::new(blocks)).bench_local(|| {
        let flow = Flow::of(process, context);
        let order = Order::of(&flow);
        black_box(Critical::of(&flow, &order).gone.len())
    });
}
