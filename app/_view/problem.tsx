import { renderDocument } from "@/app/_document/document";
import { ProblemPage } from "@/components/ui/problem-page";
import { LANGUAGE, phoneFrame } from "./frames";

/**
 * The page for an address that opens nothing: the same for what never was and what is another's.
 */
export async function notFoundPage(): Promise<Response> {
  const frame = await phoneFrame(null);
  return renderDocument({
    ...LANGUAGE,
    title: frame.t("problem.notFoundTitle"),
    status: 404,
    children: <ProblemPage frame={frame} kind="not-found" actionHref="/" />,
  });
}

const BUSY_SECONDS = 5;
let busy: { readonly html: string; readonly headers: Headers } | undefined;

/**
 * The answer where more sign in than can be looked at: drawn once, for it is given when time is
 * what is missing.
 */
export async function busyPage(): Promise<Response> {
  if (!busy) {
    const frame = await phoneFrame(null);
    const page = await renderDocument({
      ...LANGUAGE,
      title: frame.t("problem.busyTitle"),
      children: <ProblemPage frame={frame} kind="busy" actionHref="/sign-in" />,
    });
    const headers = new Headers(page.headers);
    headers.set("Retry-After", String(BUSY_SECONDS));
    busy = { html: await page.text(), headers };
  }
  return new Response(busy.html, { status: 429, headers: busy.headers });
}

/** The answer to a post that did not come from our own page: nothing was changed. */
export function foreignPost(): Response {
  return new Response("This form was not sent from our own page. Nothing was changed.\n", {
    status: 403,
    headers: { "Content-Type": "text/plain; charset=utf-8", "Cache-Control": "no-store" },
  });
}
