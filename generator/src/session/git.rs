//! Documents in a git revision, such as `HEAD~1:openapi.yaml`.

use std::process::Command;

use crate::bundle::Loader;

/// Files of a git revision. Their paths start with the revision, as in `HEAD~1:./openapi.yaml`, so references between them stay in it.
pub(super) struct Revision;

impl Loader for Revision {
    fn load(&self, path: &str) -> Result<Vec<u8>, String> {
        show(path)
    }
}

/// Returns the git object of an argument such as `HEAD~1:openapi.yaml`. Its path is relative to the current folder, unless it starts
/// with a slash, which is the root of the repository. Returns `None` if the argument has another form.
pub(super) fn object(argument: &str) -> Option<String> {
    let (revision, path) = argument.split_once(':')?;
    // `C:\openapi.yaml` and `https://…` are not revisions.
    if revision.is_empty() || path.is_empty() || path.starts_with("//") || path.starts_with('\\') {
        return None;
    }
    Some(match path.strip_prefix('/') {
        Some(path) => format!("{revision}:{path}"),
        None if path.starts_with('.') => format!("{revision}:{path}"),
        None => format!("{revision}:./{path}"),
    })
}

/// Returns the text of a file of a git revision, or the reason why git cannot read it. Returns `None` if the argument has another form.
pub fn read(argument: &str) -> Option<Result<String, String>> {
    let object = object(argument)?;
    Some(show(&object).map(|bytes| String::from_utf8_lossy(&bytes).into_owned()))
}

/// Returns the bytes of an object, or the reason why git cannot read it.
pub(super) fn show(object: &str) -> Result<Vec<u8>, String> {
    let output = Command::new("git").args(["show", "--end-of-options", object]).output();
    let output = output.map_err(|error| error.to_string())?;
    if output.status.success() {
        Ok(output.stdout)
    } else {
        Err(String::from_utf8_lossy(&output.stderr).trim().to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::object;

    #[test]
    fn revisions_are_distinguished_from_files_and_urls() {
        assert_eq!(object("HEAD~1:openapi.yaml").as_deref(), Some("HEAD~1:./openapi.yaml"));
        assert_eq!(object("v1:../openapi.yaml").as_deref(), Some("v1:../openapi.yaml"));
        assert_eq!(object("v1:/api/openapi.yaml").as_deref(), Some("v1:api/openapi.yaml"));
        for other in [
            "openapi.yaml",
            "https://example.com/openapi.yaml",
            r"C:\openapi.yaml",
            ":x",
            "x:",
        ] {
            assert_eq!(object(other), None, "{other}");
        }
    }
}
