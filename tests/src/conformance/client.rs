//! One ceremony through the client: a page's options, the authenticators that are there, the page's answer.

use rekey_authenticator::{Authenticator as _, AuthenticatorError, Nobody, UserVerification};
use rekey_webauthn::{Caller, CreateRequest, GetRequest};

use super::SoftwareAuthenticator;

/// `navigator.credentials.create()`: a `RegistrationResponseJSON`, or the exception that the page gets.
///
/// # Errors
/// The exception's name.
pub async fn create<'a>(
    authenticators: impl Iterator<Item = &'a mut SoftwareAuthenticator>,
    caller: &Caller,
    options: &str,
) -> Result<String, &'static str> {
    let request = CreateRequest::parse(caller, options).map_err(|error| error.dom_exception())?;
    let mut refused = AuthenticatorError::NotFound;
    for authenticator in authenticators {
        if !authenticator.suits(&request) {
            continue;
        }
        match authenticator.make_credential(&request, UserVerification::NotVerified, &Nobody).await {
            Ok(made) => return Ok(request.response(&made)),
            Err(error) => refused = error,
        }
        // "If any authenticator returns … InvalidStateError": at once, whatever the others would say.
        if matches!(refused, AuthenticatorError::Excluded) {
            break;
        }
    }
    Err(exception(&refused))
}

/// `navigator.credentials.get()`: an `AuthenticationResponseJSON`, or the exception that the page gets.
///
/// # Errors
/// The exception's name.
pub async fn get<'a>(
    authenticators: impl Iterator<Item = &'a mut SoftwareAuthenticator>,
    caller: &Caller,
    options: &str,
) -> Result<String, &'static str> {
    let request = GetRequest::parse(caller, options).map_err(|error| error.dom_exception())?;
    let mut refused = AuthenticatorError::NoCredential;
    for authenticator in authenticators {
        if authenticator.may_answer(&request, None).await == Some(false) {
            continue;
        }
        match authenticator.get_assertion(&request, None, UserVerification::NotVerified, &Nobody).await {
            Ok(made) => return Ok(request.response(&made)),
            Err(error) => refused = error,
        }
    }
    Err(exception(&refused))
}

/// Only an excluded credential may be told apart.
///
/// <https://www.w3.org/TR/webauthn-3/#sctn-make-credential-privacy>
fn exception(error: &AuthenticatorError) -> &'static str {
    match error {
        AuthenticatorError::Excluded => "InvalidStateError",
        _ => "NotAllowedError",
    }
}
