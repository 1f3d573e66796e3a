//! What drivers share: the scripts that go into every document, the form of what they say, what a form may send, and the
//! look at a page. A host that brings a [`Driver`](crate::Driver) of its own builds it on these.

mod look;
mod message;
mod outcome;
mod scripts;
mod sending;

pub use look::{Moment, Page, Showing, Sight, look, mark_cookies};
pub use message::{Asked, LONGEST_OPTIONS, Message, Number, Request, read};
pub use outcome::{answer, outcome};
pub use scripts::{Door, Scripts, page_script};
pub use sending::{Holds, Sending};
