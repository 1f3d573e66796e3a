// The wire format of one reading: `src-tauri/crates/journey/src/page.rs` is its source and its documentation.

export type PageKind =
  | "sign-in" | "sign-up" | "change-password" | "second-factor" | "reauthentication" | "passkey-settings" | "name-key"
  | "recovery-codes" | "interstitial" | "signed-in" | "locked-out" | "captcha" | "code-sent" | "error" | "unknown";

export type FieldRole =
  | "user-name" | "current-password" | "new-password" | "one-time-code" | "key-name" | "passwordless-box" | "remember-me";

export type ActionRole =
  | "submit" | "use-passkey" | "try-another-way" | "add-passkey" | "to-security-settings" | "to-sign-in" | "skip"
  | "continue" | "sign-out" | "answer-cookies";

export type Notice = "refused" | "locked" | "rate-limited" | "captcha" | "code-sent" | "done" | "busy" | "address-unconfirmed" | "barred";

/** The signals a page can show by itself; the others of `page.rs` are the host's to establish. */
export type SignedInSignal = "sign-out-control" | "account-settings" | "user-name-shown";

export interface Field {
  element: number;
  role: FieldRole;
  form: number;
  filled: boolean;
  ticked: boolean;
  confidence: number;
}

export interface Action {
  element: number;
  role: ActionRole;
  form: number;
  label: string;
  link: boolean;
  confidence: number;
}

export interface Reading {
  kind: PageKind;
  confidence: number;
  reasons: string[];
  fields: Field[];
  actions: Action[];
  notices: Notice[];
  signals: SignedInSignal[];
  language: string;
}

export interface Hints {
  userName?: string;
}

export const MAX_FIELDS = 40;
export const MAX_ACTIONS = 60;
export const MAX_LABEL = 80;
