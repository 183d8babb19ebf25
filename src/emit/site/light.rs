//! Scripts and styles as they are sent: without comments, indentation and blanks that say nothing, and with the texts of one
//! language: `say("vi", "en")` becomes one of the two. What else is in quotes stays.

use crate::lang::Lang;

/// Marks beside which blanks say nothing, in scripts and in styles.
const SCRIPT: &str = "=+*<>!&|?:;,(){}[]-";
const STYLE: &str = "{};,>";

/// A script or a style, lighter. What a line break ends stays ended.
pub(super) fn light(text: &str, is_script: bool, lang: Lang) -> String {
    let mut lighter = String::with_capacity(text.len());
    let mut in_comment = false;
    for line in text.lines().map(str::trim) {
        let opens = line.starts_with("/*");
        let is_comment = in_comment || opens || line.starts_with("//") || line.is_empty();
        in_comment = (in_comment || opens) && !line.ends_with("*/");
        if !is_comment {
            tight(line, if is_script { SCRIPT } else { STYLE }, !is_script, lang, &mut lighter);
            // After these marks a line break says nothing; after others it may end a statement.
            if !line.ends_with(['{', ';', ',', '(', '[']) {
                lighter.push('\n');
            }
        }
    }
    lighter
}

/// Leaves out blanks beside marks; `after_colon` also those after a colon. Two signs in a row stay apart.
fn tight(line: &str, marks: &str, after_colon: bool, lang: Lang, out: &mut String) {
    let letters: Vec<char> = line.chars().collect();
    let mut at = 0;
    while at < letters.len() {
        let letter = letters[at];
        if matches!(letter, '"' | '`') {
            let end = quoted(&letters, at);
            match said(&letters, end).filter(|_| out.ends_with("say(")) {
                Some((other, after)) => {
                    let called = if out.ends_with("this.say(") { "this.say(" } else { "say(" };
                    out.truncate(out.len() - called.len());
                    let (from, to) = if lang == Lang::Vi { (at, end) } else { other };
                    out.extend(&letters[from..to]);
                    at = after;
                }
                None => {
                    out.extend(&letters[at..end]);
                    at = end;
                }
            }
            continue;
        }
        if letter == ' ' {
            let (before, after) = (letters[at - 1], letters[at + 1]);
            let signs = matches!((before, after), ('+', '+' | '-') | ('-', '+' | '-'));
            let idle = marks.contains(before) || marks.contains(after) || after_colon && before == ':';
            if idle && !signs {
                at += 1;
                continue;
            }
        }
        out.push(letter);
        at += 1;
    }
}

/// The second text of `say("…", "…")`, where the first has ended, and where the bracket ends.
fn said(letters: &[char], end: usize) -> Option<((usize, usize), usize)> {
    let [',', ' ', '"' | '`', ..] = letters.get(end..)? else { return None };
    let close = quoted(letters, end + 2);
    (letters.get(close) == Some(&')')).then_some(((end + 2, close), close + 1))
}

/// Where a text in quotes ends. A template may hold expressions, and those other templates.
fn quoted(letters: &[char], from: usize) -> usize {
    let quote = letters[from];
    let mut at = from + 1;
    while at < letters.len() {
        match letters[at] {
            '\\' => at += 2,
            letter if letter == quote => return at + 1,
            '$' if quote == '`' && letters.get(at + 1) == Some(&'{') => at = expression(letters, at + 2),
            _ => at += 1,
        }
    }
    letters.len()
}

/// Where an expression in a template ends, after its bracket.
fn expression(letters: &[char], from: usize) -> usize {
    let (mut at, mut depth) = (from, 1);
    while at < letters.len() && depth > 0 {
        match letters[at] {
            '"' | '`' => at = quoted(letters, at),
            letter => {
                depth += i32::from(letter == '{') - i32::from(letter == '}');
                at += 1;
            }
        }
    }
    at
}

#[cfg(test)]
mod tests {
    use super::light;
    use crate::lang::Lang;

    #[test]
    fn texts_keep_their_blanks() {
        let text = "// about\nconst a = `b = ${ c ? `d : e` : \"f  g\" } = h`;\n  x - -y; \"a , b\";\n";
        assert_eq!(light(text, true, Lang::Vi), "const a=`b = ${ c ? `d : e` : \"f  g\" } = h`;x- -y;\"a , b\";");
        assert_eq!(light("/* a */\na :hover { b: c d; }\n", false, Lang::Vi), "a :hover{b:c d;}\n");
    }

    #[test]
    fn texts_are_those_of_one_language() {
        let text = "f(say(\"một\", \"one\"), this.say(`a ${say(\"b\", \"c\")}`, `d`), say(x, \"y\"));";
        assert_eq!(light(text, true, Lang::En), "f(\"one\",`d`,say(x,\"y\"));");
        assert_eq!(light(text, true, Lang::Vi), "f(\"một\",`a ${say(\"b\", \"c\")}`,say(x,\"y\"));");
    }
}
