//! KeePass 2's and KeePassXC's XML export: the document of a KDBX file, not encrypted.

use crate::Import;
use crate::ReadError;
use crate::format::{Evidence, Lock, Reader, Source};
use crate::formats::Input;
use crate::formats::kdbx::foreign;

pub(crate) static SOURCE: Source = Source {
    name: "keepass-xml",
    product: "KeePass, KeePassXC, KeeWeb",
    kind: "XML",
    evidence: Evidence::Program("KeePassXC"),
    reader: Reader::Own { recognises: |sample| sample.is_xml("KeePassFile"), lock: |_| Lock::Open, read },
};

fn read(input: &Input<'_>) -> Result<Import, ReadError> {
    let mut import = Import::new(input.format);
    foreign::read_document(input.bytes(), input.limits, &mut import)?;
    Ok(import)
}
