//! Key files: <https://keepass.info/help/base/keys.html#keyfiles>.

use base64::Engine as _;
use quick_xml::Reader;
use quick_xml::events::Event;
use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

use crate::KeyFileError;

/// A file this large is some other file used as a key; its hash is the key, it is never XML.
const LARGEST_XML: usize = 64 * 1024;

/// The 32 bytes that a key file contributes to the composite key.
///
/// In KeePass's order: XML (version 1 or 2), exactly 32 bytes, exactly 64 hexadecimal digits, the hash of anything else.
pub(crate) fn key(bytes: &[u8]) -> Result<Zeroizing<[u8; 32]>, KeyFileError> {
    if bytes.len() <= LARGEST_XML
        && let Ok(text) = str::from_utf8(&crate::container::text::utf8(bytes))
        && let Some(key) = xml_key(text)?
    {
        return Ok(key);
    }
    Ok(plain_key(bytes))
}

/// The 32 bytes that a key file contributes where XML is unknown, as it is to KeePass 1: exactly 32 bytes, exactly 64
/// hexadecimal digits, the hash of anything else.
pub(crate) fn plain_key(bytes: &[u8]) -> Zeroizing<[u8; 32]> {
    if let Ok(raw) = <[u8; 32]>::try_from(bytes) {
        return Zeroizing::new(raw);
    }
    if bytes.len() == 64
        && let Some(key) = hex(bytes)
    {
        return key;
    }
    Zeroizing::new(Sha256::digest(bytes).into())
}

fn hex(digits: &[u8]) -> Option<Zeroizing<[u8; 32]>> {
    let mut key = Zeroizing::new([0u8; 32]);
    let (pairs, rest) = digits.as_chunks::<2>();
    if pairs.len() != key.len() || !rest.is_empty() {
        return None;
    }
    for (byte, [high, low]) in key.iter_mut().zip(pairs) {
        let high = char::from(*high).to_digit(16)?;
        let low = char::from(*low).to_digit(16)?;
        *byte = u8::try_from(high * 16 + low).ok()?;
    }
    Some(key)
}

#[derive(Default)]
struct Xml {
    version: String,
    data: Zeroizing<String>,
    checksum: Option<String>,
}

/// `None` where the text is not XML with the root element `KeyFile`: then it is just some file.
fn xml_key(text: &str) -> Result<Option<Zeroizing<[u8; 32]>>, KeyFileError> {
    let mut reader = Reader::from_str(text);
    let mut path: Vec<String> = Vec::new();
    let mut is_key_file = false;
    let mut xml = Xml::default();
    loop {
        let event = match reader.read_event() {
            Ok(event) => event,
            Err(_) if is_key_file => return Err(KeyFileError::Xml),
            Err(_) => return Ok(None),
        };
        match event {
            Event::Start(start) => {
                let name = start.name().as_ref().to_owned();
                if path.is_empty() {
                    if name != "KeyFile" {
                        return Ok(None);
                    }
                    is_key_file = true;
                }
                path.push(name);
                if path.iter().map(String::as_str).eq(["KeyFile", "Key", "Data"])
                    && let Ok(Some(attribute)) = start.try_get_attribute("Hash")
                {
                    xml.checksum = Some(attribute.value.into_owned());
                }
            }
            Event::End(_) => {
                path.pop();
            }
            Event::Text(part) => match path.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
                ["KeyFile", "Meta", "Version"] => xml.version.push_str(part.trim()),
                ["KeyFile", "Key", "Data"] => xml.data.push_str(&part),
                _ => {}
            },
            Event::DocType(_) if is_key_file => return Err(KeyFileError::Xml),
            Event::Eof if is_key_file && path.is_empty() => return xml.key().map(Some),
            Event::Eof if is_key_file => return Err(KeyFileError::Xml),
            Event::Eof => return Ok(None),
            _ => {}
        }
    }
}

impl Xml {
    fn key(&self) -> Result<Zeroizing<[u8; 32]>, KeyFileError> {
        let compact: Zeroizing<String> = Zeroizing::new(self.data.split_whitespace().collect());
        match self.version.split('.').next() {
            Some("1") => {
                let bytes = crate::formats::kdbx::BASE64.decode(compact.as_bytes()).map(Zeroizing::new);
                let bytes = bytes.map_err(|_| KeyFileError::Key)?;
                Ok(Zeroizing::new(bytes.as_slice().try_into().map_err(|_| KeyFileError::Key)?))
            }
            Some("2") => {
                let key = hex(compact.as_bytes()).ok_or(KeyFileError::Key)?;
                // The first four bytes of the key's hash, there to catch typing errors on paper copies.
                let digest = Sha256::digest(key.as_slice());
                let expect: String = digest.iter().take(4).map(|byte| format!("{byte:02X}")).collect();
                match &self.checksum {
                    Some(checksum) if !checksum.trim().eq_ignore_ascii_case(&expect) => Err(KeyFileError::Checksum),
                    _ => Ok(key),
                }
            }
            _ => Err(KeyFileError::Version),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEX: &str = "000102030405060708090A0B0C0D0E0F101112131415161718191A1B1C1D1E1F";

    fn check(bytes: &[u8], expect: Result<[u8; 32], KeyFileError>) {
        assert_eq!(key(bytes).map(|key| *key), expect, "{}", String::from_utf8_lossy(bytes));
    }

    fn counting() -> [u8; 32] {
        std::array::from_fn(|i| u8::try_from(i).unwrap())
    }

    fn xml(version: &str, data: &str) -> Vec<u8> {
        format!(
            "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<KeyFile><Meta><Version>{version}</Version></Meta>\
             <Key>{data}</Key></KeyFile>"
        )
        .into_bytes()
    }

    #[test]
    fn each_kind() {
        check(&counting(), Ok(counting()));
        check(HEX.as_bytes(), Ok(counting()));
        check(HEX.to_lowercase().as_bytes(), Ok(counting()));
        check(b"", Ok(Sha256::digest(b"").into()));
        check(b"any other file", Ok(Sha256::digest(b"any other file").into()));
        check(b"<svg/>", Ok(Sha256::digest(b"<svg/>").into()));
        let not_hex = HEX.replace('A', "G");
        check(not_hex.as_bytes(), Ok(Sha256::digest(not_hex.as_bytes()).into()));
        check(&xml("1.00", "<Data>AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=</Data>"), Ok(counting()));
        let spaced = "<Data Hash=\"630DCD29\">\n 00010203 04050607 08090A0B 0C0D0E0F\n 10111213 14151617 18191A1B 1C1D1E1F\n</Data>";
        check(&xml("2.0", spaced), Ok(counting()));
    }

    #[test]
    fn the_same_xml_in_other_bytes() {
        let data = "<Data>\n\tAAECAwQFBgcI CQoLDA0ODxAR\n\tEhMUFRYXGBkaGxwdHh8=\n</Data>";
        let one = String::from_utf8(xml(" 1.00\n", data)).unwrap();
        check(one.as_bytes(), Ok(counting()));
        check(one.replace('\n', "\r\n").as_bytes(), Ok(counting()));
        check(format!("\u{feff}{one}").as_bytes(), Ok(counting()));
        check(
            one.replace("<KeyFile>", "<KeyFile xmlns:xsd=\"http://www.w3.org/2001/XMLSchema\">").as_bytes(),
            Ok(counting()),
        );
        check(one.split_once('\n').unwrap().1.as_bytes(), Ok(counting()));
        let utf_16 = one.encode_utf16().flat_map(u16::to_le_bytes);
        check(&[0xff, 0xfe].into_iter().chain(utf_16).collect::<Vec<_>>(), Ok(counting()));
        let two = xml("2.0", &format!("<Data Hash='630dcd29'>{}</Data>", HEX.to_lowercase()));
        check(&two, Ok(counting()));
    }

    #[test]
    fn what_is_nearly_raw_or_hexadecimal_is_hashed() {
        let hashed = |bytes: &[u8]| check(bytes, Ok(Sha256::digest(bytes).into()));
        hashed(&counting()[1..]);
        hashed(format!("{HEX}\n").as_bytes());
        hashed(format!("\u{feff}{HEX}").as_bytes());
        hashed(format!("0x{}", &HEX[2..]).as_bytes());
        hashed(format!("+{}", &HEX[1..]).as_bytes());
        hashed(&[0xff; 64]);
        hashed(b"<?xml version=\"1.0\"?><keyfile/>");
    }

    #[test]
    fn keepass_1_knows_no_xml() {
        let file = xml("1.00", "<Data>AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=</Data>");
        let check = |bytes: &[u8], expect: [u8; 32]| assert_eq!(*plain_key(bytes), expect);
        check(&file, Sha256::digest(&file).into());
        check(HEX.as_bytes(), counting());
        check(&counting(), counting());
    }

    #[test]
    fn a_broken_key_file_is_told_apart_from_a_wrong_one() {
        check(&xml("2.0", &format!("<Data Hash=\"00000000\">{HEX}</Data>")), Err(KeyFileError::Checksum));
        check(&xml("2.0", "<Data>00</Data>"), Err(KeyFileError::Key));
        check(&xml("1.00", "<Data>AAEC</Data>"), Err(KeyFileError::Key));
        check(&xml("1.00", "<Data>*</Data>"), Err(KeyFileError::Key));
        check(&xml("3.0", &format!("<Data>{HEX}</Data>")), Err(KeyFileError::Version));
        check(b"<KeyFile><Meta>", Err(KeyFileError::Xml));
        check(b"<KeyFile></Key>", Err(KeyFileError::Xml));
    }
}
