import { renderDocument } from "@/app/_document/document";
import { LANGUAGE, phoneFrame } from "@/app/_view/frames";
import { ApiPage } from "@/components/api/api-page";
import type { OperationName } from "@/lib/api";
import { OPERATIONS, operationOf, PROBLEM_CODES, PROBLEMS } from "@/lib/api";
import { webEnv } from "@/lib/platform";

export const dynamic = "force-dynamic";

/** What a program can do here, for whoever writes one; made of the tables that answer it. */
export async function GET(): Promise<Response> {
  const frame = await phoneFrame(null);
  const names = Object.keys(OPERATIONS) as readonly OperationName[];
  const view = {
    site: webEnv().SITE_URL.replace(/\/$/, ""),
    operations: names.map((name) => {
      const operation = operationOf(name);
      const { method, path, summary, description, scope, problems, answers } = operation;
      const told = Object.entries(answers).map(([status, answer]) => {
        return { status, text: answer.description };
      });
      return { name, method, path, summary, description, scope, problems, answers: told };
    }),
    problems: PROBLEM_CODES.map((code) => ({ code, ...PROBLEMS[code] })),
  };
  return renderDocument({
    ...LANGUAGE,
    title: frame.t("apiPage.title"),
    children: <ApiPage frame={frame} view={view} />,
  });
}
