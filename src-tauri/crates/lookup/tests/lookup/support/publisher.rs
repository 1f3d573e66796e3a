use pgp::composed::{KeyType, MessageBuilder, SecretKeyParamsBuilder, SignedPublicKey, SignedSecretKey};
use pgp::crypto::hash::HashAlgorithm;
use pgp::ser::Serialize as _;
use pgp::types::{CompressionAlgorithm, Password, Timestamp};
use rand_08::SeedableRng as _;
use rand_08::rngs::StdRng;
use rekey_lookup::refresh::PublisherKey;

/// Somebody who signs lists.
pub(crate) struct Publisher {
    key: SignedSecretKey,
    rng: StdRng,
}

impl Publisher {
    pub(crate) fn new(seed: u64) -> Self {
        let mut rng = StdRng::seed_from_u64(seed);
        let params = SecretKeyParamsBuilder::default()
            .key_type(KeyType::Ed25519Legacy)
            .can_sign(true)
            .primary_user_id("Invented publisher <publisher@example.com>".to_owned())
            .build()
            .unwrap();
        Self { key: params.generate(&mut rng).unwrap(), rng }
    }

    /// The public key, as it is pinned.
    pub(crate) fn public(&self) -> PublisherKey {
        PublisherKey::read(&SignedPublicKey::from(self.key.clone()).to_bytes().unwrap()).unwrap()
    }

    /// What `gpg --sign` makes: a compressed message that holds the content and its signature.
    pub(crate) fn sign(&mut self, content: impl AsRef<[u8]>) -> Vec<u8> {
        self.sign_often(content, 1)
    }

    /// The same with two signatures.
    pub(crate) fn sign_twice(&mut self, content: impl AsRef<[u8]>) -> Vec<u8> {
        self.sign_often(content, 2)
    }

    fn sign_often(&mut self, content: impl AsRef<[u8]>, signatures: usize) -> Vec<u8> {
        let mut builder = MessageBuilder::from_bytes("supported.json", content.as_ref().to_vec());
        builder.compression(CompressionAlgorithm::ZIP);
        for _ in 0..signatures {
            builder.sign(&self.key.primary_key, Password::empty(), HashAlgorithm::Sha512);
        }
        builder.to_vec(&mut self.rng).unwrap()
    }

    /// The same, as signed at another time (seconds since 1970).
    pub(crate) fn sign_at(&mut self, content: impl AsRef<[u8]>, seconds: u32) -> Vec<u8> {
        use pgp::composed::SubpacketConfig;
        use pgp::packet::{Subpacket, SubpacketData};
        use pgp::types::KeyDetails as _;
        let hashed = [
            SubpacketData::SignatureCreationTime(Timestamp::from_secs(seconds)),
            SubpacketData::IssuerFingerprint(self.key.fingerprint()),
        ];
        let hashed = hashed.into_iter().map(|data| Subpacket::regular(data).unwrap()).collect();
        let subpackets = SubpacketConfig::UserDefined { hashed, unhashed: Vec::new() };
        let mut builder = MessageBuilder::from_bytes("supported.json", content.as_ref().to_vec());
        builder.sign_with_subpackets(&self.key.primary_key, Password::empty(), HashAlgorithm::Sha512, subpackets);
        builder.to_vec(&mut self.rng).unwrap()
    }
}
