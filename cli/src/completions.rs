//! `droplets completions`: what a shell needs to complete commands and options.

use std::io::{self, Write};

use clap::CommandFactory;
use clap_complete::Shell as Kind;

use crate::args::{Args, Shell};
use crate::error::{Error, Exit};

/// Runs the command.
pub fn run(shell: Shell) -> Result<Exit, Error> {
    io::stdout().lock().write_all(&script(shell)).map_err(Error::Write)?;
    Ok(Exit::Done)
}

/// The whole script first: clap's writer panics where nobody reads on.
fn script(shell: Shell) -> Vec<u8> {
    let kind = match shell {
        Shell::Bash => Kind::Bash,
        Shell::Zsh => Kind::Zsh,
        Shell::Fish => Kind::Fish,
        Shell::Powershell => Kind::PowerShell,
    };
    let mut script = Vec::new();
    clap_complete::generate(kind, &mut Args::command(), "droplets", &mut script);
    script
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn every_shell_learns_the_commands() {
        for shell in [Shell::Bash, Shell::Zsh, Shell::Fish, Shell::Powershell] {
            let script = String::from_utf8(script(shell)).unwrap();
            for word in ["journey", "performance", "group-by"] {
                assert!(script.contains(word), "{shell:?}: {word}");
            }
        }
    }
}
