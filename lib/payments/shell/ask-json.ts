const TIMEOUT_MS = 10_000;
const LONGEST_ANSWER = 200_000;

export type Answered = { readonly status: number; readonly body: unknown };

/**
 * One question to a provider over HTTP. Throws when nobody answers in time, or answers something
 * else than JSON: that is an outage, and whoever asked asks again. The caller reads `status`.
 */
export async function askJson(
  url: URL,
  question: {
    readonly method: "GET" | "POST";
    readonly headers: Readonly<Record<string, string>>;
    readonly body?: unknown;
  },
): Promise<Answered> {
  const { method, headers, body } = question;
  const answer = await fetch(url, {
    method,
    headers: { accept: "application/json", "content-type": "application/json", ...headers },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    redirect: "error",
    signal: AbortSignal.timeout(TIMEOUT_MS),
  });
  const text = await answer.text();
  if (text.length > LONGEST_ANSWER) throw new Error("a provider's answer is too long");
  return { status: answer.status, body: JSON.parse(text) as unknown };
}
