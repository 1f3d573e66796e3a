//! Vaults made from a seed: what is in them, and the document that says so.

use std::fmt::Write as _;

/// A small generator of numbers (SplitMix64), so that a seed alone repeats a vault.
pub struct Random(u64);

impl Random {
    pub fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15))
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    pub fn below(&mut self, n: usize) -> usize {
        usize::try_from(self.next() % u64::try_from(n).unwrap()).unwrap()
    }

    /// One time in `n`.
    pub fn once_in(&mut self, n: usize) -> bool {
        self.below(n) == 0
    }

    pub fn pick<T: Clone>(&mut self, from: &[T]) -> T {
        from[self.below(from.len())].clone()
    }

    pub fn bytes<const N: usize>(&mut self) -> [u8; N] {
        std::array::from_fn(|_| u8::try_from(self.below(256)).unwrap())
    }

    /// A text as people and programs make them; never with braces, which would be placeholders.
    fn text(&mut self) -> String {
        const ALPHABETS: [&str; 5] = [
            "abcdefghijklmnopqrstuvwxyzABCXYZ0123456789-_.@",
            "!\"#$%&'()*+,/:;<=>?[\\]^`|~ ]]> &amp; &#65;",
            "äöüßéñçøżłąґїжшщъыэюя",
            "漢字かなカナ한국어עבריתالعربيةไทย",
            "😀👩\u{200d}👩\u{200d}👧🔑e\u{301}\u{a0}\u{feff}\u{202e}",
        ];
        let length = match self.below(20) {
            0 => return String::new(),
            1 => 3000 + self.below(3000),
            _ => 1 + self.below(24),
        };
        let alphabet: Vec<char> = self.pick(&ALPHABETS).chars().collect();
        let mixed: Vec<char> = ALPHABETS.concat().chars().collect();
        let from = if self.once_in(3) { &mixed } else { &alphabet };
        let mut text: String = (0..length).map(|_| self.pick(from)).collect();
        if self.once_in(12) {
            text = format!(" \t{text}\n line ");
        }
        text
    }
}

/// A field's text as it stands and with its references followed.
#[derive(Clone, Default)]
pub struct Text {
    pub raw: String,
    pub resolved: String,
}

impl From<String> for Text {
    fn from(text: String) -> Self {
        Self { raw: text.clone(), resolved: text }
    }
}

pub struct Item {
    pub id: [u8; 16],
    pub title: String,
    pub user: Text,
    pub password: Text,
    pub url: Text,
    /// Name, text, whether protected; notes, one-time passwords and further addresses among them.
    pub fields: Vec<(String, String, bool)>,
    pub totp: bool,
    pub refers: bool,
    /// Index into [`Model::groups`].
    pub group: usize,
    expires: bool,
    history: usize,
    history_first: bool,
    pub attachment: bool,
    protected_data: bool,
}

pub struct Group {
    pub name: String,
    pub parent: Option<usize>,
    pub is_bin: bool,
}

/// A vault.
pub struct Model {
    pub groups: Vec<Group>,
    pub items: Vec<Item>,
}

pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        write!(text, "{byte:02X}").unwrap();
        text
    })
}

const SECRETS: [&str; 3] =
    ["GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ", "JBSWY3DPEHPK3PXP", "KRSXG5CTMVRXEZLUKN2XAZLSKNSWG4TFOQ"];

impl Model {
    pub fn new(random: &mut Random) -> Self {
        let mut groups = vec![Group { name: "Root".into(), parent: None, is_bin: false }];
        for at in 1..2 + random.below(6) {
            let name = format!("{} {at}", random.text().replace('/', "-").trim().chars().take(60).collect::<String>());
            let parent = Some(random.below(at)).filter(|parent| !groups[*parent].is_bin);
            groups.push(Group { name, parent: parent.or(Some(0)), is_bin: at == 4 });
        }
        let mut items: Vec<Item> = Vec::new();
        for at in 0..4 + random.below(14) {
            let mut item = Item {
                id: random.bytes(),
                title: format!("{} {at}", random.text().replace('/', "-").chars().take(40).collect::<String>().trim()),
                user: random.text().into(),
                password: random.text().into(),
                url: Self::url(random).into(),
                fields: Vec::new(),
                totp: false,
                refers: false,
                group: random.below(groups.len()),
                expires: random.once_in(4),
                history: if random.once_in(3) { 1 + random.below(3) } else { 0 },
                history_first: random.once_in(8),
                attachment: random.once_in(5),
                protected_data: random.once_in(12),
            };
            item.add_fields(random);
            if let Some(target) = items.get(random.below(2 * items.len() + 1)).filter(|target| !target.refers) {
                item.refer_to(target, random);
            }
            items.push(item);
        }
        Self { groups, items }
    }

    fn url(random: &mut Random) -> String {
        let host =
            random.pick(&["example.com", "login.example.org:8443", "bücher.example", "192.0.2.7", "[2001:db8::1]:80"]);
        let path = random.pick(&["", "/", "/a?b=c&d=<e>", "/#ü"]);
        match random.below(5) {
            0 => String::new(),
            1 => host.to_owned(),
            _ => format!("https://{host}{path}"),
        }
    }

    /// Whether an entry is in the recycle bin.
    pub fn is_binned(&self, item: &Item) -> bool {
        let mut at = Some(item.group);
        while let Some(group) = at.map(|at| &self.groups[at]) {
            if group.is_bin {
                return true;
            }
            at = group.parent;
        }
        false
    }

    /// The path of an entry as KeePassXC's command line takes it.
    pub fn path(&self, item: &Item) -> String {
        let mut path = item.title.clone();
        let mut at = item.group;
        while let Some(parent) = self.groups[at].parent {
            path = format!("{}/{path}", self.groups[at].name);
            at = parent;
        }
        path
    }

    /// Whether the document has what `keepass` 0.17 reads wrongly or refuses; see `differential.rs`.
    pub fn is_hard_for_keepass(&self) -> bool {
        self.items.iter().any(|item| (item.history_first && item.history > 0) || item.protected_data || item.attachment)
    }

    /// The document, with `Protected="True"` at what is to be protected. `binaries`: attachments are inside.
    pub fn document(&self, binaries: bool) -> String {
        let bin = self.groups.iter().position(|group| group.is_bin);
        let bin =
            bin.map(|at| format!("<RecycleBinUUID>{}</RecycleBinUUID>", base64(&group_id(at)))).unwrap_or_default();
        let inside = if binaries {
            "<Binaries><Binary ID=\"0\" Compressed=\"False\">YXR0YWNobWVudA==</Binary></Binaries>"
        } else {
            ""
        };
        let mut xml = format!("<KeePassFile><Meta><Generator>Generated</Generator>{bin}{inside}</Meta><Root>");
        self.write_group(0, &mut xml);
        xml.push_str("</Root></KeePassFile>");
        xml
    }

    fn write_group(&self, at: usize, xml: &mut String) {
        let group = &self.groups[at];
        write!(xml, "<Group><UUID>{}</UUID><Name>{}</Name>", base64(&group_id(at)), escape(&group.name)).unwrap();
        for item in self.items.iter().filter(|item| item.group == at) {
            xml.push_str(&item.xml());
        }
        for child in (0..self.groups.len()).filter(|child| self.groups[*child].parent == Some(at)) {
            self.write_group(child, xml);
        }
        xml.push_str("</Group>");
    }

    /// The items as they come in the document.
    pub fn in_order(&self) -> Vec<&Item> {
        let (mut order, mut open) = (Vec::new(), vec![0]);
        while let Some(at) = open.pop() {
            order.extend(self.items.iter().filter(|item| item.group == at));
            open.extend((0..self.groups.len()).rev().filter(|child| self.groups[*child].parent == Some(at)));
        }
        order
    }
}

impl Item {
    fn add_fields(&mut self, random: &mut Random) {
        let mut add = |name: &str, text: String, protected| self.fields.push((name.to_owned(), text, protected));
        if random.once_in(2) {
            add("Notes", random.text(), random.once_in(4));
        }
        for at in 0..random.below(4) {
            add(&format!("Field {at} <&>"), random.text(), random.once_in(2));
        }
        if random.once_in(4) {
            add("KP2A_URL", format!("https://more.example/{}", random.below(100)), random.once_in(2));
        }
        let secret = random.pick(&SECRETS);
        match random.below(6) {
            0 => {
                let digits = random.pick(&[6, 8]);
                let (period, algorithm) = random.pick(&[(30, "SHA1"), (60, "SHA256"), (30, "SHA512")]);
                let uri = format!(
                    "otpauth://totp/x:y?secret={secret}&period={period}&digits={digits}&issuer=x&algorithm={algorithm}"
                );
                add("otp", uri, true);
                self.totp = true;
            }
            1 => {
                add("TOTP Seed", secret.to_owned(), true);
                add("TOTP Settings", random.pick(&["30;6", "60;8", "30;S"]).to_owned(), false);
                self.totp = true;
            }
            _ => {}
        }
    }

    fn refer_to(&mut self, target: &Self, random: &mut Random) {
        let id = hex(&target.id);
        self.refers = true;
        self.password = Text { raw: format!("{{REF:P@I:{id}}}"), resolved: target.password.resolved.clone() };
        if random.once_in(2) {
            let (before, after) = random.pick(&[("", ""), ("x-", "@example.com")]);
            let resolved = format!("{before}{}{after}", target.user.resolved);
            self.user = Text { raw: format!("{before}{{REF:U@I:{id}}}{after}"), resolved };
        }
        if random.once_in(2) {
            self.url = Text { raw: format!("{{REF:A@I:{id}}}"), resolved: target.url.resolved.clone() };
        }
    }

    fn xml(&self) -> String {
        let times = format!(
            "<Times><LastModificationTime>2024-05-06T07:08:09Z</LastModificationTime><CreationTime>2024-05-06T07:08:09Z</CreationTime>\
             <LastAccessTime>2024-05-06T07:08:09Z</LastAccessTime><ExpiryTime>2020-05-06T07:08:09Z</ExpiryTime>\
             <Expires>{}</Expires><UsageCount>0</UsageCount><LocationChanged>2024-05-06T07:08:09Z</LocationChanged></Times>",
            if self.expires { "True" } else { "False" }
        );
        let head = format!("<UUID>{}</UUID>{times}", base64(&self.id));
        let former = format!(
            "<Entry>{head}{}{}</Entry>",
            string("Title", &self.title, false),
            string("Password", "a former password", true)
        );
        let mut xml = format!("<Entry>{head}");
        let history = if self.history > 0 {
            format!("<History>{}</History>", former.repeat(self.history))
        } else {
            String::new()
        };
        if self.history_first {
            xml.push_str(&history);
        }
        if self.protected_data {
            xml.push_str("<CustomData><Item><Key>k</Key><Value Protected=\"True\">data</Value></Item></CustomData>");
        }
        xml.push_str(&string("Title", &self.title, false));
        xml.push_str(&string("UserName", &self.user.raw, false));
        if self.attachment {
            xml.push_str("<Binary><Key>a.txt</Key><Value Ref=\"0\"/></Binary>");
        }
        xml.push_str(&string("Password", &self.password.raw, true));
        xml.push_str(&string("URL", &self.url.raw, false));
        for (name, text, protected) in &self.fields {
            xml.push_str(&string(name, text, *protected));
        }
        if !self.history_first {
            xml.push_str(&history);
        }
        xml.push_str("</Entry>");
        xml
    }
}

fn group_id(at: usize) -> [u8; 16] {
    [u8::try_from(at).unwrap() + 1; 16]
}

fn string(name: &str, text: &str, protected: bool) -> String {
    let mark = if protected { " Protected=\"True\"" } else { "" };
    format!("<String><Key>{}</Key><Value{mark}>{}</Value></String>", escape(name), escape(text))
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

pub fn base64(bytes: &[u8]) -> String {
    use base64::Engine as _;
    base64::prelude::BASE64_STANDARD.encode(bytes)
}
