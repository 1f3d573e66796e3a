// How each state and action of an account looks.
import type { AccountState } from "../../bindings/AccountState";
import type { RowAction } from "../../bindings/RowAction";
import type { MessageId } from "../../text";
import type { Tone } from "../ui/Badge.svelte";
import type { IconName } from "../ui/Icon.svelte";

export const STATES: Record<AccountState, { tone: Tone; icon: IconName }> = {
  new: { tone: "neutral", icon: "lock" },
  started: { tone: "brand", icon: "clock" },
  registered: { tone: "brand", icon: "key" },
  proven: { tone: "good", icon: "seal" },
  second_factor: { tone: "good", icon: "seal" },
  needs_person: { tone: "you", icon: "person" },
  stuck: { tone: "bad", icon: "warning" },
  watched: { tone: "site", icon: "eye" },
};

export const ACTIONS: Record<RowAction, MessageId> = {
  start: "window-action-start",
  go_on: "window-action-go-on",
  prove: "window-action-prove",
};
