//! The site driven over HTTP.
