// A host that shows one view and writes down what it is asked to do.
import type { View } from "../bindings/View";
import type { Host } from "./index";
import { MockHost } from "./mock";
import { exportGuides } from "./mock-import";
import { siteOf } from "./mock-plan";

export interface Call {
  name: keyof Host;
  args: unknown[];
}

export interface Still {
  host: Host;
  calls: Call[];
  show(view: View): void;
  /** What every later call rejects with. */
  refuseWith(refusal: unknown): void;
}

export function still(first: View): Still {
  const calls: Call[] = [];
  let view = first;
  let refusal: unknown;
  let changed = (_commit: number): void => {};
  const host = new Proxy<Host>(new MockHost(), {
    get(_target, name) {
      if (name === "view") return async () => view;
      if (name === "appVersion") return async () => "0.1.0";
      if (name === "watch") return async (watcher: (commit: number) => void) => ((changed = watcher), () => {});
      if (typeof name === "symbol" || name === "then") return undefined;
      return async (...args: unknown[]) => {
        calls.push({ name: name as keyof Host, args });
        if (refusal !== undefined) throw refusal;
        if (name === "exportGuides") return exportGuides(view.language);
        if (name === "aboutSite") return siteOf(view, String(args[0]));
        return name === "reveal" ? "Wheatstone" : undefined;
      };
    },
  });
  return {
    host,
    calls,
    show(next) {
      view = { ...next, commit: view.commit + 1 };
      changed(view.commit);
    },
    refuseWith(next) {
      refusal = next;
    },
  };
}
