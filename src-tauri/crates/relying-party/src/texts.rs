//! The site's words, in English and in Spanish. A text missing in one language does not compile.

use serde::{Deserialize, Serialize};

/// The languages of the site.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Language {
    English,
    Spanish,
}

impl Language {
    /// The language that a browser likes best among those offered to everybody.
    pub(crate) fn accepted(header: &str) -> Self {
        match texts_for(header).language {
            "es" => Self::Spanish,
            _ => Self::English,
        }
    }

    pub(crate) fn texts(self) -> &'static Texts {
        match self {
            Self::English => &ENGLISH,
            Self::Spanish => &SPANISH,
        }
    }
}

/// Every text of the site in one language.
pub(crate) struct Texts {
    pub(crate) language: &'static str,
    pub(crate) home_title: &'static str,
    pub(crate) home_intro: &'static str,
    pub(crate) home_ways: &'static str,
    pub(crate) way_one_page: &'static str,
    pub(crate) way_two_step: &'static str,
    pub(crate) way_late: &'static str,
    pub(crate) sign_in: &'static str,
    pub(crate) welcome_back: &'static str,
    pub(crate) user_name: &'static str,
    pub(crate) password: &'static str,
    pub(crate) remember: &'static str,
    pub(crate) next: &'static str,
    pub(crate) not_you: &'static str,
    pub(crate) hello: &'static str,
    pub(crate) or: &'static str,
    pub(crate) passkey_sign_in: &'static str,
    pub(crate) loading: &'static str,
    pub(crate) script_needed: &'static str,
    pub(crate) wrong_password: &'static str,
    pub(crate) locked: &'static str,
    pub(crate) start_again: &'static str,
    pub(crate) code_title: &'static str,
    pub(crate) code_intro: &'static str,
    pub(crate) code: &'static str,
    pub(crate) verify: &'static str,
    pub(crate) wrong_code: &'static str,
    pub(crate) email_title: &'static str,
    pub(crate) email_intro: &'static str,
    pub(crate) human_title: &'static str,
    pub(crate) human_intro: &'static str,
    pub(crate) human_answer: &'static str,
    pub(crate) human_picture: &'static str,
    pub(crate) wrong_picture: &'static str,
    pub(crate) second_passkey_title: &'static str,
    pub(crate) second_passkey_intro: &'static str,
    pub(crate) use_passkey: &'static str,
    pub(crate) use_code: &'static str,
    pub(crate) account_title: &'static str,
    pub(crate) signed_in_as: &'static str,
    pub(crate) passkeys: &'static str,
    pub(crate) passkeys_intro: &'static str,
    pub(crate) no_passkeys: &'static str,
    pub(crate) added_on: &'static str,
    pub(crate) add_passkey: &'static str,
    pub(crate) sign_out: &'static str,
    pub(crate) signed_out: &'static str,
    pub(crate) passkey_added: &'static str,
    pub(crate) confirm_title: &'static str,
    pub(crate) confirm_intro: &'static str,
    pub(crate) confirm: &'static str,
    pub(crate) new_passkey_title: &'static str,
    pub(crate) new_passkey_intro: &'static str,
    pub(crate) key_name: &'static str,
    pub(crate) key_name_default: &'static str,
    pub(crate) create_passkey: &'static str,
    pub(crate) cancel: &'static str,
    pub(crate) ceremony_cancelled: &'static str,
    pub(crate) ceremony_excluded: &'static str,
    pub(crate) ceremony_unsupported: &'static str,
    pub(crate) passkey_refused: &'static str,
    pub(crate) assertion_refused: &'static str,
    pub(crate) second_factor_only: &'static str,
    pub(crate) challenge_gone: &'static str,
    pub(crate) form_expired: &'static str,
    pub(crate) not_found: &'static str,
    pub(crate) failed: &'static str,
}

const ENGLISH: Texts = Texts {
    language: "en",
    home_title: "Practice site",
    home_intro: "This site runs on your own computer. Its accounts are made up, and it forgets them when it stops.",
    home_ways: "Ways to sign in",
    way_one_page: "User name and password on one page",
    way_two_step: "User name first, then the password",
    way_late: "A form that appears after the page has loaded",
    sign_in: "Sign in",
    welcome_back: "Welcome back",
    user_name: "User name",
    password: "Password",
    remember: "Keep me signed in",
    next: "Next",
    not_you: "Not you?",
    hello: "Hello,",
    or: "or",
    passkey_sign_in: "Sign in with a passkey",
    loading: "Loading…",
    script_needed: "This page needs JavaScript.",
    wrong_password: "The user name or password is not right. Please try again.",
    locked: "Too many attempts. Please wait a minute, then try again.",
    start_again: "That took too long. Please sign in again.",
    code_title: "Two-step verification",
    code_intro: "Open your authenticator app and enter the six-digit code.",
    code: "Verification code",
    verify: "Verify",
    wrong_code: "That code is not right, or it was used before. Please wait for the next one.",
    email_title: "Check your e-mail",
    email_intro: "We have sent a six-digit code to your e-mail address. Enter it to go on.",
    human_title: "Security check",
    human_intro: "Please show that you are not a robot.",
    human_answer: "Type the characters you see",
    human_picture: "CAPTCHA: a picture with five letters",
    wrong_picture: "Those are not the characters in the picture. Please try again.",
    second_passkey_title: "Two-step verification",
    second_passkey_intro: "Confirm with your passkey that it is you.",
    use_passkey: "Use your passkey",
    use_code: "Use a code from your app instead",
    account_title: "Your account",
    signed_in_as: "You are signed in as",
    passkeys: "Passkeys",
    passkeys_intro: "A passkey signs you in with your fingerprint, face or device PIN instead of a password.",
    no_passkeys: "You have no passkey yet.",
    added_on: "added",
    add_passkey: "Add a passkey",
    sign_out: "Sign out",
    signed_out: "You have signed out.",
    passkey_added: "Your passkey was added. You can sign in with it from now on.",
    confirm_title: "Confirm that it is you",
    confirm_intro: "Enter your password again before you change how you sign in.",
    confirm: "Confirm",
    new_passkey_title: "Add a passkey",
    new_passkey_intro: "Give the passkey a name that you will recognise, such as the device it is kept on.",
    key_name: "Passkey name",
    key_name_default: "My passkey",
    create_passkey: "Create passkey",
    cancel: "Cancel",
    ceremony_cancelled: "It was cancelled or took too long. Nothing was changed. You can try again.",
    ceremony_excluded: "This device already has a passkey for your account.",
    ceremony_unsupported: "This browser does not support passkeys.",
    passkey_refused: "This passkey cannot be used on this site. Nothing was saved.",
    assertion_refused: "We could not sign you in with this passkey.",
    second_factor_only: "This passkey is only a second step. Please sign in with your password first.",
    challenge_gone: "The request expired. Please try again.",
    form_expired: "This page was open for too long. Please go back, reload it and try again.",
    not_found: "There is no such page.",
    failed: "Something went wrong on our side. Please try again.",
};

const SPANISH: Texts = Texts {
    language: "es",
    home_title: "Sitio de práctica",
    home_intro: "Este sitio funciona en su propio ordenador. Sus cuentas son inventadas y se olvidan cuando se detiene.",
    home_ways: "Formas de iniciar sesión",
    way_one_page: "Usuario y contraseña en una sola página",
    way_two_step: "Primero el usuario, después la contraseña",
    way_late: "Un formulario que aparece cuando la página ya se ha cargado",
    sign_in: "Iniciar sesión",
    welcome_back: "Le damos la bienvenida",
    user_name: "Nombre de usuario",
    password: "Contraseña",
    remember: "Mantener la sesión iniciada",
    next: "Siguiente",
    not_you: "¿No es usted?",
    hello: "Hola,",
    or: "o bien",
    passkey_sign_in: "Iniciar sesión con una llave de acceso",
    loading: "Cargando…",
    script_needed: "Esta página necesita JavaScript.",
    wrong_password: "El nombre de usuario o la contraseña no son correctos. Inténtelo de nuevo.",
    locked: "Demasiados intentos. Espere un minuto y vuelva a intentarlo.",
    start_again: "Ha pasado demasiado tiempo. Inicie sesión de nuevo.",
    code_title: "Verificación en dos pasos",
    code_intro: "Abra su aplicación de autenticación e introduzca el código de seis cifras.",
    code: "Código de verificación",
    verify: "Verificar",
    wrong_code: "El código no es correcto o ya se ha usado. Espere al siguiente.",
    email_title: "Consulte su correo",
    email_intro: "Hemos enviado un código de seis cifras a su correo electrónico. Introdúzcalo para continuar.",
    human_title: "Control de seguridad",
    human_intro: "Demuestre que no es un robot.",
    human_answer: "Escriba los caracteres que ve",
    human_picture: "CAPTCHA: una imagen con cinco letras",
    wrong_picture: "Esos no son los caracteres de la imagen. Inténtelo de nuevo.",
    second_passkey_title: "Verificación en dos pasos",
    second_passkey_intro: "Confirme con su llave de acceso que es usted.",
    use_passkey: "Usar su llave de acceso",
    use_code: "Usar un código de su aplicación",
    account_title: "Su cuenta",
    signed_in_as: "Ha iniciado sesión como",
    passkeys: "Llaves de acceso",
    passkeys_intro: "Una llave de acceso le identifica con su huella, su cara o el PIN del dispositivo, sin contraseña.",
    no_passkeys: "Todavía no tiene ninguna llave de acceso.",
    added_on: "añadida el",
    add_passkey: "Añadir una llave de acceso",
    sign_out: "Cerrar sesión",
    signed_out: "Ha cerrado la sesión.",
    passkey_added: "Se ha añadido su llave de acceso. Ya puede iniciar sesión con ella.",
    confirm_title: "Confirme que es usted",
    confirm_intro: "Introduzca otra vez su contraseña antes de cambiar la forma de iniciar sesión.",
    confirm: "Confirmar",
    new_passkey_title: "Añadir una llave de acceso",
    new_passkey_intro: "Dé a la llave un nombre que vaya a reconocer, por ejemplo el del dispositivo que la guarda.",
    key_name: "Nombre de la llave",
    key_name_default: "Mi llave de acceso",
    create_passkey: "Crear la llave de acceso",
    cancel: "Cancelar",
    ceremony_cancelled: "Se ha cancelado o ha tardado demasiado. No se ha cambiado nada. Puede intentarlo de nuevo.",
    ceremony_excluded: "Este dispositivo ya tiene una llave de acceso de su cuenta.",
    ceremony_unsupported: "Este navegador no admite llaves de acceso.",
    passkey_refused: "Esta llave de acceso no sirve en este sitio. No se ha guardado nada.",
    assertion_refused: "No hemos podido iniciar la sesión con esta llave de acceso.",
    second_factor_only: "Esta llave de acceso es solo un segundo paso. Inicie sesión antes con su contraseña.",
    challenge_gone: "La petición ha caducado. Inténtelo de nuevo.",
    form_expired: "La página llevaba demasiado tiempo abierta. Vuelva atrás, recárguela e inténtelo de nuevo.",
    not_found: "Esa página no existe.",
    failed: "Ha habido un problema por nuestra parte. Inténtelo de nuevo.",
};

/// The language of an `Accept-Language` header that the site has and the visitor likes best
/// (<https://www.rfc-editor.org/rfc/rfc9110#section-12.5.4>); English where there is none.
pub(crate) fn texts_for(accept_language: &str) -> &'static Texts {
    let mut best: (f32, &'static Texts) = (0.0, &ENGLISH);
    for range in accept_language.split(',') {
        let (tag, quality) = match range.split_once(';') {
            Some((tag, q)) => (tag, q.trim().strip_prefix("q=").and_then(|q| q.parse().ok()).unwrap_or(0.0)),
            None => (range, 1.0),
        };
        let primary = tag.trim().split('-').next().unwrap_or_default();
        let texts = match primary.to_ascii_lowercase().as_str() {
            "es" => &SPANISH,
            "en" => &ENGLISH,
            _ => continue,
        };
        if quality > best.0 {
            best = (quality, texts);
        }
    }
    best.1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_language_is_the_one_liked_best() {
        let check = |header, expect| assert_eq!(texts_for(header).language, expect, "{header}");
        check("", "en");
        check("es", "es");
        check("es-MX,es;q=0.9,en;q=0.8", "es");
        check("en-GB,en;q=0.9,es;q=0.8", "en");
        check("de, es;q=0.5, en;q=0.3", "es");
        check("fr", "en");
        check("es;q=oops", "en");
    }
}
