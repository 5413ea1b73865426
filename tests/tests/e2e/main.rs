//! The whole way: the template deployed on a local AWS, real binaries, and what their users see.
//!
//!     cargo test --package droplets-tests                   all of them; `make build` first
//!     cargo test --package droplets-tests -- shop           those with "shop" in their names
//!
//! Most tests share one stack, so they use sessions and days of their own and run side by side. What no stack can show
//! (the emulator does not check it, or it is a property of the binaries) is tested on the files.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod attack;
mod bad_input;
mod chaos;
mod command_line;
mod dead_letters;
mod exactly_once;
mod faults;
mod files;
mod large_batches;
mod mending;
mod notifications;
mod partial_failure;
mod raw_objects;
mod rejected;
mod reports;
mod rights;
mod rules;
mod settings;
mod shop;
mod soak;

use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};
use std::sync::OnceLock;

use droplets_tests::shell::command;
use droplets_tests::stack::needed;
use droplets_tests::{Stack, StackOptions, clean_up, root, scratch};
use libtest_mimic::{Arguments, Trial};

/// Tests mostly wait for the stack, so more of them run at a time than there are processors.
const AT_ONCE: usize = 6;

static SHARED: OnceLock<Stack> = OnceLock::new();

/// The stack most tests share, deployed for the first that asks for it.
fn shared() -> &'static Stack {
    SHARED.get_or_init(|| Stack::start(&StackOptions::named("droplets")))
}

/// The command line as `make build` leaves it, as the functions are what it left: what is tested is what is released.
/// In its environment is the stack, and nothing that leads elsewhere.
fn droplets_command(stack: &Stack, arguments: &[&str]) -> Command {
    let mut command = command(needed("target/release/droplets"), arguments);
    command.env_clear().envs(stack.environment());
    command
}

/// Names tests by module and function.
macro_rules! tests {
    ($($module:ident::$test:ident,)*) => {
        vec![$(Trial::test(concat!(stringify!($module), "::", stringify!($test)), || {
            $module::$test();
            Ok(())
        })),*]
    };
}

/// Says when something was changed since the functions were built: `cargo test` does not build them anew.
fn note_stale_functions() {
    let changed = |path: &Path| path.metadata().and_then(|file| file.modified()).ok();
    let built = changed(&root().join(".aws-sam/build/Ingest/bootstrap"));
    let mut directories: Vec<PathBuf> = ["functions", "shared/src"].map(|name| root().join(name)).into();
    while let Some(directory) = directories.pop() {
        for file in std::fs::read_dir(directory).into_iter().flatten().flatten() {
            if file.path().is_dir() {
                directories.push(file.path());
            } else if built.is_some() && changed(&file.path()) > built {
                eprintln!("note: {} is newer than the functions; `make build` builds them", file.path().display());
                return;
            }
        }
    }
}

fn main() -> ExitCode {
    let mut arguments = Arguments::from_args();
    arguments.test_threads.get_or_insert(AT_ONCE);
    if !arguments.list {
        note_stale_functions();
    }

    // The longest first.
    let tests = tests![
        chaos::under_faults_of_all_kinds_every_event_is_read_once_or_rejected,
        exactly_once::every_event_comes_back_exactly_once_and_in_order,
        partial_failure::only_what_was_not_stored_is_tried_again,
        dead_letters::what_cannot_be_stored_five_times_waits_and_can_be_sent_again,
        rights::no_function_can_do_anothers_job,
        faults::aws_is_slow_leaves_writes_unprocessed_and_is_not_overrun,
        rules::rules_are_a_document_in_the_bucket_and_fail_closed,
        attack::a_zip_bomb_takes_neither_index_nor_query_down,
        attack::a_session_cannot_leave_its_prefix_or_read_anothers_blocks,
        bad_input::every_message_is_stored_as_sent_or_rejected_for_a_reason,
        settings::an_object_for_each_session_and_tokens_for_personal_ids,
        mending::what_the_index_lacks_or_has_too_much_is_mended,
        mending::rejected_messages_are_sent_again_without_doubles,
        reports::an_independent_reading_comes_to_the_same_answers,
        reports::the_documentation_shows_real_answers,
        reports::the_function_url_answers_who_signs,
        reports::a_large_result_is_a_link,
        reports::the_command_line_is_for_people,
        reports::html_reports_work_in_a_browser,
        reports::tail_prints_each_new_event_once,
        shop::real_traffic_is_stored_whole_and_without_the_people_in_it,
        exactly_once::a_duplicate_on_each_side_of_a_page_boundary_is_left_out,
        rejected::bad_messages_are_kept_with_their_reason_and_good_ones_arrive,
        rejected::a_hostile_array_is_kept_whole,
        notifications::a_broken_member_does_not_hide_the_others_and_a_lasting_fault_is_handed_over,
        notifications::the_same_notification_twice_changes_nothing,
        notifications::a_test_event_and_keys_outside_raw_are_passed_over,
        notifications::a_key_with_space_and_plus_is_found,
        notifications::a_plain_file_of_several_sessions_and_hours_can_be_asked_about,
        notifications::an_object_that_is_gone_is_no_error,
        notifications::more_entries_than_a_page_of_the_index_holds_are_all_found,
        raw_objects::an_object_is_a_member_for_each_session_under_a_name_made_of_its_bytes,
        raw_objects::what_is_no_ones_business_is_kept_to_the_byte,
        raw_objects::every_common_reader_reads_objects_in_full,
        attack::a_cursor_that_was_changed_or_is_anothers_is_refused,
        attack::what_is_asked_reaches_no_other_table_bucket_or_key,
        attack::a_request_that_is_too_long_is_refused,
        bad_input::lines_that_are_no_events_hide_none_that_are,
        command_line::query_prints_tables_json_and_lines_and_refuses_nonsense,
        command_line::exit_codes_tell_what_went_wrong,
        large_batches::a_thousand_messages_are_stored,
        large_batches::five_and_a_half_megabytes_are_stored,
        files::the_functions_link_no_second_http_stack_and_no_slow_crypto,
        files::the_functions_run_on_amazon_linux_2023,
        files::the_functions_zips_are_small,
        files::the_failure_table_names_tests_that_exist,
        files::the_template_and_the_schema_say_what_they_should,
    ];
    // By name only, with `--ignored`: it takes ten minutes.
    let mut tests = tests;
    tests.extend(
        tests![soak::load_leaves_memory_flat_and_the_queue_empty,].into_iter().map(|test| test.with_ignored_flag(true)),
    );
    let outcome = libtest_mimic::run(&arguments, tests);

    if let Some(stack) = SHARED.get() {
        stack.stop();
    }
    reports::stop();
    if outcome.has_failed() {
        eprintln!("the logs are kept in {}", scratch().display());
    } else {
        clean_up();
    }
    outcome.exit_code()
}
