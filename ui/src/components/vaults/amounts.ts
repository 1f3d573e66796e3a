// What a file holds, in words.
import type { SourceLine } from "../../bindings/SourceLine";
import type { Session } from "../../session.svelte";

type Say = Session["t"];

export function holdings({ entries, accounts, codes }: SourceLine, t: Say): string {
  const parts = [];
  if (entries > 0 || codes === 0) {
    parts.push(t("window-sources-entries", { count: entries }), t("window-sources-accounts", { count: accounts }));
  }
  if (codes > 0) parts.push(t("window-sources-codes", { count: codes }));
  return parts.join(" · ");
}

export function leftOut({ recycled, templates, others }: SourceLine, t: Say): string {
  const parts = [];
  if (recycled > 0) parts.push(t("window-sources-recycled", { count: recycled }));
  if (templates > 0) parts.push(t("window-sources-templates", { count: templates }));
  if (others > 0) parts.push(t("window-sources-others", { count: others }));
  return parts.join(", ");
}
