//! Values, Spanish.

use super::{Text, ValueWords};
use crate::explain::values::ValueKind as V;

pub(super) fn value(kind: V) -> ValueWords {
    let (label, meaning) = match kind {
        V::Challenge => ("{challenge|Desafío}", "Quien responda tiene que devolver justo este valor."),
        V::RpId => ("{rp-id}", "La llave servirá para este nombre y para ningún otro."),
        V::AccountName => ("Cuenta", "El nombre con el que te la enseña tu proveedor de llaves."),
        V::UserHandle => (
            "{user-handle|Identificador de usuario}",
            "Vuelve cada vez que entras, para que no tengas que escribir un nombre.",
        ),
        V::Algorithms => ("{algorithm|Algoritmos} ofrecidos", "Tu proveedor de llaves toma el primero que sepa usar."),
        V::VerificationWish => (
            "{user-verification|Verificación del usuario}",
            "Con «required», una respuesta sin ella se rechazará. La huella o el PIN no se envían nunca.",
        ),
        V::DiscoverableWish => ("{discoverable|Detectable}", "«required»: podrás entrar sin nombre de usuario."),
        V::AttestationWish => {
            ("{attestation|Atestación}", "«none»: el sitio no quiere saber el modelo. «direct»: quiere saberlo.")
        }
        V::Excluded => (
            "{credential|Credenciales} que se excluyen",
            "Llaves que la cuenta ya tiene. Un proveedor que guarda una de ellas no hace otra.",
        ),
        V::Allowed => (
            "{credential|Credenciales} que pueden responder",
            "Cuántas se nombran. Ninguna significa: cualquiera que tu proveedor tenga para este sitio.",
        ),
        V::Call => ("La llamada", "La única puerta entre una página y tus llaves."),
        V::Origin => (
            "{origin|Origen}",
            "Lo escribe el navegador, y una página no puede cambiarlo. Un sitio que imita a otro se delataría aquí.",
        ),
        V::ClientDataChallenge => ("Desafío devuelto", "Tiene que ser el del paso 1."),
        V::ClientDataType => (
            "Tipo",
            "webauthn.create para hacer una llave, webauthn.get para usarla: así una respuesta no puede pasar por la otra.",
        ),
        V::CrossOrigin => {
            ("Dentro de la página de otro sitio", "Si la página era solo un recuadro en la de otro sitio.")
        }
        V::ClientData => {
            ("Los datos del cliente en {json}", "Exactamente lo que se envió. Una sola letra cambiada se notaría.")
        }
        V::ClientDataHash => {
            ("{hash|Hash} de los datos del cliente", "A tu proveedor de llaves le llega esto en su lugar.")
        }
        V::AuthenticatorData => (
            "{authenticator-data|Datos del autenticador}",
            "Escritos seguidos, sin nombres. Las líneas de abajo son los mismos valores por separado.",
        ),
        V::RpIdHash => ("Hash del RP ID", "Dice para qué sitio es la llave, sin su nombre."),
        V::Flags => ("{flags|Indicadores}", "Se leen desde la derecha. Las líneas siguientes dicen cuál es cuál."),
        V::UserPresent { set: true } => ("{up}", "Alguien aceptó en el dispositivo."),
        V::UserPresent { set: false } => ("{up}", "Nadie tuvo que hacer nada en el dispositivo."),
        V::UserVerified { set: true } => ("{uv}", "Tu dispositivo comprobó que eras tú."),
        V::UserVerified { set: false } => ("{uv}", "Pudo ser cualquiera que tuviera el dispositivo en la mano."),
        V::BackupEligible { set: true } => ("{be}", "Si pierdes el dispositivo, no tienes por qué perder la llave."),
        V::BackupEligible { set: false } => {
            ("{be}", "Se queda en un solo dispositivo. Conviene tener una segunda llave.")
        }
        V::BackupState { set: true } => ("{bs}", "También está en tus otros dispositivos o con tu proveedor."),
        V::BackupState { set: false } => ("{bs}", "Por ahora hay un solo ejemplar."),
        V::AttestedData { set: true } => ("{at}", "Como debe ser cuando se hace una llave."),
        V::AttestedData { set: false } => ("{at}", "No viene ninguna clave nueva."),
        V::ExtensionData { set: true } => ("{ed}", "Vienen al final de los datos."),
        V::ExtensionData { set: false } => ("{ed}", "No se usan."),
        V::SignCount { counts: true } => ("{sign-count|Contador de usos}", "Cada vez tiene que ser mayor."),
        V::SignCount { counts: false } => ("{sign-count|Contador de usos}", "0: este no cuenta."),
        V::Aaguid { told: true } => ("{aaguid}", "Permite a un sitio mostrar qué proveedor guarda la llave."),
        V::Aaguid { told: false } => ("{aaguid}", "Todo ceros: no lo dice."),
        V::CredentialId => ("{credential-id|Identificador de credencial}", "Al azar, y no es un secreto."),
        V::ReturnedUserHandle => (
            "{user-handle|Identificador de usuario}",
            "Le dice al sitio qué cuenta es, para que no tengas que escribir un nombre.",
        ),
        V::PublicKey => (
            "{public-key|Clave pública}",
            "Escrita según las reglas de {cose} en {cbor}. Las líneas de abajo son la misma clave por separado.",
        ),
        V::KeyAlgorithm => ("Su algoritmo", "Uno de los que ofreció el sitio."),
        V::KeyCurve => ("Su {curve}", "La clave es un punto suyo."),
        V::KeyX => ("El punto, a lo ancho (x)", "La primera mitad de la clave."),
        V::KeyY => ("El punto, a lo alto (y)", "La segunda mitad de la clave."),
        V::KeyModulus => ("El número grande (n)", "El producto de dos primos que solo el proveedor conoce."),
        V::KeyExponent => ("El número pequeño (e)", "El mismo en casi todas las claves."),
        V::AttestationFormat { none: true } => ("Atestación enviada", "No vino ninguna."),
        V::AttestationFormat { none: false } => ("Atestación enviada", "La forma en que está escrita."),
        V::Signature => (
            "{signature|Firma}",
            "Abarca los datos del autenticador y el hash de los datos del cliente: si algo cambiara, no encajaría.",
        ),
        V::PrivateKey => (
            "{private-key|Clave privada}",
            "Se queda en tu proveedor de llaves. Ninguna página, ningún navegador y ningún servidor la ha visto, así que \
             nadie de ellos puede perderla.",
        ),
        V::StoredName => ("Nombre", "El que le pusiste a esta llave."),
        V::StoredPublicKey => {
            ("{public-key|Clave pública}", "Con ella comprueba el sitio que una respuesta es de la clave privada.")
        }
        V::StoredSignCount => (
            "{sign-count|Contador de usos} guardado",
            "La próxima vez tiene que ser mayor, a no ser que los dos sean 0.",
        ),
        V::StoredBackup => ("{be} y {bs} guardados", "Estos dos {flags} tal como los anotó el sitio."),
    };
    ValueWords { label: Text(label), meaning: Text(meaning) }
}
