import type { ExportGuide } from "../../bindings/ExportGuide";

const plain = (text: string): string => text.normalize("NFKD").replace(/\p{M}/gu, "").toLocaleLowerCase();

/** The guides whose product or kinds hold every word; those whose name begins so come first. */
export function searched(guides: ExportGuide[], search: string): ExportGuide[] {
  const words = plain(search).split(/\s+/).filter(Boolean);
  const first = words[0];
  if (first === undefined) return guides;
  const found = guides.filter(({ product, kinds }) => {
    const text = plain(`${product} ${kinds.join(" ")}`);
    return words.every((word) => text.includes(word));
  });
  const rank = ({ product }: ExportGuide): number => (plain(product).startsWith(first) ? 0 : 1);
  return found.sort((one, other) => rank(one) - rank(other));
}
