//! Words that would be split by their case.

/// The words, and how they are written so that they are not split.
const UNSPLIT_WORDS: [(&str, &str); 35] = [
    ("OAuth", "Oauth"),
    ("oAuth", "Oauth"),
    ("QoS", "Qos"),
    ("IoT", "Iot"),
    ("SaaS", "Saas"),
    ("PaaS", "Paas"),
    ("IaaS", "Iaas"),
    ("DDoS", "Ddos"),
    ("VoIP", "Voip"),
    ("VoLTE", "Volte"),
    ("DevOps", "Devops"),
    ("NoSQL", "Nosql"),
    ("PostgreSQL", "Postgresql"),
    ("MongoDB", "Mongodb"),
    ("DynamoDB", "Dynamodb"),
    ("CosmosDB", "Cosmosdb"),
    ("YouTube", "Youtube"),
    ("LinkedIn", "Linkedin"),
    ("WhatsApp", "Whatsapp"),
    ("TikTok", "Tiktok"),
    ("JavaScript", "Javascript"),
    ("TypeScript", "Typescript"),
    ("WebSocket", "Websocket"),
    ("WebAuthn", "Webauthn"),
    ("I/O", "Io"),
    ("OpenID", "Openid"),
    ("GraphQL", "Graphql"),
    ("GitHub", "Github"),
    ("GitLab", "Gitlab"),
    ("IPv4", "Ipv4"),
    ("IPv6", "Ipv6"),
    ("MySQL", "Mysql"),
    ("PayPal", "Paypal"),
    ("iOS", "Ios"),
    ("macOS", "Macos"),
];

/// The characters of each of these words.
const UNSPLIT_CHARACTERS: [u128; UNSPLIT_WORDS.len()] = {
    let mut sets = [0; UNSPLIT_WORDS.len()];
    let mut index = 0;
    while index < sets.len() {
        sets[index] = characters_of(UNSPLIT_WORDS[index].0);
        index += 1;
    }
    sets
};

/// Returns the set of the characters of an ASCII text, as bits.
const fn characters_of(text: &str) -> u128 {
    let bytes = text.as_bytes();
    let (mut set, mut index) = (0, 0);
    while index < bytes.len() {
        set |= 1 << (bytes[index] & 0x7f);
        index += 1;
    }
    set
}

/// Writes words that would be split by their case as one word.
pub(super) fn marked(mut text: String) -> String {
    let mut characters = characters_of(&text);
    for ((word, whole), characters_of_word) in UNSPLIT_WORDS.iter().zip(UNSPLIT_CHARACTERS) {
        // Few names have all characters of the word, so few are searched.
        if characters_of_word & !characters == 0 && text.contains(word) {
            text = text.replace(word, whole);
            characters |= characters_of(whole);
        }
    }
    text
}
