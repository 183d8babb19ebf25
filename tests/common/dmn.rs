//! A small engine for our own DMN files: it reads the text of a file and knows nothing of how it was made. What it does not
//! know of FEEL is a panic, never a guess.

use std::collections::BTreeMap;

use serde_json::{Value, json};

/// An element.
#[derive(Debug, Default)]
pub(crate) struct Element {
    pub(crate) name: String,
    attributes: BTreeMap<String, String>,
    children: Vec<Element>,
    text: String,
}

impl Element {
    pub(crate) fn read(xml: &str) -> Element {
        let mut open = vec![Element::default()];
        for part in xml.split('<').skip(1) {
            let (tag, after) = part.split_once('>').expect("a tag ends");
            if tag.starts_with('?') {
                continue;
            }
            if let Some(name) = tag.strip_prefix('/') {
                let done = open.pop().expect("it was opened");
                assert_eq!(done.name, name);
                open.last_mut().expect("there is a root").children.push(done);
            } else {
                let element = Element::of_tag(tag.trim_end_matches('/'));
                match tag.ends_with('/') {
                    true => open.last_mut().expect("there is a root").children.push(element),
                    false => open.push(Element { text: unescaped(after), ..element }),
                }
            }
        }
        assert_eq!(open.len(), 1, "everything is closed");
        open.pop().and_then(|mut root| root.children.pop()).expect("a root element")
    }

    fn of_tag(tag: &str) -> Element {
        let (name, rest) = tag.split_once(' ').unwrap_or((tag, ""));
        let parts: Vec<&str> = rest.split('"').collect();
        let pairs =
            parts.chunks_exact(2).map(|pair| (pair[0].trim().trim_end_matches('=').to_owned(), unescaped(pair[1])));
        Element { name: name.to_owned(), attributes: pairs.collect(), ..Element::default() }
    }

    pub(crate) fn all<'e>(&'e self, name: &'e str) -> impl Iterator<Item = &'e Element> {
        self.children.iter().filter(move |child| child.name == name)
    }

    pub(crate) fn get(&self, name: &str) -> Option<&Element> {
        self.children.iter().find(|child| child.name == name)
    }

    pub(crate) fn attribute(&self, name: &str) -> &str {
        self.attributes.get(name).map_or("", String::as_str)
    }

    /// What stands in an element, or in the `text` below it.
    pub(crate) fn text(&self) -> &str {
        self.get("text").unwrap_or(self).text.trim()
    }
}

fn unescaped(text: &str) -> String {
    let entities = [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#x27;", "'"), ("&#x2f;", "/"), ("&amp;", "&")];
    entities.iter().fold(text.to_owned(), |text, (entity, letter)| text.replace(entity, letter))
}

/// Facts and answers by name.
pub(crate) type Facts = BTreeMap<String, Value>;

/// A file.
pub(crate) struct Dmn {
    pub(crate) root: Element,
}

impl Dmn {
    pub(crate) fn read(xml: &str) -> Dmn {
        Dmn { root: Element::read(xml) }
    }

    pub(crate) fn decisions(&self) -> impl Iterator<Item = &Element> {
        self.root.all("decision")
    }

    /// What a decision gives. A table that asks for one row alone must meet exactly one.
    pub(crate) fn decide(&self, name: &str, facts: &Facts) -> Value {
        let decision = self.decisions().find(|one| one.attribute("id") == name).expect("a decision");
        let mut known = Facts::new();
        for needed in decision.all("informationRequirement") {
            if let Some(input) = needed.get("requiredInput") {
                let name = input.attribute("href").trim_start_matches('#');
                known.extend(facts.get(name).map(|fact| (name.to_owned(), fact.clone())));
            }
            if let Some(other) = needed.get("requiredDecision") {
                let name = other.attribute("href").trim_start_matches('#');
                known.insert(name.to_owned(), self.decide(name, facts));
            }
        }
        if let Some(literal) = decision.get("literalExpression") {
            return evaluate(literal.text(), &known);
        }
        let table = decision.get("decisionTable").expect("a table");
        let asked: Vec<Value> = table
            .all("input")
            .map(|input| evaluate(input.get("inputExpression").expect("an expression").text(), &known))
            .collect();
        let met = |rule: &&Element| rule.all("inputEntry").zip(&asked).all(|(test, value)| is_met(test.text(), value));
        let rules: Vec<&Element> = table.all("rule").filter(met).collect();
        let outputs: Vec<&Element> = table.all("output").collect();
        let answer = |rule: &Element| {
            let mut answers: Vec<Value> = rule.all("outputEntry").map(|own| evaluate(own.text(), &known)).collect();
            assert_eq!(answers.len(), outputs.len());
            match outputs.len() {
                1 => answers.remove(0),
                _ => outputs.iter().map(|output| output.attribute("name").to_owned()).zip(answers).collect(),
            }
        };
        if table.attribute("hitPolicy") == "COLLECT" {
            return rules.into_iter().map(answer).collect();
        }
        assert_eq!(table.attribute("hitPolicy"), "UNIQUE");
        assert_eq!(rules.len(), 1, "{name} meets {} rows with {known:?}", rules.len());
        answer(rules[0])
    }
}

/// Whether a value meets a unary test.
fn is_met(test: &str, value: &Value) -> bool {
    if test == "-" {
        return true;
    }
    let mut reader = Reader::new(test);
    loop {
        let met = reader.test(value);
        if met {
            return true;
        }
        if !reader.takes(",") {
            assert!(reader.is_done(), "{test}");
            return false;
        }
    }
}

pub(crate) fn evaluate(text: &str, facts: &Facts) -> Value {
    let mut reader = Reader { facts: Some(facts), ..Reader::new(text) };
    let value = reader.expression();
    assert!(reader.is_done(), "{text}");
    value
}

/// Goes along an expression.
struct Reader<'t> {
    tokens: Vec<&'t str>,
    at: usize,
    facts: Option<&'t Facts>,
}

impl<'t> Reader<'t> {
    fn new(text: &'t str) -> Reader<'t> {
        let mut tokens = Vec::new();
        let mut rest = text.trim_start();
        while !rest.is_empty() {
            let whole = |more: fn(char) -> bool| rest.find(|letter| !more(letter)).unwrap_or(rest.len());
            let length = match rest.chars().next().expect("not empty") {
                '"' => 2 + rest[1..].replace("\\\"", "__").replace("\\\\", "__").find('"').expect("a text ends"),
                '0'..='9' => {
                    let digits = whole(|letter| letter.is_ascii_digit());
                    let after = &rest[digits..];
                    let is_decimal =
                        after.starts_with('.') && after[1..].starts_with(|next: char| next.is_ascii_digit());
                    match is_decimal {
                        true => {
                            digits + 1 + after[1..].find(|next: char| !next.is_ascii_digit()).unwrap_or(after.len() - 1)
                        }
                        false => digits,
                    }
                }
                letter if letter.is_ascii_alphabetic() => {
                    whole(|letter| letter.is_ascii_alphanumeric() || letter == '_')
                }
                _ if ["..", "<=", ">="].iter().any(|two| rest.starts_with(two)) => 2,
                _ => 1,
            };
            tokens.push(&rest[..length]);
            rest = rest[length..].trim_start();
        }
        Reader { tokens, at: 0, facts: None }
    }

    fn is_done(&self) -> bool {
        self.at == self.tokens.len()
    }

    fn next(&self) -> &'t str {
        self.tokens.get(self.at).copied().unwrap_or("")
    }

    fn takes(&mut self, token: &str) -> bool {
        let is = self.next() == token;
        self.at += usize::from(is);
        is
    }

    fn needs(&mut self, token: &str) {
        assert!(self.takes(token), "{token} is wanted in {:?}", self.tokens);
    }

    fn test(&mut self, value: &Value) -> bool {
        for (sign, sides) in [("<=", &[-1, 0][..]), (">=", &[0, 1]), ("<", &[-1]), (">", &[1])] {
            if self.takes(sign) {
                let bound = self.expression();
                return sides.contains(&order(value, &bound));
            }
        }
        let closed = self.next() == "[";
        if closed || self.next() == "(" {
            self.at += 1;
            let low = self.expression();
            self.needs("..");
            let high = self.expression();
            let closes = self.takes("]");
            assert!(closes || self.takes(")"));
            let (low, high) = (order(value, &low), order(value, &high));
            return (low == 1 || closed && low == 0) && (high == -1 || closes && high == 0);
        }
        let wanted = self.expression();
        *value == wanted || !value.is_boolean() && !value.is_null() && order(value, &wanted) == 0
    }

    fn expression(&mut self) -> Value {
        if self.takes("if") {
            let left = self.sum();
            self.needs("=");
            let right = self.sum();
            self.needs("then");
            let yes = self.expression();
            self.needs("else");
            let no = self.expression();
            return if left.as_f64() == right.as_f64() { yes } else { no };
        }
        self.sum()
    }

    fn sum(&mut self) -> Value {
        let mut sum = self.product();
        while let sign @ ("+" | "-") = self.next() {
            self.at += 1;
            let other = self.product();
            sum = both(&sum, &other, |a, b| if sign == "+" { a + b } else { a - b });
        }
        sum
    }

    fn product(&mut self) -> Value {
        let mut product = self.single();
        while let sign @ ("*" | "/") = self.next() {
            self.at += 1;
            let other = self.single();
            product = both(&product, &other, |a, b| if sign == "*" { a * b } else { a / b });
        }
        product
    }

    fn single(&mut self) -> Value {
        let token = self.next();
        self.at += 1;
        match token {
            "null" => Value::Null,
            "true" => json!(true),
            "false" => json!(false),
            "-" => both(&json!(0), &self.single(), |zero, own| zero - own),
            "(" => {
                let inner = self.expression();
                self.needs(")");
                inner
            }
            "[" => {
                self.needs("]");
                json!([])
            }
            "list" => {
                self.needs("contains");
                let [all, one] = self.arguments();
                json!(all.as_array().expect("a list").contains(&one))
            }
            "date" => {
                let [day] = self.arguments();
                assert!(day.as_str().is_some_and(|day| day.parse::<jiff::civil::Date>().is_ok()), "{day}");
                day
            }
            "min" | "max" => {
                let [a, b] = self.arguments();
                both(&a, &b, |a, b| if (a < b) == (token == "min") { a } else { b })
            }
            "floor" | "ceiling" => {
                let [own] = self.arguments();
                both(&own, &json!(0), |own, _| if token == "floor" { own.floor() } else { own.ceil() })
            }
            text if text.starts_with('"') => serde_json::from_str(text).expect("a text"),
            number if number.starts_with(|letter: char| letter.is_ascii_digit()) => {
                json!(number.parse::<f64>().expect("a number"))
            }
            name => {
                self.facts.and_then(|facts| facts.get(name)).unwrap_or_else(|| panic!("{name} is not known")).clone()
            }
        }
    }

    fn arguments<const N: usize>(&mut self) -> [Value; N] {
        self.needs("(");
        let all = std::array::from_fn(|at| {
            if at > 0 {
                self.needs(",");
            }
            self.expression()
        });
        self.needs(")");
        all
    }
}

fn both(a: &Value, b: &Value, of: impl Fn(f64, f64) -> f64) -> Value {
    json!(of(a.as_f64().expect("a number"), b.as_f64().expect("a number")))
}

/// -1, 0 or 1. Days are compared as they are written.
fn order(a: &Value, b: &Value) -> i32 {
    let order = match (a.as_f64(), b.as_f64()) {
        (Some(a), Some(b)) => a.partial_cmp(&b).expect("numbers"),
        _ => a.as_str().expect("a text").cmp(b.as_str().expect("a text")),
    };
    order as i32
}

/// Whether two answers are the same; 3 and 3.0 are.
pub(crate) fn same(a: &Value, b: &Value) -> bool {
    match (a, b) {
        (Value::Number(a), Value::Number(b)) => {
            let (a, b) = (a.as_f64().unwrap_or(f64::NAN), b.as_f64().unwrap_or(f64::NAN));
            (a - b).abs() <= 1e-9 * a.abs().max(1.0)
        }
        (Value::Array(a), Value::Array(b)) => a.len() == b.len() && a.iter().zip(b).all(|(a, b)| same(a, b)),
        (Value::Object(a), Value::Object(b)) => {
            a.len() == b.len() && a.iter().all(|(key, a)| b.get(key).is_some_and(|b| same(a, b)))
        }
        _ => a == b,
    }
}
