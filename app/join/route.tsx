import { renderDocument } from "@/app/_document/document";
import { readForm, seeOther } from "@/app/_form/read-form";
import { LANGUAGE, phoneFrame } from "@/app/_view/frames";
import { foreignPost } from "@/app/_view/problem";
import { JoinCodePage } from "@/components/access/join-page";
import { parseJoinCode } from "@/lib/property/shared";

export const dynamic = "force-dynamic";

/** Where the code of a printed invitation is typed. */
export async function GET(): Promise<Response> {
  return page("", false);
}

/** Leads on to the invitation's page; what has not the form of a code is told so here. */
export async function POST(request: Request): Promise<Response> {
  const posted = await readForm(request);
  if (!posted) return foreignPost();
  const { code: typed = "" } = posted;
  const code = parseJoinCode(typed);
  return code.ok ? seeOther(`/join/${code.value}`) : page(typed, true);
}

async function page(typed: string, isRefused: boolean): Promise<Response> {
  const frame = await phoneFrame(null);
  return renderDocument({
    ...LANGUAGE,
    title: frame.t("join.title"),
    status: isRefused ? 422 : 200,
    children: <JoinCodePage frame={frame} view={{ action: "/join", typed, isRefused }} />,
  });
}
