//! Files that are no files of passkeys, or ask for too much.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test program")]

use rekey_authenticator::transfer::{self, Openers, TransferError, TransferLock};
use zeroize::Zeroizing;

#[test]
fn other_files_are_refused_within_bounds() {
    let check = |bytes: &[u8], expect: TransferError| {
        let started = std::time::Instant::now();
        let opened = transfer::open(Zeroizing::new(bytes.to_vec()), &Openers::default());
        let refused = opened.and_then(|bytes| transfer::read(&bytes)).unwrap_err();
        transfer::lock(bytes);
        assert_eq!(refused, expect, "{:?}", String::from_utf8_lossy(&bytes[..bytes.len().min(60)]));
        // A second or two without optimisation; the machine may have other things to do.
        assert!(started.elapsed().as_secs() < 120, "{:?}", started.elapsed());
    };
    check(b"", TransferError::Unknown);
    check(b"\xff\xfe", TransferError::Unknown);
    check(b"[]", TransferError::Unknown);
    check(b"{", TransferError::Damaged);
    check(b"{}", TransferError::Unknown);
    check(br#"{"encrypted":true,"items":[]}"#, TransferError::ForAnother);
    check(br#"{"encrypted":true,"passwordProtected":true,"data":"2.x"}"#, TransferError::ForAnother);
    check(br#"{"accounts":5}"#, TransferError::Damaged);
    check(br#"{"items":{}}"#, TransferError::Damaged);
    check(&vec![b' '; transfer::LARGEST + 1], TransferError::TooLarge);
    let deep = |open: &str| format!("{{\"items\":{}", open.repeat((4 << 20) / open.len()));
    check(deep("[").as_bytes(), TransferError::Damaged);
    check(deep("{\"a\":").as_bytes(), TransferError::Damaged);
    check(format!("{{\"items\":[{}0]}}", "0,".repeat(200_000)).as_bytes(), TransferError::Damaged);
    check(format!("{{\"items\":[{}0]}}", "0,".repeat(20_000)).as_bytes(), TransferError::TooLarge);
    // Files of age's: only the beginning, a header without an end, one with all too many lines, too much work.
    check(b"age-encryption.org/v1\n", TransferError::Damaged);
    check(&[&b"age-encryption.org/v1\n"[..], &b"-> a\n\n".repeat(2_000_000)].concat(), TransferError::Damaged);
    check(b"-----BEGIN AGE ENCRYPTED FILE-----\n****\n-----END AGE ENCRYPTED FILE-----\n", TransferError::Damaged);
    let costly =
        b"age-encryption.org/v1\n-> scrypt AAAAAAAAAAAAAAAAAAAAAA 24\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\n\
        --- AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\n0123456789abcdef0123456789abcdef";
    let with = Openers { passphrase: Some("word".into()), identities: None };
    assert_eq!(transfer::lock(costly), TransferLock::Passphrase);
    assert_eq!(transfer::open(Zeroizing::new(costly.to_vec()), &with).unwrap_err(), TransferError::TooCostly);
}
