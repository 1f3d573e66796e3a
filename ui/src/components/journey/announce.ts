import type { Run } from "../../bindings/Run";
import type { Session } from "../../session.svelte";
import { progressOf } from "./looks";
import { moment } from "./now";

export function announcement(run: Run, t: Session["t"]): string {
  if (run.summary) return t("window-summary-title", { proven: run.summary.proven, total: run.summary.total });
  const ended = run.accounts.findLast(({ result }) => result !== null);
  const current = run.accounts.find(({ id }) => id === run.current);
  const now = current && moment(current.now, current.status, run.pause, t);
  const parts = [
    ended ? `${ended.site}: ${t(progressOf(ended).label)}.` : "",
    current && now ? `${current.site}: ${now.who}. ${now.text}` : "",
  ];
  return parts.filter(Boolean).join(" ");
}
