// Where a ceremony shows how far it is, can be stopped, and says why it ended.

import { NoAnswer, Refused, StrangeAnswer } from "./post.js";

const STOPPABLE = ["waitingForSite", "waitingForDevice"];

/** The words for a ceremony that ended without success. */
export function explain(error, words, creates) {
  if (error instanceof Refused) return error.message;
  if (error instanceof NoAnswer) return words.noAnswer;
  if (error instanceof StrangeAnswer) return words.strangeAnswer;
  switch (error.name) {
    // The person said no, or too much time passed: browsers do not tell which.
    case "NotAllowedError":
    case "AbortError":
    case "TimeoutError":
      return words.cancelled;
    case "InvalidStateError":
      return creates ? words.excluded : words.failed;
    case "NotSupportedError":
      return words.unsupported;
    case "SecurityError":
      return words.wrongAddress;
    default:
      return words.failed;
  }
}

/** One block with a ceremony. */
export class Panel {
  constructor(block) {
    this.creates = block.dataset.ceremony === "create";
    this.words = JSON.parse(block.dataset.words);
    this.button = block.querySelector("button");
    this.progress = block.querySelector(".progress");
    this.stop = block.querySelector("[data-stop]");
    this.alert = block.querySelector("[role=alert]");
    this.stop.querySelector("button").addEventListener("click", () => this.running?.abort());
  }

  /** Shows a stage. */
  say(stage) {
    this.progress.textContent = this.words[stage];
    this.stop.hidden = !STOPPABLE.includes(stage);
  }

  /** Shows why the ceremony ended. Everything can be used again. */
  fail(error) {
    this.progress.textContent = "";
    this.stop.hidden = true;
    this.alert.hidden = false;
    this.alert.querySelector("[data-says]").textContent = explain(error, this.words, this.creates);
    this.alert.querySelector("[data-explain]").hidden = !(error instanceof Refused);
    this.button.disabled = false;
  }

  /** Runs a ceremony that a person started, and goes where it leads. */
  async run(ceremony) {
    if (this.button.disabled) return;
    this.running = new AbortController();
    this.button.disabled = true;
    this.alert.hidden = true;
    try {
      if (!window.PublicKeyCredential) {
        throw new DOMException("", window.isSecureContext ? "NotSupportedError" : "SecurityError");
      }
      const location = await ceremony(this.running.signal, (stage) => this.say(stage));
      this.leave(location);
    } catch (error) {
      this.fail(error);
      // A button that was disabled has lost the focus.
      if (document.activeElement === document.body) this.button.focus();
    }
  }

  /** Goes on after success. */
  leave(location) {
    this.say("done");
    window.location.assign(location);
  }
}
