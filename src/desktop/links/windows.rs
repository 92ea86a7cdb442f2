//! Windows: the user's branch of the registry.

use std::path::Path;

use super::{LinksError, Standing, plain, said};

const TOOL: &str = "reg";
const SCHEME: &str = r"HKCU\Software\Classes\kartal";
const COMMAND: &str = r"HKCU\Software\Classes\kartal\shell\open\command";

#[expect(clippy::unnecessary_wraps, reason = "other systems can fail here")]
pub(super) fn standing(program: &Path) -> Result<Standing, LinksError> {
    // A key that is not there is a failure of the program.
    let Ok(there) = said(TOOL, &["query", COMMAND, "/ve"]) else {
        return Ok(Standing::Nobody);
    };
    let is_ours = command(program).is_ok_and(|ours| there.contains(&ours));
    Ok(if is_ours { Standing::Ours } else { Standing::Others })
}

pub(super) fn take_over(program: &Path) -> Result<(), LinksError> {
    let command = command(program)?;
    for arguments in [
        &["add", SCHEME, "/ve", "/d", "URL:Kartal", "/f"][..],
        &["add", SCHEME, "/v", "URL Protocol", "/d", "", "/f"],
        &["add", COMMAND, "/ve", "/d", &command, "/f"],
    ] {
        said(TOOL, arguments)?;
    }
    Ok(())
}

fn command(program: &Path) -> Result<String, LinksError> {
    Ok(format!(r#""{}" "%1""#, plain(program)?))
}
