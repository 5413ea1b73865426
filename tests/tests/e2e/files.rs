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
