//! `thutuc fmt`

use clap::ArgMatches;

use super::Exit;
use crate::error::Error;
use crate::lang::Lang;

pub(super) fn run(_matches: &ArgMatches, _lang: Lang) -> Result<Exit, Error> {
    Ok(Exit::Good)
}
