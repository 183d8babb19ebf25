use thutuc::*;
fn main() {
    let mut map = source::SourceMap::default();
    let mut all = vec![];
    for path in std::env::args().skip(1) {
        let text = source::decode(std::fs::read(&path).unwrap()).unwrap();
        let id = map.add(source::SourceFile::new(path, text));
        let file = map.get(id);
        let (items, diags) = syntax::parse(id, file, lang::Lang::Vi);
        let (_defs, draft) = model::from_syntax::read(id, file, &items, lang::Lang::Vi);
        all.extend(diags);
        all.extend(draft.diagnostics);
    }
    print!("{}", diagnostic::text::render(&all, &map, lang::Lang::Vi, false));
    println!("{}", all.len());
}
