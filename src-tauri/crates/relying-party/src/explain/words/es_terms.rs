//! The glossary, Spanish. Names in English are given where the data uses them.

use super::{Term, TermWords};

pub(super) fn term(term: Term) -> TermWords {
    let (name, definition, forms): (_, _, &[&str]) = match term {
        Term::Passkey => (
            "llave de acceso",
            "dos claves que van juntas; una se queda en secreto contigo y el sitio tiene la otra; en inglés, «passkey»",
            &["llaves de acceso", "passkey", "passkeys"],
        ),
        Term::RelyingParty => (
            "parte usuaria",
            "un sitio que deja entrar así a las personas y se fía de ello; en inglés, «relying party»",
            &["relying party"],
        ),
        Term::Client => {
            ("cliente", "el programa que habla con el sitio en tu nombre; en inglés, «client»", &["client"])
        }
        Term::Authenticator => (
            "autenticador",
            "lo que guarda tus claves secretas: un teléfono, un ordenador, un gestor de contraseñas o una llave de \
             seguridad; en inglés, «authenticator»",
            &["autenticadores", "authenticator"],
        ),
        Term::WebAuthn => (
            "WebAuthn",
            "el estándar de la web para esto, con todas sus letras Web Authentication",
            &["Web Authentication"],
        ),
        Term::Challenge => (
            "desafío",
            "un valor al azar, hecho solo para esta pregunta, para que una respuesta antigua no le sirva a nadie; en \
             inglés, «challenge»",
            &["desafíos", "challenge"],
        ),
        Term::RpId => ("RP ID", "el nombre del sitio en sus llaves: un dominio como example.com", &[]),
        Term::UserHandle => (
            "identificador de usuario",
            "un número al azar que representa tu cuenta, para no tener que usar tu nombre; en inglés, «user handle»",
            &["user handle"],
        ),
        Term::Algorithm => (
            "algoritmo",
            "el método con el que las claves demuestran algo; cada uno tiene un nombre, como ES256 o RS256, y un número",
            &["algoritmos", "ES256", "RS256", "ES384", "EdDSA"],
        ),
        Term::UserVerification => (
            "verificación del usuario",
            "comprobar que eres tú, con la huella, la cara o el PIN en tu propio dispositivo; en inglés, «user \
             verification»",
            &["user verification"],
        ),
        Term::Attestation => (
            "atestación",
            "lo que el fabricante del autenticador declara sobre su modelo; en inglés, «attestation»",
            &["atestaciones", "attestation"],
        ),
        Term::Credential => (
            "credencial",
            "como llama el estándar a una llave de acceso; en inglés, «credential»",
            &["credenciales", "credential", "credentials"],
        ),
        Term::Discoverable => (
            "detectable",
            "guardada de modo que se encuentra sin nombre de usuario; el estándar también dice «resident key»",
            &["resident key", "discoverable"],
        ),
        Term::Conditional => (
            "condicional",
            "hecha en segundo plano, sin una ventana que te interrumpa; en inglés, «conditional», y el ajuste se llama \
             «mediation»",
            &["conditional", "mediation"],
        ),
        Term::Byte => ("byte", "la unidad con que se cuentan los datos, un número de 0 a 255", &["bytes"]),
        Term::Base64url => ("base64url", "letras, cifras, guiones y guiones bajos que representan números", &[]),
        Term::Hexadecimal => ("hexadecimal", "dos de los signos 0–9 y a–f por cada número", &[]),
        Term::Json => ("JSON", "una forma de escribir datos como texto", &[]),
        Term::ClientData => (
            "datos del cliente",
            "lo que el propio navegador anota sobre la pregunta y la página que la hizo; en inglés, «client data»",
            &["client data"],
        ),
        Term::Origin => (
            "origen",
            "la dirección de una página hasta el nombre del servidor y el puerto, sin lo que sigue; en inglés, «origin»",
            &["orígenes", "origin"],
        ),
        Term::Hash => (
            "hash",
            "una huella corta de unos datos, que es otra en cuanto algo cambia en ellos; SHA-256 es el método que se usa \
             aquí",
            &["SHA-256"],
        ),
        Term::AuthenticatorData => (
            "datos del autenticador",
            "lo que el autenticador dice de sí mismo, de ti y de la llave; en inglés, «authenticator data»",
            &["authenticator data", "authData"],
        ),
        Term::Flags => {
            ("indicadores", "ocho respuestas, cada una sí (1) o no (0); en inglés, «flags»", &["indicador", "flags"])
        }
        Term::Up => ("UP", "«user present», usuario presente: alguien estaba allí y aceptó", &[]),
        Term::Uv => ("UV", "«user verified», usuario verificado: la huella, la cara o el PIN eran correctos", &[]),
        Term::Be => ("BE", "«backup eligible», admite copia: la llave se puede copiar a tus otros dispositivos", &[]),
        Term::Bs => ("BS", "«backup state», estado de la copia: ahora existe una", &[]),
        Term::At => ("AT", "«attested data», datos añadidos: más adelante viene una clave nueva", &[]),
        Term::Ed => ("ED", "«extension data», datos de extensión: se usan añadidos al estándar", &[]),
        Term::SignCount => (
            "contador de usos",
            "cuántas veces se ha usado la llave, según el autenticador; muchos no cuentan y dicen 0; en inglés, «sign count»",
            &["sign count"],
        ),
        Term::Aaguid => ("AAGUID", "un número del modelo del autenticador, igual en todos los de ese modelo", &[]),
        Term::CredentialId => (
            "identificador de credencial",
            "el número con que un sitio encuentra la llave; en inglés, «credential ID»",
            &["credential ID"],
        ),
        Term::PublicKey => (
            "clave pública",
            "la clave que recibe el sitio; reconoce lo que hizo la otra clave, y nada más; en inglés, «public key»",
            &["claves públicas", "public key"],
        ),
        Term::PrivateKey => (
            "clave privada",
            "la secreta de las dos claves de una llave de acceso, y la única con la que se puede entrar",
            &["claves privadas", "private key"],
        ),
        Term::Signature => (
            "firma",
            "un valor que solo la clave secreta puede hacer para justo estos datos, y que su pareja puede comprobar; en \
             inglés, «signature»",
            &["firmas", "signature"],
        ),
        Term::Cbor => ("CBOR", "una forma compacta de escribir datos", &[]),
        Term::Cose => ("COSE", "la forma habitual de escribir claves", &[]),
        Term::Curve => (
            "curva",
            "una fórmula; las claves de algunos tipos son puntos suyos. La más común se llama P-256",
            &["curvas", "P-256", "P-384", "P-521", "Ed25519"],
        ),
    };
    TermWords { name, definition, forms }
}
