// What each kind of prompt says, and which form answers it.
import type { Component } from "svelte";
import type { Prompt } from "../../bindings/Prompt";
import type { Session } from "../../session.svelte";
import type { MessageId } from "../../text";
import ApproveForm from "./ApproveForm.svelte";
import NewPassphraseForm from "./NewPassphraseForm.svelte";
import NewPinForm from "./NewPinForm.svelte";
import PassphraseForm from "./PassphraseForm.svelte";
import PinForm from "./PinForm.svelte";
import PracticeForm from "./PracticeForm.svelte";
import type { Reply } from "./reply.svelte";

export type Form = Component<{ reply: Reply; action: string; prompt: Prompt }>;

const WORDS: Record<Exclude<Prompt["kind"], "pin" | "new_pin">, { title: MessageId; detail: MessageId; action: MessageId }> = {
  make_store: { title: "window-prompt-make-store", detail: "window-prompt-make-store-detail", action: "window-prompt-create" },
  open_store: { title: "window-prompt-open-store", detail: "window-prompt-open-store-detail", action: "window-prompt-open" },
  make_passkey: { title: "window-prompt-make-passkey", detail: "window-prompt-make-passkey-detail", action: "window-prompt-make" },
  use_passkey: { title: "window-prompt-use-passkey", detail: "window-prompt-use-passkey-detail", action: "window-prompt-sign-in" },
};

export function wordsOf(prompt: Prompt, t: Session["t"]): { title: string; detail: string; action: string } {
  // Whose PIN it is, the host says.
  if (prompt.kind === "pin") return { title: prompt.title, detail: prompt.detail, action: t("window-prompt-pin-give") };
  if (prompt.kind === "new_pin") return { title: prompt.title, detail: prompt.detail, action: t("window-prompt-pin-set") };
  const { title, detail, action } = WORDS[prompt.kind];
  const values = "site" in prompt ? { site: prompt.site } : {};
  return { title: t(title, values), detail: t(detail), action: t(action) };
}

export function factsOf(prompt: Prompt, t: Session["t"]): { label: string; value: string }[] {
  if (prompt.kind === "new_pin" || (prompt.kind === "pin" && !prompt.site)) return [];
  const account = (site: string, user: string) => [
    { label: t("window-prompt-site"), value: site },
    { label: t("window-prompt-user"), value: user || t("window-accounts-no-user") },
  ];
  if (prompt.kind === "pin") return account(prompt.site, prompt.user);
  if (!("site" in prompt)) return [{ label: t("window-prompt-file"), value: prompt.file }];
  return [
    ...account(prompt.site, prompt.user),
    { label: t("window-prompt-relying-party"), value: prompt.relyingParty },
    { label: t("window-prompt-home"), value: prompt.home },
  ];
}

export function formOf(prompt: Prompt): Form {
  if (prompt.kind === "pin") return PinForm;
  if (prompt.kind === "new_pin") return NewPinForm;
  const wanting = !("needsPassphrase" in prompt) || prompt.needsPassphrase;
  if (!wanting) return ApproveForm;
  if (prompt.practice) return PracticeForm;
  return prompt.kind === "make_store" ? NewPassphraseForm : PassphraseForm;
}
