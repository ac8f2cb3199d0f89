//! The HTTP client that loads documents, and the rules for what it may fetch.

use std::cell::Cell;
use std::io::Read as _;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, ToSocketAddrs as _};
use std::time::Duration;

use ureq::config::Config;
use ureq::http::{HeaderValue, Response, Uri, header::LOCATION};
use ureq::unversioned::resolver::{DefaultResolver, ResolvedSocketAddrs, Resolver};
use ureq::unversioned::transport::{DefaultConnector, NextTimeout};

use super::Fetched;
use crate::wire::url;

/// The maximum total size of the files of a document, decompressed.
const MAX_BYTES: u64 = 128 << 20;

/// The maximum number of redirects.
const MAX_REDIRECTS: usize = 5;

/// The timeout of one request.
const REQUEST_TIMEOUT: Duration = Duration::from_secs(60);

/// The HTTP client of one document. It never follows a redirect from https to http, connects to private networks only for the
/// host that the document itself was loaded from, and loads at most 128 MiB in total.
#[derive(Debug)]
pub struct Net {
    /// The host and port of the document, if it is remote.
    origin: Option<(String, u16)>,
    /// The remaining bytes.
    budget: Cell<u64>,
}

impl Net {
    /// Creates a client for a document; `document` is its URL if it is remote.
    pub fn new(document: Option<&str>) -> Self {
        let origin = document.and_then(|document| url::parse(document).ok());
        Self {
            origin: origin.as_ref().and_then(host_and_port),
            budget: Cell::new(MAX_BYTES),
        }
    }

    /// Fetches a file.
    ///
    /// # Errors
    ///
    /// Returns the reason as a clause, such as "the server responded with 404 Not Found".
    pub fn fetch(&self, document: &str) -> Result<Fetched, String> {
        let mut url = url::parse(document).map_err(|error| format!("the URL is invalid: {error}"))?;
        if let Some(refusal) = self.refusal(&url, None) {
            return Err(refusal);
        }
        let config = ureq::Agent::config_builder()
            .timeout_global(Some(REQUEST_TIMEOUT))
            .http_status_as_error(false)
            .max_redirects(0)
            .user_agent(concat!("sdkwright/", env!("CARGO_PKG_VERSION")))
            .accept("application/yaml, application/json, text/yaml, */*;q=0.5")
            .build();
        let origin = self.origin.clone();
        let agent = ureq::Agent::with_parts(config, DefaultConnector::default(), CheckedResolver { origin });
        for _ in 0..=MAX_REDIRECTS {
            let response = agent.get(&url).call().map_err(|error| error.to_string())?;
            let status = response.status();
            if status.is_redirection() {
                url = self.redirect_target(&url, response.headers().get(LOCATION))?;
            } else if status.is_success() {
                let bytes = self.body(response)?;
                let url = url.to_string();
                return Ok(Fetched { url, bytes });
            } else {
                return Err(format!("the server responded with {status}"));
            }
        }
        Err(format!("there were more than {MAX_REDIRECTS} redirects"))
    }

    fn redirect_target(&self, from: &Uri, location: Option<&HeaderValue>) -> Result<Uri, String> {
        let location = location.and_then(|location| location.to_str().ok());
        let location = location.ok_or("the redirect has no `Location`")?;
        let invalid = |error| format!("the redirect has an invalid `Location`: {error}");
        let next = url::join(&from.to_string(), location).map_err(invalid)?;
        if let Some((scheme, _)) = next.split_once(':').filter(|_| !url::is_url(&next)) {
            return Err(format!("the scheme `{scheme}` is not supported"));
        }
        let next = url::parse(&next).map_err(invalid)?;
        match self.refusal(&next, Some(from)) {
            Some(refusal) => Err(refusal),
            None => Ok(next),
        }
    }

    fn body(&self, mut response: Response<ureq::Body>) -> Result<Vec<u8>, String> {
        let budget = self.budget.get();
        let mut bytes = Vec::new();
        // The limit of ureq would count compressed bytes.
        let mut body = response.body_mut().as_reader().take(budget + 1);
        body.read_to_end(&mut bytes).map_err(|error| error.to_string())?;
        let rest = budget.checked_sub(bytes.len() as u64);
        let too_large = || format!("the files of the document are larger than {} MiB", MAX_BYTES >> 20);
        self.budget.set(rest.ok_or_else(too_large)?);
        Ok(bytes)
    }

    /// Returns why a URL must not be fetched, if so.
    fn refusal(&self, url: &Uri, from: Option<&Uri>) -> Option<String> {
        if from.is_some_and(|from| from.scheme_str() == Some("https") && url.scheme_str() == Some("http")) {
            let url = url.to_string();
            return Some(format!("an https URL redirects to `{}`", url::without_secrets(&url)));
        }
        let Some((host, port)) = host_and_port(url) else {
            return Some("the URL has no host".to_owned());
        };
        if self.origin.as_ref() == Some(&(host.clone(), port)) {
            return None;
        }
        // A name that cannot be resolved here may be known to a proxy.
        let mut addresses = (host.trim_matches(['[', ']']), port)
            .to_socket_addrs()
            .into_iter()
            .flatten();
        addresses
            .any(|address| is_private(address.ip()))
            .then(|| format!("`{host}` is in a private network"))
    }
}

/// A DNS resolver that rejects private addresses. The checked addresses are the ones that are connected to, so that a name
/// cannot resolve to a public address for the check and to a private one for the connection.
#[derive(Debug)]
struct CheckedResolver {
    origin: Option<(String, u16)>,
}

impl Resolver for CheckedResolver {
    fn resolve(&self, uri: &Uri, config: &Config, left: NextTimeout) -> Result<ResolvedSocketAddrs, ureq::Error> {
        let addresses = DefaultResolver::default().resolve(uri, config, left)?;
        let is_home = self.origin.is_some() && host_and_port(uri) == self.origin;
        // The user configured the proxy.
        let is_proxy = config.proxy().is_some_and(|proxy| uri.host() == Some(proxy.host()));
        let private = addresses.iter().any(|address| is_private(address.ip()));
        if private && !is_home && !is_proxy {
            let host = uri.host().unwrap_or_default();
            return Err(ureq::Error::Other(format!("`{host}` is in a private network").into()));
        }
        Ok(addresses)
    }
}

fn host_and_port(uri: &Uri) -> Option<(String, u16)> {
    Some((url::host(uri)?, url::port(uri)?))
}

/// Returns whether an address is outside the public internet.
fn is_private(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => is_private_v4(address),
        IpAddr::V6(address) => is_private_v6(address),
    }
}

fn is_private_v4(address: Ipv4Addr) -> bool {
    let [first, second, third, _] = address.octets();
    let shared = first == 100 && (64..128).contains(&second);
    let benchmarking = first == 198 && (18..20).contains(&second);
    let protocols = (first, second, third) == (192, 0, 0);
    first == 0
        || first >= 240
        || shared
        || benchmarking
        || protocols
        || address.is_private()
        || address.is_loopback()
        || address.is_link_local()
        || address.is_broadcast()
        || address.is_multicast()
}

fn is_private_v6(address: Ipv6Addr) -> bool {
    // An IPv6 address may embed an IPv4 address, also for NAT64.
    let translated = match address.segments() {
        [0x64, 0xff9b, 0, 0, 0, 0, high, low] => Some(Ipv4Addr::from((u32::from(high) << 16) | u32::from(low))),
        _ => address.to_ipv4(),
    };
    let first = address.segments()[0];
    // Addresses of 6to4 and of Teredo contain IPv4 addresses; site-local addresses are a deprecated private range.
    let tunnel = first == 0x2002 || address.segments()[..2] == [0x2001, 0];
    let site_local = first & 0xffc0 == 0xfec0;
    let local_translation = address.segments()[..3] == [0x64, 0xff9b, 1];
    tunnel
        || site_local
        || local_translation
        || translated.is_some_and(is_private_v4)
        || address.is_loopback()
        || address.is_unspecified()
        || address.is_unique_local()
        || address.is_unicast_link_local()
        || address.is_multicast()
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;
    use std::io::{Read as _, Write as _};
    use std::net::TcpListener;

    use super::{CheckedResolver, DefaultConnector, Net, is_private, url};

    #[test]
    fn private_addresses_are_recognized_in_all_notations() {
        for private in [
            "127.0.0.1",
            "10.1.2.3",
            "172.16.0.1",
            "192.168.1.1",
            "169.254.169.254",
            "100.64.0.1",
            "0.0.0.0",
            "255.255.255.255",
            "224.0.0.1",
            "::1",
            "::",
            "fd00::1",
            "fe80::1",
            "::ffff:127.0.0.1",
            "64:ff9b::7f00:1",
            "198.18.0.1",
            "198.19.255.255",
            "240.0.0.1",
            "192.0.0.8",
            "fec0::1",
            "2002:7f00:1::1",
            "2001:0:1::1",
        ] {
            assert!(is_private(private.parse().expect("an address")), "{private}");
        }
        for public in [
            "1.1.1.1",
            "100.128.0.1",
            "172.32.0.1",
            "2606:4700::1111",
            "64:ff9b::101:101",
        ] {
            assert!(!is_private(public.parse().expect("an address")), "{public}");
        }
    }

    #[test]
    fn forbidden_urls_are_refused() {
        let url = |text: &str| url::parse(text).expect("a URL");
        let net = Net::new(Some("http://127.0.0.1:8080/openapi.yaml"));
        assert_eq!(net.refusal(&url("http://127.0.0.1:8080/models.yaml"), None), None);
        assert!(net.refusal(&url("http://127.0.0.1:9090/models.yaml"), None).is_some());
        assert!(net.refusal(&url("http://[::1]:8080/models.yaml"), None).is_some());
        assert!(Net::new(None).refusal(&url("http://10.0.0.1/"), None).is_some());
        let public = (url("https://1.1.1.1/a"), url("http://1.1.1.1/b"));
        assert!(net.refusal(&public.1, Some(&public.0)).is_some());
        assert_eq!(net.refusal(&public.0, Some(&public.1)), None);
        assert!(url::parse("file:///etc/hosts").is_err());
    }

    #[test]
    fn connections_to_private_addresses_are_refused() {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let port = listener.local_addr().expect("an address").port();
        let config = ureq::Agent::config_builder().proxy(None).build();
        let agent = ureq::Agent::with_parts(config, DefaultConnector::default(), CheckedResolver { origin: None });
        let refused = agent
            .get(format!("http://localhost:{port}/"))
            .call()
            .expect_err("private");
        assert!(refused.to_string().contains("private network"), "{refused}");
    }

    /// Fetches a body with a budget, from a server that sends it with a header.
    fn fetch_with_budget(budget: u64, header: &str, body: &[u8]) -> Result<Vec<u8>, String> {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let url = format!("http://{}/", listener.local_addr().expect("an address"));
        let head = format!(
            "HTTP/1.1 200 OK\r\nContent-Length: {}\r\n{header}Connection: close\r\n\r\n",
            body.len()
        );
        let response = [head.as_bytes(), body].concat();
        let server = std::thread::spawn(move || {
            let (mut stream, _) = listener.accept().expect("a request");
            let _ = stream.read(&mut [0; 4096]).expect("a request");
            stream.write_all(&response).expect("a response");
        });
        let net = Net {
            budget: Cell::new(budget),
            ..Net::new(Some(&url))
        };
        let fetched = net.fetch(&url).map(|fetched| fetched.bytes);
        server.join().expect("the server");
        fetched
    }

    #[test]
    fn large_bodies_are_refused() {
        let refused = fetch_with_budget(10, "", b"hello there").expect_err("too long");
        assert!(refused.contains("larger than"), "{refused}");
        assert_eq!(
            fetch_with_budget(11, "", b"hello there").as_deref(),
            Ok(&b"hello there"[..])
        );
    }

    #[test]
    fn the_limit_counts_decompressed_bytes() {
        // 1,000 spaces.
        let body =
            b"\x1f\x8b\x08\0\0\0\0\0\x02\x03\x53\x50\x18\x05\xa3\x60\x14\x0c\x77\0\0\x82\xe3\x93\xcd\xe8\x03\0\0";
        let header = "Content-Encoding: gzip\r\n";
        let refused = fetch_with_budget(999, header, body).expect_err("too long");
        assert!(refused.contains("larger than"), "{refused}");
        assert_eq!(fetch_with_budget(1_000, header, body), Ok(vec![b' '; 1_000]));
    }
}
