//! What no local stack can show: properties of the binaries and of the template.

use std::collections::BTreeSet;

use droplets_tests::shell::{command, finish, succeed};
use droplets_tests::stack::needed;
use droplets_tests::{root, scratch};

const FUNCTIONS: [&str; 3] = ["Ingest", "Index", "Query"];
/// Amazon Linux 2023 has this glibc.
const GLIBC: (u32, u32) = (2, 34);
/// 3.5 MB.
const ZIP_BYTES: u64 = 3_500_000;

pub fn the_functions_link_no_second_http_stack_and_no_slow_crypto() {
    let mut tree = command(env!("CARGO"), ["tree", "--offline", "--locked", "--edges", "normal", "--prefix", "none"]);
    tree.args(["--format", "{p}", "--package", "ingest", "--package", "index", "--package", "query"]);
    let output = succeed(tree.current_dir(root()), b"", 60);
    let packages: BTreeSet<String> = String::from_utf8_lossy(&output)
        .lines()
        .filter_map(|line| {
            let mut words = line.split_whitespace();
            Some(format!("{} {}", words.next()?, words.next()?))
        })
        .collect();
    assert!(packages.iter().any(|package| package.starts_with("ring ")), "the tree is read right");
    assert!(packages.iter().any(|package| package.starts_with("hyper v1.")), "the tree is read right");
    let unwanted = |package: &&String| {
        let starts = |name: &str| package.starts_with(name);
        starts("aws-lc")
            || starts("hyper v0.")
            || starts("rustls v0.21")
            || starts("aws-config ")
            || starts("aws-sdk-sso")
    };
    let found: Vec<&String> = packages.iter().filter(unwanted).collect();
    assert!(found.is_empty(), "{found:?}");
}

pub fn the_functions_run_on_amazon_linux_2023() {
    for function in FUNCTIONS {
        let bytes = bootstrap(function);
        let symbols = glibc_versions(&bytes);
        let highest = symbols.last().unwrap_or_else(|| panic!("{function} links glibc"));
        assert!(*highest <= GLIBC, "{function} needs glibc {}.{}", highest.0, highest.1);
    }
}

pub fn the_functions_zips_are_small() {
    let python = needed(".tools/sam/bin/python");
    for function in FUNCTIONS {
        // With the zlib `sam package` uses: others differ by more than what is left.
        let zip = scratch().join(format!("{function}.zip"));
        let binary = needed(&format!(".aws-sam/build/{function}/bootstrap"));
        let mut pack = command(&python, ["-m", "zipfile", "-c"]);
        let output = succeed(pack.arg(&zip).arg(binary), b"", 60);
        assert!(output.is_empty());
        let bytes = std::fs::metadata(&zip).expect("the zip was made").len();
        println!("{function}: {bytes} bytes zipped");
        assert!(bytes <= ZIP_BYTES, "{function}: {bytes} bytes zipped, {ZIP_BYTES} are allowed");
    }
}

/// Each row of the README's table of failures names its test, and the test is there.
pub fn the_failure_table_names_tests_that_exist() {
    let readme = std::fs::read_to_string(root().join("README.md")).expect("the README is there");
    let table = readme.split("\n## What goes wrong").nth(1).and_then(|rest| rest.split("\n## ").next());
    let rows = table.expect("the README says what goes wrong").lines().filter(|line| line.starts_with("| ")).skip(1);
    let tests = all_functions();
    let mut count = 0;
    for row in rows {
        let name = row.trim_end_matches([' ', '|']).rsplit('|').next().unwrap_or_default().trim().trim_matches('`');
        let name = name.rsplit("::").next().unwrap_or_default();
        assert!(tests.contains(name), "no test is called {name}: {row}");
        count += 1;
    }
    assert!(count > 12, "{count} rows");
}

/// The names of all functions of tests, in Rust and Python.
fn all_functions() -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    let mut directories: Vec<_> = ["tests", "functions", "shared", "cli"].map(|name| root().join(name)).into();
    while let Some(directory) = directories.pop() {
        for path in std::fs::read_dir(directory).into_iter().flatten().flatten().map(|entry| entry.path()) {
            if path.is_dir() {
                directories.push(path);
                continue;
            }
            let source = std::fs::read_to_string(&path).unwrap_or_default();
            let named =
                source.split(['\n', ' ']).filter_map(|word| word.split_once('(').map(|(name, _)| name.to_owned()));
            names.extend(named);
        }
    }
    names
}

fn bootstrap(function: &str) -> Vec<u8> {
    std::fs::read(needed(&format!(".aws-sam/build/{function}/bootstrap"))).expect("the function can be read")
}

/// The versions of glibc's symbols that a binary asks for: `GLIBC_2.17` and such in its string table.
fn glibc_versions(bytes: &[u8]) -> BTreeSet<(u32, u32)> {
    let tag = b"GLIBC_";
    let at = |position: usize| {
        let rest = &bytes[position + tag.len()..];
        let text: String =
            rest.iter().take(12).map(|b| char::from(*b)).take_while(|c| c.is_ascii_digit() || *c == '.').collect();
        let mut numbers = text.split('.').map(str::parse);
        Some((numbers.next()?.ok()?, numbers.next()?.ok()?))
    };
    memchr::memmem::find_iter(bytes, tag).filter_map(at).collect()
}

pub fn the_template_and_the_schema_say_what_they_should() {
    let python = needed(".tools/sam/bin/python");
    let mut tests = command(python, ["-B", "-m", "unittest", "test_template", "test_rules_schema"]);
    let output = finish(tests.current_dir(root().join("tests/template")), b"", 120);
    assert!(output.status.success(), "\n{}", String::from_utf8_lossy(&output.stderr));
}
