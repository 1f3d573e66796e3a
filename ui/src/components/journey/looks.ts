// How the outcomes, steps and actors of a run look and are called.
import type { RunAccount } from "../../bindings/RunAccount";
import type { RunResult } from "../../bindings/RunResult";
import type { RunStep } from "../../bindings/RunStep";
import type { StepStatus } from "../../bindings/StepStatus";
import type { Who } from "../../bindings/Who";
import type { MessageId } from "../../text";
import type { Tone } from "../ui/Badge.svelte";
import type { IconName } from "../ui/Icon.svelte";

export interface Look {
  tone: Tone;
  icon: IconName;
  label: MessageId;
}

export const OUTCOMES: Record<RunResult["outcome"], Look> = {
  proven: { tone: "good", icon: "seal", label: "window-outcome-proven" },
  second_factor: { tone: "good", icon: "seal", label: "window-outcome-second-factor" },
  needs_person: { tone: "you", icon: "person", label: "window-outcome-needs-person" },
  stuck: { tone: "bad", icon: "warning", label: "window-outcome-stuck" },
  skipped: { tone: "neutral", icon: "skip", label: "window-outcome-skipped" },
};

const WAITING: Look = { tone: "neutral", icon: "clock", label: "window-run-status-waiting" };
const RUNNING: Look = { tone: "brand", icon: "key", label: "window-run-status-running" };

export const progressOf = ({ status, result }: RunAccount): Look =>
  result ? OUTCOMES[result.outcome] : status === "running" ? RUNNING : WAITING;

export const ACTORS: Record<Who, Look> = {
  rekey: { tone: "brand", icon: "key", label: "window-who-rekey" },
  person: { tone: "you", icon: "person", label: "window-who-person" },
  site: { tone: "site", icon: "site", label: "window-who-site" },
};

export const STAGES: Record<RunStep["stage"], MessageId> = {
  sign_in: "window-step-sign-in",
  enrol: "window-step-enrol",
  accept: "window-step-accept",
  prove: "window-step-prove",
};

export const STEP_STATUSES: Record<StepStatus, MessageId> = {
  ahead: "window-step-ahead",
  now: "window-step-now",
  done: "window-step-done",
  stopped: "window-step-stopped",
  skipped: "window-step-skipped",
};
