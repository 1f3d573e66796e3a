//! Checks, Spanish.

use super::{CheckWords, Text};
use crate::explain::checks::CheckKind as C;

pub(super) fn check(kind: C) -> CheckWords {
    let (what, why, failed) = match kind {
        C::AddressFits => (
            "El {rp-id} pertenece a la dirección de la página",
            "Si no, un sitio podría pedir las llaves de otro.",
            "La dirección de la página y el nombre del sitio no van juntos.",
        ),
        C::SecurePage => (
            "La página vino por https, o de este ordenador",
            "Si no, alguien por el camino podría haberla escrito.",
            "La página vino por un camino en el que otros podían cambiarla.",
        ),
        C::PersonAsked => (
            "Eres tú: huella, cara o PIN",
            "Los compara tu dispositivo. Al sitio solo le llega un sí o un no.",
            "Tu dispositivo dice que no comprobó quién estaba ahí.",
        ),
        C::KeptApart => (
            "La llave es de este sitio",
            "Un proveedor guarda por separado las llaves de cada sitio y no da las de otros.",
            "La llave es de otro sitio.",
        ),
        C::Waiting => (
            "El sitio esperaba esta respuesta",
            "Cada pregunta vale una vez, cinco minutos y solo en el navegador que preguntó.",
            "La pregunta ya no esperaba respuesta: ya se había respondido, era demasiado antigua o era para otra cosa.",
        ),
        C::Eligible => (
            "La cuenta puede tener ahora una llave nueva",
            "Hay que haber iniciado sesión y haberlo confirmado justo antes, para que nadie añada una en un ordenador que \
             se dejó solo.",
            "La cuenta no podía tener ahora una llave nueva: una regla del sitio lo impide, o no se confirmó justo antes \
             que eres tú.",
        ),
        C::Allowed => (
            "La {credential} es una de las nombradas",
            "Solo si el sitio pidió unas en concreto.",
            "El sitio había nombrado las llaves que pueden responder, y esta no es una de ellas.",
        ),
        C::Known => (
            "La llave es de una cuenta de aquí",
            "La cuenta y la llave tienen que ir juntas, para que nadie entre en lugar de otro.",
            "Ninguna cuenta de aquí tiene esta llave. Puede que se haya borrado.",
        ),
        C::Readable => (
            "La respuesta se puede leer",
            "Lo que no está hecho como dice el estándar ni siquiera se mira.",
            "La respuesta no está hecha como dice el estándar.",
        ),
        C::Type => (
            "Responde a este tipo de pregunta",
            "Hacer una llave y usarla no se deben confundir.",
            "La respuesta es para otro tipo de pregunta.",
        ),
        C::Challenge => (
            "El {challenge} es el que se envió",
            "Así nadie puede usar una respuesta que oyó antes.",
            "La respuesta es para otra pregunta, no para la que hizo este sitio.",
        ),
        C::Origin => (
            "El {origin} es el de este sitio",
            "Aquí se descubre un sitio falso, aunque parezca el mismo.",
            "La respuesta se hizo en una página con otra dirección.",
        ),
        C::CrossOrigin => (
            "La página no estaba dentro de la de otro sitio",
            "Otro sitio podría poner algo encima y hacer que pulses lo que no querías.",
            "La página se mostró dentro de una página de otro sitio.",
        ),
        C::RpIdHash => (
            "El {hash} del {rp-id} es el de este sitio",
            "Así la llave es para este sitio.",
            "La llave es para otro sitio.",
        ),
        C::UserPresent => (
            "Había alguien: {up}",
            "Ningún programa debe usar una llave a tus espaldas.",
            "Nadie aceptó en el dispositivo.",
        ),
        C::UserVerified => (
            "Eras tú: {uv}",
            "Una llave hace de contraseña y de segundo paso a la vez, así que el dispositivo tiene que conocerte.",
            "Tu dispositivo no comprobó que eras tú, y este sitio lo pide.",
        ),
        C::BackupConsistent => (
            "{be} y {bs} van juntos",
            "Una llave que no se puede copiar no puede tener una copia.",
            "La respuesta dice que hay una copia de una llave que no se puede copiar.",
        ),
        C::BackupUnchanged => (
            "{be} es como cuando se hizo la llave",
            "Esto no cambia nunca. Si cambia, puede que sea otra clave.",
            "Si esta llave se puede copiar quedó fijado cuando se hizo, y ahora la respuesta dice otra cosa.",
        ),
        C::Algorithm => (
            "El {algorithm} de la clave se había ofrecido",
            "El sitio tiene que poder comprobar lo que firme la clave.",
            "La clave es de un tipo que el sitio no ofreció.",
        ),
        C::Attestation => (
            "La {attestation} está en orden",
            "Si el sitio no pidió ninguna, tiene que estar vacía; si no, tiene que ser auténtica.",
            "Lo que vino como prueba del modelo no está en orden.",
        ),
        C::IdLength => (
            "El {credential-id} no es demasiado largo",
            "Como mucho 1023 {byte|bytes}, para que nadie llene el sitio.",
            "El número de la llave es más largo de lo que permite el estándar.",
        ),
        C::NewToSite => (
            "Ninguna cuenta de aquí tiene ya esta llave",
            "Si no, alguien podría hacer pasar tu llave por suya.",
            "El sitio ya tiene esta llave.",
        ),
        C::Signature => (
            "La {signature} encaja con la {public-key}",
            "Solo la {private-key} puede haberla hecho, y solo para justo estos datos.",
            "La prueba no encaja: la respuesta se cambió por el camino, o la hizo otra clave.",
        ),
        C::Counter => (
            "El {sign-count} ha subido",
            "Si no ha subido, puede que haya otra copia de la clave en uso.",
            "La cuenta que lleva la llave de sus usos no ha subido. Puede que haya una copia que nadie debería tener.",
        ),
        C::SiteRule => (
            "Las reglas propias del sitio",
            "Un sitio puede rechazar lo que el estándar permitiría.",
            "La respuesta en sí estaba en orden. Una regla propia de este sitio no la permite aquí.",
        ),
    };
    CheckWords { what: Text(what), why: Text(why), failed: Text(failed) }
}
