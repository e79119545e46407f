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

/** The answer to a post that did not come from our own page: nothing was changed. */
export function foreignPost(): Response {
  return new Response("This form was not sent from our own page. Nothing was changed.\n", {
    status: 403,
    headers: { "Content-Type": "text/plain; charset=utf-8", "Cache-Control": "no-store" },
  });
}
