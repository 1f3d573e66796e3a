import type { Explanation } from "../../bindings/Explanation";

/** Whether a refusal belongs to the password's field rather than to the file. */
export const isWrongKey = ({ code }: Explanation): boolean => code === "vault_wrong_key" || code === "vault_needs_key";
