//! The kinds of TPM object that are made here. A public area is never kept: it is rebuilt from what the file says, so
//! that the TPM refuses a key whose record was changed (its private part is sealed together with the public area).

use sha2::{Digest as _, Sha256};
use tss_esapi::Error;
use tss_esapi::attributes::ObjectAttributesBuilder;
use tss_esapi::interface_types::algorithm::{HashingAlgorithm, PublicAlgorithm};
use tss_esapi::interface_types::ecc::EccCurve;
use tss_esapi::structures::{
    Digest, EccParameter, EccPoint, EccScheme, HashScheme, KeyDerivationFunctionScheme, KeyedHashScheme, Public,
    PublicBuilder, PublicEccParametersBuilder, PublicKeyedHashParameters, SymmetricDefinitionObject,
};

/// TPM_CC_PolicySecret.
const POLICY_SECRET: u32 = 0x0000_0151;

/// The storage key that the owner hierarchy's seed yields: the TCG's default template for ECC P-256, whose unique field
/// is zeros.
///
/// "TCG EK Credential Profile" and "TCG TPM v2.0 Provisioning Guidance", section 7.5.1.
pub(super) fn storage_key() -> Result<Public, Error> {
    let attributes = ObjectAttributesBuilder::new()
        .with_fixed_tpm(true)
        .with_fixed_parent(true)
        .with_sensitive_data_origin(true)
        .with_user_with_auth(true)
        .with_no_da(true)
        .with_restricted(true)
        .with_decrypt(true)
        .build()?;
    let parameters = PublicEccParametersBuilder::new_restricted_decryption_key(
        SymmetricDefinitionObject::AES_128_CFB,
        EccCurve::NistP256,
    );
    PublicBuilder::new()
        .with_public_algorithm(PublicAlgorithm::Ecc)
        .with_name_hashing_algorithm(HashingAlgorithm::Sha256)
        .with_object_attributes(attributes)
        .with_ecc_parameters(parameters.build()?)
        .with_ecc_unique_identifier(point(&[0; 32], &[0; 32])?)
        .build()
}

/// Whether a key can be the parent of the others and keep a session's salt: a storage key of this TPM.
pub(super) fn is_storage_key(public: &Public) -> bool {
    let attributes = public.object_attributes();
    let asymmetric = matches!(public, Public::Ecc { .. } | Public::Rsa { .. });
    asymmetric
        && attributes.restricted()
        && attributes.decrypt()
        && attributes.fixed_tpm()
        && public.name_hashing_algorithm() == HashingAlgorithm::Sha256
}

/// The PIN: a sealed object that holds nothing of worth and whose authorisation value is made of the PIN. `noDA` is
/// clear, so that the TPM counts wrong PINs and locks.
pub(super) fn pin(unique: &[u8]) -> Result<Public, Error> {
    let attributes = ObjectAttributesBuilder::new()
        .with_fixed_tpm(true)
        .with_fixed_parent(true)
        .with_user_with_auth(true)
        .build()?;
    PublicBuilder::new()
        .with_public_algorithm(PublicAlgorithm::KeyedHash)
        .with_name_hashing_algorithm(HashingAlgorithm::Sha256)
        .with_object_attributes(attributes)
        .with_keyed_hash_parameters(PublicKeyedHashParameters::new(KeyedHashScheme::Null))
        .with_keyed_hash_unique_identifier(Digest::try_from(unique)?)
        .build()
}

/// A passkey's key: ECDSA on P-256 with SHA-256, never outside this TPM in the clear. `userWithAuth` is clear: only
/// `policy` allows its use, and nothing allows a change of its authorisation.
pub(super) fn signing_key(policy: &[u8; 32], x: &[u8], y: &[u8]) -> Result<Public, Error> {
    let attributes = ObjectAttributesBuilder::new()
        .with_fixed_tpm(true)
        .with_fixed_parent(true)
        .with_sensitive_data_origin(true)
        .with_admin_with_policy(true)
        .with_sign_encrypt(true)
        .build()?;
    let parameters = PublicEccParametersBuilder::new_unrestricted_signing_key(
        EccScheme::EcDsa(HashScheme::new(HashingAlgorithm::Sha256)),
        EccCurve::NistP256,
    )
    .with_key_derivation_function_scheme(KeyDerivationFunctionScheme::Null);
    PublicBuilder::new()
        .with_public_algorithm(PublicAlgorithm::Ecc)
        .with_name_hashing_algorithm(HashingAlgorithm::Sha256)
        .with_object_attributes(attributes)
        .with_auth_policy(Digest::try_from(policy.as_slice())?)
        .with_ecc_parameters(parameters.build()?)
        .with_ecc_unique_identifier(point(x, y)?)
        .build()
}

/// The policy "the authorisation of the object `name` was proved in this session, for `reference`".
///
/// TPM 2.0 Library, part 3, `TPM2_PolicySecret`, and part 1, "PolicyUpdate".
pub(super) fn secret_policy(name: &[u8], reference: &[u8; 32]) -> [u8; 32] {
    let start = [0; 32];
    let step = Sha256::new_with_prefix(start).chain_update(POLICY_SECRET.to_be_bytes()).chain_update(name).finalize();
    Sha256::new_with_prefix(step).chain_update(reference).finalize().into()
}

fn point(x: &[u8], y: &[u8]) -> Result<EccPoint, Error> {
    Ok(EccPoint::new(EccParameter::try_from(x)?, EccParameter::try_from(y)?))
}
