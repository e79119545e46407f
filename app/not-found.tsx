import { ProblemPage } from "@/components/ui/problem-page";
import { translatorFor } from "./_document/translator";
import { LANGUAGE } from "./_view/frames";

/**
 * The same for what never was and for what is another's. Built once: it asks nothing of anybody.
 */
export default function NotFound() {
  const frame = { t: translatorFor(LANGUAGE.lang), isPractice: false, sellerName: null };
  return <ProblemPage frame={frame} kind="not-found" actionHref="/" />;
}
