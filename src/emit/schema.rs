//! The published JSON Schemas of the JSON outputs.

use schemars::generate::SchemaSettings;

/// Every schema: its file name and its text.
pub fn schemas() -> Vec<(&'static str, String)> {
    let text = |schema: schemars::Schema| {
        let mut text = serde_json::to_string_pretty(&schema).expect("a schema is plain JSON");
        text.push('\n');
        text
    };
    let generator = || SchemaSettings::draft2020_12().for_serialize().into_generator();
    vec![
        ("procedure-1.json", text(generator().into_root_schema_for::<super::json::View>())),
        ("catalogue-1.json", text(generator().into_root_schema_for::<super::index::CatalogueView>())),
        ("due-1.json", text(generator().into_root_schema_for::<super::due::View>())),
    ]
}
