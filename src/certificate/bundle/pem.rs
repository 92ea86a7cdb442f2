//! PEM blocks (RFC 7468), lenient about line lengths, white space, headers and what stands around them.

const BEGIN: &[u8] = b"-----BEGIN ";
const END: &[u8] = b"-----END ";
const DASHES: &[u8] = b"-----";

/// What is in a block.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Certificate,
    /// A certificate followed by OpenSSL's trust settings.
    Trusted,
    SignedData,
}

/// A block that holds certificates.
#[derive(Debug)]
pub(super) struct Block<'a> {
    pub(super) kind: Kind,
    body: &'a [u8],
}

pub(super) fn starts_block(bytes: &[u8]) -> bool {
    find(bytes, BEGIN).is_some()
}

/// The blocks that hold certificates; others are passed over.
pub(super) fn blocks(bytes: &[u8]) -> impl Iterator<Item = Block<'_>> {
    let mut rest = bytes;
    std::iter::from_fn(move || {
        loop {
            let begin = find(rest, BEGIN)?;
            let label_start = rest.get(begin + BEGIN.len()..)?;
            let Some(label_end) = find(label_start, DASHES).filter(|end| *end <= 64) else {
                rest = label_start;
                continue;
            };
            let (label, body) = (
                label_start.get(..label_end)?,
                label_start.get(label_end + DASHES.len()..)?,
            );
            let end = find(body, END).unwrap_or(body.len());
            rest = body.get(end..).unwrap_or_default();
            if let Some(kind) = kind(label) {
                return Some(Block {
                    kind,
                    body: body.get(..end)?,
                });
            }
        }
    })
}

fn kind(label: &[u8]) -> Option<Kind> {
    match label {
        b"CERTIFICATE" | b"X509 CERTIFICATE" | b"X.509 CERTIFICATE" => Some(Kind::Certificate),
        b"TRUSTED CERTIFICATE" => Some(Kind::Trusted),
        b"PKCS7" | b"PKCS #7 SIGNED DATA" | b"CMS" => Some(Kind::SignedData),
        _ => None,
    }
}

impl Block<'_> {
    /// The bytes, or `None` if the base64 is broken. Header lines (with a colon) are passed over.
    pub(super) fn decode(&self) -> Option<Vec<u8>> {
        let lines = self
            .body
            .split(|byte| matches!(byte, b'\n' | b'\r'))
            .filter(|line| !line.contains(&b':'));
        let mut decoded = Vec::with_capacity(self.body.len() / 4 * 3);
        let mut bits = 0_u32;
        let mut digits = 0_u8;
        let mut padding = 0_u8;
        for byte in lines.flatten() {
            match digit(*byte) {
                _ if byte.is_ascii_whitespace() => {}
                None if *byte == b'=' => padding += u8::from(padding < 3),
                Some(digit) if padding == 0 => {
                    bits = (bits << 6) | u32::from(digit);
                    digits += 1;
                    if digits == 4 {
                        let [_, bytes @ ..] = bits.to_be_bytes();
                        decoded.extend_from_slice(&bytes);
                        (bits, digits) = (0, 0);
                    }
                }
                _ => return None,
            }
        }
        let [_, first, second, _] = (bits << (6 * (4 - u32::from(digits)))).to_be_bytes();
        match digits {
            0 => {}
            2 => decoded.push(first),
            3 => decoded.extend_from_slice(&[first, second]),
            _ => return None,
        }
        Some(decoded)
    }
}

fn digit(byte: u8) -> Option<u8> {
    Some(match byte {
        b'A'..=b'Z' => byte - b'A',
        b'a'..=b'z' => byte - b'a' + 26,
        b'0'..=b'9' => byte - b'0' + 52,
        b'+' => 62,
        b'/' => 63,
        _ => return None,
    })
}

fn find(bytes: &[u8], wanted: &[u8]) -> Option<usize> {
    let mut from = 0;
    // Only the few places where the first byte agrees are compared, so that long texts are passed over quickly.
    while let Some(offset) = bytes
        .get(from..)?
        .iter()
        .position(|byte| Some(byte) == wanted.first())
    {
        let start = from + offset;
        if bytes.get(start..)?.starts_with(wanted) {
            return Some(start);
        }
        from = start + 1;
    }
    None
}
