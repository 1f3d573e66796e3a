// A prompt takes one reply. A reply that was refused while the prompt stayed open gives it back.
import type { Answer } from "../../bindings/Answer";
import type { Explanation } from "../../bindings/Explanation";
import type { Session } from "../../session.svelte";
import { SecretField } from "../ui/secret.svelte";

export class Reply {
  sent = $state(false);
  refused = $state.raw<Explanation | null>(null);

  constructor(
    readonly session: Session,
    readonly id: number,
  ) {}

  answer = (answer: Answer): void => void this.#once(() => this.session.host.answerPrompt(this.id, answer));
  decline = (): void => this.answer("decline");

  /** The field forgets the passphrase in the moment it is handed over, whatever comes of it. */
  present = (secret: SecretField): void =>
    void this.#once(() => this.session.host.presentPassphrase({ kind: "prompt", id: this.id }, secret.take()));

  async #once(hand: () => Promise<void>): Promise<void> {
    if (this.sent) return;
    this.sent = true;
    this.refused = null;
    try {
      await hand();
    } catch (refusal) {
      this.refused = this.session.explained(refusal);
      this.sent = false;
    }
  }
}

/** A passphrase or PIN that is known already. An empty one is not handed over. */
export class KnownSecret {
  field = new SecretField();
  empty = $state(false);

  present(reply: Reply): void {
    this.empty = this.field.length === 0;
    if (this.empty) this.field.focus();
    else reply.present(this.field);
  }
}

/** A new passphrase or PIN is typed twice; nobody can tell later what was meant. */
export class NewPassphrase {
  first = new SecretField();
  again = new SecretField();
  differ = $state(false);
  empty = $state(false);
  short = $state(false);

  /** `shortest` is the fewest characters that are taken. */
  constructor(readonly shortest = 1) {}

  /** The field to hand over, once both agree. */
  agreed(): SecretField | null {
    this.empty = this.first.length === 0;
    this.short = !this.empty && this.first.length < this.shortest;
    this.differ = !this.empty && !this.short && !this.first.equals(this.again);
    if (this.empty || this.short) this.first.focus();
    if (this.differ) {
      this.again.clear();
      this.again.focus();
    }
    if (this.empty || this.short || this.differ) return null;
    this.again.clear();
    return this.first;
  }
}
