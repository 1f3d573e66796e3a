// The host of `npm run dev`: `?scene=accounts&language=es` shows one view, nothing walks the whole way.
import type { Host } from "./index";
import { MockHost } from "./mock";
import { scene, SCENE_NAMES } from "./scenes";
import { still } from "./still";

export function previewHost(search: string): Host {
  const wanted = new URLSearchParams(search);
  const language = wanted.get("language") === "es" ? "es" : "en";
  const name = SCENE_NAMES.find((each) => each === wanted.get("scene"));
  if (name) return still(scene(name, language)).host;
  const host = new MockHost(Number(wanted.get("pace") ?? 900));
  host.language = language;
  return host;
}
