//! What each engine wants to read beside the standard.

use serde::{Deserialize, Serialize};

use super::{Extension, Node};

/// For whom a BPMN file is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Dialect {
    /// The standard alone, with FEEL.
    Plain,
    Camunda8,
    /// And Operaton.
    Camunda7,
    Flowable,
}

impl Dialect {
    pub const ALL: [Dialect; 4] = [Dialect::Plain, Dialect::Camunda8, Dialect::Camunda7, Dialect::Flowable];

    pub fn name(self) -> &'static str {
        match self {
            Dialect::Plain => "plain",
            Dialect::Camunda8 => "camunda8",
            Dialect::Camunda7 => "camunda7",
            Dialect::Flowable => "flowable",
        }
    }

    /// As people call it.
    pub fn title(self) -> &'static str {
        match self {
            Dialect::Plain => "BPMN 2.0",
            Dialect::Camunda8 => "BPMN, Camunda 8",
            Dialect::Camunda7 => "BPMN, Camunda 7",
            Dialect::Flowable => "BPMN, Flowable",
        }
    }

    /// What a file says of the language of its expressions, where nothing around them does.
    pub(super) fn language(self) -> Option<&'static str> {
        (self == Dialect::Plain).then_some("https://www.omg.org/spec/DMN/20191111/FEEL/")
    }

    pub(super) fn definitions(self) -> &'static [(&'static str, &'static str)] {
        match self {
            Dialect::Plain => &[],
            Dialect::Camunda8 => &[
                ("xmlns:zeebe", "http://camunda.org/schema/zeebe/1.0"),
                ("xmlns:modeler", "http://camunda.org/schema/modeler/1.0"),
                ("modeler:executionPlatform", "Camunda Cloud"),
                ("modeler:executionPlatformVersion", "8.8.0"),
            ],
            Dialect::Camunda7 => &[
                ("xmlns:camunda", "http://camunda.org/schema/1.0/bpmn"),
                ("xmlns:modeler", "http://camunda.org/schema/modeler/1.0"),
                ("modeler:executionPlatform", "Camunda Platform"),
                ("modeler:executionPlatformVersion", "7.23.0"),
            ],
            Dialect::Flowable => &[("xmlns:flowable", "http://flowable.org/bpmn")],
        }
    }

    pub(super) fn process(self) -> &'static [(&'static str, &'static str)] {
        match self {
            // Without it the engine refuses the file.
            Dialect::Camunda7 => &[("camunda:historyTimeToLive", "P180D")],
            Dialect::Plain | Dialect::Camunda8 | Dialect::Flowable => &[],
        }
    }

    /// A task for whoever holds a role.
    pub(super) fn human(self, group: &str, id: &str, node: &mut Node) {
        let mut attribute = |name: &str, value: &str| node.attributes.push((name.to_owned(), value.to_owned()));
        match self {
            Dialect::Plain => {}
            Dialect::Camunda8 => {
                let element = Extension::new;
                node.extensions.extend([
                    element("zeebe:userTask", Vec::new()),
                    element("zeebe:assignmentDefinition", vec![("candidateGroups", group.to_owned())]),
                    element("zeebe:formDefinition", vec![("externalReference", id.to_owned())]),
                ]);
            }
            Dialect::Camunda7 => {
                attribute("camunda:candidateGroups", group);
                attribute("camunda:formKey", id);
            }
            Dialect::Flowable => {
                attribute("flowable:candidateGroups", group);
                attribute("flowable:formKey", id);
            }
        }
    }

    /// A task for the software.
    pub(super) fn automatic(self, id: &str, node: &mut Node) {
        let mut attribute = |name: &str, value: &str| node.attributes.push((name.to_owned(), value.to_owned()));
        match self {
            Dialect::Plain => {}
            Dialect::Camunda8 => node.extensions.push(Extension::new(
                "zeebe:taskDefinition",
                vec![("type", id.to_owned()), ("retries", "3".to_owned())],
            )),
            Dialect::Camunda7 => {
                attribute("camunda:type", "external");
                attribute("camunda:topic", id);
            }
            Dialect::Flowable => {
                attribute("flowable:type", "external-worker");
                attribute("flowable:topic", id);
            }
        }
    }
}
