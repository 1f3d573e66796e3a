//! The host's reply to one message of a bridge: it goes to the very document that spoke, or to nobody.

use javascriptcore::Value;
use webkit2gtk::ffi;
use webkit2gtk::glib;
use webkit2gtk::glib::gobject_ffi;
use webkit2gtk::glib::translate::ToGlibPtr as _;

/// The signal that brings a message together with its reply. The bindings do not have it, because they do not know the
/// reply's type; a value of that type is kept as it came.
pub(super) const SIGNAL: &str = "script-message-with-reply-received";

/// A reply that was not given yet. Dropped, it leaves the document waiting, which only its own script notices.
pub(super) struct Reply {
    boxed: glib::Value,
    message: Value,
}

impl Reply {
    /// Takes a message and its reply from the signal's values; `None` where they are not what WebKit documents.
    pub(super) fn take(values: &[glib::Value]) -> Option<(String, Self)> {
        let message = values.get(1)?.get::<Value>().ok()?;
        let boxed = values.get(2)?.clone();
        // SAFETY: the function only returns the number of a type.
        #[allow(unsafe_code, reason = "a type that the bindings leave out")]
        let expected = unsafe { ffi::webkit_script_message_reply_get_type() };
        if glib::translate::IntoGlib::into_glib(boxed.type_()) != expected {
            return None;
        }
        use javascriptcore::ValueExt as _;
        let text = if message.is_string() { message.to_str().to_string() } else { String::new() };
        Some((text, Self { boxed, message }))
    }

    /// Gives the reply: a text, or nothing.
    pub(super) fn say(self, text: Option<&str>) {
        use javascriptcore::ValueExt as _;
        let Some(context) = self.message.context() else { return };
        let value = match text {
            Some(text) => Value::new_string(&context, Some(text)),
            None => Value::new_null(&context),
        };
        // SAFETY: `take` has checked the boxed value's type. It holds a reference to the reply for as long as `self`
        // lives, and WebKit copies the value before the function returns. All of it is on GTK's thread: neither `Value`
        // may leave it.
        #[allow(unsafe_code, reason = "a function that the bindings leave out")]
        unsafe {
            let reply = gobject_ffi::g_value_get_boxed(self.boxed.to_glib_none().0);
            if !reply.is_null() {
                ffi::webkit_script_message_reply_return_value(reply.cast(), value.to_glib_none().0);
            }
        }
    }
}
