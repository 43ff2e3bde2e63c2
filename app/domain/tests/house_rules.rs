//! The rules of the house, as far as a reader of text can see them. Each rule is a function from a file to what it finds,
//! with cases of its own below, so that none of them is green because it is blind.

use std::fs;
use std::path::{Path, PathBuf};

const LINES_MAX: usize = 400;
/// Folders of the app that everybody may use; every other folder is a slice.
const SHARED: [&str; 3] = ["kit", "live", "i18n"];
const CLOCK_AND_CHANCE: [&str; 7] =
    ["SystemTime::now", "Instant::now", "Utc::now", "Timestamp::now", "new_v4(", "rand::", "getrandom"];
/// Whose answers depend on what they are given and on nothing else.
const INNER: [&str; 4] = ["app/domain/src/", "server/formats/src/", "server/phones/src/", "server/store/src/"];
/// Where the store may be unpredictable, and why.
const UNPREDICTABLE: [(&str, &str, &str); 3] = [
    ("server/store/src/auth/tokens.rs", "getrandom", "secrets are made of nothing but chance"),
    ("server/store/src/tx.rs", "new_v4(", "a command that nobody can repeat needs an id all the same"),
    ("server/store/src/upkeep/backup.rs", "new_v4(", "two drafts beside each other must not be one"),
];
/// Where every fact must be thought of by name.
const EXHAUSTIVE: [&str; 4] = [
    "app/domain/src/event/mod.rs",
    "app/domain/src/event/audience.rs",
    "app/domain/src/event/sentence.rs",
    "app/domain/src/board/fold.rs",
];

struct Source {
    /// From the repository's root.
    path: String,
    text: String,
}

impl Source {
    fn is(&self, ending: &str) -> bool {
        self.path.ends_with(ending)
    }

    /// Its lines without comments, with their numbers.
    fn code(&self) -> impl Iterator<Item = (usize, &str)> {
        (1..).zip(self.text.lines().map(uncommented))
    }

    fn finds(&self, word: &str) -> Vec<usize> {
        self.code().filter(|(_, line)| has_word(line, word)).map(|(number, _)| number).collect()
    }
}

/// Without what follows two slashes that begin a comment; those of an address do not.
fn uncommented(line: &str) -> &str {
    let mut from = 0;
    while let Some(at) = line[from..].find("//").map(|at| at + from) {
        if !line[..at].ends_with(':') {
            return &line[..at];
        }
        from = at + 2;
    }
    line
}

/// Whether the word stands there and not as the end of a longer one.
fn has_word(line: &str, word: &str) -> bool {
    line.match_indices(word).any(|(at, _)| {
        let before = line[..at].chars().next_back();
        !before.is_some_and(|c| c.is_alphanumeric() || c == '_') || !word.starts_with(char::is_alphanumeric)
    })
}

fn told(source: &Source, lines: Vec<usize>, rule: &str) -> Vec<String> {
    lines.into_iter().map(|line| format!("{}:{line}: {rule}", source.path)).collect()
}

/// A file that no longer fits a head is two.
fn short_enough(source: &Source) -> Vec<String> {
    let lines = source.text.lines().count();
    let fits = lines <= LINES_MAX || ![".rs", ".css", ".ts"].iter().any(|ending| source.is(ending));
    if fits { Vec::new() } else { vec![format!("{}: {lines} lines; at most {LINES_MAX}", source.path)] }
}

/// Nothing is left for later where nobody looks for it, and no test is switched off.
fn finished(source: &Source) -> Vec<String> {
    let words: &[&str] = if source.is(".rs") {
        &["todo!(", "unimplemented!(", "#[ignore", "dbg!("]
    } else {
        &["test.only(", "describe.only("]
    };
    let mut found = Vec::new();
    for word in words {
        found.extend(told(source, source.finds(word), word));
    }
    for (number, line) in (1..).zip(source.text.lines()) {
        for word in ["TODO", "FIXME"] {
            if has_word(line, word) {
                found.push(format!("{}:{number}: {word}", source.path));
            }
        }
    }
    found
}

fn sql_in_the_store_only(source: &Source) -> Vec<String> {
    if !source.is(".rs") || source.path.starts_with("server/store/") {
        return Vec::new();
    }
    told(source, source.finds("sqlx::"), "SQL is spoken in server/store only")
}

fn is_api(path: &str) -> bool {
    path.ends_with("/api.rs") || path.contains("/api/")
}

fn store_in_the_api_only(source: &Source) -> Vec<String> {
    if !source.path.starts_with("app/src/") || is_api(&source.path) || source.path == "app/src/ctx.rs" {
        return Vec::new();
    }
    told(source, source.finds("store::"), "the store is reached through api.rs and ctx.rs only")
}

fn server_functions_in_the_api_only(source: &Source) -> Vec<String> {
    if !source.path.starts_with("app/") || !source.is(".rs") || is_api(&source.path) {
        return Vec::new();
    }
    let lines = source.code().filter(|(_, line)| line.trim_start().starts_with("#[server")).map(|(n, _)| n).collect();
    told(source, lines, "server functions are in api.rs only")
}

fn predictable(source: &Source) -> Vec<String> {
    let inner = INNER.iter().any(|folder| source.path.starts_with(folder));
    let mut found = Vec::new();
    for word in CLOCK_AND_CHANCE.into_iter().filter(|_| inner && source.is(".rs")) {
        if !UNPREDICTABLE.iter().any(|(path, allowed, _)| source.path == *path && word == *allowed) {
            found.extend(told(source, source.finds(word), "the clock and chance arrive as parameters"));
        }
    }
    found
}

fn every_fact_by_name(source: &Source) -> Vec<String> {
    if !EXHAUSTIVE.contains(&source.path.as_str()) {
        return Vec::new();
    }
    told(source, source.finds("_ =>"), "every fact is matched by name: a new one must be thought of here")
}

/// The slice of the app that a file belongs to; None for shared folders and the files around them.
fn slice(path: &str) -> Option<&str> {
    let (folder, _) = path.strip_prefix("app/src/")?.split_once('/')?;
    (!SHARED.contains(&folder)).then_some(folder)
}

/// A slice's inside is its own: others say `crate::board::Name`, never `crate::board::column::Name`.
fn slices_through_their_face(source: &Source, slices: &[String]) -> Vec<String> {
    if !source.path.starts_with("app/src/") || !source.is(".rs") {
        return Vec::new();
    }
    let shared = source.path.strip_prefix("app/src/").and_then(|path| path.split_once('/'));
    let shared = shared.is_some_and(|(folder, _)| SHARED.contains(&folder));
    let mut found = Vec::new();
    for path in crate_paths(&source.text) {
        let mut parts = path.split("::");
        let (Some(to), inner, further) = (parts.next(), parts.next(), parts.next()) else { continue };
        if !slices.iter().any(|slice| slice == to) || slice(&source.path) == Some(to) {
            continue;
        }
        if shared {
            found.push(format!("{}: crate::{path}: what is shared knows no slice", source.path));
        } else if further.is_some() && inner.is_some_and(|inner| inner.starts_with(|c: char| c.is_ascii_lowercase())) {
            found.push(format!("{}: crate::{path}: a slice is used through its mod.rs", source.path));
        }
    }
    found
}

/// Every path that begins with `crate::`, without it; lists in braces are opened.
fn crate_paths(text: &str) -> Vec<String> {
    let text: String = text.lines().map(uncommented).collect::<Vec<_>>().join("\n");
    let mut paths = Vec::new();
    for (at, _) in text.match_indices("crate::") {
        let before = text[..at].chars().next_back();
        if !before.is_some_and(|c| c.is_alphanumeric() || c == '_') {
            open(&text[at + "crate::".len()..], "", &mut paths);
        }
    }
    paths
}

/// Reads one path, or a list of them, and says how much of the text it was.
fn open(text: &str, prefix: &str, paths: &mut Vec<String>) -> usize {
    if let Some(list) = text.strip_prefix('{') {
        let mut at = 0;
        while at < list.len() && !list[at..].starts_with('}') {
            let rest = list[at..].trim_start_matches(|c: char| c.is_whitespace() || c == ',');
            at = list.len() - rest.len();
            if rest.starts_with('}') || rest.is_empty() {
                break;
            }
            at += open(rest, prefix, paths).max(1);
        }
        return at + 2;
    }
    let name = text.len() - text.trim_start_matches(|c: char| c.is_alphanumeric() || c == '_').len();
    let path = format!("{prefix}{}", &text[..name]);
    match text[name..].strip_prefix("::") {
        Some(rest) if rest.starts_with(|c: char| c.is_alphanumeric() || c == '_' || c == '{') => {
            name + 2 + open(rest, &format!("{path}::"), paths)
        }
        Some(_) | None => {
            paths.push(path);
            name
        }
    }
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn sources() -> Vec<Source> {
    let mut found = Vec::new();
    for folder in ["app", "server", "style", "end2end"] {
        walk(&root().join(folder), &mut found);
    }
    assert!(found.len() > 100, "only {} files: the walk has lost its way", found.len());
    found
}

fn walk(folder: &Path, found: &mut Vec<Source>) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    for entry in entries.flatten() {
        let path = entry.path();
        let name = entry.file_name().to_string_lossy().into_owned();
        if path.is_dir() {
            if !["target", "node_modules", "results", "shots"].contains(&name.as_str()) {
                walk(&path, found);
            }
        } else if [".rs", ".css", ".ts"].iter().any(|ending| name.ends_with(ending)) && name != "house_rules.rs" {
            let text = fs::read_to_string(&path).expect("a source file is text");
            let path = path.strip_prefix(root()).expect("below the root").to_string_lossy().into_owned();
            found.push(Source { path, text });
        }
    }
}

fn slices(sources: &[Source]) -> Vec<String> {
    let mut slices: Vec<String> = sources.iter().filter_map(|source| slice(&source.path)).map(str::to_owned).collect();
    slices.sort();
    slices.dedup();
    slices
}

fn all(rule: impl Fn(&Source) -> Vec<String>) {
    let found: Vec<String> = sources().iter().flat_map(rule).collect();
    assert!(found.is_empty(), "\n{}\n", found.join("\n"));
}

#[test]
fn files_are_short_enough() {
    all(short_enough);
}

#[test]
fn nothing_is_left_for_later() {
    all(finished);
}

#[test]
fn sql_is_in_the_store() {
    all(sql_in_the_store_only);
}

#[test]
fn the_store_is_reached_by_the_api() {
    all(store_in_the_api_only);
    all(server_functions_in_the_api_only);
}

#[test]
fn the_clock_and_chance_stay_at_the_edges() {
    all(predictable);
    for (path, word, why) in UNPREDICTABLE {
        let known = sources().into_iter().find(|source| source.path == path);
        assert!(known.is_some_and(|source| source.text.contains(word)), "{path} needs no {word} ({why}) any more");
    }
}

#[test]
fn facts_are_matched_by_name() {
    all(every_fact_by_name);
    let sources = sources();
    assert!(EXHAUSTIVE.iter().all(|path| sources.iter().any(|source| source.path == *path)), "a file has moved");
}

#[test]
fn slices_keep_their_insides() {
    let slices = slices(&sources());
    assert!(slices.iter().any(|slice| slice == "board"), "{slices:?}");
    all(|source| slices_through_their_face(source, &slices));
}

/// Each rule finds what it is for.
mod the_rules_see {
    use super::*;

    fn file(path: &str, text: &str) -> Source {
        Source { path: path.into(), text: text.into() }
    }

    #[test]
    fn long_files() {
        assert!(short_enough(&file("app/src/a.rs", &"x\n".repeat(400))).is_empty());
        assert_eq!(short_enough(&file("app/src/a.rs", &"x\n".repeat(401))).len(), 1);
        assert_eq!(short_enough(&file("style/a.css", &"x\n".repeat(401))).len(), 1);
    }

    #[test]
    fn what_is_left_for_later() {
        for text in ["fn a() { todo!() }", "#[ignore]", "// TODO: more", "let x = dbg!(1);", "/* FIXME */"] {
            assert_eq!(finished(&file("server/src/a.rs", text)).len(), 1, "{text}");
        }
        assert_eq!(finished(&file("end2end/a.spec.ts", "test.only('x')")).len(), 1);
        assert!(finished(&file("server/src/a.rs", "// no todo!() here, METODO neither")).is_empty());
    }

    #[test]
    fn strangers_to_sql_and_the_store() {
        assert_eq!(sql_in_the_store_only(&file("server/src/a.rs", "use sqlx::Row;")).len(), 1);
        assert!(sql_in_the_store_only(&file("server/store/src/a.rs", "use sqlx::Row;")).is_empty());
        assert_eq!(store_in_the_api_only(&file("app/src/board/page.rs", "store::Store")).len(), 1);
        assert!(store_in_the_api_only(&file("app/src/board/page.rs", "restore::it() // store::Store")).is_empty());
        for path in ["app/src/board/api.rs", "app/src/auth/api/users.rs", "app/src/ctx.rs"] {
            assert!(store_in_the_api_only(&file(path, "store::Store")).is_empty(), "{path}");
        }
        assert_eq!(server_functions_in_the_api_only(&file("app/src/board/page.rs", "    #[server]")).len(), 1);
        assert!(server_functions_in_the_api_only(&file("app/src/board/api.rs", "#[server]")).is_empty());
    }

    #[test]
    fn the_clock_and_chance() {
        for text in ["SystemTime::now()", "jiff::Timestamp::now()", "Uuid::new_v4()", "rand::rng()"] {
            assert_eq!(predictable(&file("app/domain/src/a.rs", text)).len(), 1, "{text}");
            assert_eq!(predictable(&file("server/store/src/a.rs", text)).len(), 1, "{text}");
            assert_eq!(predictable(&file("server/formats/src/shops/a.rs", text)).len(), 1, "{text}");
            assert!(predictable(&file("server/src/a.rs", text)).is_empty());
        }
        assert!(predictable(&file("server/store/src/tx.rs", "Uuid::new_v4()")).is_empty());
        assert_eq!(predictable(&file("server/store/src/tx.rs", "Instant::now()")).len(), 1);
        assert!(predictable(&file("app/domain/src/a.rs", "operand::x")).is_empty());
    }

    #[test]
    fn facts_that_nobody_thought_of() {
        assert_eq!(every_fact_by_name(&file("app/domain/src/board/fold.rs", "    _ => {}")).len(), 1);
        assert!(every_fact_by_name(&file("app/domain/src/board/fold.rs", "Some(_) | None => {}")).is_empty());
    }

    #[test]
    fn the_insides_of_slices() {
        let slices = ["board".to_owned(), "deals".to_owned()];
        let found = |path: &str, text: &str| slices_through_their_face(&file(path, text), &slices).len();
        assert_eq!(found("app/src/deals/form.rs", "use crate::board::column::Column;"), 1);
        assert_eq!(found("app/src/routes.rs", "crate::board::column::Column"), 1);
        assert_eq!(found("app/src/deals/form.rs", "use crate::board::{Page, column::{Column, Head}};"), 2);
        assert_eq!(found("app/src/deals/form.rs", "use crate::{kit::icon::Icon, board::card::Card};"), 1);
        assert_eq!(found("app/src/kit/icon.rs", "use crate::deals::Drawer;"), 1);
        assert_eq!(found("app/src/board/page.rs", "use crate::board::column::Column;"), 0);
        assert_eq!(found("app/src/deals/form.rs", "use crate::board::{Page, open}; crate::board::Page::of()"), 0);
        assert_eq!(found("app/src/deals/form.rs", "use crate::kit::icon::Icon; // crate::board::card::Card"), 0);
    }
}
