//! Parts, steps, outcomes and the panel's own words, Spanish.

use super::{OutcomeKey, PartWords, Phrase, StepKey, StepWords, Text};
use crate::explain::explanation::Part;

pub(super) fn part(part: Part) -> PartWords {
    let (name, text) = match part {
        Part::Server => (
            "El servidor del sitio",
            "Pregunta, comprueba cada respuesta y guarda las cuentas. El estándar lo llama {relying-party}.",
        ),
        Part::Page => {
            ("La página del sitio", "Lo que ves. Lleva mensajes entre el servidor y el navegador y no decide nada.")
        }
        Part::Browser => (
            "Tu navegador",
            "Sabe la dirección verdadera de la página, diga ella lo que diga. El estándar lo llama {client}.",
        ),
        Part::Provider => {
            ("Tu proveedor de llaves", "Guarda el secreto y te pregunta. El estándar lo llama {authenticator}.")
        }
    };
    PartWords { name, text: Text(text) }
}

pub(super) fn step(step: StepKey) -> StepWords {
    let (title, text): (_, &[&str]) = match step {
        StepKey::AskToMake => (
            "El sitio pide una llave nueva",
            &[
                "El servidor se inventa un {challenge} y dice qué le gustaría. Espera una respuesta, durante cinco minutos.",
            ],
        ),
        StepKey::AskToSign { named: false } => (
            "El sitio pregunta quién está ahí",
            &[
                "El servidor se inventa un {challenge} y espera una respuesta, durante cinco minutos. No nombra ninguna \
               cuenta: puede responder cualquier llave de este sitio.",
            ],
        ),
        StepKey::AskToSign { named: true } => (
            "El sitio pide tu llave",
            &[
                "El servidor se inventa un {challenge} y espera una respuesta, durante cinco minutos. Sabe de qué cuenta se \
               trata y nombra las llaves de esa cuenta.",
            ],
        ),
        StepKey::PassOn { conditional: false, .. } => (
            "La página pasa la pregunta",
            &[
                "La página llama al navegador mediante {webauthn} y espera. Cualquiera podría haber manipulado una página, \
               así que nada depende de ella: el servidor comprobará todo lo que devuelva.",
            ],
        ),
        StepKey::PassOn { registration: true, conditional: true } => (
            "La página pasa la pregunta, sin ruido",
            &[
                "Acababas de entrar con tu contraseña, y la página pidió además una llave mediante {webauthn}. La petición \
                 fue {conditional}.",
                "Cualquiera podría haber manipulado una página, así que nada depende de ella: el servidor comprobará todo \
                 lo que devuelva.",
            ],
        ),
        StepKey::PassOn { registration: false, conditional: true } => (
            "La página pasa la pregunta, sin ruido",
            &[
                "La página preguntó mediante {webauthn} nada más abrirse, y tu llave estaba entre las sugerencias del campo \
                 del nombre. La petición fue {conditional}.",
                "Cualquiera podría haber manipulado una página, así que nada depende de ella: el servidor comprobará todo \
                 lo que devuelva.",
            ],
        ),
        StepKey::Browser => (
            "El navegador mira de dónde viene la pregunta",
            &[
                "No pregunta a la página por su dirección: la sabe. Solo sigue si el RP ID pertenece a esa dirección; por \
               eso una copia del sitio en otro lugar no consigue nada. Después anota, en {json}, lo que ha visto: los \
               {client-data}.",
            ],
        ),
        StepKey::Make => (
            "Tu proveedor de llaves hace dos claves",
            &[
                "Te pregunta, hace dos claves y se queda con la secreta. Los demás valores de abajo son todo lo que sale de \
               él.",
            ],
        ),
        StepKey::Sign => (
            "Tu proveedor de llaves responde con tu llave",
            &[
                "Busca solo entre las llaves de este sitio y te pregunta. Después le pone una {signature} a lo que comunica y \
               al hash de los datos del cliente. Los valores de abajo salen de él, menos el primero, que se queda.",
            ],
        ),
        StepKey::LookUp { found: true } => (
            "El sitio busca lo que tiene",
            &["Con el identificador de credencial encuentra lo que guardó cuando se hizo esta llave."],
        ),
        StepKey::LookUp { found: false } => (
            "El sitio busca lo que tiene",
            &["No encontró ninguna clave para esta respuesta, así que no había con qué comprobarla."],
        ),
        StepKey::Check => (
            "El sitio comprueba la respuesta",
            &["Antes no se cree nada de ella. El sitio se detiene en la primera comprobación que falla."],
        ),
        StepKey::Kept => (
            "Lo que el sitio guarda",
            &["Esto está ahora en tu cuenta. Quien lo robe no puede entrar con ello: el secreto no está ahí."],
        ),
        StepKey::NotKept => (
            "Lo que el sitio no ha guardado",
            &[
                "Ha tirado la respuesta: en tu cuenta no hay ninguna clave, ningún número ni ningún nombre de esta llave.",
            ],
        ),
        StepKey::SignedIn => (
            "Lo que ha cambiado",
            &[
                "El sitio te reconoce como dueño de esta cuenta. De la respuesta guarda el nuevo contador de usos y si hay una \
               copia de la llave. El desafío ya está gastado.",
            ],
        ),
        StepKey::NotSignedIn => (
            "Lo que no ha cambiado",
            &[
                "Con esta respuesta no ha entrado nadie. El desafío está gastado, y el próximo intento empieza con otro.",
            ],
        ),
    };
    StepWords { title: Text(title), text: text.iter().map(|text| Text(text)).collect() }
}

pub(super) fn outcome(key: OutcomeKey) -> &'static str {
    match key {
        OutcomeKey::Saved => "El sitio ha comprobado y guardado tu nueva {passkey}.",
        OutcomeKey::SignedIn => "Has entrado con tu {passkey}.",
        OutcomeKey::Confirmed => "Tu {passkey} ha confirmado, después de la contraseña, que eres tú.",
        OutcomeKey::RefusedRegistration => "El sitio no ha aceptado esta {passkey}.",
        OutcomeKey::RefusedSignIn => "El sitio no ha aceptado esta respuesta de una {passkey}.",
        OutcomeKey::NothingStored => "No se ha guardado nada. Tu cuenta está como estaba.",
        OutcomeKey::LeftOver => {
            "Puede que tu proveedor de llaves tenga ahora una llave que este sitio no conoce. Puedes borrarla allí."
        }
        OutcomeKey::NobodySignedIn => "Nadie ha entrado con esto.",
        OutcomeKey::OthersAsBefore => "Las llaves que el sitio tiene de ti sirven como antes.",
        OutcomeKey::Suspended => {
            "El sitio ya no acepta esta llave. Tus otras formas de entrar sirven como antes: entra con una de ellas y \
             quítala."
        }
        OutcomeKey::SecretStayed => "El secreto no ha salido de tu proveedor de llaves.",
    }
}

pub(super) fn phrase(phrase: Phrase) -> &'static str {
    match phrase {
        Phrase::Title => "Lo que acaba de pasar",
        Phrase::Accepted => "Aceptada",
        Phrase::Refused => "Rechazada",
        Phrase::TheReason => "Nota del servidor (en inglés):",
        Phrase::GoodToKnow => "Conviene saberlo",
        Phrase::Parts => "Cuatro partes trabajan juntas",
        Phrase::Steps => "Paso a paso",
        Phrase::Values => "Valores",
        Phrase::Checks => "Comprobaciones",
        Phrase::Passed => "pasa",
        Phrase::Failed => "falla",
        Phrase::NotReached => "no se llegó",
        Phrase::NotRequired => "nada que comprobar",
        Phrase::Recomputed => "calculado de nuevo para esta página",
        Phrase::ByServer => "por decisión del servidor",
        Phrase::Expected => "Se esperaba",
        Phrase::Found => "Había",
        Phrase::Bytes => "{byte|bytes}",
        Phrase::AsBase64url => "en {base64url}",
        Phrase::AsHexadecimal => "en {hexadecimal}",
        Phrase::NotSent => "no se envió",
        Phrase::NotReadable => "no se puede leer",
        Phrase::NeverHere => "nunca está aquí",
        Phrase::InFull => "entero",
        Phrase::Step => "paso",
        Phrase::Set => "1, sí",
        Phrase::NotSet => "0, no",
        Phrase::Yes => "sí",
        Phrase::No => "no",
        Phrase::NoneListed => "ninguna",
    }
}
