import { type ApiKeyHolder, findApiKeyScope, inScope } from "@/lib/access";
import { err, ok, type Result } from "@/lib/kernel";
import type { KeyScope } from "../core/key-scopes";
import { parseKey } from "../core/key-secret";
import { type Problem, problem } from "../core/problems";

const BEARER = /^Bearer +(\S+)$/i;
const DAY_MS = 24 * 60 * 60 * 1_000;

/**
 * Who calls, by the key in the header Authorization, where the key is made for what is asked. That
 * it was used is noted once a day.
 */
export async function openKey(
  authorization: string | null,
  ask: { readonly keyScope: KeyScope; readonly now: Date },
): Promise<Result<ApiKeyHolder, Problem>> {
  const [, text] = BEARER.exec(authorization?.trim() ?? "") ?? [];
  if (text === undefined) return err(problem("key-missing"));
  const hash = parseKey(text);
  if (!hash.ok) return err(problem(hash.error === "mistyped" ? "key-mistyped" : "key-unknown"));
  const found = await findApiKeyScope(hash.value, ask);
  if (!found.ok) {
    if (found.error === "scope-missing") {
      return err(problem("scope-missing", { scope: ask.keyScope }));
    }
    return err(problem(`key-${found.error}`));
  }
  await noteUse(found.value, ask.now);
  return ok(found.value);
}

async function noteUse({ scope, keyId, lastUsedOn }: ApiKeyHolder, now: Date): Promise<void> {
  const today = new Date(Math.floor(now.getTime() / DAY_MS) * DAY_MS);
  if (lastUsedOn && lastUsedOn >= today) return;
  const { organizationId } = scope;
  await inScope(scope, (tx) =>
    tx.db.apiKey.updateMany({
      where: { organizationId, id: keyId },
      data: { lastUsedOn: today },
    }),
  );
}
