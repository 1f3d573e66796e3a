//! The window around a view: whose page it is, always in sight and never the page's to draw, and the few things a person
//! needs to move about.

use std::cell::Cell;
use std::rc::Rc;

use gtk::glib;
use gtk::prelude::*;
use rekey_app::text::{Message, Texts, messages as m};
use rekey_origin::{Origin, Shown};
use url::Url;
use webkit2gtk::{FindControllerExt, FindOptions, WebView, WebViewExt as _};

use super::Place;

const ZOOM_STEP: f64 = 1.1;
const ZOOM_LIMITS: (f64, f64) = (0.3, 4.0);
const MOST_MATCHES: u32 = 500;

/// One site window.
pub(super) struct Chrome {
    window: gtk::Window,
    notice: gtk::InfoBar,
    notice_words: gtk::Label,
    address: Address,
    closing: Cell<bool>,
}

impl Chrome {
    /// Builds the window; it is shown later.
    pub(super) fn new(web: &WebView, texts: &Texts, place: Place, popup: bool) -> Self {
        let window = gtk::Window::new(gtk::WindowType::Toplevel);
        window.set_title(&texts.get(m::SITE_WINDOW_TITLE));
        window.set_role("site-window");
        let (width, height) = if popup { (560, 640) } else { place.size() };
        window.set_default_size(width, height);
        if let (Some((x, y)), false) = (place.at, popup) {
            window.move_(x, y);
        }

        let column = gtk::Box::new(gtk::Orientation::Vertical, 0);
        let (notice, notice_words) = notice_bar(texts);
        let find = find_bar(web, texts);
        let address = Address::new(texts);
        column.pack_start(&toolbar(web, texts, &find, &address), false, false, 0);
        column.pack_start(&notice, false, false, 0);
        column.pack_start(web, true, true, 0);
        column.pack_start(&find, false, false, 0);
        window.add(&column);
        keys(&window, web, &find);
        column.show_all();
        notice.hide();
        web.grab_focus();
        // A window that a page opened takes no keys from where the person is typing.
        window.set_focus_on_map(!popup);
        Self { window, notice, notice_words, address, closing: Cell::new(false) }
    }

    pub(super) fn show(&self) {
        self.window.show();
    }

    /// Shows the address of the document that is drawn, as the host knows it.
    pub(super) fn show_address(&self, uri: &str) {
        self.address.show(uri);
    }

    /// Says what was refused, until the person closes it or the next thing is said.
    pub(super) fn notice(&self, words: &str) {
        self.notice_words.set_text(words);
        self.notice.show();
        self.notice.set_revealed(true);
    }

    /// What was said is settled.
    pub(super) fn hush(&self) {
        self.notice.hide();
    }

    /// Runs when the person closes the window.
    pub(super) fn on_close(self: &Rc<Self>, closed: impl Fn() + 'static) {
        let this = Rc::downgrade(self);
        self.window.connect_delete_event(move |_, _| {
            // The host's own closing has told whoever must know.
            if this.upgrade().is_some_and(|chrome| !chrome.closing.get()) {
                closed();
            }
            glib::Propagation::Stop
        });
    }

    /// What the window's manager does when the person closes it.
    pub(super) fn close_as_the_person(&self) {
        self.window.close();
    }

    /// The site that the address line names.
    pub(super) fn address_text(&self) -> String {
        self.address.origin.text().to_string()
    }

    /// The window's title, and whether it fills the screen.
    pub(super) fn looks(&self) -> (String, bool) {
        let state = self.window.window().map(|window| window.state());
        let full = state.is_some_and(|state| state.contains(gtk::gdk::WindowState::FULLSCREEN));
        (self.window.title().unwrap_or_default().to_string(), full)
    }

    pub(super) fn close(&self) {
        self.closing.set(true);
        // SAFETY: nothing of the window is used after this; the views in it are owned by it.
        #[allow(unsafe_code, reason = "GTK has no other way to end a window")]
        unsafe {
            self.window.destroy();
        }
    }
}

fn toolbar(web: &WebView, texts: &Texts, find: &gtk::SearchBar, address: &Address) -> gtk::Box {
    let bar = gtk::Box::new(gtk::Orientation::Horizontal, 4);
    bar.set_border_width(6);
    let button = |icon: &str, name: Message| {
        let button = gtk::Button::from_icon_name(Some(icon), gtk::IconSize::Button);
        button.set_relief(gtk::ReliefStyle::None);
        button.set_tooltip_text(Some(&texts.get(name)));
        if let Some(accessible) = button.accessible() {
            accessible.set_name(&texts.get(name));
        }
        bar.pack_start(&button, false, false, 0);
        button
    };
    let back = button("go-previous-symbolic", m::SITE_WINDOW_BACK);
    let forward = button("go-next-symbolic", m::SITE_WINDOW_FORWARD);
    let reload = button("view-refresh-symbolic", m::SITE_WINDOW_RELOAD);
    bar.pack_start(&address.line, true, true, 4);
    let smaller = button("zoom-out-symbolic", m::SITE_WINDOW_SMALLER);
    let larger = button("zoom-in-symbolic", m::SITE_WINDOW_LARGER);
    let search = button("edit-find-symbolic", m::SITE_WINDOW_FIND);

    let act = |button: &gtk::Button, act: fn(&WebView)| {
        let web = web.clone();
        button.connect_clicked(move |_| act(&web));
    };
    act(&back, |web| web.go_back());
    act(&forward, |web| web.go_forward());
    act(&reload, |web| web.reload());
    act(&smaller, |web| zoom(web, 1.0 / ZOOM_STEP));
    act(&larger, |web| zoom(web, ZOOM_STEP));
    let find = find.clone();
    search.connect_clicked(move |_| find.set_search_mode(!find.is_search_mode()));

    let ways = move |web: &WebView| {
        back.set_sensitive(web.can_go_back());
        forward.set_sensitive(web.can_go_forward());
    };
    ways(web);
    web.connect_load_changed(move |web, _| ways(web));
    bar
}

/// The address line: the origin of the document that is drawn, in strong letters, and the rest dim. What is only on its
/// way is not shown: until it is here, the page before still draws.
struct Address {
    line: gtk::Box,
    icon: gtk::Image,
    origin: gtk::Label,
    path: gtk::Label,
    secure: String,
    this_computer: String,
    insecure: String,
    none: String,
}

impl Address {
    fn new(texts: &Texts) -> Self {
        let line = gtk::Box::new(gtk::Orientation::Horizontal, 6);
        let icon = gtk::Image::new();
        let origin = gtk::Label::new(None);
        let path = gtk::Label::new(None);
        origin.set_selectable(true);
        // The end of a name is what says whose it is.
        origin.set_ellipsize(gtk::pango::EllipsizeMode::Start);
        path.set_ellipsize(gtk::pango::EllipsizeMode::End);
        path.set_xalign(0.0);
        path.style_context().add_class("dim-label");
        line.pack_start(&icon, false, false, 0);
        line.pack_start(&origin, false, false, 0);
        line.pack_start(&path, true, true, 0);
        let address = Self {
            line,
            icon,
            origin,
            path,
            secure: texts.get(m::SITE_WINDOW_SECURE),
            this_computer: texts.get(m::SITE_WINDOW_THIS_COMPUTER),
            insecure: texts.get(m::SITE_WINDOW_INSECURE),
            none: texts.get(m::SITE_WINDOW_NO_SITE),
        };
        address.show("");
        address
    }

    fn show(&self, uri: &str) {
        let url = Url::parse(uri).ok();
        let known = url.as_ref().and_then(|url| Some((Origin::of(url).ok()?, url.path())));
        let (sign, meaning) = match &known {
            Some((origin, _)) if origin.is_https() => ("channel-secure-symbolic", &self.secure),
            Some((origin, _)) if origin.is_potentially_trustworthy() => ("computer-symbolic", &self.this_computer),
            Some(_) => ("channel-insecure-symbolic", &self.insecure),
            None => ("dialog-question-symbolic", &self.none),
        };
        self.icon.set_from_icon_name(Some(sign), gtk::IconSize::Button);
        self.icon.set_tooltip_text(Some(meaning));
        let (shown, whole, path) = match known {
            Some((origin, path)) => (Shown::of(&origin).to_string(), Some(origin.to_string()), path),
            None => (self.none.clone(), None, ""),
        };
        self.origin.set_markup(&format!("<b>{}</b>", glib::markup_escape_text(&shown)));
        self.origin.set_tooltip_text(whole.as_deref());
        self.path.set_text(path);
    }
}

fn notice_bar(texts: &Texts) -> (gtk::InfoBar, gtk::Label) {
    let bar = gtk::InfoBar::new();
    bar.set_message_type(gtk::MessageType::Info);
    bar.set_show_close_button(true);
    let words = gtk::Label::new(None);
    words.set_line_wrap(true);
    words.set_xalign(0.0);
    bar.content_area().add(&words);
    if let Some(accessible) = bar.accessible() {
        accessible.set_name(&texts.get(m::SITE_WINDOW_NOTICE));
    }
    bar.connect_response(|bar, _| bar.hide());
    (bar, words)
}

fn find_bar(web: &WebView, texts: &Texts) -> gtk::SearchBar {
    let bar = gtk::SearchBar::new();
    let entry = gtk::SearchEntry::new();
    entry.set_placeholder_text(Some(&texts.get(m::SITE_WINDOW_FIND)));
    bar.add(&entry);
    bar.connect_entry(&entry);
    let options = (FindOptions::CASE_INSENSITIVE | FindOptions::WRAP_AROUND).bits();
    let finder = web.find_controller();
    let finds = finder.clone();
    entry.connect_search_changed(move |entry| {
        if let Some(finder) = &finds {
            finder.search(&entry.text(), options, MOST_MATCHES);
        }
    });
    let finds = finder.clone();
    entry.connect_activate(move |_| finds.iter().for_each(FindControllerExt::search_next));
    bar.connect_search_mode_enabled_notify(move |bar| {
        if !bar.is_search_mode() {
            finder.iter().for_each(FindControllerExt::search_finish);
        }
    });
    bar
}

fn zoom(web: &WebView, by: f64) {
    let (least, most) = ZOOM_LIMITS;
    web.set_zoom_level((web.zoom_level() * by).clamp(least, most));
}

/// The keys that people know from browsers.
fn keys(window: &gtk::Window, web: &WebView, find: &gtk::SearchBar) {
    let (web, find) = (web.clone(), find.clone());
    window.connect_key_press_event(move |_, event| {
        use gtk::gdk::ModifierType as Held;
        use gtk::gdk::keys::constants as key;
        let control = event.state().contains(Held::CONTROL_MASK);
        let alt = event.state().contains(Held::MOD1_MASK);
        match event.keyval() {
            key::f if control => find.set_search_mode(true),
            key::Escape if find.is_search_mode() => find.set_search_mode(false),
            key::r if control => web.reload(),
            key::F5 => web.reload(),
            key::Left if alt => web.go_back(),
            key::Right if alt => web.go_forward(),
            key::plus | key::equal | key::KP_Add if control => zoom(&web, ZOOM_STEP),
            key::minus | key::KP_Subtract if control => zoom(&web, 1.0 / ZOOM_STEP),
            key::_0 | key::KP_0 if control => web.set_zoom_level(1.0),
            _ => return glib::Propagation::Proceed,
        }
        glib::Propagation::Stop
    });
}
