//! Checks, English.

use super::{CheckWords, Text};
use crate::explain::checks::CheckKind as C;

pub(super) fn check(kind: C) -> CheckWords {
    let (what, why, failed) = match kind {
        C::AddressFits => (
            "The {rp-id} belongs to the page’s address",
            "Otherwise one site could ask for the passkeys of another.",
            "The address of the page and the name of the site do not go together.",
        ),
        C::SecurePage => (
            "The page came by https, or from this computer",
            "Otherwise somebody on the way could have written it.",
            "The page came by a way on which others could have changed it.",
        ),
        C::PersonAsked => (
            "It is you: fingerprint, face or PIN",
            "Your device compares them. All that the site gets is yes or no.",
            "Your device says that it did not make sure who was there.",
        ),
        C::KeptApart => (
            "The passkey is one of this site’s",
            "A provider keeps the passkeys of each site apart and gives out no others.",
            "The passkey belongs to another site.",
        ),
        C::Waiting => (
            "The site was waiting for this answer",
            "Each question is good once, for five minutes, and only in the browser that asked.",
            "The question was no longer waiting: it was answered before, it was too old, or it was for something else.",
        ),
        C::Eligible => (
            "The account may have a new passkey now",
            "It takes a sign-in that was confirmed just before, so that nobody adds one at a computer that was left alone.",
            "The account could have no new passkey now: a rule of the site forbids it, or it was not confirmed just \
             before that it is you.",
        ),
        C::Allowed => (
            "The {credential} is one of those named",
            "Only where the site asked for particular ones.",
            "The site had named the passkeys that may answer, and this one is not among them.",
        ),
        C::Known => (
            "The passkey belongs to an account here",
            "Account and passkey must go together, so that nobody signs in as somebody else.",
            "No account here has this passkey. It may have been removed.",
        ),
        C::Readable => (
            "The answer can be read",
            "What is built differently than the standard says is not even looked at.",
            "The answer is not built as the standard says.",
        ),
        C::Type => (
            "It answers this kind of question",
            "Making a passkey and using one must not be mixed up.",
            "The answer belongs to another kind of question.",
        ),
        C::Challenge => (
            "The {challenge} is the one that was sent",
            "So nobody can use an answer that they overheard earlier.",
            "The answer is for another question than the one that this site asked.",
        ),
        C::Origin => (
            "The {origin} is this site’s",
            "Here a forged site is found out, even one that looks the same.",
            "The answer was made on a page at another address.",
        ),
        C::CrossOrigin => (
            "The page was not inside another site’s page",
            "Another site could lay something over it and make you press the wrong thing.",
            "The page was shown inside a page of another site.",
        ),
        C::RpIdHash => (
            "The {hash} of the {rp-id} is this site’s",
            "So the passkey is for this site.",
            "The passkey is for another site.",
        ),
        C::UserPresent => (
            "Somebody was there: {up}",
            "No program should use a passkey behind your back.",
            "Nobody agreed at the device.",
        ),
        C::UserVerified => (
            "It was you: {uv}",
            "A passkey stands for the password and the second step together, so the device has to know you.",
            "Your device did not make sure that it was you, and this site asks for that.",
        ),
        C::BackupConsistent => (
            "{be} and {bs} go together",
            "A passkey that must not be copied cannot have a copy.",
            "The answer says that there is a copy of a passkey that cannot be copied.",
        ),
        C::BackupUnchanged => (
            "{be} is as it was when the passkey was made",
            "This never changes. If it did, another key may be at work.",
            "Whether this passkey can be copied was settled when it was made, and now the answer says otherwise.",
        ),
        C::Algorithm => (
            "The key’s {algorithm} was on offer",
            "The site must be able to check what the key will sign.",
            "The key is of a kind that the site did not offer.",
        ),
        C::Attestation => (
            "The {attestation} is in order",
            "Where the site asked for none, it has to be empty; otherwise it has to be genuine.",
            "What came along as proof of the model is not in order.",
        ),
        C::IdLength => (
            "The {credential-id} is not too long",
            "At most 1023 {byte|bytes}, so that nobody fills up the site.",
            "The number of the passkey is longer than the standard allows.",
        ),
        C::NewToSite => (
            "No account here has this passkey yet",
            "Otherwise somebody could pass your passkey off as theirs.",
            "The site has this passkey already.",
        ),
        C::Signature => (
            "The {signature} fits the {public-key}",
            "Only the {private-key} can have made it, and only for this very data.",
            "The proof does not fit: the answer was changed on the way, or another key made it.",
        ),
        C::Counter => (
            "The {sign-count} has gone up",
            "If it has not, a second copy of the key may be in use somewhere.",
            "The passkey’s own count of its uses has not gone up. There may be a second copy that nobody should have.",
        ),
        C::SiteRule => (
            "The site’s own rules",
            "A site may refuse what the standard would allow.",
            "The answer itself was in order. A rule of this site’s own does not allow it here.",
        ),
    };
    CheckWords { what: Text(what), why: Text(why), failed: Text(failed) }
}
