use zeroize::Zeroizing;

/// The PINs that were wrong in one ceremony, so that none of them costs a second try; wiped with it.
///
/// They are told apart as the authenticator tells them apart: where it wants them normalised, they come normalised.
#[derive(Default)]
pub(crate) struct WrongPins(Vec<Zeroizing<String>>);

impl WrongPins {
    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(crate) fn has(&self, pin: &str) -> bool {
        self.0.iter().any(|wrong| wrong.as_str() == pin)
    }

    pub(crate) fn add(&mut self, pin: &str) {
        self.0.push(Zeroizing::new(pin.to_owned()));
    }
}
