// The one sentence about this moment: whose turn it is, or that the run rests.
import type { DeviceMoment } from "../../bindings/DeviceMoment";
import type { Now } from "../../bindings/Now";
import type { Pause } from "../../bindings/Pause";
import type { RunStatus } from "../../bindings/RunStatus";
import type { Session } from "../../session.svelte";
import { ACTORS, type Look } from "./looks";

export interface Moment extends Pick<Look, "tone" | "icon"> {
  who: string;
  text: string;
  detail: string | null;
  seconds: number | null;
  device: DeviceMoment | null;
}

export function moment(now: Now | null, status: RunStatus, pause: Pause, t: Session["t"]): Moment | null {
  const rest = { tone: "neutral", detail: null, seconds: null, device: null } as const;
  if (status === "waiting") return { ...rest, icon: "clock", who: t("window-run-status-waiting"), text: t("window-run-nothing-yet") };
  if (status === "finished") return null;
  if (pause === "paused") return { ...rest, icon: "pause", who: t("window-now-paused"), text: t("window-now-paused-text"), detail: t("window-now-paused-detail") };
  if (now === null) return null;
  const { tone, icon, label } = ACTORS[now.who];
  if (pause === "pausing") return { tone, icon, who: t("window-now-pausing"), text: now.text, detail: t("window-now-pausing-detail"), seconds: null, device: now.device };
  return { tone, icon, who: t(label), text: now.text, detail: now.detail, seconds: now.seconds, device: now.device };
}
