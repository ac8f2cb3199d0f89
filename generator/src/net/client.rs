//! The network of a document: what is fetched, and what is not.

use std::cell::Cell;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use std::time::Duration;

use ureq::config::Config;
use ureq::http::{HeaderValue, Response, Uri, header::LOCATION};
use ureq::unversioned::resolver::{DefaultResolver, ResolvedSocketAddrs, Resolver};
use ureq::unversioned::transport::{DefaultConnector, NextTimeout};
use url::Url;

use super::Fetched;

/// How many bytes all texts of a document may have together.
const MAX_BYTES: u64 = 128 << 20;

/// How often one URL may lead to another.
const MAX_REDIRECTS: usize = 5;

/// How long one request may take, from the first byte asked to the last one given.
const TIME: Duration = Duration::from_secs(60);

/// The network as one document may use it: never plain http from https, never a private network but for the machine that the
/// document itself was asked from, and no more than 128 MiB in all.
#[derive(Debug)]
pub struct Net {
    /// The machine that the user named, as host and port, if the document is from the network.
    home: Option<(String, Option<u16>)>,
    /// How many bytes there still may be.
    left: Cell<u64>,
}

impl Net {
    /// For a document that the user asks for from a URL, or from elsewhere.
    pub fn new(document: Option<&str>) -> Self {
        let home = document.and_then(|url| Url::parse(url).ok());
        Self {
            home: home.as_ref().and_then(machine),
            left: Cell::new(MAX_BYTES),
        }
    }

    /// Fetches a text.
    ///
    /// # Errors
    ///
    /// In words that go on after "but": the server cannot be reached, has no such text, or must not be asked.
    pub fn fetch(&self, url: &str) -> Result<Fetched, String> {
        let mut url = Url::parse(url).map_err(|error| format!("it is no URL: {error}"))?;
        url.set_fragment(None);
        if let Some(refusal) = self.refusal(&url, None) {
            return Err(refusal);
        }
        let config = ureq::Agent::config_builder()
            .timeout_global(Some(TIME))
            .http_status_as_error(false)
            .max_redirects(0)
            .user_agent(concat!("sdkwright/", env!("CARGO_PKG_VERSION")))
            .accept("application/yaml, application/json, text/yaml, */*;q=0.5")
            .build();
        let home = self.home.clone();
        let agent = ureq::Agent::with_parts(config, DefaultConnector::default(), Names { home });
        for _ in 0..=MAX_REDIRECTS {
            let response = agent.get(url.as_str()).call().map_err(|error| error.to_string())?;
            let status = response.status();
            if status.is_redirection() {
                url = self.next(&url, response.headers().get(LOCATION))?;
            } else if status.is_success() {
                let bytes = self.body(response)?;
                let url = url.into();
                return Ok(Fetched { url, bytes });
            } else {
                return Err(format!("the server answers with {status}"));
            }
        }
        Err(format!("it leads on more than {MAX_REDIRECTS} times"))
    }

    fn next(&self, url: &Url, location: Option<&HeaderValue>) -> Result<Url, String> {
        let location = location.and_then(|location| location.to_str().ok());
        let location = location.ok_or("the server leads on without saying where to")?;
        let next = url
            .join(location)
            .map_err(|error| format!("it leads to no URL: {error}"))?;
        match self.refusal(&next, Some(url)) {
            Some(refusal) => Err(refusal),
            None => Ok(next),
        }
    }

    fn body(&self, mut response: Response<ureq::Body>) -> Result<Vec<u8>, String> {
        let body = response.body_mut().with_config().limit(self.left.get());
        let bytes = body.read_to_vec().map_err(|error| match error {
            ureq::Error::BodyExceedsLimit(_) => {
                format!("the texts of this document are longer than {} MiB", MAX_BYTES >> 20)
            }
            other => other.to_string(),
        })?;
        self.left.set(self.left.get().saturating_sub(bytes.len() as u64));
        Ok(bytes)
    }

    /// Why a URL is not asked, if it is not.
    fn refusal(&self, url: &Url, from: Option<&Url>) -> Option<String> {
        if !matches!(url.scheme(), "http" | "https") {
            return Some(format!("`{}` is neither http nor https", url.scheme()));
        }
        if from.is_some_and(|from| from.scheme() == "https" && url.scheme() == "http") {
            return Some(format!("it leads from https to plain http at `{url}`"));
        }
        let there = machine(url);
        if there.is_some() && there == self.home {
            return None;
        }
        // A name that cannot be resolved here may be one that a proxy knows.
        let addresses = url.socket_addrs(|| None).unwrap_or_default();
        let private = addresses.iter().any(|address| is_private(address.ip()));
        private.then(|| format!("`{}` is in a private network", url.host_str().unwrap_or_default()))
    }
}

/// How names become addresses: those that were looked at are those that are connected to, so that a name cannot be of the public
/// network when it is checked and of a private one a moment later.
#[derive(Debug)]
struct Names {
    home: Option<(String, Option<u16>)>,
}

impl Resolver for Names {
    fn resolve(&self, uri: &Uri, config: &Config, left: NextTimeout) -> Result<ResolvedSocketAddrs, ureq::Error> {
        let addresses = DefaultResolver::default().resolve(uri, config, left)?;
        let is_home = Url::parse(&uri.to_string()).is_ok_and(|url| self.home.is_some() && machine(&url) == self.home);
        // Which proxy there is was said by the user.
        let is_proxy = config.proxy().is_some_and(|proxy| uri.host() == Some(proxy.host()));
        let private = addresses.iter().any(|address| is_private(address.ip()));
        if private && !is_home && !is_proxy {
            let host = uri.host().unwrap_or_default();
            return Err(ureq::Error::Other(format!("`{host}` is in a private network").into()));
        }
        Ok(addresses)
    }
}

fn machine(url: &Url) -> Option<(String, Option<u16>)> {
    Some((url.host_str()?.to_owned(), url.port_or_known_default()))
}

/// Whether an address is not one of the public network.
fn is_private(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => is_private_v4(address),
        IpAddr::V6(address) => is_private_v6(address),
    }
}

fn is_private_v4(address: Ipv4Addr) -> bool {
    let [first, second, ..] = address.octets();
    let shared = first == 100 && (64..128).contains(&second);
    first == 0
        || shared
        || address.is_private()
        || address.is_loopback()
        || address.is_link_local()
        || address.is_broadcast()
        || address.is_multicast()
}

fn is_private_v6(address: Ipv6Addr) -> bool {
    // The same IPv4 address can be written as IPv6, also for a translator to the IPv4 network.
    let translated = match address.segments() {
        [0x64, 0xff9b, 0, 0, 0, 0, high, low] => Some(Ipv4Addr::from((u32::from(high) << 16) | u32::from(low))),
        _ => address.to_ipv4(),
    };
    translated.is_some_and(is_private_v4)
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

    use super::{DefaultConnector, Names, Net, is_private};
    use url::Url;

    #[test]
    fn private_addresses_are_known_in_every_writing() {
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
    fn a_document_leads_only_where_it_may() {
        let url = |text: &str| Url::parse(text).expect("a URL");
        let net = Net::new(Some("http://127.0.0.1:8080/openapi.yaml"));
        assert_eq!(net.refusal(&url("http://127.0.0.1:8080/models.yaml"), None), None);
        assert!(net.refusal(&url("http://127.0.0.1:9090/models.yaml"), None).is_some());
        assert!(net.refusal(&url("http://[::1]:8080/models.yaml"), None).is_some());
        assert!(Net::new(None).refusal(&url("http://10.0.0.1/"), None).is_some());
        let public = (url("https://1.1.1.1/a"), url("http://1.1.1.1/b"));
        assert!(net.refusal(&public.1, Some(&public.0)).is_some());
        assert_eq!(net.refusal(&public.0, Some(&public.1)), None);
        assert!(net.refusal(&url("file:///etc/hosts"), None).is_some());
    }

    #[test]
    fn a_name_is_checked_where_it_is_connected_to() {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let port = listener.local_addr().expect("an address").port();
        let config = ureq::Agent::config_builder().proxy(None).build();
        let agent = ureq::Agent::with_parts(config, DefaultConnector::default(), Names { home: None });
        let refused = agent
            .get(format!("http://localhost:{port}/"))
            .call()
            .expect_err("private");
        assert!(refused.to_string().contains("private network"), "{refused}");
    }

    #[test]
    fn a_text_that_is_too_long_is_not_read_to_its_end() {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let url = format!("http://{}/", listener.local_addr().expect("an address"));
        let server = std::thread::spawn(move || {
            let (mut stream, _) = listener.accept().expect("a request");
            let _ = stream.read(&mut [0; 4096]).expect("a request");
            let answer = "HTTP/1.1 200 OK\r\nContent-Length: 11\r\nConnection: close\r\n\r\nhello there";
            stream.write_all(answer.as_bytes()).expect("an answer");
        });
        let net = Net {
            left: Cell::new(10),
            ..Net::new(Some(&url))
        };
        let refused = net.fetch(&url).expect_err("too long");
        assert!(refused.contains("longer than"), "{refused}");
        server.join().expect("the server");
    }
}
