import { type ApiCall, answerApi } from "@/lib/api";
import { systemClock, webEnv } from "@/lib/platform";
import { tokenIssuer } from "./outside";

/** Answers a call of the API with what the web has: the signer, the clock, the address key. */
export function answerCall(
  call: Pick<ApiCall, "operation" | "request" | "caller"> & { readonly target?: string },
): Promise<Response> {
  const addressKey = webEnv().NEXTAUTH_SECRET;
  const tools = { issuer: tokenIssuer(), addressKey, now: systemClock.now() };
  return answerApi({ target: "", ...call, ...tools });
}
