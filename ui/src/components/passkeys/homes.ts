// How the places where passkeys live look.
import type { HomeName } from "../../bindings/HomeName";
import type { StoreState } from "../../bindings/StoreState";
import type { MessageId } from "../../text";
import type { IconName } from "../ui/Icon.svelte";

export const ICONS: Record<HomeName, IconName> = {
  "store": "lock",
  "security-key": "usb",
  "windows-hello": "person",
  "icloud-keychain": "key",
  "browser-profile": "site",
  "tpm": "chip",
  "phone": "phone",
  "own-manager": "book",
};

export const STORE_STATES: Record<StoreState, MessageId> = {
  missing: "window-store-missing",
  locked: "window-store-locked",
  open: "window-store-open",
};
