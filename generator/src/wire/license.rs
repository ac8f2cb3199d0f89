//! The license of the package.
//!
//! In: `info.license`. Out: an SPDX expression, or `None` if the license has no SPDX name.

use super::License;

/// Common names and URLs of licenses, reduced to lower-case letters and digits, and their SPDX identifiers.
const KNOWN: &[(&str, &str)] = &[
    ("mit", "MIT"),
    ("mitlicense", "MIT"),
    ("themitlicense", "MIT"),
    ("themitlicensemit", "MIT"),
    ("mitlicence", "MIT"),
    ("opensourceorglicensesmit", "MIT"),
    ("opensourceorglicensesmitlicensephp", "MIT"),
    ("apache20", "Apache-2.0"),
    ("apache2", "Apache-2.0"),
    ("apachev2", "Apache-2.0"),
    ("apachev20", "Apache-2.0"),
    ("apache2license", "Apache-2.0"),
    ("apache20license", "Apache-2.0"),
    ("apachelicense2", "Apache-2.0"),
    ("apachelicense20", "Apache-2.0"),
    ("apachelicensev2", "Apache-2.0"),
    ("apachelicensev20", "Apache-2.0"),
    ("apachelicenseversion2", "Apache-2.0"),
    ("apachelicenseversion20", "Apache-2.0"),
    ("theapachelicenseversion20", "Apache-2.0"),
    ("apacheorglicenseslicense20", "Apache-2.0"),
    ("apacheorglicenseslicense20html", "Apache-2.0"),
    ("apacheorglicenseslicense20txt", "Apache-2.0"),
    ("bsd2clause", "BSD-2-Clause"),
    ("bsd3clause", "BSD-3-Clause"),
    ("isc", "ISC"),
    ("isclicense", "ISC"),
    ("mpl20", "MPL-2.0"),
    ("mozillapubliclicense20", "MPL-2.0"),
    ("cc010", "CC0-1.0"),
    ("ccby40", "CC-BY-4.0"),
    ("unlicense", "Unlicense"),
    ("theunlicense", "Unlicense"),
];

impl License {
    /// Returns the SPDX expression of the license: its identifier, or the known identifier of its name or URL.
    pub fn expression(&self) -> Option<String> {
        let own = self
            .identifier
            .as_deref()
            .map(str::trim)
            .filter(|text| spdx::Expression::parse(text).is_ok());
        let known = || {
            let texts = [&self.name, &self.url];
            texts.into_iter().flatten().find_map(|text| known(text))
        };
        own.or_else(known).map(str::to_owned)
    }
}

fn known(text: &str) -> Option<&'static str> {
    let text = text.trim().to_ascii_lowercase();
    let address = text.split_once("://").map_or(&*text, |(_, address)| address);
    let address = address.strip_prefix("www.").unwrap_or(address);
    let plain: String = address.chars().filter(char::is_ascii_alphanumeric).collect();
    KNOWN.iter().find(|(name, _)| *name == plain).map(|(_, id)| *id)
}

#[cfg(test)]
mod tests {
    use crate::wire::License;

    #[test]
    fn known_licenses_have_their_spdx_identifier() {
        for (name, identifier, url, expected) in [
            ("Apache 2.0", None, None, Some("Apache-2.0")),
            (
                "",
                None,
                Some("https://www.apache.org/licenses/LICENSE-2.0.html"),
                Some("Apache-2.0"),
            ),
            ("The MIT License (MIT)", None, None, Some("MIT")),
            (
                "Custom",
                Some("MIT OR (Apache-2.0 AND BSD-3-Clause)"),
                None,
                Some("MIT OR (Apache-2.0 AND BSD-3-Clause)"),
            ),
            ("MIT", Some("see \"LICENSE\""), None, Some("MIT")),
            // Cargo rejects names that SPDX does not define.
            ("Custom", Some("Proprietary"), None, None),
            (
                "Proprietary",
                Some("all rights reserved"),
                Some("https://example.com/terms"),
                None,
            ),
            ("", Some(""), None, None),
        ] {
            let license = License {
                name: Some(name.to_owned()),
                identifier: identifier.map(str::to_owned),
                url: url.map(str::to_owned),
            };
            assert_eq!(license.expression().as_deref(), expected, "{name}");
        }
    }
}
